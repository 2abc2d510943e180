"""The command line: arguments, printing, exit codes. One small file a verb, loaded when it is asked for."""

from __future__ import annotations

import os

__all__ = ["main"]


def main() -> None:
    """Run the command that `sys.argv` holds and exit with its code."""
    from perfdoc.cli.program import program

    # Plugins of pydantic that other packages bring have no part in this, and to look for them takes long.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    program.main(prog_name="perfdoc")

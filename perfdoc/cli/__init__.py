"""The command line: arguments, printing, exit codes. One small file a verb, loaded when it is asked for."""

from __future__ import annotations

__all__ = ["main"]


def main() -> None:
    """Run the command that `sys.argv` holds and exit with its code."""
    from perfdoc.cli.program import program

    program.main(prog_name="perfdoc")

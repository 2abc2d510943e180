"""The command line: arguments, printing, exit codes. One small file a verb, loaded when it is asked for."""

import gc
import os

__all__ = ["main"]


def main() -> None:
    from perfdoc.cli.program import program, stopping_tidily
    from perfdoc.jobs.limits import COLLECT_AFTER

    # Plugins of pydantic that other packages bring have no part in this, and to look for them takes long.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    gc.set_threshold(*COLLECT_AFTER)
    with stopping_tidily():
        try:
            program.main(prog_name="perfdoc")
        finally:
            _let_go()


def _let_go() -> None:
    """End a process that has become large at once: to free millions of objects one by one takes seconds."""
    import sys

    from perfdoc.jobs.limits import RETIRE_AT, resident

    ended = sys.exc_info()[1]
    if isinstance(ended, SystemExit) and isinstance(ended.code, int) and resident() > RETIRE_AT:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(ended.code)

"""A page in the browser over a folder of goals: what was received beside what was read, edited, checked, downloaded.

`serve` is the door: it serves one folder on this machine alone, to who has its address, and leaves nothing. `safety`
lets nobody else in, `shelf` knows what stands in the folder, `desk` has the work done, in guarded processes (`work/`),
and `pages/` has a file a page. The files are the truth: what is kept in memory can be made anew from them.
"""

from collections.abc import Callable
from pathlib import Path

from perfdoc.errors import UsageError
from perfdoc.texts import say


def serve(folder: Path, port: int, tell: Callable[[str], None], *, browser: bool = True) -> None:
    """Serve a folder on 127.0.0.1 until Ctrl-C, or until the page says so; `tell` is told the address.

    Port 0 is any that is free. Raises UsageError where the port is taken, the folder is none, or the extra `web` is
    not installed.
    """
    try:
        from perfdoc.web.application import run  # what it needs is an extra
    except ImportError as error:
        raise UsageError(say("web.not_installed")) from error
    run(folder, port, tell, browser=browser)

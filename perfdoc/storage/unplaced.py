"""Files that are not yet in their places: names that say whose they are, so that what a killed process left can go."""

from __future__ import annotations

import contextlib
import os
import platform
import re
import time
from hashlib import sha256
from itertools import count
from pathlib import Path

_HOST = sha256(platform.node().encode()).hexdigest()[:6]
_OURS = f"{_HOST}-{os.getpid()}-{os.urandom(4).hex()}"  # machines that share a folder may have processes of one number
_NAME = re.compile(r"\.perfdoc-(?P<host>[0-9a-f]{6})-(?P<process>[0-9]+)-[0-9a-f]{8}-[0-9]+\.tmp")
_LONG = 86400.0  # seconds after which such a file is nobody's, whichever machine it came from
_numbers = count(1)
_swept: set[Path] = set()


def unused_name() -> str:
    """A name for a file that is being made; it is hidden."""
    return f".perfdoc-{_OURS}-{next(_numbers)}.tmp"


def sweep(folder: Path) -> None:
    """Remove what killed processes left in a folder; each folder is looked at once, and what can't be had stays."""
    if folder in _swept:
        return
    _swept.add(folder)
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            found = _NAME.fullmatch(entry.name)
            if found is not None and entry.is_file(follow_symlinks=False) and _is_left(entry, found):
                Path(entry.path).unlink(missing_ok=True)


def _is_left(entry: os.DirEntry[str], name: re.Match[str]) -> bool:
    if name["host"] == _HOST and os.name == "posix" and not _lives(int(name["process"])):
        return True
    return time.time() - entry.stat().st_mtime > _LONG


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)  # asks, and does nothing; Windows would take it for Ctrl-C
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True

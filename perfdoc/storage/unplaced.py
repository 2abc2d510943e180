"""Files that are not yet in their places: names that say whose they are, so that what a killed process left can go."""

import contextlib
import os
import platform
import re
import stat
import time
from collections.abc import Iterable
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


def staged_file(target: Path, pieces: Iterable[bytes], staging: Path | None = None) -> Path:
    """A new file that holds the pieces, with the target's mode or the usual one, in the target's folder.

    It is in `staging` where that can be renamed from: on the same file system.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    sweep(target.parent)
    near = staging is not None and staging.stat().st_dev == target.parent.stat().st_dev
    temporary = (staging if staging is not None and near else target.parent) / unused_name()
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
    try:
        new_file(temporary, pieces)
        if mode is not None:
            temporary.chmod(mode)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def new_file(path: Path, pieces: Iterable[bytes]) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o666), "wb") as stream:
        stream.writelines(pieces)


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

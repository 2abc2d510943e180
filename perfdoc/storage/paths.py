"""Names of files that are paths of this machine or URLs of a store (`s3://bucket/in/a.docx`)."""

import os
import platform
import re
from collections.abc import Iterable
from pathlib import Path

from perfdoc.errors import UsageError
from perfdoc.texts import say

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]+://")  # a single letter is a drive of Windows
_HERE = re.compile(r"(?:file|local)://(?=/)")


def is_url(name: str) -> bool:
    """Whether a name is a URL: what opens by fsspec."""
    return "://" in name and _URL.match(name) is not None


def plain(name: str) -> str:
    """The name as it was given; `file:///a/b` is the path `/a/b`, for which no library is needed."""
    return _HERE.sub("", name, count=1) if "://" in name else name


def joined(folder: str, name: str) -> str:
    if is_url(folder):
        return f"{folder.rstrip('/')}/{name}"
    return os.path.join(folder, name)  # noqa: PTH118 - a Path would drop what the user typed


def base(name: str) -> str:
    """The last part of a URL's path: `a.docx`; the host or bucket where there is none, "" for nothing at all."""
    return name.rstrip("/").rpartition("/")[2]


def from_here(path: Path) -> Path:
    """A path as a person here names it: from the current folder, where it is in it."""
    here = Path.cwd().resolve()
    return path.relative_to(here) if path.is_relative_to(here) else path


def must_be_seen(folders: Iterable[str]) -> None:
    """Raise UsageError for a folder that is not on this machine, which may be another one than the run's."""
    for folder in folders:
        if not os.path.isdir(folder):  # noqa: PTH112
            raise UsageError(say("storage.not_on_worker", folder=folder, worker=platform.node()))

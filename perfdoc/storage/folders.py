"""Folders of this machine or of a store, from one downwards, each with what is in it."""

import os
from collections.abc import Iterator
from typing import NamedTuple

from perfdoc.storage import store
from perfdoc.storage.paths import is_url, joined
from perfdoc.texts import say

_DEEPEST = 100  # folders in folders; a store may list more without end
_Odd = dict[str, tuple[str, str]]


class Folder(NamedTuple):
    """A folder: what opens it, its way from the first one (with slashes), and the names in it, in order.

    `odd` has the names of what is neither a folder nor a file, each with why it can't be opened, or why it is passed
    over. `hidden` counts names that are left out. `shut` is why the folder can't be looked into.
    """

    path: str
    way: str
    folders: list[str]
    files: list[str]
    odd: _Odd
    hidden: int = 0
    shut: OSError | None = None


def folders_from(root: str, without: str | None = None) -> Iterator[Folder]:
    """A folder, a path or a URL, and all below it in order of names, but for the folder `without`."""
    waiting = [(root, "")]
    while waiting:
        path, way = waiting.pop()
        try:
            found = _looked_into(path, way, without)
        except OSError as error:
            found = Folder(path, way, [], [], {}, shut=error)
        yield found
        waiting += [(joined(path, name), f"{way}/{name}".lstrip("/")) for name in reversed(found.folders)]


def hidden(name: str) -> bool:
    """Whether a name is hidden, or that of a file by which Word, Excel or LibreOffice marks one as open."""
    return name.startswith((".", "~$"))


def _looked_into(path: str, way: str, without: str | None) -> Folder:
    if way.count("/") >= _DEEPEST:
        raise OSError(say("folders.too_deep", n=_DEEPEST))
    *every, odd = _in_store(path) if is_url(path) else _in_folder(path)
    folders, files = ([name for name in names if not hidden(name)] for names in every)
    left_out = sum(map(len, every)) - len(folders) - len(files)
    return Folder(
        path, way, [name for name in folders if not same_folder(joined(path, name), without)], files, odd, left_out
    )


def _in_store(url: str) -> tuple[list[str], list[str], _Odd]:
    found = store.listed(url)
    return found.folders, found.files, dict.fromkeys(found.odd, (say("folders.no_name"), ""))


def _in_folder(path: str) -> tuple[list[str], list[str], _Odd]:
    folders, files, odd = list[str](), list[str](), _Odd()
    with os.scandir(path) as entries:
        for entry in sorted(entries, key=lambda one: one.name):
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.name)
            elif hidden(entry.name) or entry.is_file(follow_symlinks=False) or os.path.isfile(entry.path):  # noqa: PTH113
                files.append(entry.name)
            else:
                odd[entry.name] = _oddity(entry)
    return folders, files, odd


def _oddity(entry: os.DirEntry[str]) -> tuple[str, str]:
    """What is said of a name that is neither a folder nor a file: its fault, or why it is passed over."""
    if os.path.isdir(entry.path):  # noqa: PTH112
        return "", say("folders.not_followed")
    if entry.is_symlink() and not os.path.exists(entry.path):  # noqa: PTH110
        return say("folders.nowhere"), ""
    return "", say("folders.no_file")


def same_folder(path: str, other: str | None) -> bool:
    if other is None or is_url(path) != is_url(other):
        return False
    if is_url(path):
        return path.rstrip("/") == other.rstrip("/")
    try:
        return os.path.samefile(path, other)  # noqa: PTH121
    except OSError:
        return False

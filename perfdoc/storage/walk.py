"""Files below folders, folder by folder in order of names, each with the folder that its result is to get."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from perfdoc.storage import store
from perfdoc.storage.naming import documents_for, folders_for, key_of
from perfdoc.storage.paths import base, is_url, joined
from perfdoc.texts import reason, say

PACKAGES = (".docx", ".docm", ".dotx", ".dotm", ".odt", ".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".ods")
"""How the names of office files end that are packages (zip), and never a text or a page."""
OFFICE = (*PACKAGES, ".doc", ".dot", ".wps", ".rtf", ".xls", ".xlt", ".et")
"""How the names of files of Word, Excel, WPS and LibreOffice end."""
_DEEPEST = 100  # folders in folders; a store may list more without end


class Found(NamedTuple):
    """A file to be looked at, a folder or link that can't be (`fault` says why), or what is no file (`passed` says so).

    `path` opens it; `key` names it from run to run: its way from the root, with slashes; `folder` is where
    its result goes, seen from the output, with slashes. `named` marks a file that the user named itself.
    """

    path: str
    key: str
    folder: str
    fault: str = ""
    named: bool = False
    passed: str = ""


class Remembered(NamedTuple):
    """What earlier runs gave: the folder of a key, and the key that owns a folder (as `key_of` gives it)."""

    folder: Callable[[str], str | None]
    owner: Callable[[str], str | None]


NOTHING = Remembered(lambda key: None, lambda folder: None)


def files_in(
    given: Sequence[str],
    *,
    without: str | None = None,
    remembered: Remembered = NOTHING,
    left_out: Callable[[int], None] = lambda number: None,
) -> Iterator[Found]:
    """The files that are given, and all files below the folders that are; one folder is held at a time.

    What is given is a path or a URL. Left out below folders is what is hidden (a name with a dot at its front) or a
    lock file of Word or LibreOffice, `left_out` is told how many; and the folder `without`, where the output goes.
    What is no ordinary file, or only a link to a folder (it may lead in a circle), is `passed`; a link that leads
    nowhere has a fault. The only folder given is the output's own; several get one each.
    """
    walk = _Walk(without, remembered, left_out)
    folders, files = _sorted_out(given)
    if len(folders) == 1 and not files:
        (root,) = folders
        yield from walk.below([(root, "", "")])
        return
    inside = folders_for(folders)
    for key, folder in _documents(files, inside.values(), "", remembered).items():
        yield Found(key, key, folder, named=True)
    yield from walk.below([(key, f"{key}/", f"{inside[key]}/") for key in reversed(folders)])


def is_folder(given: str) -> bool:
    """Whether a path or a URL is a folder. Raises UsageError for a URL that nothing can open."""
    if not is_url(given):
        return os.path.isdir(given)  # noqa: PTH112 - a Path would drop what the user typed
    try:
        return store.is_folder(given)
    except OSError:
        return False  # reading it says why


def is_office(name: str) -> bool:
    """Whether a name is that of an office file, and no lock file's."""
    return name.lower().endswith(OFFICE) and not hidden(os.path.basename(name))  # noqa: PTH119


def hidden(name: str) -> bool:
    """Whether a name is hidden, or that of a file by which Word, Excel or LibreOffice marks one as open."""
    return name.startswith((".", "~$"))


def _sorted_out(given: Sequence[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Folders and files: path → name."""
    folders: dict[str, str] = {}
    files: dict[str, str] = {}
    for path in dict.fromkeys(given):
        below = is_folder(path)
        name = base(path) if is_url(path) else Path(path).resolve().name if below else Path(path).name
        (folders if below else files)[path] = name
    return folders, files


class _Walk:
    """Folders walked one by one. `left_out` is told how many hidden names each has."""

    def __init__(self, without: str | None, remembered: Remembered, left_out: Callable[[int], None]) -> None:
        self.without, self.remembered, self.left_out = without, remembered, left_out

    def below(self, waiting: list[tuple[str, str, str]]) -> Iterator[Found]:
        """What is in the folders of `waiting`: (path, the beginning of keys in it, the beginning of folders for it)."""
        while waiting:
            path, prefix, place = waiting.pop()
            try:
                found = self._listed(path, prefix.count("/"))
            except OSError as error:
                yield Found(path, prefix or "./", place, f"{path}: {say('folders.shut', why=reason(error))}")
                continue
            inside = folders_for({prefix + name: name for name in found.folders})
            names = {prefix + name: name for name in found.files}
            chosen = _documents(names, inside.values(), place, self.remembered)
            for name in found.files:
                yield Found(joined(path, name), prefix + name, chosen[prefix + name])
            for name, (fault, passed) in found.odd.items():
                there = joined(path, name)
                yield Found(there, prefix + name, place, fault and f"{there}: {fault}", passed=passed)
            for name in reversed(found.folders):
                key = prefix + name
                waiting.append((joined(path, name), f"{key}/", f"{place}{inside[key]}/"))

    def _listed(self, path: str, depth: int) -> _Listed:
        """What is in a folder, hidden names and `without` left out."""
        if depth > _DEEPEST:
            raise OSError(say("folders.too_deep", n=_DEEPEST))
        found = (_in_store if is_url(path) else _in_folder)(path)
        folders, files = ([name for name in names if not hidden(name)] for names in found[:2])
        self.left_out(sum(map(len, found[:2])) - len(folders) - len(files))
        return _Listed([name for name in folders if not self._is_apart(joined(path, name))], files, found.odd)

    def _is_apart(self, folder: str) -> bool:
        without = self.without
        if without is None or is_url(folder) != is_url(without):
            return False
        return folder == without.rstrip("/") if is_url(folder) else _same(folder, without)


def _documents(files: Mapping[str, str], folders: Iterable[str], place: str, remembered: Remembered) -> dict[str, str]:
    """key → folder of each file: the one that it had before, or a free one at `place`."""
    kept = {key: folder for key in files if (folder := remembered.folder(key)) is not None}
    taken = [*folders, *(folder.rpartition("/")[2] for folder in kept.values())]

    def owned(folder: str, key: str) -> bool:
        return remembered.owner(key_of(place) + folder) not in (None, key)

    fresh = documents_for({key: name for key, name in files.items() if key not in kept}, taken, owned)
    return {key: kept[key] if key in kept else place + fresh[key] for key in files}


class _Listed(NamedTuple):
    """Folders and files by their names, and of what is neither, why it can't be opened or is passed over."""

    folders: list[str]
    files: list[str]
    odd: dict[str, tuple[str, str]]


def _in_store(url: str) -> _Listed:
    found = store.listed(url)
    return _Listed(found.folders, found.files, dict.fromkeys(found.odd, (say("folders.no_name"), "")))


def _in_folder(path: str) -> _Listed:
    found = _Listed([], [], {})
    with os.scandir(path) as entries:
        for entry in sorted(entries, key=lambda one: one.name):
            if entry.is_dir(follow_symlinks=False):
                found.folders.append(entry.name)
            elif hidden(entry.name) or entry.is_file(follow_symlinks=False) or os.path.isfile(entry.path):  # noqa: PTH113
                found.files.append(entry.name)
            else:
                found.odd[entry.name] = _oddity(entry)
    return found


def _oddity(entry: os.DirEntry[str]) -> tuple[str, str]:
    """What is said of a name that is neither a folder nor a file: its fault, or why it is passed over."""
    if os.path.isdir(entry.path):  # noqa: PTH112
        return "", say("folders.not_followed")
    if entry.is_symlink() and not os.path.exists(entry.path):  # noqa: PTH110
        return say("folders.nowhere"), ""
    return "", say("folders.no_file")


def _same(path: str, other: str) -> bool:
    try:
        return os.path.samefile(path, other)  # noqa: PTH121
    except OSError:
        return False

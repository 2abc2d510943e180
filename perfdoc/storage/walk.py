"""Files below folders, folder by folder in order of names, each with the folder that its result is to get."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from perfdoc.storage import store
from perfdoc.storage.folders import folders_from, hidden
from perfdoc.storage.naming import documents_for, folders_for, key_of
from perfdoc.storage.paths import base, is_url, joined
from perfdoc.texts import reason, say

PACKAGES = (".docx", ".docm", ".dotx", ".dotm", ".odt", ".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".ods")
"""How the names of office files end that are packages (zip), and never a text or a page."""
OFFICE = (*PACKAGES, ".doc", ".dot", ".wps", ".rtf", ".xls", ".xlt", ".et")
"""How the names of files of Word, Excel, WPS and LibreOffice end."""
YAML = (".yaml", ".yml")
"""How the names of YAML files end."""


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
    folders, files = _sorted_out(given)
    if len(folders) == 1 and not files:
        (root,) = folders
        yield from _below(root, "", "", without, remembered, left_out)
        return
    inside = folders_for(folders)
    for key, folder in _documents(files, inside.values(), "", remembered).items():
        yield Found(key, key, folder, named=True)
    for root in folders:
        yield from _below(root, f"{root}/", f"{inside[root]}/", without, remembered, left_out)


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


def _sorted_out(given: Sequence[str]) -> tuple[dict[str, str], dict[str, str]]:
    folders: dict[str, str] = {}
    files: dict[str, str] = {}
    for path in dict.fromkeys(given):
        below = is_folder(path)
        name = base(path) if is_url(path) else Path(path).resolve().name if below else Path(path).name
        (folders if below else files)[path] = name
    return folders, files


def _below(
    root: str, prefix: str, place: str, without: str | None, remembered: Remembered, left_out: Callable[[int], None]
) -> Iterator[Found]:
    """The files below a folder, whose keys begin with `prefix` and whose folders are in `place`."""
    places = {"": place}
    for folder in folders_from(root, without):
        place, at = places.pop(folder.way), f"{prefix}{folder.way}/" if folder.way else prefix
        left_out(folder.hidden)
        if folder.shut is not None:
            fault = say("folders.shut", why=reason(folder.shut))
            yield Found(folder.path, at or "./", place, f"{folder.path}: {fault}")
        inside = folders_for({at + name: name for name in folder.folders})
        chosen = _documents({at + name: name for name in folder.files}, inside.values(), place, remembered)
        for name in folder.files:
            yield Found(joined(folder.path, name), at + name, chosen[at + name])
        for name, (fault, passed) in folder.odd.items():
            there = joined(folder.path, name)
            yield Found(there, at + name, place, fault and f"{there}: {fault}", passed=passed)
        for name in folder.folders:
            places[f"{folder.way}/{name}".lstrip("/")] = f"{place}{inside[at + name]}/"


def _documents(files: Mapping[str, str], folders: Iterable[str], place: str, remembered: Remembered) -> dict[str, str]:
    """key → folder of each file: the one that it had before, or a free one at `place`."""
    kept = {key: folder for key in files if (folder := remembered.folder(key)) is not None}
    taken = [*folders, *(folder.rpartition("/")[2] for folder in kept.values())]

    def owned(folder: str, key: str) -> bool:
        return remembered.owner(key_of(place) + folder) not in (None, key)

    fresh = documents_for({key: name for key, name in files.items() if key not in kept}, taken, owned)
    return {key: kept[key] if key in kept else place + fresh[key] for key in files}

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

_DEEPEST = 100  # folders in folders; a store may list more without end


class Found(NamedTuple):
    """A file to be looked at, or a folder that can't be (`fault` says why).

    `path` opens it; `key` names it from run to run: its way from the root, with slashes; `folder` is where
    its result goes, seen from the output, with slashes. `named` marks a file that the user named itself.
    """

    path: str
    key: str
    folder: str
    fault: str = ""
    named: bool = False


class Remembered(NamedTuple):
    """What earlier runs gave: the folder of a key, and the key that owns a folder (as `key_of` gives it)."""

    folder: Callable[[str], str | None]
    owner: Callable[[str], str | None]


NOTHING = Remembered(lambda key: None, lambda folder: None)


def files_in(given: Sequence[str], *, without: str | None = None, remembered: Remembered = NOTHING) -> Iterator[Found]:
    """The files that are given, and all files below the folders that are; one folder is held at a time.

    What is given is a path or a URL.

    Left out below folders: what is hidden (a name with a dot at its front), lock files of Word and
    LibreOffice, what is no ordinary file, folders that are only linked to (they may lead in a circle), and the
    folder `without`, where the output goes. The only folder given is the output's own; several get one each.
    """
    folders, files = _sorted_out(given)
    if len(folders) == 1 and not files:
        (root,) = folders
        yield from _below([(root, "", "")], without, remembered)
        return
    inside = folders_for(folders)
    for key, folder in _documents(files, inside.values(), "", remembered).items():
        yield Found(key, key, folder, named=True)
    waiting = [(key, f"{key}/", f"{inside[key]}/") for key in reversed(folders)]
    yield from _below(waiting, without, remembered)


def is_folder(given: str) -> bool:
    """Whether a path or a URL is a folder. Raises UsageError for a URL that nothing can open."""
    if not is_url(given):
        return os.path.isdir(given)  # noqa: PTH112 - a Path would drop what the user typed
    try:
        return store.is_folder(given)
    except OSError:
        return False  # reading it says why


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


def _below(waiting: list[tuple[str, str, str]], without: str | None, remembered: Remembered) -> Iterator[Found]:
    """Walk the folders of `waiting`: (path, the beginning of keys in it, the beginning of folders for it)."""
    while waiting:
        path, prefix, place = waiting.pop()
        try:
            folders, files, odd = _listed(path, without, prefix.count("/"))
        except OSError as error:
            yield Found(path, prefix or "./", place, say("storage.not_looked_into", path=path, why=reason(error)))
            continue
        inside = folders_for({prefix + name: name for name in folders})
        chosen = _documents({prefix + name: name for name in files}, inside.values(), place, remembered)
        for name in files:
            yield Found(joined(path, name), prefix + name, chosen[prefix + name])
        for name in odd:
            odd_name = say("storage.odd_name", path=joined(path, name))
            yield Found(joined(path, name), prefix + name, place, odd_name)
        for name in reversed(folders):
            key = prefix + name
            waiting.append((joined(path, name), f"{key}/", f"{place}{inside[key]}/"))


def _documents(files: Mapping[str, str], folders: Iterable[str], place: str, remembered: Remembered) -> dict[str, str]:
    """key → folder of each file: the one that it had before, or a free one at `place`."""
    kept = {key: folder for key in files if (folder := remembered.folder(key)) is not None}
    taken = [*folders, *(folder.rpartition("/")[2] for folder in kept.values())]

    def owned(folder: str, key: str) -> bool:
        return remembered.owner(key_of(place) + folder) not in (None, key)

    fresh = documents_for({key: name for key, name in files.items() if key not in kept}, taken, owned)
    return {key: kept[key] if key in kept else place + fresh[key] for key in files}


def _listed(path: str, without: str | None, depth: int) -> tuple[list[str], list[str], list[str]]:
    """Folders, files, and what a store lists that is neither, hidden ones and `without` left out."""
    if depth > _DEEPEST:
        raise OSError(say("storage.deep", most=_DEEPEST))
    if is_url(path):
        every = store.listed(path)
        apart = without.rstrip("/") if without is not None else None
        folders = [name for name in every.folders if not hidden(name) and joined(path, name) != apart]
        return folders, [name for name in every.files if not hidden(name)], every.odd
    folders, files = [], []
    with os.scandir(path) as entries:
        for entry in entries:
            if hidden(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False):
                if without is None or is_url(without) or not _same(entry.path, without):
                    folders.append(entry.name)
            elif entry.is_file():
                files.append(entry.name)
    return sorted(folders), sorted(files), []


def _same(path: str, other: str) -> bool:
    try:
        return os.path.samefile(path, other)  # noqa: PTH121
    except OSError:
        return False

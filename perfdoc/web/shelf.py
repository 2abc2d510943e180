"""What stands in the folder that is served: documents, each with its specs, the file that they came from, or both.

A request names a document by its way, and gets what was found in the folder under that name, so that no name leads
out of it; links are not followed.
"""

import os
import threading
import time
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from perfdoc.repository.folders import SETTINGS
from perfdoc.specs import LISTING
from perfdoc.storage.folders import Folder, folders_from
from perfdoc.storage.naming import documents_for, key_of
from perfdoc.storage.walk import YAML, is_office

INBOX = "inbox"
"""The folder that files are copied to which are dropped on the page."""
_FORM = "form.yaml"
_FRESH = 1.0  # seconds for which the folder is not looked through again
Stamp = tuple[tuple[str, int, int], ...]
"""Name, time of the last change and size of each file: what is known of them holds while this is the same."""


class Item(NamedTuple):
    """A document: `way` names it, `folder` holds its specs, `file` is what it came from, each "" where there is none.

    `names` are the files of its specs; where it is `loose`, there is no document.yaml, and this is the only one. `home`
    is where its specs are, or would be written, seen from the folder that is served. The stamps are those of the moment
    in which the folder was looked through.
    """

    way: str
    home: str
    folder: str = ""
    file: str = ""
    names: tuple[str, ...] = ()
    mine: Stamp = ()
    theirs: Stamp = ()
    loose: bool = False

    @property
    def specs(self) -> Path | None:
        return Path(self.folder) if self.folder else None

    @property
    def name(self) -> str:
        """What it is called: the last part of its way."""
        return Path(self.folder if self.way == "." else self.way).name

    @property
    def given(self) -> Path:
        """Its specs as the commands take them: their folder, or the file of a loose one."""
        return Path(self.folder, *self.names if self.loose else ())

    @property
    def received(self) -> Path | None:
        return Path(self.file) if self.file else None

    def stamp(self, received: bool) -> Stamp:
        return self.theirs if received else self.mine

    @property
    def changed(self) -> float:
        """When any of its files was changed, in seconds since 1970."""
        return max((one[1] for one in (*self.mine, *self.theirs)), default=0) / 1e9


class Shelf:
    """The documents of a folder, looked through anew when something may have changed."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self._items: dict[str, Item] = {}
        self._looked = 0.0
        self._lock = threading.Lock()

    def items(self) -> Mapping[str, Item]:
        """The documents by their ways, in order."""
        with self._lock:
            if time.monotonic() - self._looked > _FRESH:
                self._items = {one.way: one for one in self._walked()}
                self._looked = time.monotonic()
            return self._items

    def find(self, way: str) -> Item | None:
        return self.items().get(way)

    def forget(self) -> None:
        """Look through the folder again when it is asked for next."""
        self._looked = 0.0

    def _walked(self) -> list[Item]:
        specs: dict[str, Item] = {}
        received: dict[str, str] = {}
        loose: list[Item] = []
        for folder in folders_from(str(self.root)):
            if _FORM in folder.files:  # its Word file is a template, none that came in
                continue
            if LISTING in folder.files:
                names = tuple(name for name in folder.files if name.endswith(YAML))
                stamp = tuple(_stamp(f"{folder.path}{os.sep}{name}") for name in names)
                specs[folder.way] = Item(folder.way or ".", folder.way, folder.path, "", names, stamp)
            else:
                loose += _loose(folder)
            inbox = folder.way.split("/")[0] == INBOX
            for name in folder.files:
                path = f"{folder.path}{os.sep}{name}"
                if (inbox or is_office(name)) and not (name.endswith(".yaml") or os.path.islink(path)):  # noqa: PTH114
                    received[f"{folder.way}/{name}".lstrip("/")] = path
        homes = _homes(received)
        for way, home in _pairs(homes, specs).items():
            one, file = specs[home], received.pop(way)
            specs[home] = one._replace(file=file, theirs=(_stamp(file),))
        alone = (Item(way, homes[way], "", file, (), (), (_stamp(file),)) for way, file in received.items())
        return [*specs.values(), *loose, *alone]


def _loose(folder: Folder) -> Iterator[Item]:
    """The projects' files that no document.yaml stands beside."""
    for name in folder.files:
        path = f"{folder.path}{os.sep}{name}"
        if name.endswith(YAML) and name != SETTINGS and not os.path.islink(path):  # noqa: PTH114
            way = f"{folder.way}/{name}".lstrip("/")
            home = f"{folder.way}/{name.rpartition('.')[0]}".lstrip("/")
            yield Item(way, home, folder.path, "", (name,), (_stamp(path),), loose=True)


def _pairs(homes: Mapping[str, str], specs: Collection[str]) -> dict[str, str]:
    """The folder of specs of each file that has one: the file's own, or the only one of its name."""
    named: dict[str, list[str]] = {}
    for home in specs:
        named.setdefault(key_of(home.rpartition("/")[2]), []).append(home)
    taken: dict[str, str] = {}
    for way, home in homes.items():
        near = [home] if home in specs else named.get(key_of(home.rpartition("/")[2]), [])
        if len(near) == 1:
            taken.setdefault(near[0], way)
    return {way: home for home, way in taken.items()}


def _homes(received: Collection[str]) -> dict[str, str]:
    """Where the specs of each file go: beside the inbox under its own name, elsewhere beside the file."""
    folders: dict[str, dict[str, str]] = {}
    for way in received:
        folder, _, name = way.rpartition("/")
        above = "/".join(folder.split("/")[1:]) if folder.split("/")[0] == INBOX else folder
        folders.setdefault(above, {})[way] = name
    return {
        way: f"{above}/{name}".lstrip("/")
        for above, names in folders.items()
        for way, name in documents_for(names, [INBOX] if not above else []).items()
    }


def _stamp(path: str) -> tuple[str, int, int]:
    try:
        about = os.stat(path)  # noqa: PTH116 - called for each file of a folder
    except OSError:
        return path, 0, 0
    return path, about.st_mtime_ns, about.st_size

"""What stands in the folder that is served: documents, each with its specs, the file that they came from, or both.

A request names a document by its way, and gets what was found in the folder under that name, so that no name leads
out of it; links are not followed.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from perfdoc.specs import LISTING
from perfdoc.storage.folders import folders_from
from perfdoc.storage.naming import documents_for, key_of
from perfdoc.storage.walk import is_office

INBOX = "inbox"
"""The folder that files are copied to which are dropped on the page."""
_FRESH = 1.0  # seconds for which the folder is not looked through again
Stamp = tuple[tuple[str, int, int], ...]
"""Name, time of the last change and size of each file: what is known of them holds while this is the same."""


class Item(NamedTuple):
    """A document: `way` names it, `specs` is its folder, `received` the file it came from; `home` is where its specs
    are, or would be written, seen from the folder that is served."""

    way: str
    home: str
    specs: Path | None
    received: Path | None
    files: tuple[str, ...] = ()

    def stamp(self, received: bool) -> Stamp:
        """The stamp of the received file, or of the specs."""
        if received:
            assert self.received is not None
            return (_stamp(str(self.received)),)
        assert self.specs is not None
        return tuple(_stamp(os.path.join(self.specs, name)) for name in self.files)  # noqa: PTH118

    @property
    def changed(self) -> float:
        """When any of its files was changed, in seconds since 1970."""
        parts = [
            one
            for received in (False, True)
            if (self.received if received else self.specs)
            for one in self.stamp(received)
        ]
        return max((one[1] for one in parts), default=0) / 1e9


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
        """The document of a way; None where there is none."""
        return self.items().get(way)

    def forget(self) -> None:
        """Look through the folder again when it is asked for next."""
        self._looked = 0.0

    def _walked(self) -> list[Item]:
        specs: dict[str, tuple[Path, tuple[str, ...]]] = {}
        received: dict[str, Path] = {}
        for folder in folders_from(str(self.root)):
            if LISTING in folder.files:
                names = tuple(name for name in folder.files if name.endswith((".yaml", ".yml")))
                specs[folder.way] = (Path(folder.path), names)
            inbox = folder.way.split("/")[0] == INBOX
            for name in folder.files:
                path = Path(folder.path, name)
                if (inbox or is_office(name)) and name not in (LISTING,) and not path.is_symlink():
                    received[f"{folder.way}/{name}".lstrip("/")] = path
        homes = _homes(received)
        lasts: dict[str, list[str]] = {}
        for way in specs:
            lasts.setdefault(key_of(way.rpartition("/")[2]), []).append(way)
        taken: dict[str, str] = {}
        for own, home in homes.items():
            near = [home] if home in specs else lasts.get(key_of(home.rpartition("/")[2]), [])
            if len(near) == 1 and near[0] not in taken:
                taken[near[0]] = own
                homes[own] = near[0]
        items = [
            Item(way, way, folder, received.get(taken.get(way, "")), names) for way, (folder, names) in specs.items()
        ]
        paired = set(taken.values())
        items += [Item(way, homes[way], None, path) for way, path in received.items() if way not in paired]
        return [one if one.way else one._replace(way=".") for one in items]


def _homes(received: Mapping[str, Path]) -> dict[str, str]:
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

"""The texts and places of a reading's values by their paths; a missing value has the place of what it belongs to."""

from collections.abc import Mapping
from functools import cached_property

from perfdoc.report import Path, Place, Reading


class Located:
    """A reading asked for places and texts."""

    def __init__(self, reading: Reading) -> None:
        self._document = reading.document
        self._places = reading.places

    def place(self, path: Path) -> Place:
        """Where a value stands; a missing one: where what it belongs to stands, or the first part of that."""
        at = path
        while at:
            place = self._places.get(at) or (self._first.get(at) if len(at) > 1 else None)
            if place is not None:
                return place
            at = at[:-1]
        return self._first.get(()) or Place("")

    @cached_property
    def _first(self) -> Mapping[Path, Place]:
        """For what has no place of its own the first place within it; `()` for the whole, which names the file."""
        found: dict[Path, Place] = {}
        for path, place in self._places.items():
            for length in range(len(path)):
                found.setdefault(path[:length], place)
        whole = found.get(())
        return {**found, (): Place(whole.file)} if whole else found

    def text(self, path: Path) -> str:
        """The text at a path, `""` where there is none."""
        at: object = self._document
        for part in path:
            if isinstance(part, int):
                at = at[part] if isinstance(at, tuple) and part < len(at) else None
            elif isinstance(at, Mapping):
                at = at.get(part)
            else:
                at = getattr(at, part, None)
        return at if isinstance(at, str) else ""

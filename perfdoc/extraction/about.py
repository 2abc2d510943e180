"""What a comment is about: the value in whose cell it hangs, its label's value, its project, the document."""

from collections.abc import Mapping
from dataclasses import replace

from perfdoc.layout import Layout, Paragraph
from perfdoc.report import Path, Place, Reading, Role

_HEADING = "heading"


def with_threads(reading: Reading, layout: Layout) -> Reading:
    """The reading with the comments of its file, each with the path of what it is about."""
    if not layout.threads:
        return reading
    about = _About(reading, layout)
    return replace(reading, threads=tuple(one._replace(path=about.path(one.place)) for one in layout.threads))


class _About:
    """Paths by places. A value that several cells or several paths have stands for the first of them."""

    def __init__(self, reading: Reading, layout: Layout) -> None:
        self._values: dict[Place, Path] = {}
        self._rows: dict[Place, list[tuple[int, Path]]] = {}
        for path, place in reading.places.items():
            self._values.setdefault(place, path)
            self._rows.setdefault(place._replace(column=0), []).append((place.column, path))
        for claim in reading.claims:
            if claim.path in reading.places and claim.role is not Role.boilerplate:
                self._values.setdefault(claim.place, claim.path)
        self._labels = {claim.place for claim in reading.claims if claim.role is Role.label}
        self._order = {
            (block.place if isinstance(block, Paragraph) else _table(block.place)): at
            for at, block in enumerate(layout.blocks)
        }
        self._projects = self._of_projects(reading.places)

    def path(self, place: Place) -> Path:
        """What a comment at a place is about."""
        found = self._values.get(place)
        if found is None and place in self._labels:
            found = self._beside(place)
        if found is None:
            return self._project(place)
        return found[:2] if found[2:] == (_HEADING,) else found

    def _beside(self, label: Place) -> Path | None:
        """The value next to a label in its row."""
        right = [one for one in self._rows.get(label._replace(column=0), ()) if one[0] > label.column]
        return min(right, key=lambda one: one[0])[1] if right and label.column else None

    def _project(self, place: Place) -> Path:
        """The project whose values stand nearest: those of the row, else of the one above. None before the first."""
        at = self._order.get(_table(place) if place.table or place.sheet else place)
        if at is None or not self._projects or self._projects[0][0] - at > 1:
            return ()
        _, _, path = min(self._projects, key=lambda one: (abs(one[0] - at), *_behind(one[:2], (at, place.row))))
        return path

    def _of_projects(self, places: Mapping[Path, Place]) -> list[tuple[int, int, Path]]:
        """Where values of projects stand: block, row, project."""
        found = set()
        for path, place in places.items():
            at = self._order.get(_table(place) if place.table or place.sheet else place)
            if len(path) > 1 and path[0] == "projects" and at is not None:
                found.add((at, place.row, path[:2]))
        return sorted(found, key=lambda one: one[:2])


def _behind(one: tuple[int, int], here: tuple[int, int]) -> tuple[int, int]:
    """How well a place goes with one near it: the row itself or the nearest above, then those that follow."""
    rows = here[1] - one[1]
    return (0, rows) if one[0] == here[0] and rows >= 0 else (1, -rows if one[0] == here[0] else here[0] - one[0])


def _table(place: Place) -> Place:
    return place._replace(row=0, column=0)

"""Who changed what: the tracked changes of a Word file at the places of the values that differ."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import accumulate

from perfdoc.comparison.change import By, Difference, IndicatorChange, ProjectChange, Value
from perfdoc.model import Indicator
from perfdoc.report import Path, Place, Reading, TrackedChange


def attributed(difference: Difference, new: Reading) -> Difference:
    """A difference with the authors of what was tracked in the new side's file; the same where nothing was.

    What was typed without tracking has no author. What a change took out altogether is known by its text.
    """
    if not new.tracked:
        return difference
    tracks = _Tracks(new)
    values = tuple(tracks.value(value, ()) for value in difference.values)
    return replace(difference, values=values, projects=tuple(map(tracks.project, difference.projects)))


class _Tracks:
    def __init__(self, reading: Reading) -> None:
        self._places = reading.places
        self._at: defaultdict[Place, list[TrackedChange]] = defaultdict(list)
        self._gone: defaultdict[Place, list[TrackedChange]] = defaultdict(list)
        for one in reading.tracked:
            self._at[one.place].append(one)
            if one.gone:
                self._gone[_row(one.place)].append(one)

    def project(self, one: ProjectChange) -> ProjectChange:
        way: Path = ("projects", one.new_index if one.new_index is not None else -1)
        rows = tuple(self._indicator(row, way) for row in one.indicators)
        values = tuple(self.value(value, way) for value in one.values)
        if one.new is None or one.old is None:
            names = [one.either.name or ""]
            return replace(one, indicators=rows, by=self._of_record(way) if one.new else self._of_gone(names))
        return replace(one, indicators=rows, values=values)

    def _indicator(self, one: IndicatorChange, way: Path) -> IndicatorChange:
        path = (*way, "indicators", one.new_index if one.new_index is not None else -1)
        if one.new is None:
            return replace(one, by=self._of_gone([one.either.level3 or "", one.either.target or ""]))
        if one.old is None:
            return replace(one, by=self._of_record(path))
        return replace(one, values=tuple(self.value(value, path) for value in one.values)) if one.values else one

    def value(self, value: Value, way: Path) -> Value:
        """A value of the record at a path with the authors of what was changed in its cell or paragraph."""
        place = self._places.get((*way, *value.path)) or self._cell(way, value.path)
        return replace(value, by=_authors(self._at.get(place, ()))) if place else value

    def _cell(self, way: Path, path: Path) -> Place | None:
        """Where a blank value of an indicator would stand: in the row of its others, the column of its field."""
        if way[2:3] != ("indicators",):
            return None
        rows = (self._places.get((*way, name)) for name in Indicator.model_fields)
        row = next((place for place in rows if place and place.row), None)
        column = self._columns.get((way[1], *path))
        return row._replace(column=column) if row and column else None

    @cached_property
    def _columns(self) -> Mapping[Path, int]:
        """The column of each field of a project's indicators, by the project's number and the field."""
        return {
            (way[1], *way[4:]): place.column
            for way, place in self._places.items()
            if way[2:3] == ("indicators",) and place.row
        }

    @cached_property
    def _cells(self) -> Mapping[Path, list[Place]]:
        """The places of the values of each record, a project's with those of its indicators."""
        found: defaultdict[Path, list[Place]] = defaultdict(list)
        for way, place in self._places.items():
            found[way[:2]].append(place)
            if way[2:3] == ("indicators",):
                found[way[:4]].append(place)
        return found

    def _of_record(self, way: Path) -> tuple[By, ...]:
        """Who put in a record: its values, or the rows that they stand in."""
        places = self._cells.get(way, ())
        cells = dict.fromkeys((*places, *(_row(place) for place in places if place.row)))
        return _authors(one for place in cells for one in self._at.get(place, ()) if not one.gone)

    def _of_gone(self, names: Iterable[str]) -> tuple[By, ...]:
        """Who took out a record: a row, or what was taken out of the cells of one, holds its name and its value."""
        wanted = sorted(("".join(name.split()) for name in names if name.strip()), key=len, reverse=True)
        return _authors(self._taken_out.take(wanted)) if wanted else ()

    @cached_property
    def _taken_out(self) -> _TakenOut:
        """What was taken out: by each change, then by those of one row together."""
        single = [[one] for those in self._gone.values() for one in those]
        several = [those for those in self._gone.values() if len(those) > 1]
        return _TakenOut([*single, *several])


class _TakenOut:
    """Groups of deletions, each of which tells of one record.

    All texts are one, with their starts: records mostly come in the order of their deletions, so that a search goes on
    behind the last one found, and what is found nowhere costs one search of the text.
    """

    def __init__(self, groups: Sequence[Sequence[TrackedChange]]) -> None:
        self._groups = groups
        self._texts = ["".join("".join(one.gone for one in those).split()) for those in groups]
        self._starts = [0, *accumulate(len(text) + 1 for text in self._texts)]
        self._all = "\0".join(self._texts)
        self._left = [True] * len(groups)
        self._next = 0

    def take(self, wanted: Sequence[str]) -> Sequence[TrackedChange]:
        """The next group whose text holds all that is wanted, which is then no one else's; nothing if there is none."""
        for start, end in ((self._next, len(self._groups)), (0, self._next)):
            at = start
            while (found := self._all.find(wanted[0], self._starts[at], self._starts[end])) >= 0:
                at = bisect_right(self._starts, found) - 1
                if self._left[at] and all(name in self._texts[at] for name in wanted):
                    self._left[at] = False
                    self._next = at + 1
                    return self._groups[at]
                at += 1
        return ()


def _row(place: Place) -> Place:
    return place._replace(column=0)


def _authors(changes: Iterable[TrackedChange]) -> tuple[By, ...]:
    """Each author once, with the date of the last change."""
    found: dict[str, str] = {}
    for one in changes:
        found[one.author] = max(found.get(one.author, ""), one.date)
    return tuple(By(author, date) for author, date in found.items())

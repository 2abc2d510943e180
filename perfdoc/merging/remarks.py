"""The comments of both sides, each at its value in the merged text."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence, Set
from typing import Any, NamedTuple

from perfdoc.pairing import pair_threads, united
from perfdoc.report import Path, Thread
from perfdoc.specs.comments import Comments
from perfdoc.specs.threads import Unit, unit_of, units

Known = Mapping[int, Hashable]
"""Which item stands at an index of a version's list; an item is the same in all versions."""
_Place = tuple[Any, ...]
"""A path in which an item stands by itself instead of by its position in one version."""
_SLOTS = ("above", "behind", "below", "foot")
_NONE: Mapping[int, Set[_Place]] = {}


def gathered(three: Sequence[Comments], items: Sequence[Known], name: str) -> Remarks:
    """The merged comments: those that both kept or one has added; what one has removed is left out.

    `three` are those of base, ours and theirs, `items` what stands in the list of that `name` in each. A new comment
    at an item that is no more stands at the foot of the list.
    """
    base, ours, theirs = three
    sides = tuple(enumerate(three))

    def known(path: Path, version: int) -> _Place | None:
        if len(path) < 2 or path[0] != name:
            return path
        item = items[version].get(path[1]) if isinstance(path[1], int) else None
        return None if item is None else (name, item, *path[2:])

    before = {one for slot in _SLOTS for texts in getattr(base, slot).values() for one in units(texts)}
    slots: dict[str, list[dict[_Place, list[str]]]] = {}
    lost: list[str] = []
    for slot in _SLOTS:
        versions: list[dict[_Place, list[str]]] = []
        for version, found in sides:
            there: dict[_Place, list[str]] = {}
            for path, texts in getattr(found, slot).items():
                place = known(path, version)
                if place is not None:
                    there[place] = texts
                elif version:
                    lost += [line for one in units(texts) if one not in before and any(one.lines) for line in one.lines]
            versions.append(there)
        slots[slot] = versions
    places = (known(path, version) for version, found in sides[1:] for path in found.order)
    order = dict.fromkeys(place for place in places if place is not None)
    merged = {slot: _merged(versions) for slot, versions in slots.items()}
    if lost:
        merged["foot"].setdefault((name,), []).extend(lost)
    header = three_way(base.header, ours.header, theirs.header)
    return Remarks(header, merged, tuple(slots["behind"]), tuple(order), name)


def _merged(versions: Sequence[Mapping[_Place, list[str]]]) -> dict[_Place, list[str]]:
    """The comments of each place of one slot, as base, ours and theirs have it."""
    places = dict.fromkeys(place for each in versions for place in each)
    return {place: three_way(*(each.get(place, []) for each in versions)) for place in places}


def three_way(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """Comments of one place: those of the side that changed them, or of both; a thread is one in all versions."""
    if ours == theirs or theirs == base:
        return list(ours)
    if ours == base:
        return list(theirs)
    was = units(base)
    mine, other = _threads_united(was, units(ours), units(theirs))
    kept = [one for one in mine if not any(one.lines) or one not in was or one in other]
    new = [one for one in other if any(one.lines) and one not in was and one not in mine]
    return [line for one in (*kept, *new) for line in one.lines]


def _threads_united(
    base: Sequence[Unit], ours: Sequence[Unit], theirs: Sequence[Unit]
) -> tuple[list[Unit], list[Unit]]:
    """Our comments of one place and theirs; a thread that both have is in both what it is together."""
    mine, other = list(ours), list(theirs)
    was, here, there = ([at for at, one in enumerate(side) if one.thread] for side in (base, mine, other))
    before, left, right = (
        [side[at].thread or Thread("", "", "") for at in numbers]
        for side, numbers in ((base, was), (mine, here), (other, there))
    )
    origins = pair_threads(before, right)
    for new, old in pair_threads(left, right, before).items():
        origin = before[origins[new]] if new in origins else None
        one = united(origin, left[old], right[new])
        left[old] = one
        mine[here[old]] = other[there[new]] = mine[here[old]] if one == mine[here[old]].thread else unit_of(one)
    return mine, other


class Remarks(NamedTuple):
    """Merged comments, by places that are good for any choice between the sides; `name` is that of the list of items.

    `behind` has those behind values as base, ours and theirs have them: a value in conflict keeps its own.
    """

    header: list[str]
    slots: Mapping[str, Mapping[_Place, list[str]]]
    behind: tuple[Mapping[_Place, list[str]], ...]
    order: tuple[_Place, ...]
    name: str

    def place(self, path: Path, rows: Sequence[Hashable]) -> _Place:
        """A path of a text whose list has these items, as a place that is good for any choice."""
        inside = len(path) > 1 and path[0] == self.name and isinstance(path[1], int)
        return (self.name, rows[int(path[1])], *path[2:]) if inside else path

    def changed(self, found: Comments, rows: Sequence[Hashable]) -> Remarks:
        """The comments as a text whose list has these items has them now."""
        slots = {
            slot: {self.place(path, rows): texts for path, texts in getattr(found, slot).items()} for slot in _SLOTS
        }
        order = dict.fromkeys((*self.order, *(self.place(path, rows) for path in found.order)))
        return self._replace(header=found.header, slots=slots, order=tuple(order))

    def for_rows(self, rows: Sequence[Hashable], own: Mapping[int, Set[_Place]] = _NONE) -> Comments:
        """The comments by the paths of a text whose list has these items.

        Behind the values at the places of `own` stand those of that version alone: 0 base, 1 ours, 2 theirs.
        """
        at = {row: index for index, row in enumerate(rows)}

        def path(place: _Place) -> Path | None:
            if len(place) < 2 or place[0] != self.name:
                return place
            index = at.get(place[1])
            return None if index is None else (self.name, index, *place[2:])

        slots = {
            slot: {where: list(texts) for place, texts in found.items() if (where := path(place)) is not None and texts}
            for slot, found in self.slots.items()
        }
        for version, places in own.items():
            for place in places:
                if (where := path(place)) is not None:
                    slots["behind"][where] = list(self.behind[version].get(place, ()))
        order = [where for place in self.order if (where := path(place)) is not None]
        return Comments(list(self.header), slots["above"], slots["behind"], slots["below"], slots["foot"], order)

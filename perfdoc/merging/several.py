"""A file of a folder as several versions, merged one after the other, would have it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from perfdoc.merging.draft import Draft, Labels, Side, either, verify
from perfdoc.merging.items import Indices
from perfdoc.merging.records import Made
from perfdoc.merging.remarks import gathered
from perfdoc.specs.commented import with_comments
from perfdoc.specs.comments import Comments
from perfdoc.specs.emit import lines_of
from perfdoc.specs.gathered import gather

_STRIDE = 1 << 20
"""More than a list of any version has items: an item's number, which no item of another version has."""
Merge = Callable[[Any, Any, Any], Made]


class MergedFile:
    """A record as our side would have it, and as each version would.

    Each side takes what others changed and it did not. An item of the list `name` has the same number on every side:
    its index in the folder's own file, or one of the version that brought it.
    """

    def __init__(self, one: Any, name: str, labels: Labels, number: int = 0) -> None:
        self._first = one
        self._name = name
        items = tuple(number * _STRIDE + at for at in range(len(getattr(one, name))))
        self._sides = [Side(one, items, labels.ours, (one, items))]
        self._base = Side(one, items, labels.base)
        self._texts = ("", "")
        self._known: tuple[dict[int, Hashable], ...] = ({}, dict(enumerate(items)), {})

    @property
    def ours(self) -> Any:
        return self._sides[0].record

    @property
    def either(self) -> Side:
        return either(self._sides, self._name)

    @property
    def changed(self) -> bool:
        """Whether a side, or a comment, is not as the file was."""
        return any(side.record != self._first for side in self._sides) or self._texts[0] != self._texts[1]

    def add(self, base: Any, theirs: Any, label: str, number: int, merge: Merge, texts: tuple[str, str]) -> None:
        """Merge a version: what it was made from, and the texts of both where their comments count."""
        made = [merge(base, side.record, theirs) for side in self._sides]
        before = made[0] if self._base.record == self.ours else merge(base, self._base.record, theirs)
        first, mine = made[0], self._sides[0].items
        indices = {row for rows in first.rows for row in rows}
        items: list[Hashable] = [number * _STRIDE + at for at in range(len(getattr(theirs, self._name)))]
        for _, here, there in indices:
            if here is not None and there is not None:
                items[there] = mine[here]
        if any(texts):
            self._texts = texts
            came = {b: _item((b, a, c), mine, items) for b, a, c in indices if b is not None}
            self._known = (came, self._known[1], dict(enumerate(items)))
        self._sides = [
            side._replace(record=one.sides.ours, items=_items(one.rows.ours, side.items, items))
            for side, one in zip(self._sides, made, strict=True)
        ]
        self._sides.append(Side(first.sides.theirs, _items(first.rows.theirs, mine, items), label, (theirs, items)))
        was = _items(before.rows.base, self._base.items, items)
        self._base = self._base._replace(record=before.sides.base, items=was)

    def draft(self, file: str, text: str) -> Draft:
        """The file with the comments of its `text`, and of the version that has some."""
        found = [_comments(one) for one in (self._texts[0], text, self._texts[1])]
        there = {item for side in self._sides for item in side.items}
        known = [{at: item for at, item in each.items() if item in there} for each in self._known]
        remarks, every = gathered(found, known, self._name), self.either
        plain = with_comments(lines_of(every.record), remarks.for_rows(every.items))
        verify(plain, every.record, file)
        return Draft(file, self._sides, self._base, remarks, plain)


def _items(rows: Sequence[Indices], side: Sequence[Hashable], theirs: Sequence[Hashable]) -> tuple[Hashable, ...]:
    return tuple(_item(row, side, theirs) for row in rows)


def _item(row: Indices, side: Sequence[Hashable], theirs: Sequence[Hashable]) -> Hashable:
    """The number of an item by its indices on a side and in the version that is merged into it."""
    _, here, there = row
    return side[here] if here is not None else theirs[there] if there is not None else None


def _comments(text: str) -> Comments:
    return gather(text) if "#" in text else Comments()

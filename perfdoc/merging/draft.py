"""A merged file before its conflicts are marked: its sides, and the comments of all."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, NamedTuple

from perfdoc.errors import SpecError
from perfdoc.merging.items import Indices
from perfdoc.merging.markers import Line, Lines, Merged, marked, uncommented
from perfdoc.merging.records import Made
from perfdoc.merging.remarks import Remarks, gathered
from perfdoc.model import Indicator
from perfdoc.report import Diagnostic, Place, Severity
from perfdoc.specs.commented import lines_of, with_comments
from perfdoc.specs.comments import Comments
from perfdoc.specs.emit import text_of
from perfdoc.specs.gathered import gather
from perfdoc.specs.listing import Entry
from perfdoc.specs.validate import record
from perfdoc.texts import say
from perfdoc.yamltree import parse


class Labels(NamedTuple):
    """What the sides are called behind their markers."""

    ours: str = "ours"
    theirs: str = "theirs"
    base: str = ""


UNNAMED = Labels()


class Side(NamedTuple):
    """A merged record as one side would have it, and the items of its list.

    `own` is what the side said by itself, its items beside it, where there are more than two sides.
    """

    record: Any
    items: Sequence[Hashable]
    label: str = ""
    own: tuple[Any, Sequence[Hashable]] | None = None


class Draft(NamedTuple):
    """A merged file: its sides, ours first, what they were made from, and the comments of all.

    `text` has everything that any side has, ours where they differ: it is the file if nothing is in conflict.
    """

    file: str
    sides: Sequence[Side]
    base: Side
    remarks: Remarks
    text: str

    def marked(self, text: str = "", size: int = 7, *, show_base: bool = False) -> Merged:
        """The file with markers around what is in conflict; comments are those of the text, where one is given."""
        every = either(self.sides, self.remarks.name)
        if all(one.record == every.record for one in self.sides):
            return Merged(text or self.text)
        remarks = self.remarks.changed(gather(text), every.items) if text not in ("", self.text) else self.remarks
        lines = [lines_of(one.record) for one in self.sides]
        said = [
            {remarks.place(line.path, one.items): (line.head, line.rest) for line in some}
            for one, some in zip(self.sides, lines, strict=True)
        ]
        mine = said[0]
        conflicting = {place for one in said[1:] for place in one.keys() & mine if one[place] != mine[place]}
        versions = []
        for one, some, texts in zip(self.sides, lines, said, strict=True):
            same = {place for place in conflicting if texts.get(place) == mine.get(place)}
            written = with_comments(some, remarks.for_rows(one.items, {1: same, 2: conflicting - same}))
            verify(written, one.record, self.file)
            own = _lines(text_of(one.own[0]), one.own[1]) if one.own else ()
            versions.append(Lines(_lines(written, one.items), one.label, uncommented(own)))
        base = None
        if show_base:
            comments = remarks.for_rows(self.base.items, {0: conflicting})
            base = _lines(with_comments(lines_of(self.base.record), comments), self.base.items), self.base.label
        names = dict(zip(every.items, map(_name, getattr(every.record, remarks.name)), strict=True))
        made = marked(versions, size, base)
        return made._replace(clashes=tuple(one._replace(where=names.get(one.where, one.where)) for one in made.clashes))


def either(sides: Sequence[Side], name: str) -> Side:
    """Our side, with the items that only others have, each behind the one that it stands behind there."""
    items = list(sides[0].items)
    known = dict(zip(items, getattr(sides[0].record, name), strict=True))
    for side in (one for one in sides[1:] if not known.keys() >= {*one.items}):
        at = 0
        for item, said in zip(side.items, getattr(side.record, name), strict=True):
            if item not in known:
                items.insert(at, item)
                known[item] = said
            at = items.index(item, 0) + 1
    record = sides[0].record.model_copy(update={name: tuple(known[item] for item in items)})
    return Side(record, items)


def verify(text: str, said: Any, file: str) -> None:
    """Check that a text reads as what was merged, so that no fault of perfdoc changes a value unnoticed."""
    if record(type(said), parse(text, file), file)[0] != said:
        raise SpecError(diagnostics=[Diagnostic("PD018", Severity.error, say("merging.changed"), Place(file))])


def _name(item: Indicator | Entry) -> str:
    return item.spec if isinstance(item, Entry) else item.level3 or item.described or item.level2 or ""


def _lines(text: str, items: Sequence[Hashable]) -> list[Line]:
    lines: list[Line] = []
    where: object = ""
    left = iter(items)
    for line in text.split("\n")[:-1]:
        if line.startswith("- "):
            where = next(left, where)
        elif line[:1] not in (" ", "#", "-", ""):
            where = line.partition(":")[0]
        lines.append((where, line))
    return lines


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
        texts = (self._texts[0], text, self._texts[1])
        found = [gather(one) if "#" in one else Comments() for one in texts]
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

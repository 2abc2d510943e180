"""A merged file before its conflicts are marked: its sides, and the comments of all."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, NamedTuple

from perfdoc.errors import SpecError
from perfdoc.merging.markers import Line, Lines, Merged, marked, uncommented
from perfdoc.merging.remarks import Remarks
from perfdoc.model import Indicator
from perfdoc.report import Diagnostic, Place, Severity
from perfdoc.specs.commented import with_comments
from perfdoc.specs.emit import lines_of, text_of
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
            own = _lines(text_of(lines_of(one.own[0])), one.own[1]) if one.own else ()
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

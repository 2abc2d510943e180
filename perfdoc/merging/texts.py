"""The texts of three versions made one, with conflict markers around the lines of the values in conflict.

Each marker stands on a line of its own between whole lines of canonical YAML: whichever side is kept, what is
left when the other side and the markers are deleted is a sound, canonical spec.
"""

from __future__ import annotations

import posixpath
from collections.abc import Hashable, Sequence
from typing import Any, NamedTuple

from perfdoc.errors import SpecError
from perfdoc.merging import records
from perfdoc.merging.markers import Line, Merged, Version, bare, marked
from perfdoc.merging.remarks import Remarks, gathered
from perfdoc.model import Indicator, Project
from perfdoc.report import Diagnostic, Place, Severity
from perfdoc.specs.commented import with_comments
from perfdoc.specs.comments import Comments, gather
from perfdoc.specs.emit import lines_of, text_of
from perfdoc.specs.listing import LISTING, Entry, Listing
from perfdoc.specs.validate import record
from perfdoc.texts import say
from perfdoc.yamltree import Tree, parse

_TELLING = frozenset({"indicators", "budget", "goals"})
"""Keys that a project's spec has and hardly any other YAML file."""


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
            _verify(written, one.record, self.file)
            own = _lines(text_of(lines_of(one.own[0])), one.own[1]) if one.own else ()
            versions.append(Version(_lines(written, one.items), one.label, bare(own)))
        base = None
        if show_base:
            comments = remarks.for_rows(self.base.items, {0: conflicting})
            base = _lines(with_comments(lines_of(self.base.record), comments), self.base.items), self.base.label
        names = dict(zip(every.items, map(_name, getattr(every.record, remarks.name)), strict=True))
        made = marked(versions, size, base)
        return made._replace(clashes=tuple(one._replace(where=names.get(one.where, one.where)) for one in made.clashes))


def merge(
    base: str, ours: str, theirs: str, file: str, labels: Labels = UNNAMED, *, size: int = 7, show_base: bool = False
) -> Merged:
    """The merge of two versions of a spec; `base` is empty where both have added the file.

    `size` is the markers' length; `show_base` adds what stood there before (git's conflict style diff3).
    Raises SpecError where one of the texts is no sound spec.
    """
    texts = [each.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n") for each in (base, ours, theirs)]
    trees = [parse(each, file) for each in texts]
    unfit = [fault for tree, text in zip(trees, texts, strict=True) if text.strip() for fault in tree.diagnostics]
    if unfit:
        raise SpecError(diagnostics=unfit)
    kind = _kind(trees[1:], file)
    sound = [_record(kind, text, tree, file) for text, tree in zip(texts, trees, strict=True)]
    made = records.listing(*sound) if kind is Listing else records.project(*sound)
    found = [
        gather(text) if "#" in text else Comments(order=[path for path in tree.keys if path])
        for text, tree in zip(texts, trees, strict=True)
    ]
    every = {row for rows in made.rows for row in rows}
    items = [{index: row for row in every if (index := row[version]) is not None} for version in range(3)]
    called = (labels.ours, labels.theirs, labels.base)
    mine, other, before = (Side(*each) for each in zip(made.sides, made.rows, called, strict=True))
    one = draft(file, [mine, other], before, gathered(found, items, made.items))
    return one.marked(size=size, show_base=show_base)


def draft(file: str, sides: Sequence[Side], base: Side, remarks: Remarks) -> Draft:
    """A merged file with the comments of all. SpecError rather than a text that says otherwise than what was merged."""
    every = either(sides, remarks.name)
    text = with_comments(lines_of(every.record), remarks.for_rows(every.items))
    _verify(text, every.record, file)
    return Draft(file, sides, base, remarks, text)


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


def _kind(trees: Sequence[Tree], file: str) -> type[Listing] | type[Project]:
    keys: set[str] = set()
    for tree in trees:
        keys |= tree.value.keys() if isinstance(tree.value, dict) else set()
    if posixpath.basename(file) == LISTING or ("projects" in keys and "indicators" not in keys):
        return Listing
    if not keys & _TELLING:
        raise SpecError(diagnostics=[Diagnostic("PD011", Severity.error, say("merging.no_project"), Place(file))])
    return Project


def _record(kind: type[Listing] | type[Project], text: str, tree: Tree, file: str) -> Any:
    if not text.strip():
        return kind()
    made, faults = record(kind, tree, file)
    if made is None or faults:
        raise SpecError(diagnostics=faults)
    return made


def _verify(text: str, said: Any, file: str) -> None:
    """Check that a text reads as what was merged, so that no fault of perfdoc changes a value unnoticed."""
    if record(type(said), parse(text, file), file)[0] != said:
        raise SpecError(diagnostics=[Diagnostic("PD018", Severity.error, say("merging.changed"), Place(file))])


def _name(item: Indicator | Entry) -> str:
    """What people call an item of a list."""
    return item.spec if isinstance(item, Entry) else item.level3 or item.described or item.level2 or ""


def _lines(text: str, items: Sequence[Hashable]) -> list[Line]:
    """Each line with what it belongs to."""
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

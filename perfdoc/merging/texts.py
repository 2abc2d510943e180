"""The texts of three versions made one, with conflict markers around the lines of the values in conflict.

Each marker stands on a line of its own between whole lines of canonical YAML: whichever side is kept, what is
left when the other side and the markers are deleted is a sound, canonical spec.
"""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from perfdoc.errors import SpecError
from perfdoc.merging import records
from perfdoc.merging.items import Indices
from perfdoc.merging.records import Made
from perfdoc.merging.remarks import gathered
from perfdoc.merging.sides import Sides
from perfdoc.model import Project
from perfdoc.report import Diagnostic, Place, Severity
from perfdoc.specs.commented import with_comments
from perfdoc.specs.comments import Comments, gather
from perfdoc.specs.emit import lines_of
from perfdoc.specs.listing import LISTING, Listing
from perfdoc.specs.validate import record
from perfdoc.texts import say
from perfdoc.yamltree import Tree, parse

_TELLING = frozenset({"indicators", "budget", "goals"})
"""Keys that a project's spec has and hardly any other YAML file."""
_Line = tuple[object, str]


class Labels(NamedTuple):
    """What the sides are called behind their markers."""

    ours: str = "ours"
    theirs: str = "theirs"
    base: str = ""


UNNAMED = Labels()


class Merged(NamedTuple):
    """The merged text, and how many conflicts stand in it."""

    text: str
    conflicts: int


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
    return written(made, (found[0], found[1], found[2]), file, labels, size=size, show_base=show_base)


def written(
    made: Made,
    found: tuple[Comments, Comments, Comments],
    file: str,
    labels: Labels = UNNAMED,
    *,
    size: int = 7,
    show_base: bool = False,
) -> Merged:
    """A merged record as the text of its file, with the comments that base, ours and theirs have."""
    everywhere = dict.fromkeys(row for rows in made.rows for row in rows)
    remarks = gathered(*found, list(everywhere), made.items)
    lines = [lines_of(one) for one in made.sides]
    ours_said, theirs_said = (
        {remarks.place(line.path, rows): (line.head, line.rest) for line in each}
        for each, rows in zip(lines[:2], made.rows[:2], strict=True)
    )
    conflicting = {place for place, text in ours_said.items() if theirs_said.get(place, text) != text}
    texts = Sides(
        *(
            with_comments(each, remarks.for_rows(rows, version, conflicting))
            for each, rows, version in zip(lines, made.rows, (1, 2, 0), strict=True)
        )
    )
    _verified(texts, made.sides, file)
    marked = [_marked(text, rows) for text, rows in zip(texts, made.rows, strict=True)]
    return _with_markers(Sides(*marked), labels, size, show_base)


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


def _verified(written: Sides[str], sides: Sides[Any], file: str) -> None:
    """Check that the written text reads as what was merged, so that no fault of perfdoc changes a value unnoticed."""
    for text, one in zip(written[:2], sides[:2], strict=True):
        if record(type(one), parse(text, file), file)[0] != one:
            message = say("merging.changed")
            raise SpecError(diagnostics=[Diagnostic("PD018", Severity.error, message, Place(file))])


def _marked(text: str, rows: Sequence[Indices]) -> list[_Line]:
    """Each line with what it belongs to, so that equal lines of different items are not taken for each other."""
    lines: list[_Line] = []
    where: object = ""
    items = iter(rows)
    for line in text.split("\n")[:-1]:
        if line.startswith("- "):
            where = next(items, where)
        elif line[:1] not in (" ", "#", "-", ""):
            where = line.partition(":")[0]
        lines.append((where, line))
    return lines


def _with_markers(sides: Sides[list[_Line]], labels: Labels, size: int, show_base: bool) -> Merged:
    ours, theirs, base = sides
    before = _positions(ours, base) if show_base else {}
    out: list[str] = []
    conflicts = 0
    for tag, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag == "equal":
            out += [line for _, line in ours[a:b]]
            continue
        conflicts += 1
        out.append(f"{'<' * size} {labels.ours}".rstrip())
        out += [line for _, line in ours[a:b]]
        if show_base:
            start = before.get(a - 1, -1) + 1
            out.append(f"{'|' * size} {labels.base}".rstrip())
            out += [line for _, line in base[start : before.get(b, len(base))]]
        out.append("=" * size)
        out += [line for _, line in theirs[c:d]]
        out.append(f"{'>' * size} {labels.theirs}".rstrip())
    return Merged("\n".join(out) + "\n", conflicts)


def _positions(ours: list[_Line], base: list[_Line]) -> dict[int, int]:
    blocks = SequenceMatcher(None, ours, base, autojunk=False).get_matching_blocks()
    return {a + step: b + step for a, b, size in blocks for step in range(size)}

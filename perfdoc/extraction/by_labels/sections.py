"""The projects in a table, and the parts of each: tables of indicators and rows of labels, row by row."""

from collections.abc import Iterator
from typing import NamedTuple

from perfdoc.extraction.by_labels.heads.columns import Head
from perfdoc.extraction.by_labels.project_starts import TOP, starts
from perfdoc.extraction.by_labels.row_kinds import RowKind, RowKinds
from perfdoc.extraction.by_labels.table import Table
from perfdoc.extraction.vocabulary.words import Vocabulary

PROJECTS = frozenset((RowKind.record, RowKind.level))
"""The kinds of rows with which a project of a list begins."""


class Around(NamedTuple):
    """What stands around a table, as far as it says what the table is.

    `begun` says that a project stands before, `listed` that it has indicators; `renewed` that a title stands between it
    and the table; `cut` that the table may be the other half of the table before it, and `on` is the head of that one
    where it goes on with its rows.
    """

    begun: bool = False
    listed: bool = False
    renewed: bool = False
    cut: bool = False
    on: Head | None = None


class Line(NamedTuple):
    """A row of a table, by its index in it; `kind` is None for a row of labels, and for one of a head.

    `head` is the one above it, in a list.
    """

    at: int
    kind: RowKind | None = None
    head: Head | None = None


class Part(NamedTuple):
    """Rows that belong together: those under `head` (and of it, typed again), or rows of labels.

    Of rows of labels `head` is the one above them, if any, whose total may stand among them.
    """

    head: Head | None
    labels: bool
    lines: tuple[Line, ...]


class Section(NamedTuple):
    """One project of a table, or what goes on with the project before (`begins` is False), from its first row."""

    first: int
    begins: bool
    parts: tuple[Part, ...]


def outside(table: Table, around: Around, words: Vocabulary) -> int:
    """How many rows at the top of a table belong to no form."""
    found = starts(table.grid, table.heads, words)
    if around.cut or not found or min(table.heads, default=0) < min(found):
        return 0
    return min(found)


def sections(table: Table, around: Around, words: Vocabulary) -> tuple[Section, ...]:
    """The projects of a table that is a form, below the rows outside of it."""
    found = set(starts(table.grid, table.heads, words))
    top = outside(table, around, words)
    if not around.begun and top not in found:
        if found and min(table.heads, default=min(found)) >= min(found):
            found.remove(min(found))  # what stands above has no indicators: it is not another project
        found.add(top)
    elif around.on is None and not any(index <= min(table.heads, default=len(table.grid.rows)) for index in found):
        found |= {0} if _begins(table, around) else set()
    firsts = sorted({top, *found})
    ends = [*firsts[1:], len(table.grid.rows)]
    made = []
    for n, (first, end) in enumerate(zip(firsts, ends, strict=True)):
        on = around.on if n == 0 and first not in found else None
        made.append(Section(first, first in found, tuple(_parts(table, first, end, on, words))))
    return tuple(made)


def _begins(table: Table, around: Around) -> bool:
    """Whether a project begins with a table that does not name it."""
    return around.listed and (around.renewed or "goals" in table.labels or not TOP.isdisjoint(table.labels))


def _parts(table: Table, first: int, end: int, on: Head | None, words: Vocabulary) -> Iterator[Part]:
    rows = table.grid.rows
    # A head that stands in another grid: no row of this one is the first below it.
    head = on._replace(row=-on.depth) if on is not None else None
    kinds = RowKinds(table.grid, head, words) if head is not None else None
    labels = head is None
    lines: list[Line] = []
    index = first
    while index < end:
        here = table.heads.get(index)
        if here is not None:
            if labels or kinds is None or not kinds.head.is_typed_again(here):
                yield Part(head, labels, tuple(lines))
                head, kinds, labels, lines = here, RowKinds(table.grid, here, words), False, []
            lines += [Line(n) for n in range(index, min(index + here.depth, len(rows)))]
            index += here.depth
            continue
        kind = kinds.kind(rows[index]) if kinds is not None and not labels else None
        if kind is RowKind.other:
            yield Part(head, labels, tuple(lines))
            labels, lines, kind = True, [], None
        if labels and kinds is not None and kinds.is_total(rows[index]):
            kind = RowKind.total
        lines.append(Line(index, kind))
        index += 1
    yield Part(head, labels, tuple(lines))


def list_lines(table: Table, words: Vocabulary) -> tuple[Line, ...]:
    """The rows of a list from its first head on, each with the head that it stands under, or belongs to."""
    lines: list[Line] = []
    kinds: RowKinds | None = None
    for index in range(min(table.heads), len(table.grid.rows)):
        here = table.heads.get(index)
        kinds = RowKinds(table.grid, here, words) if here is not None else kinds
        if kinds is not None:
            of_head = index < kinds.head.row + kinds.head.depth
            lines.append(Line(index, None if of_head else kinds.kind(table.grid.rows[index]), kinds.head))
    return tuple(lines)

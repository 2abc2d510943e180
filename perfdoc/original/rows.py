"""Rows of a table of a received Word file kept, copied, moved and left out, by bytes; rows that stay are not touched.

A copy has no ids that belong to one row (`copying`). A vertical merge is w:vMerge (ECMA-376 part 1, 17.4.84).
"""

import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from perfdoc.layout import Cell, Grid
from perfdoc.original.copying.copies import Copies
from perfdoc.original.copying.marks import unpaired
from perfdoc.original.edits import Edit
from perfdoc.original.refusals import refused
from perfdoc.original.spans import Span, Spans
from perfdoc.original.text.runs import property_edit
from perfdoc.pairing import out_of_order

_BEFORE_MERGE = ("w:cnfStyle", "w:tcW", "w:gridSpan", "w:hMerge")
"""What stands before w:vMerge in w:tcPr (CT_TcPr)."""
_VAL = re.compile(rb"\s([^\s=<>/:]+:)val\s*=")
Write = Callable[[Cell, str], Iterable[Edit]]
"""The edits that let a cell have a text."""


class Merge(StrEnum):
    """How a cell stands in a vertical merge: in none, as its first cell, as one that goes on."""

    apart = "apart"
    begins = "begins"
    goes_on = "goes on"


class CellWish(NamedTuple):
    """What a cell shall be. `text` and `merge` are None where they stay.

    `source` is the cell of the table whose bytes it takes; None for its own.
    """

    text: str | None = None
    merge: Merge | None = None
    source: Cell | None = None


class TargetRow(NamedTuple):
    """A row as it shall be: the number of the row (from 1) that it is, or is a copy of, and what its cells shall be.

    `cells` has those that change, by the column of the grid in which they begin.
    """

    source: int
    copied: bool
    cells: Mapping[int, CellWish]


def row_edits(
    spans: Spans, grid: Grid, replaced: Sequence[int], rows: Sequence[TargetRow], write: Write, copies: Copies
) -> list[Edit]:
    """The edits that put rows in the place of those of a grid with the numbers `replaced`.

    Kept rows in their order stay where they are. `copies` has the ids of the package.
    """
    return _Rows(spans, grid, write, copies).edits(replaced, rows)


class _Rows:
    def __init__(self, spans: Spans, grid: Grid, write: Write, copies: Copies) -> None:
        self._spans, self._grid, self._write, self._copies = spans, grid, write, copies

    def edits(self, replaced: Sequence[int], rows: Sequence[TargetRow]) -> list[Edit]:
        kept = [(row.source, at) for at, row in enumerate(rows) if not row.copied]
        moved = out_of_order(sorted(kept))
        stays = {at for source, at in kept if source not in moved}
        standing = {rows[at].source for at in stays}
        found = [self._out(source, moved) for source in replaced if source not in standing]
        position = self._whole(min(standing or replaced or [rows[0].source])).begin
        for at, row in enumerate(rows):
            if at in stays:
                found += self._cell_edits(row)
                position = self._whole(row.source).end
            else:
                found.append(Edit(position, position, self._made(row)))
        return found

    def _out(self, number: int, moved: Container[int]) -> Edit:
        """The edit by which a row goes from where it stands; the ends of ranges that it shares with others stay."""
        span = self._whole(number)
        return Edit(span.begin, span.end, b"" if number in moved else unpaired(self._spans, [self._row(number)]))

    def _row(self, number: int) -> int:
        """The w:tr of a row."""
        tc = self._spans.numbered("w:tc", self._grid.rows[number - 1].cells[0].number)
        around = [*self._spans.around(tc)]
        if any(self._spans.names[index] == "AlternateContent" for index in around):
            raise refused("versions", self._grid.place._replace(row=number))
        return next(index for index in around if self._spans.names[index] == "w:tr")

    def _whole(self, number: int) -> Span:
        """The bytes of a row with the content control that holds nothing else."""
        spans, row = self._spans, self._row(number)
        whole = row
        for index in spans.around(row):
            if (
                spans.names[index] not in ("w:sdt", "w:sdtContent", "w:customXml")
                or len(spans.numbers("w:tr", index)) > 1
            ):
                break
            whole = index if spans.names[index] != "w:sdtContent" else whole
        return spans.at(whole)

    def _made(self, row: TargetRow) -> bytes:
        """The bytes of a row that stands elsewhere, or is a copy."""
        span = self._whole(row.source)
        data = self._spans.slice(span, self._cell_edits(row))
        return self._copies.of(data, self._spans.tag(self._row(row.source), "")) if row.copied else data

    def _cell_edits(self, row: TargetRow) -> list[Edit]:
        found: list[Edit] = []
        for cell in self._grid.rows[row.source - 1].cells:
            wish = row.cells.get(cell.column)
            if wish is None:
                continue
            source = wish.source or cell
            index = self._spans.numbered("w:tc", source.number)
            edits = [] if wish.text is None or wish.text == source.text else [*self._write(source, wish.text)]
            edits += [] if wish.merge is None else self._merge_edits(index, wish.merge)
            if source is cell:
                found += edits
                continue
            data = self._copies.of(self._spans.slice(self._spans.at(index), edits), self._spans.tag(index, ""))
            found.append(self._spans.instead(self._spans.numbered("w:tc", cell.number), data))
        return found

    def _merge_edits(self, cell: int, wanted: Merge) -> list[Edit]:
        spans = self._spans
        merge = spans.child(cell, "w:tcPr", "w:vMerge")
        begins = merge is not None and spans.value(merge) == "restart"
        is_now = Merge.apart if merge is None else Merge.begins if begins else Merge.goes_on
        if is_now is wanted:
            return []
        attribute = b" " + self._prefix(cell) + b'val="restart"' if wanted is Merge.begins else b""
        element = b"" if wanted is Merge.apart else b"<" + spans.tag(cell, "vMerge") + attribute + b"/>"
        if merge is not None:
            return [spans.instead(merge, element)]
        return [property_edit(spans, cell, "tcPr", _BEFORE_MERGE, element)]

    def _prefix(self, cell: int) -> bytes:
        """The prefix that attributes have: that of the elements, unless these have none."""
        own = self._spans.tag(cell, "")
        found = None if own else _VAL.search(self._spans.data)
        return found[1] if found else own

"""Rows of cells and merged ranges as a Grid.

`rows[n]` of such a Grid is row n + 1 of the sheet, and its cells stand without gaps from column A on;
blank cells are Cells with the text "". The Grid ends at the last row and the last column that hold text,
merged ranges are cut to that, formatted but empty cells beyond it cost nothing. A row without text is a Row
without cells; on a sheet that is nearly empty a row may end at its own last text.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple

from perfdoc.errors import UnreadableError
from perfdoc.layout import Cell, Grid, Row
from perfdoc.report import Place

MAX_CELLS = 4_000_000
"""Cells of one sheet, blank ones between texts included: about 700 MB of them."""
MAX_ROW = 1_048_576
MAX_COLUMN = 16_384
_NO_ROW = Row(())

Hidden = Callable[[Cell, Cell], None]
"""Told of (the cell that shows, a cell with text of its own that the merge hides)."""


class SheetRow(NamedTuple):
    """A row of a sheet that holds text: its number, its cells from column A to the last text, and if hidden."""

    number: int
    cells: list[Cell]
    hidden: bool


class Range(NamedTuple):
    """A merged range, both corners included."""

    top: int
    left: int
    bottom: int
    right: int


def blank(row: int, column: int) -> Cell:
    """A cell that holds no text."""
    return Cell("", row, column)


def make_grid(
    rows: list[SheetRow],
    merges: list[Range],
    place: Place,
    hidden: Hidden,
    titles: Collection[int] = (),
) -> Grid:
    """The Grid of a sheet; `rows` in order, `titles` the rows that are printed on each page.

    Raises UnreadableError where the sheet has more than `MAX_CELLS` cells.
    """
    last = rows[-1].number if rows else 0
    width = max((len(row.cells) for row in rows), default=0)
    _pad(rows, width)
    table: list[list[Cell | None]] = [[] for _ in range(last)] if merges else []
    if merges:
        for row in rows:
            table[row.number - 1] = list(row.cells)
        for merge in merges:
            _merge(table, merge, width, hidden)
    made: list[Row] = [_NO_ROW] * last
    for number, cells, is_hidden in rows:
        made[number - 1] = Row(tuple(cells), number in titles, is_hidden)
    for at, merged in enumerate(table):
        kept = tuple(cell for cell in merged if cell is not None)
        if kept or made[at].cells:
            made[at] = made[at]._replace(cells=kept)
    if sum(len(row.cells) for row in made) > MAX_CELLS:
        raise too_many(place)
    return Grid(tuple(made), width, place)


def too_many(place: Place) -> UnreadableError:
    """The error for a sheet that passes the limit."""
    return UnreadableError(f"{place.file}: sheet {place.sheet} has more than {MAX_CELLS:,} cells")


def _pad(rows: list[SheetRow], width: int) -> None:
    """Blank cells to the right, so that every row with text is as wide as the sheet, where that is not a waste."""
    held = sum(len(row.cells) for row in rows)
    if width * len(rows) > min(4 * held + 100_000, MAX_CELLS):
        return
    for number, cells, _ in rows:
        if len(cells) < width:
            cells.extend(blank(number, column) for column in range(len(cells) + 1, width + 1))


def _merge(table: list[list[Cell | None]], merge: Range, width: int, hidden: Hidden) -> None:
    """Give the range to its first cell; a range that runs into another one ends there."""
    top, left = merge.top, merge.left
    bottom = min(merge.bottom, len(table))
    right = min(merge.right, width)
    if not (0 < top <= bottom and 0 < left <= right):
        return
    anchor = _cell(table, top, left)
    if anchor is None or anchor.continues or anchor.colspan > 1 or anchor.rowspan > 1:
        return
    colspan = right - left + 1
    done = top - 1
    for row in range(top, bottom + 1):
        if not _take(table, row, left, right, anchor, hidden):
            break
        done = row
        if row > top:
            own = _cell(table, row, left)
            text = own.text if own is not None else ""
            table[row - 1][left - 1] = Cell(text, row, left, colspan, 1, True)
    if done >= top:
        table[top - 1][left - 1] = anchor._replace(colspan=colspan, rowspan=done - top + 1)


def _cell(table: list[list[Cell | None]], row: int, column: int) -> Cell | None:
    cells = table[row - 1]
    if len(cells) < column:
        cells.extend(blank(row, at) for at in range(len(cells) + 1, column + 1))
    return cells[column - 1]


def _take(table: list[list[Cell | None]], row: int, left: int, right: int, anchor: Cell, hidden: Hidden) -> bool:
    """Take the cells of one row out of the grid, but for the leftmost; False where another range has one."""
    _cell(table, row, left)
    cells = table[row - 1][left - 1 : right]
    if any(cell is None or cell.continues or cell.colspan > 1 or cell.rowspan > 1 for cell in cells):
        return False
    for cell in cells[1:]:
        if cell is not None:
            if cell.text and cell.text != anchor.text:
                hidden(anchor, cell)
            table[row - 1][cell.column - 1] = None
    return True

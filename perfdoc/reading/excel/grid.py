"""Rows of cells and merged ranges as a Grid.

`rows[n]` of such a Grid is row n + 1 of the sheet, and its cells stand without gaps from column A on;
blank cells are Cells with the text "". The Grid ends at the last row and the last column that hold text,
merged ranges are cut to that, formatted but empty cells beyond it cost nothing. A row without text is a Row
without cells; on a sheet that is nearly empty a row may end at its own last text. Where the workbook says which
area is printed, the Grid reaches as far as that, and its rows without text have their blank cells.
"""

import re
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from perfdoc.layout import Cell, Grid, Row
from perfdoc.reading import codes
from perfdoc.reading.broken import NotSoundError, unreadable
from perfdoc.reading.excel.diagnostics import Diagnostics, short
from perfdoc.report import Place, Severity
from perfdoc.texts import say

MAX_CELLS = 4_000_000
"""Cells of one sheet, blank ones between texts included: about 700 MB of them."""
MAX_ROW = 1_048_576
MAX_COLUMN = 16_384
_FILLED = 8  # cells of a printed area for each that is held
_NO_ROW = Row(())
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_LETTERS = re.compile(r"\$?([A-Za-z]{1,3})\$?")


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


def widen(cells: list[Cell], row: int, width: int) -> None:
    """Let a row reach a column, with cells that hold no text."""
    cells.extend(Cell("", row, column) for column in range(len(cells) + 1, width + 1))


@lru_cache(maxsize=MAX_COLUMN)
def column_number(letters: str) -> int:
    """Number of the column of those letters (`A`, `$AA$`). NotSoundError for what is no column."""
    match = _LETTERS.fullmatch(letters)
    column = 0
    for letter in match[1].upper() if match else "":
        column = column * 26 + ord(letter) - 64
    if not 0 < column <= MAX_COLUMN:
        raise NotSoundError(say("excel.no_column", given=letters))
    return column


def range_of(reference: str) -> Range | None:
    """`A1:B2`, `$A$1` or `A1` as a Range, or None for anything else."""
    match = _RANGE.fullmatch(reference.strip())
    if match is None:
        return None
    try:
        left, right = sorted((column_number(match[1]), column_number(match[3] or match[1])))
    except ValueError:
        return None
    top, bottom = sorted((int(match[2]), int(match[4] or match[2])))
    return Range(top, left, bottom, right) if top > 0 and bottom <= MAX_ROW else None


def make_grid(
    rows: list[SheetRow],
    merges: list[Range],
    place: Place,
    diagnostics: Diagnostics,
    area: Range | None = None,
    titles: Collection[int] = (),
) -> Grid:
    """The Grid of a sheet that has rows; `rows` in order, `area` what is printed, `titles` the rows on each page.

    Raises UnreadableError where the sheet has more than `MAX_CELLS` cells.
    """
    _fill(rows, area)
    last = rows[-1].number
    width = max(len(row.cells) for row in rows)
    _pad(rows, width)
    made: list[Row] = [_NO_ROW] * last
    for number, cells, is_hidden in rows:
        made[number - 1] = Row(tuple(cells), number in titles, is_hidden)
    if merges:
        table = _Table(rows, last, width, place, diagnostics)
        for merge in merges:
            table.merge(merge)
        for at, merged in enumerate(table.rows):
            if merged:
                made[at] = made[at]._replace(cells=tuple(cell for cell in merged if cell is not None))
    return Grid(tuple(made), width, place)


def _fill(rows: list[SheetRow], area: Range | None) -> None:
    """Add the cells of a printed area that hold no text, whole rows among them, where that is not a waste."""
    if area is None or (area.top, area.left) != (1, 1):
        return
    held = sum(len(row.cells) for row in rows)
    if area.bottom * area.right > min(_FILLED * held + 1000, MAX_CELLS):
        return
    known = {row.number: row for row in rows}
    last = max(area.bottom, rows[-1].number)
    rows[:] = [known.get(number) or SheetRow(number, [], False) for number in range(1, last + 1)]
    for number, cells, _ in rows:
        widen(cells, number, area.right)


def _pad(rows: list[SheetRow], width: int) -> None:
    """Blank cells to the right, so that every row with text is as wide as the sheet, where that is not a waste."""
    held = sum(len(row.cells) for row in rows)
    if width * len(rows) > min(4 * held + 100_000, MAX_CELLS):
        return
    for number, cells, _ in rows:
        widen(cells, number, width)


class _Table:
    """The cells of a sheet while merged ranges take them; None is a cell that one at its left spans."""

    def __init__(self, rows: list[SheetRow], last: int, width: int, place: Place, diagnostics: Diagnostics) -> None:
        self.rows: list[list[Cell | None]] = [[] for _ in range(last)]
        for row in rows:
            self.rows[row.number - 1] = list(row.cells)
        self._width = width
        self._place = place
        self._diagnostics = diagnostics
        self._more = MAX_CELLS - sum(map(len, self.rows))

    def merge(self, merge: Range) -> None:
        """Give the range to its first cell; a range that runs into another one ends there.

        One whose first cell stands past the end of its row has nothing to show, and no cell to span.
        """
        top, left = merge.top, merge.left
        right = min(merge.right, self._width)
        if not (0 < top <= len(self.rows) and 0 < left <= min(right, len(self.rows[top - 1]))):
            return
        anchor = self.rows[top - 1][left - 1]
        if anchor is None or not self._take(top, left, right, anchor):
            return
        done = top
        for row in range(top + 1, min(merge.bottom, len(self.rows)) + 1):
            if not self._take(row, left, right, anchor):
                break
            done = row
        self.rows[top - 1][left - 1] = anchor._replace(colspan=right - left + 1, rowspan=done - top + 1)

    def _take(self, row: int, left: int, right: int, anchor: Cell) -> bool:
        """Take a range's cells of one row out of the grid, but for the leftmost; False where another has one."""
        cells = self.rows[row - 1]
        self._widen(cells, row, left)
        mine = cells[left - 1 : right]
        if any(cell is None or cell.continues or (cell.colspan, cell.rowspan) != (1, 1) for cell in mine):
            return False
        for cell in mine[1:]:
            if cell is not None:
                if cell.text and cell.text != anchor.text:
                    message = say("excel.merged", text=short(cell.text))
                    at = self._place._replace(row=cell.row, column=cell.column)
                    self._diagnostics.add(codes.MERGED, Severity.warning, message, at, cell.text)
                cells[cell.column - 1] = None
        if row > anchor.row and mine[0] is not None:
            cells[left - 1] = mine[0]._replace(colspan=right - left + 1, continues=True)
        return True

    def _widen(self, cells: list[Cell | None], row: int, column: int) -> None:
        """Let a row reach a column: with blank cells, or none where its last cell spans."""
        if len(cells) >= column:
            return
        self._more -= column - len(cells)
        if self._more < 0:
            raise unreadable(self._place.file, "excel.many_cells", sheet=self._place.sheet, most=MAX_CELLS)
        last = next((cell for cell in reversed(cells) if cell is not None), None)
        end = last.column + last.colspan - 1 if last is not None else 0
        cells.extend(None if at <= end else Cell("", row, at) for at in range(len(cells) + 1, column + 1))

"""Cells put at their grid positions, row by row; vertical merges resolved (ECMA-376 part 1, 17.4.85)."""

from __future__ import annotations

from perfdoc.layout import Cell, Grid, Row
from perfdoc.reading.docx.plain import MAX_COLUMNS, Parts
from perfdoc.reading.docx.stretches import Runs
from perfdoc.report import Place

_new = tuple.__new__  # a third of the time that Cell(...) takes, for a million cells
_NO_RUNS: Runs = ()


class GridRows:
    """The rows of a table so far. `row` and `column` are where the next cell goes, `cells` the row being read."""

    def __init__(self) -> None:
        self.row = 1
        self.column = 1
        self.cells: list[Cell] = []
        self._rows: list[tuple[list[Cell], bool, bool]] = []
        self._columns = 0
        self._above: dict[int, tuple[int, int]] = {}
        """The vertical merges that reach down to the row above: column → (row, cell) where each begins."""
        self._here: dict[int, tuple[int, int]] = {}
        self._spans: dict[tuple[int, int], int] = {}
        self.past = 0
        """Cells of the row being read that begin past the last column that may be."""

    def begin_row(self, before: int = 0) -> None:
        """Begin the next row, after so many columns that it leaves out; one that was not ended is forgotten."""
        self.row = len(self._rows) + 1
        self.column = 1 + before
        self.cells = []
        self.past = 0
        self._here = {}

    def end_row(self, after: int = 0, header: bool = False, hidden: bool = False) -> None:
        """The row is complete, but for so many columns that it leaves out."""
        self._columns = max(self._columns, min(self.column - 1 + after, MAX_COLUMNS))
        self._rows.append((self.cells, header, hidden))
        self._above = self._here

    def add(self, span: int, vertical: str | None, text: str, runs: Runs = _NO_RUNS) -> None:
        """Add a cell; `vertical` is the value of its w:vMerge, None for no merge.

        A merge continues the one above that begins in the same column. One that begins in mid-air, with
        nothing above, is a cell that `continues` all the same.
        """
        column = self.column
        if column + span > MAX_COLUMNS:
            self.past += column > MAX_COLUMNS
            column = min(column, MAX_COLUMNS)
            span = MAX_COLUMNS + 1 - column
        hidden = False
        if vertical is not None:
            anchor: tuple[int, int] | None = (self.row - 1, len(self.cells))
            if vertical != "restart":
                hidden = True
                anchor = self._above.get(column)
                if anchor is not None:
                    self._spans[anchor] = self._spans.get(anchor, 1) + 1
            if anchor is not None:
                self._here[column] = anchor
        self.cells.append(_new(Cell, (text, self.row, column, span, 1, hidden, runs)))
        self.column = column + span

    def add_plain_row(self, row: list[Parts], before: int, after: int, header: bool) -> None:
        """A row whose cells are complete."""
        self.begin_row(before)
        number, append, column = self.row, self.cells.append, self.column
        for text, span, vertical, stretches in row:
            runs = _NO_RUNS if stretches is None else stretches.runs()
            following = column + span
            if vertical is None and following <= MAX_COLUMNS:
                append(_new(Cell, (text, number, column, span, 1, False, runs)))
                column = following
            else:
                self.column = column
                self.add(span, vertical, text, runs)
                column = self.column
        self.column = column
        self.end_row(after, header)

    def widen(self, span: int) -> None:
        """The next cell is hidden by a horizontal merge: the one before it reaches over its columns."""
        last = self.cells[-1]
        self.cells[-1] = last._replace(colspan=max(min(last.colspan + span, MAX_COLUMNS + 1 - last.column), 1))
        self.column += span

    def grid(self, place: Place) -> Grid | None:
        """The grid, or None where no row is left."""
        for (row, cell), span in self._spans.items():
            cells = self._rows[row][0]
            cells[cell] = cells[cell]._replace(rowspan=span)
        rows = tuple(Row(tuple(cells), header, hidden) for cells, header, hidden in self._rows)
        return Grid(rows, self._columns, place) if rows else None

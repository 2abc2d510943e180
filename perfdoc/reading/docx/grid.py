"""Cells put at their grid positions, row by row; merges resolved (ECMA-376 part 1, 17.4.22, 17.4.84)."""

from collections.abc import Iterable

from lxml import etree

from perfdoc.layout import Cell, Grid, Row
from perfdoc.reading.docx.namespaces import TCPR, VAL, VMERGE
from perfdoc.reading.sources import Piece
from perfdoc.report import Place

Runs = tuple[tuple[str, str], ...]
MAX_COLUMNS = 1024
"""Columns of a grid; Word itself allows 63. A span that passes them is cut."""
PAST = 8
"""Cells of a row that may begin past the last column: they stand in it together."""
_new = tuple.__new__  # a third of the time that Cell(...) takes, for a million cells


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

    def begin_row(self) -> None:
        """Begin the next row."""
        self.row = len(self._rows) + 1
        self.column = 1
        self.cells = []
        self.past = 0
        self._here = {}

    def end_row(self, after: int, header: bool, hidden: bool) -> None:
        """The row is complete, but for so many columns that it leaves out."""
        self._columns = max(self._columns, min(self.column - 1 + after, MAX_COLUMNS))
        self._rows.append((self.cells, header, hidden))
        self._above = self._here

    def add(self, span: int, vertical: str | None, text: str, runs: Runs, number: int) -> None:
        """Add a cell; `vertical` is the value of its w:vMerge, None for no merge.

        A vertical merge continues the one above that begins in the same column. One that begins in mid-air, with
        nothing above, is a cell that `continues` all the same.
        """
        column = self.column
        if column + span > MAX_COLUMNS:
            self.past += column > MAX_COLUMNS
            column = min(column, MAX_COLUMNS)
            span = MAX_COLUMNS + 1 - column
        continues = False
        if vertical is not None:
            anchor: tuple[int, int] | None = (self.row - 1, len(self.cells))
            if vertical != "restart":
                continues = True
                anchor = self._above.get(column)
                if anchor is not None:
                    self._spans[anchor] = self._spans.get(anchor, 1) + 1
            if anchor is not None:
                self._here[column] = anchor
        self.cells.append(_new(Cell, (text, self.row, column, span, 1, continues, runs, number)))
        self.column = column + span

    def widen(self, span: int) -> None:
        """The next cell is hidden by the old horizontal merge: the one before it reaches over its columns."""
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


def continues(cell: etree._Element) -> bool:
    """Does a vertical merge hide a cell?"""
    merge = cell.find(f"{TCPR}/{VMERGE}")
    return merge is not None and merge.get(VAL, "continue") != "restart"


def columns_of(element: etree._Element, usual: int) -> int:
    """A number of columns; what is no number, or passes the limit, is cut to what a grid can have."""
    value = element.get(VAL, "")
    if not value.isascii() or not value.isdigit():
        return usual
    return min(int(value[:9]), MAX_COLUMNS) or usual


def joined(stretches: Iterable[tuple[str, str]]) -> Runs:
    """(style, text) stretches with neighbours of one style made one; none where no style is set at all."""
    found: list[tuple[str, str]] = []
    for style, text in stretches:
        if text and found and found[-1][0] == style:
            found[-1] = (style, found[-1][1] + text)
        elif text:
            found.append((style, text))
    return tuple(found) if any(style for style, _ in found) else ()


class More:
    """What few cells have: hidden text, a text box, a paragraph that joins the next, an old merge, styled runs.

    `run` is the last that names a style, which is `style`; `stretches` are the texts so far with their styles, `pieces`
    what wrote them.
    """

    __slots__ = ("boxed", "hidden", "horizontal", "joins", "pieces", "run", "stretches", "style")

    def __init__(self) -> None:
        self.hidden = self.style = self.boxed = ""
        self.joins = False
        self.horizontal: str | None = None
        self.run: etree._Element | None = None
        self.stretches: list[tuple[str, str]] = []
        self.pieces: list[Piece] = []

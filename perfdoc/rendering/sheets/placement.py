"""A project's lines and tables laid on one sheet: one grid of columns, a row a row, merges and heights."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from perfdoc.rendering.characters import lines_of
from perfdoc.rendering.sheets.rendered import Block, Line, RenderedCell, RenderedRow, RenderedTable
from perfdoc.rendering.sheets.sheet_template import SheetTemplate
from perfdoc.rendering.sheets.table_format import CellFormat, TableFormat
from perfdoc.rendering.sheets.text_format import ParagraphFormat
from perfdoc.rendering.workbook.sheet import (
    NO_BORDER,
    SIDES,
    Border,
    CellStyle,
    Range,
    SheetCell,
    SheetRow,
    raise_to,
    spread,
)

_NEAR = 2.5  # points by which edges of two tables may differ and still be meant as one
_LINE = 1.35  # the height of a line by its font's size, as Excel makes rows of Chinese text
_BARE = re.compile(r"[^\W\d_]")
_INNER = {"top": "insideH", "bottom": "insideH", "left": "insideV", "right": "insideV"}


class Laid(NamedTuple):
    """Rows of a sheet from 1, and its merged ranges."""

    rows: list[SheetRow]
    merges: list[Range]


class _Open(NamedTuple):
    """A cell merged down that has not ended: its first row, columns, text's height."""

    top: int
    left: int
    right: int
    needed: float


class Sheets:
    """Lays one project after another on the grid that all tables of a form share."""

    def __init__(self, template: SheetTemplate) -> None:
        self._template = template
        edges, self._columns = _one_grid([table.edges for table in template.tables])
        self._edges = edges
        self.widths = tuple(right - left for left, right in pairwise(edges))
        self._styles: dict[tuple[object, ...], CellStyle] = {}

    def lay(self, blocks: list[Block]) -> Laid:
        """The rows of a project. Blank lines behind its last table are left out."""
        laid = Laid([], [])
        last = max((at for at, one in enumerate(blocks) if isinstance(one, RenderedTable) or one.text), default=-1)
        for block in blocks[: last + 1]:
            if isinstance(block, Line):
                self._line(block, laid)
            else:
                self._table(block, laid)
        return laid

    def _line(self, line: Line, laid: Laid) -> None:
        format = self._template.lines[line.format]
        row = SheetRow([SheetCell(1, len(self.widths), line.text, _plain(format))])
        raise_to(row, _height(format, line.text, self._edges[-1]))
        laid.rows.append(row)
        if len(self.widths) > 1:
            laid.merges.append(Range(len(laid.rows), 1, len(laid.rows), len(self.widths)))

    def _table(self, table: RenderedTable, laid: Laid) -> None:
        down: dict[int, _Open] = {}
        for at, row in enumerate(table.rows):
            format = self._template.rows[row.format]
            laid.rows.append(SheetRow([], format.height, format.exact, format.header))
            self._row(table.format, row, (at == 0, at == len(table.rows) - 1), down, laid)
        for one in down.values():
            _close(one, laid, len(laid.rows))

    def _row(self, table: int, row: RenderedRow, ends: tuple[bool, bool], down: dict[int, _Open], laid: Laid) -> None:
        number, made = len(laid.rows), laid.rows[-1]
        for cell, left, right in self._placed(table, row):
            format = self._template.cells[cell.format]
            text = "\n".join([line.text for line in cell.lines])
            merge = format.merge
            if left in down and not (merge == "continue" and down[left].right == right):
                _close(down.pop(left), laid, number - 1)
            if merge == "continue" and left in down:
                text = ""
            style = self._style(table, cell, (*ends, left == 1, right == len(self.widths)))
            made.cells.append(SheetCell(left, right - left + 1, text, style, _parts(cell) if text else ()))
            needed = self._needed(cell, format, self._edges[right] - self._edges[left - 1])
            raise_to(made, min(needed, style.font.size * _LINE) if merge else needed)
            if merge == "restart":
                down[left] = _Open(number, left, right, needed)
            elif left not in down and right > left:
                laid.merges.append(Range(number, left, number, right))
        for left in [left for left in down if left not in {cell.column for cell in made.cells}]:
            _close(down.pop(left), laid, number - 1)

    def _placed(self, table: int, row: RenderedRow) -> Iterator[tuple[RenderedCell, int, int]]:
        """Each cell of a row with the first and last column of the sheet that it takes; together they fill the row."""
        columns = self._columns[table]
        at = self._template.rows[row.format].before
        first = 1
        for number, cell in enumerate(row.cells, 1):
            at = min(at + self._template.cells[cell.format].span, len(columns) - 1)
            left_over = len(row.cells) - number
            last = columns[at] if left_over else len(self.widths)
            last = min(max(last, first), len(self.widths) - left_over)
            yield cell, first, last
            first = last + 1

    def _needed(self, cell: RenderedCell, format: CellFormat, width: float) -> float:
        """How high a cell's text is, in points."""
        lines = self._template.lines
        if format.rotation:
            longest = max((len(line.text) for line in cell.lines), default=0)
            return longest * lines[cell.lines[0].format].font.size * _LINE if cell.lines else 0
        return sum([_height(lines[line.format], line.text, width) for line in cell.lines])

    def _style(self, table: int, cell: RenderedCell, ends: tuple[bool, ...]) -> CellStyle:
        """The style of a cell; `ends` says if it stands at the top, bottom, left and right of its table."""
        first = next((line.format for line in cell.lines if line.text), cell.lines[0].format if cell.lines else 0)
        key = (table, cell.format, first, ends)
        found = self._styles.get(key)
        if found is None:
            format, lines = self._template.cells[cell.format], self._template.lines[first]
            borders = _borders(self._template.tables[table], format, ends)
            found = _plain(lines)._replace(
                vertical=format.vertical, rotation=format.rotation, fill=format.fill, borders=borders
            )
            self._styles[key] = found
        return found


def _close(one: _Open, laid: Laid, bottom: int) -> None:
    """End a cell that is merged down at a row."""
    if bottom > one.top or one.right > one.left:
        laid.merges.append(Range(one.top, one.left, bottom, one.right))
    spread(laid.rows[one.top - 1 : bottom], one.needed)


def _parts(cell: RenderedCell) -> tuple[str, ...]:
    """The values that a cell's one line is made of, where they would not be known apart.

    One value alone is: it is the last of them, and begins with no code.
    """
    line = cell.lines[0]
    if len(cell.lines) > 1 or len(line.cuts) < 2 or line.cuts[0]:
        return ()
    parts = tuple(line.text[start:end] for start, end in pairwise((*line.cuts, len(line.text))))
    return () if parts[-1] == line.text and _BARE.match(line.text) else parts


def _plain(format: ParagraphFormat) -> CellStyle:
    """The style of a line by itself."""
    indent = round(format.indent / 9) if format.align == "left" else 0
    return CellStyle(format.font, format.align, "center", indent=indent)


def _height(format: ParagraphFormat, text: str, width: float) -> float:
    """How high a paragraph is, in points."""
    line = format.line or format.font.size * _LINE * format.factor
    return format.before + format.after + line * lines_of(text, width - format.indent, format.font.size)


def _borders(table: TableFormat, cell: CellFormat, ends: tuple[bool, ...]) -> tuple[Border, Border, Border, Border]:
    """The borders of a cell: its own, else the table's, which are others inside than around it."""
    own, (top, bottom, left, right) = dict(cell.borders), ends
    at_end = {"top": top, "bottom": bottom, "left": left, "right": right}
    found = [
        own[side] if side in own else table.borders.get(side if at_end[side] else _INNER[side], NO_BORDER)
        for side in SIDES
    ]
    return found[0], found[1], found[2], found[3]


def _one_grid(tables: Iterable[tuple[float, ...]]) -> tuple[tuple[float, ...], list[tuple[int, ...]]]:
    """The edges of all tables as one grid, and for each table the column that ends at each of its own edges.

    Tables are as wide as the widest, so that a row has the same cells on the sheet as in Word.
    """
    given = [edges if len(edges) > 1 else (0.0, 1.0) for edges in tables]
    width = max(edges[-1] for edges in given)
    scaled = [[edge * width / edges[-1] for edge in edges] for edges in given]
    grid: list[float] = [0.0]
    for edge in sorted(edge for edges in scaled for edge in edges):
        if edge - grid[-1] > _NEAR:
            grid.append(edge)
    if len(grid) == 1:
        grid.append(width)
    grid[-1] = width
    nearest = [tuple(min(range(len(grid)), key=lambda n: abs(grid[n] - edge)) for edge in edges) for edges in scaled]
    return tuple(grid), nearest

"""A project's lines and tables laid on one sheet: one grid of columns, a row a row, merges and heights."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from perfdoc.rendering.sheet.cells import CellStyle, Range, SheetCell, SheetRow, lines_of, raise_to, spread
from perfdoc.rendering.sheet.flow import Block, FlowCell, FlowRow, FlowTable, Line
from perfdoc.rendering.sheet.fonts import Lines
from perfdoc.rendering.sheet.looks import NO_BORDER, SIDES, Border, CellLook, TableLook
from perfdoc.rendering.sheet.template import SheetTemplate

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
        last = max((at for at, one in enumerate(blocks) if isinstance(one, FlowTable) or one.text), default=-1)
        for block in blocks[: last + 1]:
            if isinstance(block, Line):
                self._line(block, laid)
            else:
                self._table(block, laid)
        return laid

    def _line(self, line: Line, laid: Laid) -> None:
        look = self._template.lines[line.look]
        row = SheetRow([SheetCell(1, len(self.widths), line.text, _plain(look))])
        raise_to(row, _height(look, line.text, self._edges[-1]))
        laid.rows.append(row)
        if len(self.widths) > 1:
            laid.merges.append(Range(len(laid.rows), 1, len(laid.rows), len(self.widths)))

    def _table(self, table: FlowTable, laid: Laid) -> None:
        down: dict[int, _Open] = {}
        for at, row in enumerate(table.rows):
            look = self._template.rows[row.look]
            laid.rows.append(SheetRow([], look.height, look.exact, look.header))
            self._row(table.look, row, (at == 0, at == len(table.rows) - 1), down, laid)
        for one in down.values():
            _close(one, laid, len(laid.rows))

    def _row(self, table: int, row: FlowRow, ends: tuple[bool, bool], down: dict[int, _Open], laid: Laid) -> None:
        number, made = len(laid.rows), laid.rows[-1]
        for cell, left, right in self._placed(table, row):
            look = self._template.cells[cell.look]
            text = "\n".join([line.text for line in cell.lines])
            merge = look.merge
            if left in down and not (merge == "continue" and down[left].right == right):
                _close(down.pop(left), laid, number - 1)
            if merge == "continue" and left in down:
                text = ""
            style = self._style(table, cell, (*ends, left == 1, right == len(self.widths)))
            made.cells.append(SheetCell(left, right - left + 1, text, style, _parts(cell) if text else ()))
            needed = self._needed(cell, look, self._edges[right] - self._edges[left - 1])
            raise_to(made, min(needed, style.font.size * _LINE) if merge else needed)
            if merge == "restart":
                down[left] = _Open(number, left, right, needed)
            elif left not in down and right > left:
                laid.merges.append(Range(number, left, number, right))
        for left in [left for left in down if left not in {cell.column for cell in made.cells}]:
            _close(down.pop(left), laid, number - 1)

    def _placed(self, table: int, row: FlowRow) -> Iterator[tuple[FlowCell, int, int]]:
        """Each cell of a row with the first and last column of the sheet that it takes; together they fill the row."""
        columns = self._columns[table]
        at = self._template.rows[row.look].before
        first = 1
        for number, cell in enumerate(row.cells, 1):
            at = min(at + self._template.cells[cell.look].span, len(columns) - 1)
            left_over = len(row.cells) - number
            last = columns[at] if left_over else len(self.widths)
            last = min(max(last, first), len(self.widths) - left_over)
            yield cell, first, last
            first = last + 1

    def _needed(self, cell: FlowCell, look: CellLook, width: float) -> float:
        """How high a cell's text is, in points."""
        lines = self._template.lines
        if look.rotation:
            longest = max((len(line.text) for line in cell.lines), default=0)
            return longest * lines[cell.lines[0].look].font.size * _LINE if cell.lines else 0
        return sum([_height(lines[line.look], line.text, width) for line in cell.lines])

    def _style(self, table: int, cell: FlowCell, ends: tuple[bool, ...]) -> CellStyle:
        """The style of a cell; `ends` says if it stands at the top, bottom, left and right of its table."""
        first = next((line.look for line in cell.lines if line.text), cell.lines[0].look if cell.lines else 0)
        key = (table, cell.look, first, ends)
        found = self._styles.get(key)
        if found is None:
            look, lines = self._template.cells[cell.look], self._template.lines[first]
            borders = _borders(self._template.tables[table], look, ends)
            found = _plain(lines)._replace(
                vertical=look.vertical, rotation=look.rotation, fill=look.fill, borders=borders
            )
            self._styles[key] = found
        return found


def _close(one: _Open, laid: Laid, bottom: int) -> None:
    """End a cell that is merged down at a row."""
    if bottom > one.top or one.right > one.left:
        laid.merges.append(Range(one.top, one.left, bottom, one.right))
    spread(laid.rows[one.top - 1 : bottom], one.needed)


def _parts(cell: FlowCell) -> tuple[str, ...]:
    """The values that a cell's one line is made of, where they would not be known apart.

    One value alone is: it is the last of them, and begins with no code.
    """
    line = cell.lines[0]
    if len(cell.lines) > 1 or len(line.cuts) < 2 or line.cuts[0]:
        return ()
    parts = tuple(line.text[start:end] for start, end in pairwise((*line.cuts, len(line.text))))
    return () if parts[-1] == line.text and _BARE.match(line.text) else parts


def _plain(look: Lines) -> CellStyle:
    """The style of a line by itself."""
    return CellStyle(look.font, look.align, "center", indent=round(look.indent / 9) if look.align == "left" else 0)


def _height(look: Lines, text: str, width: float) -> float:
    """How high a paragraph is, in points."""
    line = look.line or look.font.size * _LINE * look.factor
    return look.before + look.after + line * lines_of(text, width - look.indent, look.font.size)


def _borders(table: TableLook, cell: CellLook, ends: tuple[bool, ...]) -> tuple[Border, Border, Border, Border]:
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

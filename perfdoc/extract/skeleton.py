"""A form's skeleton: which cell of its tables is which field, read off the form's own Word template.

The template's cells hold labels and `{{ variables }}`, so the file that renders a form also tells where each
value of a filled-in form stands. A table that fits is claimed cell by cell in order: a value that equals a
label shifts nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from perfdoc.extract.vocabulary import key
from perfdoc.form import Form
from perfdoc.layout import Cell, Grid, Layout, Paragraph, Row
from perfdoc.read import read

_VARIABLE = re.compile(r"\{\{[-+]?\s*([A-Za-z_][\w.]*)[^{}]*\}\}")
_TAG = re.compile(r"\{%.*?%\}", re.DOTALL)
_ALIAS = re.compile(r"\{%[-\w]*\s*for\s+(\w+)\s+in\s+([\w.]+)")
_LOOP = re.compile(r"\{%-?tr\s+for\s+\w+\s+in\s+project\.indicators\b")
_END = re.compile(r"\{%-?tr\s+endfor\b")
_IF = re.compile(r"\{%-?tr\s+if\b")
_ENDIF = re.compile(r"\{%-?tr\s+endif\b")


class CellPattern(NamedTuple):
    """A cell of the template: a label (`label`, compared by key), or variables between fixed pieces."""

    label: str = ""
    variables: tuple[str, ...] = ()
    pieces: tuple[str, ...] = ()
    styles: tuple[tuple[str, str], ...] = ()
    continues: bool = False


class RowPattern(NamedTuple):
    """A row of the template; an optional one stands between `{%tr if %}` and `{%tr endif %}`."""

    cells: tuple[CellPattern, ...]
    optional: bool = False


class GridPattern(NamedTuple):
    """A table of the template: rows before the indicators, the columns of the indicators' rows, rows after."""

    head: tuple[RowPattern, ...]
    columns: tuple[CellPattern, ...]
    tail: tuple[RowPattern, ...]
    begins: bool

    def match(self, grid: Grid) -> list[RowPattern | None] | None:
        """For each row its pattern (None: a row of an indicator), or None where the grid is another table."""
        rows = grid.rows
        head = _fit(self.head, rows, grid.merges)
        if head is None:
            return None
        rest = rows[len(head) :]
        if not self.columns:
            return [*head] if not rest else None
        tail = _fit(self.tail, rest[len(rest) - len(self.tail) :], grid.merges) if self.tail else []
        if tail is None:
            return None
        middle = rest[: len(rest) - len(tail)]
        width = len(self.columns)
        if any(len(row.cells) != width for row in middle):
            return None
        return [*head, *[None] * len(middle), *tail]


class Skeleton(NamedTuple):
    """The tables of one project in their order, and the style of the paragraph that is the document's title."""

    form: Form
    grids: tuple[GridPattern, ...]
    title_style: str


def _fit(patterns: Sequence[RowPattern], rows: Sequence[Row], merges: bool) -> list[RowPattern] | None:
    fitted: list[RowPattern] = []
    for pattern in patterns:
        if len(fitted) < len(rows) and _fits(pattern, rows[len(fitted)], merges):
            fitted.append(pattern)
        elif not pattern.optional:
            return None
    return fitted


def _fits(pattern: RowPattern, row: Row, merges: bool) -> bool:
    if len(pattern.cells) != len(row.cells):
        return False
    for want, cell in zip(pattern.cells, row.cells, strict=True):
        if merges and want.continues != cell.continues:
            return False
        if want.label and want.label != key(cell.text):
            return False
        if want.pieces and any(want.pieces) and pieces_of(want, cell.text) is None:
            return False
        if not want.label and not want.variables and not want.continues and cell.text.strip():
            return False
    return True


@lru_cache(maxsize=256)
def _pieces_pattern(pieces: tuple[str, ...]) -> re.Pattern[str]:
    def fixed(piece: str) -> str:
        letters = ["[:：]" if c in ":：" else re.escape(c) for c in piece]
        return r"\s*".join(letters)

    return re.compile("(.*)".join(map(fixed, pieces)), re.DOTALL)


def pieces_of(pattern: CellPattern, text: str) -> tuple[str, ...] | None:
    """The texts that stand in the place of the cell's variables, or None where the fixed pieces do not fit."""
    found = _pieces_pattern(pattern.pieces).fullmatch(text)
    return found.groups() if found else None


def _cell_pattern(cell: Cell) -> CellPattern:
    aliases = dict(_ALIAS.findall(cell.text))
    text = _TAG.sub("", cell.text)
    if text != cell.text:
        text = text.strip("\n")

    def variables(of: str) -> tuple[str, ...]:
        return tuple(aliases.get(name, name) for name in _VARIABLE.findall(of))

    names = variables(text)
    if not names:
        return CellPattern(label=key(text), continues=cell.continues)
    styles = tuple((style, name) for style, run in cell.runs if style for name in variables(run))
    pieces = tuple(_VARIABLE.split(text)[::2])
    return CellPattern(variables=names, pieces=pieces, styles=styles, continues=cell.continues)


def _grid_pattern(grid: Grid) -> GridPattern:
    head: list[RowPattern] = []
    tail: list[RowPattern] = []
    loop: list[RowPattern] = []
    into, optional, seen = head, False, False
    for row in grid.rows:
        text = "".join(cell.text for cell in row.cells)
        if not _TAG.sub("", text).strip() and _TAG.search(text) and "{%tr" in text:
            if _LOOP.search(text):
                into, seen = loop, True
            elif into is loop and _END.search(text):
                into = tail
            elif _IF.search(text):
                optional = True
            elif _ENDIF.search(text):
                optional = False
            continue
        into.append(RowPattern(tuple(map(_cell_pattern, row.cells)), optional and into is not loop))
    columns = tuple(_column(cells) for cells in zip(*(row.cells for row in loop), strict=True)) if seen else ()
    begins = any("project.name" in cell.variables for row in head for cell in row.cells)
    return GridPattern(tuple(head), columns, tuple(tail), begins)


def _column(cells: Sequence[CellPattern]) -> CellPattern:
    return next((cell for cell in cells if cell.variables), cells[0])


def _blocks(layout: Layout) -> Iterator[tuple[str, Paragraph | Grid]]:
    for block in layout.blocks:
        yield (block.text if isinstance(block, Paragraph) else "", block)


def skeleton(form: Form) -> Skeleton:
    """The skeleton of a form, from its `form.docx`. Raises UnreadableError where that is no sound Word file."""
    layout = read(form.document.read_bytes(), str(form.document))
    title = next(
        (
            b.style
            for text, b in _blocks(layout)
            if isinstance(b, Paragraph) and "document.title" in _VARIABLE.findall(text)
        ),
        "",
    )
    return Skeleton(form, tuple(map(_grid_pattern, layout.grids())), title)

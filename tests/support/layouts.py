"""Layouts written as text: a cell a string, `<` widens the cell at its left, `^` continues the cell above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from perfdoc.layout import Cell, Grid, Layout, Paragraph, Row
from perfdoc.report import Place

FILE = "form.docx"


def grid(*rows: Sequence[str], table: int = 1, header: int = 0, sheet: str = "") -> Grid:
    """A grid of the rows; the first `header` rows repeat on each page."""
    width = max(map(len, rows))
    made: list[Row] = []
    for r, row in enumerate(rows):
        cells: list[Cell] = []
        for c, text in enumerate(row):
            if text == "<":
                cells[-1] = cells[-1]._replace(colspan=cells[-1].colspan + 1)
            else:
                below = 1
                while r + below < len(rows) and c < len(rows[r + below]) and rows[r + below][c] == "^" and text != "^":
                    below += 1
                cells.append(Cell("" if text == "^" else text, r + 1, c + 1, 1, below, text == "^"))
        made.append(Row(tuple(cells), header=r < header))
    return Grid(tuple(made), width, Place(FILE, table=0 if sheet else table, sheet=sheet))


def layout(*blocks: Grid | str, kind: str = "docx") -> Layout:
    """A layout of grids and paragraphs; tables are numbered in order."""
    made: list[Grid | Paragraph] = []
    tables = 0
    for n, block in enumerate(blocks, 1):
        if isinstance(block, str):
            made.append(Paragraph(block, Place(FILE, paragraph=n)))
        else:
            tables += 1
            place = block.place if block.place.sheet else block.place._replace(table=tables)
            made.append(replace(block, place=place))
    return Layout(FILE, kind, tuple(made))

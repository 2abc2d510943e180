"""The cells of an HTML table at their grid positions (HTML standard, 4.9.12 "forming a table")."""

from typing import NamedTuple

from perfdoc.layout import Cell, Row
from perfdoc.reading.broken import unreadable

MAX_CELLS = 2_000_000
MAX_SPAN = 1000
"""The standard's limit of colspan; no form is that wide."""

USUAL_SPAN = 63
"""Word's limit of columns; a larger span stands for "as far as the table goes"."""


class Given(NamedTuple):
    """A cell as the page gives it."""

    text: str
    colspan: int = 1
    rowspan: int = 1


class GivenRow(NamedTuple):
    """A row as the page gives it. `group` numbers its tbody, thead or tfoot, which a rowspan can't leave."""

    cells: list[Given]
    header: bool
    hidden: bool
    group: int


def place_cells(given: list[GivenRow], before: int, file: str) -> tuple[tuple[Row, ...], int]:
    """The rows with each cell at its column, and the number of columns.

    Raises UnreadableError where the file has more cells than may be, `before` of them in other tables.
    """
    last_of_group = {row.group: at for at, row in enumerate(given)}
    hanging: dict[int, tuple[int, int]] = {}  # column → (colspan, rows that it still reaches down)
    rows: list[Row] = []
    columns = made = 0
    for at, row in enumerate(given):
        left = last_of_group[row.group] - at + 1
        if at and given[at - 1].group != row.group:
            hanging.clear()
        cells: list[Cell] = []
        column = 1
        waiting = list(reversed(row.cells))
        below: dict[int, tuple[int, int]] = {}
        while waiting or hanging:
            if column in hanging:
                span, more = hanging.pop(column)
                cells.append(Cell("", at + 1, column, span, 1, True))
                if more > 1:
                    below[column] = (span, more - 1)
            elif waiting:
                cell = waiting.pop()
                free = min((c for c in hanging if c > column), default=column + MAX_SPAN) - column
                span = max(min(cell.colspan, free), 1)
                down = left if cell.rowspan == 0 else max(min(cell.rowspan, left), 1)
                cells.append(Cell(cell.text, at + 1, column, span, down))
                if down > 1:
                    below[column] = (span, down - 1)
            else:
                column = min(hanging)
                continue
            column += span
            made += 1
            if before + made > MAX_CELLS:
                raise unreadable(file, "reading.many_cells", most=MAX_CELLS)
        hanging = below
        columns = max(columns, column - 1)
        rows.append(Row(tuple(cells), row.header, row.hidden))
    if columns > USUAL_SPAN:
        return _cut(rows)
    return tuple(rows), columns


def _cut(rows: list[Row]) -> tuple[tuple[Row, ...], int]:
    """Cells that span "all" columns by a large number span those that there are."""
    columns = max(c.column + (c.colspan - 1 if c.colspan <= USUAL_SPAN else 0) for row in rows for c in row.cells)
    cut = [
        row._replace(cells=tuple(c._replace(colspan=min(c.colspan, columns - c.column + 1)) for c in row.cells))
        for row in rows
    ]
    return tuple(cut), columns

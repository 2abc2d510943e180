"""A summary printed: as lines for a terminal, columns under one another, and as an HTML page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfdoc.page import rendered
from perfdoc.summary.tables import Table, printed
from perfdoc.texts import say
from perfdoc.visible import fitted, shown, width

_WIDEST = 40  # screen columns of a text


def text(tables: Sequence[Table]) -> Iterator[str]:
    """The lines of all tables, an empty line between two."""
    for at, table in enumerate(tables):
        yield ("\n" if at else "") + f"{table.title}\n"
        yield from _lines(table)


def page(tables: Sequence[Table], title: str = "") -> Iterator[str]:
    """The tables as one HTML page, in pieces; the title is a summary's where none is given."""
    return rendered("summary/page.html.j2", title=title or say("summary.title"), tables=tables, printed=printed)


def _lines(table: Table) -> Iterator[str]:
    right = [any(isinstance(row[at], int | Decimal) for row in table.rows) for at in range(len(table.heads))]
    last = len(table.heads) - 1
    rows = [table.heads, *(tuple(map(printed, row)) for row in table.rows)]
    whole = (last, 0) if table.key == "not_added" else (last,)
    cells = [
        tuple(shown(cell) if at in whole else fitted(cell, _WIDEST) for at, cell in enumerate(row)) for row in rows
    ]
    wide = [max(width(row[at]) for row in cells) for at in range(len(table.heads))]
    rule = "  " + "  ".join("-" * size for size in wide[:-1]) + "\n"
    for number, row in enumerate(cells):
        if table.sums and number == len(cells) - table.sums:
            yield rule
        filled = (_padded(cell, size, to) for cell, size, to in zip(row, wide, right, strict=True))
        yield "  " + "  ".join(filled).rstrip() + "\n"


def _padded(text: str, size: int, right: bool) -> str:
    blank = " " * (size - width(text))
    return blank + text if right else text + blank

"""A summary as one HTML page: its tables, no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from importlib import resources

from perfdoc.page import head, html
from perfdoc.summary.columns import printed
from perfdoc.summary.tables import Cell, Table

_TITLE = "绩效目标汇总 Summary of performance goals"


def page(tables: Sequence[Table]) -> Iterator[str]:
    """The whole page, in pieces."""
    yield head(_TITLE, (resources.files("perfdoc.summary") / "page.css").read_text(encoding="utf-8"))
    yield f"<body>\n<h1>{_TITLE}</h1>\n"
    for table in tables:
        yield from _table(table)
    yield "</body>\n</html>\n"


def _table(table: Table) -> Iterator[str]:
    name = f"{table.key}-title"
    yield f'<section id="{table.key}" aria-labelledby="{name}"><h2 id="{name}">{html(table.title)}</h2>\n'
    yield f'<div class="scroll" role="region" tabindex="0" aria-labelledby="{name}"><table>\n<thead><tr>'
    yield "".join(f'<th scope="col">{html(one)}</th>' for one in table.heads) + "</tr></thead>\n<tbody>\n"
    for number, row in enumerate(table.rows):
        kind = ' class="sum"' if number >= len(table.rows) - table.sums else ""
        yield f"<tr{kind}>{''.join(map(_cell, row))}</tr>\n"
    yield "</tbody></table></div></section>\n"


def _cell(cell: Cell) -> str:
    kind = ' class="number"' if isinstance(cell, int | Decimal) else ""
    return f"<td{kind}>{html(printed(cell))}</td>"

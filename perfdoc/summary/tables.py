"""A summary as tables of plain cells, which workbooks print too: as lines for a terminal, and as an HTML page."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from perfdoc.checks.catalogue import catalogue
from perfdoc.model import decimal
from perfdoc.page import rendered
from perfdoc.summary.row import SOURCES, Summary, Totals
from perfdoc.texts import in_language, say
from perfdoc.visible import fitted, shown, width


class Link(NamedTuple):
    """A text that leads somewhere: `to` is a relative URI, or `#` and the name of a place in the page itself."""

    text: str
    to: str

    def __str__(self) -> str:
        return self.text


Cell = str | int | Decimal | Link | None


class Table(NamedTuple):
    """A table: what it is of, its title, its columns' names, its rows; the last `sums` rows are totals.

    One that is `filtered` has filters in a workbook.
    """

    key: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sums: int = 0
    filtered: bool = False


def headed(*names: str) -> tuple[str, ...]:
    return tuple(say(f"summary.heads.{name}") for name in names)


def tables(summary: Summary, report: str = "") -> tuple[Table, ...]:
    """The tables of a summary: projects with their totals, indicators by group, findings, what is in no sum.

    `report` is the relative URI of the page or workbook that lists the findings, to which those lead.
    """
    made = (_projects(summary), _groups(summary), _findings(summary, report), _not_added(summary))
    return tuple(one for one in made if one.rows)


def _projects(summary: Summary) -> Table:
    money = [path for path in SOURCES if path in summary.whole.money]
    scored = any(row.score for row in summary.rows)
    dated = any(row.year for row in summary.rows)
    heads = ["number", "name", "agency", *(["year"] if dated else []), *money, "indicators"]
    heads += [*(["score"] if scored else []), "findings", "file"]
    rows: list[Mapping[str, Cell]] = []
    for number, row in enumerate(summary.rows, 1):
        own: dict[str, Cell] = {"number": number, "name": row.name, "agency": row.agency, "year": row.year}
        score = decimal(row.score)
        own |= {"indicators": row.indicators, "score": row.score if score is None else score}
        own["findings"] = row.findings.total()
        rows.append({**own, **row.money, "file": row.file})
    sums = list(_sums(summary))
    cells = tuple(tuple(row.get(head) for head in heads) for row in (*rows, *sums))
    named = tuple(_head(head) for head in heads)
    return Table("projects", say("summary.titles.projects"), named, cells if summary.rows else (), len(sums))


def _head(head: str) -> str:
    """A column's name, with the unit of an amount."""
    return (
        say("summary.in_unit", amount=say(f"summary.amounts.{head}"))
        if head in SOURCES
        else say(f"summary.heads.{head}")
    )


def _sums(summary: Summary) -> Iterator[Mapping[str, Cell]]:
    if len(summary.agencies) > 1:
        for agency, totals in summary.agencies.items():
            shown = agency or say("summary.nameless")
            yield {"name": say("summary.subtotal", agency=shown, n=totals.projects), **_added(totals)}
    yield {"name": say("summary.total", n=summary.whole.projects), **_added(summary.whole)}


def _added(totals: Totals) -> Mapping[str, Cell]:
    return {**totals.money, "indicators": totals.indicators, "findings": totals.findings.total()}


def _groups(summary: Summary) -> Table:
    order = sorted(summary.groups, key=lambda group: (group not in summary.known, group[0], group[1]))
    rows = tuple(
        (*group, summary.groups[group], "" if group in summary.known else say("summary.other")) for group in order
    )
    heads = headed("level1", "level2", "count", "scheme")
    return Table("groups", say("summary.titles.groups"), heads, rows)


def _findings(summary: Summary, report: str) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for code, count in sorted(summary.whole.findings.items()):
        entry = catalogue().get(code)
        said = (say(f"summary.severities.{entry.severity}"), in_language(entry.title)) if entry else ("", "")
        to = f"{report}#{code}" if report.endswith(".html") else report
        rows.append((Link(code, to) if report else code, *said, count))
    heads = headed("code", "severity", "rule", "count")
    return Table("findings", say("summary.titles.findings"), heads, tuple(rows))


def _not_added(summary: Summary) -> Table:
    rows = tuple(
        (one.place, one.project, say(f"summary.amounts.{one.path}"), one.text, say(f"summary.why.{one.why}"))
        for one in summary.not_added
    )
    heads = headed("place", "name", "amount", "value", "why")
    return Table("not_added", say("summary.titles.not_added"), heads, rows)


def printed(cell: Cell) -> str:
    """A cell's text: amounts with thousands apart, exact, with two decimals at least."""
    if cell is None:
        return ""
    if not isinstance(cell, Decimal):
        return str(cell)
    places = max(2, -int(cell.normalize().as_tuple().exponent))
    return f"{cell:,.{places}f}"


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

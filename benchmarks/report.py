"""What was measured, as tables for the eye and for RESULTS.md, and the targets beside it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.timing import Measured


@dataclass(frozen=True)
class Target:
    """A limit that holds for a number: `at_least` or at most `limit`."""

    name: str
    found: float
    limit: float
    at_least: bool = False
    unit: str = ""

    @property
    def met(self) -> bool:
        """Whether the number is within its limit."""
        return self.found >= self.limit if self.at_least else self.found <= self.limit

    def cells(self) -> list[str]:
        """A line of the table of targets."""
        sign = "≥" if self.at_least else "≤"
        wanted = f"{sign} {self.limit:g}{self.unit}"
        return [self.name, wanted, f"{number(self.found)}{self.unit}", "yes" if self.met else "**no**"]


@dataclass(frozen=True)
class Table:
    """A table of what was measured: a row a way, a column a size; `notes` stand below it."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    targets: Sequence[Target] = ()
    notes: Sequence[str] = field(default_factory=tuple)

    def markdown(self) -> str:
        """The table in Markdown."""
        lines = [f"### {self.title}", "", *_lines(self.head, self.rows)]
        for note in self.notes:
            lines += ["", note]
        return "\n".join(lines) + "\n"


def ratios(
    title: str,
    measured: Mapping[str, Mapping[str, Measured]],
    targets: Sequence[Target] = (),
    notes: Sequence[str] = (),
) -> Table:
    """A table of ratios: `measured` by column and way. The floor's row has the times."""
    ways = list(dict.fromkeys(way for column in measured.values() for way in column))
    rows = [[way, *(_cell(column.get(way)) for column in measured.values())] for way in ways]
    return Table(title, ["way", *measured], rows, targets, notes)


def targets_table(tables: Sequence[Table]) -> Table:
    """All targets of all tables."""
    found = [target for table in tables for target in table.targets]
    return Table("Targets", ["what", "target", "measured", "met"], [target.cells() for target in found])


def number(value: float) -> str:
    """A number in three digits or so."""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _cell(one: Measured | None) -> str:
    if one is None:
        return "–"
    return duration(one.seconds) if one.ratio is None else number(one.ratio)


def duration(seconds: float) -> str:
    """Seconds, or milliseconds, or microseconds."""
    for unit, scale in (("s", 1.0), ("ms", 1e3)):
        if seconds * scale >= 1:
            return f"{number(seconds * scale)} {unit}"
    return f"{number(seconds * 1e6)} µs"


def _lines(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(_width(row[n]) for row in (head, *rows)) for n in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        return "| " + " | ".join(cell + " " * (w - _width(cell)) for cell, w in zip(cells, widths, strict=True)) + " |"

    return [line(head), "|" + "|".join("-" * (w + 2) for w in widths) + "|", *map(line, rows)]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)

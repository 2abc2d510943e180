"""Rows added up: by agency and in all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from perfdoc.summary.row import Group, NotAdded, ProjectRow


@dataclass
class Totals:
    """What rows come to. `money` is exact, in 万元, by path."""

    projects: int = 0
    indicators: int = 0
    money: dict[str, Decimal] = field(default_factory=dict)
    findings: Counter[str] = field(default_factory=Counter)

    def add(self, row: ProjectRow) -> None:
        """Take one more row in."""
        self.projects += 1
        self.indicators += row.indicators
        for path, number in row.money.items():
            self.money[path] = self.money.get(path, Decimal(0)) + number
        self.findings += row.findings


class Summary:
    """Rows, and what they come to: by agency in the order met, in all, indicators by group, what was not added."""

    def __init__(self, rows: Iterable[ProjectRow] = ()) -> None:
        self.rows: list[ProjectRow] = []
        self.whole = Totals()
        self.agencies: dict[str, Totals] = {}
        self.groups: Counter[Group] = Counter()
        self.known: set[Group] = set()
        for row in rows:
            self.add(row)

    def add(self, row: ProjectRow) -> None:
        """Take one more project in."""
        self.rows.append(row)
        self.whole.add(row)
        self.agencies.setdefault(row.agency, Totals()).add(row)
        self.groups += row.groups
        self.known |= row.known

    @property
    def not_added(self) -> list[NotAdded]:
        """The amounts that are in no sum."""
        return [one for row in self.rows for one in row.not_added]

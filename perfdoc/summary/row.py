"""One project of a summary (its money in 万元, its indicators by group, its score, its findings); rows added up."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from perfdoc.checks.located import Located
from perfdoc.checks.schemes import level_key, schemes
from perfdoc.model import Project
from perfdoc.report import Path, Reading
from perfdoc.target import Kind, convert, money, parse

SOURCES = ("budget.total", "budget.fiscal", "budget.carry_over", "budget.other", "execution.executed.total")
"""The amounts of a project that are added up, by their paths."""
Group = tuple[str, str]
"""Level 1 and level 2 of an indicator, as the schemes call them; as written where they are in none."""


class NotAdded(NamedTuple):
    """An amount that is in no sum: where it stands, its project, its path, its text with its unit, and why."""

    place: str
    project: str
    path: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project as the summary has it.

    `money` has the amounts in 万元 by their paths (`SOURCES`), as far as they are there and can be added.
    `groups` counts the indicators, `known` are those groups that a scheme has. `score` is the text of the 总分.
    `findings` counts what `perfdoc check` finds, by code.
    """

    file: str
    name: str
    agency: str
    year: str
    money: Mapping[str, Decimal]
    not_added: tuple[NotAdded, ...]
    groups: Counter[Group]
    known: frozenset[Group]
    score: str
    findings: Counter[str]

    @property
    def indicators(self) -> int:
        return self.groups.total()


def rows(file: str, reading: Reading, found: Iterable[tuple[str, Path]]) -> Iterator[ProjectRow]:
    """The projects of a document; `found` are the codes and paths of what is found in it."""
    codes: dict[int, Counter[str]] = {}
    for code, path in found:
        at = path[1] if len(path) > 1 and path[0] == "projects" else 0
        codes.setdefault(int(at), Counter())[code] += 1
    located = Located(reading)
    for index, project in enumerate(reading.document.projects):
        yield _row(file, index, project, located, codes.get(index, Counter()))


def _row(file: str, index: int, project: Project, located: Located, found: Counter[str]) -> ProjectRow:
    name = (project.name or "").strip()
    money: dict[str, Decimal] = {}
    left: list[NotAdded] = []
    for path in SOURCES:
        steps: Path = ("projects", index, *path.split("."))
        text = located.text(steps).strip()
        if not text or parse(text).kind is Kind.placeholder:
            continue
        number = _in_wan_yuan(text, project.money_unit)
        if isinstance(number, Decimal):
            money[path] = number
        else:
            shown = f"{text} {project.money_unit or ''}".strip()
            left.append(NotAdded(str(located.place(steps)), name, path, shown, number))
    groups = [_group(one.level1 or "", one.level2 or "") for one in project.indicators]
    return ProjectRow(
        file,
        name,
        unit_of(project),
        (project.year or "").strip(),
        money,
        tuple(left),
        Counter(group for group, _ in groups),
        frozenset(group for group, known in groups if known),
        (project.score or "").strip(),
        found,
    )


def unit_of(project: Project) -> str:
    """The budget unit whose project it is, else its department; "" where the form names neither."""
    return (project.agency.name or project.department or "").strip()


def _in_wan_yuan(text: str, unit: str | None) -> Decimal | str:
    """An amount in 万元, or why it can't be told: `number`, `unit` (no unit at all), `money` (no unit of money)."""
    quantity = money(text, unit)
    if quantity is None:
        return "number"
    if not quantity.unit:
        return "unit"
    same = convert(quantity, "万元")
    return same.number if same is not None else "money"


def _group(level1: str, level2: str) -> tuple[Group, bool]:
    """The names of an indicator's levels as a scheme has them, and whether one has both."""
    first, second = level_key(level1), level_key(level2)
    for scheme in schemes().values():
        group = scheme.groups.get(first)
        kind = scheme.kinds.get(second)
        if group is not None and (kind in scheme.kinds_of[group] if kind else not second):
            named = next((name for name, key in scheme.kinds.items() if key == kind), "")
            return (scheme.titles[group], f"{named}指标" if named else ""), True
    return ("".join(level1.split()), "".join(level2.split())), False


@dataclass
class Totals:
    """What rows come to. `money` is exact, in 万元, by path."""

    projects: int = 0
    indicators: int = 0
    money: dict[str, Decimal] = field(default_factory=dict)
    findings: Counter[str] = field(default_factory=Counter)

    def add(self, row: ProjectRow) -> None:
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
        self.rows.append(row)
        self.whole.add(row)
        self.agencies.setdefault(row.agency, Totals()).add(row)
        self.groups += row.groups
        self.known |= row.known

    @property
    def not_added(self) -> list[NotAdded]:
        return [one for row in self.rows for one in row.not_added]

"""A Document as the rules look at it: every value parsed once, levels known by their keys, the year and the scheme."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache

from perfdoc.checks.data import Scheme, kinds, last_word, level_key, schemes
from perfdoc.checks.measure import dimension
from perfdoc.form_definition import Form
from perfdoc.model import Document, Indicator, Project
from perfdoc.report import Path
from perfdoc.target import Kind, Quantity, Target, money_unit, parse
from perfdoc.years import own_year

YEAR = re.compile(
    r"(?<![0-9])(?:(?<![.,])|(?=[0-9]{4}\s*年))((?:199|20[0-9])[0-9])"
    r"(?![0-9%]|[.,][0-9]{3}|\s*[余多]?[人件页元万个次台套户亩米平])"
)
"""A year in a text: 2023年, -2023中央; not an amount of something."""


class Row:
    """An indicator with its place, its levels known by their keys (`output`, `quantity`), its value parsed.

    `group` and `kind` are `""` for a level that the scheme does not know; `hint` is the kind that the
    indicator's own name says.
    """

    __slots__ = ("group", "hint", "indicator", "kind", "name", "number", "path", "target", "text")

    def __init__(self, indicator: Indicator, path: Path, number: int, scheme: Scheme) -> None:
        self.indicator = indicator
        self.path = path
        self.number = number
        self.group, self.kind = _levels(indicator.level1 or "", indicator.level2 or "", scheme.name)
        self.name = (indicator.level3 or "").strip()
        self.text = indicator.target or ""
        self.target: Target = parse(self.text)
        self.hint = hint_of(self.name)

    def at(self, name: str) -> Path:
        """The path of one of its values."""
        return (*self.path, name)

    @property
    def is_cost(self) -> bool:
        """Whether it is a cost indicator, in either scheme."""
        return self.kind in COSTS or (not self.kind and self.group == "cost")

    @property
    def money(self) -> Quantity | None:
        """The plain amount of money that it promises (≤165万元), or None."""
        quantity = self.target.quantity
        if quantity and self.target.kind is Kind.quantity and dimension(quantity) == ("元", ()):
            return quantity
        return None


COSTS = frozenset(("cost", "economic_cost", "social_cost", "ecological_cost"))


@lru_cache(maxsize=1024)
def _levels(level1: str, level2: str, scheme: str) -> tuple[str, str]:
    known = schemes()[scheme]
    one, two = level_key(level1), level_key(level2)
    group, kind = known.groups.get(one, ""), known.kinds.get(two, "")
    for other in schemes().values():  # a level of the other scheme is known all the same
        group = group or other.groups.get(one, "")
        kind = kind or other.kinds.get(two, "")
    return group, kind


@lru_cache(maxsize=4096)
def hint_of(name: str) -> str:
    """The kind that an indicator's name ends with (搬运库存档案数量 → quantity), or `""`."""
    plain = re.sub(r"[（(][^）)]*[）)]", "", name)
    word = last_word(plain, kinds())
    if not word or not plain.endswith(word):
        return ""
    found = kinds()[word]
    return "" if found == "none" else found


@dataclass(frozen=True)
class Case:
    """A project with its rows and the number of its budget."""

    index: int
    project: Project
    rows: tuple[Row, ...]

    @property
    def path(self) -> Path:
        """The project's path."""
        return ("projects", self.index)

    def at(self, *names: str) -> Path:
        """The path of one of its values."""
        return ("projects", self.index, *names)

    @property
    def money_factor(self) -> Decimal | None:
        """How many 元 the project's money unit is; None for a unit that is not known."""
        base = Quantity(Decimal(1), money_unit(self.project.money_unit)).base
        return base.number if base.unit == "元" else None

    def yuan(self, name: str) -> Decimal | None:
        """A budget's amount in 元."""
        amount, factor = self.project.budget.amount(name), self.money_factor
        return None if amount is None or factor is None else amount * factor

    @cached_property
    def texts(self) -> Sequence[tuple[Path, str]]:
        """Every text of the project that a person wrote, in the form's order; empty ones left out."""
        return tuple(self._texts())

    def _texts(self) -> Iterator[tuple[Path, str]]:
        project = self.project
        for name in ("name", "purpose", "goals"):
            text = getattr(project, name)
            if text:
                yield self.at(name), text
        for row in self.rows:
            one = row.indicator
            if one.level3:
                yield row.at("level3"), one.level3
            if one.description:
                yield row.at("description"), one.description
            if one.target:
                yield row.at("target"), one.target


@dataclass(frozen=True)
class Subject:
    """What is checked. `hint` is the name of the file or folder, which may hold the year.

    `year` and `scheme_name` may be given; otherwise they are what most of the document says. `lenient` is for
    files that were received: a field that none of its projects has is not of its form.
    """

    document: Document
    form: Form | None = None
    hint: str = ""
    given_year: int | None = None
    given_scheme: str = ""
    lenient: bool = False
    slips: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def scheme(self) -> Scheme:
        """The scheme that the document should follow: the one given, its form's, or the one that most rows are of."""
        name = self.given_scheme or (self.form.scheme if self.form and self.document.form else "")
        return schemes().get(name) or schemes()[self._usual_scheme()]

    def _usual_scheme(self) -> str:
        marks = Counter(
            mark
            for project in self.document.projects
            for one in project.indicators
            if (mark := scheme_mark(one.level1 or "", one.level2 or ""))
        )
        return max(marks, key=lambda name: (marks[name], name == "2015"), default="2015")

    @cached_property
    def cases(self) -> Sequence[Case]:
        """The projects."""
        scheme = self.scheme
        return tuple(
            Case(
                index,
                project,
                tuple(
                    Row(one, ("projects", index, "indicators", at), at + 1, scheme)
                    for at, one in enumerate(project.indicators)
                ),
            )
            for index, project in enumerate(self.document.projects)
        )

    @cached_property
    def year(self) -> int | None:
        """The budget year: the one given, or the one that most of the document names; None where it names none, or
        two equally often."""
        known = self.given_year or own_year(self.document)
        if known:
            return known
        votes = self.year_votes
        best = votes.most_common(2)
        if not best or (len(best) == 2 and best[0][1] == best[1][1]):
            return None
        return best[0][0]

    @cached_property
    def year_votes(self) -> Counter[int]:
        """How often each year is named: in titles, names, headings, the hint, and in periods and deadlines."""
        votes: Counter[int] = Counter()
        for text in (self.document.title or "", *(p.heading or "" for p in self.document.projects)):
            votes.update(years_in(text))
        for found in YEAR.finditer(self.hint):
            votes[int(found[1])] += 2
        for case in self.cases:
            votes.update(years_in(case.project.name or ""))
            for row in case.rows:
                target = row.target
                if target.kind in (Kind.period, Kind.deadline):
                    years = {date.year for date in (target.start, target.end) if date and date.year}
                    votes.update(years if len(years) == 1 else ())
        return votes


def years_in(text: str) -> set[int]:
    """The years that a text names: 2023年, -2023中央."""
    return {int(found[1]) for found in YEAR.finditer(text)}


@lru_cache(maxsize=1024)
def scheme_mark(level1: str, level2: str) -> str:
    """The scheme that a pair of levels can only be of: 成本指标 is a level 2 in 2015 and a level 1 in 2021; or `""`."""
    one, two = level_key(level1), level_key(level2)
    fits = [
        name
        for name, scheme in schemes().items()
        if one in scheme.groups and scheme.kinds.get(two) in scheme.kinds_of[scheme.groups[one]]
    ]
    if len(fits) == 1:
        return fits[0]
    if fits:
        return ""
    only = [name for name, scheme in schemes().items() if one in scheme.groups]
    return only[0] if len(only) == 1 else ""

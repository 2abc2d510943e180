"""A Document as the rules look at it: its projects with their rows, the year and the scheme that it is of."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from perfdoc.checks.finding import Hit
from perfdoc.checks.row import Row, without_brackets
from perfdoc.checks.schemes import Scheme, lowered, schemes, usual_scheme
from perfdoc.checks.settings import Settings
from perfdoc.checks.word_lists import regex, words
from perfdoc.form_definition import Form
from perfdoc.model import Document, Indicator, Project, decimal
from perfdoc.report import Path
from perfdoc.target import Kind, Quantity, Target, convert, money, money_unit
from perfdoc.years import own_year, years


@dataclass(frozen=True)
class Case:
    """A project with its rows and the number of its budget."""

    index: int
    project: Project
    rows: tuple[Row, ...]

    def at(self, *names: str) -> Path:
        """The path of one of its values."""
        return ("projects", self.index, *names)

    @property
    def money_factor(self) -> Decimal | None:
        """How many 元 the project's money unit is; None for a unit that is not known."""
        base = Quantity(Decimal(1), money_unit(self.project.money_unit)).base
        return base.number if base.unit == "元" else None

    @property
    def costs(self) -> list[Row]:
        """The cost indicators that promise a plain amount of money for the year."""
        return [row for row in self.cost_rows if row.money is not None and not row.over_years]

    @cached_property
    def heads(self) -> Mapping[int, int]:
        """Rows that are the head of others, by number, and how many those are: the head has the weight and no value,
        the rows right below it have values and no weight."""
        found: dict[int, int] = {}
        head = 0
        for row in self.rows:
            if row.weight:
                head = 0 if row.value else row.number
            elif head and row.value:
                found[head] = found.get(head, 0) + 1
        return found

    def amount(self, name: str) -> Decimal | None:
        """A budget's amount in the project's unit of money; in 元 where none is named and the cell has its own."""
        return self.amount_in(getattr(self.project.budget, name))

    def amount_in(self, text: str | None) -> Decimal | None:
        """What a cell of money says, in the same unit."""
        unit, plain = self.project.money_unit, decimal(text)
        found = money(without_brackets(text or ""), unit) if plain is None else None
        same = convert(found, money_unit(unit) if self.money_factor else "元") if found else None
        return same.number if same else plain

    @property
    def cost_rows(self) -> list[Row]:
        """The cost indicators."""
        return [row for row in self.rows if row.is_cost]

    @property
    def quantities(self) -> list[Row]:
        """The indicators of quantity that have one."""
        return [row for row in self.rows if row.kind == "quantity" and row.target.quantity]

    def yuan(self, name: str) -> Decimal | None:
        """A budget's amount in 元; None where neither the project nor the cell names a unit of money."""
        amount, factor = self.amount(name), self.money_factor
        if amount is None or (factor is None and decimal(getattr(self.project.budget, name)) is not None):
            return None
        return amount * (factor or 1)

    @cached_property
    def texts(self) -> Sequence[tuple[Path, str]]:
        """Every text of the project that a person wrote, in the form's order; empty ones left out."""
        found = [(self.at(name), getattr(self.project, name)) for name in ("name", "purpose", "goals")]
        for row in self.rows:
            found += [(row.at(name), getattr(row.indicator, name)) for name in ("level3", "description", "target")]
        return tuple((path, text) for path, text in found if text)


@dataclass(frozen=True)
class Subject:
    """What is checked. `hint` is the name of the file or folder, which may hold the year.

    `settings` may give the year and the scheme; otherwise they are what most of the document says. `lenient` is for
    files that were received: a field that none of its projects has is not of its form.
    """

    document: Document
    form: Form | None
    hint: str
    settings: Settings
    lenient: bool

    @cached_property
    def scheme(self) -> Scheme:
        """The scheme that the document should follow: the one given, its form's, or the one that most rows are of."""
        name = self.settings.scheme or (self.form.scheme if self.form and self.document.form else "")
        return schemes().get(name) or schemes()[usual_scheme(self.document)]

    @cached_property
    def cases(self) -> Sequence[Case]:
        """The projects."""
        return tuple(
            Case(index, project, self._rows_of(index, project)) for index, project in enumerate(self.document.projects)
        )

    def _rows_of(self, index: int, project: Project) -> tuple[Row, ...]:
        """A project's indicators, but for lines that are none."""
        scheme = self.scheme
        pairs = [(one.level1 or "", one.level2 or "") for one in project.indicators if not (one.level3 or "").strip()]
        two_columns = len(pairs) == len(project.indicators) and any(lowered(*pair, scheme.name) for pair in pairs)
        said = ((at, one) for at, one in enumerate(project.indicators) if not _says_nothing(one))
        return tuple(
            Row(one, ("projects", index, "indicators", at), number, scheme, two_columns)
            for number, (at, one) in enumerate(said, 1)
        )

    @cached_property
    def has_own_levels(self) -> bool:
        """Whether the form's levels are of no scheme: most kinds (of a form without kinds: most groups) are unknown."""
        rows = [row for row in self.rows if row.indicator.level2] or [row for row in self.rows if row.indicator.level1]
        known = [row for row in rows if (row.kind if row.indicator.level2 else row.group)]
        return len(rows) > 1 and len(known) * 2 < len(rows)

    @property
    def rows(self) -> Iterator[Row]:
        """The indicators of all projects."""
        return (row for case in self.cases for row in case.rows)

    @property
    def quantities(self) -> Iterator[tuple[Row, Quantity]]:
        """The indicators whose value is a quantity, and what that is."""
        for row in self.rows:
            if row.target.kind is Kind.quantity and row.target.quantity is not None:
                yield row, row.target.quantity

    @property
    def parts(self) -> Iterator[tuple[Row, Target, int]]:
        """The values of all indicators, of a compound its parts, with the offset of each in the text of its value."""
        return ((row, target, offset) for row in self.rows for target, offset in row.parts())

    @property
    def texts(self) -> Iterator[tuple[Path, str]]:
        """Every text that a person wrote, the agencies' codes and names included; empty ones left out."""
        for case in self.cases:
            yield from case.texts
            for name in ("code", "name"):
                text = getattr(case.project.agency, name)
                if text:
                    yield case.at("agency", name), text

    @cached_property
    def year(self) -> int | None:
        """The budget year: the one given, or the one that most of the document names, of two that are named equally
        often the one in its titles and names; None where it names none."""
        known = self.settings.year or own_year(self.document)
        if known:
            return known
        named, votes = self._years_named, self.year_votes
        best = sorted(votes, key=lambda year: (votes[year], named[year]), reverse=True)[:2]
        if not best or (len(best) == 2 and votes[best[0]] == votes[best[1]] and named[best[0]] == named[best[1]]):
            return None
        return best[0]

    @cached_property
    def _years_named(self) -> Counter[int]:
        """How often each year is named in titles, names, headings and the hint."""
        votes: Counter[int] = Counter()
        projects = self.document.projects
        for text in (self.document.title, *(p.heading for p in projects), *(p.name for p in projects)):
            votes.update({one.number for one in years(text or "", name=True)})
        votes.update(2 * [one.number for one in years(self.hint, name=True)])
        return votes

    @cached_property
    def year_votes(self) -> Counter[int]:
        """How often each year is named: in titles, names, headings, the hint, and in periods and deadlines."""
        votes = Counter(self._years_named)
        for case in self.cases:
            for row in case.rows:
                target = row.target
                if target.kind in (Kind.period, Kind.deadline) and not row.over_years:
                    years = {date.year for date in (target.start, target.end) if date and date.year}
                    votes.update(years if len(years) == 1 else ())
        return votes


Look = Callable[[Subject], Iterable[Hit]]
"""What a rule is: a function that looks at a document and yields what it found."""


def _says_nothing(one: Indicator) -> bool:
    """Whether a line is no indicator: one text across all levels (a note), 无 for the name and for the value, or a
    printed name (指标1：) that is crossed out (/)."""
    name, value = (one.level3 or "").strip(), (one.target or "").strip()
    across = bool(one.level1) and one.level1 == one.level2 == one.level3
    crossed_out = value and not value.strip("/\\—–－- ") and regex("prompts").fullmatch(name)
    return bool((across and not value) or (name == value and name in words("blank_words")) or crossed_out)

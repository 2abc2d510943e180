"""A project's sheet: its lines, what they come to, and what is to be said of them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from perfdoc.checks.located import Located
from perfdoc.model import Document, Project
from perfdoc.report import Path, Reading
from perfdoc.scoring import findings
from perfdoc.scoring.execution import executed, rate
from perfdoc.scoring.indicator import scored
from perfdoc.scoring.sheet import Line, Sheet
from perfdoc.scoring.word_lists import execution, grades
from perfdoc.years import years

_WHOLE = Decimal(100)


def score(given: Reading | Document) -> tuple[Sheet, ...]:
    """The sheet of every project of a self-evaluation, by the rules of 财预〔2020〕10号 (see this package).

    A Reading gives places to the findings, a Document alone does not. A project without an actual value or an
    executed amount has no lines, and a finding says so.
    """
    reading = given if isinstance(given, Reading) else Reading(given)
    located = Located(reading)
    projects = enumerate(reading.document.projects)
    return tuple(_sheet(("projects", index), project, located) for index, project in projects)


def _sheet(path: Path, project: Project, located: Located) -> Sheet:
    name = project.name or ""
    if not _evaluated(project):
        found = findings.none(path, located)
        nothing = Decimal(0)
        return Sheet(path, name, None, (), nothing, None, nothing, nothing, "", None, found)
    year = next((each.number for each in years(project.year or "", name=True)), None)
    lines = tuple(scored((*path, "indicators", at), indicator, year) for at, indicator in enumerate(project.indicators))
    paid = _execution(path, project, lines)
    every = ((paid,) if paid else ()) + lines
    weights = sum((one.weight or Decimal(0) for one in every), Decimal(0))
    total = None if any(one.counted is None for one in every) else sum((_counted(one) for one in every), Decimal(0))
    lowest = sum((one.counted if one.counted is not None else one.low or Decimal(0) for one in every), Decimal(0))
    highest = sum((one.counted if one.counted is not None else _most(one) for one in every), Decimal(0))
    best = _grade(highest) if weights == _WHOLE and _grade(lowest) == _grade(highest) else ""
    sheet = Sheet(path, name, paid, lines, weights, total, lowest, highest, best, rate(project), ())
    found = findings.of(sheet, project, located)
    return Sheet(path, name, paid, lines, weights, total, lowest, highest, best, sheet.rate, found)


def _evaluated(project: Project) -> bool:
    return bool((project.execution.executed.total or "").strip()) or any(
        (one.actual or "").strip() for one in project.indicators
    )


def _execution(path: Path, project: Project, lines: tuple[Line, ...]) -> Line | None:
    """The execution's line; none where the indicators take all the points and the form gives it no points."""
    own = (project.execution.weight.total or "").strip()
    taken = sum((one.weight or Decimal(0) for one in lines), Decimal(0))
    if not own and taken == _WHOLE:
        return None
    points = execution()[0]
    return executed(path, project, Decimal(points.numerator) / Decimal(points.denominator))


def _counted(one: Line) -> Decimal:
    return one.counted or Decimal(0)


def _most(one: Line) -> Decimal:
    return one.high if one.high is not None else one.weight or Decimal(0)


def _grade(total: Decimal) -> str:
    return next((name for least, name in grades() if Fraction(total) >= least), "")

"""A project's sheet: its lines, what they come to, and what is to be said of them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from perfdoc.checks.located import Located
from perfdoc.model import Document, Project
from perfdoc.report import Path, Reading
from perfdoc.scoring import findings
from perfdoc.scoring.execution import executed, rate
from perfdoc.scoring.indicator import scored
from perfdoc.scoring.sheet import Line, Sheet
from perfdoc.scoring.word_lists import execution, grade
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
        nothing = Decimal(0)
        return Sheet(path, name, None, (), nothing, None, nothing, nothing, "", None, findings.none(path, located))
    year = next((each.number for each in years(project.year or "", name=True)), None)
    lines = tuple(scored((*path, "indicators", at), indicator, year) for at, indicator in enumerate(project.indicators))
    paid = _execution(path, project, lines)
    every = ((paid,) if paid else ()) + lines
    weights = sum((one.weight or Decimal(0) for one in every), Decimal(0))
    lowest, highest = (
        sum((end if one.counted is None else one.counted for one, end in zip(every, ends, strict=True)), Decimal(0))
        for ends in ([one.low or Decimal(0) for one in every], map(_most, every))
    )
    total = None if any(one.counted is None for one in every) else lowest
    best = grade(highest) if weights == _WHOLE and grade(lowest) == grade(highest) else ""
    sheet = Sheet(path, name, paid, lines, weights, total, lowest, highest, best, rate(project), ())
    return replace(sheet, findings=findings.of(sheet, project, located))


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
    return executed(path, project, execution()[0])


def _most(one: Line) -> Decimal:
    return one.high if one.high is not None else one.weight or Decimal(0)

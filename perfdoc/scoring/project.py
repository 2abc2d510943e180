"""A project's sheet, its lines, what they come to, what is to be said of them; and the project with its scores."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from pydantic import BaseModel

from perfdoc.checks.located import Located
from perfdoc.model import Document, Project
from perfdoc.report import Path, Reading
from perfdoc.scoring import findings
from perfdoc.scoring.indicator import allowed, line, points_of, scored
from perfdoc.scoring.sheet import Line, Sheet, Verdict, refused, rounded, score_of
from perfdoc.scoring.word_lists import execution, grade
from perfdoc.target import convert, money, money_unit
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
    return _executed(path, project, execution()[0])


def _executed(path: Path, project: Project, weight: Decimal) -> Line:
    """The line of a project's execution; `weight` is what it can have where the form does not say."""
    of = project.execution
    given = of.weight.total
    points = points_of(given) if given and given.strip() else weight
    budget, spent = (amount(text, project.money_unit) for text in (project.budget.total, of.executed.total))
    verdict = _verdict(budget, spent, points, given or "")
    texts = (project.budget.total, of.executed.total, of.score.total)
    return line((*path, "execution"), execution()[1], texts, points, verdict)


def rate(project: Project) -> str | None:
    """The rate of execution as a form shows it, `98.55%`; None where there is none."""
    budget = amount(project.budget.total, project.money_unit)
    spent = amount(project.execution.executed.total, project.money_unit)
    if budget is None or spent is None or budget <= 0 or spent < 0:
        return None
    return f"{rounded(Fraction(spent) / Fraction(budget) * 100)}%"


def amount(text: str | None, unit: str | None) -> Decimal | None:
    """The number of an amount in the project's money unit; one that names its own unit is converted."""
    quantity = money(text, unit)
    same = convert(quantity, money_unit(unit)) if quantity is not None else None
    return same.number if same else None


def _verdict(budget: Decimal | None, spent: Decimal | None, points: Decimal | None, given: str) -> Verdict:
    if points is None or points < 0:
        return refused("bad_weight", {"text": given.strip()})
    if budget is None or spent is None:
        return refused("no_budget" if budget is None else "no_executed")
    if budget <= 0:
        return refused("zero_budget")
    said = {"top": f"{spent:,f}", "bottom": f"{budget:,f}", "actual": f"{spent:,f}", "target": f"{budget:,f}"}
    if spent < 0:
        return refused("negative", said)
    if spent >= budget:
        return Verdict("executed", Fraction(1), values=said)
    return Verdict("execution", Fraction(spent) / Fraction(budget), values=said)


def _most(one: Line) -> Decimal:
    return one.high if one.high is not None else one.weight or Decimal(0)


R = TypeVar("R", bound=BaseModel)


def fill(project: Project, sheet: Sheet, *, replace: bool = False) -> Project:
    """The project with its scores, the rate of execution, and the total where every line has points.

    Only what the rules compute is filled in. A score that stands there stays, unless `replace` and it is one that
    the rules don't allow; the total then stays too, as long as such a score does.
    """
    wrong = {one.code for one in sheet.findings}
    texts = {one.path: _text(one, score_of(project, one), replace) for one in sheet.lines}
    update: dict[str, object] = {
        "indicators": tuple(
            _with(row, score=texts.get((*sheet.path, "indicators", at))) for at, row in enumerate(project.indicators)
        )
    }
    execution = project.execution
    paid = texts.get((*sheet.path, "execution"))
    new_rate = not execution.rate.total or (replace and "PD708" in wrong)
    rate = sheet.rate if sheet.execution is not None and new_rate else None
    columns = {"score": _with(execution.score, total=paid), "rate": _with(execution.rate, total=rate)}
    update["execution"] = execution.model_copy(update=columns)
    settled = sheet.total is not None and (replace or "PD701" not in wrong)
    if settled and (not project.score or (replace and "PD702" in wrong)):
        update["score"] = f"{sheet.total}"
    made = project.model_copy(update=update)
    return project if made == project else made


def _with(record: R, **texts: str | None) -> R:
    """The record with these texts; what is None or empty stays as it is."""
    return record.model_copy(update={name: text for name, text in texts.items() if text})


def _text(one: Line, given: str, replace: bool) -> str | None:
    """The score to write into a line, None where the one that is there stays."""
    if one.points is None or one.refused:
        return None
    if given and not (replace and not allowed(one)):
        return None
    return f"{one.points}"

"""The execution of the budget: executed ÷ budget × its points, at most all of them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from perfdoc.model import Project
from perfdoc.report import Path
from perfdoc.scoring.indicator import line, points_of
from perfdoc.scoring.sheet import Line, Verdict, rounded
from perfdoc.scoring.word_lists import execution
from perfdoc.target import convert, money, money_unit


def executed(path: Path, project: Project, weight: Decimal) -> Line:
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
        return Verdict("bad_weight", None, values={"text": given.strip()}, refused=True)
    if budget is None or spent is None:
        return Verdict("no_budget" if budget is None else "no_executed", None, refused=True)
    if budget <= 0:
        return Verdict("zero_budget", None, refused=True)
    said = {"top": f"{spent:,f}", "bottom": f"{budget:,f}", "actual": f"{spent:,f}", "target": f"{budget:,f}"}
    if spent < 0:
        return Verdict("negative", None, values=said, refused=True)
    if spent >= budget:
        return Verdict("executed", Fraction(1), values=said)
    return Verdict("execution", Fraction(spent) / Fraction(budget), values=said)

"""How a project was scored: a Sheet of Lines, each with its points and the reasoning behind them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import NamedTuple

from perfdoc.checks.finding import Finding
from perfdoc.model import Project
from perfdoc.report import Path

_CENT = Decimal("0.01")


class Verdict(NamedTuple):
    """What a rule says of one indicator: shares of its points, from 0 to 1.

    `share` is the computed one, None where there is none. A person's score may lie from `low` to `high`;
    `below` excludes `high` itself. `rule` is the key of the reasoning in `words.yaml`, `values` fill it.
    """

    rule: str
    share: Fraction | None
    low: Fraction = Fraction(0)
    high: Fraction = Fraction(1)
    below: bool = False
    values: Mapping[str, str] = {}
    refused: bool = False
    over: bool = False


def full(values: Mapping[str, str]) -> Verdict:
    return Verdict("full", Fraction(1), values=values)


def refused(rule: str, values: Mapping[str, str] = {}) -> Verdict:
    return Verdict(rule, None, values=values, refused=True)


@dataclass(frozen=True, slots=True)
class Line:
    """One scored line: the execution of the budget, or an indicator.

    path      the indicator's, or the execution's, in the document
    name      what it is called: the third level, or 预算执行率
    weight    the points it can have, None where they are not given
    rule      which rule was applied, a key of `reasons` in words.yaml
    points    the computed points, two decimals; None where a person must decide, or nothing can be told
    low, high the points that a person may give; `below` excludes `high`
    given     the score that stands there, None where there is none that is a number
    counted   what goes into the total: the given score where it is in order, else the computed one
    reason    the way to the points
    refused   whether the rules can't tell
    """

    path: Path
    name: str
    target: str
    actual: str
    weight: Decimal | None
    rule: str
    points: Decimal | None
    low: Decimal | None
    high: Decimal | None
    below: bool
    given: Decimal | None
    counted: Decimal | None
    reason: str
    refused: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A project's scores. `total` is None until every line has points; then it is between `lowest` and `highest`.

    `weights` are all points there are to have. `grade` (优, 良, 中, 差) is told of a total of 100 points, or where
    the lowest and the highest total have the same one. `rate` is the execution's text, `98.55%`.
    """

    path: Path
    name: str
    execution: Line | None
    indicators: tuple[Line, ...]
    weights: Decimal
    total: Decimal | None
    lowest: Decimal
    highest: Decimal
    grade: str
    rate: str | None
    findings: tuple[Finding, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        return ((self.execution,) if self.execution else ()) + self.indicators


def score_of(project: Project, one: Line) -> str:
    """The text of the score that stands in a line of the project, `""` for none."""
    if one.path[-1] == "execution":
        return (project.execution.score.total or "").strip()
    return (project.indicators[int(one.path[-1])].score or "").strip()


def rounded(points: Fraction) -> Decimal:
    """Points to two decimals, half up."""
    cents = (points * 200 + 1) // 2
    return (Decimal(cents) / 100).quantize(_CENT, ROUND_HALF_UP)

"""One indicator's line: which rule holds for its target, and what a score that is there is worth by it."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from perfdoc.model import Indicator, decimal
from perfdoc.report import Path
from perfdoc.scoring import dates, quantities
from perfdoc.scoring.sheet import Line, Verdict, refused, rounded
from perfdoc.scoring.word_lists import bands, reason, words
from perfdoc.target import Kind, Target, parse, plain
from perfdoc.texts import say

_MISSING = ("no_actual", "no_target", "no_weight", "bad_weight")
"""Refusals of what is not there: no score can be right then, a given one neither."""
_EMPTY = (Kind.empty, Kind.placeholder)
_QUANTITIES = ("", "分")


def points_of(text: str | None) -> Decimal | None:
    """The points that a text gives: `10`, `10分`; None for what is no plain number of points."""
    number = decimal(text)
    if number is not None:
        return number
    target = parse(text or "")
    quantity = target.quantity
    if target.kind is Kind.quantity and quantity and quantity.whole_unit in _QUANTITIES and target.operator is None:
        return quantity.number if not (target.before or target.after) else None
    return None


def scored(path: Path, indicator: Indicator, year: int | None) -> Line:
    """The line of an indicator; `year` is the project's, for dates that name none."""
    weight = points_of(indicator.weight)
    verdict = _verdict(indicator, weight, year)
    return line(path, indicator.level3 or "", (indicator.target, indicator.actual, indicator.score), weight, verdict)


def line(
    path: Path, name: str, texts: tuple[str | None, str | None, str | None], weight: Decimal | None, verdict: Verdict
) -> Line:
    """A line from its verdict. `texts` are the target's, the actual's and the given score's."""
    target, actual, score = ((text or "").strip() for text in texts)
    whole = Fraction(weight or 0)
    share = verdict.share
    points = None if share is None or weight is None else rounded(share * whole)
    settled = share is not None and not verdict.over
    low, high = (share, share) if settled and share is not None else (verdict.low, verdict.high)
    bare = weight is None or verdict.rule in _MISSING
    least, most = (None, None) if bare else (rounded(low * whole), rounded(high * whole))
    values = _filled(verdict, weight, points, least, most)
    given = points_of(score)
    made = Line(
        path, name, target, actual, weight, verdict.rule, points, least, most, verdict.below, given, None,
        reason(verdict.rule, values), verdict.refused,
    )  # fmt: skip
    counted = given if given is not None and allowed(made) else points
    return replace(made, counted=counted)


def allowed(one: Line) -> bool:
    """Whether the rules allow the given score; a computed one may be given with one decimal (9.3 for 9.34)."""
    if one.given is None or one.low is None or one.high is None:
        return False
    if one.points is not None and one.low == one.high:
        shown = Decimal(1).scaleb(max(min(int(one.given.as_tuple().exponent), 0), -2))
        coarser = one.points.quantize(shown, ROUND_HALF_UP) if shown < 1 else one.points
        return one.given in (one.points, coarser) or rounded(Fraction(one.given)) == one.points
    return one.low <= one.given and (one.given < one.high if one.below else one.given <= one.high)


def _filled(
    verdict: Verdict, weight: Decimal | None, points: Decimal | None, low: Decimal | None, high: Decimal | None
) -> Mapping[str, str]:
    """What the reasoning says, its formula and points among it."""
    values: dict[str, str] = dict(verdict.values)
    if "top" in values and weight is not None:
        values["formula"] = f"{values['top']} / {values['bottom']} × {plain(weight)}"
    for name, number in (("points", points), ("low", low), ("high", high)):
        values[name] = "" if number is None else f"{number}"
    if verdict.below and high is not None:
        values["high"] = say("scoring.under", high=high)
    return values


def _verdict(indicator: Indicator, weight: Decimal | None, year: int | None) -> Verdict:
    target, actual = (parse(text or "", indicator.level3 or "") for text in (indicator.target, indicator.actual))
    said: dict[str, str] = {"target": target.text.strip(), "actual": actual.text.strip()}
    if weight is None or weight < 0:
        text = (indicator.weight or "").strip()
        return refused("bad_weight" if text else "no_weight", {"text": text})
    if target.kind in _EMPTY:
        return refused("no_target", said)
    if actual.kind in _EMPTY:
        return refused("no_actual", said)
    if target.kind is Kind.compound:
        return refused("compound", said)
    if target.kind in quantities.MEASURED:
        levels = f"{indicator.level1}\n{indicator.level2}\n{indicator.level3}"
        return quantities.judged(target, actual, any(word in levels for word in words("costs")))
    if target.kind in dates.TIMES:
        return dates.judged(target, actual, year)
    return _banded(target, actual, said)


def _banded(target: Target, actual: Target, said: dict[str, str]) -> Verdict:
    """A qualitative indicator's band; the actual value that repeats its target says that it was reached."""
    text = _bare(actual.text)
    found = next((band for band in bands() if text.startswith(band.words)), None)
    if found is None and text == _bare(target.text):
        found = bands()[-1]
    if found is None:
        return Verdict("any_band", None, values=said)
    below = found is not bands()[-1]
    return Verdict("band", None, found.low, found.high, below, {**said, "band": found.name})


def _bare(text: str) -> str:
    return "".join(char for char in text if char.isalnum())

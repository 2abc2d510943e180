"""Numbers that are promised and numbers that were reached: is the target met, and if not, in which proportion.

A target is an interval (≥90% is from 90 up, a range has two ends), and so is an actual value (95%以上 is from 95 up):
met is what lies within. A proportion needs one exact actual value.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from perfdoc.scoring.sheet import Verdict, full, refused
from perfdoc.scoring.word_lists import far, words
from perfdoc.target import AT_LEAST, AT_MOST, Direction, Kind, Operator, Quantity, Target, convert

MEASURED = (Kind.quantity, Kind.range, Kind.change)
_SHARES = ("%", "‰", "成")
_EXACT = (None, Operator.equal)
_PLACES = 4  # decimals of an amount that was converted
_APART = 1000  # an actual value without a unit that is this far from the target may well be in another unit


class Interval(NamedTuple):
    """From `low` to `high`, None for no end; `open` where the ends themselves are not in it."""

    low: Fraction | None
    high: Fraction | None
    open: bool = False

    def within(self, other: Interval) -> bool:
        if other.low is not None and not (self.low is not None and self._over(self.low, other.low, other.open)):
            return False
        return other.high is None or (self.high is not None and self._over(other.high, self.high, other.open))

    def _over(self, more: Fraction, less: Fraction, strict: bool) -> bool:
        return more > less or (more == less and (not strict or self.open))


def judged(target: Target, actual: Target, cost: bool) -> Verdict:
    said = {"target": target.text.strip(), "actual": actual.text.strip()}
    if target.operator is Operator.unequal:
        return refused("unequal", said)
    zero = target.quantity is not None and target.quantity.number == 0 and target.operator in (*AT_MOST, *_EXACT)
    if zero and _is_none(actual):  # ≤0件, 0起
        return full(said)
    if actual.kind not in MEASURED or any(word in actual.before for word in words("negations")):
        return refused("no_number", said)
    # a change goes the same way; a plain number goes the other's way, and is growth by itself
    same_way = actual.direction in (None, target.direction if target.kind is Kind.change else Direction.up)
    if Kind.change in (target.kind, actual.kind) and not same_way:
        return refused("opposite", said)
    reached = _reached(actual, target)
    if isinstance(reached, str):
        return refused(reached, said)
    wanted = _interval(target, target.operator, directed=True)
    exactly = target.quantity is not None and target.operator in _EXACT
    if exactly and cost:
        only = Interval(wanted.low, wanted.low)
        return full(said) if reached.within(only) else refused("cost", said)
    if exactly and wanted.low == 0:
        wanted = Interval(wanted.low, wanted.low)  # 0件: more than none is no achievement
    if reached.within(wanted):
        over = _far(reached, wanted)
        return Verdict("over" if over else "full", Fraction(1), over=over, values=said)
    if target.operator is Operator.about:
        return refused("about", said)
    if reached.low is None or reached.low != reached.high:
        return refused("inexact", said)
    return _short(reached.low, wanted, target, actual) or refused("negative", said)


def _is_none(actual: Target) -> bool:
    """Whether the actual value says in words that there was none."""
    text = "".join(actual.text.split())
    return text in words("none") or text.startswith(words("none_happened"))


def _interval(target: Target, operator: Operator | None, directed: bool) -> Interval:
    """A quantity's interval in its own unit; `directed` takes one without a sign for a least value."""
    low, high = target.low, target.high
    if low is not None and high is not None:
        first = convert(low, high.unit, high.per) or low
        ends = sorted((Fraction(first.number), Fraction(high.number)))
        return Interval(ends[0], ends[1])
    assert target.quantity is not None
    value = Fraction(target.quantity.number)
    if operator in AT_LEAST or (directed and operator in _EXACT):
        return Interval(value, None, operator is Operator.more)
    if operator in AT_MOST:
        return Interval(None, value, operator is Operator.less)
    return Interval(value, value)


def _reached(actual: Target, target: Target) -> Interval | str:
    """The actual value as an interval in the target's unit, or the rule that says why it can't be one."""
    if actual.operator in (Operator.about, Operator.unequal):
        return "inexact"
    unit = target.quantity or target.high
    assert unit is not None
    given = [one for one in (actual.quantity, actual.low, actual.high) if one is not None]
    converted = [_converted(one, unit) for one in given]
    failed = next((one for one in converted if isinstance(one, str)), None)
    if failed is not None:
        return failed
    numbers = sorted(Fraction(one.number) for one in converted if isinstance(one, Quantity))
    if len(numbers) > 1:
        return Interval(numbers[0], numbers[-1])
    plain = _interval(actual, actual.operator, directed=False)
    ends = [None if end is None else numbers[0] for end in plain[:2]]
    return Interval(ends[0], ends[1], plain.open)


def _converted(actual: Quantity, unit: Quantity) -> Quantity | str:
    """The actual amount in the target's unit; one without a unit stands in the target's, where that can be told."""
    if actual.whole_unit and not unit.whole_unit:
        base = actual.base
        plain = base.number == actual.number and actual.unit not in _SHARES
        return Quantity(actual.number) if plain else "units"
    if actual.whole_unit or not unit.whole_unit:
        return convert(_of_the_year(actual), unit.unit, _of_the_year(unit).per) or "units"
    if unit.unit in _SHARES and abs(actual.number) <= 1 and actual.number != 0 and abs(unit.number) > 1:
        return "which_unit"  # 0.95: a share, or less than one percent?
    scaled = unit.base.number != unit.number
    if scaled and unit.number and abs(actual.number / unit.number) >= _APART:
        return "which_unit"  # 1830000 against 183万页
    return Quantity(actual.number, unit.unit, unit.per)


def _of_the_year(amount: Quantity) -> Quantity:
    """An amount without 每年: what is evaluated is one year's, so 12次 is 12次/年."""
    return amount._replace(per="") if amount.per in words("yearly") else amount


def _far(reached: Interval, wanted: Interval) -> bool:
    """Whether a met target was passed by so much that it may have been set too low (or a limit too high)."""
    if wanted.low is not None and wanted.high is None:
        return reached.low is not None and wanted.low > 0 and reached.low > far() * wanted.low
    if wanted.high is not None and wanted.low is None:
        return reached.high is not None and 0 < far() * reached.high < wanted.high
    return False


def _short(reached: Fraction, wanted: Interval, target: Target, actual: Target) -> Verdict | None:
    """The proportion of one that is not met; None where there is none."""
    unit = target.quantity or target.high
    assert unit is not None
    ours, same = actual.quantity or actual.high, _in_unit(reached, unit)
    as_written = ours is None or ours.whole_unit in ("", unit.whole_unit) or same.number != round(same.number, _PLACES)
    text = _amount(actual) if as_written else str(same)
    if wanted.low is not None and reached <= wanted.low and wanted.low != wanted.high:
        if wanted.low <= 0 or reached < 0:
            return None
        bound = _amount(target) if target.quantity is not None else str(_in_unit(wanted.low, unit))
        return Verdict("share", reached / wanted.low, values={"top": text, "bottom": bound})
    if wanted.high is None or wanted.high < 0 or reached <= 0:
        return None
    if wanted.high == 0:
        return Verdict("zero", Fraction(0), values={"target": target.text.strip(), "actual": actual.text.strip()})
    bound = _amount(target) if target.quantity is not None else str(_in_unit(wanted.high, unit))
    return Verdict("inverse", wanted.high / reached, values={"top": bound, "bottom": text})


def _amount(value: Target) -> str:
    """A single amount as it is written, number and unit: `1,867件`."""
    return (value.written(value.spans.number) + value.written(value.spans.unit)) or value.text.strip()


def _in_unit(number: Fraction, unit: Quantity) -> Quantity:
    return Quantity(Decimal(number.numerator) / Decimal(number.denominator), unit.unit, unit.per)

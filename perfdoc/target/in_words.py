"""What a 指标值 means, in words: how perfdoc understands it, for who writes it."""

from perfdoc.target.quantity import Quantity
from perfdoc.target.units import MAGNITUDES, UNITS, magnitude
from perfdoc.target.value import Date, Kind, Operator, Target
from perfdoc.texts import language, say

_GRADE_BOUNDS = (Operator.at_least, Operator.at_most)


def in_words(target: Target, year: int | None = None) -> str:
    """`≥83万页` as `at least 830,000 页`; dates without a year are of the form's `year`. Nothing for an empty value."""
    if target.kind is Kind.compound:
        parts = (part.text.strip() if part.kind is Kind.qualitative else in_words(part, year) for part in target.parts)
        return say("meaning.and").join(parts)
    if target.kind in (Kind.empty, Kind.placeholder):
        return "" if target.kind is Kind.empty else say("meaning.placeholder")
    said = _said(target, year)
    return said if said else say("meaning.qualitative")


def _said(target: Target, year: int | None) -> str:
    match target.kind:
        case Kind.quantity:
            return _bounded(target) + _every(target)
        case Kind.range:
            return _between(target) + _every(target)
        case Kind.period if target.start == target.end:
            return _date(target.start, year, target.every) + _every(target)
        case Kind.period:
            return say("meaning.range", low=_date(target.start, year), high=_date(target.end, year)) + _every(target)
        case Kind.deadline if target.end == Date():
            return say("meaning.last_day", unit=target.every)
        case Kind.deadline:
            return say("meaning.deadline", date=_date(target.end, year, target.every)) + _every(target)
        case Kind.change if target.direction and (target.quantity or target.low):
            by = _bounded(target) if target.quantity else _between(target)
            return say(f"meaning.change.{target.direction}", by=by)
        case Kind.grade:
            bound = target.operator if target.operator in _GRADE_BOUNDS else Operator.equal
            return say(f"meaning.grade.{bound.name}", grade=target.grade)
    return ""


def _bounded(target: Target) -> str:
    assert target.quantity is not None
    return say(
        f"meaning.operator.{target.operator.name if target.operator else 'equal'}", amount=_amount(target.quantity)
    )


def _between(target: Target) -> str:
    low, high = target.low, target.high
    assert low is not None
    assert high is not None
    return say("meaning.range", low=_amount(low if low.unit else low._replace(unit=high.unit)), high=_amount(high))


def _amount(quantity: Quantity) -> str:
    """A number with 万 and 亿 counted out and its thousands parted; hours and 亩 stay what they are."""
    end = 0 if quantity.unit in UNITS else magnitude(quantity.unit, 0)
    number = quantity.number * MAGNITUDES.get(quantity.unit[:end], 1)
    unit = quantity._replace(unit=quantity.unit[end:]).whole_unit
    return f"{number.normalize():,f}{' ' if unit and unit not in ('%', '‰') else ''}{unit}"


def _date(date: Date | None, year: int | None, every: str = "") -> str:
    """A date as far as it is given; of one that recurs, or whose month is not given, no year is added."""
    assert date is not None
    known = date if every or (date.day and not date.month) else date.within(year)
    parts = [
        say(f"meaning.date.{name}", n=number) for name in ("year", "month", "day") if (number := getattr(known, name))
    ]
    return ("" if language() == "zh" else "-").join(parts)


def _every(target: Target) -> str:
    return say("meaning.every", unit=target.every) if target.every else ""

"""An amount or a range that takes a clause to its end, and what the words in front of it make of it."""

import re
from dataclasses import replace

from perfdoc.target.amount import Amount, per_unit, read_amount
from perfdoc.target.fold import spelled
from perfdoc.target.operators import Bound, suffix_at
from perfdoc.target.quantity import Quantity, compare
from perfdoc.target.units import DATE_LIKE, known_unit, magnitude
from perfdoc.target.value import Kind, Operator, Span, Spans, Target

_TO = re.compile("[-—]{1,2}|~|至|到")
_WORDS = '(?![且并或及和底末·])[㐀-鿿A-Za-z《》“”"·]{1,8}'
_AFTER = re.compile(rf"(?:{_WORDS})?(?:\([^()]{{0,40}}\))?")
_BRACKET = re.compile(r"(?:\([^()]{0,40}\))?")
_TOLERANCE = re.compile("±|正负")
_INCLUDED = re.compile(r"\(含\)")
_BARE_NUMERAL = re.compile("零|[二三四五六七八九]十|.*[百千万].*")
_YEAR_LIKE = re.compile("(?:19|20|21)[0-9]{2}[-—~至到]")


def read_value(text: str, at: int, firm: bool) -> tuple[Target, Amount] | None:
    """An amount or a range that takes the clause to its end, and the last amount of it; `firm` where an operator
    stands in front."""
    sign = _TOLERANCE.match(text, at)
    tolerance = sign.end() - at if sign else 0
    first = read_amount(text, at + tolerance)
    if first is None:
        return None
    around = None if tolerance else _TOLERANCE.match(text, first.end)
    if around:
        return _read_around(text, at, first, around.end())
    second = None if tolerance else _second(text, at, first)
    last = second or first
    bound = suffix_at(text, last.end)
    if last.more and not bound:
        bound = Bound(Operator.more, *last.more)
    stop = max(last.end, bound.end) if bound else last.end
    stop, late_per = _per_behind(text, stop) if bound and not last.per else (stop, None)
    if last.chinese and not firm and last.quantity.unit not in ("%", "‰"):
        after = _BRACKET.match(text, stop)
        alone = _BARE_NUMERAL.fullmatch(text, at) is not None and last.end == len(text)
        if (not last.quantity.unit and not alone) or (last.quantity.unit in DATE_LIKE and not bound):
            return None
    else:
        settled = last.known and bool(last.quantity.unit or bound)
        after = (_AFTER if settled else _BRACKET).match(text, stop)
    if after is None or after.end() != len(text):
        return None
    number = _across(first, last)
    if tolerance:
        number = (at, number[1]) if number and number[0] == at + tolerance else None
    made = Target(
        text,
        Kind.quantity if last is first and not tolerance else Kind.range,
        operator=bound.operator if bound else None,
        after=spelled(after.group()),
        spans=Spans(None, number, last.unit, late_per[1] if late_per else last.per, bound and (bound.start, bound.end)),
    )
    one, other = (rated(amount.quantity, late_per) for amount in (first, last))
    if made.kind is Kind.quantity:
        return replace(made, quantity=one), last
    low, high = (one._replace(number=-one.number), one) if tolerance else _ends(one, other)
    return replace(made, low=low, high=high), last


def _read_around(text: str, at: int, middle: Amount, start: int) -> tuple[Target, Amount] | None:
    """100±5个: from 95个 to 105个."""
    part = read_amount(text, start)
    if part is None or part.end != len(text) or (middle.quantity.unit and middle.quantity.unit != part.quantity.unit):
        return None
    most = part.quantity.number
    low, high = (part.quantity._replace(number=middle.quantity.number + more) for more in (-most, most))
    spans = Spans(None, _across(middle, part), part.unit, part.per)
    return Target(text, Kind.range, low=low, high=high, spans=spans), part


def _per_behind(text: str, at: int) -> tuple[int, tuple[str, Span] | None]:
    """A per-unit after the operator behind: 20次以上/年."""
    end = per_unit(text, at + 1) if text.startswith("/", at) else at
    return (end, (spelled(text[at + 1 : end]), (at + 1, end))) if end > at + 1 else (at, None)


def rated(quantity: Quantity, per: tuple[str, Span] | None) -> Quantity:
    """A quantity by a per-unit that stands elsewhere, beside its own."""
    return quantity._replace(per="·".join(filter(None, (quantity.per, per[0])))) if per else quantity


def _across(first: Amount, last: Amount) -> Span | None:
    """The span of the number, or of both of a range; None where a unit stands between or none is alone."""
    if first.number is None or last.number is None:
        return None
    if first is not last and any(end.unit and end.number and end.unit < end.number for end in (first, last)):
        return None  # 百分之八十至百分之九十
    return first.number[0], last.number[1]


def _second(text: str, at: int, first: Amount) -> Amount | None:
    """The second amount of a range whose first is `first`."""
    included = _INCLUDED.match(text, first.end)
    joint = _TO.match(text, included.end() if included else first.end)
    if joint is None:
        return None
    start = joint.end()
    if joint.group() == "--" and first.quantity.number < 0:
        start -= 1  # -5--3℃: from -5 to -3
    second = read_amount(text, start)
    if second and _YEAR_LIKE.match(text, at) and second.quantity.unit in ("年", "年度", "月", "日"):
        return None
    return second


def _ends(low: Quantity, high: Quantity) -> tuple[Quantity, Quantity]:
    """Both ends of a range with the unit that one of them leaves out: 5-10万元, 5万-10万元, 8000-1万元, 80%-90."""
    per = low.per or high.per
    if not high.unit:
        return low._replace(per=per), high._replace(unit=low.unit, per=high.per or per)
    plain = high.unit if known_unit(high.unit, 0) == len(high.unit) else high.unit[magnitude(high.unit, 0) :]
    if low.unit:
        bare = magnitude(low.unit, 0) == len(low.unit)
        return Quantity(low.number, low.unit + plain if bare else low.unit, per), high
    whole = Quantity(low.number, high.unit, per)
    small = Quantity(low.number, plain, per)
    smaller_fits = compare(whole, high) == 1 and compare(small, high) == -1
    return (small if smaller_fits else whole), high


def whole(value: Target, bound: Bound | None, before: str, per: tuple[str, Span] | None) -> Target:
    """A value with what stands in front of it: operator, words, a per-unit."""
    quantity, low, high = (each and rated(each, per) for each in (value.quantity, value.low, value.high))
    return replace(
        value,
        operator=bound.operator if bound else value.operator,
        quantity=quantity,
        low=low,
        high=high,
        before=spelled(before.rstrip(":")),
        spans=value.spans._replace(
            operator=(bound.start, bound.end) if bound else None, per=per[1] if per else value.spans.per
        ),
    )

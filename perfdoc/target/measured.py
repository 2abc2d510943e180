"""Values that hold a number: quantities (≥83万页), ranges (80-90%) and changes (提升5%以上)."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from perfdoc.target.amount import Amount, per_unit, read_amount
from perfdoc.target.fold import spelled
from perfdoc.target.number import read_number
from perfdoc.target.operators import SIGNS, Bound, beginnings, prefix_at, suffix_at
from perfdoc.target.quantity import Quantity, compare
from perfdoc.target.units import DATE_LIKE, known_unit, magnitude
from perfdoc.target.value import AT_LEAST, AT_MOST, Direction, Kind, Operator, Span, Spans, Target

_TO = re.compile("[-—]{1,2}|~|至|到")
_WORDS = '(?![且并或及和底末·])[㐀-鿿A-Za-z《》“”"·]{1,8}'
_AFTER = re.compile(rf"(?:{_WORDS})?(?:\([^()]{{0,40}}\))?")
_BRACKET = re.compile(r"(?:\([^()]{0,40}\))?")
_START = re.compile(r"[0-9每±]|(?:正?负|零下)(?=[0-9])|[百千]分[之百]|(?<=:)[-+.][0-9]")
_BEFORE = re.compile(rf"[^0-9,;。(){SIGNS}+*/×±—-]{{0,16}}")
_BEFORE_LEVEL = re.compile(".*(?:[率度达到至为共计量额数本用均后起在现成年间]|比例|目标|指标|占比|[:~])$")
"""Words after which a number stands without an operator: 满意度90%, 达到95%, 提升至95%, 签订后30日内."""
_COUNTED = re.compile("[零〇一二两三四五六七八九十百千万亿半几]{1,8}(?P<unit>.{1,3})")
_TOLERANCE = re.compile("±|正负")
_INCLUDED = re.compile(r"\(含\)")
_PERIODIC = re.compile(
    "(?P<mean>[年月周日季])均|(?P<bare>季度|月度)(?=[0-9一二两三四五六])|一(?P<one>年|月|季度|周|天|日)(?=[0-9一二两三四五六])"
)
_PER_NAMES = {"月度": "月"}
_BARE_NUMERAL = re.compile("零|[二三四五六七八九]十|.*[百千万].*")
_NO_MISHAP = re.compile(
    "零(?:重大|安全|责任|有效)*(?:事故|投诉|差错|失误|上访|违规|违纪|违法|伤亡|死亡|故障|感染|发生|发案|舆情|污染|泄漏|延误|返工)"
)
_VARIABLE = re.compile("[^0-9,;。<>=≥≤≈≠]{1,8}")
_YEAR_LIKE = re.compile("(?:19|20|21)[0-9]{2}[-—~至到]")

_UP = "提升|提高|增长|增加|上升|增幅|涨幅"
_DOWN = "下降|降低|减少|缩短|压减|压降|压缩|降幅"
_VERB = re.compile(
    rf"(?P<up>{_UP}|(?:^|(?<=[比年]))[增升](?=[0-9{SIGNS}]))|(?P<down>{_DOWN}|(?:^|(?<=[比年]))[降减](?=[0-9{SIGNS}]))"
)
_VERB_TAIL = re.compile("(?:幅度)?[了为]?:?")
_SINCE = re.compile("[^0-9,;。()]{0,16}|[^0-9,;。()]{0,8}[较比同](?:19|20)[0-9]{2}年[^0-9,;。()]{0,8}")
_DOUBLED = re.compile("([^0-9,;。()]{0,12})翻一?番")


def read_measured(text: str) -> Target | None:
    """The quantity, range or change that a clause is, or None. `text` and spans of the result are the clause's."""
    return _read_change(text) or _read_quantity(text) or _read_between(text) or _read_no_mishap(text)


def _read_no_mishap(text: str) -> Target | None:
    """零事故: none of it."""
    if not _NO_MISHAP.fullmatch(text):
        return None
    return Target(text, Kind.quantity, quantity=Quantity(Decimal(0)), after=text[1:], spans=Spans(number=(0, 1)))


def _read_between(text: str) -> Target | None:
    """Two bounds around one value: ≥10%≤20%, 80%以上90%以下, 90%≤X≤100%."""
    before = ""
    first_bound = prefix_at(text, 0)
    low = read_amount(text, first_bound.end if first_bound else 0)
    if low is None:
        return None
    second_bound = prefix_at(text, low.end) or suffix_at(text, low.end)
    if second_bound is None:
        return None
    at = second_bound.end
    if first_bound is None and second_bound.operator in AT_MOST:
        word = _VARIABLE.match(text, at)
        third = prefix_at(text, word.end()) if word else None
        if word is None or third is None or third.operator not in AT_MOST:
            return None
        first_bound, second_bound, at, before = Bound(Operator.at_least, 0, 0), third, third.end, word.group()
    high = read_amount(text, at)
    if high is None:
        return None
    if first_bound is None:
        first_bound, second_bound = second_bound, suffix_at(text, high.end)
        stop = second_bound.end if second_bound else -1
    else:
        stop = high.end
    if stop != len(text) or first_bound.operator not in AT_LEAST or compare(low.quantity, high.quantity) != -1:
        return None
    if second_bound is None or second_bound.operator not in AT_MOST:
        return None
    return Target(text, Kind.range, low=low.quantity, high=high.quantity, before=before)


def _read_quantity(text: str) -> Target | None:
    for at in beginnings(text, _START, 6):
        before = text[:at]
        if not _BEFORE.fullmatch(before):
            return None
        bound = prefix_at(text, at)
        start, per = _per_in_front(text, bound.end if bound else at)
        if per and not bound:
            bound = prefix_at(text, start)
            start = bound.end if bound else start
        value, last = _read_value(text, start, firm=bound is not None) or (None, None)
        if value and last and (bound or not before or _follows(before, value, last)):
            return _whole(value, bound, before, per)
    return None


def _follows(before: str, value: Target, last: Amount) -> bool:
    """Whether words in front leave the number a value: 合格率90%, 培训100人, but not 更新2辆办案用车."""
    if before.endswith(("第", "前")):  # 第3名, 前10%: ranks
        return False
    counted = _COUNTED.search(before)
    if counted and counted.end() == len(before) and known_unit(counted["unit"], 0) == len(counted["unit"]):
        return False  # 五个9
    return bool(_BEFORE_LEVEL.match(before)) or (len(before) <= 4 and last.known and not value.after)


def _per_in_front(text: str, at: int) -> tuple[int, tuple[str, Span] | None]:
    """每页, 每人每月 in front of a number: the per-unit and its span."""
    names: list[str] = []
    stop = at
    periodic = _PERIODIC.match(text, at)
    if periodic:
        name = periodic["mean"] or periodic["bare"] or periodic["one"]
        return periodic.end(), (_PER_NAMES.get(name, name), periodic.span())
    while text.startswith("每", stop):
        end = per_unit(text, stop + 1, unknown=False)
        if end == stop + 1:
            times = read_number(text, end)  # 每两周
            end = known_unit(text, times.end) if times else end
            if times is None or end == times.end:
                break
        names.append(spelled(text[stop + 1 : end]))
        stop = end
    return (stop, ("·".join(names), (at, stop))) if names else (at, None)


def _read_value(text: str, at: int, firm: bool) -> tuple[Target, Amount] | None:
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
    one, other = (_rated(amount.quantity, late_per) for amount in (first, last))
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


def _rated(quantity: Quantity, per: tuple[str, Span] | None) -> Quantity:
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


def _read_change(text: str) -> Target | None:
    doubled = _DOUBLED.fullmatch(text)
    if doubled:
        once = Quantity(Decimal(1), "倍")
        return Target(text, Kind.change, quantity=once, direction=Direction.up, before=doubled[1])
    for verb in _VERB.finditer(text):
        before = text[: verb.start()]
        if not _SINCE.fullmatch(before):
            continue
        tail = _VERB_TAIL.match(text, verb.end())
        start = tail.end() if tail else verb.end()
        bound = prefix_at(text, start)
        value = _read_value(text, bound.end if bound else start, firm=True)
        if value:
            direction = Direction.up if verb["up"] else Direction.down
            return replace(_whole(value[0], bound, before, None), kind=Kind.change, direction=direction)
    return None


def _whole(value: Target, bound: Bound | None, before: str, per: tuple[str, Span] | None) -> Target:
    """A value with what stands in front of it: operator, words, a per-unit."""
    quantity, low, high = (each and _rated(each, per) for each in (value.quantity, value.low, value.high))
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

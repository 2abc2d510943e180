"""Values that hold a number: quantities (≥83万页), ranges (80-90%) and changes (提升5%以上)."""

import re
from dataclasses import replace
from decimal import Decimal

from perfdoc.target.amount import Amount, per_unit, read_amount
from perfdoc.target.extent import read_value, whole
from perfdoc.target.fold import spelled
from perfdoc.target.number import read_number
from perfdoc.target.operators import SIGNS, Bound, beginnings, prefix_at, suffix_at
from perfdoc.target.proportion import read_proportion
from perfdoc.target.quantity import Quantity, compare, dimension
from perfdoc.target.units import MAGNITUDES, known_unit
from perfdoc.target.value import AT_LEAST, AT_MOST, Direction, Kind, Operator, Span, Spans, Target

_START = re.compile(r"[0-9每±]|(?:正?负|零下)(?=[0-9])|[百千]分[之百]|(?<=:)[-+.][0-9]")
_BEFORE = re.compile(rf"[^0-9,;。(){SIGNS}+*/×±—-]{{0,16}}")
_BEFORE_LEVEL = re.compile(".*(?:[率度达到至为共计量额数本用均后起在现成年间]|比例|目标|指标|占比|[:~])$")
"""Words after which a number stands without an operator: 满意度90%, 达到95%, 提升至95%, 签订后30日内."""
_COUNTED = re.compile("[零〇一二两三四五六七八九十百千万亿半几]{1,8}(?P<unit>.{1,3})")
_PERIODIC = re.compile(
    "(?P<mean>[年月周日季人户亩生])均|(?P<bare>季度|月度)(?=[0-9一二两三四五六])|一(?P<one>年|月|季度|周|天|日)(?=[0-9一二两三四五六])(?![0-9.]+%)"
)
_PER_NAMES = {"月度": "月"}
_NO_MISHAP = re.compile(
    "零(?:重大|安全|责任|有效)*(?:事故|投诉|差错|失误|上访|违规|违纪|违法|伤亡|死亡|故障|感染|发生|发案|舆情|污染|泄漏|延误|返工)"
)
_VARIABLE = re.compile("[^0-9,;。<>=≥≤≈≠]{1,8}")
_NAME_BEFORE = re.compile("(?:(?<![pP])[hH]|[A-GI-Za-gi-z'$ΦφØ]|No[.])$")
"""What makes the number behind it a part of a name: A4, but not pH7."""
_COMPARED = re.compile("(?:上一?年度?|去年|往年|上年?同期|去年同期)(?:水平|同期)?|同比|环比")
_YUAN = ("¥", "￥")
_YEAR_NAMED = re.compile("(?:19|20)[0-9]{2}[级届版款号]")

_UP = "↑|提升|提高|增长|增加|上升|增幅|涨幅"
_DOWN = "↓|下降|降低|减少|缩短|压减|压降|压缩|降幅"
_VERB = re.compile(
    rf"(?P<up>{_UP}|(?:^|(?<=[比年]))[增升](?=[0-9{SIGNS}]))|(?P<down>{_DOWN}|(?:^|(?<=[比年]))[降减](?=[0-9{SIGNS}]))"
)
_VERB_TAIL = re.compile("(?:幅度)?[了为]?:?")
_SINCE = re.compile("[^0-9,;。()]{0,16}|[^0-9,;。()]{0,8}[较比同](?:19|20)[0-9]{2}年[^0-9,;。()]{0,8}")
_DOUBLED = re.compile("([^0-9,;。()]{0,12})翻一?番")


def read_measured(text: str) -> Target | None:
    """The quantity, range or change that a clause is, or None. `text` and spans of the result are the clause's."""
    return (
        read_proportion(text)
        or _read_change(text)
        or _read_quantity(text)
        or _read_between(text)
        or _read_no_mishap(text)
    )


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
        value, last = read_value(text, start, firm=bound is not None) or (None, None)
        if value and last and not _stands_apart(text, start, value) and (bound or _follows(before, value, last)):
            return _with_words(value, bound, before, per)
    return None


def _with_words(value: Target, bound: Bound | None, before: str, per: tuple[str, Span] | None) -> Target:
    """A value with the words in front of it: an operator that stands apart, last year's value, a sign of money."""
    leading = prefix_at(before, 0) if before and not bound else None  # 至少全年完成2次
    words = before[leading.end :] if leading else before
    if _COMPARED.fullmatch(words):  # 高于上年5%, 同比≥5%
        direction = Direction.down if leading and leading.operator in AT_MOST else Direction.up
        return replace(whole(value, bound, before, per), kind=Kind.change, direction=direction)
    quantity = value.quantity
    if before in _YUAN and quantity and (not quantity.unit or quantity.unit in MAGNITUDES):
        value = replace(value, quantity=quantity._replace(unit=f"{quantity.unit}元"))
    if quantity and not per and not leading and dimension(quantity) == ("元", ()):
        _, per = _per_in_front(words, 0)  # 每亩补贴100元, 人均成本≤500元
    made = whole(value, bound, words, per)
    return replace(made, operator=leading.operator) if leading and not made.operator else made


def _stands_apart(text: str, at: int, value: Target) -> bool:
    """Whether the number is no amount but names something: 2023级, 9月开学前, 9点前."""
    return bool(_YEAR_NAMED.match(text, at)) or value.after.endswith(("前", "后"))


def _follows(before: str, value: Target, last: Amount) -> bool:
    """Whether words in front leave the number a value: 合格率90%, 培训100人, but not 更新2辆办案用车."""
    if not before:
        return True
    if before.endswith(("第", "前")) or _NAME_BEFORE.search(before):  # 第3名, 前10%: ranks
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
        counted = spelled(text[stop + 1 : end])
        names.append(counted.removeprefix("个") or counted)
        stop = end
    return (stop, ("·".join(names), (at, stop))) if names else (at, None)


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
        value = read_value(text, bound.end if bound else start, firm=True)
        if value:
            direction = Direction.up if verb["up"] else Direction.down
            return replace(whole(value[0], bound, before, None), kind=Kind.change, direction=direction)
    return None

"""One number with its unit and per-unit, read at a position of a clause."""

import re
from decimal import Decimal
from typing import NamedTuple

from perfdoc.target.fold import spelled
from perfdoc.target.number import read_number
from perfdoc.target.operators import SUFFIX_PATTERN
from perfdoc.target.quantity import Quantity, compare, convert
from perfdoc.target.units import (
    ALTERNATIVE_FIRST,
    ALTERNATIVE_SECOND,
    known_unit,
    magnitude,
)
from perfdoc.target.value import Span

_BOUNDARY = rf"(?=$|{SUFFIX_PATTERN}|[/每()~—-]|至|到)"
_UNKNOWN_UNIT = re.compile(
    rf"(?![以之内左且并或和及至到第的个每前后起止])[㐀-鿿]{{1,4}}?{_BOUNDARY}|[A-Za-zμΩ°]{{1,6}}{_BOUNDARY}"
)
_BRACKET = re.compile(r"\(([^()]{1,4})\)")
_AND_MORE = re.compile(r"[余多](?![少种次样])|\+(?![0-9A-Za-z])")
_YEAR = re.compile("(?:19|20|21)[0-9]{2}年")
_COUNTED_HALF = re.compile("个半(?=小时|月|学期|学年|工作日)")
_HALF = frozenset(("年", "天", "小时", "个小时", "个月"))
_SHARE = re.compile("(?P<all>百分之?百)|[百千万]分之")
_SHARES = {"百分之": "%", "千分之": "‰", "万分之": "‱"}
_ALIASES = {"%o": "‰", "百分比": "%"}
"""Units as they are typed where the sign is not on the keyboard."""
_SQUARE = frozenset(("平方", "立方"))
"""Short for 平方米 and 立方米, unless the name of a length follows."""
_ENDS = re.compile(_BOUNDARY)
_COUNTED_BY = re.compile(r"\(([^()]{1,12})\)")


class Unit(NamedTuple):
    """A unit read: its name, the per-unit's, where the unit, the per-unit and all of it end."""

    name: str
    per: str
    end: int
    per_span: Span | None
    known: bool
    more: Span | None = None


class Amount(NamedTuple):
    """A quantity read, with the spans of its pieces in the clause. `number` is None where no digits stand for
    it alone (3年半, 百分百).


    `more` is the span of 余 or 多 (100余人). `known` is False where the unit is in no table.
    """

    quantity: Quantity
    end: int
    number: Span | None
    unit: Span | None
    per: Span | None
    more: Span | None
    known: bool
    chinese: bool


def read_amount(text: str, at: int) -> Amount | None:
    """The amount that begins at `at`, or None. Years (2023年) are not amounts."""
    share = _SHARE.match(text, at)
    if share:
        return _read_share(text, share)
    number = read_number(text, at)
    if number is None or _YEAR.match(text, at):
        return None
    counted_half = _COUNTED_HALF.match(text, number.end)  # 1个半月
    if counted_half:
        number = number._replace(value=number.value + Decimal("0.5"), end=counted_half.end())
    more = _more_at(text, number.end)
    start = more[1] if more else number.end
    unit = read_unit(text, start, number.chinese)
    value, end = number.value, unit.end
    smaller = _smaller_part(text, unit) if value >= 0 else None
    if smaller:
        whole = convert(Quantity(value, unit.name), smaller.quantity.unit)
        if whole is not None:
            sum_of = smaller.quantity._replace(number=whole.number + smaller.quantity.number)
            return smaller._replace(quantity=sum_of, number=None, unit=None)
    and_half = unit.name in _HALF and text.startswith("半", end)
    if and_half:
        value, end = value + Decimal("0.5"), end + 1
    return Amount(
        Quantity(value, unit.name, unit.per),
        end,
        None if and_half else (at, number.end),
        (start, unit.end) if unit.end > start else None,
        unit.per_span,
        more or unit.more,
        unit.known,
        number.chinese,
    )


def _smaller_part(text: str, unit: Unit) -> Amount | None:
    """1小时30分钟: the amount right behind a unit that is in a smaller unit of the same measure."""
    if not unit.known or not unit.name or unit.per or not text[unit.end : unit.end + 1].isdigit():
        return None
    part = read_amount(text, unit.end)
    if part is None or part.quantity.per or not part.quantity.unit:
        return None
    one, other = Quantity(Decimal(1), unit.name), part.quantity._replace(number=Decimal(1))
    return part if compare(one, other) == 1 and compare(one, part.quantity) == 1 else None


def _read_share(text: str, share: re.Match[str]) -> Amount | None:
    """百分之九十, 千分之3, 百分百."""
    start = share.end()
    unit = _SHARES.get(share.group(), "%")
    if share["all"]:
        return Amount(Quantity(Decimal(100), unit), start, None, share.span(), None, None, True, True)
    number = read_number(text, start)
    if number is None:
        return None
    quantity = Quantity(number.value, unit)
    return Amount(quantity, number.end, (start, number.end), share.span(), None, None, True, number.chinese)


def _more_at(text: str, at: int) -> Span | None:
    found = _AND_MORE.match(text, at)
    return (at, found.end()) if found else None


def read_unit(text: str, at: int, chinese: bool = False) -> Unit:
    """The unit with its magnitude and per-unit that begins at `at`; an empty one where there is none.

    After a Chinese numeral only units of the table count: 一般, 三公 are words.
    """
    end = known_unit(text, at)
    more = None
    if text[at:end] in _SQUARE and not _ENDS.match(text, end):
        end = at
    name = text[at:end]
    if end == at:
        start = magnitude(text, at)
        size = text[at:start]
        if size:
            more = _more_at(text, start)
        start = more[1] if more else start
        end = known_unit(text, start)
        if end == start and not chinese:
            found = _UNKNOWN_UNIT.match(text, start)
            if found:
                return _with_per(text, size + found.group(), found.end(), False, more)
        name = size + text[start:end]
        if not name:
            bare = _with_per(text, "", at, not chinese, None)
            return bare if known_unit(bare.per, 0) else Unit("", "", at, None, not chinese)
    name, end = _with_other_word(text, name, end)
    known = True
    while text.startswith("·", end):  # 人·天
        factor = known_unit(text, end + 1)
        if factor == end + 1:
            other = _UNKNOWN_UNIT.match(text, factor)
            if other is None:
                break
            known, factor = False, other.end()
        name, end = name + text[end:factor], factor
    return _with_per(text, _ALIASES.get(name, name), end, known, more)


def _with_other_word(text: str, name: str, end: int) -> tuple[str, int]:
    """Takes in another word for the same thing: 件（套）, 台/套."""
    stop = _bracket_end(text, end)
    if stop > end:
        return name + spelled(text[end:stop]), stop
    if name[magnitude(name, 0) :] in ALTERNATIVE_FIRST and text.startswith("/", end):
        stop = known_unit(text, end + 1)
        if text[end + 1 : stop] in ALTERNATIVE_SECOND:
            return f"{name}{text[end:stop]}", stop
    return name, end


def _with_per(text: str, name: str, end: int, known: bool, more: Span | None) -> Unit:
    """Takes in the per-unit: /人, 每人, /人·月, /人/月."""
    names: list[str] = []
    first, stop = 0, end
    while stop < len(text) and text[stop] in ("/每" if not names else "/每·.*、"):
        start = stop + 1
        if text.startswith("每", start):
            start += 1
        inside = _COUNTED_BY.match(text, start)
        if inside and not names and all(known_unit(one, 0) == len(one) for one in inside[1].split("·")):
            return Unit(name, inside[1], inside.end(), inside.span(1), known, more)
        per = per_unit(text, start)
        if per == start:
            break
        first = first or start
        counted = spelled(text[start:per])
        names.append(counted.removeprefix("个") or counted)
        stop = per
    span = (first, stop) if names else None
    return Unit(name, "·".join(names), stop, span, known, more)


def per_unit(text: str, at: int, unknown: bool = True) -> int:
    """Where the unit that a rate is counted by ends; `at` where there is none."""
    end = known_unit(text, at)
    if text.startswith("个", at) and end == at + 1:
        end = max(end, known_unit(text, end))  # 元/个村
    if end == at:
        start = magnitude(text, at)
        end = known_unit(text, start) if start > at else at
        if end in (start, at):
            found = _UNKNOWN_UNIT.match(text, at) if unknown else None
            return found.end() if found else at
    return _bracket_end(text, end)


def _bracket_end(text: str, at: int) -> int:
    """Where a bracket that holds nothing but a unit ends; `at` where there is none."""
    bracket = _BRACKET.match(text, at)
    return bracket.end() if bracket and known_unit(bracket[1], 0) == len(bracket[1]) else at

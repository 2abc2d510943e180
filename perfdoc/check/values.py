"""PD301–PD319: what a 指标值 says: operator, unit, direction, size, number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfdoc.check.data import any_of, last_word, units_of_names, words
from perfdoc.check.finding import Edit, Hit, Rule
from perfdoc.check.measure import base_number, dimension, percent
from perfdoc.check.subject import Row, Subject
from perfdoc.target import Kind, Operator, Quantity, Target, convert

_AT_MOST = frozenset((Operator.at_most, Operator.less))
_AT_LEAST = frozenset((Operator.at_least, Operator.more))
_TIMES = frozenset(("秒", "个月", "工作日"))
_BRACKETS = re.compile(r"[（(][^）)]*[）)]")
_HUNDRED = Decimal(100)


def _rows(subject: Subject) -> Iterator[Row]:
    return (row for case in subject.cases for row in case.rows)


def _parts(row: Row) -> Iterator[tuple[Target, int]]:
    """The value, or the parts of a compound, with the offset of each."""
    target = row.target
    if target.kind is Kind.compound:
        yield from ((part, span[0]) for part, span in zip(target.parts, target.spans.parts, strict=True))
    else:
        yield target, 0


def _span(target: Target, offset: int, *names: str) -> tuple[int, int] | None:
    spans = [span for name in names if (span := getattr(target.spans, name))]
    return (offset + spans[0][0], offset + spans[-1][1]) if spans else None


def no_operator(subject: Subject) -> Iterator[Hit]:
    """PD301"""
    for row in _rows(subject):
        target = row.target
        quantity = target.quantity
        if target.kind is not Kind.quantity or target.operator or quantity is None or target.before:
            continue
        if quantity.number == _HUNDRED and quantity.unit == "%":
            continue  # the most there can be: nothing is left open
        sign = "≤" if _upper_bound(row) else "≥"
        path = row.at("target")
        start = len(row.text) - len(row.text.lstrip())
        span = (start, len(row.text.rstrip()))
        values = {"name": row.name, "value": row.text.strip(), "sign": sign}
        yield Hit(path, span, values, (Edit(path, start, start, sign),))


def _upper_bound(row: Row) -> bool:
    """Whether an indicator of this name and kind is bounded from above."""
    more = any_of("more_is_better").search(row.name)
    less = any_of("less_is_better").search(row.name)
    if row.is_cost:
        return not more
    return bool(less) or (bool(any_of("time_is_short").search(row.name)) and not more)


def no_unit(subject: Subject) -> Iterator[Hit]:
    """PD302"""
    for row in _rows(subject):
        for target, offset in _parts(row):
            number = target.quantity or target.high
            if number is None or number.unit or number.per or target.kind not in (Kind.quantity, Kind.range):
                continue
            if target.after or (_is_share(row) and abs(number.number) <= 1 and number.number != 0):
                continue
            if number.number == 0 or row.name.endswith(("得分", "评分", "指数", "系数", "比")):
                continue
            unit = "%" if _is_share(row) else ""
            path = row.at("target")
            span = _span(target, offset, "number")
            edits = (Edit(path, span[1], span[1], unit),) if unit and span else ()
            yield Hit(path, span, {"name": row.name, "value": row.text.strip()}, edits)


def _is_share(row: Row) -> bool:
    name = _BRACKETS.sub("", row.name)
    return name.endswith(words("share")) and not name.endswith(words("not_share"))


def unit_contradicts(subject: Subject) -> Iterator[Hit]:
    """PD303"""
    known = units_of_names()
    for row in _rows(subject):
        target = row.target
        quantity = target.quantity
        if target.kind is not Kind.quantity or quantity is None or not quantity.unit or target.after:
            continue
        name = _BRACKETS.sub("", row.name)
        word = last_word(name, known)
        fitting = known.get(word)
        if not fitting or not name.endswith(word):
            if row.is_cost and dimension(quantity)[0] not in known["成本"]:
                fitting, word = known["成本"], row.indicator.level2 or ""
            elif row.group == "satisfaction" and dimension(quantity)[0] not in known["满意度"]:
                fitting, word = known["满意度"], row.indicator.level2 or ""
            else:
                continue
        base = dimension(quantity)[0]
        if not _unit_fits(base, quantity, fitting):
            path = row.at("target")
            values = {"name": row.name, "unit": quantity.whole_unit, "word": word, "value": row.text.strip()}
            yield Hit(path, target.spans.unit, values, related=(row.at("level3"),))


def _unit_fits(base: str, quantity: Quantity, fitting: frozenset[str]) -> bool:
    if base in fitting or quantity.unit in fitting:
        return True
    return "count" in fitting and base not in ("%", "‰", "元", "百分点")


def output_at_most(subject: Subject) -> Iterator[Hit]:
    """PD304"""
    for row in _rows(subject):
        target = row.target
        if target.kind is not Kind.quantity or target.operator not in _AT_MOST or row.is_cost:
            continue
        quantity = target.quantity
        if quantity is None or any_of("less_is_better").search(row.name):
            continue
        unit = dimension(quantity)[0]
        if row.kind == "quantity":
            wrong = unit not in _TIMES
        elif (
            row.kind in ("quality", "satisfaction")
            or row.group in ("satisfaction", "benefit")
            or row.kind == "timeliness"
        ):
            wrong = unit == "%" and _is_share(row)
            wrong = wrong or (unit in _TIMES and row.name.endswith(("年限", "寿命")))
        else:
            wrong = False
        if wrong:
            yield _turned(row, "≥")


def _turned(row: Row, sign: str, variant: str = "") -> Hit:
    """A hit at a value's operator, with the operator that is probably meant."""
    spans = row.target.spans
    path = row.at("target")
    edits = (Edit(path, *spans.operator, sign),) if spans.operator else ()
    values = {"name": row.name, "value": row.text.strip(), "sign": sign}
    return Hit(path, spans.operator or spans.suffix, values, edits, variant=variant)


def cost_at_least(subject: Subject) -> Iterator[Hit]:
    """PD305"""
    for row in _rows(subject):
        target = row.target
        quantity = target.quantity
        if target.kind is not Kind.quantity or target.operator not in _AT_LEAST or quantity is None:
            continue
        more = any_of("more_is_better").search(row.name)
        if row.is_cost and not more and dimension(quantity)[0] in ("元", "%"):
            yield _turned(row, "≤")


def worse_at_least(subject: Subject) -> Iterator[Hit]:
    """PD306"""
    for row in _rows(subject):
        target = row.target
        quantity = target.quantity
        if target.kind is not Kind.quantity or target.operator not in _AT_LEAST or quantity is None or row.is_cost:
            continue
        more = any_of("more_is_better").search(row.name)
        if more or row.target.kind is Kind.change:
            continue
        unit = dimension(quantity)[0]
        if unit in _TIMES and any_of("time_is_short").search(row.name):
            yield _turned(row, "≤", "time")
        elif any_of("less_is_better").search(row.name) and _bad_share(row, unit):
            yield _turned(row, "≤")


def _bad_share(row: Row, unit: str) -> bool:
    """Whether the name is of something bad, not of what is done against it (投诉处理率, 事故隐患排查次数)."""
    found = list(any_of("less_is_better").finditer(row.name))[-1]
    rest = _BRACKETS.sub("", row.name[found.end() :])
    return rest in (
        "",
        "率",
        "数",
        "数量",
        "次数",
        "件数",
        "量",
        "人数",
        "起数",
        "总数",
        "发生率",
        "比例",
        "时间",
        "发生次数",
        "水平",
    )


def over_hundred(subject: Subject) -> Iterator[Hit]:
    """PD307"""
    beyond = any_of("above_hundred")
    for row in _rows(subject):
        for target, offset in _parts(row):
            if target.kind not in (Kind.quantity, Kind.range):
                continue
            number = target.quantity or target.high
            share = percent(number)
            if share is None or not (_is_share(row) or _is_share_of_whole(row)) or beyond.search(row.name):
                continue
            more = target.operator is Operator.more and share == _HUNDRED
            if share > _HUNDRED or more:
                values = {"name": row.name, "value": row.text.strip()}
                yield Hit(row.at("target"), _span(target, offset, "number", "unit"), values)


def _is_share_of_whole(row: Row) -> bool:
    return row.kind in ("satisfaction", "quality")


def fraction(subject: Subject) -> Iterator[Hit]:
    """PD315"""
    for row in _rows(subject):
        for target, offset in _parts(row):
            number = target.quantity
            if number is None or number.unit or not _is_share(row) or target.kind is not Kind.quantity:
                continue
            if 0 < number.number <= 1:
                path, span = row.at("target"), _span(target, offset, "number")
                percent = f"{(number.number * 100).normalize():f}%"
                edits = (Edit(path, *span, percent),) if span else ()
                yield Hit(path, span, {"name": row.name, "value": row.text.strip(), "percent": percent}, edits)


def reversed_range(subject: Subject) -> Iterator[Hit]:
    """PD314"""
    for row in _rows(subject):
        for target, offset in _parts(row):
            low, high = target.low, target.high
            if target.kind is not Kind.range or low is None or high is None or low.number < 0:
                continue
            other = convert(low, high.unit, high.per)
            if other is not None and other.number > high.number:
                yield Hit(row.at("target"), _span(target, offset, "number"), {"value": row.text.strip()})


def quantity_in_words(subject: Subject) -> Iterator[Hit]:
    """PD316"""
    fine = any_of("no_number_needed")
    for row in _rows(subject):
        in_words = row.kind == "quantity" and row.target.kind in (Kind.qualitative, Kind.grade)
        if in_words and not fine.search(row.text) and not re.search(r"[0-9]", row.text):
            yield Hit(row.at("target"), values={"name": row.name, "value": row.text.strip()})


def low_share(subject: Subject) -> Iterator[Hit]:
    """PD317"""
    less = any_of("less_is_better")
    names = tuple(word for word in ("满意度", "满意率", "合格率", "达标率", "准确率", "及时率", "正确率", "完好率"))
    for row in _rows(subject):
        target = row.target
        share = percent(target.quantity) if target.kind is Kind.quantity else None
        if share is None or less.search(row.name) or not (row.name.endswith(names) or row.kind == "satisfaction"):
            continue
        if share < 60 and target.operator not in _AT_MOST and target.spans.number:
            yield Hit(row.at("target"), target.spans.number, {"name": row.name, "value": row.text.strip()})


_BROKEN = re.compile(
    r"[0-9][OoＯlI]|(?<![A-Za-z])[OlI][0-9]|[0-9]\s+[0-9]|[0-9]\.[0-9]+\.[0-9]|[0-9]\.\.|[%％]{2,}|[≥≤<>＞＜≧≦]{2,}"
    r"|[0-9]\.(?![0-9])|[0-9][0-9,]*,[0-9]{1,2}(?![0-9])"
)
_THOUSANDS = re.compile(r"[0-9]{1,3}[,，][0-9]{1,2}(?![0-9])")
_NUMBER_FIRST = re.compile(r"\s*(?:[≥≤<>＞＜=＝≧≦]|不低于|不少于|不超过|不高于|大于|小于|[0-9OlI])")


def unreadable(subject: Subject) -> Iterator[Hit]:
    """PD318"""
    for row in _rows(subject):
        found = None
        if row.target.kind is Kind.compound:
            found = _THOUSANDS.search(row.text)
        elif row.target.kind is Kind.qualitative and len(row.text) <= 20 and _NUMBER_FIRST.match(row.text):
            found = _BROKEN.search(row.text)
        if found:
            yield Hit(row.at("target"), found.span(), {"value": row.text.strip()})


def says_nothing(subject: Subject) -> Iterator[Hit]:
    """PD319"""
    for row in _rows(subject):
        target = row.target
        quantity = target.quantity
        if target.kind is not Kind.quantity or quantity is None:
            continue
        least = target.operator is Operator.at_least and quantity.number == 0
        whole = percent(quantity)
        most = target.operator is Operator.at_most and whole == _HUNDRED
        if least or (most and not row.is_cost):
            yield Hit(row.at("target"), None, {"name": row.name, "value": row.text.strip()})


def two_operators(subject: Subject) -> Iterator[Hit]:
    """PD320"""
    for row in _rows(subject):
        for target, offset in _parts(row):
            spans = target.spans
            if target.kind not in (Kind.quantity, Kind.range) or not (spans.operator and spans.suffix):
                continue
            suffix = target.written(spans.suffix)
            against = ("以下" in suffix or "内" in suffix) if target.operator in _AT_LEAST else "以上" in suffix
            path = row.at("target")
            span = (offset + spans.suffix[0], offset + spans.suffix[1])
            values = {"value": row.text.strip(), "suffix": suffix, "operator": target.written(spans.operator)}
            edits = () if against else (Edit(path, *span, ""),)
            yield Hit(path, span, values, edits, variant="against" if against else "")


def impossible_number(subject: Subject) -> Iterator[Hit]:
    """PD321"""
    whole = frozenset(words("whole_units"))
    for row in _rows(subject):
        for target, offset in _parts(row):
            quantity = target.quantity
            if target.kind is not Kind.quantity or quantity is None:
                continue
            unit, _ = dimension(quantity)
            number = base_number(quantity)
            part = unit in whole and number % 1 != 0 and not quantity.per and "均" not in row.name
            below = number < 0 and unit not in ("℃", "分贝", "") and not any_of("above_hundred").search(row.name)
            if part or below:
                span = _span(target, offset, "number", "unit")
                values = {"name": row.name, "value": row.text.strip()}
                yield Hit(row.at("target"), span, values, variant="below" if below else "")


def value_is_name(subject: Subject) -> Iterator[Hit]:
    """PD322"""
    for row in _rows(subject):
        if row.name and "".join(row.text.split()).strip("。") == "".join(row.name.split()):
            yield Hit(row.at("target"), None, {"value": row.text.strip()}, related=(row.at("level3"),))


RULES = (
    Rule("PD301", no_operator),
    Rule("PD302", no_unit),
    Rule("PD303", unit_contradicts),
    Rule("PD304", output_at_most),
    Rule("PD305", cost_at_least),
    Rule("PD306", worse_at_least),
    Rule("PD307", over_hundred),
    Rule("PD314", reversed_range),
    Rule("PD315", fraction),
    Rule("PD316", quantity_in_words),
    Rule("PD317", low_share),
    Rule("PD318", unreadable),
    Rule("PD319", says_nothing),
    Rule("PD320", two_operators),
    Rule("PD321", impossible_number),
    Rule("PD322", value_is_name),
)

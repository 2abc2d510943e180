"""PD301–PD303, PD307, PD315–PD317, PD322: operator, unit and size of a 指标值."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfdoc.checks.finding import Edit, Hit, Rule
from perfdoc.checks.measure import percent
from perfdoc.checks.row import AT_MOST, Row, span_of
from perfdoc.checks.subject import Subject
from perfdoc.checks.word_lists import any_of, last_word, table, units_of_names, words
from perfdoc.target import Kind, Operator, Quantity, dimension

_HUNDRED = Decimal(100)
_EXCEEDED = Decimal(120)


def no_operator(subject: Subject) -> Iterator[Hit]:
    """PD301: a number without an operator."""
    for row in subject.rows:
        target = row.target
        quantity = target.quantity
        if target.kind is not Kind.quantity or target.operator or quantity is None or target.before:
            continue
        if quantity.number == _HUNDRED and quantity.unit == "%":
            continue  # the most there can be: nothing is left open
        sign = "≤" if row.is_bounded_above else "≥"
        path = row.at("target")
        start = len(row.text) - len(row.text.lstrip())
        span = (start, len(row.text.rstrip()))
        values = {"name": row.name, "value": row.text.strip(), "sign": sign}
        yield Hit(path, span, values, (Edit(path, start, start, sign),))


def no_unit(subject: Subject) -> Iterator[Hit]:
    """PD302: a number without a unit."""
    for row in subject.rows:
        for target, offset in row.parts():
            number = target.quantity or target.high
            if number is None or number.unit or number.per or target.kind not in (Kind.quantity, Kind.range):
                continue
            if target.after or (row.is_share and abs(number.number) <= 1 and number.number != 0):
                continue
            if number.number == 0 or (row.name.endswith(words("bare_numbers")) and not row.is_share):
                continue
            unit = "%" if row.is_share else ""
            path = row.at("target")
            span = span_of(target, offset, "number")
            edits = (Edit(path, span[1], span[1], unit),) if unit and span else ()
            yield Hit(path, span, {"name": row.name, "value": row.text.strip()}, edits)


def unit_contradicts(subject: Subject) -> Iterator[Hit]:
    """PD303: the unit contradicts the name."""
    known = units_of_names()
    for row in subject.rows:
        target = row.target
        quantity = target.quantity
        if target.kind is not Kind.quantity or quantity is None or not quantity.unit or target.after:
            continue
        name = row.bare_name
        word = last_word(name, known)
        fitting = known.get(word)
        if not fitting or not name.endswith(word):
            level = "cost" if row.is_cost else row.group
            fitting = known.get(table("units_of_levels").get(level, ""))
            word = row.indicator.level2 or ""
            if not fitting:
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


def over_hundred(subject: Subject) -> Iterator[Hit]:
    """PD307: a rate over 100 %."""
    beyond = any_of("above_hundred")
    for row in subject.rows:
        for target, offset in row.parts():
            if target.kind not in (Kind.quantity, Kind.range):
                continue
            number = target.quantity or target.high
            share = percent(number)
            if share is None or not (row.is_share or _is_share_of_whole(row)) or beyond.search(row.name):
                continue
            more = target.operator is Operator.more and share == _HUNDRED
            if any_of("may_exceed").search(row.name) and share <= _EXCEEDED:
                continue  # a task may be more than fulfilled
            if share > _HUNDRED or more:
                values = {"name": row.name, "value": row.text.strip()}
                yield Hit(row.at("target"), span_of(target, offset, "number", "unit"), values)


def _is_share_of_whole(row: Row) -> bool:
    return row.kind in ("satisfaction", "quality")


def fraction(subject: Subject) -> Iterator[Hit]:
    """PD315: a rate written as a fraction."""
    for row in subject.rows:
        for target, offset in row.parts():
            number = target.quantity
            if number is None or number.unit or not row.is_share or target.kind is not Kind.quantity:
                continue
            if 0 < number.number <= 1:
                path, span = row.at("target"), span_of(target, offset, "number")
                percent = f"{(number.number * 100).normalize():f}%"
                edits = (Edit(path, *span, percent),) if span else ()
                yield Hit(path, span, {"name": row.name, "value": row.text.strip(), "percent": percent}, edits)


def quantity_in_words(subject: Subject) -> Iterator[Hit]:
    """PD316: a quantity without a number."""
    fine = any_of("no_number_needed")
    for row in subject.rows:
        in_words = row.kind == "quantity" and row.target.kind in (Kind.qualitative, Kind.grade)
        if in_words and not fine.search(row.text) and not re.search(r"[0-9]", row.text):
            yield Hit(row.at("target"), values={"name": row.name, "value": row.text.strip()})


def low_share(subject: Subject) -> Iterator[Hit]:
    """PD317: a rate that is implausibly low."""
    less = any_of("less_is_better")
    names = words("high_rates")
    for row in subject.rows:
        target = row.target
        share = percent(target.quantity) if target.kind is Kind.quantity else None
        if share is None or less.search(row.name) or not (row.name.endswith(names) or row.kind == "satisfaction"):
            continue
        if share < 60 and target.operator not in AT_MOST and target.spans.number:
            yield Hit(row.at("target"), target.spans.number, {"name": row.name, "value": row.text.strip()})


def value_is_name(subject: Subject) -> Iterator[Hit]:
    """PD322: a value that only repeats the name."""
    for row in subject.rows:
        if row.name and "".join(row.text.split()).strip("。") == "".join(row.name.split()):
            yield Hit(row.at("target"), None, {"value": row.text.strip()}, related=(row.at("level3"),))


RULES = (
    Rule("PD301", no_operator),
    Rule("PD302", no_unit),
    Rule("PD303", unit_contradicts),
    Rule("PD307", over_hundred),
    Rule("PD315", fraction),
    Rule("PD316", quantity_in_words),
    Rule("PD317", low_share),
    Rule("PD322", value_is_name),
)

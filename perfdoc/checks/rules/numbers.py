"""PD314, PD318–PD321: numbers that can't be read, are impossible, or say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfdoc.checks.finding import Edit, Hit, Rule
from perfdoc.checks.measure import percent
from perfdoc.checks.row import AT_LEAST, AT_MOST, span_of
from perfdoc.checks.subject import Subject
from perfdoc.checks.word_lists import any_of, regex, words
from perfdoc.target import Kind, Operator, convert, dimension, parse

_HUNDRED = Decimal(100)
_BROKEN = re.compile(
    r"[0-9][OoＯlI]|(?<![A-Za-z])[OlI][0-9]|[0-9]\s+[0-9]|[0-9]\.[0-9]+\.[0-9]|[0-9]\.\.|[%％]{2,}|[≥≤<>＞＜≧≦]{2,}"
    r"|[0-9]\.(?![0-9])|[0-9][0-9,]*,[0-9]{1,2}(?![0-9])"
)
_THOUSANDS = re.compile(r"[0-9]{1,3}[,，][0-9]{1,2}(?![0-9])")


def reversed_range(subject: Subject) -> Iterator[Hit]:
    """PD314: a range that runs backwards."""
    for row in subject.rows:
        for target, offset in row.parts():
            low, high = target.low, target.high
            if target.kind is not Kind.range or low is None or high is None or low.number < 0:
                continue
            other = convert(low, high.unit, high.per)
            if other is not None and other.number > high.number:
                yield Hit(row.at("target"), span_of(target, offset, "number"), {"value": row.text.strip()})


def unreadable(subject: Subject) -> Iterator[Hit]:
    """PD318: a value that can't be read."""
    for row in subject.rows:
        found = None
        if row.target.kind is Kind.compound:
            found = _THOUSANDS.search(row.text)
        elif row.target.kind is Kind.qualitative and len(row.text) <= 20 and regex("number_first").match(row.text):
            found = _BROKEN.search(row.text)
        if found:
            yield Hit(row.at("target"), found.span(), {"value": row.text.strip()})


def says_nothing(subject: Subject) -> Iterator[Hit]:
    """PD319: a bound that says nothing."""
    for row in subject.rows:
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
    """PD320: two operators at one number."""
    for row in subject.rows:
        for target, offset in row.parts():
            spans = target.spans
            if target.kind not in (Kind.quantity, Kind.range) or not (spans.operator and spans.suffix):
                continue
            suffix = target.written(spans.suffix)
            bound = parse(f"1{suffix}").operator
            against = (bound in AT_MOST) if target.operator in AT_LEAST else (bound in AT_LEAST)
            path = row.at("target")
            span = (offset + spans.suffix[0], offset + spans.suffix[1])
            values = {"value": row.text.strip(), "suffix": suffix, "operator": target.written(spans.operator)}
            edits = () if against else (Edit(path, *span, ""),)
            yield Hit(path, span, values, edits, variant="against" if against else "")


def impossible_number(subject: Subject) -> Iterator[Hit]:
    """PD321: a number that can't be."""
    whole = frozenset(words("whole_units"))
    for row in subject.rows:
        for target, offset in row.parts():
            quantity = target.quantity
            if target.kind is not Kind.quantity or quantity is None:
                continue
            unit, _ = dimension(quantity)
            number = quantity.base.number
            part = unit in whole and number % 1 != 0 and not quantity.per and not any_of("averages").search(row.name)
            below = number < 0 and unit not in ("℃", "分贝", "") and not any_of("above_hundred").search(row.name)
            if part or below:
                span = span_of(target, offset, "number", "unit")
                values = {"name": row.name, "value": row.text.strip()}
                yield Hit(row.at("target"), span, values, variant="below" if below else "")


RULES = (
    Rule("PD314", reversed_range),
    Rule("PD318", unreadable),
    Rule("PD319", says_nothing),
    Rule("PD320", two_operators),
    Rule("PD321", impossible_number),
)

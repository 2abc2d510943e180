"""PD314, PD318–PD321: numbers that can't be read, are impossible, or say nothing."""

import re
from collections.abc import Iterator

from perfdoc.checks.finding import Edit, Hit
from perfdoc.checks.row import percent, span_of
from perfdoc.checks.subject import Subject
from perfdoc.checks.word_lists import any_of, regex, words
from perfdoc.target import AT_LEAST, AT_MOST, Kind, Operator, convert, dimension, parse

_BROKEN = re.compile(
    r"[0-9][OoＯlI]|(?<![A-Za-z])[OlI][0-9]|[0-9]\s+[0-9]|[0-9]\.[0-9]+\.[0-9]|[0-9]\.\.|[%％]{2,}|[≥≤<>＞＜≧≦]{2,}"
    r"|[0-9]\.(?![0-9])|[0-9][0-9,]*,[0-9]{1,2}(?![0-9])"
)
_THOUSANDS = re.compile(r"[0-9]{1,3}[,，][0-9]{1,2}(?![0-9])")


def reversed_range(subject: Subject) -> Iterator[Hit]:
    """PD314: a range that runs backwards."""
    for row, target, offset in subject.parts:
        low, high = target.low, target.high
        if target.kind is not Kind.range or low is None or high is None or low.number < 0:
            continue
        other = convert(low, high.unit, high.per)
        if other is not None and other.number > high.number:
            yield Hit(row.at("target"), span_of(target, offset, "number"), row.said)


def unreadable(subject: Subject) -> Iterator[Hit]:
    """PD318: a value that can't be read."""
    for row in subject.rows:
        found = None
        if row.target.kind is Kind.compound:
            found = _THOUSANDS.search(row.text)
        elif row.target.kind is Kind.qualitative and len(row.text) <= 20 and regex("number_first").match(row.text):
            found = _BROKEN.search(row.text)
        if found:
            yield Hit(row.at("target"), found.span(), row.said)


def says_nothing(subject: Subject) -> Iterator[Hit]:
    """PD319: a bound that says nothing."""
    for row, quantity in subject.quantities:
        least = row.target.operator is Operator.at_least and quantity.number == 0
        most = row.target.operator is Operator.at_most and percent(quantity) == 100
        if least or (most and not row.is_cost and not any_of("may_pass_hundred").search(row.name)):
            yield Hit(row.at("target"), None, row.said)


def two_operators(subject: Subject) -> Iterator[Hit]:
    """PD320: two operators at one number."""
    for row, target, offset in subject.parts:
        spans, path = target.spans, row.at("target")
        if target.kind not in (Kind.quantity, Kind.range) or not (spans.operator and spans.suffix):
            continue
        suffix = target.written(spans.suffix)
        against = parse(f"1{suffix}").operator in (AT_MOST if target.operator in AT_LEAST else AT_LEAST)
        span = (offset + spans.suffix[0], offset + spans.suffix[1])
        values = {**row.said, "suffix": suffix, "operator": target.written(spans.operator)}
        yield Hit(path, span, values, () if against else (Edit(path, *span, ""),), variant="against" if against else "")


def impossible_number(subject: Subject) -> Iterator[Hit]:
    """PD321: a number that can't be."""
    for row, target, offset in subject.parts:
        quantity = target.quantity
        if target.kind is not Kind.quantity or quantity is None:
            continue
        unit, number = dimension(quantity)[0], quantity.base.number
        part = unit in words("whole_units") and number % 1 != 0 and not quantity.per
        part = part and not any_of("averages").search(row.name)
        below = number < 0 and unit not in ("℃", "分贝", "") and not any_of("above_hundred").search(row.name)
        if part or below:
            span = span_of(target, offset, "number", "unit")
            yield Hit(row.at("target"), span, row.said, variant="below" if below else "")

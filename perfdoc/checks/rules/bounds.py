"""PD304–PD306: bounds that point the wrong way."""

from __future__ import annotations

from collections.abc import Iterator

from perfdoc.checks.finding import Edit, Hit, Rule
from perfdoc.checks.row import AT_LEAST, AT_MOST, Row, without_brackets
from perfdoc.checks.subject import Subject
from perfdoc.checks.word_lists import any_of, words
from perfdoc.target import Kind, dimension

_TIMES = frozenset(("秒", "个月", "工作日"))


def output_at_most(subject: Subject) -> Iterator[Hit]:
    """PD304: an output with ≤."""
    for row in subject.rows:
        target = row.target
        if target.kind is not Kind.quantity or target.operator not in AT_MOST or row.is_cost:
            continue
        quantity = target.quantity
        if quantity is None:
            continue
        if row.group == "benefit" and any_of("gains").search(row.name) and not any_of("limits").search(row.name):
            yield _turned(row, "≥")
            continue
        if any_of("less_is_better").search(row.name):
            continue
        unit = dimension(quantity)[0]
        if row.kind == "quantity":
            wrong = unit not in _TIMES
        elif (
            row.kind in ("quality", "satisfaction")
            or row.group in ("satisfaction", "benefit")
            or row.kind == "timeliness"
        ):
            wrong = unit == "%" and row.is_share
            wrong = wrong or (unit in _TIMES and row.name.endswith(words("lifetimes")))
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
    """PD305: a cost with ≥."""
    for row in subject.rows:
        target = row.target
        quantity = target.quantity
        if target.kind is not Kind.quantity or target.operator not in AT_LEAST or quantity is None:
            continue
        more = any_of("more_is_better").search(row.name)
        if row.is_cost and not more and dimension(quantity)[0] in ("元", "%"):
            yield _turned(row, "≤")


def worse_at_least(subject: Subject) -> Iterator[Hit]:
    """PD306: a lower bound where less is better."""
    for row in subject.rows:
        target = row.target
        quantity = target.quantity
        if target.kind is not Kind.quantity or target.operator not in AT_LEAST or quantity is None or row.is_cost:
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
    rest = without_brackets(row.name[found.end() :])
    return not rest or rest in words("after_what_is_bad")


RULES = (
    Rule("PD304", output_at_most),
    Rule("PD305", cost_at_least),
    Rule("PD306", worse_at_least),
)

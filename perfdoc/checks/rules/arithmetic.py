"""PD406–PD409, PD411: unit cost times quantity, weights, and numbers that the goals name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from perfdoc.checks.finding import Hit, Rule, Said
from perfdoc.checks.measure import plain
from perfdoc.checks.overlap import shared
from perfdoc.checks.row import Row
from perfdoc.checks.schemes import level_key
from perfdoc.checks.subject import Case, Subject
from perfdoc.checks.word_lists import any_of, regex, words
from perfdoc.model import Indicator, decimal, title
from perfdoc.report import Path
from perfdoc.target import Kind, Operator, Quantity, dimension, multiply, parse

_NUMERAL = "[0-9][0-9,.]*|[零〇一二两三四五六七八九十百千]{1,6}"
_GROUP_SHARE = re.compile(r"[（(【\[]\s*([0-9]+(?:\.[0-9]+)?)\s*[分%％]?\s*[）)】\]]")


def unit_cost(subject: Subject) -> Iterator[Hit]:
    """PD406: unit cost times quantity is over the cost."""
    for case in subject.cases:
        for rate, amount, product in _products(case):
            limit, of, place = _limit(case, rate, product)
            if limit is not None and product.base.number > limit:
                yield Hit(
                    rate.at("target"),
                    None,
                    _values(case, rate, amount, product, of),
                    related=(amount.at("target"), place),
                )


def unit_cost_far_below(subject: Subject) -> Iterator[Hit]:
    """PD407: unit cost times quantity is far below the cost."""
    for case in subject.cases:
        for rate, amount, product in _products(case):
            limit, of, place = _limit(case, rate, product)
            alone = len([row for row in case.rows if row.is_cost]) == 2 or place[-1] != "total"
            if limit is not None and alone and place[-1] == "target" and product.base.number * 2 < limit:
                yield Hit(
                    rate.at("target"),
                    None,
                    _values(case, rate, amount, product, of),
                    related=(amount.at("target"), place),
                )


def _products(case: Case) -> Iterator[tuple[Row, Row, Quantity]]:
    """Each unit cost with the quantity that it is for, and what they come to in 元."""
    amounts = [row for row in case.rows if row.kind == "quantity" and row.target.quantity]
    for rate in case.rows:
        quantity = rate.target.quantity
        if not rate.is_cost or quantity is None or not quantity.per or dimension(quantity)[0] != "元":
            continue
        fitting = []
        for row in amounts:
            product = multiply(quantity, row.target.quantity) if row.target.quantity else None
            if product is not None and not product.per and product.unit == "元":
                fitting.append((shared(rate.name, row.name), row, product))
        if not fitting:
            continue
        fitting.sort(key=lambda each: -each[0])
        certain = fitting[0][0] > (fitting[1][0] if len(fitting) > 1 else 0)
        if certain or len(amounts) == 1:
            yield rate, fitting[0][1], fitting[0][2]


def _limit(case: Case, rate: Row, product: Quantity) -> tuple[Decimal | None, Said, Path]:
    """What a product is held against: the cost of the same thing, or else the budget."""
    likely = sorted(((shared(rate.name, row.name), row.number, row) for row in case.costs), key=lambda e: (-e[0], e[1]))
    if likely and likely[0][0] and (len(likely) == 1 or likely[0][0] > likely[1][0]):
        row = likely[0][2]
        if row.money is not None:
            return row.yuan, f"{row.name}{row.text.strip()}", row.at("target")
    total = f"{case.project.budget.total}{case.project.money_unit or ''}"
    return case.yuan("total"), (f"预算数{total}", f"the budget of {total}"), case.at("budget", "total")


def _values(case: Case, rate: Row, amount: Row, product: Quantity, of: Said) -> dict[str, Said]:
    factor = case.money_factor or Decimal(1)
    unit = case.project.money_unit if case.money_factor else "元"
    return {
        "rate": rate.text.strip(),
        "amount": amount.text.strip(),
        "product": f"{plain(product.base.number / factor)}{unit}",
        "of": of,
        "name": rate.name,
    }


class _Weights(NamedTuple):
    """The column of weights: where it stands in an indicator, what it is called, and the weights by their rows."""

    steps: Path
    label: str
    of: Mapping[int, Decimal]


def _weights(case: Case) -> _Weights:
    """The weights in their field, else in a column of `extra` that is called so."""
    if any((row.indicator.weight or "").strip() for row in case.rows):
        texts = {row.number: row.indicator.weight or "" for row in case.rows}
        return _Weights(("weight",), title(("weight",), Indicator), _points(texts))
    labels = {"".join(label.split()) for label in words("weight_labels")}
    for label in (label for row in case.rows for label in row.indicator.extra):
        if "".join(label.split()) in labels:
            texts = {row.number: row.indicator.extra.get(label) or "" for row in case.rows}
            return _Weights(("extra", label), label, _points(texts))
    return _Weights((), "", {})


def _points(texts: Mapping[int, str]) -> dict[int, Decimal]:
    pattern = regex("weight_units")
    numbers = {number: decimal(pattern.sub("", text)) for number, text in texts.items()}
    return {number: points for number, points in numbers.items() if points is not None}


def weights_do_not_sum(subject: Subject) -> Iterator[Hit]:
    """PD408: weights do not sum."""
    for case in subject.cases:
        steps, _, weights = _weights(case)
        path = None
        if weights:
            total = sum(weights.values(), Decimal(0))
            path = (*case.rows[min(weights) - 1].path, *steps)
            execution = any(any_of("execution").search(row.name) for row in case.rows)
        else:
            shares = _group_shares(case)
            total = sum((share for share, _ in shares.values()), Decimal(0))
            execution = False
            path = next((path for _, path in shares.values()), None) if len(shares) > 1 else None
        rate = case.project.execution.weight.amount("total")
        wanted = ("100",) if execution else subject.scheme.weights if rate is None else (plain(100 - rate),)
        if path is not None and plain(total) not in wanted and total != 1:
            values = {"sum": plain(total), "wanted": "/".join(wanted)}
            yield Hit(path, values=values, variant="execution" if execution else "")


def _group_shares(case: Case) -> Mapping[str, tuple[Decimal, Path]]:
    """Weights that stand in level 1: 产出指标（50分）."""
    found: dict[str, tuple[Decimal, Path]] = {}
    for row in case.rows:
        level1 = row.indicator.level1 or ""
        share = _GROUP_SHARE.search(level1)
        if share:
            found.setdefault(level_key(level1), (Decimal(share[1]), row.at("level1")))
    return found


def no_weight(subject: Subject) -> Iterator[Hit]:
    """PD409: an indicator without a weight."""
    for case in subject.cases:
        steps, label, weights = _weights(case)
        for row in case.rows if weights else ():
            if row.number not in weights:
                yield Hit((*row.path, *steps), values={"name": row.name, "label": label})


def goals_name_other_number(subject: Subject) -> Iterator[Hit]:
    """PD411: goals and indicators name different numbers."""
    for case in subject.cases:
        counted = [row for row in case.rows if row.kind == "quantity" and row.target.kind is Kind.quantity]
        for row in counted:
            quantity = row.target.quantity
            if quantity is None or not quantity.unit or quantity.per or dimension(quantity)[0] in ("%", "元"):
                continue
            if sum(1 for each in counted if each.target.unit == quantity.unit and shared(each.name, row.name)) > 1:
                continue
            for name in ("goals", "purpose"):
                text = getattr(case.project, name) or ""
                yield from _other_numbers(case.at(name), text, row, quantity)


def _other_numbers(path: Path, text: str, row: Row, quantity: Quantity) -> Iterator[Hit]:
    unit = re.escape(quantity.unit.partition("（")[0])
    for found in re.finditer(rf"(?<![0-9.第])(?P<number>{_NUMERAL})\s*(?P<size>[万亿千百]?){unit}", text):
        start, end = found.span()
        around = (
            re.split(r"[，。；;,、\n]", text[max(0, start - 12) : start])[-1]
            + re.split(r"[，。；;,、\n]", text[end : end + 8])[0]
        )
        if not shared(row.name, around):
            continue
        named = parse(found[0]).quantity
        if named is None or dimension(named) != dimension(quantity) or _agrees(named, row, quantity):
            continue
        values = {"text": found[0], "name": row.name, "value": row.text.strip()}
        yield Hit(path, (start, end), values, related=(row.at("target"),))


def _agrees(named: Quantity, row: Row, quantity: Quantity) -> bool:
    mine, own = named.base.number, quantity.base.number
    if row.target.operator in (Operator.at_least, Operator.more):
        return own <= mine <= own * Decimal("1.1")
    return own == mine


RULES = (
    Rule("PD406", unit_cost),
    Rule("PD407", unit_cost_far_below),
    Rule("PD408", weights_do_not_sum),
    Rule("PD409", no_weight),
    Rule("PD411", goals_name_other_number),
)

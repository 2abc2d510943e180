"""PD401–PD405, PD410, PD412, PD414: the budget's amounts, and what the cost indicators come to together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from perfdoc.checks.finding import Edit, Hit, Rule
from perfdoc.checks.measure import plain
from perfdoc.checks.row import Row
from perfdoc.checks.subject import Case, Subject
from perfdoc.checks.word_lists import any_of
from perfdoc.model import Budget, decimal, title
from perfdoc.report import Path
from perfdoc.target import Kind, convert, parse

_AMOUNTS = tuple(Budget.model_fields)
_PARTS = _AMOUNTS[1:]
_CLOSE = Decimal("0.9")  # costs that come to less than this share of the budget are taken for a part of it
_TINY = Decimal("0.0005")


def parts_do_not_sum(subject: Subject) -> Iterator[Hit]:
    """PD401: parts do not sum to the budget."""
    for case in subject.cases:
        budget = case.project.budget
        total, given_parts = budget.amount("total"), {name: budget.amount(name) for name in _PARTS}
        of = {name: amount for name, amount in given_parts.items() if amount is not None}
        if total is None or not of:
            continue
        parts = sum(of.values(), Decimal(0))
        if parts == total or _with_more(case, total - parts):
            continue
        sum_of_costs = sum((row.yuan for row in case.costs), Decimal(0))
        factor = case.money_factor or Decimal(1)
        wrong_part = sum_of_costs == total * factor and sum_of_costs != parts * factor
        name = next(iter(of)) if wrong_part else "total"
        given = [case.at("budget", each) for each in ("total", *of)]
        shown = {each: amount for each, amount in given_parts.items() if each in of or each != "carry_over"}
        values = {
            "total": plain(total),
            "parts": " + ".join(f"{_source(each)}{plain(amount or Decimal(0))}" for each, amount in shown.items()),
            "sum": plain(parts),
            "difference": plain(abs(total - parts)),
            "unit": case.project.money_unit or "",
        }
        path = case.at("budget", name)
        yield Hit(path, values=values, related=tuple(each for each in given if each != path))


def _source(name: str) -> str:
    return title(("budget", name)).rpartition("：")[2]


def _with_more(case: Case, rest: Decimal) -> bool:
    """Whether further sources of money among the project's other labels make up the rest."""
    pattern = any_of("money_labels")
    more = [found for label, text in case.project.extra.items() if pattern.search(label) and (found := decimal(text))]
    more = more[:6]
    return any(sum(some) == rest for size in range(1, len(more) + 1) for some in combinations(more, size))


def not_a_number(subject: Subject) -> Iterator[Hit]:
    """PD402: an amount that is not a number."""
    for case in subject.cases:
        for name in _AMOUNTS:
            text = getattr(case.project.budget, name)
            if not (text or "").strip() or decimal(text) is not None or parse(text).kind is Kind.placeholder:
                continue
            path = case.at("budget", name)
            unit = (case.project.money_unit or "").strip()
            quantity = parse(text).quantity
            same = convert(quantity, unit) if quantity and unit and case.money_factor else None
            edits = (Edit(path, 0, len(text), plain(same.number)),) if same else ()
            yield Hit(path, values={"text": text.strip()}, edits=edits)


def negative(subject: Subject) -> Iterator[Hit]:
    """PD403: an amount of zero or less."""
    for case in subject.cases:
        for name in _AMOUNTS:
            amount = case.project.budget.amount(name)
            if amount is not None and (amount < 0 or (amount == 0 and name == "total")):
                yield Hit(case.at("budget", name), values={"text": plain(amount)})


def _wan(yuan: Decimal, unit: str, factor: Decimal) -> str:
    return f"{plain(yuan / factor)}{unit}"


def over_budget(subject: Subject) -> Iterator[Hit]:
    """PD404: a cost over the budget."""
    for case, total in _budgets(subject):
        for row in case.costs:
            if row.yuan > total and not _slipped(row, case):
                factor, unit = case.money_factor or Decimal(1), case.project.money_unit or "元"
                values = {
                    "name": row.name,
                    "value": row.text.strip(),
                    "total": f"{case.project.budget.total}{unit}",
                    "over": _wan(row.yuan - total, unit, factor),
                }
                yield Hit(row.at("target"), None, values, related=(case.at("budget", "total"),))


def _budgets(subject: Subject) -> Iterator[tuple[Case, Decimal]]:
    for case in subject.cases:
        total = case.yuan("total")
        if total is not None and total > 0:
            yield case, total


def together_over_budget(subject: Subject) -> Iterator[Hit]:
    """PD405: costs together over the budget."""
    for case, total in _budgets(subject):
        rows = _summed(case, total)
        together = sum((row.yuan for row in rows), Decimal(0))
        if len(rows) < 2 or together <= total or any(row.yuan > total for row in rows):
            continue
        first = max(rows, key=lambda row: row.yuan)
        yield Hit(
            first.at("target"), None, _sum_values(case, rows, together, total), related=_others(case, rows, first)
        )


def _summed(case: Case, total: Decimal) -> list[Row]:
    """The cost indicators that make up the whole; one for the whole project is not counted beside its parts."""
    whole = any_of("whole_cost")
    rows = case.costs
    parts = [row for row in rows if not whole.search(row.name)]
    if len(parts) > 1 and any(row.yuan == total for row in parts):
        parts = [row for row in parts if row.yuan != total]
    return parts


def _others(case: Case, rows: list[Row], first: Row) -> tuple[Path, ...]:
    return (*(row.at("target") for row in rows if row is not first), case.at("budget", "total"))


def _sum_values(case: Case, rows: list[Row], together: Decimal, total: Decimal) -> dict[str, str]:
    factor, unit = case.money_factor or Decimal(1), case.project.money_unit or "元"
    numbers = [_wan(row.yuan, "", factor) for row in rows]
    return {
        "numbers": " + ".join(numbers),
        "sum": _wan(together, unit, factor),
        "total": f"{case.project.budget.total}{unit}",
        "difference": _wan(abs(together - total), unit, factor),
    }


def falls_short(subject: Subject) -> Iterator[Hit]:
    """PD412: costs come to slightly less than the budget."""
    for case, total in _budgets(subject):
        rows = _summed(case, total)
        together = sum((row.yuan for row in rows), Decimal(0))
        if len(rows) > 1 and len(rows) == len(case.costs) and total * _CLOSE <= together < total:
            first = rows[0]
            values = _sum_values(case, rows, together, total)
            yield Hit(first.at("target"), None, values, related=_others(case, rows, first))


def _slipped(row: Row, case: Case) -> str:
    """The unit of money that is probably meant where the amount is ten thousand times off, or `""`."""
    total, money = case.yuan("total"), row.money
    if total is None or money is None or not total:
        return ""
    number = row.yuan
    share = number / total
    if share < _TINY and money.unit == "元" and number >= 1 and number * 10000 <= total:
        return "万元"
    if share > 1000 and money.unit == "万元" and money.number <= total:
        return "元"
    return ""


def money_unit_slip(subject: Subject) -> Iterator[Hit]:
    """PD410: the unit of money is probably a slip."""
    for case, _ in _budgets(subject):
        for row in case.costs:
            unit = _slipped(row, case)
            span = row.target.spans.unit
            if unit:
                path = row.at("target")
                total = f"{case.project.budget.total}{case.project.money_unit}"
                values = {"name": row.name, "value": row.text.strip(), "unit": unit, "total": total}
                edits = (Edit(path, *span, unit),) if span else ()
                yield Hit(path, span, values, edits, (case.at("budget", "total"), case.at("money_unit")))


def decimals(subject: Subject) -> Iterator[Hit]:
    """PD414: amounts with different numbers of decimals."""
    written: list[tuple[Path, str, int]] = []
    for case in subject.cases:
        for name in _AMOUNTS:
            text = (getattr(case.project.budget, name) or "").strip()
            if text and decimal(text) is not None:
                written.append((case.at("budget", name), text, len(text.partition(".")[2])))
    counts = Counter(places for _, _, places in written)
    usual, often = counts.most_common(1)[0] if counts else (0, 0)
    if len(counts) < 2 or often * 2 <= len(written) or usual == 0:
        return
    for path, text, places in written:
        amount = decimal(text)
        if places != usual and amount is not None:
            exact = places < usual and text.isascii()
            right = text + ("." if not places else "") + "0" * (usual - places) if exact else ""
            edits = (Edit(path, 0, len(text), right),) if exact else ()
            yield Hit(path, values={"text": text, "places": str(usual)}, edits=edits)


RULES = (
    Rule("PD401", parts_do_not_sum),
    Rule("PD402", not_a_number),
    Rule("PD403", negative),
    Rule("PD404", over_budget),
    Rule("PD405", together_over_budget),
    Rule("PD410", money_unit_slip),
    Rule("PD412", falls_short),
    Rule("PD414", decimals),
)

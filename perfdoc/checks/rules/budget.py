"""PD401–PD405, PD410, PD412, PD414: the budget's amounts, and what the cost indicators come to together."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from perfdoc.checks.finding import Edit, Hit
from perfdoc.checks.row import Row
from perfdoc.checks.subject import Case, Subject
from perfdoc.checks.word_lists import any_of, regex
from perfdoc.model import Budget, decimal, title
from perfdoc.report import Path
from perfdoc.target import Kind, convert, parse, plain

_AMOUNTS = tuple(Budget.model_fields)
_CLOSE = Decimal("0.9")  # costs that come to less than this share of the budget are taken for a part of it
_TINY = Decimal("0.0005")
_MOST_SOURCES = 6  # of which all sums are tried


def _texts(subject: Subject) -> Iterator[tuple[Case, str, str]]:
    """The amounts of all budgets that are not empty, by their names."""
    for case in subject.cases:
        for name in _AMOUNTS:
            text = getattr(case.project.budget, name)
            if (text or "").strip():
                yield case, name, text


def parts_do_not_sum(subject: Subject) -> Iterator[Hit]:
    """PD401: parts do not sum to the budget."""
    for case in subject.cases:
        amounts = {name: case.amount(name) for name in _AMOUNTS}
        total = amounts.pop("total")
        of = {name: amount for name, amount in amounts.items() if amount is not None}
        parts = sum(of.values(), Decimal(0))
        if total is None or not of or parts == total:
            continue
        known = _sources(case)
        more = _nearest(known, total - parts, total)
        printed = [name for name in amounts if getattr(case.project.budget, name) is not None]
        if len(printed) == 1 and not more and 0 < parts < total and not _slipped_digits(parts, total):
            continue  # 其中：财政拨款 alone is a part of the whole
        added = sum((amount for _, amount in more), parts)
        if added == total:
            continue
        sum_of_costs = sum((row.yuan for row in case.costs), Decimal(0))
        factor = case.money_factor or Decimal(1)
        wrong_part = sum_of_costs == total * factor and sum_of_costs != added * factor
        name = next(iter(of)) if wrong_part else "total"
        shown = [(_source(each), amount) for each, amount in amounts.items() if each in of or each == "other"]
        values = {
            "total": plain(total),
            "parts": " + ".join(f"{label}{plain(amount or Decimal(0))}" for label, amount in (*shown, *more)),
            "sum": plain(added),
            "difference": plain(abs(total - added)),
            "unit": case.project.money_unit or "",
        }
        related = tuple(case.at("budget", each) for each in ("total", *of) if each != name)
        yield Hit(case.at("budget", name), values=values, related=related, certain=not known)


def _slipped_digits(one: Decimal, other: Decimal) -> bool:
    """Whether two amounts have the same digits in another order, or with other zeros: 325 and 352, 325 and 3250."""
    digits = [sorted(plain(each).replace(".", "").replace("0", "")) for each in (one, other)]
    return digits[0] == digits[1] and len(digits[0]) > 1


def _source(name: str) -> str:
    return title(("budget", name)).rpartition("：")[2]


def _sources(case: Case) -> list[tuple[str, Decimal]]:
    """Further sources of money among the project's other labels, as the budget's column has them."""
    found = [(label, case.amount_in(text)) for label, text in case.project.extra.items()]
    wanted = [
        (label.partition("·")[0], amount)
        for label, amount in found
        if amount and any_of("money_labels").search(label) and not any_of("other_money").search(label)
    ]
    return wanted[:_MOST_SOURCES]


def _nearest(known: list[tuple[str, Decimal]], rest: Decimal, total: Decimal) -> tuple[tuple[str, Decimal], ...]:
    """Those of the further sources that come nearest to the rest; none where they are far from it."""
    some = (each for size in range(1, len(known) + 1) for each in combinations(known, size))
    off = {each: abs(rest - sum((amount for _, amount in each), Decimal(0))) for each in some}
    best = min(off, key=lambda each: off[each], default=())
    return best if best and off[best] * 100 <= abs(total) else ()


def not_a_number(subject: Subject) -> Iterator[Hit]:
    """PD402: an amount that is not a number."""
    for case, name, text in _texts(subject):
        if decimal(text) is None and parse(text).kind is not Kind.placeholder:
            path = case.at("budget", name)
            unit = (case.project.money_unit or "").strip()
            quantity = parse(text).quantity
            same = convert(quantity, unit) if quantity and unit and case.money_factor else None
            edits = (Edit(path, 0, len(text), plain(same.number)),) if same else ()
            understood = case.amount(name) is not None
            if not (understood and subject.lenient):  # a form that was received may have its unit in each cell
                variant = "unit" if understood else ""
                yield Hit(path, None, {"text": text.strip()}, edits, variant=variant, certain=not understood)


def negative(subject: Subject) -> Iterator[Hit]:
    """PD403: an amount of zero or less."""
    for case, name, text in _texts(subject):
        amount = decimal(text)
        if amount is not None and (amount < 0 or (amount == 0 and name == "total")):
            yield Hit(case.at("budget", name), values={"text": plain(amount)})


def _said(case: Case, yuan: Decimal) -> str:
    """An amount in the project's unit of money."""
    return f"{plain(yuan / (case.money_factor or 1))}{case.project.money_unit or '元'}"


def over_budget(subject: Subject) -> Iterator[Hit]:
    """PD404: a cost over the budget."""
    for case, total in _budgets(subject):
        for row in case.costs:
            if row.yuan > total and not _slipped(row, total) and not _rounded_up(row, total):
                values = {**row.said, "total": _budget(case), "over": _said(case, row.yuan - total)}
                yield Hit(row.at("target"), None, values, related=(case.at("budget", "total"),))


def _budgets(subject: Subject) -> Iterator[tuple[Case, Decimal]]:
    for case in subject.cases:
        total = case.yuan("total")
        if total is not None and total > 0:
            yield case, total


def _budget(case: Case) -> str:
    return f"{case.project.budget.total}{case.project.money_unit or '元'}"


def together_over_budget(subject: Subject) -> Iterator[Hit]:
    """PD405: costs together over the budget."""
    for case, total, rows, together in _sums(subject):
        if together > total and not any(row.yuan > total for row in rows):
            yield _of_sum(case, rows, max(rows, key=lambda row: row.yuan), together, total)


def falls_short(subject: Subject) -> Iterator[Hit]:
    """PD412: costs come to slightly less than the budget."""
    for case, total, rows, together in _sums(subject):
        if len(rows) == len(case.costs) and total * _CLOSE <= together < total:
            yield _of_sum(case, rows, rows[0], together, total)


def _sums(subject: Subject) -> Iterator[tuple[Case, Decimal, list[Row], Decimal]]:
    """Projects with their budget, the several cost indicators that make up the whole, and what they come to, in 元.

    One for the whole project is not counted beside its parts.
    """
    for case, total in _budgets(subject):
        rows = [row for row in case.costs if not any_of("whole_cost").search(row.name)]
        if len(rows) > 1 and any(row.yuan == total for row in rows):
            rows = [row for row in rows if row.yuan != total]
        if len(rows) > 1:
            yield case, total, rows, sum((row.yuan for row in rows), Decimal(0))


def _of_sum(case: Case, rows: list[Row], first: Row, together: Decimal, total: Decimal) -> Hit:
    values = {
        "numbers": " + ".join(plain(row.yuan / (case.money_factor or 1)) for row in rows),
        "sum": _said(case, together),
        "total": _budget(case),
        "difference": _said(case, abs(together - total)),
    }
    related: tuple[Path, ...] = tuple(row.at("target") for row in rows if row is not first)
    return Hit(first.at("target"), None, values, related=(*related, case.at("budget", "total")))


def _rounded_up(row: Row, total: Decimal) -> bool:
    """Whether a cost is the budget, rounded by less than a thousandth to the digits that it has: ≤90万元 of 89.974."""
    assert row.money is not None
    step = row.yuan / row.money.number * Decimal(1).scaleb(int(row.money.number.as_tuple().exponent))
    return (row.yuan - total) * 2 <= step and (row.yuan - total) * 1000 <= total


def _slipped(row: Row, total: Decimal) -> str:
    """The unit of money that is probably meant where the amount is ten thousand times off, or `""`; what one of
    many costs is far less than the budget."""
    assert row.money is not None
    if regex("unit_costs").search(row.name):
        return ""
    share = row.yuan / total
    if share < _TINY and row.money.unit == "元" and row.yuan >= 1 and row.yuan * 10000 <= total:
        return "万元"
    return "元" if share > 1000 and row.money.unit == "万元" and row.money.number <= total else ""


def money_unit_slip(subject: Subject) -> Iterator[Hit]:
    """PD410: the unit of money is probably a slip."""
    for case, budget in _budgets(subject):
        for row in case.costs:
            unit, span, path = _slipped(row, budget), row.target.spans.unit, row.at("target")
            if unit:
                total = f"{case.project.budget.total}{case.project.money_unit}"
                edits = (Edit(path, *span, unit),) if span else ()
                related = (case.at("budget", "total"), case.at("money_unit"))
                yield Hit(path, span, {**row.said, "unit": unit, "total": total}, edits, related)


def decimals(subject: Subject) -> Iterator[Hit]:
    """PD414: amounts with different numbers of decimals."""
    written = [
        (case.at("budget", name), text.strip(), len(text.strip().partition(".")[2]))
        for case, name, text in _texts(subject)
        if decimal(text) and text.strip() != "0"
    ]
    counts = Counter(places for _, _, places in written)
    usual, often = counts.most_common(1)[0] if counts else (0, 0)
    if len(counts) < 2 or often * 2 <= len(written) or usual == 0:
        return
    for path, text, places in written:
        if places != usual:
            right = text + ("." if not places else "") + "0" * (usual - places)
            edits = (Edit(path, 0, len(text), right),) if places < usual and text.isascii() else ()
            yield Hit(path, values={"text": text, "places": str(usual)}, edits=edits)

"""PD406–PD409, PD411: unit cost times quantity, weights, and numbers that the goals name."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from perfdoc.checks.finding import Hit
from perfdoc.checks.row import Row
from perfdoc.checks.schemes import level_key
from perfdoc.checks.subject import Case, Subject
from perfdoc.checks.word_lists import any_of, pairs, regex, shared, words
from perfdoc.model import Indicator, decimal, title
from perfdoc.report import Path
from perfdoc.target import AT_LEAST, Kind, Quantity, dimension, multiply, parse, plain
from perfdoc.target.units import UNITS
from perfdoc.texts import say

_NUMERAL = "[0-9][0-9,.]*+|[零〇一二两三四五六七八九十百千]{1,6}"
_GROUP_SHARE = re.compile(r"(?<!^)[（(【\[]\s*([0-9]+(?:\.[0-9]+)?)\s*[分%％]?\s*[）)】\]]")
_MOST_PARTS = 6  # of a whole that a text names one after the other
_NEAR = 6  # characters beside the name itself
_CLAUSE_END = re.compile(r"[，。；;,、\n]")


def unit_cost(subject: Subject) -> Iterator[Hit]:
    """PD406: unit cost times quantity is over the cost, even if the quantity was rounded up. Within a hundredth it is
    not certain: a price that is bounded (≤2.8万元/处) is mostly less."""
    for _, hit, _, least, limit in _products(subject):
        if least > limit:
            yield hit._replace(certain=least * 100 > limit * 101)


def unit_cost_far_below(subject: Subject) -> Iterator[Hit]:
    """PD407: unit cost times quantity is far below the cost."""
    for case, hit, product, _, limit in _products(subject):
        # then the budget is for nothing else
        alone = len(case.cost_rows) == 1 and len(case.quantities) == 1 and bool(case.project.name)
        against_budget = hit.related[1][-1] != "target"
        if (alone and product * 10 < limit) if against_budget else product * 2 < limit:
            yield hit


def _products(subject: Subject) -> Iterator[tuple[Case, Hit, Decimal, Decimal, Decimal]]:
    """Of each unit cost what may be said of it, what it comes to with the quantity that it is for, the least that
    this is where the quantity is rounded, and what it is held against, all in 元. A price is agreed, never rounded."""
    for case in subject.cases:
        for rate in case.cost_rows:
            cost, amount = rate.target.quantity, _counted_by(case, rate)
            limit, of, place = _limit(case, rate)
            if cost is None or amount is None or amount.target.quantity is None or limit is None:
                continue
            product = multiply(cost, amount.target.quantity)
            least = multiply(cost, _least(amount.target.quantity))
            assert product is not None
            assert least is not None
            unit = case.project.money_unit if case.money_factor else "元"
            said = f"{plain(product.base.number / (case.money_factor or 1))}{unit}"
            values = {"rate": rate.value, "amount": amount.value, "product": said, "of": of, "name": rate.name}
            hit = Hit(rate.at("target"), None, values, related=(amount.at("target"), place))
            yield case, hit, product.base.number, least.base.number, limit


def _counted_by(case: Case, rate: Row) -> Row | None:
    """The quantity that a unit cost is for: the only one, or the one that fits best by its name."""
    cost = rate.target.quantity
    if cost is None or not cost.per or dimension(cost)[0] != "元":
        return None
    amounts = case.quantities
    products = [(row, multiply(cost, row.target.quantity)) for row in amounts if row.target.quantity]
    fitting = sorted(
        ((shared(rate.name, row.name), row) for row, made in products if made and (made.unit, made.per) == ("元", "")),
        key=lambda each: -each[0],
    )
    certain = len(amounts) == 1 or (fitting and fitting[0][0] > max((score for score, _ in fitting[1:]), default=0))
    return fitting[0][1] if fitting and certain else None


def _least(quantity: Quantity) -> Quantity:
    """The least that a number with decimals may have been before it was rounded: 65.475万亩 for 65.48万亩.

    A number that rounding would have changed by more than a hundredth is one that was meant: 0.3万个.
    """
    exponent = int(quantity.number.as_tuple().exponent)
    off = Decimal(5).scaleb(exponent - 1)
    rounded = exponent < 0 and off * 100 <= quantity.number
    return quantity._replace(number=quantity.number - off) if rounded else quantity


def _limit(case: Case, rate: Row) -> tuple[Decimal | None, str, Path]:
    """What a product is held against: the cost of the same thing, or else the budget."""
    likely = sorted(((shared(rate.name, row.name), row.number, row) for row in case.costs), key=lambda e: (-e[0], e[1]))
    same = likely and likely[0][0] * 2 >= max(1, min(len(pairs(rate.name)), len(pairs(likely[0][2].name))))
    if same and (len(likely) == 1 or likely[0][0] > likely[1][0]):
        row = likely[0][2]
        return row.yuan, f"{row.name}{row.value}", row.at("target")
    total = f"{case.project.budget.total}{case.project.money_unit or ''}"
    return case.yuan("total"), say("checks.budget_of", total=total), case.at("budget", "total")


def _weights(case: Case) -> tuple[Path, str, Mapping[int, Decimal]]:
    """The weights in their field, else in a column of `extra` that is called so: where that is in an indicator, what
    it is called, and the weights by the rows' numbers."""
    texts = {row.number: row.indicator.weight for row in case.rows if (row.indicator.weight or "").strip()}
    steps: Path = ("weight",)
    label = title(("weight",), Indicator)
    if not texts:
        labels = {"".join(label.split()) for label in words("weight_labels")}
        columns = (each for row in case.rows for each in row.indicator.extra if "".join(each.split()) in labels)
        label = next(columns, "")
        steps = ("extra", label)
        texts = {row.number: row.indicator.extra.get(label) for row in case.rows}
    numbers = {number: decimal(regex("weight_units").sub("", text or "")) for number, text in texts.items()}
    return steps, label, {number: points for number, points in numbers.items() if points is not None}


def weights_do_not_sum(subject: Subject) -> Iterator[Hit]:
    """PD408: weights do not sum."""
    for case in subject.cases if not subject.has_own_levels else ():
        steps, _, weights = _weights(case)
        path, execution = None, False
        if weights:
            total = sum(weights.values(), Decimal(0))
            path = (*case.rows[min(weights) - 1].path, *steps)
            execution = any(not row.group and any_of("execution").search(row.name) for row in case.rows)
        else:
            shares = _group_shares(case)
            total = sum((share for share, _ in shares.values()), Decimal(0))
            whole = len(shares) > 1 and len(shares) == len({level_key(row.indicator.level1 or "") for row in case.rows})
            path = next(path for _, path in shares.values()) if whole else None
        rate = case.project.execution.weight.amount("total")
        wanted = ("100",) if execution else subject.scheme.weights if rate is None else (plain(100 - rate),)
        among = any(any_of("execution").search(row.name) for row in case.rows)  # 经费执行率 is an indicator like others
        if path is not None and plain(total) not in wanted and total != 1 and not (among and total == 100):
            values = {"sum": plain(total), "wanted": say("checks.or").join(wanted)}
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
        parts = {head + at for head, count in case.heads.items() for at in range(1, count + 1)}
        for row in case.rows if weights else ():
            part = row.number in parts or row.name.startswith(words("part_names"))
            if row.number not in weights and not part:
                yield Hit((*row.path, *steps), values={"name": row.name, "label": label})


def goals_name_other_number(subject: Subject) -> Iterator[Hit]:
    """PD411: goals and indicators name different numbers."""
    for case in subject.cases:
        counted = [row for row in case.rows if row.kind == "quantity" and row.target.kind is Kind.quantity]
        for row in counted:
            quantity = row.target.quantity
            if row.over_years:
                continue
            if quantity is None or not quantity.unit or quantity.per or dimension(quantity)[0] in ("%", "元"):
                continue
            rivals = [
                r
                for r in counted
                if r is not row and r.target.unit == quantity.unit and shared(r.bare_name, row.bare_name)
            ]
            for name in ("goals", "purpose"):
                text = getattr(case.project, name) or ""
                yield from _other_numbers(case.at(name), text, row, quantity, rivals)


def _other_numbers(path: Path, text: str, row: Row, quantity: Quantity, rivals: Sequence[Row]) -> Iterator[Hit]:
    """Numbers that the text names of what a row counts, and that are not the row's.

    Where other rows count in the same unit what is called alike (`rivals`), what only the row's name says must stand
    at the number, and it may be neither one of theirs nor that of all together (教师、学生150人).
    """
    hits = []
    own = pairs(row.bare_name)
    others = frozenset[str]().union(*(pairs(each.bare_name) for each in rivals))
    together = sum((each.target.base.number for each in (row, *rivals) if each.target.base), Decimal(0))
    amounts = list(_amounts_of(dimension(quantity)[0], quantity.unit.partition("（")[0]).finditer(text))
    if _parts_of(amounts, quantity):
        return
    for found in amounts:
        start, end = found.span()
        before = _CLAUSE_END.split(text[max(0, start - _NEAR - len(row.bare_name)) : start])[-1]
        around, named = before + _CLAUSE_END.split(text[end : end + 8])[0], parse(found[0]).quantity
        if (
            regex("by_the_day").search(before)
            or not shared(row.name, around)
            or named is None
            or dimension(named) != dimension(quantity)
        ):
            continue
        if _agrees(named, row):
            return  # another number of the same thing is another fact: 现有教师4200名，培训教师300名
        told = pairs(around)
        meant = not rivals or own <= told or (told & own - others and not told & others - own)
        if meant and named.base.number != together and not any(_agrees(named, each) for each in rivals):
            hits.append(Hit(path, (start, end), {"text": found[0], **row.said}, related=(row.at("target"),)))
    yield from hits


def _parts_of(amounts: Sequence[re.Match[str]], whole: Quantity) -> bool:
    """Whether neighbours among the amounts of a text come to the whole: 136个村、14个社区 are 150个."""
    read = [parse(each[0]).quantity for each in amounts]
    numbers = [each.base.number if each else Decimal(0) for each in read]
    runs = (numbers[at : at + size] for at in range(len(numbers)) for size in range(2, _MOST_PARTS + 1))
    return any(len(run) > 1 and sum(run, Decimal(0)) == whole.base.number for run in runs)


@lru_cache(maxsize=256)
def _amounts_of(base: str, unit: str) -> re.Pattern[str]:
    """A number in any unit that measures the same (人, 名, 位)."""
    units = sorted({unit, *(name for name, (of, _) in UNITS.items() if of == base)}, key=len, reverse=True)
    either = "|".join(map(re.escape, units))
    return re.compile(rf"(?<![0-9.,第])(?:{_NUMERAL})\s*[万亿千百]?(?:{either})")


def _agrees(named: Quantity, row: Row) -> bool:
    assert row.target.base is not None
    mine, own = named.base.number, row.target.base.number
    if row.target.operator in AT_LEAST and own < mine <= own * Decimal("1.1"):
        return sorted(plain(mine)) != sorted(plain(own))  # the same digits in another order are a slip
    return own == mine

"""A number with its unit, and the arithmetic on such numbers: convert, compare, multiply, add.

Functions answer None where units don't fit: 5人 and 3页 have no sum.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from perfdoc.target.units import EXACT, scale


class Quantity(NamedTuple):
    """A number and its unit as written: 83 and 万页; 6.6 and 万元 per 人.

    `unit` keeps its magnitude (万页, 万元) and is spelled canonically: `%` for every percent,
    full-width brackets, nothing for a bare number. `per` is what a rate is counted by (页 in 元/页),
    several joined by `·` (元/人·月). `base` has the magnitude applied.
    """

    number: Decimal
    unit: str = ""
    per: str = ""

    @property
    def whole_unit(self) -> str:
        """Unit and per-unit as one, as a form's column 计量单位 holds it: 万元/人."""
        return f"{self.unit}/{self.per}" if self.per else self.unit

    @property
    def base(self) -> Quantity:
        """The same in base units: 830000 页; 66000 元 per 人; hours and days in 秒, years in 个月.

        A per-unit that is only another name is given its base name (名 → 人); one of another size stays
        as it is (次/年), for dividing may not come out even. `compare` and `multiply` know its size.
        """
        unit, factor = scale(self.unit)
        names = (scale(name) for name in self.per.split("·"))
        kept = self.per.split("·")
        per = "·".join(base if size == 1 else own for (base, size), own in zip(names, kept, strict=True))
        return Quantity(EXACT.multiply(self.number, factor), unit, per)

    def __str__(self) -> str:
        return f"{self.number.normalize(EXACT):f}{self.whole_unit}"


def _divisor(quantity: Quantity) -> tuple[Decimal, tuple[str, ...]]:
    """The size of the per-unit in base units, and its base units."""
    scales = [scale(name) for name in quantity.per.split("·") if name]
    size = Decimal(1)
    for _, factor in scales:
        size = EXACT.multiply(size, factor)
    return size, tuple(sorted(base for base, _ in scales))


def dimension(quantity: Quantity) -> tuple[str, tuple[str, ...]]:
    """What is measured: the base unit, and the base units of what it is counted by. 6.6万元/人 → (元, (人,))."""
    return scale(quantity.unit)[0], _divisor(quantity)[1]


def same_dimension(one: Quantity, other: Quantity) -> bool:
    """Whether both measure the same, so that they can be compared and added."""
    return dimension(one) == dimension(other)


def compare(one: Quantity, other: Quantity) -> int | None:
    """-1, 0 or 1 as `one` is less than, equal to or greater than `other`; None where units don't fit."""
    if not same_dimension(one, other):
        return None
    left = EXACT.multiply(one.base.number, _divisor(other)[0])
    right = EXACT.multiply(other.base.number, _divisor(one)[0])
    return (left > right) - (left < right)


def convert(quantity: Quantity, unit: str, per: str = "") -> Quantity | None:
    """The same quantity in another unit (`convert(q, "万元")`), or None where that does not fit."""
    wanted = Quantity(Decimal(1), unit, per)
    if not same_dimension(quantity, wanted):
        return None
    number = EXACT.multiply(quantity.base.number, _divisor(wanted)[0])
    whole = EXACT.multiply(scale(unit)[1], _divisor(quantity)[0])
    return Quantity(EXACT.divide(number, whole), unit, per)


def in_wan_yuan(quantity: Quantity) -> Quantity | None:
    """An amount of money in 万元, the unit of budgets; None for anything that is not plain money."""
    return convert(quantity, "万元")


def multiply(rate: Quantity, amount: Quantity) -> Quantity | None:
    """A rate times what it is counted by, in base units: 0.3元/页 × 183万页 = 549000元.

    The amount may be a rate itself (50元/人 × 30人/次 = 1500元/次). None where `rate` is not counted by
    what `amount` measures.
    """
    unit, factor = scale(amount.unit)
    counted = rate.per.split("·") if rate.per else []
    for at, name in enumerate(counted):
        base, size = scale(name)
        if base == unit:
            product = EXACT.multiply(rate.base.number, EXACT.multiply(amount.number, factor))
            rest = [*counted[:at], *counted[at + 1 :], *([amount.per] if amount.per else [])]
            return Quantity(EXACT.divide(product, size), scale(rate.unit)[0], "·".join(rest))
    return None


def total(quantities: Iterable[Quantity]) -> Quantity | None:
    """The sum in the unit of the first (165万元 + 124万元 + 60万元 = 349万元).

    None for no quantities at all, and where units don't fit.
    """
    given = list(quantities)
    if not given:
        return None
    first = given[0]
    total_of = Decimal(0)
    for quantity in given:
        same = convert(quantity, first.unit, first.per)
        if same is None:
            return None
        total_of = EXACT.add(total_of, same.number)
    return Quantity(total_of, first.unit, first.per)

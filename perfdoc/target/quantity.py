"""A number with its unit, and the arithmetic on such numbers: convert, compare, multiply.

Functions answer None where units don't fit: 5人 and 3页 are not compared.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import prod
from typing import NamedTuple

from perfdoc.target.units import EXACT, factors, scale


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
        return Quantity(_times(self.number, factor), unit, per)

    def __str__(self) -> str:
        return f"{plain(self.number)}{self.whole_unit}"


def plain(number: Decimal) -> str:
    """A number as a person writes it, without trailing zeros and without an exponent: `10`, `9.34`."""
    return f"{number.normalize(EXACT):f}"


def _times(number: Decimal, factor: Fraction) -> Decimal:
    """The product, with the decimals that the number is written with: 54.20 stays 54.20."""
    return EXACT.divide(EXACT.multiply(number, Decimal(factor.numerator)), Decimal(factor.denominator))


def _counted(quantity: Quantity) -> list[tuple[str, Fraction]]:
    """What a rate is counted by: base units, each with its size."""
    return [one for name in quantity.per.split("·") if name for one in factors(name)]


def _size(quantity: Quantity) -> Fraction:
    """How many of the base one of its unit is, what it is counted by included."""
    return scale(quantity.unit)[1] / prod((size for _, size in _counted(quantity)), start=Fraction(1))


def dimension(quantity: Quantity) -> tuple[str, tuple[str, ...]]:
    """What is measured: the base unit, and the base units of what it is counted by. 6.6万元/人 → (元, (人,))."""
    return scale(quantity.unit)[0], tuple(sorted(base for base, _ in _counted(quantity)))


def compare(one: Quantity, other: Quantity) -> int | None:
    """-1, 0 or 1 as `one` is less than, equal to or greater than `other`; None where units don't fit."""
    if dimension(one) != dimension(other):
        return None
    left, right = Fraction(one.number) * _size(one), Fraction(other.number) * _size(other)
    return (left > right) - (left < right)


def convert(quantity: Quantity, unit: str, per: str = "") -> Quantity | None:
    """The same quantity in another unit (`convert(q, "万元")`), or None where that does not fit."""
    wanted = Quantity(Decimal(1), unit, per)
    if dimension(quantity) != dimension(wanted):
        return None
    return Quantity(_times(quantity.number, _size(quantity) / _size(wanted)), unit, per)


def multiply(rate: Quantity, amount: Quantity) -> Quantity | None:
    """A rate times what it is counted by, in base units: 0.3元/页 × 183万页 = 549000元.

    The amount may be a rate itself (50元/人 × 30人/次 = 1500元/次). None where `rate` is not counted by
    what `amount` measures.
    """
    factor = scale(rate.unit)[1]
    counted: list[str] = []
    for name in filter(None, rate.per.split("·")):
        base, size = scale(name)
        counted += base.split("·") if "·" in base else [name]
        factor /= size if "·" in base else 1
    for unit, size in factors(amount.unit):
        at = next((at for at, name in enumerate(counted) if scale(name)[0] == unit), None)
        if at is None:
            return None
        factor *= size / scale(counted.pop(at))[1]
    rest = [*counted, *([amount.per] if amount.per else [])]
    return Quantity(_times(EXACT.multiply(rate.number, amount.number), factor), scale(rate.unit)[0], "·".join(rest))

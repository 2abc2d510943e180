"""What quantities measure, remembered: a document has the same few again and again."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from perfdoc.target import Quantity, convert
from perfdoc.target import dimension as measured

_SHARES = frozenset(("%", "‰", "成"))


@lru_cache(maxsize=4096)
def dimension(quantity: Quantity) -> tuple[str, tuple[str, ...]]:
    """What is measured and by what it is counted: 6.6万元/人 → (元, (人,))."""
    return measured(quantity)


@lru_cache(maxsize=4096)
def percent(quantity: Quantity | None) -> Decimal | None:
    """A share in percent; None for what is none."""
    if quantity is None or quantity.per or quantity.unit not in _SHARES:
        return None
    same = convert(quantity, "%")
    return same.number if same else None


@lru_cache(maxsize=4096)
def base_number(quantity: Quantity) -> Decimal:
    """The number in base units: 549000 of 54.9万元."""
    return quantity.base.number


def plain(number: Decimal) -> str:
    """A number without trailing zeros and without an exponent."""
    return f"{number.normalize():f}"

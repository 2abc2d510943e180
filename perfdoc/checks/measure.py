"""Numbers of the rules: shares in percent, and numbers as text."""

from __future__ import annotations

from decimal import Decimal

from perfdoc.target import Quantity, convert

_SHARES = frozenset(("%", "‰", "成"))


def percent(quantity: Quantity | None) -> Decimal | None:
    """A share in percent; None for what is none."""
    if quantity is None or quantity.per or quantity.unit not in _SHARES:
        return None
    same = convert(quantity, "%")
    return same.number if same else None


def plain(number: Decimal) -> str:
    """A number without trailing zeros and without an exponent."""
    return f"{number.normalize():f}"

"""Amounts of money as the cells of a form show them: with a unit of their own, or in the one that the form names."""

import re

from perfdoc.model import decimal
from perfdoc.target.grammar import parse
from perfdoc.target.quantity import Quantity
from perfdoc.target.units import MAGNITUDES, scale
from perfdoc.target.value import Kind

_AROUND = re.compile(r"[\s:：（）()]|(?:金额)?单位|人民币")
"""What forms write around a unit of money."""


def money_unit(text: str | None) -> str:
    """The unit that a form's 金额单位 names, 万元 of （人民币万元）; another text as it is, empty for none."""
    plain = _AROUND.sub("", text or "")
    return plain if scale(plain)[0] == "元" else (text or "").strip()


def money(text: str | None, unit: str | None) -> Quantity | None:
    """The amount that a cell shows under the form's `unit`; None where it shows no single amount.

    A number alone stands in the form's unit, which may be none (`""`) or none of money; 854万 is 854万元.
    """
    number = decimal(text)
    if number is not None:
        return Quantity(number, money_unit(unit))
    target = parse(text or "")
    plain = target.kind is Kind.quantity and target.operator is None and not (target.before or target.after)
    amount = target.quantity if plain else None
    if amount is not None and amount.unit in MAGNITUDES:
        return amount._replace(unit=f"{amount.unit}元")
    return amount if amount is not None and amount.unit else None

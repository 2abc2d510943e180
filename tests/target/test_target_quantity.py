"""Promises held against each other: the arithmetic on quantities."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfdoc.target import Quantity, compare, convert, dimension, money, multiply, parse


def quantity(text: str) -> Quantity:
    found = parse(text).quantity
    assert found is not None
    return found


def test_promises_held_against_each_other() -> None:
    """The arithmetic of the five real projects: what a page, a person and the parts cost."""
    scanning = multiply(quantity("≤0.3元/页"), quantity("≥183万页"))
    assert scanning == Quantity(Decimal(549000), "元")
    assert scanning is not None
    assert convert(scanning, "万元") == Quantity(Decimal("54.9"), "万元")
    assert compare(scanning, quantity("≤55万元")) == -1
    relief = multiply(quantity("≤6.6万元/人"), quantity("≤5人"))
    assert relief is not None
    assert compare(relief, Quantity(Decimal("33.00"), "万元")) == 0
    assert compare(quantity("≤280.25万元"), Quantity(Decimal("280.24"), "万元")) == 1


def test_arithmetic_on_rates() -> None:
    assert multiply(quantity("50元/人·月"), quantity("12个月")) == Quantity(Decimal(600), "元", "人")
    assert multiply(quantity("50元/人"), quantity("30人/次")) == Quantity(Decimal(1500), "元", "次")
    assert multiply(quantity("12次/年"), quantity("6个月")) == Quantity(Decimal(6), "次")
    assert multiply(quantity("100元/人"), quantity("20名")) == Quantity(Decimal(2000), "元")
    assert compare(quantity("12次/年"), quantity("1次/月")) == 0
    assert compare(quantity("1天"), quantity("24小时")) == 0
    assert compare(quantity("5例/万人"), quantity("1例/千人")) == -1
    assert convert(quantity("24个月"), "年") == Quantity(Decimal(2), "年")
    assert convert(quantity("12次/年"), "次", "月") == Quantity(Decimal(1), "次", "月")
    assert dimension(quantity("6.6万元/人")) == ("元", ("人",))


def test_units_that_do_not_fit() -> None:
    people, pages = quantity("5人"), quantity("3页")
    assert (compare(people, pages), convert(people, "页"), convert(people, "万元")) == (None,) * 3
    assert (multiply(quantity("0.3元/页"), people), multiply(people, pages)) == (None, None)
    assert compare(quantity("5%"), quantity("5个百分点")) is None


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("1,286.50", "万元", Quantity(Decimal("1286.50"), "万元")),
        ("55", "（单位：人民币万元）", Quantity(Decimal(55), "万元")),
        ("55", "金额单位: 元", Quantity(Decimal(55), "元")),
        ("15万元", "元", Quantity(Decimal(15), "万元")),
        ("55", None, Quantity(Decimal(55), "")),
        ("55", "人次", Quantity(Decimal(55), "人次")),
        ("≤15万元", "元", None),
        ("约15", "元", None),
        ("", "元", None),
    ],
)
def test_an_amount_of_money_stands_in_its_own_unit_or_in_the_forms(
    text: str, unit: str | None, amount: Quantity | None
) -> None:
    assert money(text, unit) == amount

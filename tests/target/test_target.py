"""The grammar of 指标值: a table of cases with everything they mean, and the laws that hold for any text."""

from __future__ import annotations

import datetime
import doctest
from decimal import Decimal
from pathlib import Path

import pytest
from target_texts import CASES, TEXTS

import perfdoc.target
from perfdoc.target import (
    Date,
    Kind,
    Operator,
    Quantity,
    Target,
    canonical_operator,
    parse,
    same_meaning,
    split,
)


def told(target: Target) -> str:
    """Everything a target means, as target.tsv writes it; a part of a date that is not given is `*`."""

    def date(given: Date) -> str:
        parts = ["*" if part is None else f"{part:02d}" for part in given[:3]]
        while len(parts) > 1 and parts[-1] == "*":
            parts.pop()
        return "-".join(parts) + "+" * given.later

    said = [target.kind.value]
    if target.operator:
        said.append(f"op={target.operator}")
    for name in ("quantity", "low", "high"):
        if getattr(target, name):
            said.append(f"{name}={getattr(target, name)}")
    if target.base != target.quantity:
        said.append(f"base={target.base}")
    said += [f"{name}={date(d)}" for name in ("start", "end") if (d := getattr(target, name)) is not None]
    for name in ("every", "direction", "grade", "before", "after"):
        if getattr(target, name):
            said.append(f"{name}={getattr(target, name)}")
    if target.parts:
        said.append(" + ".join(f"[{part.text}: {told(part)}]" for part in target.parts))
    return " ".join(said)


def pieces(target: Target) -> str:
    """The pieces of the text that the spans point at, as target.tsv writes them."""
    spans = zip(target.spans._fields[:5], target.spans[:5], strict=True)
    return " ".join(f"{name}:{target.text[span[0] : span[1]]}" for name, span in spans if span)


@pytest.mark.parametrize(("text", "meaning", "written"), CASES, ids=[text for text, _, _ in CASES])
def test_case(text: str, meaning: str, written: str) -> None:
    target = parse(text)
    assert (target.text, told(target), pieces(target)) == (text, meaning, written)


def test_the_table_is_whole() -> None:
    lines = (Path(__file__).parent / "target.tsv").read_text("utf-8").split("\n\n")
    assert len(lines[1].splitlines()) == 49, "a heading and the 48 values of the five real projects"
    assert len(CASES) >= 480
    assert {parse(text).kind for text in TEXTS} == set(Kind), "no kind without a case"


def test_fields_of_one_target() -> None:
    target = parse("不超过 6.6万元／人")
    assert (target.kind, target.operator) == (Kind.quantity, Operator.at_most)
    assert target.quantity == Quantity(Decimal("6.6"), "万元", "人")
    assert target.base == Quantity(Decimal(66000), "元", "人")
    assert tuple(split(target)) == ("≤", "6.6", "万元/人")
    assert target.spans.operator == (0, 3)
    assert target.spans.number == (4, 7)
    assert target.written(target.spans.unit) == "万元／人"
    assert parse("2023年底前").end == Date(2023, 12)
    assert split(parse("优")) == ("", "优", "")
    assert parse("5-10个").unit == "个"
    grade = parse("优")
    assert (grade.unit, grade.base) == (None, None)


def test_three_spellings_of_one_period_mean_the_same() -> None:
    spellings = ("2023年1-12月", "2023年1月-2023年12月", "2023年1月-12月", "2023.1-2023.12", "2023年全年")
    assert len({parse(text).meaning() for text in spellings}) == 1
    assert not same_meaning(parse("2023年1-12月"), parse("2023年1-11月"))


def test_dates() -> None:
    assert Date(2023, 2).last_day == datetime.date(2023, 2, 28)
    assert (Date(2024).first_day, Date(2024).last_day) == (datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))
    assert Date(2023, 6, 30).first_day == Date(2023, 6, 30).last_day == datetime.date(2023, 6, 30)
    assert Date(None, 12).last_day is Date(2023, 13).first_day is Date(2023, 2, 30).last_day is None
    assert Date(None, 2, 29).exists
    assert not Date(2023, 2, 29).exists
    assert not Date(2023, 4, 0).exists
    assert not Date(None, None, 32).exists


OPERATOR_CELLS = {
    **dict.fromkeys(("≥", " >= ", "≧", "大于等于", "不低于", "以上"), "≥"),
    **dict.fromkeys(("≤", "＜＝", "不超过", "以内"), "≤"),
    "＜": "<",
    "大于": ">",
    "等于": "=",
    "约": "≈",
    "定性": None,
    "≥5": None,
    "": None,
}


@pytest.mark.parametrize(("cell", "operator"), OPERATOR_CELLS.items())
def test_operator_in_a_column_of_its_own(cell: str, operator: str | None) -> None:
    assert canonical_operator(cell) == operator


def test_examples_of_the_documentation() -> None:
    assert doctest.testmod(perfdoc.target).failed == 0

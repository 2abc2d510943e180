"""Which project, and which indicator, of one document is which of another."""

from __future__ import annotations

from perfdoc.model import Budget, Indicator, Project
from perfdoc.pairing import pair_indicators, pair_projects


def _named(total: str, year: str = "2024") -> Project:
    return Project(name="运转类项目", year=year, budget=Budget(total=total))


def test_projects_of_one_name_are_known_by_what_else_they_say() -> None:
    assert pair_projects([*map(_named, "123")], [*map(_named, "312")]) == [(0, 1), (1, 2), (2, 0)]
    new = [_named("3"), _named("9", "2025"), _named("1")]
    assert pair_projects([_named("1"), _named("2", "2025"), _named("3")], new) == [(0, 2), (1, 1), (2, 0)]
    many = [_named(str(number)) for number in range(40)]
    assert pair_projects(many, many[::-1]) == [(at, 39 - at) for at in range(40)]


def test_what_is_alike_stays_in_order_behind_something_new() -> None:
    same = [_named("1")] * 3
    assert pair_projects(same, [_named("2"), *same]) == [(0, 1), (1, 2), (2, 3)]


def test_a_renamed_indicator_is_the_one_of_its_value_not_of_its_weight() -> None:
    rows = [Indicator(level1="产出", level2="数量", level3=name, target=f"{name}项", weight="10") for name in "甲乙"]
    renamed = rows[1].model_copy(update={"level3": "别的说法"})
    assert pair_indicators(rows, [renamed]) == [(1, 0)]

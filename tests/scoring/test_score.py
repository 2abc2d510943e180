"""Scores by 财预〔2020〕10号: what each kind of target gives, what is refused, what the sheet adds up to."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path as FilePath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from work import growth

from perfdoc.model import Budget, Document, Execution, Indicator, Project, Sources
from perfdoc.report import Path, Place, Reading
from perfdoc.scoring import Sheet, fill, score
from perfdoc.texts import LANGUAGES, speaking

CASES = [
    line.split("\t")
    for line in (FilePath(__file__).parent / "score_cases.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def sheet(
    *rows: Indicator,
    budget: str | None = "100.00",
    spent: str | None = "90.00",
    execution: Execution | None = None,
    total: str | None = None,
) -> Sheet:
    project = Project(
        name="培训费",
        year="2023",
        money_unit="万元",
        budget=Budget(total=budget),
        execution=execution or Execution(executed=Sources(total=spent)),
        indicators=rows,
        score=total,
    )
    (made,) = score(Document(projects=(project,)))
    return made


def row(target: str, actual: str, weight: str | None = "10", score: str | None = None, reason: str = "") -> Indicator:
    return Indicator(level3="次数", target=target, actual=actual, weight=weight, score=score, reason=reason)


def codes(made: Sheet) -> set[str]:
    return {one.code for one in made.findings}


@pytest.mark.parametrize(("target", "actual", "wanted"), CASES, ids=[f"{a}|{b}" for a, b, _ in CASES])
def test_each_kind_of_target(target: str, actual: str, wanted: str) -> None:
    made = sheet(row(target, actual))
    (line,) = made.indicators
    if wanted == "over":
        assert (line.rule, line.low, line.points, line.high) == ("over", Decimal(0), Decimal(10), Decimal(10))
        assert "PD707" in codes(made)
    elif "-" in wanted:
        low, high = wanted.rstrip(")").split("-")
        assert (line.points, line.low, line.high, line.below) == (None, Decimal(low), Decimal(high), wanted[-1] == ")")
        assert "PD705" in codes(made)
    elif re.fullmatch(r"[\d.]+", wanted):
        assert f"{line.points}" == wanted
        assert not line.refused
    else:
        assert (line.rule, line.refused, line.points, line.counted) == (wanted, True, None, None)
        assert "PD704" in codes(made)
        assert made.total is None


def test_the_way_to_the_points_is_shown() -> None:
    for tongue in LANGUAGES:
        with speaking(tongue):
            shown = [sheet(row(target, actual)).indicators[0].reason for target, actual, _ in CASES]
        assert all(text and "{" not in text for text in shown)
    assert sheet(row("≥2,000件", "1,867件")).indicators[0].reason == "1,867件 / 2,000件 × 10 = 9.34"
    assert sheet(row("≤5人", "6人")).indicators[0].reason.startswith("5人 / 6人 × 10 = 8.33")
    assert sheet(row("≤5万元", "60,000元")).indicators[0].reason.startswith("5万元 / 6万元 × 10 = 8.33")


@pytest.mark.parametrize(
    ("level", "target", "actual", "rule"),
    [
        ("成本指标", "5万元", "4万元", "cost"),
        ("成本指标", "＝5万元", "5万元", "full"),
        ("经济成本指标", "≤5万元", "6万元", "inverse"),
        ("数量指标", "5场", "4场", "share"),
    ],
)
def test_a_cost_without_a_sign_says_not_which_way_is_better(level: str, target: str, actual: str, rule: str) -> None:
    made = sheet(Indicator(level2=level, level3="x", target=target, actual=actual, weight="10"))
    assert made.indicators[0].rule == rule


@pytest.mark.parametrize(
    ("weight", "rule"),
    [(None, "no_weight"), ("", "no_weight"), ("十", "bad_weight"), ("-5", "bad_weight"), ("10分", "full")],
)
def test_points_to_give(weight: str | None, rule: str) -> None:
    assert sheet(row("≥1", "1", weight)).indicators[0].rule == rule


def test_a_form_without_points_is_told_once() -> None:
    rows = [row("≥1", "1", None), row("≥2", "2", None)]
    found = [one for one in sheet(*rows).findings if one.code == "PD704" and "indicators" in one.path]
    assert [one.message for one in found] == [
        "none of the 2 indicators can be scored: there are no points to give (分值)"
    ]
    one = [each.code for each in sheet(rows[0], row("≥2", "2", "10")).findings if "indicators" in each.path]
    assert one.count("PD704") == 1
    without = sheet(row("", "1", "10"), row("", "2", "10")).findings
    assert [str(one.path[-1]) for one in without if one.code == "PD704" and "indicators" in one.path] == ["target"]


@pytest.mark.parametrize(
    ("budget", "spent", "points"),
    [
        ("100.00", "90.00", "9.00"), ("100", "100", "10.00"), ("100", "120", "10.00"), ("55.00", "54.20", "9.85"),
        ("1,000.00", "0", "0.00"), ("300", "200", "6.67"), ("100", "100000元", "1.00"), ("0", "5", None),
        (None, "5", None),
        ("100", None, None), ("100", "-5", None), ("约100", "5", None),
    ],
)  # fmt: skip
def test_execution(budget: str | None, spent: str | None, points: str | None) -> None:
    made = sheet(row("≥1", "1", "90"), budget=budget, spent=spent)
    assert made.execution is not None
    assert (None if made.execution.points is None else f"{made.execution.points}") == points
    assert (made.total is None) == (points is None) == ("PD704" in codes(made))


def test_the_form_may_give_execution_other_points() -> None:
    execution = Execution(executed=Sources(total="50"), weight=Sources(total="20"))
    made = sheet(row("≥1", "1", "80"), execution=execution)
    assert made.execution is not None
    assert (made.execution.points, made.weights, made.total) == (Decimal(10), Decimal(100), Decimal(90))
    bare = sheet(row("≥1", "1", "100"))
    assert bare.execution is None
    assert bare.total == 100


@pytest.mark.parametrize(
    ("actual", "grade"), [("90", "优"), ("88", "优"), ("87", "良"), ("70", "中"), ("50", "差"), ("0", "差")]
)
def test_total_and_grade(actual: str, grade: str) -> None:
    made = sheet(row("≥90", actual, "90"), spent="20.00")
    assert made.grade == grade
    assert made.total == made.lowest == made.highest == 2 + Decimal(actual)


def test_what_a_person_must_give_leaves_a_range() -> None:
    made = sheet(row("≥1", "1", "70"), row("显著提升", "达成", "20"))
    assert (made.total, made.lowest, made.highest, made.grade) == (None, Decimal(95), Decimal(99), "优")
    given_ = sheet(row("≥1", "1", "70"), row("显著提升", "达成", "20", "18.5"))
    assert (given_.total, given_.grade) == (Decimal("97.50"), "优")


@pytest.mark.parametrize(
    ("target", "actual", "given_", "wrong"),
    [
        ("≥2,000件", "1,867件", "9.34", False), ("≥2,000件", "1,867件", "9.3", False),
        ("≥2,000件", "1,867件", "9", True),
        ("≥2,000件", "1,867件", "9.335", False), ("≥2,000件", "1,867件", "9.4", True),
        ("≥2,000件", "2,000件", "10", False),
        ("≥2,000件", "2,000件", "9", True), ("≥2,000件", "5,000件", "7", False), ("≥2,000件", "5,000件", "11", True),
        ("显著提升", "达成", "8", False), ("显著提升", "达成", "7.9", True), ("显著提升", "部分达成", "8", True),
        ("显著提升", "部分达成", "7.9", False), ("显著提升", "未达成", "6", True),
        ("显著提升", "有所提升", "10.5", True),
        ("显著提升", "达成", "优", True), ("2023年底前", "2024年1月", "8", True),
        ("2023年底前", "2024年1月", "7", False),
    ],
)  # fmt: skip
def test_a_score_that_is_there_is_held_against_the_rules(target: str, actual: str, given_: str, wrong: bool) -> None:
    made = sheet(row(target, actual, "10", given_, reason="疫情影响"))
    assert ("PD701" in codes(made)) == wrong
    line = made.indicators[0]
    assert line.counted == (line.points if wrong else Decimal(given_))


def test_a_score_for_what_is_not_there_counts_nothing() -> None:
    for one in (row("≥1", "", "90", "90"), row("", "1", "90", "90"), row("≥1", "1", None, "90")):
        made = sheet(one)
        assert (made.indicators[0].counted, made.total) == (None, None)
        assert [each.severity for each in made.findings if each.code == "PD704"] == ["error"]
    judged = sheet(row("≥8年", "达成预期指标", "90", "90"))
    assert judged.total == 99
    assert [each.severity for each in judged.findings if each.code == "PD704"] == ["warning"]


def test_what_else_is_told() -> None:
    assert codes(sheet(row("≥1", "1", "90"))) == set()
    assert codes(sheet(row("≥1", "1", "80"))) == {"PD703"}
    assert codes(sheet(row("≥2", "1", "90"))) == {"PD706"}
    assert codes(sheet(row("≥2", "1", "90", reason="/"))) == {"PD706"}
    assert codes(sheet(row("≥2", "1", "90", reason="合同延期"))) == set()
    assert codes(sheet(row("≥2", "3", "90"))) == {"PD706", "PD707"}
    assert codes(sheet(row("≥1", "1", "90"), total="99")) == set()
    assert codes(sheet(row("≥1", "1", "90"), total="98")) == {"PD702"}
    rate = Execution(executed=Sources(total="54.20"), rate=Sources(total="98.6%"))
    assert codes(sheet(row("≥1", "1", "90"), budget="55", execution=rate)) == set()
    rate = Execution(executed=Sources(total="54.20"), rate=Sources(total="99.5%"))
    assert codes(sheet(row("≥1", "1", "90"), budget="55", execution=rate)) == {"PD708"}
    goals = sheet(row("≥1", "", "90"), spent=None)
    assert (codes(goals), goals.lines) == ({"PD709"}, ())


NUMBERS = st.decimals(Decimal("-1000"), Decimal("100000"), places=2)


@given(
    st.sampled_from(["≥", "≤", "＝", "", ">", "<"]), NUMBERS, NUMBERS, st.decimals(Decimal(0), Decimal(100), places=1)
)
def test_points_are_within_what_there_is(sign: str, target: Decimal, actual: Decimal, weight: Decimal) -> None:
    line = sheet(row(f"{sign}{target}人", f"{actual}人", f"{weight}")).indicators[0]
    assert line.refused or (line.points is not None and 0 <= line.points <= weight.quantize(Decimal("0.01")))


@given(st.sampled_from(["≥", "≤", ""]), NUMBERS, NUMBERS, NUMBERS)
def test_better_is_never_worth_less(sign: str, target: Decimal, one: Decimal, other: Decimal) -> None:
    worse, better = sorted((one, other), reverse=sign == "≤")
    first, second = (sheet(row(f"{sign}{target}%", f"{each}%")).indicators[0].points for each in (worse, better))
    if sign == "" and target == 0:
        return  # 0件: any other number is none
    assert first is None or second is None or first <= second


@given(
    st.text("≥≤0123456789.%万件年月日-以上约提升达成部分未、，", max_size=12),
    st.text("0123456789.%万件年月日-约未达成按时", max_size=10),
)
def test_any_text_is_scored_or_refused(target: str, actual: str) -> None:
    made = sheet(row(target, actual), spent="1")
    (line,) = made.indicators
    assert line.refused or line.low is not None
    assert line.points is None or 0 <= line.points <= 10


def test_many_projects_take_linear_time() -> None:
    def scored(count: int) -> Callable[[], object]:
        rows = tuple(row("≥2", "1", "10") for _ in range(9))
        one = Project(budget=Budget(total="1"), execution=Execution(executed=Sources(total="1")), indicators=rows)
        places: dict[Path, Place] = {
            ("projects", at, "indicators", n): Place("x", at + 1) for at in range(count) for n in range(9)
        }
        return lambda: score(Reading(Document(projects=(one,) * count), places))

    assert growth(scored, 16) < 6


def test_scores_are_filled_in_where_there_are_none() -> None:
    rows = (row("≥2,000件", "1,867件", "60"), row("≥1", "1", "30", "25"))
    project = Project(budget=Budget(total="55"), execution=Execution(executed=Sources(total="54.2")), indicators=rows)
    (made,) = score(Document(projects=(project,)))
    kept = fill(project, made)
    assert [one.score for one in kept.indicators] == ["56.01", "25"]
    assert (kept.execution.score.total, kept.execution.rate.total, kept.score) == ("9.85", "98.55%", None)
    new = fill(project, made, replace=True)
    assert [one.score for one in new.indicators] == ["56.01", "30.00"]
    assert new.score == "95.86"
    (again,) = score(Document(projects=(new,)))
    assert {one.code for one in again.findings} == {"PD706"}
    assert fill(new, again, replace=True) is new

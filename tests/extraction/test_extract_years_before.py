"""What years before say stands beside this year's values, and is none of them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from reading_forms import wide, word, workbook

from perfdoc.extraction import extract
from perfdoc.model import Project
from perfdoc.reading import read


def projects(rows: list[list[str]], *lines: str) -> list[Project]:
    lines = lines or ("项目支出绩效目标表（2024年度）",)
    given = [(word(lines, rows), "form.docx"), (workbook([wide(len(rows[0]), one) for one in lines] + rows), "f.xlsx")]
    found = []
    for data, file in given:
        (project,) = extract(read(data, file), {}).document.projects
        found.append(project)
    return found


def form(*money: Sequence[str], head: Sequence[str] = (), rows: Sequence[Sequence[str]] = ()) -> list[list[str]]:
    columns = 6
    return [
        wide(columns, "项目名称", "校舍维修"),
        ["主管部门", "某县教育局", "<", "实施单位", "某县第一中学", "<"],
        *map(list, money),
        wide(columns, "年度总体目标", "修好校舍。"),
        list(head) or ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "<"],
        *(map(list, rows) if rows else [["^", "产出指标", "数量指标", "维修面积", "≥500平方米", "<"]]),
    ]


@pytest.mark.parametrize(
    "heads",
    [
        ("上年度预算安排", "上年度实际执行", "本年度申请金额"),
        ("上年预算数", "上年执行数", "本年预算数"),
        ("2023年预算数", "2023年执行数", "2024年预算数"),
        ("去年预算金额", "去年实际支出", "年度预算安排数"),
        ("前年预算数", "上年预算数", "当年计划安排资金数"),
    ],
)
def test_money_of_last_year_before_this_years(heads: tuple[str, str, str]) -> None:
    money = [
        ["项目资金情况（万元）", "项目", "<", *heads],
        ["^", "合计", "<", "80", "79", "120"],
        ["^", "财政拨款", "<", "70", "69", "100"],
        ["^", "其他资金", "<", "10", "10", "20"],
    ]
    for project in projects(form(*money)):
        assert (project.budget.total, project.budget.fiscal, project.budget.other) == ("120", "100", "20")
        assert project.execution.executed.total is None
        assert project.extra[f"合计·{heads[0]}"] == "80"
        assert project.extra[f"财政拨款·{heads[1]}"] == "69"


def test_rows_of_years_under_sources() -> None:
    money = [
        ["项目资金（万元）", "年度", "<", "合计", "财政拨款", "其他资金"],
        ["^", "上年度", "<", "80", "70", "10"],
        ["^", "本年度", "<", "120", "100", "20"],
    ]
    for project in projects(form(*money)):
        assert (project.budget.total, project.budget.fiscal, project.budget.other) == ("120", "100", "20")
        assert project.extra["上年度·合计"] == "80"


@pytest.mark.parametrize("total", [True, False])
def test_years_over_the_sources(total: bool) -> None:
    sources = ["合计" if total else "自有资金", "财政拨款", "其他资金"]
    money = [
        ["项目资金（万元）", "<", "上年度", "<", "<", "本年度", "<", "<"],
        ["^", "<", *sources, *sources],
        ["^", "<", "80", "70", "10", "120", "100", "20"],
    ]
    rows = [[*row, "<", "<"] if len(row) < 8 else row for row in form(*money)]
    for project in projects(rows):
        assert (project.budget.fiscal, project.budget.other) == ("100", "20")
        assert project.budget.total == ("120" if total else None)
        assert project.extra["上年度·财政拨款"] == "70"


def test_the_target_of_the_forms_year_among_those_of_several() -> None:
    head = ["绩效指标", "一级指标", "二级指标", "三级指标", "2023年目标值", "2024年目标值"]
    rows = [["^", "产出指标", "数量指标", "维修面积", "≥400平方米", "≥500平方米"]]
    for project in projects(form(head=head, rows=rows)):
        assert [(i.target, i.extra) for i in project.indicators] == [("≥500平方米", {"2023年目标值": "≥400平方米"})]


def test_money_carried_over_is_this_years() -> None:
    for project in projects(form(["项目资金", "年度资金总额", "<", "120", "上年结转资金", "5"])):
        assert (project.budget.total, project.budget.carry_over) == ("120", "5")


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("上年度实际水平", "本年度计划水平"),
        ("上年实际完成值", "指标值"),
        ("2023年实际完成值", "2024年目标值"),
        ("去年完成情况", "年度计划值"),
        ("近两年实际值", "当年预期水平"),
    ],
)
def test_a_level_of_last_year_is_not_what_was_done(before: str, now: str) -> None:
    head = ["绩效指标", "一级指标", "二级指标", "三级指标", before, now]
    rows = [
        ["^", "产出指标", "数量指标", "维修面积", "300平方米", "≥500平方米"],
        ["^", "效益指标", "社会效益指标", "受益学生", "800人", "≥900人"],
    ]
    for project in projects(form(head=head, rows=rows)):
        assert [(i.target, i.actual, i.extra) for i in project.indicators] == [
            ("≥500平方米", None, {before: "300平方米"}),
            ("≥900人", None, {before: "800人"}),
        ]


@pytest.mark.parametrize("actual", ["实际完成值", "全年实际完成值", "2024年实际完成值"])
def test_what_was_done_this_year_still_is(actual: str) -> None:
    head = ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", actual]
    rows = [["^", "产出指标", "数量指标", "维修面积", "≥500平方米", "510平方米"]]
    for project in projects(form(head=head, rows=rows)):
        assert [(i.target, i.actual) for i in project.indicators] == [("≥500平方米", "510平方米")]


@pytest.mark.parametrize(
    "lines",
    [
        ("项目支出绩效目标表", "（2024）年度"),
        ("项目支出绩效目标表（2024）年度",),
        ("（2024）年度项目支出绩效目标表",),
        ("【2024】年度项目支出绩效目标表",),
        ("二〇二四年度项目支出绩效目标表",),
        ("项目支出绩效目标表", "（二○二四年度）"),
        ("某县二零二四年项目支出绩效目标申报表",),
        ("项目支出绩效目标表", "二〇二四年度"),
        ("项目支出绩效目标表（2024年）度",),
    ],
)
def test_years_in_brackets_and_in_chinese_numerals(lines: tuple[str, ...]) -> None:
    for project in projects(form(), *lines):
        assert project.year == "2024"

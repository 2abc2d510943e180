"""Outlines: units, projects, levels and indicators in one column, each on a row of its own."""

from __future__ import annotations

from reading_forms import project, readings, wide

TITLE = ["某市2021年项目绩效目标批复表", "单位：元"]
HEAD = ["项目", "指标值", "绩效金额"]


def test_projects_of_two_units() -> None:
    rows = [
        HEAD,
        ["市教育局", "", "1500"], ["营养改善", "", "1000"],
        ["产出指标", "", ""], ["数量指标（必填）", "", ""], ["受益学生", "2000人", ""],
        ["成本指标（必填）", "", ""], ["补助标准", "4元/天", ""],
        ["满意度指标", "", ""], ["服务对象满意度指标", "", ""], ["家长满意度", "≥90%", ""],
        ["校舍维修", "", "500"],
        ["成本指标", "", ""], ["经济成本指标", "", ""], ["每平米造价", "≤800元", ""],
        ["市实验小学", "", "90"], ["图书购置", "", "90"],
        ["产出指标", "", ""], ["数量指标", "", ""], ["图书册数", "≥3000册", ""],
    ]  # fmt: skip
    for reading in readings(TITLE, rows):
        first, second, third = reading.document.projects
        assert [(i.level1, i.level2, i.level3, i.target) for i in first.indicators] == [
            ("产出指标", "数量指标（必填）", "受益学生", "2000人"),
            ("产出指标", "成本指标（必填）", "补助标准", "4元/天"),
            ("满意度指标", "服务对象满意度指标", "家长满意度", "≥90%"),
        ]
        assert [(i.level1, i.level2) for i in second.indicators] == [("成本指标", "经济成本指标")]
        assert [(p.agency.name, p.name, p.budget.total) for p in (first, second, third)] == [
            ("市教育局", "营养改善", "1000"),
            ("市教育局", "校舍维修", "500"),
            ("市实验小学", "图书购置", "90"),
        ]
        assert {(p.year, p.money_unit) for p in (first, second, third)} == {("2021", "元")}
        assert not reading.diagnostics


def test_levels_on_rows_of_their_own_inside_a_form() -> None:
    rows = [
        wide(3, "项目名称", "智慧校园"), wide(3, "预算数", "30"), ["指标名称", "指标值", "备注"],
        ["产出指标", "", ""], ["数量指标", "", ""], ["教室改造", "≥20间", ""],
        ["成本指标", "", ""], ["总成本", "≤30万元", "含税"],
        ["满意度指标", "", ""], ["师生满意度", "≥90%", ""],
    ]  # fmt: skip
    found = project([], rows)
    assert [(i.level1, i.level2, i.level3, dict(i.extra)) for i in found.indicators] == [
        ("产出指标", "数量指标", "教室改造", {}),
        ("产出指标", "成本指标", "总成本", {"备注": "含税"}),
        ("满意度指标", None, "师生满意度", {}),
    ]

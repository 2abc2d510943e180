"""Labels and heads that are written like known ones, and columns whose heads say less than what stands below them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from layouts import grid, layout
from reading_forms import wide, word, workbook

import perfdoc
from perfdoc.extraction import extract
from perfdoc.model import Project
from perfdoc.reading import read


def projects(rows: Sequence[Sequence[str]]) -> list[Project]:
    found = []
    for data, file in ((word(["项目支出绩效目标表（2024年度）"], rows), "form.docx"), (workbook(rows), "form.xlsx")):
        (project,) = extract(read(data, file), {}).document.projects
        found.append(project)
    return found


@pytest.mark.parametrize(
    ("name", "department", "total", "goals"),
    [
        ("资金名称", "主管部门及其编码", "年度本级\n预算金额", "年度主要目标\n和成果"),
        ("补助资金名称", "业务主管部门及代码", "年度部门预算总额", "项目主要目标"),
        ("省级专项资金名称", "资金主管单位及其代码", "本年度项目预算数", "年度工作目标及成效"),
        ("奖补资金名称", "市级主管部门", "当年本级预算资金总额", "专项总体目标和效益"),
    ],
)
def test_labels_written_like_known_ones(name: str, department: str, total: str, goals: str) -> None:
    rows = [
        wide(5, name, "生猪调出大县奖励"),
        [department, "某县农业农村局", "<", "实施单位", "某县畜牧中心"],
        wide(5, total, "397"),
        wide(5, goals, "生产稳定"),
        ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
        ["^", "产出指标", "数量指标", "出栏量", "≥30万头"],
    ]
    for project in projects(rows):
        assert (project.name, project.department, project.budget.total, project.goals) == (
            "生猪调出大县奖励",
            "某县农业农村局",
            "397",
            "生产稳定",
        )
        assert not project.extra


def test_a_unit_with_its_code_is_the_agency() -> None:
    rows = [
        wide(5, "项目名称", "校舍维修"),
        wide(5, "实施单位及其编码", "305001 某县第一中学"),
        ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
        ["^", "产出指标", "数量指标", "维修面积", "≥500平方米"],
    ]
    for project in projects(rows):
        assert (project.agency.code, project.agency.name) == ("305001", "某县第一中学")


@pytest.mark.parametrize("weight", ["分值", "权重"])
@pytest.mark.parametrize("last", ["指标", "备注"])
def test_the_weight_behind_the_lowest_level_is_the_indicators(weight: str, last: str) -> None:
    rows = [
        wide(9, "项目名称", "校舍维修"),
        ["一级指标", "权重", "二级指标", weight, "三级指标", "计量单位", "目标值（标准）", weight, last],
        ["产出指标", "50", "数量指标", "75", "维修面积", "平方米", "≥500", "7", ""],
        ["^", "^", "^", "^", "维修间数", "间", "≥20", "8", ""],
    ]
    for project in projects(rows):
        assert [(i.level3, i.target, i.weight) for i in project.indicators] == [
            ("维修面积", "≥500平方米", "7"),
            ("维修间数", "≥20间", "8"),
        ]


@pytest.mark.parametrize("sign", ["=", "＝", "≥", "≤"])
def test_a_sign_stays_as_it_is_written(sign: str) -> None:
    rows = [
        wide(6, "项目名称", "工资"),
        ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位"],
        ["产出指标", "数量指标", "发放覆盖率", sign, "100", "%"],
    ]
    for project in projects(rows):
        assert [i.target for i in project.indicators] == [f"{sign}100%"]


@pytest.mark.parametrize("side", [True, False])
def test_a_last_head_that_says_less_is_over_the_values(side: bool) -> None:
    rows = [
        wide(5, "项目名称", "校舍维修"),
        ["绩效指标", "一级指标", "二级指标", "三级指标", "指标"],
        ["^", "产出指标", "数量指标", "维修面积", "≥500平方米"],
        ["^", "^", "质量指标", "验收合格率", "100%"],
    ]
    for project in projects(rows if side else [rows[0], *([*row[1:], ""] for row in rows[1:])]):
        assert [(i.level2, i.level3, i.target) for i in project.indicators] == [
            ("数量指标", "维修面积", "≥500平方米"),
            ("质量指标", "验收合格率", "100%"),
        ]


@pytest.mark.parametrize("form", ["tianjin", "central", "self-evaluation"])
def test_an_empty_level_is_not_filled_across_another_level(form: str) -> None:
    def resaved(**second: str) -> list[tuple[str | None, ...]]:
        rows = [
            {"level1": "产出指标", "level2": "数量指标", "level3": "培训人次", "target": "≥30人次", "weight": "45"},
            {"level1": "产出指标", "level2": "质量指标", "target": "≥90%", "weight": "45", **second},
        ]
        one = {"name": "培训费", "agency": {"name": "教育局"}, "goals": "培训。", "indicators": tuple(rows)}
        document = perfdoc.Document.model_validate({"form": form, "projects": (one,)})
        given = read(perfdoc.render(document, perfdoc.form(form)), "form.docx")
        (project,) = extract(replace(given, program="LibreOffice")).document.projects
        return [(i.level1, i.level2, i.level3, i.target) for i in project.indicators]

    first = ("产出指标", "数量指标", "培训人次", "≥30人次")
    assert resaved(level3="") == [first, ("产出指标", "质量指标", "", "≥90%")]
    assert resaved(level1="效益指标", level2="", level3="满意") == [first, ("效益指标", "", "满意", "≥90%")]


def test_an_unmerged_empty_level_by_labels() -> None:
    given = grid(
        ["项目名称", "培训费", "<", "<"],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "培训人次", "≥30人次"],
        ["", "质量指标", "", "≥90%"],
        ["效益指标", "", "受益人数", "≥100人"],
    )
    (project,) = extract(layout(given), {}).document.projects
    assert [(i.level1, i.level2, i.level3) for i in project.indicators] == [
        ("产出指标", "数量指标", "培训人次"),
        ("产出指标", "质量指标", ""),
        ("效益指标", "", "受益人数"),
    ]

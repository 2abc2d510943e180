"""Blocks below each other, names above each other, and columns for each town: what belongs to which."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from reading_forms import wide, word, workbook

from perfdoc.checks import check
from perfdoc.extraction import extract
from perfdoc.reading import read
from perfdoc.report import Reading

HEAD = ["一级指标", "二级指标", "三级指标", "指标值"]


def readings(rows: Sequence[Sequence[str]]) -> list[Reading]:
    given = [(word(["项目支出绩效目标表（2024年度）"], rows), "form.docx"), (workbook(rows), "form.xlsx")]
    return [extract(read(data, file), {}) for data, file in given]


def top() -> list[list[str]]:
    return [
        wide(5, "项目名称", "校舍维修"),
        ["主管部门", "某县教育局", "<", "实施单位", "某县第一中学"],
        wide(5, "年度资金总额", "120"),
        wide(5, "年度总体目标", "修好校舍。"),
    ]


LONG = [["产出指标", "数量指标", "维修面积", "≥900平方米"], ["效益指标", "社会效益指标", "受益学生", "≥800人"]]
YEAR = [["产出指标", "数量指标", "维修面积", "≥500平方米"], ["效益指标", "社会效益指标", "受益学生", "≥800人"]]


def under(side: str, rows: list[list[str]]) -> list[list[str]]:
    return [[side if n == 0 else "^", *row] for n, row in enumerate(rows)]


@pytest.mark.parametrize(
    ("rows", "periods"),
    [
        ([*under("长期绩效指标", [HEAD, *LONG]), *under("年度绩效指标", [HEAD, *YEAR])], ("长期", "年度")),
        ([*under("年度绩效指标", [HEAD, *YEAR]), *under("中期绩效指标", [HEAD, *LONG])], ("年度", "中期")),
        ([["", *HEAD], *under("长期\n绩效\n指标", LONG), *under("年度\n绩效\n指标", YEAR)], ("长期", "年度")),
        (
            [
                wide(5, "一、实施期绩效指标"),
                ["序号", *HEAD],
                *(["1", *row] for row in LONG),
                wide(5, "二、年度绩效指标"),
                ["序号", *HEAD],
                *(["1", *row] for row in YEAR),
            ],
            ("实施期", "年度"),
        ),
    ],
)
def test_a_block_for_each_period(rows: list[list[str]], periods: tuple[str, str]) -> None:
    for reading in readings([*top(), *rows]):
        (project,) = reading.document.projects
        assert [i.extra for i in project.indicators] == [{"时期": periods[n // 2]} for n in range(4)]
        year = [i for i in project.indicators if i.extra["时期"] == "年度"]
        assert [(i.level1, i.level3, i.target) for i in year] == [
            ("产出指标", "维修面积", "≥500平方米"),
            ("效益指标", "受益学生", "≥800人"),
        ]
        assert not {"PD207", "PD504"} & {one.code for one in check(reading)}


def test_one_block_has_no_period() -> None:
    for reading in readings([*top(), *under("年度绩效指标", [HEAD, *YEAR])]):
        assert [i.extra for i in reading.document.projects[0].indicators] == [{}, {}]


@pytest.mark.parametrize(
    ("fund", "own"),
    [
        ("专项名称", "项目名称"),
        ("资金名称", "项目名称"),
        ("专项资金名称", "二级项目名称"),
        ("政策名称", "项目支出名称"),
    ],
)
def test_a_fund_above_its_project_is_one_form(fund: str, own: str) -> None:
    rows = [wide(5, fund, "自由探索类"), wide(5, own, "实验室能力提升"), *top()[1:], *under("绩效指标", [HEAD, *YEAR])]
    for reading in readings(rows):
        (project,) = reading.document.projects
        assert (project.name, project.budget.total) == ("实验室能力提升", "120")
        assert project.extra == {fund: "自由探索类"}


def test_a_fund_without_a_project_names_the_form() -> None:
    rows = [wide(5, "专项名称", "自由探索类"), wide(5, "项目名称", ""), *top()[1:], *under("绩效指标", [HEAD, *YEAR])]
    for reading in readings(rows):
        (project,) = reading.document.projects
        assert project.name == "自由探索类"


def test_two_projects_are_still_two() -> None:
    one = [*top(), *under("绩效指标", [HEAD, *YEAR])]
    for reading in readings([*one, *one]):
        assert len(reading.document.projects) == 2


def test_a_column_for_each_town_is_kept_and_told() -> None:
    rows = [
        wide(6, "项目名称", "水利专项资金"),
        wide(6, "年度总体目标", "建设2个工程。"),
        ["一级指标", "二级指标", "三级指标", "指标解释", "西坪镇", "桃舟乡"],
        ["产出指标", "数量指标", "小型水利工程（个）", "反映建设情况", "1", "1"],
        ["效益指标", "社会效益指标", "受益人口（人）", "反映受益情况", "≥500", "≥300"],
    ]
    for reading in readings(rows):
        (project,) = reading.document.projects
        assert [i.extra for i in project.indicators] == [
            {"西坪镇": "1", "桃舟乡": "1"},
            {"西坪镇": "≥500", "桃舟乡": "≥300"},
        ]
        assert [(one.code, one.quote) for one in reading.diagnostics] == [("PD053", "西坪镇")]
        assert "PD109" not in {one.code for one in check(reading)}


def test_a_head_over_names_of_funds_begins_no_project() -> None:
    money = [
        ["资金名称", "金额", "备注", "<", "<"],
        ["中央补助", "100", "无", "<", "<"],
        ["县级资金", "20", "无", "<", "<"],
    ]
    for reading in readings([*top(), *money, *under("绩效指标", [HEAD, *YEAR])]):
        (project,) = reading.document.projects
        assert (project.name, project.budget.total) == ("校舍维修", "120")
        assert len(project.indicators) == 2

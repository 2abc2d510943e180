"""Several amounts of money in one cell: with their labels, or beside a cell of as many labels."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from reading_forms import wide, word, workbook

from perfdoc.extraction import extract
from perfdoc.model import Project
from perfdoc.reading import read
from perfdoc.report import Reading, Severity


def form(*money: Sequence[str]) -> list[list[str]]:
    return [
        wide(6, "项目名称", "校舍维修"),
        ["主管部门", "某县教育局", "<", "实施单位", "某县第一中学", "<"],
        *map(list, money),
        wide(6, "年度总体目标", "修好校舍。"),
        ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "<"],
        ["^", "产出指标", "数量指标", "维修面积", "≥500平方米", "<"],
    ]


def readings(rows: list[list[str]]) -> list[Reading]:
    given = [(word(["项目支出绩效目标表（2024年度）"], rows), "form.docx"), (workbook(rows), "form.xlsx")]
    return [extract(read(data, file), {}) for data, file in given]


def only(reading: Reading) -> Project:
    (project,) = reading.document.projects
    return project


@pytest.mark.parametrize(
    ("cell", "extra"),
    [
        ("资金总额：250\n其中：财政拨款：200\n其他资金：50", {}),
        ("一、资金总额: 250\n二、财政拨款: 200\n三、其他: 50", {}),
        ("资金总额 250\n其中：财政拨款 200\n上级补助 30\n其他资金 50", {"上级补助": "30"}),
        ("资金总额：250；其中：财政拨款：200，自筹资金：0，其它资金：50", {"自筹资金": "0"}),
        ("合计：250\n财政拨款：200\n社会资本：\n其他资金：50", {"社会资本": ""}),
    ],
)
def test_amounts_with_their_labels(cell: str, extra: dict[str, str]) -> None:
    for reading in readings(form(wide(6, "项目资金（万元）", cell))):
        project = only(reading)
        assert (project.budget.total, project.budget.fiscal, project.budget.other) == ("250", "200", "50")
        assert project.extra == extra
        assert project.money_unit == "万元"
        assert not reading.diagnostics


def test_the_first_line_may_be_the_amount_of_the_label_beside_the_cell() -> None:
    for reading in readings(form(wide(6, "资金总额（万元）", "250\n其中：财政拨款 200\n其他资金 50"))):
        project = only(reading)
        assert (project.budget.total, project.budget.fiscal, project.budget.other) == ("250", "200", "50")
        assert not reading.diagnostics


def test_labels_below_each_other_and_as_many_amounts_beside_them() -> None:
    labels = "资金总额\n其中：财政拨款\n其他资金"
    for reading in readings(form(["项目资金（万元）", labels, "<", wide(3, "250\n200\n50")[0], "<", "<"])):
        project = only(reading)
        assert (project.budget.total, project.budget.fiscal, project.budget.other) == ("250", "200", "50")
        assert not project.extra
        assert not reading.diagnostics


def test_labels_below_each_other_under_heads() -> None:
    money = [
        ["项目资金（万元）", "", "<", "年初预算数", "全年预算数", "全年执行数"],
        ["^", "年度资金总额\n其中：财政拨款\n县级资金", "<", "240\n190\n50", "250\n200\n50", "245\n200\n45"],
    ]
    for reading in readings(form(*money)):
        project = only(reading)
        assert (project.budget.total, project.budget.fiscal) == ("250", "200")
        assert (project.execution.initial.total, project.execution.executed.fiscal) == ("240", "200")
        assert project.extra["县级资金·全年预算数"] == "50"


def test_lines_that_cannot_be_told_apart_are_said() -> None:
    for reading in readings(form(wide(6, "项目资金（万元）", "资金总额：250\n由省财政厅下达，另行核算。"))):
        said = [one for one in reading.diagnostics if one.severity is Severity.warning]
        assert [one.code for one in said] == ["PD048"]
        assert "资金总额：250" in said[0].message


def test_a_label_in_two_lines_is_one_label() -> None:
    for reading in readings(form(wide(6, "年度资金\n总额", "250"))):
        assert only(reading).budget.total == "250"


def test_a_label_over_blank_amounts_is_not_cut_at_its_colon() -> None:
    money = [
        ["项目资金（万元）", "", "<", "全年预算数（A）", "全年执行数（B）", "执行率（B/A）"],
        ["^", "年度资金总额", "<", "194.9", "194.9", "100%"],
        ["^", "其中：中央、省、市补助", "<", "", "", ""],
        ["^", "县级资金", "<", "194.9", "194.9", "100%"],
    ]
    for reading in readings(form(*money)):
        project = only(reading)
        assert project.budget.total == "194.9"
        assert "其中" not in project.extra
        assert project.extra["县级资金·全年预算数（A）"] == "194.9"


@pytest.mark.parametrize("corner", ["资金来源", "项目", "资金性质", "来源渠道"])
def test_a_corner_over_the_sources_is_no_column(corner: str) -> None:
    money = [
        ["项目资金（万元）", corner, "<", "全年预算数", "全年执行数", "执行率"],
        ["^", "年度资金总额", "<", "194.9", "190", "97%"],
        ["^", "中央补助", "<", "94.9", "94.9", "100%"],
        ["^", "村集体投入", "<", "100", "95.1", "95%"],
    ]
    for reading in readings(form(*money)):
        project = only(reading)
        assert (project.budget.total, project.execution.executed.total) == ("194.9", "190")
        amounts = {label: text for label, text in project.extra.items() if label.endswith("全年预算数")}
        assert amounts == {"中央补助·全年预算数": "94.9", "村集体投入·全年预算数": "100"}
        assert corner not in project.extra
        assert not reading.diagnostics


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("资金用途", "1.工资：100万元\n2.办公：20万元"),
        ("项目概况", "总投资：500万元\n建设内容：道路"),
        ("项目概况", "财政拨款：100万元\n其他资金：20万元"),
    ],
)
def test_lines_of_another_field_stay_together(label: str, text: str) -> None:
    for reading in readings(form(wide(6, "年度资金总额", "120"), wide(6, label, text))):
        project = only(reading)
        assert (project.purpose or project.extra[label]) == text
        assert (project.budget.total, project.budget.fiscal) == ("120", None)

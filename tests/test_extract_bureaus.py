"""Forms of other bureaus whose labels or cells are none of the usual ones; each is read from Excel and from Word."""

from __future__ import annotations

import pytest
from reading_forms import project, readings, wide

from perfdoc.model import Agency, Budget, Execution, Indicator, Sources
from perfdoc.report import Role

HEAD = ["一级指标", "二级指标", "三级指标", "指标值"]
ROW = ["产出指标", "数量指标", "救助人次", "≥12万人次"]


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("业务主管部门", "department"),
        ("市级预算主管部门及代码", "department"),
        ("省级预算部门名称", "agency.name"),
        ("部门/单位名称", "agency.name"),
        ("申报单位（盖章）名称", "agency.name"),
        ("项目当年绩效目标", "goals"),
    ],
)
def test_labels_written_as_labels_of_a_field_are(label: str, field: str) -> None:
    found = project([], [wide(4, "项目名称", "低保"), wide(4, label, "某市民政局"), HEAD, ROW])
    value: object = found
    for step in field.split("."):
        value = getattr(value, step)
    assert (value, found.extra) == ("某市民政局", {})


@pytest.mark.parametrize("label", ["实施期目标", "中央主管部门", "预算主管部门编码", "部门职能"])
def test_labels_of_something_else_stay_in_extra(label: str) -> None:
    found = project([], [wide(4, "项目名称", "低保"), wide(4, label, "某某"), HEAD, ROW])
    assert found.extra == {label: "某某"}


def test_planned_and_reached_goals_beside_amounts_with_dashes() -> None:
    found = project(
        ["项目支出绩效自评表（2022年度）"],
        [
            wide(6, "项目名称", "<", "困难群众救助"),
            wide(6, "预算单位", "<", "某市民政局"),
            ["预算执行情况(万元)", "预算数：", "<", "860.00", "执行数：", "855.30"],
            ["^", "其中-财政拨款：", "<", "860.00", "其中-财政拨款：", "855.30"],
            ["^", "其它资金：", "<", "0", "其它资金：", "0"],
            ["年度目标完成情况", "预期目标", "<", "<", "实际完成目标", "<"],
            ["^", "保障基本生活。", "<", "<", "救助12.3万人次。", "<"],
            ["绩效指标", "一级指标", "二级指标", "三级指标", "预期指标值", "实际完成指标值"],
            ["^", "项目完成指标", "数量指标", "救助人次", "≥12万人次", "12.3万人次"],
        ],
    )
    assert found.budget == Budget(total="860.00", fiscal="860.00", other="0")
    assert found.execution == Execution(executed=Sources(total="855.30", fiscal="855.30", other="0"))
    assert (found.goals, found.results) == ("保障基本生活。", "救助12.3万人次。")


def test_labels_over_a_row_of_amounts_are_heads_whatever_they_say() -> None:
    found = project(
        [],
        [
            wide(7, "项目名称", "示范高中"),
            ["资金来源（万元）", "合计", "省级财政", "市级财政", "县级财政", "单位自筹", "其他资金"],
            ["^", "260", "100", "100", "60", "—", "0"],
            wide(7, "绩效目标", "建成。"),
            [*HEAD[:3], "<", "<", "指标值", "<"],
            [*ROW[:3], "<", "<", ROW[3], "<"],
        ],
    )
    assert (found.budget, found.money_unit) == (Budget(total="260", other="0"), "万元")
    assert found.extra == {"省级财政": "100", "市级财政": "100", "县级财政": "60", "单位自筹": "—"}


def test_a_label_that_reaches_under_the_first_head_of_amounts() -> None:
    found = project(
        [],
        [
            wide(8, "项目名称", "<", "物资储备"),
            ["项目预算执行情况（万元）", "<", "", "年初预算数", "<", "全年预算数", "全年执行数", "执行率"],
            ["^", "<", "年度资金总额", "<", "500", "480", "470", "97.92%"],
            ["^", "<", "其中：财政拨款", "<", "500", "480", "470", "97.92%"],
            wide(8, "绩效目标", "<", "储备。"),
            [*HEAD[:3], "<", "<", "<", "指标值", "<"],
            [*ROW[:3], "<", "<", "<", ROW[3], "<"],
        ],
    )
    assert found.budget == Budget(total="480", fiscal="480")
    assert found.execution.initial == Sources(total="500", fiscal="500")
    assert found.execution.rate == Sources(total="97.92%", fiscal="97.92%")


def test_a_cell_over_two_columns_is_read_once() -> None:
    found = project(
        [],
        [
            wide(6, "项目名称", "低保"),
            [*HEAD[:3], "计算符号", "指标值", "评分标准"],
            [*ROW[:3], "≥", "12万", "按比例"],
            ["产出指标", "质量指标", "准确率", "100%", "<", "按比例"],
            ["产出指标", "时效指标", "发放时间", "", "每月10日前", "<"],
        ],
    )
    assert [i.target for i in found.indicators] == ["≥12万", "100%", "每月10日前"]
    assert [dict(i.extra) for i in found.indicators] == [
        {"计算符号": "≥", "评分标准": "按比例"},
        {"评分标准": "按比例"},
        {},
    ]


def test_a_line_that_nothing_is_known_of_below_a_title_is_in_the_form() -> None:
    columns = 4
    rows = [
        wide(columns, "2023年项目支出绩效目标表"),
        wide(columns, "密级：内部"),
        wide(columns, "项目名称", "低保"),
        HEAD,
        ROW,
    ]
    found = project([], rows)
    assert (found.year, found.extra) == ("2023", {"密级": "内部"})


def test_a_column_of_kinds_of_values_has_their_signs() -> None:
    found = project(
        [],
        [
            wide(6, "单位名称", "某县民政局"),
            [*HEAD[:3], "指标值类型", "指标值", "度量单位"],
            [*ROW[:3], "≥", "15000", "人"],
            ["效益指标", "社会效益指标", "社会稳定", "定性", "维护", "无"],
        ],
    )
    assert [i.target for i in found.indicators] == ["≥15000人", "维护"]


def test_a_budget_department_beside_the_agency_is_the_department() -> None:
    found = project(
        [], [["项目名称", "医疗救助", "<", "<"], ["预算部门", "市医保局", "实施单位", "市医保中心"], HEAD, ROW]
    )
    assert (found.department, found.agency.name, found.extra) == ("市医保局", "市医保中心", {})
    alone = project([], [wide(4, "项目名称", "医疗救助"), wide(4, "预算部门", "市医保局"), HEAD, ROW])
    assert (alone.department, alone.agency.name) == ("市医保局", "市医保局")


GROUPED = [
    ["单位编码（项目编码）", "项目单位（项目名称）", "项目金额（万元）", "<", "绩效目标", "成本指标", "<",
     "产出指标（50分）", "<"],
    ["^", "^", "资金总额", "单位资金", "^", "三级指标", "指标值", "三级指标", "指标值"],
    ["405001", "某县民政局", "120", "", "", "", "", "", ""],
    ["4116230012345", "高龄津贴", "80", "3", "发放津贴。", "补贴标准", "50元/人/月", "发放人数", "≥1300人"],
    ["^", "^", "^", "^", "^", "", "", "及时率", "100%"],
    ["4116230012346", "孤儿生活费", "40", "", "保障生活。", "补助标准", "≥950元/人/月", "保障人数", "35人"],
]  # fmt: skip


def test_a_list_with_indicators_side_by_side_under_the_names_of_their_first_levels() -> None:
    for reading in readings([], GROUPED):
        first, second = reading.document.projects
        assert (first.name, first.goals, first.agency) == (
            "高龄津贴", "发放津贴。", Agency(code="405001", name="某县民政局"),
        )  # fmt: skip
        assert (first.budget.total, second.budget.total) == ("80", "40")
        assert first.extra == {"单位编码（项目编码）": "4116230012345", "项目金额（万元）·单位资金": "3"}
        assert first.indicators == (
            Indicator(level1="成本指标", level3="补贴标准", target="50元/人/月"),
            Indicator(level1="产出指标（50分）", level3="发放人数", target="≥1300人"),
            Indicator(level1="产出指标（50分）", level3="及时率", target="100%"),
        )
        assert [one.level1 for one in second.indicators] == ["成本指标", "产出指标（50分）"]
        assert reading.places["projects", 1, "indicators", 0, "level1"].column == 6
        assert [c.text for c in reading.claims if c.role is Role.unclaimed] == []
        assert not reading.diagnostics


def test_a_form_with_indicators_side_by_side_under_the_names_of_their_first_levels() -> None:
    head, below = (row[5:] for row in GROUPED[:2])
    rows = [row[5:] for row in GROUPED[3:]]
    found = project([], [wide(4, "项目名称", "津贴"), wide(4, "绩效目标", "发放津贴。"), head, below, *rows])
    assert [(i.level1, i.level3) for i in found.indicators] == [
        ("成本指标", "补贴标准"),
        ("产出指标（50分）", "发放人数"),
        ("产出指标（50分）", "及时率"),
        ("成本指标", "补助标准"),
        ("产出指标（50分）", "保障人数"),
    ]
    assert [dict(i.extra) for i in found.indicators] == [{}] * 5

"""Forms of other bureaus whose labels or cells are none of the usual ones; each is read from Excel and from Word."""

from __future__ import annotations

import pytest
from reading_forms import project, wide

from perfdoc.model import Budget, Execution, Sources

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

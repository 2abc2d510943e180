"""The layouts that real forms have, read by their labels alone: no form is known to these tests."""

from __future__ import annotations

from dataclasses import replace

import pytest
from layouts import grid, layout

from perfdoc.errors import NotRecognisedError
from perfdoc.extraction import extract
from perfdoc.layout import Layout
from perfdoc.model import Budget, Execution, Project, Sources
from perfdoc.report import Reading, Role


def read(given: Layout) -> Reading:
    return extract(given, {})


def only(given: Layout) -> Project:
    (project,) = read(given).document.projects
    return project


def rows(project: Project) -> list[tuple[str | None, ...]]:
    return [(i.level1, i.level2, i.level3, i.target) for i in project.indicators]


def texts(reading: Reading, *roles: Role) -> list[str]:
    return [claim.text for claim in reading.claims if claim.role in roles]


CENTRAL = grid(
    ["项 目 名 称：", "某项目", "<", "<", "<"],
    ["主管部门及代码", "209101某区法院", "实施单位", "某区法院", "<"],
    ["项目资金\n（万元）", "年度资金总额：", "<", "100.00", "执行率分值（10）"],
    ["^", "其中：财政拨款", "<", "90.00", "^"],
    ["^", "上年结转资金", "<", "5.00", "^"],
    ["^", "其他资金", "<", "", "^"],
    ["年度\n总体\n目标", "1.做好。\n2.做完。", "<", "<", "<"],
    ["绩\n效\n指\n标", "一级指标", "二级指标", "三级指标", "指标值"],
    ["^", "产出指标", "数量指标", "案件数", "≥5件"],
    ["^", "^", "质量指标", "合格率", "≥90%"],
    ["^", "^", "^", "准确率", "＝100％"],
    ["^", "效益指标", "社会效益指标", "公正", "显著"],
    ["其他需要说明的问题", "无", "<", "<", "<"],
)


def test_one_table_with_money_in_rows_and_merged_levels() -> None:
    reading = read(layout("附件1", "项目支出绩效目标表", "（2023年度）", "金额单位：万元", CENTRAL))
    (project,) = reading.document.projects
    assert project.name == "某项目"
    assert (project.agency.code, project.agency.name) == ("209101", "某区法院")
    assert (project.department, project.year) == ("209101某区法院", "2023")
    assert project.budget == Budget(total="100.00", fiscal="90.00", carry_over="5.00", other="")
    assert project.execution == Execution(weight=Sources(total="10"))
    assert project.goals == "1.做好。\n2.做完。"
    assert project.money_unit == "万元"
    assert project.extra == {"其他需要说明的问题": "无"}
    assert rows(project) == [
        ("产出指标", "数量指标", "案件数", "≥5件"),
        ("产出指标", "质量指标", "合格率", "≥90%"),
        ("产出指标", "质量指标", "准确率", "＝100％"),
        ("效益指标", "社会效益指标", "公正", "显著"),
    ]
    assert texts(reading, Role.unclaimed, Role.outside) == []
    assert str(reading.places["projects", 0, "indicators", 2, "target"]) == "form.docx: table 1 row 11 column 5"


def test_a_department_that_is_not_the_agency_is_only_the_department() -> None:
    project = only(
        layout(grid(["项目名称", "甲"], ["主管部门", "市法院"], ["实施单位", "区法院"], ["绩效目标", "做好"]))
    )
    assert (project.department, project.agency.name) == ("市法院", "区法院")
    assert project.extra == {}


@pytest.mark.parametrize("agency", ["", "区法院", "区法院（本级）"])
def test_a_department_that_is_the_agency_tells_its_code(agency: str) -> None:
    reading = read(
        layout(
            grid(["项目名称", "甲"], ["主管部门及代码", "[209101]区法院"], ["实施单位", agency], ["绩效目标", "做好"])
        )
    )
    (project,) = reading.document.projects
    assert project.department == "[209101]区法院"
    known = agency in ("", "区法院")
    assert (project.agency.code, project.agency.name) == (("209101", "区法院") if known else (None, agency))
    assert reading.places["projects", 0, "department"].row == 2
    assert (("projects", 0, "agency", "code") in reading.places) is known


def test_two_blocks_of_indicators_side_by_side_are_both_kept_and_told_apart() -> None:
    project = only(
        layout(
            grid(
                ["项目名称", "某项目", "<", "<", "<", "<", "<", "<"],
                ["项目属性", "延续项目", "<", "<", "项目期", "3年", "<", "<"],
                ["项目资金（万元）", "中期资金总额：", "<", "300", "年度资金总额：", "<", "100", "<"],
                ["^", "其中：财政拨款", "<", "290", "其中：财政拨款", "<", "90", "<"],
                ["^", "其他资金", "<", "10", "其他资金", "<", "10", "<"],
                ["总体目标", "中期目标（2021年—2023年）", "<", "<", "年度目标", "<", "<", "<"],
                ["^", "目标1：中期", "<", "<", "目标1：年度", "<", "<", "<"],
                ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"],
                ["^", "产出指标", "数量指标", "甲", "≥3", "数量指标", "乙", "≥1"],
                ["^", "^", "^", "丙", "≥4", "^", "", ""],
                ["^", "效益指标", "社会效益", "丁", "好", "社会效益", "戊", "优"],
            )
        )
    )
    assert project.goals == "目标1：年度"
    assert (project.budget.total, project.budget.fiscal, project.budget.other) == ("100", "90", "10")
    assert project.extra == {
        "项目属性": "延续项目",
        "项目期": "3年",
        "中期资金总额": "300",
        "中期资金总额·其中：财政拨款": "290",
        "中期资金总额·其他资金": "10",
        "中期目标（2021年—2023年）": "目标1：中期",
    }
    assert [(i.level1, i.level3, i.target, i.extra["时期"]) for i in project.indicators] == [
        ("产出指标", "甲", "≥3", "中期目标（2021年—2023年）"),
        ("产出指标", "乙", "≥1", "年度目标"),
        ("产出指标", "丙", "≥4", "中期目标（2021年—2023年）"),
        ("效益指标", "丁", "好", "中期目标（2021年—2023年）"),
        ("效益指标", "戊", "优", "年度目标"),
    ]


@pytest.mark.parametrize(
    ("operator", "value", "unit", "target"),
    [
        ("≥", "83", "万页", "≥83万页"),
        (">=", "83", "万页", "≥83万页"),
        ("≧", "83", "万页", "≥83万页"),
        ("大于等于", "90", "%", "≥90%"),
        ("＝", "100", "%", "＝100%"),
        ("等于", "2", "辆", "＝2辆"),
        ("定性", "优", "", "优"),
        ("≥", "≥90", "%", "≥90%"),
        ("≥", "90%", "%", "≥90%"),
        ("", "2023年底前", "/", "2023年底前"),
    ],
)
def test_a_value_split_over_columns_is_joined_and_the_split_kept(
    operator: str, value: str, unit: str, target: str
) -> None:
    project = only(
        layout(
            grid(
                ["项目名称", "甲", "<", "<", "<", "<"],
                ["绩效目标", "做好", "<", "<", "<", "<"],
                ["一级指标", "二级指标", "三级指标", "计算符号", "指标值", "计量单位"],
                ["产出指标", "数量指标", "数", operator, value, unit],
            )
        )
    )
    (indicator,) = project.indicators
    assert indicator.target == target
    assert indicator.extra == {k: v for k, v in (("计算符号", operator), ("计量单位", unit)) if v}


def test_a_table_without_levels() -> None:
    project = only(
        layout(
            grid(
                ["项目名称", "甲", "<", "<", "<", "<"],
                ["年度绩效目标", "做好", "<", "<", "<", "<"],
                ["指标名称", "指标性质", "指标值", "计量单位", "权重", "完成值"],
                ["扫描数", "≥", "83", "万页", "20", "80"],
            )
        )
    )
    (indicator,) = project.indicators
    assert (indicator.level1, indicator.level2, indicator.level3) == (None, None, "扫描数")
    assert indicator.target == "≥83万页"
    assert (indicator.weight, indicator.actual) == ("20", "80")
    assert indicator.extra == {"指标性质": "≥", "计量单位": "万页"}


def test_a_self_evaluation_has_its_money_by_source_and_what_became_of_each_indicator() -> None:
    reading = read(
        layout(
            grid(
                ["项目支出绩效自评表", "<", "<", "<", "<", "<", "<", "<"],
                ["（2022年度）", "<", "<", "<", "<", "<", "<", "<"],
                ["项目名称", "某项目", "<", "<", "<", "<", "<", "<"],
                ["主管部门", "市法院", "<", "<", "实施单位", "区法院", "<", "<"],
                ["项目资金（万元）", "", "<", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率"],
                ["^", "年度资金总额", "<", "100", "101", "90", "10", "90%"],
                ["^", "其中：当年财政拨款", "<", "95", "96", "85", "—", ""],
                ["^", "上年结转资金", "<", "5", "5", "5", "—", ""],
                ["^", "其他资金", "<", "0", "0", "0", "—", "0"],
                ["年度总体目标", "预期目标", "<", "<", "实际完成情况", "<", "<", "<"],
                ["^", "做好", "<", "<", "已完成", "<", "<", "<"],
                ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
                ["^", "产出指标", "数量指标", "甲", "≥5", "5", "10", "10"],
                ["总分", "<", "<", "<", "<", "<", "100", "98.5"],
            )
        )
    )
    (project,) = reading.document.projects
    assert (project.year, project.goals, project.results, project.score) == ("2022", "做好", "已完成", "98.5")
    assert project.budget == Budget(total="101", fiscal="96", carry_over="5", other="0")
    assert project.execution.initial == Sources(total="100", fiscal="95", carry_over="5", other="0")
    assert project.execution.executed == Sources(total="90", fiscal="85", carry_over="5", other="0")
    assert project.execution.weight == Sources(total="10", fiscal="—", carry_over="—", other="—")
    assert (project.execution.rate.total, project.execution.rate.other) == ("90%", "0")
    assert project.extra == {"总分·分值": "100"}
    (indicator,) = project.indicators
    assert (indicator.weight, indicator.actual, indicator.score, indicator.extra) == ("10", "5", "10", {})
    assert texts(reading, Role.unclaimed, Role.outside) == []


def test_a_whole_department_form_has_no_project_name() -> None:
    project = only(
        layout(
            grid(
                ["部门（单位）名称", "某区教育局", "<", "<"],
                ["年度主要任务", "任务名称", "主要内容", "预算金额（万元）"],
                ["^", "任务1", "办学", "100"],
                ["^", "任务2", "教研", "50"],
                ["年度总体目标", "办好", "<", "<"],
                ["一级指标", "二级指标", "三级指标", "指标值"],
                ["产出指标", "数量指标", "学校数", "≥5"],
            )
        )
    )
    assert project.name is None
    assert project.agency.name == "某区教育局"
    assert project.budget.total is None
    assert project.extra["任务名称 (2)"] == "任务2"
    assert rows(project) == [("产出指标", "数量指标", "学校数", "≥5")]


FLAT_HEAD = ["序号", "单位名称", "项目名称", "预算数", "一级指标", "二级指标", "三级指标", "指标值"]


@pytest.mark.parametrize("again", ["^", "", "repeat"])
def test_flat_lists_merged_once_or_repeated(again: str) -> None:
    def line(number: str, name: str, total: str, first: bool) -> list[str]:
        own = [number, "甲局", name, total]
        return own if first or again == "repeat" else [again] * 4

    reading = read(
        layout(
            grid(
                ["2023年绩效目标汇总表", *["<"] * 7],
                ["单位：万元", *["<"] * 7],
                FLAT_HEAD,
                [*line("1", "A", "10", True), "产出指标", "数量指标", "x", "≥1"],
                [*line("1", "A", "10", False), "^", "质量指标", "y", "≥2"],
                [*line("2", "B", "20", True), "产出指标", "数量指标", "x", "≥3"],
                [*line("2", "B", "20", False), "", "质量指标", "y", "≥4"],
                ["合计", "", "", "30", "", "", "", ""],
                sheet="目标",
            )
        )
    )
    a, b = reading.document.projects
    assert (a.name, a.budget.total, a.money_unit, a.agency.name) == ("A", "10", "万元", "甲局")
    assert (b.name, b.budget.total, b.money_unit, b.agency.name) == ("B", "20", "万元", "甲局")
    assert rows(a) == [("产出指标", "数量指标", "x", "≥1"), ("产出指标", "质量指标", "y", "≥2")]
    assert rows(b) == [("产出指标", "数量指标", "x", "≥3"), ("产出指标", "质量指标", "y", "≥4")]
    assert texts(reading, Role.unclaimed) == []
    assert str(reading.places["projects", 1, "indicators", 0, "target"]) == "form.docx:目标!H6"


def test_flat_list_given_once_keeps_two_projects_of_one_name_apart() -> None:
    reading = read(
        layout(
            grid(
                ["项目名称", "预算数", "一级指标", "二级指标", "三级指标", "指标值"],
                ["A", "1", "产出指标", "数量指标", "x", "1"],
                ["", "", "产出指标", "数量指标", "y", "2"],
                ["A", "1", "产出指标", "数量指标", "z", "3"],
            )
        )
    )
    assert [len(project.indicators) for project in reading.document.projects] == [2, 1]


def test_forms_inside_a_larger_document() -> None:
    other = grid(["项目名称", "预算数", "备注"], ["A", "10", ""], ["B", "20", "x"])
    reading = read(
        layout(
            "第一部分 概况",
            other,
            "1.甲项目绩效目标表",
            grid(["项目名称", "甲项目"], ["绩效目标", "做好"]),
            grid(["一级指标", "二级指标", "三级指标", "指标值"], ["产出指标", "数量指标", "x", "≥1"]),
            "2.另一名绩效目标表",
            grid(["项目名称", "乙项目"], ["绩效目标", "做完"]),
            grid(["一级指标", "二级指标", "三级指标", "指标值"], ["产出指标", "数量指标", "y", "≥2"]),
            "第三部分 名词解释",
        )
    )
    first, second = reading.document.projects
    assert (first.name, first.heading) == ("甲项目", "1.甲项目绩效目标表")
    assert (second.name, second.heading) == ("乙项目", "2.另一名绩效目标表")
    assert rows(second) == [("产出指标", "数量指标", "y", "≥2")]
    outside = texts(reading, Role.outside)
    assert outside == ["第一部分 概况", "项目名称", "预算数", "备注", "A", "10", "B", "20", "x", "第三部分 名词解释"]


def test_a_head_typed_again_between_rows_is_no_indicator_and_one_text_of_it_is_a_value() -> None:
    head = ["一级指标", "二级指标", "三级指标", "指标值"]
    first, second = ["产出指标", "数量指标", "案件数", "≥5件"], ["产出指标", "数量指标", "指标值", "≥3件"]
    reading = read(layout(grid(["项目名称", "某项目", "<", "<"], head, first, head, second)))
    (project,) = reading.document.projects
    assert rows(project) == [tuple(first), tuple(second)]
    assert not reading.diagnostics
    assert texts(reading, Role.label).count("指标值") == 2


def test_a_head_typed_again_in_a_list_begins_no_project() -> None:
    head = ["项目名称", "一级指标", "二级指标", "三级指标", "指标值"]
    first, second = (
        ["甲项目", "产出指标", "数量指标", "案件数", "≥5件"],
        ["乙项目", "产出指标", "数量指标", "人数", "≥3人"],
    )
    reading = read(layout(grid(head, first, head, second)))
    assert [(p.name, *rows(p)) for p in reading.document.projects] == [
        (first[0], tuple(first[1:])),
        (second[0], tuple(second[1:])),
    ]
    assert not reading.diagnostics


@pytest.mark.parametrize("typed_again", [True, False])
def test_a_table_cut_by_a_page_goes_on(typed_again: bool) -> None:
    head = ["一级指标", "二级指标", "三级指标", "指标值"]
    rest = [["^", "质量指标", "y", "≥2"], ["效益指标", "社会效益指标", "z", "好"]]
    second = grid(head, *rest) if typed_again else grid(*rest)
    reading = read(
        layout(
            grid(["项目名称", "甲"], ["绩效目标", "做好"]),
            grid(head, ["产出指标", "数量指标", "x", "≥1"]),
            second,
        )
    )
    (project,) = reading.document.projects
    assert rows(project) == [
        ("产出指标", "数量指标", "x", "≥1"),
        ("产出指标", "质量指标", "y", "≥2"),
        ("效益指标", "社会效益指标", "z", "好"),
    ]


@pytest.mark.parametrize("typed_again", [True, False])
@pytest.mark.parametrize("farther_right", [0, 1])
def test_a_table_cut_by_a_page_may_start_at_another_column(typed_again: bool, farther_right: int) -> None:
    head = ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"]
    rest = [["^", "^", "质量指标", "y", "≥2"], ["^", "效益指标", "社会效益指标", "z", "好"]]
    given = layout(
        grid(
            ["项目名称", "甲", "<", "<", "<"],
            ["绩效目标", "做好", "<", "<", "<"],
            head,
            ["^", "产出指标", "数量指标", "x", "≥1"],
        ),
        grid(head, *rest) if typed_again else grid(*rest),
    )
    first, second = given.grids()
    moved = [second, first][farther_right]  # w:gridBefore: a column that no row has a cell in
    rows_ = [r._replace(cells=tuple(c._replace(column=c.column + 1) for c in r.cells)) for r in moved.rows]
    right = replace(moved, rows=tuple(rows_), columns=moved.columns + 1)
    blocks = tuple(right if block is moved else block for block in given.blocks)
    reading = read(replace(given, blocks=blocks))
    (project,) = reading.document.projects
    assert rows(project) == [
        ("产出指标", "数量指标", "x", "≥1"),
        ("产出指标", "质量指标", "y", "≥2"),
        ("效益指标", "社会效益指标", "z", "好"),
    ]
    assert texts(reading, Role.unclaimed, Role.outside) == []


def test_a_table_cut_by_a_page_may_have_cells_where_it_had_none() -> None:
    """LibreOffice writes empty cells for `w:gridBefore`, and loses a merge that begins in mid-air."""
    first = grid(
        ["项目名称", "甲", "<", "<", "<"],
        ["绩效目标", "做好", "<", "<", "<"],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
        ["^", "产出指标", "数量指标", "x", "≥1"],
    )
    second = grid(["", "", "", "质量指标", "y", "≥2", ""], ["", "", "", "", "z", "3", ""])
    reading = read(layout(first, second))
    (project,) = reading.document.projects
    assert rows(project) == [
        ("产出指标", "数量指标", "x", "≥1"),
        ("产出指标", "质量指标", "y", "≥2"),
        ("产出指标", "质量指标", "z", "3"),
    ]
    assert texts(reading, Role.unclaimed, Role.outside) == []
    for row_ in (["", "质量指标", "", "y", "≥2", "", ""], ["x", "", "", "质量指标", "y", "≥2", ""]):
        assert len(only(layout(first, grid(row_))).indicators) == 1  # not below the columns of the head


def test_a_head_typed_again_in_other_columns_says_what_stands_in_them() -> None:
    """LibreOffice writes an empty cell for `w:gridAfter` in one half of a table, for `w:gridBefore` in the other."""
    head = ["一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值"]
    first = grid([*head, ""], ["产出指标", "数量指标", "x", "x，按季", "≥1", ""])
    second = grid(["", *head], ["", "效益指标", "社会效益指标", "y", "y，按季", "好"], ["", "", "", "z", "z", "≥2"])
    project = only(layout(grid(["项目名称", "甲"], ["绩效目标", "做好"]), first, second))
    assert rows(project) == [
        ("产出指标", "数量指标", "x", "≥1"),
        ("效益指标", "社会效益指标", "y", "好"),
        ("效益指标", "社会效益指标", "z", "≥2"),
    ]
    assert [row.description for row in project.indicators] == ["x，按季", "y，按季", None]


def test_an_indicator_may_be_called_as_a_label_is() -> None:
    """Its levels are blank where those of the row above hold; what it says is no project's name."""
    form = grid(
        ["项目名称", "甲", "<", "<", "<"],
        ["绩效目标", "做好", "<", "<", "<"],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
        ["^", "产出指标", "数量指标", "x", "≥1"],
        ["^", "", "", "项目名称", "95%以上"],
        ["^", "效益指标", "社会效益指标", "y", "好"],
        ["项目名称", "乙", "<", "<", "<"],
        ["绩效目标", "做好", "<", "<", "<"],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
        ["^", "产出指标", "数量指标", "z", "≥2"],
    )
    first, second = read(layout(form)).document.projects
    assert (first.name, rows(first)) == (
        "甲",
        [
            ("产出指标", "数量指标", "x", "≥1"),
            ("产出指标", "数量指标", "项目名称", "95%以上"),
            ("效益指标", "社会效益指标", "y", "好"),
        ],
    )
    assert (second.name, rows(second)) == ("乙", [("产出指标", "数量指标", "z", "≥2")])


def test_a_total_beside_a_label_that_names_the_unit() -> None:
    project = only(
        layout(
            grid(
                ["项目名称", "甲", "<", "<", "<"],
                ["预算资金（元）", "总额", "2,350,000", "财政拨款", "2,000,000"],
                ["年度目标", "做好", "<", "<", "<"],
            ),
            grid(["一级指标", "二级指标", "三级指标", "指标值"], ["产出指标", "数量指标", "x", "≥1"]),
        )
    )
    assert (project.budget.total, project.budget.fiscal, project.money_unit) == ("2,350,000", "2,000,000", "元")
    assert project.extra == {}


def test_soft_hyphens_do_not_hide_a_label() -> None:
    """LibreOffice saves `w:softHyphen` as the character U+00AD."""
    form = grid(["项目\u00ad名称", "甲"], ["单\u00ad位：万元", "<"], ["绩效\u00ad目标", "做好"])
    heads = grid(["一级\u00ad指标", "二级指标", "三级指标", "指标\u00ad值"], ["产出指标", "数量指标", "x", "≥1"])
    project = only(layout(form, heads))
    assert (project.name, project.goals, project.money_unit) == ("甲", "做好", "万元")
    assert rows(project) == [("产出指标", "数量指标", "x", "≥1")]


def test_several_forms_on_one_sheet() -> None:
    form = [
        ["项目支出绩效目标表", "<", "<", "<"],
        ["项目名称", "A", "<", "<"],
        ["绩效目标", "做好", "<", "<"],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "x", "≥1"],
        ["", "", "", ""],
    ]
    second = [[text.replace("A", "B") for text in row] for row in form]
    reading = read(layout(grid(*form, *second, sheet="Sheet1"), kind="xlsx"))
    assert [(p.name, len(p.indicators)) for p in reading.document.projects] == [("A", 1), ("B", 1)]
    assert texts(reading, Role.unclaimed, Role.outside) == []


def test_every_text_has_one_role() -> None:
    given = layout("甲", CENTRAL, grid(["随便", "什么"]), "乙")
    reading = read(given)
    cells = [c.text for g in given.grids() for r in g.rows for c in r.cells if c.text.strip() and not c.continues]
    assert sorted(c.text for c in reading.claims) == sorted([*cells, "甲", "乙"])


def test_a_cell_without_a_label_is_quoted_with_its_place() -> None:
    reading = read(
        layout(grid(["项目名称", "甲", "多余的一句话。"], ["绩效目标", "做好", "<"], ["资金用途", "用", "<"]))
    )
    (doubt,) = reading.diagnostics
    assert (doubt.code, doubt.quote, str(doubt.place)) == (
        "PD040",
        "多余的一句话。",
        "form.docx: table 1 row 1 column 3",
    )


def test_a_document_without_a_form_is_not_recognised() -> None:
    with pytest.raises(NotRecognisedError, match=r"^form\.docx: no performance-goal form"):
        read(layout("报告", grid(["收入", "支出"], ["1", "2"])))


def test_a_misspelt_head_of_a_level_is_known_by_its_place() -> None:
    project = only(
        layout(
            grid(["项目名称", "甲", "<", "<"], ["绩效目标", "做好", "<", "<"]),
            grid(["一级指旧文标", "二级指标", "三级指标", "指标值"], ["产出指标", "数量指标", "x", "≥1"]),
        )
    )
    assert rows(project) == [("产出指标", "数量指标", "x", "≥1")]


def test_several_forms_in_one_grid_without_indicator_tables() -> None:
    reading = read(
        layout(
            grid(
                ["项目名称", "甲"], ["绩效目标", "做好甲"], ["资金用途", "用于甲"],
                ["项目名称", "乙"], ["绩效目标", "做好乙"], ["资金用途", "用于乙"],
                ["项目支出绩效目标表", "<"],
                ["项目名称", "丙"], ["绩效目标", "做好丙"], ["资金用途", "用于丙"],
            )
        )
    )  # fmt: skip
    found = [(p.name, p.goals, p.purpose, p.extra) for p in reading.document.projects]
    assert found == [(name, f"做好{name}", f"用于{name}", {}) for name in "甲乙丙"]

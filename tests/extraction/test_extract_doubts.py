"""What extraction is not sure of it says, and what is no form's it leaves outside."""

from __future__ import annotations

from dataclasses import replace

import pytest
from layouts import grid, layout

from perfdoc.errors import NotRecognisedError
from perfdoc.extraction import extract
from perfdoc.extraction.result.claims import Findings, Said
from perfdoc.extraction.result.project import Project
from perfdoc.extraction.result.settled import settled
from perfdoc.extraction.vocabulary.words import vocabulary
from perfdoc.layout import Grid, Layout
from perfdoc.model import Project as Read
from perfdoc.report import Claim, Place, Reading, Role

HEAD = ["一级指标", "二级指标", "三级指标", "指标值"]
INDICATORS = grid(HEAD, ["产出指标", "数量指标", "甲", "1"])


def read(given: Layout) -> Reading:
    return extract(given, {})


def only(given: Layout) -> Read:
    (project,) = read(given).document.projects
    return project


def levels(project: Read) -> list[tuple[str | None, ...]]:
    return [(i.level1, i.level2, i.level3, i.target) for i in project.indicators]


def said(reading: Reading) -> list[tuple[str, str, str]]:
    return [(d.code, str(d.place).removeprefix("form.docx: "), d.quote) for d in reading.diagnostics]


# Lists of goals


def test_a_list_of_goals_whose_names_stand_under_another_head() -> None:
    for rows in (
        (["项目", "绩效目标", "预算数"], ["办案", "做好", "10"], ["设备", "买好", "20"]),
        (["项目", "绩效目标", "预算单位", "预算安排"], ["办案", "做好", "甲", "10"], ["设备", "买好", "甲", "20"]),
    ):
        reading = read(layout(grid(*rows)))
        found = [(p.name, p.goals, p.budget.total, p.extra) for p in reading.document.projects]
        assert found == [("办案", "做好", "10", {}), ("设备", "买好", "20", {})]
        assert reading.diagnostics == ()


@pytest.mark.parametrize(
    "listed",
    [
        grid(["序号", "绩效目标", "完成时间"], ["1", "做好", "10月"], ["2", "买好", "11月"]),
        grid(
            ["职责活动", "年度预算数", "内容描述", "绩效目标", "评价标准", "<"],
            ["^", "^", "^", "^", "优", "良"],
            ["教育管理", "100", "管理", "规范", "≥95%", "≥90%"],
        ),
        grid(
            ["某县教育局", "<", "单位：万元"],
            ["职责活动", "年度预算数", "绩效目标"],
            ["教育管理", "100", "规范"],
        ),
    ],
)
def test_a_list_of_goals_without_names_is_no_project(listed: Grid) -> None:
    with pytest.raises(NotRecognisedError) as none:
        read(layout(listed))
    (doubt,) = none.value.diagnostics
    assert (doubt.code, doubt.quote) == ("PD050", "绩效目标")
    reading = read(layout(grid(["项目名称", "甲"], ["绩效目标", "做好"]), INDICATORS, "另表", listed))
    (project,) = reading.document.projects
    assert (project.goals, project.extra) == ("做好", {})
    outside = {claim.text for claim in reading.claims if claim.role is Role.outside}
    assert outside == {"另表", *(c.text for r in listed.rows for c in r.cells if c.text)}
    assert "PD050" in {code for code, _, _ in said(reading)}


def test_a_list_whose_own_heads_are_merged_down_beside_others() -> None:
    rows = [
        ["部门", "项目及金额", "<", "绩效目标", "绩效指标", "<", "<"],
        ["^", "债券项目名称", "批复金额", "^", "一级指标", "三级指标", "指标值"],
        ["某局", "海洋牧场", "850", "建设牧场", "产出指标", "建设牧场", "2处"],
        ["^", "^", "^", "^", "效益指标", "渔民增收", "≥10%"],
    ]
    reading = read(layout("2024年度项目绩效目标表", grid(*rows)))
    (found,) = reading.document.projects
    assert (found.agency.name, found.name, found.goals) == ("某局", "海洋牧场", "建设牧场")
    assert len(found.indicators) == 2


def test_a_list_of_activities_with_their_indicators() -> None:
    rows = [
        ["某县教育局", *["<"] * 5, "单位：万元"],
        ["职责活动", "年度预算数", "绩效目标", "绩效指标", "评价标准", "<", "<"],
        ["^", "^", "^", "^", "优", "良", "中"],
        ["1、教育管理", "100", "规范", "达标率", "≥95%", "≥90%", "≥80%"],
        ["2、校舍管理", "60", "安全", "事故数", "0起", "1起", "2起"],
    ]
    found = read(layout(grid(*rows))).document.projects
    assert [(p.agency.name, p.name, p.budget.total, p.goals, p.indicators[0].level3) for p in found] == [
        ("某县教育局", "1、教育管理", "100", "规范", "达标率"),
        ("某县教育局", "2、校舍管理", "60", "安全", "事故数"),
    ]


# Levels on rows of their own


def test_a_level_on_a_row_of_its_own_holds_for_the_rows_below_it() -> None:
    reading = read(
        layout(
            grid(
                ["项目名称", "甲", "<", "<"],
                ["绩效目标", "做好", "<", "<"],
                HEAD,
                ["产出指标（50分）", "<", "<", "<"],
                ["", "数量指标", "a", "1"],
                ["", "", "b", "2"],
                ["效益指标", "<", "<", "<"],
                ["", "社会效益", "c", "3"],
            )
        )
    )
    (project,) = reading.document.projects
    assert levels(project) == [
        ("产出指标（50分）", "数量指标", "a", "1"),
        ("产出指标（50分）", "数量指标", "b", "2"),
        ("效益指标", "社会效益", "c", "3"),
    ]
    assert project.extra == {}
    assert reading.diagnostics == ()
    assert reading.places["projects", 0, "indicators", 1, "level1"].row == 4
    assert reading.places["projects", 0, "indicators", 1, "level3"].row == 6


def test_a_level_on_a_row_of_its_own_in_a_table_without_a_column_for_it() -> None:
    project = only(
        layout(
            grid(
                ["项目名称", "甲", "<"],
                ["绩效目标", "做好", "<"],
                ["二级指标", "三级指标", "指标值"],
                ["一、产出指标", "<", "<"],
                ["数量指标", "a", "1"],
                ["^", "b", "2"],
                ["二、效益指标", "<", "<"],
                ["社会效益", "c", "3"],
            )
        )
    )
    assert levels(project) == [
        ("一、产出指标", "数量指标", "a", "1"),
        ("一、产出指标", "数量指标", "b", "2"),
        ("二、效益指标", "社会效益", "c", "3"),
    ]


def test_a_level_on_a_row_of_its_own_below_which_level2_takes_its_column_too() -> None:
    project = only(
        layout(
            grid(
                ["项目名称", "甲", "<", "<", "<"],
                ["绩效目标", "做好", "<", "<", "<"],
                ["绩效指标", *HEAD],
                ["^", "产出指标", "<", "<", "<"],
                ["^", "数量指标", "<", "a", "1"],
                ["^", "质量指标", "<", "b", "2"],
            )
        )
    )
    assert levels(project) == [("产出指标", "数量指标", "a", "1"), ("产出指标", "质量指标", "b", "2")]


def test_a_level_on_a_row_of_its_own_in_a_list() -> None:
    project = only(
        layout(
            grid(
                ["项目名称", *HEAD],
                ["甲", "产出指标", "<", "<", "<"],
                ["甲", "", "数量指标", "a", "1"],
                ["甲", "", "质量指标", "b", "2"],
            )
        )
    )
    assert project.name == "甲"
    assert levels(project) == [("产出指标", "数量指标", "a", "1"), ("产出指标", "质量指标", "b", "2")]


def test_a_remark_between_indicators_does_not_end_them() -> None:
    reading = read(
        layout(
            grid(
                ["项目名称", "甲", "<", "<"],
                ["绩效目标", "做好", "<", "<"],
                HEAD,
                ["产出指标", "数量指标", "a", "1"],
                ["子项目二：设备更新", "<", "<", "<"],
                ["产出指标", "数量指标", "b", "2"],
            )
        )
    )
    (project,) = reading.document.projects
    assert [i.level3 for i in project.indicators] == ["a", "b"]
    assert said(reading) == [("PD040", "table 1 row 5 column 1", "子项目二：设备更新")]


# Values that say what labels say


@pytest.mark.parametrize("label", ["实施单位", "预算单位"])
def test_an_agency_named_as_a_label_is_read_and_told(label: str) -> None:
    reading = read(layout(grid(["项目名称", "甲"], [label, "单位"], ["绩效目标", "做好"])))
    assert reading.document.projects[0].agency.name == "单位"
    assert said(reading) == [("PD048", "table 1 row 2 column 2", "单位")]


def test_captions_and_blocks_with_values_that_say_what_labels_say() -> None:
    reading = read(
        layout(
            grid(
                ["单位", "<", "<", "<", "<", "单位：万元", "<"],
                ["项目名称", "甲", "<", "<", "<", "<", "<"],
                ["预算规模及资金用途", "预算数", "1", "其中：财政    资金", "1", "其他资金", ""],
                ["^", "预算数", "<", "<", "<", "<", "<"],
                ["绩效目标", "项目名称", "<", "<", "<", "<", "<"],
            )
        )
    )
    (project,) = reading.document.projects
    assert (project.agency.name, project.money_unit, project.name) == ("单位", "万元", "甲")
    assert (project.budget.total, project.purpose, project.goals) == ("1", "预算数", "项目名称")
    assert said(reading) == [
        ("PD048", "table 1 row 1 column 1", "单位"),
        ("PD048", "table 1 row 4 column 2", "预算数"),
        ("PD048", "table 1 row 5 column 2", "项目名称"),
    ]


def test_goals_that_say_what_heads_say() -> None:
    reading = read(
        layout(
            grid(
                ["项目名称", "甲", "<", "<"],
                ["年度绩效目标", "年度目标", "<", "<"],
                ["一级指标", "评分标准", "三级指标", "指标值"],
                ["产出指标", "好", "a", "1"],
            )
        )
    )
    (project,) = reading.document.projects
    assert project.goals == "年度目标"
    assert said(reading) == [("PD048", "table 1 row 2 column 2", "年度目标")]


def test_a_label_that_lost_its_value_is_told() -> None:
    reading = read(layout(grid(["项目名称", "甲"], ["实施单位", "<"], ["绩效目标", "做好"])))
    assert reading.document.projects[0].agency.name is None
    assert said(reading) == [("PD048", "table 1 row 2 column 1", "实施单位")]


def test_units_on_rows_of_their_own_above_their_projects() -> None:
    rows = [
        ["部门/项目", "预算数", "绩效目标", "指标类型", "指标名称", "目标值"],
        ["一、民政局", "30", "", "", "", ""],
        ["养老机构改造", "30", "改造12家", "数量指标", "改造机构", "12家"],
        ["二、残联", "6", "", "", "", ""],
        ["残疾人培训", "6", "培训200人", "数量指标", "培训人数", "200人"],
    ]
    found = read(layout(grid(*rows))).document.projects
    assert [(p.agency.name, p.name, p.budget.total) for p in found] == [
        ("一、民政局", "养老机构改造", "30"),
        ("二、残联", "残疾人培训", "6"),
    ]


def test_a_unit_in_a_list_is_the_agency() -> None:
    reading = read(layout(grid(["单位", "项目名称", *HEAD], ["一中", "甲", "产出指标", "数量指标", "a", "1"])))
    (project,) = reading.document.projects
    assert (project.agency.name, project.indicators[0].target) == ("一中", "1")


# Columns and years


def test_a_second_column_for_a_field_goes_to_extra_under_its_own_label() -> None:
    project = only(
        layout(
            grid(
                ["项目名称", "甲", "<", "<", "<", "<", "<"],
                ["绩效目标", "做好", "<", "<", "<", "<", "<"],
                ["三级指标", "指标值", "分值", "权重", "得分", "复评得分", "实际完成值"],
                ["a", "1", "10", "0.1", "9", "8", "1"],
                ["b", "2", "", "", "", "", "2"],
            )
        )
    )
    first, second = project.indicators
    assert (first.weight, first.score, first.actual, first.reason) == ("10", "9", "1", None)
    assert first.extra == {"权重": "0.1", "复评得分": "8"}
    assert (second.weight, second.score, second.extra) == ("", "", {})


@pytest.mark.parametrize(
    ("line", "year"),
    [
        ("（2023年度）", "2023"),
        ("2023年第三季度", "2023"),
        ("部门整体绩效监控表（2023年1-9月）", "2023"),
        ("（2023年上半年）", "2023"),
        ("2023年", "2023"),
        ("（ 2023 年度 ）", "2023"),
        ("绩效目标自评表（2019年度）", "2019"),
        ("2022年度项目支出绩效自评表", "2022"),
        ("2021-2023年项目支出绩效目标表", None),
        ("项目支出绩效目标表", None),
    ],
)
def test_the_year_stands_in_the_lines_above_a_form_or_in_its_first_rows(line: str, year: str | None) -> None:
    form = [["项目名称", "甲"], ["绩效目标", "做好"]]
    for given in (layout(line, grid(*form)), layout(grid([line, "<"], *form))):
        reading = read(given)
        assert reading.document.projects[0].year == year
        assert not [c for c in reading.claims if c.role in (Role.unclaimed, Role.outside)]


def test_a_label_of_the_year_is_kept_as_shown() -> None:
    project = only(layout("（2022年度）", grid(["项目名称", "甲"], ["年度", "2023年"], ["绩效目标", "做好"])))
    assert (project.year, project.extra) == ("2022", {"年度": "2023年"})
    project = only(layout(grid(["项目名称", "甲"], ["年度", "2023年"], ["绩效目标", "做好"])))
    assert project.year == "2023年"


def test_a_label_that_a_form_keeps_in_extra_stands_there_under_the_form_s_name_for_it() -> None:
    findings, words = Findings(), vocabulary(())
    project = Project(0, findings, words)
    place = Place("form.docx")
    project.name("extra.联系人", "联系人及电话", "张三", place, text="张三")
    (said,) = settled(findings, [project], words)
    assert said == Said(Claim(Role.extra, place, "张三", ("projects", 0, "extra", "联系人")), "张三")


def test_the_initial_budget_is_the_budget_only_where_no_other_is_named() -> None:
    def budget(*rows: list[str]) -> tuple[str | None, str | None]:
        (project,) = read(layout(grid(["项目名称", "甲"], *rows, ["绩效目标", "做好"]))).document.projects
        return project.budget.total, project.execution.initial.total

    assert budget(["年初预算数", "100"]) == ("100", None)
    assert budget(["年初预算数", "100"], ["全年预算数", "90"]) == ("90", "100")
    assert budget(["年初预算数", "100"], ["全年预算数", ""]) == ("", "100")


def test_a_table_in_a_cell_of_a_form_is_told_at_that_cell() -> None:
    inner = grid(["任务", "金额"], ["甲", "3"])
    form = grid(["项目名称", "甲"], ["绩效目标", ""])
    heads = grid(["一级指标", "二级指标", "三级指标", "指标值"], ["产出指标", "数量指标", "x", "≥1"])
    given = layout(form, replace(inner, within=form.place._replace(row=2, column=2)), heads)
    (said,) = (each for each in read(given).diagnostics if each.code == "PD046")
    assert (str(said.place), said.quote) == ("form.docx: table 1 row 2 column 2", "任务")


def test_a_blank_level_that_none_above_holds_for_is_told() -> None:
    given = layout(
        grid(["项目名称", "甲"], ["绩效目标", "做好"]),
        grid(HEAD, ["产出指标", "数量指标", "x", "1"], ["", "", "y", "2"], ["效益指标", "", "z", "3"]),
    )
    reading = read(given)
    (project,) = reading.document.projects
    assert levels(project)[1:] == [("产出指标", "数量指标", "y", "2"), ("效益指标", "", "z", "3")]
    (told,) = reading.diagnostics
    assert (told.code, told.severity, str(told.place)) == ("PD044", "info", "form.docx: table 2 row 4 column 2")
    assert told.path == ("projects", 0, "indicators", 2, "level2")


@pytest.mark.parametrize(
    ("caption", "agency", "told"), [("209101某院", ("209101", "某院"), 0), ("某院", (None, "某院"), 1)]
)
def test_an_agency_above_a_form_whose_unit_is_blank(caption: str, agency: tuple[str | None, str], told: int) -> None:
    """It belongs to the form below it: it begins no project of its own, and is nothing of the one before."""
    blocks = [grid([caption, "<", "", ""], ["项目名称", "甲", "<", "<"], ["绩效目标", "做好", "<", "<"]), INDICATORS]
    reading = read(layout(*blocks, *blocks))
    projects = reading.document.projects
    assert [(p.name, (p.agency.code, p.agency.name), p.extra) for p in projects] == [("甲", agency, {})] * 2
    places = [str(d.place) for d in reading.diagnostics if d.code == "PD048"]
    assert places == ["form.docx: table 1 row 1 column 1", "form.docx: table 3 row 1 column 1"] * told


# What a project lacks, and may have under a label that is not known

MISSED = [
    (["攻关课题", "土壤修复"], ["绩效目标", "做好"], "name", "土壤修复"),
    (["落实责任主体", "某县农业局"], ["绩效目标", "做好"], "agency.name", "某县农业局"),
    (["牵头单位", "某县农业局"], ["主管部门", "某委"], "agency.name", "某县农业局"),
    (["县级财政部门", "某县财政局"], ["主管部门", "某委"], "", ""),
    (["拟投补助", "30.5万元"], ["绩效目标", "做好"], "budget.total", "30.5万元"),
    (["建成成效", "全县建成高标准农田三千亩。"], ["本期财年", "甲"], "goals", "全县建成高标准农田三千亩。"),
    (["本财年年度", "2023"], ["绩效目标", "做好"], "year", "2023"),
    (["起始年度", "2023"], ["绩效目标", "做好"], "", ""),
    (["项目类别", "专项"], ["绩效目标", "做好"], "", ""),
    (["上年补助", "20"], ["绩效目标", "做好"], "", ""),
]


@pytest.mark.parametrize(("row", "other", "field", "quote"), MISSED)
def test_a_core_value_under_a_label_that_is_not_known_is_told(
    row: list[str], other: list[str], field: str, quote: str
) -> None:
    whole = {"name": ["项目名称", "丙"], "agency.name": ["实施单位", "乙局"], "budget.total": ["年度资金总额", "9"]}
    given = [cells for name, cells in whole.items() if name != field]
    reading = read(layout("（2022年度）" * (field != "year"), grid(*given, row, other), INDICATORS))
    found = [(one.quote, one.path) for one in reading.diagnostics if one.code == "PD054"]
    assert found == ([(quote, ("projects", 0, "extra", row[0]))] if field else [])


def test_a_column_under_an_unknown_head_while_that_of_the_targets_is_blank_is_told() -> None:
    head = [*HEAD, "调整后"]
    rows = [["产出指标", "数量指标", "甲", "", "≥3个"], ["产出指标", "数量指标", "乙", "", "98%"]]
    reading = read(layout(grid(["项目名称", "丙", "<", "<", "<"], head, *rows)))
    assert [(one.code, one.quote) for one in reading.diagnostics] == [("PD053", "调整后")]


def test_actual_values_under_one_of_two_unknown_heads_beside_scores_are_told() -> None:
    head = [*HEAD, "得分", "甲县", "乙县"]
    rows = [["产出指标", "数量指标", one, "≥3个", "10", "4个", "5个"] for one in "甲乙"]
    reading = read(layout(grid(["项目名称", "丙", *["<"] * 5], head, *rows)))
    assert [(one.code, one.quote) for one in reading.diagnostics] == [("PD053", "甲县")]

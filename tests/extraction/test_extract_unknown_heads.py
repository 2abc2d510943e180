"""Forms whose heads, blocks and columns have names that nobody foresaw, as counties and universities publish them."""

from __future__ import annotations

from reading_forms import project, readings, wide

from perfdoc.model import Budget, Indicator

TITLE = ["项目支出绩效目标申报表", "（2023年度）"]


def test_heads_are_known_by_the_levels_below_them() -> None:
    found = project(
        TITLE,
        [
            wide(6, "项目名称", "河道整治"),
            wide(6, "项目总体绩效目标（长期目标）", "水清岸绿。"),
            ["项目年度绩效目标（定量目标）", "评价内容", "绩效内容", "<", "参考标准", "绩效目标值"],
            ["^", "投入", "时效目标", "资金到位及时率", "100%", "≥98%"],
            ["^", "产出", "数量目标", "整治河长", "20公里", "≥22公里"],
        ],
    )
    assert found.goals == "水清岸绿。"
    assert found.indicators == (
        Indicator(level1="投入", level2="时效目标", level3="资金到位及时率", target="≥98%", extra={"参考标准": "100%"}),
        Indicator(level1="产出", level2="数量目标", level3="整治河长", target="≥22公里", extra={"参考标准": "20公里"}),
    )


def test_standard_is_the_target_where_no_other_head_is() -> None:
    found = project(
        TITLE,
        [
            wide(4, "项目名称", "森林防火"),
            ["绩效内容", "指标类型", "指标名称", "绩效标准"],
            ["产出", "数量", "购置风力灭火机", "≥20台"],
            ["效果", "社会效益", "火灾受害率", "≤0.5‰"],
        ],
    )
    assert [(one.level1, one.level2, one.level3, one.target) for one in found.indicators] == [
        ("产出", "数量", "购置风力灭火机", "≥20台"),
        ("效果", "社会效益", "火灾受害率", "≤0.5‰"),
    ]


def test_indicators_without_any_head_are_told_text_by_text() -> None:
    rows = [
        wide(4, "项目名称", "创业扶持"),
        wide(4, "年度目标", "扶持创业者100名。"),
        ["产出指标", "数量指标", "扶持人数", "≥100名"],
        ["^", "质量指标", "存活率", "≥80%"],
    ]
    for reading in readings(TITLE, rows):
        said = [one.quote for one in reading.diagnostics if one.code == "PD040"]
        assert said == ["产出指标", "数量指标", "扶持人数", "≥100名", "质量指标", "存活率", "≥80%"]
        assert not reading.document.projects[0].extra


def test_long_term_and_annual_goals_stand_beside_one_label() -> None:
    found = project(
        TITLE,
        [
            wide(4, "项目名称", "道路清扫"),
            ["项目绩效目标描述", "总目标", "建成清洁城市。", "<"],
            ["^", "本年度目标", "清扫道路120公里。", "<"],
            ["总目标绩效指标", "二级指标", "指标内容", "指标值"],
            ["^", "数量指标", "道路总里程", "600公里"],
            ["本年度绩效指标", "二级指标", "指标内容", "指标值"],
            ["^", "数量指标", "清扫里程", "120公里"],
        ],
    )
    assert (found.goals, found.extra) == ("清扫道路120公里。", {"总目标": "建成清洁城市。"})
    assert [(one.level3, one.extra["时期"]) for one in found.indicators] == [
        ("道路总里程", "总目标"),
        ("清扫里程", "本年度"),
    ]


def test_budgets_of_a_list_stand_under_any_head_of_money() -> None:
    rows = [
        ["单位名称", "项目名称", "资金（万元）", "绩效目标", "三级指标", "指标值"],
        ["某县民政局", "困难群众救助", "1200", "保障基本生活。", "救助人数", "≥3500人"],
        ["^", "养老服务", "300", "提升能力。", "建设站点", "≥6个"],
    ]
    for reading in readings(["绩效目标汇总表"], rows):
        assert [one.budget.total for one in reading.document.projects] == ["1200", "300"]
        assert [one.money_unit for one in reading.document.projects] == ["万元", "万元"]
    rows = [
        ["乡镇", "补助资金（万元）", "产出指标", "<"],
        ["^", "^", "数量指标", "质量指标"],
        ["^", "^", "改造户数", "验收合格率"],
        ["龙门镇", "36", "12", "100%"],
        ["桂阳乡", "24", "8", "100%"],
    ]
    for reading in readings(["2020年危房改造绩效目标分解表"], rows):
        assert [(p.budget.total, p.money_unit) for p in reading.document.projects] == [("36", "万元"), ("24", "万元")]


def test_amounts_of_several_years_stand_under_their_years() -> None:
    rows = [
        wide(5, "项目名称", "气象监测"),
        ["资金安排（万元）", "2022年（实际）", "2023年（预算）", "2024年（计划）", "备注"],
        ["资金总额", "80", "100", "110", ""],
        ["其中：财政拨款", "70", "90", "100", ""],
        ["一级指标", "二级指标", "三级指标", "<", "指标值"],
        ["产出指标", "数量指标", "建成自动站", "<", "20个"],
    ]
    found = project(TITLE, rows)
    assert found.budget == Budget(total="100", fiscal="90")
    assert found.extra["资金总额·2022年（实际）"] == "80"
    for reading in readings(["项目支出绩效目标表"], rows):
        assert [(one.code, one.quote) for one in reading.diagnostics] == [("PD047", "110")]


def test_amounts_of_one_line_are_cut_at_their_marks() -> None:
    rows = [
        wide(3, "项目名称", "创业扶持"),
        wide(3, "项目预算（万元）", "资金总额：200；其中：财政拨款：150，其他资金：50"),
        ["二级指标", "三级指标", "指标值"],
        ["数量指标", "扶持人数", "≥100名"],
    ]
    assert project(TITLE, rows).budget == Budget(total="200", fiscal="150", other="50")


def test_title_that_begins_with_its_year_and_ends_in_brackets_names_the_year() -> None:
    rows = [wide(3, "项目名称", "食堂改造"), ["二级指标", "三级指标", "指标值"], ["数量指标", "食堂数", "1座"]]
    assert project(["2024年度项目支出绩效运行监控表（1-7月）"], rows).year == "2024"
    assert project(["某某大学2024年度校级预算项目绩效目标申报书"], rows).year == "2024"


def test_rows_above_a_form_are_told_in_a_sheet_as_in_a_document() -> None:
    rows = [wide(3, "项目名称", "食堂改造"), ["二级指标", "三级指标", "指标值"], ["数量指标", "食堂数", "1座"]]
    above = ["某镇预算公开说明", "现将我镇绩效目标公开如下：", *TITLE]
    for reading in readings(above, rows):
        (said,) = [one for one in reading.diagnostics if one.code == "PD052"]
        assert "某镇预算公开说明⏎现将我镇绩效目标公开如下：" in said.message

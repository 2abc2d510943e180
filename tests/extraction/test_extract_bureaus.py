"""Forms of other bureaus whose labels or cells are none of the usual ones; each is read from Excel and from Word."""

from __future__ import annotations

import pytest
from reading_forms import project, readings, wide, workbook

from perfdoc.extraction import extract
from perfdoc.model import Agency, Budget, Execution, Indicator, Sources
from perfdoc.reading import read
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
        ("政策主管部门", "department"),
        ("项目实施机构", "agency.name"),
        ("公开单位", "agency.name"),
        ("建设目标", "goals"),
        ("部门编码及名称", "agency.name"),
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


def test_goals_in_numbered_rows_with_what_became_of_each() -> None:
    found = project(
        [],
        [
            wide(4, "项目名称", "福利院"),
            ["年度目标", "序号", "目标内容", "完成情况"],
            ["^", "1", "保障生活", "完成"],
            ["^", "2", "康复训练", "部分完成"],
            HEAD,
            ROW,
        ],
    )
    assert (found.goals, found.results, found.extra) == ("保障生活\n康复训练", "完成\n部分完成", {})


def test_a_number_of_rows_as_the_value_of_a_label_is_doubted() -> None:
    for reading in readings([], [["项目名称", "福利院", "<", "<"], ["绩效目标", "序号", "<", "<"], HEAD, ROW]):
        assert [(d.code, d.quote) for d in reading.diagnostics] == [("PD048", "序号")]


def test_a_column_left_of_the_levels_is_one_where_texts_stand_below_it() -> None:
    found = project(
        [],
        [
            wide(6, "项目名称", "康复"),
            wide(6, "长期绩效目标表"),
            ["目标名称", "一级指标", "二级指标", "三级指标", "指标值", "<"],
            ["长期目标1", "产出指标", "数量指标", "人次", "1500", "<"],
            ["^", "效益指标", "社会效益指标", "服务率", "85%", "<"],
            wide(6, "年度绩效目标表"),
            ["目标名称", "一级指标", "二级指标", "三级指标", "指标值", "<"],
            ["年度目标1", "产出指标", "数量指标", "人次", "500", "<"],
        ],
    )
    assert [(i.level1, i.level3, i.target, dict(i.extra)) for i in found.indicators] == [
        ("产出指标", "人次", "1500", {"目标名称": "长期目标1"}),
        ("效益指标", "服务率", "85%", {}),
        ("产出指标", "人次", "500", {"目标名称": "年度目标1"}),
    ]


def test_a_second_table_of_indicators_has_a_head_of_its_own_where_the_first_one_had_the_same() -> None:
    found = project(
        [],
        [
            wide(5, "项目名称", "康复"),
            ["一级指标", "二级指标", "三级指标", "指标值", "<"],
            ["产出指标", "数量指标", "人次", "1500", "<"],
            wide(5, "年度绩效目标表"),
            ["一级指标", "二级指标", "三级指标", "指标值", "<"],
            ["^", "^", "^", "上年指标值", "预期当年实现值"],
            ["产出指标", "数量指标", "人次", "460", "500"],
        ],
    )
    assert [i.target for i in found.indicators] == ["1500", "500"]
    assert found.indicators[1].extra == {"指标值·上年指标值": "460"}


def test_a_page_that_cuts_a_list_types_the_head_and_the_project_again() -> None:
    head = ["单位名称", "项目名称", "预算金额（元）", "一级指标", "二级指标", "三级指标", "指标值"]
    rows = [
        head,
        ["某区疾控中心", "艾滋病防治", "500000", "产出指标", "数量指标", "检测人次", "≥2万人次"],
        ["^", "^", "^", "^", "质量指标", "随访率", "≥95%"],
        head,
        ["某区疾控中心", "艾滋病防治", "500000", "效益指标", "社会效益指标", "知晓率", "≥90%"],
        ["某区疾控中心", "结核病防治", "300000", "产出指标", "数量指标", "筛查人数", "≥5000人"],
    ]
    for reading in readings([], rows):
        assert [(p.name, len(p.indicators)) for p in reading.document.projects] == [
            ("艾滋病防治", 3),
            ("结核病防治", 1),
        ]
        assert not reading.diagnostics


def test_a_level_on_a_row_of_its_own_holds_below_a_head_typed_again() -> None:
    head = ["三级指标", "<", "指标值", "<"]
    rows = [head, ["产出指标", "<", "<", "<"], ["救助人次", "<", "12", "<"], head, ["发放次数", "<", "4", "<"]]
    found = project([], [["项目名称", "低保", "<", "<"], *rows])
    assert [(i.level1, i.level3) for i in found.indicators] == [("产出指标", "救助人次"), ("产出指标", "发放次数")]


def test_unnamed_columns_before_two_targets_are_two_blocks() -> None:
    head = ["一级指标", "二级指标", "实施期指标", "实施期指标值", "年度指标", "年度指标值"]
    rows = [head, ["产出指标", "数量指标", "购置三年设备", "300套", "购置设备", "100套"]]
    found = project([], [wide(6, "项目名称", "高中"), *rows])
    assert [(i.level2, i.level3, i.target, dict(i.extra)) for i in found.indicators] == [
        ("数量指标", "购置三年设备", "300套", {"时期": "实施期指标"}),
        ("数量指标", "购置设备", "100套", {"时期": "年度指标"}),
    ]


def test_words_in_the_column_of_units_are_the_value_where_its_sign_says_so() -> None:
    found = project(
        [],
        [
            wide(6, "项目名称", "养老"),
            ["一级指标", "二级指标", "三级指标", "指标值", "<", "<"],
            ["^", "^", "^", "符号", "值", "单位（文字描述）"],
            ["产出指标", "数量指标", "床位数", "≥", "300", "张"],
            ["效益指标", "社会效益指标", "生活质量", "文字描述", "", "明显改善"],
            ["效益指标", "社会效益指标", "覆盖率", "≥", "", "%"],
        ],
    )
    assert [i.target for i in found.indicators] == ["≥300张", "明显改善", ""]


def test_the_unit_of_money_in_a_label_that_nobody_knows_over_labels_of_money() -> None:
    found = project(
        [],
        [
            wide(4, "项目名称", "检查"),
            ["两癌检查经费\n（万元）", "年度资金总额：", "30", "<"],
            ["^", "其中：财政拨款", "30", "<"],
            HEAD,
            ROW,
        ],
    )
    assert (found.money_unit, found.budget) == ("万元", Budget(total="30", fiscal="30"))


def test_a_date_before_the_unit_of_money_is_no_agency() -> None:
    found = project([], [["申报日期：2022年11月20日", "<", "<", "单位：万元"], wide(4, "项目名称", "检查"), HEAD, ROW])
    assert (found.agency.name, found.money_unit, found.extra) == (None, "万元", {"申报日期": "2022年11月20日"})


def test_a_list_of_projects_with_a_column_for_each_level() -> None:
    rows = [
        ["单位代码", "单位（专项）名称", "资金总额", "绩效目标", "产出指标", "<", "满意度指标"],
        ["^", "^", "^", "^", "数量指标", "质量指标", "服务对象满意度指标"],
        ["211001", "公共卫生", "1260", "提供服务。", "建档5万份", "合格率≥95%", ""],
        ["211001", "村医补助", "320", "稳定队伍。", "", "", "村医满意度≥90%"],
    ]
    for reading in readings([], rows):
        first, second = reading.document.projects
        assert (first.name, first.budget.total, first.goals) == ("公共卫生", "1260", "提供服务。")
        assert first.indicators == (
            Indicator(level1="产出指标", level2="数量指标", level3="建档5万份"),
            Indicator(level1="产出指标", level2="质量指标", level3="合格率≥95%"),
        )
        assert second.indicators == (
            Indicator(level1="满意度指标", level2="服务对象满意度指标", level3="村医满意度≥90%"),
        )
        assert not reading.diagnostics


def test_a_list_of_projects_with_one_indicator_and_the_grades_of_its_value() -> None:
    rows = [
        ["工作任务", "年度预算数", "内容描述", "绩效目标", "绩效指标", "评价标准", "<"],
        ["^", "^", "^", "^", "^", "优", "差"],
        ["基础教育", "1200", "发展教育", "提高巩固率", "巩固率", "≥98%", "<90%"],
    ]
    for reading in readings([], rows):
        (found,) = reading.document.projects
        assert (found.name, found.budget.total, found.goals) == ("基础教育", "1200", "提高巩固率")
        assert found.extra == {"内容描述": "发展教育"}
        assert found.indicators == (Indicator(level3="巩固率", extra={"评价标准·优": "≥98%", "评价标准·差": "<90%"}),)
        assert not reading.diagnostics


def test_heads_of_money_beside_its_label_are_no_label_and_pairs() -> None:
    found = project(
        [],
        [
            wide(6, "项目名称", "托养"),
            ["项目资金", "资金总额", "财政拨款", "政府性基金", "其他资金", "备注"],
            ["^", "66", "60", "6", "0", ""],
            [*HEAD[:3], "<", "<", "指标值"],
            [*ROW[:3], "<", "<", ROW[3]],
        ],
    )
    assert found.budget == Budget(total="66", fiscal="60", other="0")
    assert found.extra == {"政府性基金": "6"}


def test_goals_with_a_label_each_and_a_row_that_says_what_became_of_them() -> None:
    found = project(
        ["某县民政局2023年度项目支出绩效自评表（一）"],
        [
            wide(4, "项目名称", "特教"),
            ["绩效目标", "目标1", "资助100名", "<"],
            ["^", "目标2", "改善条件", "<"],
            wide(4, "完成情况", "资助103名。"),
            HEAD,
            ROW,
        ],
    )
    assert (found.year, found.goals, found.results) == ("2023", "资助100名\n改善条件", "资助103名。")
    assert found.extra == {}


def test_a_unit_to_be_sealed_is_the_agency() -> None:
    found = project([], [["单位（盖章）：某县教育局", "<", "<", "单位：万元"], wide(4, "项目名称", "资助"), HEAD, ROW])
    assert (found.agency.name, found.money_unit, found.extra) == ("某县教育局", "万元", {})


def test_a_form_in_numbered_sections() -> None:
    found = project(
        ["某市卫健委2024年重点项目绩效目标表"],
        [
            wide(4, "一、项目基本情况"),
            wide(4, "项目名称", "康复辅具"),
            wide(4, "二、项目资金（单位：万元）"),
            ["年度资金总额", "88", "其中：财政资金", "88"],
            wide(4, "三、项目绩效目标"),
            wide(4, "年度目标", "适配辅具500件。"),
            wide(4, "四、绩效指标"),
            HEAD,
            ROW,
            wide(4, "五、其他说明"),
            wide(4, "无"),
        ],
    )
    assert (found.year, found.money_unit, found.budget) == ("2024", "万元", Budget(total="88", fiscal="88"))
    assert (found.goals, found.extra) == ("适配辅具500件。", {"五、其他说明": "无"})


def test_tasks_under_heads_that_nobody_knows() -> None:
    found = project(
        [],
        [
            wide(4, "部门名称", "某市民政局"),
            ["年度主要任务", "工作板块", "资金安排（万元）", "主要内容"],
            ["^", "社会救助", "6,500.00", "发放低保金"],
            ["^", "养老服务", "2,500.00", "机构补贴"],
            HEAD,
            ROW,
        ],
    )
    assert list(found.extra.items())[:3] == [
        ("工作板块", "社会救助"),
        ("资金安排（万元）", "6,500.00"),
        ("主要内容", "发放低保金"),
    ]
    assert (found.extra["工作板块 (2)"], found.extra["主要内容 (2)"]) == ("养老服务", "机构补贴")


def test_a_list_of_policies_with_the_total_under_a_head_that_is_no_label_of_it() -> None:
    rows = [
        ["政策和项目名称", "一级指标", "二级指标", "三级指标", "指标值", "预算资金（万元）", "<", "<"],
        ["^", "^", "^", "^", "^", "合计", "财政拨款", "其他资金"],
        ["卫生人才培训", *ROW, "150", "140", "10"],
    ]
    for reading in readings([], rows):
        (found,) = reading.document.projects
        assert (found.name, found.budget) == ("卫生人才培训", Budget(total="150", fiscal="140", other="10"))
        assert not reading.diagnostics


def test_the_unit_of_money_in_the_head_of_a_list() -> None:
    rows = [["项目名称", "资金规模（万元）", *HEAD], ["卫生人才培训", "150", *ROW]]
    for reading in readings([], rows):
        (found,) = reading.document.projects
        assert (found.budget.total, found.money_unit) == ("150", "万元")


@pytest.mark.parametrize("again", ["^", "repeat"])
def test_a_sum_in_the_column_of_names_is_no_project(again: str) -> None:
    def unit(first: bool) -> str:
        return "教育局" if first or again == "repeat" else again

    rows = [
        ["预算单位", "项目名称", "预算金额", *HEAD],
        ["教育局", "小计", "300", "", "", "", ""],
        [unit(False), "校车补贴", "200", *ROW],
        [unit(False), "食堂改造", "100", *ROW],
    ]
    for reading in readings([], rows):
        found = [(p.agency.name, p.name, p.budget.total) for p in reading.document.projects]
        assert found == [("教育局", "校车补贴", "200"), ("教育局", "食堂改造", "100")]
        assert not reading.diagnostics


def test_only_a_head_of_indicators_has_them_in_a_list_of_goals() -> None:
    rows = [["项目名称", "预算", "资金来源", "绩效目标"], ["阳光家园", "66", "财政拨款", "托养120人"]]
    for reading in readings([], rows):
        (found,) = reading.document.projects
        assert (found.budget.total, found.goals, found.indicators) == ("66", "托养120人", ())
        assert found.extra == {"资金来源": "财政拨款"}
        assert not reading.diagnostics


def test_the_unit_of_money_in_a_label_over_heads_of_money() -> None:
    found = project(
        [],
        [
            wide(5, "部门名称", "某县民政局"),
            ["年度预算支出（万元）", "年初预算数", "全年预算数", "全年执行数", "执行率"],
            ["^", "5000", "5200", "5100", "98.08%"],
            [*HEAD, "<"],
            [*ROW, "<"],
        ],
    )
    assert (found.money_unit, found.budget.total, found.execution.rate.total) == ("万元", "5200", "98.08%")


@pytest.mark.parametrize("title", [["目标表", *["<"] * 8], ["目标表", "<", "<", "<", "", "目标表", "<", "<", "<"]])
def test_forms_side_by_side_on_one_sheet(title: list[str]) -> None:
    def beside(left: list[str], right: list[str]) -> list[str]:
        return [*left, "", *right]

    rows = [
        [text.replace("目标表", "项目支出绩效目标表") for text in title],
        beside(wide(4, "项目名称", "甲项目"), wide(4, "项目名称", "乙项目")),
        beside(wide(4, "年度目标", "建好甲"), wide(4, "年度目标", "建好乙")),
        beside(HEAD, HEAD),
        beside(["产出指标", "数量指标", "甲数", "1个"], ["产出指标", "数量指标", "乙数", "2个"]),
        beside(["^", "质量指标", "甲质", "优"], ["^", "质量指标", "乙质", "良"]),
    ]
    reading = extract(read(workbook(rows), "form.xlsx"), {})
    found = [(p.name, p.goals, [(i.level1, i.level3) for i in p.indicators]) for p in reading.document.projects]
    assert found == [
        ("甲项目", "建好甲", [("产出指标", "甲数"), ("产出指标", "甲质")]),
        ("乙项目", "建好乙", [("产出指标", "乙数"), ("产出指标", "乙质")]),
    ]
    assert str(reading.places["projects", 1, "indicators", 0, "target"]).endswith("!I5")
    assert not reading.diagnostics
    assert [c.text for c in reading.claims if c.role in (Role.unclaimed, Role.outside)] == []


def test_two_names_in_one_form_are_no_two_forms() -> None:
    rows = [
        ["专项名称", "教育专项", "", "项目名称", "校舍维修"],
        ["绩效目标", "修好。", "", "", ""],
        ["三级指标", "指标值", "", "", ""],
        ["面积", "10", "", "", ""],
    ]
    reading = extract(read(workbook(rows), "form.xlsx"), {})
    (found,) = reading.document.projects
    assert (found.name, found.goals, len(found.indicators)) == ("校舍维修", "修好。", 1)
    assert found.extra == {"专项名称": "教育专项"}


@pytest.mark.parametrize("second", ["", "<"])
def test_a_head_over_two_levels_is_that_of_both(second: str) -> None:
    rows = [wide(4, "项目名称", "养老"), ["一级指标", second, "三级指标", "指标值"]]
    found = project([], [*rows, ["产出指标", "数量指标", "床位", "10张"], ["^", "质量指标", "合格率", "100%"]])
    assert [(i.level1, i.level2, i.level3, dict(i.extra)) for i in found.indicators] == [
        ("产出指标", "数量指标", "床位", {}),
        ("产出指标", "质量指标", "合格率", {}),
    ]

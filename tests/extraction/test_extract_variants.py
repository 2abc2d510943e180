"""Rows of labels, of money, of heads and of goals in the ways in which published forms write them."""

from __future__ import annotations

import pytest
from reading_forms import Rows, project, readings, wide

from perfdoc.extraction import extract
from perfdoc.model import Project
from perfdoc.reading import read

HEAD = ["一级指标", "二级指标", "三级指标", "指标值"]
ROW = ["产出指标", "数量指标", "救助人次", "≥12万人次"]
NAME = wide(4, "项目名称", "低保")


def value(found: Project, path: str) -> object:
    steps = path.split(".", 1) if path.startswith("extra.") else path.split(".")
    at: object = found
    for step in steps:
        at = at.get(step) if isinstance(at, dict) else getattr(at, step)
    return at


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ([wide(4, "区级支出预算总量", "3724")], {"budget.total": "3724"}),
        ([["项目总预算", "900", "当年年度预算", "300"]], {"budget.total": "300", "extra.项目总预算": "900"}),
        ([["项目总金额", "900", "2024年预算金额", "300"]], {"budget.total": "300", "extra.项目总金额": "900"}),
        ([["项目资金总额", "900", "年度资金申请总额", "300"], ["其中：财政资金", "800", "其中：当年财政拨款", "200"]],
         {"budget.total": "300", "budget.fiscal": "200"}),
        ([["2023年预算金额", "200", "资金总额", "300"]], {"budget.total": "300", "extra.2023年预算金额": "200"}),
        ([["其中：中央资金", "200", "省级财政资金", "100"]],
         {"budget.fiscal": None, "extra.其中：中央资金": "200", "extra.省级财政资金": "100"}),
        ([["年度下达金额合计", "300", "项目经费", "900"]], {"budget.total": "300", "extra.项目经费": "900"}),
        ([["项目经费（万元）", "260", "其中：设备费", "20"]], {"budget.total": "260", "money_unit": "万元"}),
        ([wide(4, "年度预算资金", "65"), wide(4, "预期绩效目标", "提升")], {"budget.total": "65", "goals": "提升"}),
        ([["预算支出（万元）", "支出总额", "9650", "<"], ["^", "其中：基本支出", "4650", "<"]],
         {"budget.total": "9650", "money_unit": "万元"}),
        ([["资金需求（万元）", "年度金额", "85", "<"]], {"budget.total": "85", "money_unit": "万元"}),
        ([["项目资金", "总额：150", "财政拨款：140", "其他：10"]],
         {"budget.total": "150", "budget.fiscal": "140", "budget.other": "10"}),
        ([["项目资金", "总投资", "当年预算", "其中：市级财政"], ["^", "1500", "600", "500"]],
         {"budget.total": "600", "budget.fiscal": "500"}),
        ([["年度预算执行率", "100%", "分值", "10"]], {"execution.rate.total": "100%"}),
        ([["资金情况（万元）", "收入构成", "财政拨款", "4"], ["^", "^", "其他资金", "1"]],
         {"budget.fiscal": "4", "budget.other": "1", "money_unit": "万元"}),
        ([["资金情况（万元）", "收入构成", "支出构成", "<"], ["^", "财政拨款：52", "基本支出：18", "<"],
          ["^", "合计：53", "合计：53", "<"]],
         {"budget.fiscal": "52", "extra.基本支出": "18", "budget.total": "53", "extra.合计": "53"}),
        ([["项目总投资（亿元）", "50", "年度预算（万元）", "80"]], {"budget.total": "80", "money_unit": "万元"}),
        ([["2023年", "2024年", "2025年", "合计"], ["50", "55", "60", "165"]],
         {"budget.total": "55", "extra.2023年": "50", "extra.合计": "165"}),
        ([["项目资金", "年初预算", "全年预算", "执行率"], ["资金总额", "12", "13", "77%"], ["其他", "2", "3", "61%"]],
         {"execution.initial.other": "2", "budget.other": "3", "execution.rate.other": "61%"}),
        ([["申请金额", "860", "本年度安排金额", "800"]], {"budget.total": "800", "extra.申请金额": "860"}),
        ([["年初预算", "调整预算", "全年支出", "备注"], ["32", "36", "35", "含追加"]],
         {"execution.initial.total": "32", "budget.total": "36", "execution.executed.total": "35",
          "extra.备注": "含追加"}),
        ([["年初绩效目标", "<", "实际完成情况", "<"], ["供应稳定。", "<", "新建15个。", "<"]],
         {"goals": "供应稳定。", "results": "新建15个。"}),
        ([["支出类别", "年初预算", "1-6月执行", "执行率"], ["基本支出", "52", "27", "52%"],
          ["支出合计", "70", "36", "51%"]],
         {"extra.基本支出·1-6月执行": "27", "budget.total": "70", "extra.支出合计·1-6月执行": "36"}),
        ([["资金总额", "其中：一般公共预算", "政府性基金", "其他"], ["38", "36", "2", "0"]],
         {"budget.total": "38", "budget.other": "0", "extra.政府性基金": "2"}),
        ([["支出类型", "年初预算数", "全年预算数", "决算数"], ["基本支出", "81", "85", "84"],
          ["合计", "111", "127", "124"]],
         {"extra.基本支出·年初预算数": "81", "budget.total": "127", "execution.executed.total": "124"}),
        ([["项目", "金额", "项目", "金额"], ["财政拨款", "50", "基本支出", "21"]],
         {"budget.fiscal": "50", "extra.基本支出": "21"}),
        ([["收入", "预算数", "支出", "预算数"], ["财政拨款", "50", "基本支出", "21"],
          ["其他资金", "2", "项目支出", "31"]],
         {"budget.total": None, "budget.fiscal": "50", "extra.基本支出": "21", "budget.other": "2",
          "extra.项目支出": "31"}),
        ([["资金来源", "当年金额", "近两年收支金额", "<"], ["", "", "2020年", "2021年"],
          ["财政拨款", "98", "90", "94"], ["合计", "99", "91", "95"]],
         {"budget.fiscal": "98", "budget.total": "99"}),
        ([["政策期总需求", "5400", "2024年需求", "1800"], ["其中：县级财政", "4050", "其中：县级财政", "1350"]],
         {"budget.total": "1800", "budget.fiscal": "1350", "extra.政策期总需求": "5400"}),
        ([["合同金额（万元）", "96", "资金来源", "福彩公益金"], wide(4, "项目预算", "90")],
         {"extra.资金来源": "福彩公益金", "money_unit": "万元"}),
        ([["其中：一般公共预算：73.66", "<", "基本支出：60", "<"], ["政府性基金拨款：", "<", "项目支出：13.66", "<"]],
         {"budget.fiscal": "73.66", "extra.政府性基金拨款": "", "extra.项目支出": "13.66"}),
        ([["资金来源（万元）", "彩票公益金", "一般公共预算", "合计"], ["^", "120", "30", "150"]],
         {"budget.total": "150", "extra.彩票公益金": "120", "extra.一般公共预算": "30"}),
        ([["资金来源", "<", "本级（万元）", "合计（万元）"], ["^", "<", "", "309"]],
         {"budget.total": "309", "money_unit": "万元"}),
        ([["项目总投入（万元）", "12", "其中：财政投入", "9"], ["资金来源", "三、其他：", "3", "<"]],
         {"budget.total": "12", "budget.fiscal": "9", "budget.other": "3"}),
        ([["责任单位", "某局", "归口管理部门", "某委"], ["县财政", "3", "建设目标", "做好"]],
         {"agency.name": "某局", "department": "某委", "budget.fiscal": "3", "goals": "做好"}),
        ([["安排资金", "12", "其他经费", "3"], ["绩效完成情况说明", "已做好", "得分合计", "97"]],
         {"budget.total": "12", "budget.other": "3", "results": "已做好", "score": "97"}),
        ([["预算申报数", "12", "预算安排情况", "正常"]], {"budget.total": "12"}),
        ([["预算资金（万元）", "45.00", "资金申请额", "90"]], {"budget.total": "45.00", "money_unit": "万元"}),
        ([["预算安排资金", "63", "实际支出资金", "62"], ["资金支出率", "98%", "自评分数", "96"]],
         {"budget.total": "63", "execution.executed.total": "62", "execution.rate.total": "98%", "score": "96"}),
        ([["预期总目标", "做好", "总目标完成情况", "已做好"]], {"goals": "做好", "results": "已做好"}),
        ([["单位编码及名称", "018001-某局", "<", "<"]], {"agency.code": "018001", "agency.name": "某局"}),
        ([["项目责任人：", "<", "单位（盖章）：", "<"], ["主管部门 某局", "<", "年度总体目标 做好", "<"]],
         {"extra.项目责任人": "", "department": "某局", "goals": "做好"}),
    ],
)  # fmt: skip
def test_money(rows: Rows, wanted: dict[str, str | None]) -> None:
    found = project(["项目支出绩效目标表", "（2024年度）"], [NAME, *rows, HEAD, ROW])
    assert {path: value(found, path) for path in wanted} == wanted


def test_heads_over_a_label_and_its_amount_each() -> None:
    rows = [
        wide(5, "项目名称", "低保"),
        ["预算金额", "按支出类型分", "<", "按资金来源分", "<"],
        ["^", "基本支出", "52", "财政拨款", "48"],
        ["^", "项目支出", "43", "其他资金", "5"],
        [*HEAD, "<"],
        [*ROW, "<"],
    ]
    found = project(["项目支出绩效目标表（2024年度）"], rows)
    assert (found.budget.total, found.budget.fiscal, found.budget.other) == (None, "48", "5")
    assert found.extra == {"基本支出": "52", "项目支出": "43"}


def test_two_blocks_of_money_side_by_side_under_labels_that_are_merged_down() -> None:
    rows = [
        wide(7, "部门名称", "某市司法局"),
        ["总体资金情况（万元）", "收入构成", "财政拨款", "42", "支出构成", "基本支出", "31"],
        ["^", "^", "其他资金", "1", "^", "项目支出", "12"],
        ["^", "^", "合计", "43", "^", "合计", "43"],
        ["一级指标", "二级指标", "三级指标", "<", "指标值", "<", "<"],
        ["过程", "预算执行", "预算执行率", "<", "100%", "<", "<"],
        ["履职", "法治宣传", "普法场次", "<", "≥50场", "<", "<"],
        ["效益", "社会效益", "法治满意度", "<", "≥92%", "<", "<"],
    ]
    found = project(["2023年度部门整体支出绩效目标表"], rows)
    assert (found.budget.total, found.budget.fiscal, found.budget.other) == ("43", "42", "1")
    assert found.extra == {"基本支出": "31", "项目支出": "12", "合计": "43"}
    assert [i.target for i in found.indicators] == ["100%", "≥50场", "≥92%"]


@pytest.mark.parametrize(
    ("rows", "extra"),
    [
        ([["战略领域", "财政事权", "<", "政策任务"], ["教育发展资金", "高等教育冲补强", "<", "新建高校建设"]],
         {"战略领域": "教育发展资金", "财政事权": "高等教育冲补强", "政策任务": "新建高校建设"}),
        ([["主要任务", "任务名称", "<", "预算支出（万元）"], ["^", "河道治理", "<", "600"]],
         {"任务名称": "河道治理", "预算支出（万元）": "600"}),
        ([["进度计划", "实施进度内容", "开始时间", "完成时间"], ["^", "主体施工", "2021年4月", "2021年12月"]],
         {"实施进度内容": "主体施工", "开始时间": "2021年4月", "完成时间": "2021年12月"}),
        ([["支出明细", "项目用途", "金额（万元）", "数量"], ["^", "站点运维", "60", "6"]],
         {"项目用途": "站点运维", "金额（万元）": "60", "数量": "6"}),
        ([["成本项目", "数量", "单价（元）", "金额（元）"], ["保洁", "120人", "30000", "3600000"]],
         {"成本项目": "保洁", "数量": "120人", "单价（元）": "30000", "金额（元）": "3600000"}),
        ([["起止时间", "开始：2022年1月", "<", "结束：2022年12月"]],
         {"起止时间": "开始：2022年1月", "结束": "2022年12月"}),
    ],
)  # fmt: skip
def test_what_stands_under_heads_and_behind_colons(rows: Rows, extra: dict[str, str]) -> None:
    assert project([], [NAME, *rows, HEAD, ROW]).extra == extra


@pytest.mark.parametrize(
    "rows",
    [
        [["一级指标", "<", "二级指标", "三级指标", "指标值"], ["绩效指标", *ROW], ["^", "^", *ROW[1:]]],
        [["指标类型", "指标类别", "指标内容", "目标值", "备注"], [*ROW, ""], ["^", *ROW[1:], ""]],
        [["绩效指标", "二级指标", "三级指标", "指标值", "备注"], [*ROW, ""], ["^", *ROW[1:], ""]],
        [["一级指标", "二级指标", "考核内容", "任务数", "备注"], [*ROW, ""], ["^", *ROW[1:], ""]],
        [["一级指标", "二级指标", "三级指标", "任务数", "备注"], [*ROW, ""], ["^", *ROW[1:], ""]],
        [["指标类别", "指标分类", "具体指标", "目标值", "备注"], [*ROW, ""], ["^", *ROW[1:], ""]],
        [["一级指标", "二级指标", "三级指标", "计划值", "备注"], [*ROW, ""], ["^", *ROW[1:], ""]],
        [["指标类型", "<", "指标名称", "指标值", "来源"], [*ROW, ""], ["^", *ROW[1:], ""]],
    ],
)
def test_heads_of_levels(rows: Rows) -> None:
    found = project([], [wide(5, "项目名称", "低保"), *rows])
    assert [[i.level1, i.level2, i.level3, i.target] for i in found.indicators] == [ROW, ROW]


def test_a_head_that_nobody_knows_over_names_of_levels() -> None:
    rows = [
        ["评价指标", "评价内容", "指标名称", "指标说明", "目标值"],
        ["项目年度绩效目标", "制度指标", "制度建立", "有", "100%"],
        ["^", "数量指标", "资助人数", "足额", "2100"],
        ["^", "成本指标", "资助标准", "", "100%"],
    ]
    found = project([], [wide(5, "项目名称", "低保"), *rows])
    assert [(i.level2, i.level3, i.description, i.target) for i in found.indicators] == [
        ("制度指标", "制度建立", "有", "100%"),
        ("数量指标", "资助人数", "足额", "2100"),
        ("成本指标", "资助标准", "", "100%"),
    ]


def test_a_column_over_signs_is_that_of_the_signs() -> None:
    rows = [["三级指标", "预期方向", "指标值", "单位"], ["培训", "大于等于", "300", "人次"], ["事故", "＝", "0", "起"]]
    found = project([], [NAME, *rows])
    assert [i.target for i in found.indicators] == ["≥300人次", "＝0起"]


@pytest.mark.parametrize(
    ("line", "name", "code", "extra"),
    [
        ("编制部门：[145]市林业局", "局本级", "145001", {"编制部门": "[145]市林业局"}),
        ("公开依据：某文件　　　　单位：万元", "局本级", "145001", {"公开依据": "某文件"}),
    ],
)
def test_what_lines_above_a_form_say_that_it_says_better_or_not_at_all(
    line: str, name: str, code: str, extra: dict[str, str]
) -> None:
    rows = [NAME, wide(4, "项目单位", "[145001]局本级"), HEAD, ROW]
    found = project(["项目支出绩效目标表（2024年度）", line], rows)
    assert (found.agency.name, found.agency.code, found.extra) == (name, code, extra)


def test_an_adjusted_value_where_no_first_one_is() -> None:
    rows = [["指标名称", "权重", "单位", "年初指标值", "调整指标值"], ["培训", "20", "人次", "300", "320"],
            ["辅具", "20", "件", "", "520"]]  # fmt: skip
    found = project([], [wide(5, "项目名称", "低保"), *rows])
    assert [i.target for i in found.indicators] == ["300人次", "520件"]


def test_kinds_in_place_of_levels_beside_the_head_of_the_value() -> None:
    rows = [
        ["目标类型", "绩效指标", "绩效目标值", "备注"],
        ["数量指标", "抽检批次", "≥2万批次", ""],
        ["^", "培训", "10场", ""],
    ]
    found = project([], [NAME, *rows])
    assert [(i.level1, i.level3, i.target) for i in found.indicators] == [
        ("数量指标", "抽检批次", "≥2万批次"),
        ("数量指标", "培训", "10场"),
    ]


@pytest.mark.parametrize(
    ("heads", "below"),
    [
        (["指标值", "<", "<"], ["前年", "上年", "预计当年实现"]),
        (["半年（程）指标值", "上半年水平", "全（年）程指标值"], ["^", "^", "^"]),
    ],
)
def test_the_value_of_this_year_among_others(heads: list[str], below: list[str]) -> None:
    rows = [
        wide(7, "项目名称", "低保"),
        [*HEAD[:3], *heads, "绩效标准"],
        ["^", "^", "^", *below, "^"],
        [*ROW[:3], "1", "2", "3", "计划标准"],
    ]
    assert [i.target for i in project([], rows).indicators] == ["3"]


@pytest.mark.parametrize("names", [["部门名称", "某局"], ["单位名称", "某中心"]])
def test_a_unit_beside_its_department_is_the_agency(names: list[str]) -> None:
    other = {"部门名称": ["单位名称", "某中心"], "单位名称": ["部门名称", "某局"]}[names[0]]
    found = project([], [NAME, [*names, *other], wide(4, "部门年度目标", "繁荣创作。"), HEAD, ROW])
    assert (found.agency.name, found.goals, found.extra) == ("某中心", "繁荣创作。", {"部门名称": "某局"})


def test_the_place_of_a_score_that_nobody_has_given_is_under_its_head() -> None:
    head = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"]
    rows = [wide(7, "项目名称", "低保"), head, [*ROW, "12万人次", "10", "9"], ["总分", "<", "<", "<", "<", "", ""]]
    place = readings(["绩效自评表"], rows)[1].places["projects", 0, "score"]
    assert (place.row, place.column) == (4, 7)


def test_goals_in_numbered_rows_beside_their_projects() -> None:
    rows = [
        ["年度目标", "序号", "目标内容", "涉及项目"],
        ["^", "1", "检查全覆盖", "监管"],
        ["^", "2", "新建5处", "应急"],
    ]
    found = project([], [NAME, *rows, HEAD, ROW])
    assert (found.goals, found.extra) == ("检查全覆盖\n新建5处", {"涉及项目": "监管", "涉及项目 (2)": "应急"})


def test_goals_of_the_whole_project_beside_those_of_the_year() -> None:
    rows = [["项目绩效目标", "项目总目标", "<", "年度总体目标"], ["^", "三年建成网络。", "<", "全年开放330天。"]]
    found = project([], [NAME, *rows, HEAD, ROW])
    assert (found.goals, found.extra) == ("全年开放330天。", {"项目总目标": "三年建成网络。"})


def test_a_second_project_of_a_table_has_what_stands_above_the_table() -> None:
    rows = [NAME, HEAD, ROW, wide(4, "项目名称", "司法救助"), HEAD, ROW]
    again = [*rows[:3], wide(4, "单位：万元"), *rows[3:]]
    for reading in (one for some in (rows, again) for one in readings(["2024年项目绩效目标表", "单位：万元"], some)):
        assert [(p.year, p.money_unit) for p in reading.document.projects] == [("2024", "万元")] * 2
        assert not any(p.extra for p in reading.document.projects)


def test_amounts_of_two_years_beside_their_label() -> None:
    rows = [
        wide(6, "项目名称", "低保"),
        ["资金总额", "<", "上年安排", "50", "本年申请", "52"],
        [*HEAD, "<", "<"],
        [*ROW, "<", "<"],
    ]
    found = project(["项目绩效目标表", "（2022年度）    金额单位：万元"], rows)
    assert (found.budget.total, found.extra) == ("52", {"上年安排": "50"})
    assert (found.year, found.money_unit) == ("2022", "万元")


def test_projects_under_one_title_are_of_its_year() -> None:
    table = f"<table><tr><td>项目名称</td><td colspan=3>低保</td></tr><tr><td>{'</td><td>'.join(HEAD)}</td></tr>"
    table += f"<tr><td>{'</td><td>'.join(ROW)}</td></tr></table>"
    page = f"<p>某区2024年项目绩效目标公开表</p>{table}<p>另一个</p>{table}<p>项目绩效目标表</p>{table}"
    found = extract(read(page.encode(), "form.html"), {}).document.projects
    assert [one.year for one in found] == ["2024", "2024", None]


def test_a_list_with_a_column_for_each_level_is_no_table_of_indicators_as_columns() -> None:
    rows = [
        ["序号", "项目名称", "实施单位", "资金（万元）", "绩效目标", "产出指标", "效益指标", "满意度指标"],
        ["1", "养殖园区", "张易镇", "300", "扩建1处", "牛舍≥2000平方米", "带动≥50户", "≥95%"],
        ["2", "蔬菜基地", "彭堡镇", "200", "建设500亩", "大棚≥100座", "增收≥2000元", "≥90%"],
    ]
    for reading in readings(["某市2022年项目绩效目标表"], rows):
        first, second = reading.document.projects
        assert (first.name, first.agency.name, second.goals) == ("养殖园区", "张易镇", "建设500亩")
        assert [(i.level1, i.level3) for i in second.indicators] == [
            ("产出指标", "大棚≥100座"), ("效益指标", "增收≥2000元"), ("满意度指标", "≥90%"),
        ]  # fmt: skip


@pytest.mark.parametrize(
    "line", ["备 注：1、可选择填写。", "项目负责人（签字）：      二级单位（盖章）：      年  月  日"]
)
def test_last_lines_below_a_form_are_of_it(line: str) -> None:
    text = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in row if cell != '<')}</tr>" for row in (NAME, HEAD, ROW)
    )
    page = f"<p>项目支出绩效目标表</p><table>{text}</table><p>{line}</p>"
    reading = extract(read(page.encode(), "form.html"), {})
    assert (len(reading.document.projects), [str(one) for one in reading.diagnostics]) == (1, [])


def test_the_label_of_the_block_may_head_the_names_of_its_indicators() -> None:
    rows = [
        wide(5, "项目名称", "地力保护补贴"),
        ["项目资金（万元）", "全年预算数", "全年执行数", "执行率", "执行率权重"],
        ["总量", "9135", "9080", "99.40%", "10"],
        ["当年绩效目标", "年初绩效目标", "<", "调整后绩效目标", "目标实际完成情况"],
        ["^", "补贴98万亩。", "<", "补贴97万亩。", "实际补贴96.8万亩。"],
        ["绩效指标", "计量单位", "指标性质", "指标值", "权重"],
        ["补贴面积", "万亩", "≥", "97", "30"],
        ["农户满意度", "%", "≥", "90", "10"],
    ]
    found = project(["2024年度项目绩效自评表"], rows)
    assert [(one.level3, one.target, one.weight) for one in found.indicators] == [
        ("补贴面积", "≥97万亩", "30"),
        ("农户满意度", "≥90%", "10"),
    ]
    assert (found.budget.total, found.execution.weight.total, found.money_unit) == ("9135", "10", "万元")
    assert (found.goals, found.results) == ("补贴98万亩。", "实际补贴96.8万亩。")
    assert found.extra == {"调整后绩效目标": "补贴97万亩。"}

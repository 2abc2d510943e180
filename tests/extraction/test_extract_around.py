"""What stands around a form: notes, text under headings, seals and helps; what is part of none is told."""

from __future__ import annotations

import pytest
from wordxml import layout, p, run, tbl, tc, text_box, tr

from perfdoc.extraction import extract
from perfdoc.model import Project
from perfdoc.report import Reading, Role

TITLE = p("项目支出绩效目标表（2024年度）")
HEAD = tr("一级指标", "二级指标", "三级指标", "指标值")
ROWS = (
    HEAD,
    tr("产出指标", "数量指标", "养护里程", "≥120公里"),
    tr("满意度指标", "服务对象满意度指标", "满意度", "≥90%"),
)
FORM = tbl(tr("项目名称", "养护", "实施单位", "某中心"), tr("总体目标", "保障畅通", "负责人", "张三"), *ROWS)


def read(*blocks: str, known: tuple[str, ...] = (), **parts: str) -> Reading:
    return extract(layout("".join(blocks), parts), {}, known)


def only(reading: Reading) -> Project:
    (project,) = reading.document.projects
    return project


def said(reading: Reading) -> list[tuple[str, str, str]]:
    return [(one.severity, str(one.place).removeprefix("f.docx: "), one.message) for one in reading.diagnostics]


def outside(reading: Reading) -> list[str]:
    return [claim.text for claim in reading.claims if claim.role is Role.outside]


# Notes


def test_all_lines_of_a_note_are_its_value() -> None:
    reading = read(
        TITLE, FORM, p("注：1.里程含乡道。"), p("2.含结转。"), p("备注：待调整。"), p("另：改造资金30万元另行申报。")
    )
    assert only(reading).extra == {"负责人": "张三", "注": "1.里程含乡道。\n2.含结转。", "备注": "待调整。"}
    text = "a text that is part of no form is left outside: “另：改造资金30万元另行申报。”"
    assert said(reading) == [("warning", "paragraph 5", text)]


def test_the_lines_below_a_note_that_has_none_beside_it() -> None:
    reading = read(TITLE, FORM, p("说明："), p("里程含乡道。"), p("含结转。"), p(""), p("附图另送。"))
    assert only(reading).extra["说明"] == "里程含乡道。\n含结转。"
    assert outside(reading) == ["附图另送。"]


def test_lines_numbered_otherwise_do_not_go_on_with_a_note() -> None:
    reading = read(TITLE, FORM, p("备注：（1）里程含乡道。"), p("（2）含结转。"), p("（4）附图。"))
    assert only(reading).extra["备注"] == "（1）里程含乡道。\n（2）含结转。"
    assert outside(reading) == ["（4）附图。"]


# Text under headings


def test_text_under_a_heading_that_names_a_field_is_its_value() -> None:
    basics = tbl(tr("项目名称", "饮水", "实施单位", "某局"), tr("项目编码", "A1", "预算金额", "10"))
    heads = p("二、年度绩效目标"), p("　　新建管网38公里。"), p("改造设施4处。"), p("三、绩效指标")
    reading = read(p("一、基本信息"), basics, *heads, tbl(*ROWS), p("四、项目概况"), p("三镇受益。"))
    project = only(reading)
    assert (project.name, project.goals, len(project.indicators)) == ("饮水", "新建管网38公里。\n改造设施4处。", 2)
    assert project.extra["项目概况"] == "三镇受益。"
    assert (outside(reading), reading.diagnostics) == ([], ())


def test_goals_above_the_only_table() -> None:
    reading = read(TITLE, p("一、总体目标"), p("保障畅通。"), p("二、绩效指标"), tbl(*ROWS))
    assert (only(reading).year, only(reading).goals) == ("2024", "保障畅通。")
    assert reading.diagnostics == ()


def test_text_under_a_heading_whose_field_the_form_has_is_told() -> None:
    reading = read(TITLE, FORM, p("总体目标"), p("另一个目标。"))
    assert only(reading).goals == "保障畅通"
    assert [place for _, place, _ in said(reading)] == ["paragraph 2"]
    assert outside(reading) == ["总体目标", "另一个目标。"]


# What is outside


def test_a_table_before_a_form_is_told_with_the_line_above_it() -> None:
    reading = read(p("资金安排"), tbl(tr("乡镇", "金额"), tr("西坪", "20")), TITLE, FORM)
    text = "a text that is part of no form is left outside: “资金安排⏎乡镇⏎金额⏎西坪⏎20”"
    assert said(reading) == [("warning", "paragraph 1", text)]


def test_what_a_reviewer_typed_between_two_forms_is_told() -> None:
    reading = read(TITLE, FORM, p("核减20万元，请重新测算。"), TITLE, FORM.replace("养护", "照明"))
    assert len(reading.document.projects) == 2
    assert [(severity, place) for severity, place, _ in said(reading)] == [("warning", "paragraph 2")]


def test_a_text_box_beside_a_form_is_told() -> None:
    reading = read(TITLE, FORM, p(text_box(p("急件"))))
    assert [message for _, _, message in said(reading)] == ["a text that is part of no form is left outside: “急件”"]


def test_other_chapters_of_a_budget_book_are_one_line() -> None:
    chapter = p("第一部分 部门概况"), p("本部门依法履职。"), tbl(tr("项目", "金额"), tr("行政运行", "100"))
    reading = read(*chapter, p("第二部分 绩效目标"), TITLE, FORM, p("第三部分 名词解释"), p("财政拨款：略" * 99))
    (only_one,) = said(reading)
    begins = "other chapters are left outside: 637 characters, they begin “第一部分 部门概况”"
    assert only_one == ("info", "paragraph 1", begins)


def test_the_year_in_the_header_and_who_filled_in_below() -> None:
    plain = p("项目支出绩效目标表")
    reading = read(plain, FORM, p("<w:pPr/>"), sections(), header1=p("（2023年度）"), footer1=p("填报人：王五"))
    assert only(reading).year == "2023"
    assert [(severity, place) for severity, place, _ in said(reading)] == [("warning", "footer1 paragraph 1")]


def sections() -> str:
    return '<w:sectPr><w:headerReference r:id="header1"/><w:footerReference r:id="footer1"/></w:sectPr>'


@pytest.mark.parametrize("number", ["第 1 页 共 3 页", "- 2 -", "1/3", "Page 1 of 3", "3", "iv", "—3—"])
def test_the_number_of_a_page_is_no_doubt(number: str) -> None:
    reading = read(TITLE, FORM, sections(), header1=p(""), footer1=p(number))
    assert (outside(reading), reading.diagnostics) == ([], ())


def test_a_form_in_a_cell_of_a_table_that_lays_it_out() -> None:
    reading = read(tbl(tr(tc(TITLE, p("请于3月前报送"), FORM, p()))))
    assert (only(reading).year, only(reading).name) == ("2024", "养护")
    assert outside(reading) == ["请于3月前报送"]
    assert [(severity, place) for severity, place, _ in said(reading)] == [("warning", "table 1 row 1 column 1")]


def test_a_line_between_a_title_and_its_table_hides_no_year() -> None:
    reading = read(TITLE, p("请于3月前报送"), FORM)
    assert only(reading).year == "2024"
    assert outside(reading) == ["请于3月前报送"]


def test_texts_that_are_known_are_no_doubt() -> None:
    lines = p("某市财政局制"), p("联系电话 010-1234"), p("核减。")
    reading = read(TITLE, FORM, *lines, known=("某市 财政局制", "联系电话*"))
    assert outside(reading) == ["核减。"]
    assert [place for _, place, _ in said(reading)] == ["paragraph 4"]


# Seals, dates, and helps


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("填报单位:(盖章)", ""),
        ("填报单位（盖章）：（公章）", ""),
        ("项目承担单位:(盖章)某研究院", "某研究院"),
        ("申报单位：某研究院（公章）", "某研究院"),
        ("填报单位：某研究院（筹）", "某研究院（筹）"),
    ],
)
def test_where_to_seal_is_no_agency(line: str, name: str) -> None:
    assert only(read(TITLE, p(line), tbl(tr("项目名称", "养护"), *ROWS))).agency.name == name


def test_where_to_seal_and_date_is_no_value() -> None:
    rows = tr("项目名称", "养护", "主管部门", "（盖章）"), tr("填报日期", "20  年  月  日", "负责人", "（签字）")
    project = only(read(TITLE, tbl(*rows, *ROWS), p("财政部门审核意见：（盖章）  年 月 日")))
    assert (project.department, project.extra) == ("", {"填报日期": "", "负责人": "", "财政部门审核意见": ""})
    dated = tr("项目名称", "养护", "填报日期", "2024年3月1日")
    assert only(read(TITLE, tbl(dated, *ROWS))).extra == {"填报日期": "2024年3月1日"}


@pytest.mark.parametrize(
    "text",
    [
        "单击此处输入文字",
        "请填写项目负责人",
        "（简要说明项目内容，不超过200字）",
        "目标1：……\n目标2：……",
        "（此处填写目标）",
        "结合自评情况，说明项目实施取得的成效。（200字以内）",
    ],
)
def test_a_printed_help_that_was_left_in_is_told(text: str) -> None:
    cell = tc(*[p(line) for line in text.split("\n")])
    reading = read(TITLE, tbl(tr("项目名称", "养护"), tr("总体目标", cell), *ROWS))
    assert only(reading).goals == text
    (one,) = reading.diagnostics
    assert (one.code, one.severity, one.quote, one.path) == ("PD051", "warning", text, ("projects", 0, "goals"))


@pytest.mark.parametrize("text", ["请专家评审3次，填写意见书", "改造12所校舍（100字以内）。"])
def test_a_goal_that_asks_is_no_help(text: str) -> None:
    reading = read(TITLE, tbl(tr("项目名称", "养护"), tr("总体目标", text), *ROWS), p(run("")))
    assert reading.diagnostics == ()


def test_a_last_line_of_labels_that_nobody_filled_in() -> None:
    reading = read(TITLE, tbl(tr("项目名称", "养护"), *ROWS), p("负责人：　　　　经办人：　　　　填报日期："))
    assert reading.diagnostics == ()
    assert only(reading).extra == {"负责人": "", "经办人": "", "填报日期": ""}


@pytest.mark.parametrize(
    ("line", "heading"),
    [("（一）养护", "（一）养护"), ("1、养护项目", "1、养护项目"), ("（一）另一事项", None), ("养护", None)],
)
def test_a_number_and_the_name_of_a_project_above_its_table_are_its_heading(line: str, heading: str | None) -> None:
    reading = read(TITLE, p(line), FORM)
    assert (only(reading).heading, outside(reading)) == (heading, [] if heading else [line])

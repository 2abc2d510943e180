"""审核意见采纳情况表: printed, filled in by the unit, read back as replies."""

from __future__ import annotations

import io

import openpyxl
import pytest

import perfdoc
from perfdoc.model import Agency, Document, Indicator, Project
from perfdoc.report import Path, Reply, Thread
from perfdoc.reviews import Opinion, answered, answers, opinions
from perfdoc.reviews.opinions import heads, rows
from perfdoc.summary import Table
from perfdoc.summary.workbook import workbook
from perfdoc.texts import speaking

ROW = Indicator(level1="产出指标", level2="数量指标", level3="扫描数量", target="≥1页")
DOCUMENT = Document(title="甲", projects=(Project(name="扫描", indicators=(ROW,)), Project(name="维护")))


def _asked(text: str, path: Path, *replies: Reply) -> Thread:
    return Thread("财政局", "2024-03-02 15:04", text, replies, path=path)


LISTED = opinions(
    [
        _asked("过低？\n请附依据", ("projects", 0, "indicators", 0, "target")),
        _asked("请核实", ("projects", 0), Reply("水务局", "", "说明：见附件"), Reply("财政局", "", "同意")),
        _asked("请核实", ("projects", 1, "budget", "total")),
        _asked("目录", ()),
    ],
    perfdoc.Reading(DOCUMENT),
)


def test_people_read_what_an_opinion_is_about() -> None:
    with speaking("zh"):
        listed = opinions([one.thread for one in LISTED], perfdoc.Reading(DOCUMENT))
    assert [(one.project, one.about) for one in listed] == [
        ("扫描", "第1行“扫描数量”的指标值"),
        ("扫描", "项目"),
        ("维护", "预算数"),
        ("甲", "全文"),
    ]


def _returned(fill: dict[int, tuple[str, str]], *, old_heads: bool = False, by: str = "") -> perfdoc.Layout:
    """The table as a workbook, filled in by hand: row of an opinion from 1 → 采纳情况, 说明."""
    table = Table("reviews", "审核意见采纳情况表", heads(), tuple(rows(LISTED)), filtered=True)
    book = openpyxl.load_workbook(io.BytesIO(workbook([table])))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["序号", "项目", "位置", "审核人", "意见", "采纳情况", "说明"]
    for number, said in fill.items():
        for column, text in zip((6, 7), said, strict=True):
            sheet.cell(number + 1, column).value = text
    if old_heads:
        sheet["E1"], sheet["F1"] = "审核意见", "是否采纳"
        sheet.insert_rows(1, 2)
        sheet["A1"], sheet["A2"] = "审核意见采纳情况表", "填报单位：水务局"
    if by:
        sheet.cell(1, 8).value = "答复人"
        sheet.cell(4, 8).value = by
    stream = io.BytesIO()
    book.save(stream)
    return perfdoc.read(stream.getvalue(), "采纳.xlsx")


@pytest.mark.parametrize("old_heads", [False, True])
def test_what_a_unit_fills_in_comes_back_as_replies(old_heads: bool) -> None:
    layout = _returned({1: ("部分采纳", "改为2页"), 3: ("采纳", ""), 4: ("", "已重排")}, old_heads=old_heads)
    given = answers(layout)
    made = answered(LISTED, given, "2024-03-05 08:00")
    who = "水务局" if old_heads else ""
    assert [(one.text, one.path, one.replies[-1]) for one in made] == [
        ("过低？\n请附依据", LISTED[0].thread.path, Reply(who, "2024-03-05 08:00", "部分采纳：改为2页")),
        ("请核实", ("projects", 1, "budget", "total"), Reply(who, "2024-03-05 08:00", "采纳")),
        ("目录", (), Reply(who, "2024-03-05 08:00", "已重排")),
    ]
    again = [
        one._replace(thread=next((new for new in made if new.path == one.thread.path), one.thread)) for one in LISTED
    ]
    assert answered(again, given, "2024-03-06 08:00") == ()


def test_who_answers_is_whom_the_row_names_or_the_unit_of_the_project() -> None:
    given = answers(_returned({1: ("采纳", ""), 3: ("采纳", ""), 4: ("采纳", "")}, by="王工"))
    of_unit = [one._replace(unit="法院") for one in LISTED]
    assert [one.replies[-1].author for one in answered(of_unit, given)] == ["法院", "王工", "法院"]
    court = Project(name="扫描", agency=Agency(name="法院"))
    known = opinions([_asked("一", ("projects", 0)), _asked("二", ())], perfdoc.Reading(Document(projects=(court,))))
    assert [one.unit for one in known] == ["法院", "法院"]


def test_a_table_that_is_not_filled_in_answers_nothing() -> None:
    given = answers(_returned({}))
    assert [one.said for one in given] == ["", "说明：见附件", "", ""]
    assert answered(LISTED, given) == ()
    assert answers(perfdoc.read("意见\t甲\n".encode(), "x.txt")) == ()


def test_an_answer_to_an_opinion_that_is_not_there_is_no_reply() -> None:
    other = Opinion(_asked("别的", ()), "", "")
    assert answered([other], answers(_returned({1: ("采纳", "")}))) == ()

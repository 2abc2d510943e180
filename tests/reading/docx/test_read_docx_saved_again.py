"""Word files that LibreOffice has saved again, in one format or in one after the other: they say the same.

All of them are saved by one start of LibreOffice for each format, since a start takes longer than a file.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from saved_by_office import all_saved
from wordxml import cells, codes, docx, layout, p, run, tbl, tc, tr

from perfdoc.layout import Grid, Layout
from perfdoc.reading import read

pytestmark = pytest.mark.office

RESTART, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
FORM = (
    p("1.甲绩效目标表")
    + tbl(
        tr("209101某院", tc("单位：万元", properties='<w:gridSpan w:val="2"/>')),
        tr(tc("组", properties=RESTART), "预算数", "349.00"),
        tr(tc(properties=ON), tc("1.一，", "2.二。", properties='<w:gridSpan w:val="2"/>')),
        columns=3,
    )
    + p()
    + tbl(
        tr("一级指标", "二级指标", "指标值", properties="<w:tblHeader/>"),
        tr(tc("产出", properties=RESTART), "数量", "≥12次/年"),
        tr(tc(properties=ON), "质量  指标", "A&amp;B"),
        columns=3,
    )
    + p("尾")
)
VALUES = ["项目名称", "≥90%", "2023年1-12月", "1.甲。", "abc"]


def control(content: str) -> str:
    return f"<w:sdt><w:sdtPr><w:id w:val='{len(content)}'/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def table(around: Callable[[str], str]) -> str:
    """A table in whose rows something stands around each first cell."""
    values = ["项目名称：", "2023年1-12月", "≥90%", "甲  乙 A&amp;B", "3.5万盒", "12", "abc def", ""]
    rows = [tr(around(tc(value)), "邻") for value in values]
    return tbl(*rows, tr(around(tc("1.对a，", "2.第b。")), tc("连"))) + p("尾")


def deleted() -> str:
    """Lines that are all deleted, their ends too."""
    change = 'w:author="a" w:date="2023-01-01T00:00:00Z"'
    text = "<w:r><w:delText>旧</w:delText></w:r>"
    gone = f'<w:p><w:pPr><w:rPr><w:del {change}/></w:rPr></w:pPr><w:del w:id="7" {change}>{text}</w:del></w:p>'
    return tbl(tr("绩效目标", tc(gone, "1.一", "2.二")), tr("指标值", tc(gone, "≥1"))) + p("尾")


def tracked(value: str) -> str:
    """A row with a tracked replacement, in a control and without one."""
    new = tc(
        p(f'<w:del w:author="a"><w:r><w:delText>旧文</w:delText></w:r></w:del><w:ins w:author="a">{run(value)}</w:ins>')
    )
    return tr(f"<w:sdt><w:sdtContent>{new}</w:sdtContent></w:sdt>", new, value)


LINK = p(
    f'<w:hyperlink w:anchor="a">{run("道路养护")}</w:hyperlink>',
    f"<w:sdt><w:sdtPr/><w:sdtContent>{run('（套）')}</w:sdtContent></w:sdt>",
)
GIVEN = {
    "form": FORM,
    "controls": table(control),
    "deleted": deleted(),
    "tracked": tbl(*map(tracked, VALUES), columns=3) + p("尾"),
    "link": tbl(tr("项目名称", tc(LINK))) + p("尾"),
}


ROUTES = ("docx", "odt", "doc", "rtf")
"""What LibreOffice saves a file as before it saves it as .docx, which is how a file of that kind is read."""


@cache
def saved() -> dict[str, dict[str, bytes]]:
    """All that is given, after the formats of each route."""
    files = [docx(body) for body in GIVEN.values()]
    ways = [("docx", "docx") if route == "docx" else ("docx", route, "docx") for route in ROUTES]
    made = all_saved(ways, [files] * len(ways))
    return {route: dict(zip(GIVEN, some, strict=True)) for route, some in zip(ROUTES, made, strict=True)}


def routes(*given: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("route", given)


def again(name: str, route: str) -> Layout:
    return read(saved()[route][name], "f")


def shape(found: Layout) -> list[object]:
    """Texts, positions and merges of a layout's body."""
    return [
        [[cell._replace(runs=()) for cell in row.cells] for row in block.rows]
        if isinstance(block, Grid)
        else block.text
        for block in found.blocks
        if isinstance(block, Grid) or block.story == "body"
    ]


@routes("docx", "odt", "doc", "rtf")
def test_a_form(route: str) -> None:
    assert shape(again("form", route)) == shape(layout(FORM))


@routes("docx", "odt", "doc", "rtf")
def test_controls_around_cells(route: str) -> None:
    """LibreOffice 7 writes the text of such a control several times."""
    found = again("controls", route)
    assert shape(found) == shape(layout(table(str)))
    assert set(codes(found)) == {"PD032"}


@routes("docx", "doc", "odt", "rtf")
def test_a_deleted_line(route: str) -> None:
    assert [row[1][1] for row in cells(next(again("deleted", route).grids()))] == ["1.一\n2.二", "≥1"]


@routes("docx", "doc", "odt", "rtf")
def test_controls_around_cells_with_tracked_changes(route: str) -> None:
    found = again("tracked", route)
    assert cells(next(found.grids())) == [[(1, value), (2, value), (3, value)] for value in VALUES]
    assert sorted(one.quote for one in found.diagnostics if one.code == "PD032") == sorted(VALUES)


@routes("docx", "odt")
def test_a_control_behind_a_link(route: str) -> None:
    found = again("link", route)
    assert [text for _, text in cells(next(found.grids()))[0]] == ["项目名称", "道路养护（套）"]
    assert "PD032" in codes(found)

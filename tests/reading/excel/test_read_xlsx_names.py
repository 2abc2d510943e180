"""What a workbook's names and the runs of its strings tell a reader: the printed area, bookmarks, parts of a text."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.workbook.defined_name import DefinedName

from perfdoc.layout import Grid, Paragraph
from perfdoc.reading import read
from perfdoc.reading.excel.strings import RichText, shared_strings
from perfdoc.reading.package import Package
from perfdoc.rendering.archive import archive, stored


def blocks(area: str, **names: str) -> tuple[Paragraph | Grid, ...]:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "a 'b'"
    sheet["A1"], sheet["B2"] = "一", "二"
    if area:
        sheet.print_area = area
    for name, text in names.items():
        book.defined_names[name.replace("_dot_", ".")] = DefinedName(name.replace("_dot_", "."), attr_text=text)
    out = io.BytesIO()
    book.save(out)
    return read(out.getvalue(), "x.xlsx").blocks


@pytest.mark.parametrize(
    ("area", "shape"),
    [
        ("", [2, 2]),
        ("A1:C4", [3, 3, 3, 3]),
        ("A1:A1", [2, 2]),
        ("B1:C4", [2, 2]),
        ("A1:XFD1000", [2, 2]),
        ("A1:B2,D1:E2", [2, 2]),
    ],
)
def test_a_grid_reaches_as_far_as_what_is_printed(area: str, shape: list[int]) -> None:
    (grid,) = blocks(area)
    assert isinstance(grid, Grid)
    assert [len(row.cells) for row in grid.rows] == shape
    assert [cell.text for row in grid.rows for cell in row.cells if cell.text] == ["一", "二"]


def test_the_bookmarks_of_a_sheet_stand_before_it() -> None:
    where = "'a ''b'''!$A$1"
    first, grid = blocks("", section_dot__Toc_1=where, contents_dot_AB12=where, other=where)
    assert isinstance(first, Paragraph)
    assert isinstance(grid, Grid)
    assert (first.text, first.bookmarks, first.place.sheet) == ("", ("_Toc_1", "AB12"), "a 'b'")
    assert len(blocks("", section_dot_alone=where)) == 1
    assert len(blocks("", section_dot_x="elsewhere!$A$1", contents_dot_y=where)) == 1


def test_runs_without_formats_are_parts() -> None:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    items = (
        "<si><t>a</t></si><si><r><t>1&amp;</t></r><r><t>b</t></r></si>"
        '<si><r><t/></r><r><t xml:space="preserve"> c</t></r></si>'
        "<si><r><t>d</t></r><r><rPr><b/></rPr><t>e</t></r></si><si><r><t>f</t></r></si>"
    )
    part = f'<sst xmlns="{space}">{items}</sst>'.encode()
    strings = shared_strings(Package(archive([stored("s.xml", part)]), "x.xlsx"), "s.xml")
    assert strings == ["a", "1&b", " c", "de", "f"]
    assert [one.runs if isinstance(one, RichText) else () for one in strings] == [(), ("1&", "b"), ("", " c"), (), ()]


def test_formatted_runs_are_one_text() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = CellRichText("甲", TextBlock(InlineFont(b=True), "乙"))
    out = io.BytesIO()
    book.save(out)
    (grid,) = read(out.getvalue(), "x.xlsx").grids()
    assert (grid.rows[0].cells[0].text, grid.rows[0].cells[0].runs) == ("甲乙", ())

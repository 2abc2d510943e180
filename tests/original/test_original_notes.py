"""Notes put into a workbook: shown at their cells, every other part as it was."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from checkout import ROOT

import perfdoc
from perfdoc.errors import RefusedError
from perfdoc.office import convert
from perfdoc.original.remarks.notes import noted
from perfdoc.report import Place, Reply, Thread

RECEIVED = ROOT / "golden" / "received"
BOOKS = sorted(RECEIVED.glob("*.xlsx"))


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(content: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, data in content.items():
            package.writestr(name, data)
    return stream.getvalue()


def at(sheet: str, row: int, column: int, text: str = "请核对 <&>\n第二行") -> Thread:
    return Thread("perfdoc", "2024-03-02 15:04", text, place=Place("x.xlsx", sheet=sheet, row=row, column=column))


def shown(data: bytes) -> dict[tuple[str, str], str]:
    """The notes as openpyxl shows them, by sheet and cell."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = ((sheet.title, cell) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    return {(title, cell.coordinate): cell.comment.text for title, cell in cells if cell.comment}


@pytest.mark.parametrize("file", BOOKS, ids=[each.name for each in BOOKS])
def test_workbooks_of_many_programs(file: Path) -> None:
    data = file.read_bytes()
    before = perfdoc.read(data, "x.xlsx")
    places = [place for place in perfdoc.extract(before).places.values() if place.row][:5]
    made = noted(data, [Thread("perfdoc", "", f"第{n}条", place=place) for n, place in enumerate(places)], "x.xlsx")
    after = perfdoc.read(made, "x.xlsx")
    assert after.blocks == before.blocks
    assert [one for one in after.threads if one.author != "perfdoc"] == list(before.threads)
    text = "\n".join(one.text for one in after.threads if one.author == "perfdoc")
    assert [*re.findall(r"第\d+条", text)] == [f"第{n}条" for n in range(len(places))]
    old, new = parts(data), parts(made)
    changed = {name for name in old if new[name] != old[name]}
    assert all(re.search(r"Content_Types|worksheets/|comment|vmlDrawing|Drawing\d*\.vml", name) for name in changed)
    assert noted(data, [], "x.xlsx") == data
    assert len([*filter(None, shown(made).values())]) >= 1


def test_the_text_says_who_when_and_what_was_answered() -> None:
    data = (RECEIVED / "openpyxl-3.1.5-list.xlsx").read_bytes()
    sheet = openpyxl.load_workbook(io.BytesIO(data)).sheetnames[0]
    asked = at(sheet, 3, 2)._replace(replies=(Reply("水务局", "", "已改"),))
    made = noted(data, [asked, at(sheet, 3, 2, "另一条"), at("没有的表", 0, 0, "全表")], "x.xlsx")
    assert shown(made) == {
        (sheet, "A1"): "perfdoc 2024-03-02 15:04:\n全表",
        (
            sheet,
            "B3",
        ): "perfdoc 2024-03-02 15:04:\n请核对 <&>\n第二行\n\n水务局:\n已改\n\nperfdoc 2024-03-02 15:04:\n另一条",
    }
    assert noted(data, [asked], "x.xlsx") == noted(data, [asked], "x.xlsx")


def test_a_note_that_is_there_stays_and_the_next_cell_says_which_is_meant() -> None:
    data = (RECEIVED / "openpyxl-3.1.5-list.xlsx").read_bytes()
    sheet = openpyxl.load_workbook(io.BytesIO(data)).sheetnames[0]
    once = noted(data, [at(sheet, 3, 2, "一")], "x.xlsx")
    twice = noted(once, [at(sheet, 3, 2, "二"), at(sheet, 4, 2, "三")], "x.xlsx")
    texts = {cell: text.partition(":\n")[2] for (_, cell), text in shown(twice).items()}
    assert texts["B3"] == "一"
    assert texts["B4"] == "三"
    assert shown(twice)[sheet, "C3"].startswith("→ B3\n\n")
    shapes = re.findall(rb'<v:shape [^>]*id="(_x0000_s\d+)"', parts(twice)["xl/drawings/vmlDrawing.vml"])
    assert len(shapes) == len(set(shapes)) == 3


def test_a_sheet_with_a_prefix_and_parts_that_follow() -> None:
    content = parts((RECEIVED / "openpyxl-3.1.5-list.xlsx").read_bytes())
    name = "xl/worksheets/sheet1.xml"
    text = content[name].decode().replace("</worksheet>", "<extLst/></worksheet>")
    text = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1s:", text).replace("xmlns=", "xmlns:s=")
    content[name] = text.encode()
    data = packed(content)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).sheetnames[0]
    made = noted(data, [at(sheet, 3, 2)], "x.xlsx")
    assert re.search(rb"<s:legacyDrawing [^>]*/><s:extLst", parts(made)[name])
    assert (sheet, "B3") in shown(made)


def test_a_signed_workbook_is_refused() -> None:
    content = parts((RECEIVED / "openpyxl-3.1.5-list.xlsx").read_bytes())
    link = (
        '<Relationship Id="s" Type="http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"'
        ' Target="_xmlsignatures/origin.sigs"/></Relationships>'
    )
    content["_rels/.rels"] = content["_rels/.rels"].replace(b"</Relationships>", link.encode())
    with pytest.raises(RefusedError, match="signed"):
        noted(packed(content), [at("x", 1, 1)], "x.xlsx")


@pytest.mark.office
def test_libreoffice_shows_them() -> None:
    data = (RECEIVED / "xlsxwriter-3.3.1-central.xlsx").read_bytes()
    sheet = openpyxl.load_workbook(io.BytesIO(data)).sheetnames[0]
    (again,) = convert([noted(data, [at(sheet, 4, 3), at(sheet, 5, 2)], "x.xlsx")], "xlsx", suffix="xlsx")
    assert {cell for _, cell in shown(again)} == {"B4", "B5"}, "C4 is hidden by the merge of B4"

"""Binary workbooks: damage, and what xlrd passes over."""

from __future__ import annotations

import io
import struct

import pytest
from checkout import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from workbooks import packed, parts, text_cell

from perfdoc import office
from perfdoc.errors import ContentLostError, PerfdocError, UnreadableError
from perfdoc.layout import Paragraph
from perfdoc.reading import kind_of, read, read_by
from perfdoc.reading.excel.biff import other_sheets, strays

FILE = ROOT / "golden" / "received" / "libreoffice-7.4.7-workbook.xls"
DATA = FILE.read_bytes()


def record(number: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", number, len(body)) + body


def bof(kind: int, version: int = 0x0600) -> bytes:
    return record(0x0809, struct.pack("<HHHHII", version, kind, 0, 0, 0, 0))


def wide(text: str) -> bytes:
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def text_object(kind: int, *pieces: str) -> bytes:
    """A shape's records: what it is, its text's length, and the text in as many records as pieces."""
    length = sum(map(len, pieces))
    shape = record(0x005D, struct.pack("<HHHH", 0x15, 0x12, kind, 1) + bytes(14))
    head = record(0x01B6, struct.pack("<HH6xHHI", 0, 0, length, 16, 0))
    return shape + head + b"".join(record(0x003C, b"\1" + piece.encode("utf-16-le")) for piece in pieces)


EOF_RECORD = record(0x000A)


def test_text_boxes_and_margins_are_found_in_the_records() -> None:
    box = text_object(0x06, "第一段\r第", "二段")
    note = text_object(0x19, "批注")
    sheet = bof(0x10) + record(0x14, wide("&C附件1")) + box + note + record(0x15, wide("第 &P 页")) + EOF_RECORD
    chart = bof(0x20) + record(0x14, wide("图")) + EOF_RECORD
    stream = bof(0x05) + EOF_RECORD + chart + sheet + bof(0x10) + EOF_RECORD
    first, second = strays(stream)
    assert first.margins == [("header", "附件1"), ("footer", "第  页")]
    assert first.texts == ["第一段\n第二段"]
    assert not second.margins
    assert not second.texts


def test_margins_before_excel_97_are_in_the_code_page() -> None:
    code = "附件".encode("gb18030")
    (sheet,) = strays(bof(0x10, 0x0500) + record(0x14, bytes([len(code)]) + code) + EOF_RECORD)
    assert sheet.margins == [("header", "附件")]


def test_a_chart_inside_a_sheet_is_no_sheet() -> None:
    inner = bof(0x20) + record(0x14, wide("图")) + EOF_RECORD
    (sheet,) = strays(bof(0x10) + inner + record(0x15, wide("尾")) + EOF_RECORD)
    assert ("footer", "尾") in sheet.margins


def test_sheets_that_are_no_worksheets_are_named() -> None:
    def sheet(kind: int, text: str) -> bytes:
        return record(0x85, struct.pack("<IBBBB", 0, 0, kind, len(text), 1) + text.encode("utf-16-le"))

    listed = [sheet(0, "表"), sheet(1, "宏"), sheet(2, "图"), sheet(6, "模块")]
    stream = bof(0x05) + b"".join(listed) + EOF_RECORD + sheet(1, "后")
    assert other_sheets(stream) == [("宏", "macro"), ("图", "chart"), ("模块", "module")]
    old = bof(0x05, 0x0500) + record(0x85, struct.pack("<IBBB", 0, 0, 2, 2) + "图".encode("gb18030")) + EOF_RECORD
    assert other_sheets(old) == [("图", "chart")]
    assert other_sheets(b"") == []


def test_a_sheet_that_is_not_read_is_said() -> None:
    head = DATA.index(struct.pack("<H", 0x85), DATA.index(bof(0x05)[:4]))
    changed = bytearray(DATA)
    changed[head + 9] = 2
    said = [(one.code, one.message) for one in read(bytes(changed), "w.xls").diagnostics]
    assert ("PD024", "a chart sheet: not read") in said
    assert len(list(read(bytes(changed), "w.xls").grids())) == len(list(read(DATA, "w.xls").grids())) - 1


def test_the_workbook_has_its_margins() -> None:
    layout = read(DATA, "w.xls")
    assert [(b.story, b.text) for b in layout.blocks if isinstance(b, Paragraph)] == [
        ("header", "附件1"),
        ("footer", "第  页"),
    ]


@pytest.fixture
def without_office(monkeypatch: pytest.MonkeyPatch) -> None:
    """What xlrd can't read is an error."""
    monkeypatch.setenv("PERFDOC_SOFFICE", "")


@pytest.mark.usefixtures("without_office")
@pytest.mark.parametrize("data", [DATA[:1000], DATA[:512], DATA[:3000] + bytes(len(DATA) - 3000)])
def test_a_damaged_workbook_is_one_error(data: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"^w\.xls: ") as error:
        read(data, "w.xls")
    assert "\n" not in str(error.value)


def test_what_xlrd_cannot_read_goes_by_way_of_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(**_: object) -> None:
        raise AssertionError("seen[44] == 3")

    made = parts(f'<row r="1">{text_cell("A1", "甲")}</row>')
    monkeypatch.setattr("xlrd.open_workbook", fails)
    monkeypatch.setattr("perfdoc.office.find", lambda: "soffice")
    layout = read_by(DATA, "w.xls", "accept", lambda source, to: packed(made))
    assert layout.kind == "xls"
    assert [cell.text for grid in layout.grids() for row in grid.rows for cell in row.cells] == ["甲"]
    assert [(one.code, str(one.severity)) for one in layout.diagnostics] == [("PD032", "warning"), ("PD038", "info")]
    with pytest.raises(UnreadableError, match=r"^w\.xls: .*damaged; LibreOffice could not read it either$"):
        read_by(DATA, "w.xls", "accept", lambda source, to: b"x")
    monkeypatch.setattr("perfdoc.office.find", lambda: None)
    with pytest.raises(UnreadableError, match=r"^w\.xls: the workbook is damaged; LibreOffice may still be able"):
        read(DATA, "w.xls")


@pytest.mark.office
def test_struck_and_raised_text() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    raised, struck = InlineFont(vertAlign="superscript"), InlineFont(strike=True)
    sheet["A1"] = CellRichText("10", TextBlock(raised, "4"), TextBlock(struck, "旧"), "新")
    sheet["A2"], sheet["A3"] = "全", "乙"
    sheet["A2"].font = Font(strike=True)
    file = io.BytesIO()
    book.save(file)
    data = office.convert([file.getvalue()], "xls", suffix="xlsx")[0]
    layout = read(data, "w.xls")
    assert kind_of(data) == layout.kind == "xls"
    (grid,) = layout.grids()
    assert [row.cells[0].text if row.cells else "" for row in grid.rows] == ["10⁴新", "", "乙"]
    assert [(one.code, one.quote) for one in layout.diagnostics] == [("PD020", "旧"), ("PD020", "全")]
    (kept,) = read(data, "w.xls", track_changes="reject").grids()
    assert [row.cells[0].text for row in kept.rows] == ["10⁴旧新", "全", "乙"]
    with pytest.raises(ContentLostError):
        read(data, "w.xls", track_changes="fail")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.usefixtures("without_office")
@given(st.lists(st.tuples(st.integers(0, len(DATA) - 1), st.binary(min_size=1, max_size=4)), min_size=1, max_size=6))
def test_any_damage_gives_a_layout_or_a_documented_error(edits: list[tuple[int, bytes]]) -> None:
    data = bytearray(DATA)
    for at, new in edits:
        data[at : at + len(new)] = new
    if kind_of(bytes(data)) != "xls":
        return
    try:
        layout = read(bytes(data), "w.xls")
    except PerfdocError as error:
        message = str(error)
    else:
        message = f"w.xls: {layout.kind}"
    assert message.startswith("w.xls: ")
    assert "\n" not in message

"""What the test corpora of other readers hold, and what in them is made to break one."""

from __future__ import annotations

import struct
import zipfile

import pytest
import wordxml
import xlrd
from workbooks import parts, relationships, sheet_of, text_cell, texts

from perfdoc.errors import UnreadableError
from perfdoc.layout import Paragraph
from perfdoc.reading import kind_of, ole, package, read, sniff
from perfdoc.reading.excel import xls
from perfdoc.reading.excel.cell_formats import CellFormat
from perfdoc.reading.excel.cell_text import CellTexts
from perfdoc.reading.excel.diagnostics import Diagnostics
from perfdoc.reading.number_format import number_format

_CONTROL = (
    '<controls xmlns:xdr="x"><control shapeId="1"><controlPr><anchor><from><xdr:col>0</xdr:col>'
    "<xdr:row>6</xdr:row></from></anchor></controlPr></control></controls>"
)


def test_a_control_on_a_sheet_has_rows_that_are_none_of_its_cells() -> None:
    """Excel 2010 and later write where a control or an object stands (ECMA-376 part 1, 20.5.2.26, xdr:row)."""
    made = parts(f'<row r="1">{text_cell("A1", "甲")}</row>', after=_CONTROL)
    assert texts(sheet_of(made)) == [["甲"]]


@pytest.mark.parametrize(("prefix", "own"), [("", "xmlns"), ("m:", "xmlns:m")])
def test_a_sheet_of_excel_4_macros_is_read_as_another(prefix: str, own: str) -> None:
    made = parts("")
    made["xl/worksheets/sheet1.xml"] = (
        f'<xm:macrosheet xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" '
        f'{own}="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><{prefix}sheetData>'
        f'<{prefix}row r="1"><{prefix}c r="A1" t="str"><{prefix}v>甲</{prefix}v></{prefix}c></{prefix}row>'
        f"</{prefix}sheetData></xm:macrosheet>"
    )
    made["xl/_rels/workbook.xml.rels"] = relationships(("rId1", "xlMacrosheet", "worksheets/sheet1.xml"))
    assert texts(sheet_of(made)) == [["甲"]]


def test_a_zip_of_many_entries_is_refused_before_its_directory_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    made = wordxml.zipped({f"{number}": "" for number in range(11)})
    monkeypatch.setattr(package, "MAX_ENTRIES", 10)
    monkeypatch.setattr(zipfile.ZipFile, "_RealGetContents", lambda archive: pytest.fail("it was read"))
    with pytest.raises(UnreadableError, match=r"^f\.zip: the zip has 11 entries, over the limit of 10$"):
        read(made, "f.zip")
    assert not sniff.is_foreign(made)


def test_white_space_without_end_between_elements() -> None:
    data = wordxml.docx(wordxml.p("甲") + " " * (8 << 20))
    assert [one.text for one in read(data, "f.docx").blocks if isinstance(one, Paragraph)] == ["甲"]
    with pytest.raises(UnreadableError, match="a text of more than 10 MB"):
        read(wordxml.docx(wordxml.p("甲") + " " * (32 << 20)), "f.docx")


@pytest.mark.parametrize("name", ["idna", "punycode", "undefined", "no-such", "x" * 40])
def test_an_encoding_that_is_none_of_a_page_is_told(name: str) -> None:
    page = f'<html><meta charset="{name}"><p>绩效目标</p></html>'
    for encoding in ("utf-8", "gb18030"):
        layout = read(page.encode(encoding), "p.html")
        assert [one.text for one in layout.blocks if isinstance(one, Paragraph)] == ["绩效目标"]
        assert [one.code for one in layout.diagnostics] == ["PD033"]
        assert f"{name} is not known; read as {encoding.upper()}" in layout.diagnostics[0].message


def test_an_encoding_of_a_bundle_with_a_nul_in_its_name() -> None:
    head = b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n'
    bundle = head + b'--b\nContent-Type: text/html; charset="a\0b"\n\n<html><p>x</p></html>\n--b--\n'
    assert [one.text for one in read(bundle, "p.mht").blocks if isinstance(one, Paragraph)] == ["x"]


def test_attributes_without_end_are_refused() -> None:
    """libxml2 takes the square of their number in time, and hears no alarm meanwhile."""
    attributes = " ".join(f"a{number}" for number in range(50_000))
    with pytest.raises(UnreadableError, match="an element of the page has more than 1000 attributes"):
        read(f"<html><p {attributes}>x</p></html>".encode(), "p.html")
    words = "甲 " * 5000
    usual = read(f"<html><p title=\"{words}\" style='{words}'>x</p></html>".encode(), "p.html")
    assert [one.text for one in usual.blocks if isinstance(one, Paragraph)] == ["x"]


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan")])
@pytest.mark.parametrize("code", ["0.00", "[DBNum1]General", "# ?/?", "yyyy-mm-dd"])
def test_a_number_that_is_none_shows_as_excel_shows_it(value: float, code: str) -> None:
    diagnostics = Diagnostics("t.xls")
    texts = CellTexts("表", [], {"0": CellFormat(number_format(code))}, diagnostics, False)
    assert xls.shown_value(texts, xlrd.XL_CELL_NUMBER, value, "0", 1, 1) == "#NUM!"
    assert [one.code for one in diagnostics.all()] == ["PD036"]


@pytest.mark.parametrize("piece", ["%", ",", "0", "#", "?", ".", "yyyy", "[DBNum2]", "E+0", "/"])
@pytest.mark.parametrize("value", [0.0, 1e-300, 1e308])
def test_a_number_format_of_one_piece_again_and_again(piece: str, value: float) -> None:
    assert isinstance(number_format(f"0{piece * 1000}").number(value), str)


def test_a_message_is_a_line_that_can_be_read() -> None:
    """libxml2 quotes the whole namespace that is none, zipfile the whole name in the header of an entry."""
    namespace = f'<w:p xmlns:x="http://{"x y " * 5000}"/>'
    name = b"word/document.xml"
    renamed = bytearray(wordxml.docx(wordxml.p("".join(map(chr, range(0x4E00, 0x9E00))))))
    struct.pack_into("<H", renamed, renamed.index(name) - 4, 20_000)  # the length of the name
    for data in (wordxml.docx(f"{namespace}<"), bytes(renamed)):
        with pytest.raises(UnreadableError) as raised:
            read(data, "f.docx")
        assert len(str(raised.value)) < 400


def flat(*more: tuple[str, str]) -> bytes:
    """A Flat OPC file of one paragraph, with parts (name, base64) behind it."""
    relation = '<Relationship Id="r" Type="x/officeDocument" Target="word/document.xml"/>'
    rels = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relation}</Relationships>'
    body = f'<w:document xmlns:w="{wordxml.W}"><w:body>{wordxml.p("甲")}</w:body></w:document>'
    inside = "".join(
        f'<pkg:part pkg:name="{name}"><pkg:xmlData>{content}</pkg:xmlData></pkg:part>'
        for name, content in (("/_rels/.rels", rels), ("/word/document.xml", body))
    )
    inside += "".join(
        f'<pkg:part pkg:name="{name}"><pkg:binaryData>{content}</pkg:binaryData></pkg:part>' for name, content in more
    )
    return (
        f'<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">{inside}</pkg:package>'.encode()
    )


@pytest.mark.parametrize(
    "odd",
    [("/" + "a" * 70_000, "QUJD"), ("WORD\\document.xml", "QUJD"), ("word/document.xml", "QUJD"), ("/1.png", "图")],
)
@pytest.mark.filterwarnings("error")
def test_odd_parts_of_flat_opc_hide_nothing(odd: tuple[str, str]) -> None:
    assert [one.text for one in read(flat(odd), "f.xml").blocks if isinstance(one, Paragraph)] == ["甲"]


def small_workbook() -> bytearray:
    """A compound file whose workbook is in three short sectors: header, allocation, directory, chain, sectors."""
    header = bytearray(512)
    header[:8] = ole.SIGNATURE
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<8I", header, 44, 1, 1, 0, 4096, 2, 1, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    table = struct.pack("<128I", 0xFFFFFFFD, end, end, end, *[free] * 124)
    entries = b"".join(
        f"{name}\0".encode("utf-16-le").ljust(64, b"\0")
        + struct.pack("<HBB3I", 2 * len(name) + 2, kind, 1, free, free, child)
        + bytes(36)
        + struct.pack("<IQ", sector, size)
        for name, kind, child, sector, size in (("Root Entry", 5, 1, 3, 512), ("Workbook", 2, free, 0, 192))
    )
    unused = (bytes(68) + struct.pack("<3I", free, free, free) + bytes(48)) * 2
    chain = struct.pack("<128I", 1, 2, end, *[free] * 125)
    records = struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 5, 0, 0, 0, 0) + struct.pack("<HH", 0x000A, 0)
    return header + table + entries + unused + chain + records.ljust(512, b"\0")


def test_short_sectors_and_directories_in_circles() -> None:
    """Whoever follows one does so until the memory is full; it is read for as long as the file says."""
    sound = bytes(small_workbook())
    assert kind_of(sound) == "xls"
    circle = small_workbook()
    struct.pack_into("<I", circle, 512 * 3 + 8, 0)  # the third short sector goes on at the first one
    siblings = small_workbook()
    struct.pack_into("<2I", siblings, 512 * 2 + 128 + 68, 1, 1)  # the workbook stands left and right of itself
    assert len(ole.stream(bytes(circle), "workbook")) == 192
    assert ole.root_names(bytes(siblings)) == ("Workbook",)
    for data in (sound, bytes(circle), bytes(siblings)):
        assert read(data, "t.xls").blocks == ()


def test_an_allocation_table_without_end_is_not_followed() -> None:
    made = small_workbook()
    struct.pack_into("<I", made, 44, 0xFFFF_FFFF)  # so many sectors of it
    struct.pack_into("<2I", made, 68, 0, 0x0204_0810)  # and so many of its own table, the first of which is itself
    assert ole.root_names(bytes(made)) == ()

"""Files of every kind with their bytes damaged: a Layout, or a documented error in one line."""

from __future__ import annotations

import base64
import struct
from typing import NamedTuple

import pytest
from checkout import ROOT
from hypothesis import given
from hypothesis import strategies as st
from saved_by_office import shared
from wordxml import docx, p, tbl, tr, zipped

from perfdoc import errors
from perfdoc.layout import Layout
from perfdoc.office import Convert
from perfdoc.reading import kind_of, read, read_by

RECEIVED = ROOT / "golden" / "received"
XLS = (RECEIVED / "libreoffice-7.4.7-workbook.xls").read_bytes()
HTML = (RECEIVED / "libreoffice-7.4.7-document.html").read_bytes()
DOC = (RECEIVED / "libreoffice-7.4.7-document.doc").read_bytes()
MHT = (
    b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n--B\r\n"
    b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    + base64.encodebytes(HTML[:20_000])
    + b"\r\n--B--\r\n"
)
_W2003 = "http://schemas.microsoft.com/office/word/2003/wordml"
WORD2003 = (
    f'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="{_W2003}"><w:body>'
    + "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>项目名称</w:t></w:r></w:p></w:tc></w:tr></w:tbl>" * 5
    + "</w:body></w:wordDocument>"
).encode()
FLAT = (
    '<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
    '<pkg:part pkg:name="/word/document.xml" pkg:contentType="application/xml"><pkg:xmlData>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    + tbl(tr("项目名称", "甲"))
    + "</w:body></w:document></pkg:xmlData></pkg:part></pkg:package>"
).encode()
TEXT = ("\t项目名称\n\t甲\n\n" * 30).encode()
DAMAGED = {"xls": XLS, "html": HTML[:20_000], "mht": MHT, "word2003": WORD2003, "flat": FLAT, "txt": TEXT}


class Hurt(NamedTuple):
    """What is done to a file: at a share of its length, so many bytes give way to these."""

    share: float
    gone: int
    put: bytes


_HURT = st.builds(
    Hurt,
    st.floats(0, 1),
    st.sampled_from([0, 1, 2, 4, 64, 512, 4096]),
    st.one_of(st.binary(max_size=4), st.sampled_from([b"\xff" * 64, bytes(512), b"<td>", b"--B", b"\t\n", b"&#x0;"])),
)


def hurt(data: bytes, hurts: list[Hurt], length: float) -> bytes:
    for share, gone, put in hurts:
        at = int(share * len(data))
        data = data[:at] + put + data[at + gone :]
    return data[: int(length * len(data)) + 1]


def outcome(data: bytes, name: str = "f", convert: Convert | None = None) -> Layout | str:
    """The layout, or what the error says behind the file's name."""
    try:
        return read_by(data, name, "accept", convert) if convert else read(data, name)
    except errors.PerfdocError as error:
        said = str(error)
    assert said.startswith(f"{name}: ")
    assert "\n" not in said
    return said.removeprefix(f"{name}: ")


@pytest.mark.parametrize("kind", DAMAGED)
def test_the_files_themselves_are_sound(kind: str) -> None:
    assert isinstance(outcome(DAMAGED[kind]), Layout)


@pytest.mark.parametrize("kind", DAMAGED)
def test_damaged_in_their_bytes(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERFDOC_SOFFICE", "")  # what turns into a kind that LibreOffice reads is an error all the same

    @given(st.lists(_HURT, min_size=1, max_size=5), st.sampled_from([1.0, 1.0, 0.99, 0.5, 0.1]))
    def damage(hurts: list[Hurt], length: float) -> None:
        outcome(hurt(DAMAGED[kind], hurts, length))

    damage()


HEADER = [(30, "H"), (32, "H"), (44, "I"), (48, "I"), (56, "I"), (60, "I"), (64, "I"), (68, "I"), (72, "I"), (76, "I")]
"""Fields of a compound file's header ([MS-CFB] 2.2): sizes of sectors, where the tables and the directory begin."""


@pytest.mark.parametrize(("at", "size"), HEADER)
@pytest.mark.parametrize("value", [0, 1, 7, 0xFFFF, 0x7FFF_FFFF, 0xFFFF_FFF0, 0xFFFF_FFFE, 0xFFFF_FFFF])
def test_wrong_sizes_in_a_compound_file(at: int, size: str, value: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERFDOC_SOFFICE", "")
    for data in (XLS, DOC):
        wrong = bytearray(data)
        struct.pack_into(f"<{size}", wrong, at, value & (0xFFFF if size == "H" else 0xFFFF_FFFF))
        outcome(bytes(wrong))


@pytest.mark.parametrize("field", [68, 72, 76, 116, 120])
def test_wrong_entries_in_the_directory_of_a_compound_file(field: int) -> None:
    """Siblings, child, first sector and size of an entry ([MS-CFB] 2.6.1) that lead in circles or out of the file."""
    for name in ("Root Entry", "Workbook"):
        entry = XLS.index(name.encode("utf-16-le"))
        for value in (0, 1, 2, 0x7FFF_FFF0, 0xFFFF_FFF0):
            wrong = bytearray(XLS)
            struct.pack_into("<I", wrong, entry + field, value)
            outcome(bytes(wrong))


def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


@pytest.mark.parametrize(
    "data",
    [
        record(0x09, struct.pack("<HH", 2, 0x10)) + record(0x04, bytes(7) + b"\x03abc") + record(0x0A),
        record(0x209, struct.pack("<HHH", 3, 0x10, 0)) + record(0x204, bytes(6) + b"\x03\0abc") + record(0x0A),
        record(0x409, struct.pack("<HHH", 4, 0x10, 0)) + record(0x204, bytes(6) + b"\x03\0abc"),
        record(0x809, struct.pack("<HHHH", 0x500, 5, 0, 1993)),
        record(0x809, struct.pack("<HHHH", 0x500, 5, 0, 1993)) + record(0x85, b"\xff" * 7),
    ],
    ids=["BIFF2", "BIFF3", "BIFF4 without its end", "BIFF5 bare", "BIFF5 with a sheet past the end"],
)
def test_workbooks_of_old_excel(data: bytes) -> None:
    outcome(data)


OTHERS = {
    "ppt/presentation.xml": "a presentation (PowerPoint)",
    "visio/document.xml": "a drawing (Visio)",
    "OFD.xml": "an OFD; save the original Word or Excel file instead",
}


@pytest.mark.parametrize("member", OTHERS)
def test_other_office_files_are_named(member: str) -> None:
    assert outcome(zipped({member: "<x/>"})) == f"not a file that can be read: {OTHERS[member]}"


def test_other_zips() -> None:
    assert outcome(zipped({"a.docx": b""})) == "a zip of one entry, but neither a Word nor an Excel file"
    assert outcome(zipped({})) == "not a file that can be read: an empty archive (zip)"


def test_limits_of_the_parser_are_told_as_such() -> None:
    deep = docx("<w:sdt><w:sdtContent>" * 200 + p("x") + "</w:sdtContent></w:sdt>" * 200)
    assert outcome(deep) == "word/document.xml, line 1 has elements nested more than 256 deep"
    assert outcome(docx(p("长" * 4_000_000))) == "word/document.xml, line 1 has a text of more than 10 MB"
    attribute = docx(f'<w:p w:x="{"a" * 11_000_000}"/>')
    assert outcome(attribute) == "word/document.xml, line 1 has an attribute of more than 10 MB"


def test_a_page_that_is_cut_off_is_told() -> None:
    for page, told in ((HTML, []), (HTML[: len(HTML) // 2], ["PD032"]), (b"<table><tr><td>x", [])):
        found = outcome(page)
        assert isinstance(found, Layout)
        assert [each.code for each in found.diagnostics] == told


@pytest.mark.office
def test_damaged_files_by_way_of_libreoffice() -> None:
    damaged = []
    for name in ("document.doc", "document.rtf", "document.odt", "workbook.ods"):
        data = (RECEIVED / f"libreoffice-7.4.7-{name}").read_bytes()
        assert kind_of(data) == name[-3:]
        middle = len(data) // 2
        damaged.append(data[:middle] + bytes(600) + data[middle + 600 :])
    with shared(damaged) as convert:
        for data in damaged:
            outcome(data, convert=convert)


def test_a_table_too_wide_is_refused_in_whatever_way_its_rows_are_read() -> None:
    """Cells past the last column stand in it together: thousands would be a heap of texts at one place."""
    for row in (tr(*(["甲"] * 1100)), tr(*(["甲"] * 1100), "<w:ins><w:tc><w:p/></w:tc></w:ins>")):
        assert outcome(docx(tbl(tr("甲"), row))) == "a table in it has more than 1,024 columns"

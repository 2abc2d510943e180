"""Files that other programs wrote (golden/received): the same content is read alike from every format."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from checkout import ROOT
from saved_by_office import shared

from perfdoc import office
from perfdoc.errors import PerfdocError, ToolError, UnreadableError
from perfdoc.layout import Grid, Layout, Paragraph
from perfdoc.office import Convert
from perfdoc.reading import kind_of, read, read_by

BY_OFFICE = ("doc", "rtf", "odt")
WORKBOOKS = ["libreoffice-7.4.7-workbook.xls", "libreoffice-7.4.7-workbook.xlsx"]
SHEET = [
    ["项目支出绩效目标表 (5)"],
    ["项目名称", "法院办案业务费 (4)"],
    ["预算数", "349.00", "财政资金", "1,234.50", "其他资金"],
    ["一级指标", "二级指标", "三级指标", "指标值", "完成日期"],
    ["产出指标 (1×3)", "数量指标", "数字档案扫描数量", "≥183万页", "2023年10月7日"],
    ["^", "质量指标", "档案扫描成果合格率", "90%", "2023年12月31日"],
    ["^", "时效指标", "扫描完成时间", "2023年底前", ""],
    ["满意度指标", "服务对象满意度", "使用者\n满意度", "95.5%", ""],
]
TOTALS = [["合计", "698", "#DIV/0!"], ["TRUE", "2.09101E+11", "349.0"]]
SAID = [
    ("PD023", "项目一!A7", ""),
    ("PD021", "项目一!B2", "请核对名称"),
    ("PD036", "合计!C1", "#DIV/0!"),
    ("PD037", "合计!B2", "209101000123"),
    ("PD023", "参数", ""),
]


@pytest.fixture(scope="module")
def received() -> Path:
    return ROOT / "golden" / "received"


def shape(grid: Grid) -> list[list[str]]:
    """A grid's cells: `^` for one that continues, the spans behind the text."""
    rows = []
    for row in grid.rows:
        cells = []
        for cell in row.cells:
            down = f"×{cell.rowspan}" if cell.rowspan > 1 else ""
            span = f" ({cell.colspan}{down})" if cell.colspan > 1 or down else ""
            cells.append("^" if cell.continues else cell.text + span)
        rows.append(cells)
    return rows


def check_workbook(layout: Layout, converted: int = 0) -> None:
    first, second, third = layout.grids()
    assert shape(first) == SHEET
    assert [row.hidden for row in first.rows] == [False] * 6 + [True, False]
    assert shape(second) == TOTALS
    assert shape(third) == [[], ["", "下拉项"]]
    assert [(p.story, p.text) for p in layout.blocks if isinstance(p, Paragraph)] == [
        ("header", "附件1"),
        ("footer", "第  页"),
    ]
    said = [(d.code, str(d.place).removeprefix(f"{layout.file}:"), d.quote) for d in layout.diagnostics]
    assert said[converted:] == SAID


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_workbook_reads_alike_in_every_format(received: Path, name: str) -> None:
    check_workbook(read((received / name).read_bytes(), name))


@pytest.fixture(scope="module")
def convert(received: Path) -> Iterator[Convert]:
    with shared((received / f"libreoffice-7.4.7-document.{suffix}").read_bytes() for suffix in BY_OFFICE) as one:
        yield one


@pytest.mark.office
def test_an_opendocument_workbook_reads_alike_by_way_of_libreoffice(received: Path) -> None:
    data = (received / "libreoffice-7.4.7-workbook.ods").read_bytes()
    layout = read(data, "w.ods")
    assert (layout.kind, layout.diagnostics[0].code) == ("ods", "PD038")
    check_workbook(layout, converted=1)


def test_formulas_that_nobody_calculated_are_quoted(received: Path) -> None:
    layout = read((received / "openpyxl-3.1.5-workbook.xlsx").read_bytes(), "w.xlsx")
    assert [(str(d.place), d.quote) for d in layout.diagnostics if d.code == "PD035"] == [
        ("w.xlsx:合计!B1", "=项目一!B3*2"),
        ("w.xlsx:合计!C1", "=1/0"),
        ("w.xlsx:合计!C2", '=TEXT(项目一!B3,"0.0")'),
    ]
    assert shape(next(layout.grids())) == SHEET


@pytest.mark.office
def test_a_workbook_that_libreoffice_saves_again_reads_alike(received: Path) -> None:
    data = [(received / name).read_bytes() for name in WORKBOOKS]
    again = office.convert(office.convert(data[1:], "xls", suffix="xlsx"), "xlsx", suffix="xls")
    check_workbook(read(again[0], "w.xlsx"))


def content(layout: Layout, fold: bool = False) -> list[object]:
    """Texts and spans of a document without what formats differ in: empty paragraphs, styles, bookmarks.

    `fold` folds runs of white space as a page does.
    """

    def text(given: str) -> str:
        return "\n".join("".join(line.split()) for line in given.split("\n")) if fold else given

    return [
        [[text(cell) for cell in row] for row in shape(block)] if isinstance(block, Grid) else text(block.text)
        for block in layout.blocks
        if isinstance(block, Grid) or (block.text.strip() and block.story == "body")
    ]


@pytest.fixture(scope="module")
def document(received: Path) -> Layout:
    data = (received.parent / "tianjin" / "hexi-court-2023" / "document.docx").read_bytes()
    return read(data, "document.docx")


def test_a_page_that_libreoffice_saved_reads_as_the_document(received: Path, document: Layout) -> None:
    layout = read((received / "libreoffice-7.4.7-document.html").read_bytes(), "document.html")
    assert content(layout, fold=True) == content(document, fold=True)
    headings = [p for p in layout.blocks if isinstance(p, Paragraph) and p.outline == 4]
    assert len(headings) == 5
    assert all(p.bookmarks for p in headings)


@pytest.mark.office
@pytest.mark.parametrize("suffix", BY_OFFICE)
def test_a_document_reads_alike_by_way_of_libreoffice(
    received: Path, document: Layout, convert: Convert, suffix: str
) -> None:
    data = (received / f"libreoffice-7.4.7-document.{suffix}").read_bytes()
    layout = read_by(data, f"document.{suffix}", "accept", convert)
    assert layout.kind == suffix
    assert content(layout) == content(document)
    assert {str(d.place) for d in layout.diagnostics if d.code == "PD038"} == {f"document.{suffix}"}


@pytest.mark.parametrize("suffix", BY_OFFICE)
def test_without_libreoffice_one_line_says_how_to_install_it(
    received: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERFDOC_SOFFICE", "")
    name = f"libreoffice-7.4.7-document.{suffix}"
    with pytest.raises(ToolError) as error:
        read((received / name).read_bytes(), name)
    assert str(error.value).startswith(f"{name}: a .{suffix} file is read by way of LibreOffice: LibreOffice is not")
    assert "install LibreOffice" in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.office
def test_what_libreoffice_makes_nothing_of_is_unreadable(received: Path) -> None:
    data = (received / "libreoffice-7.4.7-document.odt").read_bytes().replace(b"content.xml", b"content.xmm")
    with pytest.raises(UnreadableError, match=r"^d\.odt: LibreOffice could not read this \.odt file"):
        read(data, "d.odt")


def test_an_encrypted_doc_is_said_to_be(received: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERFDOC_SOFFICE", "")
    data = bytearray((received / "libreoffice-7.4.7-document.doc").read_bytes())
    fib = data.index(b"\xec\xa5")
    data[fib + 11] |= 1
    with pytest.raises(UnreadableError, match=r"^d\.doc: the file is encrypted"):
        read(bytes(data), "d.doc")


KINDS = {
    ".docx": "docx",
    ".doc": "doc",
    ".rtf": "rtf",
    ".odt": "odt",
    ".html": "html",
    ".xls": "xls",
    ".xlsx": "xlsx",
    ".ods": "ods",
}


def test_kinds_are_told_by_content(received: Path) -> None:
    files = [file for file in sorted(received.iterdir()) if file.suffix not in (".md", ".yaml")]
    assert {file.suffix for file in files} == set(KINDS)
    assert [kind_of(file.read_bytes()) for file in files] == [KINDS[file.suffix] for file in files]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_cut_off_xls_is_an_error_in_one_line_or_still_whole(received: Path, share: float) -> None:
    data = (received / WORKBOOKS[0]).read_bytes()
    try:
        layout = read(data[: int(len(data) * share)], "cut.xls")
    except PerfdocError as error:
        message = str(error)
    else:
        message = f"cut.xls: {layout.kind}"
    assert message.startswith("cut.xls: ")
    assert "\n" not in message

"""Worksheets of a Word form: what they look like to another reader, and what a workbook does to names and texts."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell

from perfdoc import office
from perfdoc.errors import ContentLostError, FormError, UsageError
from perfdoc.extraction import extract
from perfdoc.form_definition import Form, form
from perfdoc.model import Agency, Document, Indicator, Project
from perfdoc.reading import read
from perfdoc.rendering import Kind, kinds, render
from perfdoc.rendering.characters import escaped, lines_of
from perfdoc.rendering.workbook.sheet import SheetRow, sheet_names, spread
from perfdoc.specs import load

TIANJIN = form("tianjin")
ROW = Indicator(level1="产出指标", level2="数量指标", level3="=1+1", target="1-2")
PROJECT = Project(
    name="甲/乙",
    agency=Agency(code="209101", name="某局"),
    goals="1.一\n2.二",
    indicators=(ROW, ROW.model_copy(update={"level3": "007"}), ROW.model_copy(update={"level1": "效益指标"})),
)
DOCUMENT = TIANJIN.normal(Document(title="题", projects=(PROJECT, PROJECT.model_copy(update={"heading": ""}))))


def book(document: Document = DOCUMENT, under: Form = TIANJIN) -> Workbook:
    return load_workbook(io.BytesIO(render(document, under, to="xlsx")))


def changed(folder: Path, change: Callable[[str], str], part: str = "word/document.xml") -> Form:
    """Form tianjin with another part; the change has to change something."""
    with zipfile.ZipFile(TIANJIN.document) as given, zipfile.ZipFile(folder / "form.docx", "w") as made:
        for name in given.namelist():
            text = given.read(name).decode()
            if name == part:
                assert change(text) != text
                text = change(text)
            made.writestr(name, text)
    return TIANJIN.model_copy(update={"folder": folder})


def test_a_sheet_has_the_forms_tables_one_below_the_other() -> None:
    sheet = book()["甲／乙"]
    shown = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert shown[:4] == [
        ["题"],
        ["1.甲/乙绩效目标表"],
        ["209101某局", "单位："],
        ["项目名称", "甲/乙"],
    ]
    assert shown[6:9] == [
        ["绩效目标", "1.一\n2.二"],
        [],
        ["一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值"],
    ]
    assert shown[9:] == [
        ["产出指标", "数量指标", "=1+1", "=1+1", "1-2"],
        ["数量指标", "007", "007", "1-2"],
        ["效益指标", "数量指标", "=1+1", "=1+1", "1-2"],
    ]
    assert "A10:A11" in sheet.merged_cells
    assert {cell.number_format for row in sheet.iter_rows() for cell in row if isinstance(cell, Cell)} == {"@"}
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}


def test_a_sheet_is_printed_as_the_word_page() -> None:
    first, second = book().worksheets
    assert (first.print_area, first.print_title_rows) == ("'甲／乙'!$A$1:$K$12", "$9:$9")
    assert (second.print_area, second.print_title_rows) == ("'甲／乙(2)'!$A$1:$K$11", "$8:$8")
    assert (first.page_setup.paperSize, first.page_setup.orientation) == (9, "portrait")
    assert first.sheet_properties.pageSetUpPr is not None
    assert first.sheet_properties.pageSetUpPr.fitToPage
    assert first.page_setup.fitToHeight == 0
    assert round(first.page_margins.left * 2.54, 1) == 2.8
    assert not first.sheet_view.showGridLines
    width = sum(first.column_dimensions[letter].width for letter in "ABCDEFGHIJK")
    assert round(width * 8 * 3 / 4 * 20) == pytest.approx(8732, abs=30), "twentieths of a point, as in Word"


def test_cells_look_as_the_styles_of_the_word_file_say() -> None:
    sheet = book().worksheets[0]
    label, amount, level = sheet["A5"], sheet["D5"], sheet["A10"]
    assert (label.font.name, label.font.sz, label.alignment.horizontal) == ("宋体", 10.5, "center")
    assert (amount.alignment.horizontal, amount.alignment.vertical, amount.alignment.wrap_text) == (
        "right",
        "center",
        True,
    )
    assert (level.font.sz, level.border.left.style, level.border.bottom.style) == (9, "thin", "thin")
    caption, heading = sheet["A3"], sheet["A2"]
    assert (caption.border.top.style, caption.border.left.style, caption.border.bottom.style) == (None, None, "thin")
    assert (heading.font.name, heading.font.sz, heading.border.top.style) == ("黑体", 14, None)
    assert sheet.row_dimensions[7].height > 2 * 10.5


def test_another_look_needs_no_python(tmp_path: Path) -> None:
    def restyled(xml: str) -> str:
        xml = re.sub(r"<w:pgSz [^>]*/>", '<w:pgSz w:w="23811" w:h="16838" w:orient="landscape"/>', xml)
        xml = xml.replace('<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="HeaderCell"/>',
            '<w:shd w:val="clear" w:fill="DDEEFF"/><w:textDirection w:val="tbRlV"/><w:tcBorders><w:top w:val="double"/>'
            '<w:left w:val="single" w:sz="12" w:color="FF0000"/></w:tcBorders></w:tcPr><w:p><w:pPr>'
            '<w:pStyle w:val="HeaderCell"/><w:jc w:val="end"/>')  # fmt: skip
        return xml.replace(
            "<w:r><w:t>指标值", '<w:r><w:rPr><w:b/><w:i/><w:u/><w:color w:val="112233"/></w:rPr><w:t>指标值'
        )

    sheet = book(under=changed(tmp_path, restyled)).worksheets[0]
    head = sheet["J9"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
    assert (head.fill.fgColor.rgb, head.alignment.textRotation, head.alignment.horizontal) == ("FFDDEEFF", 255, "right")
    assert (head.border.top.style, head.border.left.style, head.border.left.color.rgb) == (
        "double",
        "medium",
        "FFFF0000",
    )
    assert (head.font.b, head.font.i, bool(head.font.u), head.font.color.rgb) == (True, True, True, "FF112233")
    assert head.alignment.vertical == "top"


def test_what_stands_in_controls_and_tables_within_cells_is_on_the_sheet(tmp_path: Path) -> None:
    inner = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>{{ project.purpose }}</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/>"

    def wrapped(xml: str) -> str:
        found = re.search(r"<w:p>(?:(?!<w:p>).)*\{\{ project\.purpose \}\}.*?</w:p>", xml)
        assert found
        xml = xml.replace(found[0], inner)
        table = re.search(
            r"<w:tbl>.*?</w:tbl>(?=<w:p>)", xml[xml.index("{{ project.heading }}", xml.index("Heading4")) :]
        )
        assert table
        return xml.replace(table[0], f"<w:sdt><w:sdtContent>{table[0]}</w:sdtContent></w:sdt>", 1)

    project = PROJECT.model_copy(update={"purpose": "用途\t一"})
    sheet = book(Document(projects=(project,)), changed(tmp_path, wrapped)).worksheets[0]
    assert "用途\t一\n" in [cell.value for row in sheet.iter_rows() for cell in row]


def test_a_template_without_a_table_makes_no_sheets(tmp_path: Path) -> None:
    one = changed(tmp_path, lambda xml: re.sub(r"<w:tbl>.*</w:tbl>", "", xml))
    with pytest.raises(FormError, match="no table stands in a loop"):
        render(DOCUMENT, one, to="xlsx")


def test_the_same_document_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = render(DOCUMENT, TIANJIN, to="xlsx")
    assert plain == render(Document.model_validate(DOCUMENT.model_dump()), TIANJIN, to="xlsx")
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"dcterms:created" not in archive.read("docProps/core.xml")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    dated = load_workbook(io.BytesIO(render(DOCUMENT, TIANJIN, to="xlsx")))
    assert f"{dated.properties.created:%Y-%m-%d}" == "2023-11-14"
    assert dated.properties.title == "题"


def test_a_document_without_projects_is_a_workbook_too() -> None:
    assert book(Document()).sheetnames == [TIANJIN.title]


def test_kinds() -> None:
    assert kinds(TIANJIN) == (Kind.docx, Kind.xlsx)
    with pytest.raises(UsageError, match="Word form: it is rendered to docx or xlsx, not to pdf"):
        render(DOCUMENT, TIANJIN, to="pdf")


def test_names_of_sheets() -> None:
    names = [
        "甲",
        "甲",
        "甲(2)",
        "A",
        "a",
        "",
        "  ",
        "[a]:*?/\\",
        "'x'",
        "History",
        "长" * 40,
        "长" * 40,
        "😀" * 20,
        "a\nb",
    ]
    made = sheet_names(names)
    assert made == [
        "甲", "甲(2)", "甲(2)(2)", "A", "a(2)", "6", "7", "［a］：＊？／＼", "x", "History(2)", "长" * 31,
        "长" * 28 + "(2)", "😀" * 15, "a b",
    ]  # fmt: skip
    assert len(set(sheet_names(["x"] * 500))) == 500


def test_texts_that_look_like_escapes_are_escaped() -> None:
    texts = ["_x000D_", "_x000D_x000A_", "__x0041__", "_x005F_", "x0041_", "_xZZZZ_", " a ", "\t", "a\n\nb", '<&>"']
    rows = tuple(ROW.model_copy(update={"target": text}) for text in texts)
    document = TIANJIN.normal(Document(projects=(PROJECT.model_copy(update={"indicators": rows}),)))
    back = extract(read(render(document, TIANJIN, to="xlsx"), "x.xlsx")).document
    assert [row.target for row in back.projects[0].indicators] == texts


def test_every_text_is_a_text() -> None:
    """Whatever it looks like, and though its escapes are longer than a cell may be."""
    texts = ["=1+1", "#N/A", "#REF!", "@x", "-5", "+1", "TRUE", "1e5", "2024-01-01", "_x000D_" * 4681, "长" * 32_767]
    rows = tuple(ROW.model_copy(update={"target": text}) for text in texts)
    document = TIANJIN.normal(Document(projects=(PROJECT.model_copy(update={"indicators": rows}),)))
    data = render(document, TIANJIN, to="xlsx")
    cells = [cell for row in load_workbook(io.BytesIO(data)).worksheets[0].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    back = extract(read(data, "x.xlsx")).document
    assert [row.target for row in back.projects[0].indicators] == texts


def test_values_of_one_cell_stay_apart() -> None:
    made = load_workbook(io.BytesIO(render(DOCUMENT, TIANJIN, to="xlsx")), rich_text=True)
    assert made.worksheets[0]["A3"].value == ["209101", "某局"]


def test_a_workbook_names_us_and_its_form() -> None:
    with zipfile.ZipFile(io.BytesIO(render(DOCUMENT, TIANJIN, to="xlsx"))) as archive:
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert b"<Template>tianjin</Template><Application>perfdoc</Application>" in archive.read("docProps/app.xml")
        assert b"openpyxl" not in b"".join(map(archive.read, archive.namelist()))


def test_values_that_are_too_long_together_are_refused() -> None:
    agency = Agency(code="1" * 20_000, name="长" * 20_000)
    with pytest.raises(ContentLostError, match="a cell of a worksheet holds 32,767 characters"):
        render(Document(projects=(Project(agency=agency),)), TIANJIN, to="xlsx")
    assert escaped("长" * 32_767)
    with pytest.raises(ContentLostError, match="has 32,768"):
        escaped("😀" * 16_384)


def test_bookmarks_are_names_of_the_workbook() -> None:
    document = TIANJIN.normal(
        Document(projects=(PROJECT.model_copy(update={"bookmarks": ("_Toc_a", "AB12")}), PROJECT))
    )
    made = book(document)
    assert made.defined_names["section._Toc_a"].attr_text == "'甲／乙'!$A$1"
    assert made.defined_names["contents.AB12"].attr_text == "'甲／乙'!$A$1"
    assert extract(read(render(document, TIANJIN, to="xlsx"), "x.xlsx")).document == document


def test_rows_are_as_high_as_their_texts() -> None:
    assert [lines_of(text, 100, 10) for text in ("", "字" * 9, "字" * 10, "a" * 19, "a" * 20, "字\n字")] == [
        1,
        1,
        2,
        1,
        2,
        2,
    ]
    rows = [SheetRow(height=10), SheetRow(height=20, fixed=True), SheetRow(height=10)]
    spread(rows, 100)
    assert [row.height for row in rows] == [40, 20, 40]
    goals = PROJECT.model_copy(update={"goals": "很长的目标。" * 400})
    sheet = book(Document(projects=(goals,))).worksheets[0]
    assert max(row.height for row in sheet.row_dimensions.values()) == 409


@pytest.mark.office
def test_libreoffice_prints_a_project_a_page(root: Path) -> None:
    """The real projects, each on one page as in Word, none cut off at its right side."""
    document = load(root / "specs/hexi-court-2023").document
    (pdf,) = office.convert([render(document, TIANJIN, to="xlsx")], "pdf:calc_pdf_Export", suffix="xlsx")
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    assert len(pages) == len(document.projects)
    for project, page in zip(document.projects, pages, strict=True):
        assert "".join((project.name or "").split()) in "".join(page.split())
        assert "绩效指标描述" in page

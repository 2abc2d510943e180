"""Workbooks: what a cell shows, where it stands, and what is said of it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from wordxml import zipped
from workbooks import (
    RELATIONS,
    STRICT,
    escaped,
    grid_of,
    packed,
    parts,
    relationships,
    said,
    sheet_of,
    stories,
    text_cell,
    texts,
)

from perfdoc.errors import PerfdocError, UnreadableError
from perfdoc.layout import Cell, Row
from perfdoc.reading import read as read_file
from perfdoc.reading.excel import worksheet
from perfdoc.report import Severity


def number(place: str, value: str, style: int = 0) -> str:
    return f'<c r="{place}" s="{style}"><v>{value}</v></c>'


def test_numbers_show_as_their_format_says() -> None:
    formats = ("0%", "#,##0.00", 'yyyy"年"m"月"d"日"', ";;;")
    cells = number("A1", "0.9", 1) + number("B1", "1234.5", 2) + number("C1", "45206", 3) + number("D1", "0.1")
    layout = sheet_of(parts(f'<row r="1">{cells}{number("E1", "0.30000000000000004")}</row>', formats=formats))
    assert texts(layout) == [["90%", "1,234.50", "2023年10月7日", "0.1", "0.3"]]
    assert not layout.diagnostics


def test_the_1904_system_is_the_workbooks() -> None:
    made = parts(f'<row r="1">{number("A1", "43744", 1)}</row>', formats=("yyyy-mm-dd",))
    made["xl/workbook.xml"] = made["xl/workbook.xml"].replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    assert texts(sheet_of(made)) == [["2023-10-07"]]


def test_strings_shared_and_inline_rich_and_phonetic() -> None:
    strings = (
        "<si><t>项目名称</t></si>"
        '<si><r><rPr><b/></rPr><t>法院</t></r><r><t xml:space="preserve"> 办案</t></r>'
        '<rPh sb="0" eb="2"><t>fayuan</t></rPh><phoneticPr fontId="1"/></si>'
        "<si><t>一_x000D_\n二_x005F_x000D_</t></si>"
    )
    cells = '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c>'
    inline = '<c r="D1" t="inlineStr"><is><r><t>富</t></r><r><t>文本</t></r><rPh sb="0" eb="1"><t>x</t></rPh></is></c>'
    layout = sheet_of(parts(f'<row r="1">{cells}{inline}</row>', strings=strings))
    assert texts(layout) == [["项目名称", "法院 办案", "一\n二_x000D_", "富文本"]]


def test_a_string_that_is_not_there_is_said() -> None:
    layout = sheet_of(
        parts('<row r="1"><c r="A1" t="s"><v>7</v></c>' + text_cell("B1", "x") + "</row>", strings="<si/>")
    )
    assert texts(layout) == [["", "x"]]
    assert said(layout) == [("PD032", "表!A1")]


def test_booleans_errors_and_formulas() -> None:
    cells = (
        '<c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c><c r="C1" t="e"><f>A1/0</f><v>#REF!</v></c>'
        '<c r="D1"><f>SUM(A1:B1)</f><v>3</v></c><c r="E1"><f>SUM(A1:B1)&amp;"x"</f></c>'
        '<c r="F1" t="str"><f>T("")</f><v></v></c><c r="G1" t="str"><f>T("乙")</f><v>乙</v></c>'
    )
    layout = sheet_of(parts(f'<row r="1">{cells}</row>'))
    assert texts(layout) == [["TRUE", "FALSE", "#REF!", "3", "", "", "乙"]]
    assert said(layout) == [("PD036", "表!C1"), ("PD035", "表!E1")]
    assert [d.quote for d in layout.diagnostics] == ["#REF!", '=SUM(A1:B1)&"x"']


def test_a_shared_formula_is_quoted_wherever_it_has_no_result() -> None:
    cells = '<c r="A1"><f t="shared" ref="A1:A2" si="0">B1*2</f></c>', '<c r="A2"><f t="shared" si="0"/></c>'
    layout = sheet_of(parts(f'<row r="1">{cells[0]}</row><row r="2">{cells[1]}</row>'))
    assert [d.quote for d in layout.diagnostics] == ["=B1*2", "=B1*2"]


def test_a_long_whole_number_is_quoted_with_all_its_digits() -> None:
    layout = sheet_of(parts(f'<row r="1">{number("A1", "209101000123")}{number("B1", "20910100012")}</row>'))
    assert texts(layout) == [["2.09101E+11", "20910100012"]]
    (diagnostic,) = layout.diagnostics
    assert (diagnostic.code, diagnostic.severity, diagnostic.quote) == ("PD037", Severity.warning, "209101000123")


def test_what_a_format_hides_is_said() -> None:
    secret = text_cell("C1", "密").replace('r="C1"', 'r="C1" s="1"')
    row = f'<row r="1">{number("A1", "5", 1)}{text_cell("B1", "显")}{secret}</row>'
    layout = sheet_of(parts(row, formats=(";;;",)))
    assert texts(layout) == [["", "显"]]
    assert [(d.code, d.quote) for d in layout.diagnostics] == [("PD023", "5"), ("PD023", "密")]


def test_zeros_that_the_sheet_does_not_display_are_said() -> None:
    before = '<sheetViews><sheetView showZeros="0" workbookViewId="0"/></sheetViews>'
    layout = sheet_of(parts(f'<row r="1">{number("A1", "0")}{number("B1", "1")}</row>', before=before))
    assert texts(layout) == [["", "1"]]
    assert said(layout) == [("PD023", "表!A1")]


def test_a_date_that_is_stored_as_one() -> None:
    cells = '<c r="A1" s="1" t="d"><v>2023-10-07T12:00:00</v></c><c r="B1" t="d"><v>2023-10-07</v></c>'
    layout = sheet_of(parts(f'<row r="1">{cells}</row>', formats=("yyyy/m/d",), namespace=STRICT))
    assert texts(layout) == [["2023/10/7", "2023-10-07"]]


def test_rows_and_cells_without_their_numbers_follow_each_other() -> None:
    cell = '<c t="inlineStr"><is><t>{}</t></is></c>'
    a, b, c, d = map(cell.format, "abcd")
    rows = f'<row>{a}{b}</row><row r="3">{c}</row><row>{d}</row>'
    assert texts(sheet_of(parts(rows))) == [["a", "b"], [], ["c", ""], ["d", ""]]


def test_rows_and_cells_out_of_order_stand_where_they_say() -> None:
    rows = f'<row r="2">{text_cell("C2", "c")}{text_cell("A2", "a")}</row><row r="1">{text_cell("A1", "x")}</row>'
    rows += f'<row r="2">{text_cell("B2", "b")}{text_cell("A2", "again")}</row>'
    layout = sheet_of(parts(rows))
    assert texts(layout) == [["x", "", ""], ["a", "b", "c"]]
    assert [(d.code, d.quote) for d in layout.diagnostics] == [("PD032", "again")]


def test_a_grid_has_the_rows_of_the_sheet_and_ends_at_the_last_text() -> None:
    rows = f'<row r="2">{text_cell("B2", "b")}</row><row r="5">{text_cell("D5", "d")}<c r="Z5" s="0"/></row>'
    rows += '<row r="900"><c r="A900" s="0"/></row>'
    grid = grid_of(sheet_of(parts(rows)))
    assert grid.columns == 4
    assert grid.rows[0] == grid.rows[2] == Row(())
    assert [[(c.text, c.row, c.column) for c in grid.rows[n].cells] for n in (1, 4)] == [
        [("", 2, 1), ("b", 2, 2), ("", 2, 3), ("", 2, 4)],
        [("", 5, 1), ("", 5, 2), ("", 5, 3), ("d", 5, 4)],
    ]
    assert str(grid.place_of(grid.rows[4].cells[3])) == "t.xlsx:表!D5"


def row_of(number: int, *texts: str) -> str:
    """A row of text cells from column A on; an empty text is no cell."""
    cells = (text_cell(f"{letter}{number}", text) for letter, text in zip("ABCDEF", texts, strict=False) if text)
    return f'<row r="{number}">{"".join(cells)}</row>'


def merged(*ranges: str) -> str:
    return f"<mergeCells>{''.join(f'<mergeCell ref={chr(34)}{r}{chr(34)}/>' for r in ranges)}</mergeCells>"


def test_merged_ranges_become_spans_and_continued_cells() -> None:
    rows = row_of(1, "题") + row_of(2, "级", "一", "值") + row_of(3, "级", "二") + row_of(4, "藏", "三", "丢")
    merges = merged("A1:F1", "A2:A4", "B4:C4", "C1:C9")
    layout = sheet_of(parts(rows, after=merges))
    one, two, three, four = grid_of(layout).rows
    assert one.cells == (Cell("题", 1, 1, 3),)
    assert two.cells[0] == Cell("级", 2, 1, 1, 3)
    assert three.cells[0] == Cell("级", 3, 1, continues=True)
    assert four.cells == (Cell("藏", 4, 1, continues=True), Cell("三", 4, 2, 2))
    assert [(d.code, d.quote) for d in layout.diagnostics] == [("PD028", "丢")]


def test_hidden_rows_columns_and_sheets_are_read_and_said() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in range(1, 7):
        sheet.append([f"{row}a", f"{row}b", f"{row}c"])
        sheet.row_dimensions[row].hidden = row in (2, 3, 5)
    sheet.column_dimensions["B"].hidden = True
    book.create_sheet("隐")["A1"] = "甲"
    book["隐"].sheet_state = "veryHidden"
    layout = read_file(saved(book), "t.xlsx")
    first, second = layout.grids()
    assert [row.hidden for row in first.rows] == [False, True, True, False, True, False]
    assert second.rows[0].cells[0].text == "甲"
    assert [d.message.partition(";")[0] for d in layout.diagnostics] == [
        "hidden rows 2-3, 5",
        "hidden columns B",
        "the sheet is hidden",
    ]
    assert {d.code for d in layout.diagnostics} == {"PD023"}


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_comments_old_and_threaded_are_quoted_at_their_cell() -> None:
    made = parts(f'<row r="1">{text_cell("A1", "x")}</row>')
    made["xl/worksheets/_rels/sheet1.xml.rels"] = relationships(
        ("rId1", "comments", "../comments1.xml"), ("rId2", "threadedComment", "../tc1.xml")
    )
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    made["xl/comments1.xml"] = (
        f"<comments {main}><authors><author>审核人</author></authors><commentList>"
        '<comment ref="B2" authorId="0"><text><r><t>请</t></r><r><t>核对</t></r></text></comment>'
        '<comment ref="C3" authorId="0"><text><t>[Threaded comment]</t></text></comment></commentList></comments>'
    )
    made["xl/tc1.xml"] = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        '<threadedComment ref="C3" id="{1}"><text>新批注</text></threadedComment></ThreadedComments>'
    )
    layout = sheet_of(made)
    assert sorted((str(d.place), d.code, d.quote, d.message) for d in layout.diagnostics) == [
        ("t.xlsx:表!B2", "PD021", "请核对", "comment by 审核人: 请核对"),
        ("t.xlsx:表!C3", "PD021", "新批注", "comment: 新批注"),
    ]


DRAWING = (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    "<xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:row>2</xdr:row></xdr:from>{}</xdr:twoCellAnchor></xdr:wsDr>"
)
SHAPE = (
    "<xdr:sp><xdr:txBody><a:p><a:r><a:t>{}</a:t></a:r><a:br/><a:r><a:t>二</a:t></a:r></a:p><a:p/></xdr:txBody></xdr:sp>"
)


@pytest.mark.parametrize(
    "inside",
    [
        SHAPE.format("一"),
        "<xdr:grpSp><xdr:grpSp>" + SHAPE.format("一") + "</xdr:grpSp></xdr:grpSp>",
        "<mc:AlternateContent><mc:Choice>"
        + SHAPE.format("一")
        + "</mc:Choice><mc:Fallback>"
        + SHAPE.format("一")
        + "</mc:Fallback></mc:AlternateContent>",
    ],
)
def test_text_boxes_become_paragraphs_once(inside: str) -> None:
    made = parts(f'<row r="1">{text_cell("A1", "x")}</row>')
    made["xl/worksheets/_rels/sheet1.xml.rels"] = relationships(
        ("rId1", "drawing", "../drawings/drawing1.xml"), ("rId2", "vmlDrawing", "../drawings/v.vml")
    )
    made["xl/drawings/drawing1.xml"] = DRAWING.format(inside)
    made["xl/drawings/v.vml"] = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">'
        "<v:shape><v:textbox><div>□ 是<br></div></v:textbox>"
        '<x:ClientData ObjectType="Checkbox"><x:Anchor>3, 0, 4, 0, 5, 0, 6, 0</x:Anchor></x:ClientData></v:shape>'
        '<v:shape><v:textbox><div>批注</div></v:textbox><x:ClientData ObjectType="Note"/></v:shape></xml>'
    )
    layout = sheet_of(made)
    assert stories(layout) == [("textbox", "一\n二"), ("textbox", "□ 是")]
    assert [str(block.place) for block in layout.blocks] == ["t.xlsx:表", "t.xlsx:表!B3", "t.xlsx:表!D5"]


def test_headers_and_footers_are_paragraphs_without_their_codes() -> None:
    header = escaped('&L附件1&C&"宋体,Bold"&14 &A &K01+000表头&R&D')
    footer = escaped("第 &P 页 && 共 &N 页")
    after = f"<oddHeader>{header}</oddHeader><oddFooter>{footer}</oddFooter><evenFooter>{footer}</evenFooter>"
    after = f"<headerFooter>{after}</headerFooter>"
    layout = sheet_of(parts(f'<row r="1">{text_cell("A1", "x")}</row>', after=after))
    assert stories(layout) == [("header", "附件1"), ("header", "表 表头"), ("footer", "第  页 & 共  页")]


def test_rows_printed_on_each_page_are_headers() -> None:
    rows = "".join(f'<row r="{n}">{text_cell(f"A{n}", "x")}</row>' for n in (1, 2, 3))
    name = '<definedName name="_xlnm.Print_Titles" localSheetId="0">表!$A:$B,表!$1:$2</definedName>'
    name = f"<definedNames>{name}</definedNames>"
    grid = grid_of(sheet_of(parts(rows, book=name)))
    assert [row.header for row in grid.rows] == [True, True, False]


def test_extensions_and_prefixes_change_nothing() -> None:
    made = parts(
        f'<row r="1">{text_cell("A1", "x")}</row>', after="<extLst><ext><x:c><x:f>A1</x:f></x:c></ext></extLst>"
    )
    made["xl/worksheets/sheet1.xml"] = made["xl/worksheets/sheet1.xml"].replace(
        "<worksheet ", '<worksheet xmlns:x="y" '
    )
    assert texts(sheet_of(made)) == [["x"]]
    for name in ("sheetData", "row", "is", "t", "worksheet"):
        old = made["xl/worksheets/sheet1.xml"]
        made["xl/worksheets/sheet1.xml"] = old.replace(f"<{name}", f"<s:{name}").replace(f"</{name}", f"</s:{name}")
    sheet = made["xl/worksheets/sheet1.xml"].replace("<c ", "<s:c ").replace("</c>", "</s:c>")
    made["xl/worksheets/sheet1.xml"] = sheet.replace("xmlns=", "xmlns:s=")
    assert texts(sheet_of(made)) == [["x"]]


def test_pictures_charts_and_lost_sheets_are_said() -> None:
    made = parts(f'<row r="1">{text_cell("A1", "x")}</row>')
    made["xl/workbook.xml"] = made["xl/workbook.xml"].replace(
        "</sheets>", '<sheet name="图" r:id="rId8"/><sheet name="丢" r:id="rId9"/></sheets>'
    )
    chart = f'<Relationship Id="rId8" Type="{RELATIONS}/chartsheet" Target="chartsheets/sheet1.xml"/></Rel'
    rels = "xl/_rels/workbook.xml.rels"
    made[rels] = made[rels].replace("</Rel", chart)
    made["xl/chartsheets/sheet1.xml"] = "<chartsheet/>"
    made["xl/worksheets/_rels/sheet1.xml.rels"] = relationships(("rId1", "drawing", "../drawings/d.xml"))
    made["xl/drawings/d.xml"] = DRAWING.format("")
    made["xl/drawings/_rels/d.xml.rels"] = relationships(
        ("rId1", "image", "../media/1.png"), ("rId2", "image", "../media/2.png")
    )
    layout = sheet_of(made)
    assert [(d.code, d.place.sheet) for d in layout.diagnostics] == [("PD032", "丢"), ("PD024", "表"), ("PD024", "图")]


@pytest.mark.parametrize(
    "sheet",
    [
        "<worksheet><sheetData><row",
        "<worksheet><sheetData><row r='0'/></sheetData></worksheet>",
        "<worksheet><sheetData><row r='1'><c r='XFE1'><v>1</v></c></row></sheetData></worksheet>",
        "<worksheet><sheetData><row r='1048577'/></sheetData></worksheet>",
        "<worksheet><sheetData><row r='x'/></sheetData></worksheet>",
        "<!DOCTYPE w [<!ENTITY a 'b'>]><worksheet>&a;</worksheet>",
        "<chart/>",
        "",
        "<?xml version='1.0' encoding='nonsense'?><worksheet/>",
    ],
)
def test_a_broken_sheet_is_one_error_that_names_its_part(sheet: str) -> None:
    made = parts("")
    made["xl/worksheets/sheet1.xml"] = sheet
    with pytest.raises(UnreadableError, match=r"^t\.xlsx: xl/worksheets/sheet1\.xml") as error:
        sheet_of(made)
    assert "\n" not in str(error.value)


@pytest.mark.slow
def test_empty_cells_and_far_merges_cost_nothing() -> None:
    row = "".join(f'<c r="{letter}{{0}}" s="1"/>' for letter in "ABCDEFGHIJ")
    rows = "".join(f'<row r="{n}">{row.format(n)}</row>' for n in range(2, 20_000))
    after = '<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="A2:XFD2"/></mergeCells>'
    grid = grid_of(sheet_of(parts(f'<row r="1">{text_cell("A1", "x")}</row>{rows}', formats=("0",), after=after)))
    assert (len(grid.rows), grid.columns, grid.rows[0].cells) == (1, 1, (Cell("x", 1, 1),))


def test_sparse_sheets_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worksheet, "MAX_CELLS", 200_000)
    rows = "".join(f'<row r="{n}">{text_cell(f"A{n}", "x")}</row>' for n in range(1, 301))
    far = rows.replace("</row>", text_cell("XFD1", "far") + "</row>", 1)
    grid = grid_of(sheet_of(parts(far)))
    assert (grid.columns, len(grid.rows[0].cells), len(grid.rows[1].cells)) == (16384, 16384, 1)
    with pytest.raises(UnreadableError, match="more than 200,000 cells"):
        sheet_of(parts("".join(f'<row r="{n}">{text_cell(f"XFD{n}", "far")}</row>' for n in range(1, 20))))


PIECES = (
    "<c>",
    "</c>",
    "<v>",
    "</row>",
    '<row r="9">',
    "&#0;",
    "&amp;",
    "\x00",
    '<c r="B7" t="s"><v>-1</v></c>',
    "é",
    "t=",
    '"',
    "<f/>",
    "1e999",
    "nan",
    "<![CDATA[",
    "-->",
)
EDITS = st.lists(
    st.tuples(st.integers(0, 10**6), st.integers(0, 30), st.sampled_from((*PIECES, "")) | st.text(max_size=3)),
    min_size=1,
    max_size=4,
)


def base() -> dict[str, str]:
    strings = "<si><t>甲</t></si><si><r><t>乙</t></r></si>"
    cells = '<c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>45206</v></c><c r="C1" t="e"><v>#N/A</v></c>'
    rows = f'<row r="1" hidden="1">{cells}</row>'
    rows += f'<row r="2">{text_cell("A2", "丙")}<c r="B2"><f>A1</f></c><c r="C2" t="b"><v>1</v></c></row>'
    after = merged("A1:A2") + "<headerFooter><oddHeader>&amp;C头</oddHeader></headerFooter>"
    before = '<cols><col min="1" max="2" hidden="1"/></cols>'
    made = parts(rows, strings=strings, formats=("yyyy-mm-dd",), after=after, before=before)
    made["xl/worksheets/_rels/sheet1.xml.rels"] = relationships(
        ("rId1", "drawing", "../drawings/d.xml"), ("rId2", "comments", "../c.xml")
    )
    made["xl/drawings/d.xml"] = DRAWING.format(SHAPE.format("框"))
    comment = '<comment ref="A1" authorId="0"><text><t>注</t></text></comment>'
    comments = f"<authors><author>a</author></authors><commentList>{comment}</commentList>"
    made["xl/c.xml"] = f"<comments>{comments}</comments>"
    return made


@given(st.sampled_from(sorted(base())), EDITS)
def test_any_damage_inside_gives_a_layout_or_a_documented_error(name: str, edits: list[tuple[int, int, str]]) -> None:
    made = base()
    text = made[name]
    for at, length, new in edits:
        at %= len(text) + 1
        text = text[:at] + new + text[at + length :]
    made[name] = text
    outcome({part: text.encode("utf-8", "replace") for part, text in made.items()})


def outcome(made: Mapping[str, bytes] | bytes) -> str:
    """`read`, or the message of the error; any other exception fails the test."""
    try:
        read_file(made if isinstance(made, bytes) else packed(made), "t.xlsx")
    except PerfdocError as error:
        message = str(error)
    else:
        message = "t.xlsx: read"
    assert message.startswith("t.xlsx: ")
    assert "\n" not in message
    return message


@given(st.lists(st.tuples(st.integers(0, 10**6), st.binary(max_size=3)), min_size=1, max_size=5), st.integers(0, 10**6))
def test_any_damage_to_the_zip_gives_a_layout_or_a_documented_error(edits: list[tuple[int, bytes]], cut: int) -> None:
    data = bytearray(packed(base()))
    for at, new in edits:
        at %= len(data)
        data[at : at + len(new)] = new
    outcome(bytes(data if cut % 3 else data[: cut % len(data)]))


CELL = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8)


@given(st.lists(st.lists(CELL, min_size=1, max_size=5), min_size=1, max_size=6))
def test_what_openpyxl_writes_is_read_back(rows: list[list[str]]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row, cells in enumerate(rows, 1):
        for column, text in enumerate(cells, 1):
            if text:
                sheet.cell(row, column).value = text
                sheet.cell(row, column).data_type = "s"
    found = {
        (cell.row, cell.column): cell.text
        for grid in read_file(saved(book), "t.xlsx").grids()
        for row in grid.rows
        for cell in row.cells
        if cell.text
    }
    assert found == {(r, c): text for r, row in enumerate(rows, 1) for c, text in enumerate(row, 1) if text}


@given(
    st.sets(st.tuples(st.integers(1, 6), st.integers(1, 5)), min_size=1),
    st.lists(st.tuples(*[st.integers(1, 6)] * 4), max_size=5),
)
def test_every_cell_of_a_merged_grid_is_covered_once(
    filled: set[tuple[int, int]], ranges: list[tuple[int, int, int, int]]
) -> None:
    rows = "".join(
        f'<row r="{r}">'
        + "".join(text_cell(f"{chr(64 + c)}{r}", f"{r}-{c}") for c in range(1, 6) if (r, c) in filled)
        + "</row>"
        for r in range(1, 7)
    )
    refs = "".join(
        f'<mergeCell ref="{chr(64 + min(a, c))}{min(b, d)}:{chr(64 + max(a, c))}{max(b, d)}"/>' for a, b, c, d in ranges
    )
    layout = sheet_of(parts(rows, after=f"<mergeCells>{refs}</mergeCells>"))
    grid = grid_of(layout)
    for number, row in enumerate(grid.rows, 1):
        taken = [column for cell in row.cells for column in range(cell.column, cell.column + cell.colspan)]
        assert all(cell.row == number for cell in row.cells)
        assert taken == list(range(1, len(taken) + 1))
        assert len(taken) in (0, *range(1, grid.columns + 1))
    shown = {cell.text for row in grid.rows for cell in row.cells if cell.text}
    quoted = {d.quote for d in layout.diagnostics}
    assert shown | quoted == {f"{r}-{c}" for r, c in filled}
    for row in grid.rows:
        for cell in row.cells:
            if not cell.continues:
                below = [
                    c
                    for line in grid.rows[cell.row : cell.row + cell.rowspan - 1]
                    for c in line.cells
                    if c.column == cell.column
                ]
                assert [(c.continues, c.colspan) for c in below] == [(True, cell.colspan)] * (cell.rowspan - 1)


def test_the_zip_of_a_test_is_a_zip() -> None:
    assert zipfile.ZipFile(io.BytesIO(packed(base()))).testzip() is None
    assert escaped('<&">') == "&lt;&amp;&quot;&gt;"


@pytest.mark.parametrize(
    ("part", "destroyed"),
    [("xl/sharedStrings.xml", True), ("xl/worksheets/sheet1.xml", True), ("xl/styles.xml", False)],
)
def test_a_part_that_the_workbook_names_and_has_lost_is_said(part: str, destroyed: bool) -> None:
    book, whole = openpyxl.Workbook(), io.BytesIO()
    book.worksheets[0]["A1"] = "项目名称"
    book.save(whole)
    with zipfile.ZipFile(whole) as archive:
        kept = {name: archive.read(name) for name in archive.namelist() if name != part}
    named = '<Relationship Id="rId9" Type="x/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    if part == "xl/sharedStrings.xml":
        names = "xl/_rels/workbook.xml.rels"
        kept[names] = kept[names].replace(b"</Relationships>", named.encode())
    content = zipped(kept)
    if destroyed:
        with pytest.raises(UnreadableError, match=part):
            read_file(content, "form.xlsx")
    else:
        (said_of_it,) = read_file(content, "form.xlsx").diagnostics
        assert (said_of_it.code, said_of_it.severity) == ("PD032", Severity.warning)
        assert part in said_of_it.message

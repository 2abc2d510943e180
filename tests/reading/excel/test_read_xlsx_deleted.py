"""Text that is struck through or raised, in the runs of a string and in the font of a cell."""

from __future__ import annotations

import pytest
from workbooks import packed, parts, text_cell

from perfdoc.errors import ContentLostError
from perfdoc.layout import Cell
from perfdoc.reading import read
from perfdoc.reading.superscript import superscript

RUNS = (
    '<r><t>10</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>4</t></r>'
    '<r><rPr><strike/></rPr><t>旧</t></r><r><rPr><strike val="0"/></rPr><t>新</t></r>'
    '<r><rPr><vertAlign val="subscript"/></rPr><t>2</t></r>'
)


def workbook(rows: str) -> bytes:
    """A workbook whose style 1 has a font that is struck through."""
    made = parts(rows, strings=f"<si>{RUNS}</si>", formats=("0.00",))
    fonts = "<fonts><font/><font><strike/></font></fonts>"
    styles = made["xl/styles.xml"].replace("<cellXfs>", f"{fonts}<cellXfs>")
    made["xl/styles.xml"] = styles.replace('<xf numFmtId="164"/>', '<xf numFmtId="164" fontId="1"/>')
    return packed(made)


def cells(data: bytes, policy: str = "accept") -> list[Cell]:
    return [
        cell
        for grid in read(data, "d.xlsx", track_changes=policy).grids()
        for row in grid.rows
        for cell in row.cells
        if cell.text
    ]


ROW = '<row r="{0}"><c r="A{0}" t="s"><v>0</v></c></row>'
INLINE = f'<row r="2"><c r="A2" t="inlineStr"><is>{RUNS}</is></c></row>'
STRUCK = '<row r="3"><c r="A3" s="1"><v>1.5</v></c><c r="B3" t="inlineStr" s="1"><is><t>全</t></is></c></row>'
DATA = workbook(f'{ROW.format(1)}{INLINE}{STRUCK}<row r="4">{text_cell("A4", "乙")}</row>')


def test_struck_text_is_left_out_and_told() -> None:
    assert [(cell.text, cell.runs) for cell in cells(DATA)] == [("10⁴新2", ()), ("10⁴新2", ()), ("乙", ())]
    told = read(DATA, "d.xlsx").diagnostics
    assert [(str(one.place), one.code, str(one.severity), one.quote) for one in told] == [
        ("d.xlsx:表!A1", "PD020", "warning", "旧"),
        ("d.xlsx:表!A2", "PD020", "warning", "旧"),
        ("d.xlsx:表!A3", "PD020", "warning", "1.50"),
        ("d.xlsx:表!B3", "PD020", "warning", "全"),
    ]
    assert told[0].message == "struck-through text is left out: 旧"


def test_struck_text_stays_where_changes_are_rejected() -> None:
    assert [cell.text for cell in cells(DATA, "reject")] == ["10⁴旧新2", "10⁴旧新2", "1.50", "全", "乙"]
    assert read(DATA, "d.xlsx", track_changes="reject").diagnostics[0].message == "struck-through text is read: 旧"


def test_struck_text_where_changes_are_an_error() -> None:
    with pytest.raises(ContentLostError, match=r"^d\.xlsx: struck-through text"):
        read(DATA, "d.xlsx", track_changes="fail")
    plain = workbook(f'<row r="1">{text_cell("A1", "乙")}</row>')
    assert [cell.text for cell in cells(plain, "fail")] == ["乙"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("4", "⁴"),
        ("-3", "⁻³"),
        ("−(1+2)=", "⁻⁽¹⁺²⁾⁼"),
        (" 2 ", " ² "),
        ("th", "th"),
        ("注1", "注1"),
        ("[1]", "[1]"),
        ("", ""),
    ],
)
def test_raised_text(text: str, shown: str) -> None:
    assert superscript(text) == shown

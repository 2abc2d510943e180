"""The bytes of a cell before and after a text is written into it: what is not asked to change stays."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from wordxml import docx, p, run, tbl, tc, tr

from perfdoc.layout import Paragraph
from perfdoc.original import write_texts
from perfdoc.reading import read
from perfdoc.report import Place

FILE = "f.docx"
CELL = Place(FILE, table=1, row=1, column=1)
T = '<w:t xml:space="preserve">'


def document(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml").decode()


def written(content: str, text: str, place: Place = CELL, *, strict: str = "") -> str:
    """The content of the first cell of a table of one row, after a text was written into it."""
    around = docx(tbl(f"<w:tr><w:tc>{content}</w:tc>{tc('beside')}</w:tr>", columns=2))
    before, after = document(around).split(content)
    result = write_texts(around, {place: text}, file=FILE)
    now = document(result.data)
    assert now[: len(before)] + now[-len(after) :] == before + after, "what stands around is as it was"
    assert [(change.place, change.after) for change in result.changes] == [(place, text)]
    return now.removeprefix(before).removesuffix(after)


def r(text: str, properties: str = "") -> str:
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{look}<w:t>{text}</w:t></w:r>"


BOLD, UP, STRUCK = "<w:b/>", '<w:vertAlign w:val="superscript"/>', "<w:strike/>"
PROMPT = '<w:rStyle w:val="a"/>'
LINES = f"<w:p>{r('甲')}</w:p><w:p><w:pPr><w:jc w:val='left'/></w:pPr>{r('乙', BOLD)}</w:p>"
CHANGED = {
    "one run": (f"<w:p>{r('≥83万页')}</w:p>", "≥90万页", f"<w:p>{r('≥90万页')}</w:p>"),
    "of several runs the one that differs": (
        f"<w:p>{r('≥')}{r('83', BOLD)}{r('万页')}</w:p>",
        "≥90万页",
        f"<w:p>{r('≥')}{r('90', BOLD)}{r('万页')}</w:p>",
    ),
    "a run between two that differ": (
        f"<w:p>{r('2024', BOLD)}{r('年，')}{r('83', BOLD)}</w:p>",
        "2025年，90",
        f"<w:p>{r('2025', BOLD)}{r('年，')}{r('90', BOLD)}</w:p>",
    ),
    "a run that becomes empty stays": (
        f"<w:p>{r('约', BOLD)}{r('83')}</w:p>",
        "83",
        f"<w:p><w:r><w:rPr>{BOLD}</w:rPr><w:t></w:t></w:r>{r('83')}</w:p>",
    ),
    "escapes stay as they are": (
        f"<w:p>{r('&quot;甲&quot; &#x3c; 乙&amp;')}</w:p>",
        '"丙" < 乙& <',
        f"<w:p>{r('&quot;丙&quot; &#x3c; 乙&amp; &lt;')}</w:p>",
    ),
    "blank ends are kept": (f"<w:p>{r('甲')}</w:p>", "甲 ", f"<w:p><w:r>{T}甲 </w:t></w:r></w:p>"),
    "white space of the XML goes where blanks count": (
        "<w:p><w:r><w:t>\n  甲\n</w:t></w:r></w:p>",
        "甲 ",
        f"<w:p><w:r>{T}甲 </w:t></w:r></w:p>",
    ),
    "a space that said default": (
        "<w:p><w:r><w:t xml:space='default'>甲</w:t></w:r></w:p>",
        " 甲",
        f"<w:p><w:r>{T} 甲</w:t></w:r></w:p>",
    ),
    "a tab": (f"<w:p>{r('甲乙')}</w:p>", "甲\t乙", "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r></w:p>"),
    "struck text is not touched": (
        f"<w:p>{r('83', STRUCK)}{r('90')}</w:p>",
        "95",
        f"<w:p>{r('83', STRUCK)}{r('95')}</w:p>",
    ),
    "a raised digit": (f"<w:p>{r('10')}{r('4', UP)}</w:p>", "10⁵", f"<w:p>{r('10')}{r('5', UP)}</w:p>"),
    "nothing new is raised": (
        f"<w:p>{r('10')}{r('4', UP)}</w:p>",
        "10万",
        f"<w:p>{r('10万')}<w:r><w:rPr>{UP}</w:rPr><w:t></w:t></w:r></w:p>",
    ),
    "a line of its own paragraph comes": (
        LINES,
        "甲\n乙\n丙",
        LINES + f"<w:p><w:pPr><w:jc w:val='left'/></w:pPr><w:r><w:rPr>{BOLD}</w:rPr><w:t>丙</w:t></w:r></w:p>",
    ),
    "and goes": (LINES, "甲", f"<w:p>{r('甲')}</w:p>"),
    "a line by a break comes": (
        "<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r></w:p>",
        "甲\n乙\n丙",
        "<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r></w:p>",
    ),
    "a break between two looks": (
        f"<w:p>{r('甲', BOLD)}{r('乙')}<w:r><w:br/><w:t>丙</w:t></w:r></w:p>",
        "甲\n乙\n丙",
        f"<w:p><w:r><w:rPr>{BOLD}</w:rPr><w:t>甲</w:t><w:br/></w:r>{r('乙')}<w:r><w:br/><w:t>丙</w:t></w:r></w:p>",
    ),
    "and goes again": (
        "<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r></w:p>",
        "乙",
        "<w:p><w:r><w:t></w:t><w:t>乙</w:t></w:r></w:p>",
    ),
    "bookmarks stay where a line goes": (
        f"<w:p><w:bookmarkStart w:id='1' w:name='a'/>{r('甲')}<w:bookmarkEnd w:id='1'/></w:p><w:p>{r('乙')}</w:p>",
        "乙",
        f"<w:bookmarkStart w:id='1' w:name='a'/><w:bookmarkEnd w:id='1'/><w:p>{r('乙')}</w:p>",
    ),
    "or before the line before": (
        f"<w:p/><w:p><w:bookmarkStart w:id='1' w:name='a'/>{r('乙')}</w:p><w:p><w:bookmarkEnd w:id='1'/></w:p>",
        "甲",
        f"<w:bookmarkStart w:id='1' w:name='a'/><w:bookmarkEnd w:id='1'/><w:p>{r('甲')}</w:p>",
    ),
    "an empty paragraph is opened": ("<w:p/>", "甲", f"<w:p>{r('甲')}</w:p>"),
    "with the look of its mark": (
        f"<w:p><w:pPr><w:rPr>{BOLD}</w:rPr></w:pPr></w:p>",
        "甲",
        f"<w:p><w:pPr><w:rPr>{BOLD}</w:rPr></w:pPr>{r('甲', BOLD)}</w:p>",
    ),
    "an empty run is used": (
        f"<w:p><w:r><w:rPr>{BOLD}</w:rPr></w:r></w:p>",
        "甲",
        f"<w:p>{r('甲', BOLD)}</w:p>",
    ),
    "a struck line gets its text beside": (
        f"<w:p>{r('旧', STRUCK)}</w:p>",
        "新",
        f"<w:p>{r('旧', STRUCK)}{r('新')}</w:p>",
    ),
    "a symbol becomes a text": (
        '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r></w:p>',
        "是",
        "<w:p><w:r><w:t>是</w:t></w:r></w:p>",
    ),
    "the result of a field, never its code": (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>=SUM(ABOVE)</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("83")}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
        "90",
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>=SUM(ABOVE)</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("90")}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
    ),
    "a prompt ends with the first value": (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent><w:p>"
        f"{r('单击此处输入文字。', PROMPT)}</w:p></w:sdtContent></w:sdt>",
        "55.00",
        "<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent><w:p><w:r><w:rPr></w:rPr><w:t>55.00</w:t></w:r></w:p>"
        "</w:sdtContent></w:sdt>",
    ),
    "a date is no longer the one that was picked": (
        "<w:p><w:sdt><w:sdtPr><w:date w:fullDate='2024-05-01T00:00:00Z'><w:lid w:val='zh-CN'/></w:date></w:sdtPr>"
        f"<w:sdtContent>{r('2024年5月')}</w:sdtContent></w:sdt></w:p>",
        "2025年5月",
        "<w:p><w:sdt><w:sdtPr><w:date><w:lid w:val='zh-CN'/></w:date></w:sdtPr>"
        f"<w:sdtContent>{r('2025年5月')}</w:sdtContent></w:sdt></w:p>",
    ),
    "tracked changes are settled": (
        "<w:p><w:pPr><w:pPrChange w:id='9' w:author='a'><w:pPr/></w:pPrChange></w:pPr>"
        f"<w:del w:id='1' w:author='a'><w:r><w:delText>80</w:delText></w:r></w:del>"
        f"<w:ins w:id='2' w:author='a'>{r('83')}</w:ins>{r('万')}</w:p>",
        "90万",
        f"<w:p><w:pPr></w:pPr>{r('90')}{r('万')}</w:p>",
    ),
    "and paragraphs whose end is deleted joined": (
        f"<w:p><w:pPr><w:rPr><w:del w:id='1' w:author='a'/></w:rPr></w:pPr>{r('甲')}</w:p>"
        f"<w:p><w:pPr><w:jc w:val='left'/></w:pPr>{r('乙')}</w:p>",
        "甲丙",
        f"<w:p><w:pPr><w:jc w:val='left'/></w:pPr>{r('甲')}{r('丙')}</w:p>",
    ),
    "both versions": (
        f"<w:p><mc:AlternateContent><mc:Choice Requires='w14'>{r('83')}</mc:Choice><mc:Fallback>{r('83')}"
        "</mc:Fallback></mc:AlternateContent></w:p>",
        "90",
        f"<w:p><mc:AlternateContent><mc:Choice Requires='w14'>{r('90')}</mc:Choice><mc:Fallback>{r('90')}"
        "</mc:Fallback></mc:AlternateContent></w:p>",
    ),
}


@pytest.mark.parametrize(("before", "text", "after"), CHANGED.values(), ids=CHANGED.keys())
def test_what_changes_in_a_cell(before: str, text: str, after: str) -> None:
    assert written(before, text) == after


KEPT = ["<w:p/>", LINES, CHANGED["tracked changes are settled"][0], CHANGED["both versions"][0]]


@pytest.mark.parametrize("content", KEPT)
def test_a_text_that_stands_there_already_changes_no_byte(content: str) -> None:
    data = docx(tbl(f"<w:tr><w:tc>{content}</w:tc></w:tr>", columns=1))
    grid = next(read(data, FILE).grids())
    assert write_texts(data, {CELL: grid.rows[0].cells[0].text}, file=FILE).data is data


def test_a_blank_cell_takes_the_look_of_its_column() -> None:
    data = docx(tbl(tr("指标", "指标值"), tr("甲", tc(p(run("≥90", BOLD)))), tr("乙", tc("<w:p/>")), columns=2))
    result = document(write_texts(data, {Place(FILE, table=1, row=3, column=2): "95%"}, file=FILE).data)
    assert f"<w:p><w:r><w:rPr>{BOLD}</w:rPr><w:t>95%</w:t></w:r></w:p>" in result


def test_lines_are_written_as_the_file_writes_them() -> None:
    lines = "<w:p><w:r><w:t>一</w:t><w:br/><w:t>二</w:t></w:r></w:p>"
    data = docx(tbl(tr(tc(lines), tc("<w:p/>")), columns=2))
    result = document(write_texts(data, {Place(FILE, table=1, row=1, column=2): "甲\n乙"}, file=FILE).data)
    assert "<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r></w:p>" in result


LEVEL = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
NUMBERING = f'<w:abstractNum w:abstractNumId="0">{LEVEL}</w:abstractNum>'
NUMBERING += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
STYLE = '<w:style w:type="paragraph" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
LISTS = {
    "paragraphs in a list": ('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr>', "{}"),
    "of a style in a list": ('<w:pStyle w:val="L"/><w:keepNext/>{}', '<w:numPr><w:numId w:val="{}"/></w:numPr>'),
}


@pytest.mark.parametrize(("properties", "number"), LISTS.values(), ids=LISTS.keys())
@pytest.mark.parametrize(
    "text",
    ["1.甲\n2.乙\n3.丙", "甲\n乙", "丙", "", "（1）甲\n（2）乙", "1.甲\n其中\n2.乙", "前言\n1.甲\n2.乙", "1.甲\n"],
)
def test_lines_are_in_a_list_where_they_have_its_number(properties: str, number: str, text: str) -> None:
    def item(line: str) -> str:
        listed = re.match(r"\d\.", line) is not None
        given = number.format(1 if listed else 0) if number == "{}" or not listed else ""
        said = line[2:] if listed else line
        look = f"<w:p><w:pPr>{properties.format(given)}</w:pPr>"
        return look + (f"<w:r><w:t>{said}</w:t></w:r></w:p>" if said else "<w:r><w:t></w:t></w:r></w:p>")

    data = docx(tbl(tr(tc(item("1.甲"), item("2.乙"))), columns=1), {"numbering": NUMBERING, "styles": STYLE})
    (before,) = (cell.text for grid in read(data, FILE).grids() for row in grid.rows for cell in row.cells)
    assert before == "1.甲\n2.乙"
    result = document(write_texts(data, {CELL: text}, file=FILE).data)
    assert "".join(map(item, text.split("\n"))) in result


def test_a_paragraph_loses_its_number_to_a_line_before_it() -> None:
    item = f"<w:p><w:pPr>{LISTS['paragraphs in a list'][0].format(1)}</w:pPr>{r('甲')}</w:p>"
    data = docx(item, {"numbering": NUMBERING})
    result = write_texts(data, {Place(FILE, paragraph=1): "前\n1.甲"}, file=FILE)
    assert "<w:t>前</w:t><w:br/><w:t>1.甲</w:t>" in document(result.data)


HEADERS = (("default", "header1"), ("even", "header2"))


def test_headers_that_say_the_same_are_written_alike() -> None:
    shown = "".join(f'<w:headerReference w:type="{t}" r:id="{i}"/>' for t, i in HEADERS)
    section = f"<w:sectPr>{shown}</w:sectPr>"
    data = docx(p("正文") + section, {"header1": p("2024年度"), "header2": p("2024", "年度")})
    layout = read(data, FILE)
    (header,) = [block.place for block in layout.blocks if block.place.part]
    changed = write_texts(data, {header: "2025年度"}, file=FILE)
    with zipfile.ZipFile(io.BytesIO(changed.data)) as archive:
        assert all("2025" in archive.read(f"word/header{n}.xml").decode() for n in (1, 2))


def said(data: bytes) -> dict[str, Place]:
    """The paragraphs of a file without tables."""
    return {block.text: block.place for block in read(data, FILE).blocks if isinstance(block, Paragraph)}


def test_a_footnote_and_a_text_box_are_written_into() -> None:
    content = f"<w:txbxContent><w:p>{r('框')}</w:p></w:txbxContent>"
    box = f"<w:r><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></w:r>"
    data = docx(
        p("正文", box, '<w:r><w:footnoteReference w:id="2"/></w:r>'),
        {"footnotes": f'<w:footnote w:id="2">{p("注")}</w:footnote>'},
    )
    places = said(data)
    result = write_texts(data, {places["框"]: "盒", places["注"]: "释"}, file=FILE)
    assert list(said(result.data)) == ["正文", "盒", "释"]
    assert len(result.changes) == 2

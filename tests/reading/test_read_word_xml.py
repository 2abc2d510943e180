"""Word in one XML file: Flat OPC and Word 2003's own, through the reader of .docx."""

from __future__ import annotations

import base64
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from checkout import ROOT
from hypothesis import given
from hypothesis import strategies as st

from perfdoc.errors import ContentLostError, PerfdocError, UnreadableError
from perfdoc.layout import Cell, Grid, Layout, Paragraph
from perfdoc.reading import read

GOLDEN = ROOT / "golden" / "tianjin" / "hexi-court-2023" / "document.docx"


def flat(file: Path, encoding: str = "utf-8") -> bytes:
    """A .docx as Word saves it in one XML file."""
    parts = []
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            if content.startswith(b"<"):
                xml = content.decode("utf-8").partition("?>")[2] if content.startswith(b"<?xml") else content.decode()
                inside = f"<pkg:xmlData>{xml.strip()}</pkg:xmlData>"
            else:
                inside = f"<pkg:binaryData>{base64.encodebytes(content).decode()}</pkg:binaryData>"
            parts.append(f'<pkg:part pkg:name="/{name}">{inside}</pkg:part>')
    package = "http://schemas.microsoft.com/office/2006/xmlPackage"
    head = '<?xml version="1.0" standalone="yes"?>\n<?mso-application progid="Word.Document"?>\n'
    return f'{head}<pkg:package xmlns:pkg="{package}">{"".join(parts)}</pkg:package>'.encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_flat_opc_reads_as_the_package(encoding: str) -> None:
    whole = read(GOLDEN.read_bytes(), "d.xml")
    assert read(flat(GOLDEN, encoding), "d.xml") == replace(whole, kind="flat-opc")


def test_namespaces_may_stand_outside_of_a_part() -> None:
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    data = (
        f'<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage" xmlns:w="{main}">'
        '<pkg:part pkg:name="/word/document.xml"><pkg:xmlData><w:document><w:body><w:p><w:r><w:t>文</w:t></w:r></w:p>'
        "</w:body></w:document></pkg:xmlData></pkg:part></pkg:package>"
    )
    layout = read(data.encode(), "d.xml")
    assert [block.text for block in layout.blocks if isinstance(block, Paragraph)] == ["文"]


BROKEN = ["</pkg:package>", "</w:tbl>", "<w:body>", "<pkg:xmlData>"]


@pytest.mark.parametrize("piece", BROKEN)
def test_broken_flat_opc_is_one_error(piece: str) -> None:
    with pytest.raises(UnreadableError, match=r"^d\.xml: ") as error:
        read(flat(GOLDEN).replace(piece.encode(), b"", 1), "d.xml")
    assert "\n" not in str(error.value)


W2003 = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<?mso-application progid="Word.Document"?>\n'
    '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" '
    'xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" '
    'xmlns:aml="http://schemas.microsoft.com/aml/2001/core" xmlns:st1="urn:schemas-microsoft-com:office:smarttags" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
    "<o:DocumentProperties><o:Author>某</o:Author></o:DocumentProperties>{lists}"
    '<w:styles><w:style w:type="paragraph" w:styleId="4"><w:name w:val="heading 4"/>'
    '<w:pPr><w:outlineLvl w:val="3"/></w:pPr></w:style></w:styles>'
    "<w:body><wx:sect><wx:sub-section>{body}</wx:sub-section>"
    '<w:sectPr><w:hdr w:type="odd"><w:p><w:r><w:t>附件1</w:t></w:r></w:p></w:hdr></w:sectPr></wx:sect></w:body>'
    "</w:wordDocument>"
)


def run(text: str) -> str:
    return f'<w:r><w:rPr><wx:font wx:val="宋体"/></w:rPr><w:t>{text}</w:t></w:r>'


def change(kind: str, inside: str) -> str:
    content = f"<aml:content>{inside}</aml:content>"
    return f'<aml:annotation aml:id="0" w:type="Word.{kind}" aml:author="甲">{content}</aml:annotation>'


def w2003(body: str, lists: str = "", *, track_changes: str = "accept") -> Layout:
    return read(W2003.format(body=body, lists=lists).encode(), "d.xml", track_changes=track_changes)


def texts(layout: Layout, story: str = "body") -> list[str]:
    return [b.text for b in layout.blocks if isinstance(b, Paragraph) and b.story == story and b.text]


def test_paragraphs_headings_bookmarks_and_margins() -> None:
    start = '<aml:annotation aml:id="7" w:type="Word.Bookmark.Start" w:name="_Toc23416"/>'
    end = '<aml:annotation aml:id="7" w:type="Word.Bookmark.End"/>'
    heading = f'<w:p><w:pPr><w:pStyle w:val="4"/></w:pPr>{start}{run("1.法院")}{end}</w:p>'
    smart = (
        f'<w:p><st1:chsdate w:st="on">{run("2023年")}</st1:chsdate><w:hlink w:dest="x">{run("链接")}</w:hlink></w:p>'
    )
    layout = w2003(heading + smart)
    assert layout.kind == "word2003-xml"
    first = layout.blocks[0]
    assert isinstance(first, Paragraph)
    assert (first.text, first.outline, first.bookmarks) == ("1.法院", 4, ("_Toc23416",))
    assert texts(layout) == ["1.法院", "2023年链接"]
    assert texts(layout, "header") == ["附件1"]


def test_tables_with_merges() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{run(text)}</w:p></w:tc>"

    span, start = '<w:gridSpan w:val="2"/>', '<w:vmerge w:val="restart"/>'
    rows = (
        f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{cell('题', span)}</w:tr>"
        f"<w:tr>{cell('级', start)}{cell('一')}</w:tr><w:tr>{cell('', '<w:vmerge/>')}{cell('二')}</w:tr>"
    )
    grid_columns = '<w:tblGrid><w:gridCol w:w="1"/><w:gridCol w:w="1"/></w:tblGrid>'
    (grid,) = w2003(f"<w:tbl>{grid_columns}{rows}</w:tbl>").grids()
    assert [row.header for row in grid.rows] == [True, False, False]
    assert [row.cells for row in grid.rows] == [
        (Cell("题", 1, 1, 2, number=1),),
        (Cell("级", 2, 1, 1, 2, number=2), Cell("一", 2, 2, number=3)),
        (Cell("", 3, 1, continues=True, number=4), Cell("二", 3, 2, number=5)),
    ]


def test_tracked_changes_comments_and_notes() -> None:
    comment = f"<w:r>{change('Comment', '<w:p>' + run('请核对') + '</w:p>')}</w:r>"
    note = f"<w:r><w:footnote><w:p>{run('注一')}</w:p></w:footnote></w:r>"
    deleted = "<w:r><w:delText>旧</w:delText></w:r>"
    body = f"<w:p>{run('甲')}{change('Deletion', deleted)}{change('Insertion', run('新'))}{comment}{note}</w:p>"
    layout = w2003(body)
    assert texts(layout) == ["甲新"]
    assert {(d.code, d.quote) for d in layout.diagnostics} == {("PD020", ""), ("PD021", "请核对"), ("PD022", "注一")}
    assert texts(w2003(body, track_changes="reject")) == ["甲旧"]
    with pytest.raises(ContentLostError):
        w2003(body, track_changes="fail")


LISTS = (
    '<w:lists><w:listDef w:listDefId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:nfc w:val="{}"/>'
    '<w:lvlText w:val="{}"/></w:lvl></w:listDef><w:list w:ilfo="1"><w:ilst w:val="0"/></w:list></w:lists>'
)


@pytest.mark.parametrize(
    ("hint", "code", "form", "shown"),
    [
        ("", 0, "%1.", ["1.甲", "2.乙"]),
        ("", 39, "第%1条", ["第一条甲", "第二条乙"]),
        ('<wx:t wx:val="（一）"/>', 0, "%1.", ["（一）甲", "（一）乙"]),
    ],
)
def test_numbers_of_lists_stand_before_their_text(hint: str, code: int, form: str, shown: list[str]) -> None:
    numbered = f'<w:pPr><w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/>{hint}</w:listPr></w:pPr>'
    body = "".join(f"<w:p>{numbered}{run(text)}</w:p>" for text in "甲乙")
    assert texts(w2003(body, LISTS.format(code, form))) == shown


def test_pictures_as_large_as_they_come_are_passed_over() -> None:
    data = base64.b64encode(b"\0" * 12_000_000).decode()
    picture = f'<w:r><w:pict><w:binData w:name="wordml://1.png">{data}</w:binData></w:pict></w:r>'
    assert texts(w2003(f"<w:p>{run('前')}{picture}{run('后')}</w:p>")) == ["前后"]


def test_a_file_without_a_body_or_with_an_entity_is_one_error() -> None:
    for data in (W2003.replace("w:body", "w:b"), W2003.replace("<w:wordDocument", "<!DOCTYPE w><w:wordDocument")):
        with pytest.raises(UnreadableError, match=r"^d\.xml: "):
            read(data.format(body="", lists="").encode(), "d.xml")


PIECES = st.sampled_from(
    (
        "<w:p>",
        "</w:p>",
        "<w:tbl>",
        "<w:tr>",
        "<w:tc>",
        "<aml:annotation w:type='Word.Insertion'>",
        "<w:footnote/>",
        "&x;",
    )
) | st.text(max_size=3)


@given(st.lists(st.tuples(st.integers(0, 10**5), st.integers(0, 40), PIECES), min_size=1, max_size=3), st.booleans())
def test_any_damage_gives_a_layout_or_a_documented_error(edits: list[tuple[int, int, str]], old: bool) -> None:
    body = f"<w:p>{run('甲')}{change('Insertion', run('新'))}</w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    text = W2003.format(body=body, lists=LISTS.format(0, "%1.")) if old else flat(GOLDEN).decode()
    for at, length, new in edits:
        at = 200 + at % (len(text) - 200)
        text = text[:at] + new + text[at + length :]
    try:
        layout = read(text.encode("utf-8", "replace"), "d.xml")
    except PerfdocError as error:
        message = str(error)
    else:
        message = f"d.xml: {sum(isinstance(block, Grid) for block in layout.blocks)} grids"
    assert message.startswith("d.xml: ")
    assert "\n" not in message

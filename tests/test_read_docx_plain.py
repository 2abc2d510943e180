"""Tables that are taken out before parsing: the same Layout, remarks and errors as by parsing them."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wordxml import docx, layout, p, run, tbl, tc, tr

from perfdoc import errors
from perfdoc.layout import Layout
from perfdoc.read import read
from perfdoc.read.docx import ahead, between

GOLDEN = sorted((Path(__file__).parent.parent / "golden").rglob("*.docx"))
_MAIN = "word/document.xml"


def both(data: bytes, patch: pytest.MonkeyPatch, name: str = "f.docx") -> tuple[object, object]:
    """What reading gives with tables taken out, and without: a Layout, or the words of an error."""
    fast = _outcome(data, name)
    with patch.context() as inner:
        inner.setattr(ahead.Ahead, "out_of", lambda self, pieces: iter(pieces))
        return fast, _outcome(data, name)


def _outcome(data: bytes, name: str) -> Layout | str:
    try:
        return read(data, name)
    except errors.PerfdocError as error:
        return str(error)


def taken(data: bytes, patch: pytest.MonkeyPatch) -> int:
    """How many tables are taken out."""
    count = 0
    take = ahead.Ahead._take

    def counted(self: ahead.Ahead, table: bytes) -> bytes:
        nonlocal count
        mark = take(self, table)
        count += bool(mark)
        return mark

    with patch.context() as inner:
        inner.setattr(ahead.Ahead, "_take", counted)
        _outcome(data, "f.docx")
    return count


def with_main(data: bytes, change: Iterable[tuple[bytes, bytes]]) -> bytes:
    """The package with other bytes in its main part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in given.namelist():
            content = given.read(name)
            if name == _MAIN:
                for old, new in change:
                    assert old in content
                    content = content.replace(old, new, 1)
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_golden_documents(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fast, slow = both(path.read_bytes(), monkeypatch)
    assert fast == slow


TABLE = tbl(
    tr(tc(p("项目名称"), properties='<w:vMerge w:val="restart"/>'), tc("甲乙丙", properties='<w:gridSpan w:val="3"/>')),
    tr(tc(p(), properties="<w:vMerge/>"), "x", "", "丙丁", properties='<w:tblHeader/><w:gridAfter w:val="2"/>'),
    tr("", tc(p("一行"), p(), p("三行", run("续")), properties='<w:gridSpan w:val="2"/>'), "尾"),
)
DATA = docx(p("前文") + TABLE + p("中文") + TABLE + p("后文"))


def test_a_plain_table_is_taken_out(monkeypatch: pytest.MonkeyPatch) -> None:
    fast, slow = both(DATA, monkeypatch)
    assert fast == slow
    assert taken(DATA, monkeypatch) == 2


TEXT = "甲乙丙"
WRITTEN = {
    "references": "a &amp; b &lt;c&gt; &quot;d&quot; &apos;",
    "white space": "  前 后\t\n ",
    "a bare >": "1 > 2",
    "an ideographic space": "\u3000甲\u3000",
    "a private character": "\uf052",
    "one letter": "R",
    "looks like a number of a row": ' w:rsidR="00AB12CD" ',
    "far planes": "\U0002000b\U0010ffff",
}
BROKEN = {
    "a bare &": "a & b",
    "an unknown entity": "&nbsp;",
    "the end of CDATA": "a ]]> b",
    "a control character": "a\x02b",
    "no character": "a\ufffeb",
    "an element not closed": "a<w:b>",
    "the wrong end": "a</w:q>",
}
ODD = {
    "a numeric reference": "&#30002;&#x4E59;",
    "a carriage return": "a\r\nb",
    "CDATA": "<![CDATA[a<b]]>",
    "a comment": "a<!-- </w:t> -->b",
    "an instruction": "a<?x </w:t>?>b",
    "an element inside the text": "a<w:b/>b",
    "a break": "a</w:t><w:br/><w:t>b",
    "a tab": "a</w:t><w:tab/><w:t>b",
    "a text after a text": "a</w:t><w:t>b",
    "a hidden run": "a</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>b",
    "a style": 'a</w:t></w:r><w:r><w:rPr><w:rStyle w:val="Strong"/></w:rPr><w:t>b',
    "a style and a break": 'a</w:t></w:r><w:r><w:rPr><w:rStyle w:val="S"/></w:rPr><w:t>b</w:t><w:br/><w:t>c',
    "a style and a break at its end": 'a</w:t></w:r><w:r><w:rPr><w:rStyle w:val="S"/></w:rPr><w:t>b</w:t><w:br/>'
    "</w:r><w:r><w:t>c",
    "a style before a break": 'a</w:t></w:r><w:r><w:rPr><w:rStyle w:val="S"/></w:rPr><w:br/><w:t>b</w:t></w:r>'
    "<w:r><w:t>c",
    "a style and lines": 'a</w:t></w:r><w:r><w:rPr><w:rStyle w:val="S"/></w:rPr><w:t>b</w:t></w:r></w:p><w:p>'
    "<w:r><w:t>c",
    "a hyperlink's style": 'a</w:t></w:r><w:r><w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr><w:t>b',
    "a style of a paragraph's end": 'a</w:t></w:r></w:p><w:p><w:pPr><w:rPr><w:rStyle w:val="S"/></w:rPr></w:pPr>'
    "<w:r><w:t>b",
    "a symbol font": 'a</w:t></w:r><w:r><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>þ',
    "a symbol": 'a</w:t><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>b',
    "a tracked insertion": 'a</w:t></w:r><w:ins w:author="b"><w:r><w:t>b</w:t></w:r></w:ins><w:r><w:t>c',
    "a control": "a</w:t></w:r><w:sdt><w:sdtContent><w:r><w:t>b</w:t></w:r></w:sdtContent></w:sdt><w:r><w:t>c",
    "a link": 'a</w:t></w:r><w:hyperlink w:anchor="x"><w:r><w:t>b</w:t></w:r></w:hyperlink><w:r><w:t>c',
    "a list": 'a</w:t></w:r></w:p><w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>b',
    "a heading": 'a</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>b',
    "a nested table": "a</w:t></w:r></w:p>" + tbl(tr("内", "层")) + "<w:p><w:r><w:t>b",
    "a nested table with an attribute": "a</w:t></w:r></w:p>"
    + tbl(tr("内", "层")).replace("<w:tbl>", '<w:tbl w:val="1">')
    + "<w:p><w:r><w:t>b",
    "properties after the text": "a</w:t></w:r></w:p><w:tcPr><w:vMerge/></w:tcPr><w:p><w:r><w:t>b",
    "row properties after cells": "a</w:t></w:r></w:p></w:tc><w:trPr><w:tblHeader/></w:trPr><w:tc><w:p><w:r><w:t>b",
    "a bookmark": 'a</w:t></w:r><w:bookmarkStart w:id="9" w:name="q"/><w:bookmarkEnd w:id="9"/><w:r><w:t>b',
    "empty texts": "</w:t></w:r><w:r><w:t></w:t></w:r><w:r><w:t/></w:r><w:r><w:t>",
    "numbers of Word": 'a</w:t></w:r></w:p><w:p w14:paraId="00AB12CD" w:rsidR="00AB12CD"><w:r w:rsidRPr="00112233">'
    "<w:t>b",
    "more than the last column": (
        '</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:gridSpan w:val="900"/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:t>b'
        * 12
    ),
}
TWICE = {
    "an attribute twice": 'a</w:t></w:r></w:p><w:p w:rsidR="00AB12CD" w:rsidR="00AB12CE"><w:r><w:t>b',
    "an unknown prefix": "a</w:t></w:r><q:r/><w:r><w:t>b",
    "no quotes": "a</w:t></w:r></w:p><w:p w:rsidR=00AB12CD><w:r><w:t>b",
}


@pytest.mark.parametrize("written", [*WRITTEN.values()], ids=[*WRITTEN])
@pytest.mark.parametrize("preserve", ["", ' xml:space="preserve"'])
def test_texts(written: str, preserve: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fast, slow = both(_instead(f"{written}</w:t></w:r><w:r><w:t{preserve}>{written}"), monkeypatch)
    assert isinstance(fast, Layout)
    assert fast == slow


@pytest.mark.parametrize("written", [*ODD.values()], ids=[*ODD])
def test_odd_markup(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fast, slow = both(_instead(written), monkeypatch)
    assert fast == slow


@pytest.mark.parametrize("written", [*BROKEN.values(), *TWICE.values()], ids=[*BROKEN, *TWICE])
@pytest.mark.parametrize("short", [2**17, 0])
def test_what_is_not_well_formed_stays_an_error(written: str, short: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the first table, and in the second, when the first was taken out: the same words, line and column."""
    monkeypatch.setattr("perfdoc.read.docx.stream.SHORT", short)
    for start in ("", "甲乙丙"):
        fast, slow = both(_instead(written, start), monkeypatch)
        assert isinstance(fast, str)
        assert isinstance(slow, str)
        # lxml's stream says this of an entity that is not declared, and nothing of where it is.
        assert fast == slow or ("Entity" in fast and slow.endswith("no element found"))


def _instead(written: str, before: str = "") -> bytes:
    """The document with something else for a text of its first, or (`before`) its second table."""
    changes = [(TEXT.encode(), f"{before}\n一".encode())] if before else []
    return with_main(DATA, [*changes, (TEXT.encode(), written.encode())])


AROUND = {
    "in a comment": ("<w:tbl>", "<!--<w:tbl>", "</w:tbl>", "</w:tbl>-->"),
    "in CDATA": ("<w:tbl>", "<w:p><w:r><w:t><![CDATA[<w:tbl>", "</w:tbl>", "</w:tbl>]]></w:t></w:r></w:p>"),
    "in a control with a prompt": (
        "<w:tbl>",
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:tbl>",
        "</w:tbl>",
        "</w:tbl></w:sdtContent></w:sdt>",
    ),
    "in something unknown": ("<w:tbl>", "<w:q><w:tbl>", "</w:tbl>", "</w:tbl></w:q>"),
    "in something unknown in a run": ("<w:tbl>", "<w:p><w:r><w:q><w:tbl>", "</w:tbl>", "</w:tbl></w:q></w:r></w:p>"),
    "in a deletion": ("<w:tbl>", '<w:del w:author="a"><w:tbl>', "</w:tbl>", "</w:tbl></w:del>"),
    "under another meaning of the prefix": ("<w:tbl>", '<w:q xmlns:w="urn:q"><w:tbl>', "</w:tbl>", "</w:tbl></w:q>"),
    "under a default namespace": (
        "<w:tbl>",
        '<w:q xmlns="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:tbl>',
        "</w:tbl>",
        "</w:tbl></w:q>",
    ),
    "in an attribute": ("<w:tbl>", '<w:q w:val="<w:tbl>', "</w:tbl>", '</w:tbl>"/>'),
    "with a mark that a file makes up": ("<w:tbl>", '<w:tbl w:val="1.1"/><w:tbl>', "</w:tbl>", "</w:tbl>"),
}


@pytest.mark.parametrize("around", [*AROUND.values()], ids=[*AROUND])
def test_what_stands_around_a_table(around: tuple[str, str, str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    first, begun, last, ended = (each.encode() for each in around)
    fast, slow = both(with_main(DATA, [(first, begun), (last, ended)]), monkeypatch)
    assert fast == slow


def test_another_encoding_is_left_to_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    content = zipfile.ZipFile(io.BytesIO(DATA)).read(_MAIN)
    text = re.sub(r"^<\?xml.*?\?>", "", content.decode())
    for encoding in ("GB18030", "UTF-16"):
        coded = f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding)
        data = with_main(DATA, [(content, coded)])
        fast, slow = both(data, monkeypatch)
        assert isinstance(fast, Layout)
        assert fast == slow


def test_a_file_in_which_nothing_repeats_is_left_to_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [tr(tc("甲乙丙", properties=f'<w:tcW w:w="{n}"/>'), "丁") for n in range(400)]
    data = docx("".join(tbl(row) + p() for row in rows))
    fast, slow = both(data, monkeypatch)
    assert fast == slow
    assert 20 < taken(data, monkeypatch) < 300


def test_what_is_remembered_is_bounded() -> None:
    root = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    found = between.Known(root)
    for n in range(3000):
        assert found.get(b"<w:tbl><w:tr><w:tc><w:tcPr><!--%0500d--></w:tcPr><w:p><w:r><w:t" % n) is not None
    assert len(found._found) < 2000
    assert found.get(b"<w:tbl>" + b" " * between.LONGEST) is None


@given(st.randoms(use_true_random=False), st.integers(1, 3))
def test_damaged_documents(chance: random.Random, count: int) -> None:
    """Tags taken out, doubled, exchanged or cut: the same Layout, or the same error."""
    content = zipfile.ZipFile(io.BytesIO(DATA)).read(_MAIN).decode()
    parts = re.split(r"(<[^<>]*>)", content)
    for _ in range(count):
        at, other = chance.randrange(3, len(parts)), chance.randrange(3, len(parts))
        parts[at] = chance.choice(["", parts[at] * 2, parts[other], parts[at][:-1], parts[at] + parts[other]])
    data = with_main(DATA, [(content.encode(), "".join(parts).encode())])
    with pytest.MonkeyPatch.context() as patch:
        fast, slow = both(data, patch)
    assert fast == slow


def test_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = layout(p("前文") + TABLE * 5 + p("后"))
    data = docx(p("前文") + TABLE * 5 + p("后"))
    monkeypatch.setattr("perfdoc.read.docx.stream.SHORT", 0)
    for size in (700, 1000, 3000):
        monkeypatch.setattr("perfdoc.read.package.CHUNK", size)
        assert read(data, whole.file) == whole
    monkeypatch.setattr(ahead, "LONGEST", 500)
    assert read(data, whole.file) == whole

"""Tables that are taken out before parsing: the same Layout, remarks and errors as by parsing them."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from checkout import ROOT
from documents import documents
from hypothesis import given
from hypothesis import strategies as st
from two_ways import DATA, MAIN, TABLE, both, taken, with_main
from wordxml import docx, layout, p, tbl, tc, tr

from perfdoc.form_definition import forms
from perfdoc.layout import Layout
from perfdoc.reading import read
from perfdoc.reading.docx import ahead, between
from perfdoc.rendering import kinds, render

GOLDEN = sorted((ROOT / "golden").rglob("*.docx"))
FORMS = {form.name: form for form in forms().values() if "docx" in kinds(form)}


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_golden_documents(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fast, slow = both(path.read_bytes(), monkeypatch)
    assert fast == slow


@pytest.mark.parametrize("name", FORMS)
@given(data=st.data())
def test_rendered_documents(name: str, data: st.DataObject) -> None:
    form = FORMS[name]
    rendered = render(data.draw(documents(form)), form)
    with pytest.MonkeyPatch.context() as patch:
        fast, slow = both(rendered, patch)
        assert isinstance(fast, Layout)
        assert fast == slow


def test_tables_of_every_program_are_taken_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them in files that LibreOffice, python-docx and pandoc saved, unless changes are tracked in one."""
    received = [path for path in GOLDEN if path.parent.name == "received" and "changes" not in path.name]
    assert len(received) >= 5
    for path in received:
        data = path.read_bytes()
        assert taken(data, monkeypatch) == len([*read(data, "f.docx").grids()]), path.name


def test_numbers_that_word_gives_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    content = zipfile.ZipFile(io.BytesIO(docx(TABLE * 100))).read(MAIN).decode()
    count = 0

    def numbered(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f'{found[0]} w14:paraId="{count:08X}" w14:textId="77777777" w:rsidR="{count * 77:08X}"'

    data = with_main(docx(TABLE * 100), [(content.encode(), re.sub(r"<w:(?:tr|p)\b(?!r)", numbered, content).encode())])
    fast, slow = both(data, monkeypatch)
    assert fast == slow
    assert isinstance(fast, Layout)
    assert taken(data, monkeypatch) == 100


def test_a_plain_table_is_taken_out(monkeypatch: pytest.MonkeyPatch) -> None:
    fast, slow = both(DATA, monkeypatch)
    assert fast == slow
    assert taken(DATA, monkeypatch) == 2


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
    content = zipfile.ZipFile(io.BytesIO(DATA)).read(MAIN)
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
        assert found.get((), b"<w:tbl><w:tr><w:tc><w:tcPr><!--%0500d--></w:tcPr><w:p><w:r><w:t" % n) is not None
    assert len(found._found) < 2000
    assert found.get((), b"<w:tbl>" + b" " * between.LONGEST) is None


def test_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = layout(p("前文") + TABLE * 5 + p("后"))
    data = docx(p("前文") + TABLE * 5 + p("后"))
    monkeypatch.setattr("perfdoc.reading.docx.stream.SHORT", 0)
    for size in (700, 1000, 3000):
        monkeypatch.setattr("perfdoc.reading.package.CHUNK", size)
        assert read(data, whole.file) == whole
    monkeypatch.setattr(ahead, "LONGEST", 500)
    assert read(data, whole.file) == whole


def test_tables_that_are_never_read_are_not_heaped_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of a version that is not shown; the ones after them are still read right."""
    monkeypatch.setattr(ahead, "MOST_HELD", 20_000)
    unseen = f"<mc:AlternateContent><mc:Choice Requires='w14'>{p('见')}</mc:Choice><mc:Fallback>{TABLE * 50}"
    data = docx(f"{unseen}</mc:Fallback></mc:AlternateContent>" + TABLE * 3)
    assert 5 < taken(data, monkeypatch) < 20
    fast, slow = both(data, monkeypatch)
    assert fast == slow
    assert isinstance(fast, Layout)
    assert len([*fast.grids()]) == 3

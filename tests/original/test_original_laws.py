"""Whatever a cell is made of, it says what is written into it, and nothing else differs; or it is refused."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wordxml import docx, tbl, tc, tr

from perfdoc.errors import RefusedError
from perfdoc.layout import Grid
from perfdoc.original import Original, write_texts
from perfdoc.reading import read
from perfdoc.report import Place

FILE = "f.docx"
LOOKS = st.sampled_from(["", "<w:b/>", "<w:strike/>", "<w:vanish/>", '<w:vertAlign w:val="superscript"/>'])
WORDS = st.text("甲乙12 ≥%&<>\"'⁴", max_size=5)
SPACE = st.sampled_from(["", ' xml:space="preserve"'])


@st.composite
def runs(draw: st.DrawFn) -> str:
    look = draw(LOOKS)
    inner = ""
    for word in draw(st.lists(st.one_of(WORDS, st.sampled_from(["\n", "\t", "-", "☑"])), max_size=3)):
        inner += {
            "\n": "<w:br/>",
            "\t": "<w:tab/>",
            "-": "<w:noBreakHyphen/>",
            "☑": '<w:sym w:font="Wingdings" w:char="F0FE"/>',
        }.get(
            word
        ) or f"<w:t{draw(SPACE)}>{word.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&#62;')}</w:t>"
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{inner}</w:r>"


AROUND = st.sampled_from(
    [
        "{}",
        "{}",
        "{}",
        '<w:ins w:id="1" w:author="a">{}</w:ins>',
        '<w:del w:id="1" w:author="a">{}</w:del>',
        '<w:hyperlink w:anchor="a">{}</w:hyperlink>',
        "<w:smartTag>{}</w:smartTag>",
        "<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
        '<w:fldSimple w:instr="REF a">{}</w:fldSimple>',
        '<w:bookmarkStart w:id="1" w:name="a"/>{}<w:bookmarkEnd w:id="1"/>',
        "<mc:AlternateContent><mc:Choice Requires='w14'>{0}</mc:Choice><mc:Fallback>{0}</mc:Fallback>"
        "</mc:AlternateContent>",
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF a</w:instrText></w:r><w:r>'
        '<w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    ]
)
ENDS = st.sampled_from(["", "", "", "<w:rPr><w:b/></w:rPr>", '<w:rPr><w:del w:id="3" w:author="a"/></w:rPr>'])


@st.composite
def paragraphs(draw: st.DrawFn) -> str:
    inner = "".join(draw(AROUND).format(draw(runs())) for _ in range(draw(st.integers(0, 4))))
    end = draw(ENDS)
    return f"<w:p>{f'<w:pPr>{end}</w:pPr>' if end else ''}{inner}</w:p>" if inner or end else "<w:p/>"


CELLS = st.lists(paragraphs(), min_size=1, max_size=3).map("".join)
NEW = st.text('甲乙丙19 ≥%&<"\n\t⁴²', max_size=12)


def entries(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@given(CELLS, CELLS, NEW)
def test_a_text_stands_where_it_was_written_and_nothing_else_differs(cell: str, other: str, text: str) -> None:
    data = docx(tbl(tr(f"<w:tc>{cell}</w:tc>", f"<w:tc>{other}</w:tc>"), tr(tc("x"), tc("y")), columns=2))
    place = Place(FILE, table=1, row=1, column=1)
    before = dict(read(data, FILE).texts())
    try:
        result = write_texts(data, {place: text}, file=FILE)
    except RefusedError:
        return  # test_original_refused says which are
    assert dict(read(result.data, FILE).texts()) == before | {place: text}
    old, new = entries(data), entries(result.data)
    assert {name for name in old if old[name] != new[name]} <= {"word/document.xml"}
    whole = old["word/document.xml"]
    begin = whole.index(b"<w:tc>")
    end = whole.index(b"</w:tc>") + len(b"</w:tc>")
    changed = new["word/document.xml"]
    assert changed[:begin] == whole[:begin]
    assert changed[len(changed) - len(whole) + end :] == whole[end:]
    with suppress(RefusedError):  # a line is none any more whose text is struck as a whole
        again = write_texts(result.data, {place: before[place]}, file=FILE)
        assert dict(read(again.data, FILE).texts()) == before


def received() -> list[Path]:
    return sorted((Path(__file__).parents[2] / "golden" / "received").glob("*.docx"))


@pytest.mark.parametrize("path", received(), ids=lambda path: path.stem)
def test_each_text_of_a_received_file_can_be_written(path: Path) -> None:
    """All cells of a file at once say something else; those of LibreOffice, pandoc and python-docx."""
    data = path.read_bytes()
    original = Original(data, path.name)
    assert original.data() is data
    grid = max(original.layout.grids(), key=lambda each: len(each.rows))
    texts = {place: f"{text}改" for place, text in places(grid).items() if text}
    result = write_texts(data, texts, file=path.name)
    assert [change.after for change in result.changes] == list(texts.values())
    assert len(texts) > 20


def places(grid: Grid) -> dict[Place, str]:
    return {place: cell.text for place, cell in grid.placed()}

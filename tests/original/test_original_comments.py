"""Comments put into a Word file: read back as they were given, every other byte as it was."""

from __future__ import annotations

import difflib
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from saved_by_office import all_saved

import perfdoc
from perfdoc.original.remarks.comments import commented
from perfdoc.report import Place, Reply, Thread

_PATHS = ("purpose", "goals", "name")
REPLIES = (Reply("水务局", "2024-03-03 09:10", "已核实"), Reply("财政局", "2024-03-04 08:00:07", "同意\n第二行"))


@pytest.fixture(scope="module")
def court(root: Path) -> tuple[bytes, perfdoc.Reading]:
    """A rendered file and what it says."""
    document = perfdoc.load(root / "specs/hexi-court-2023").document
    data = perfdoc.render(document, perfdoc.form("tianjin"))
    return data, perfdoc.extract(perfdoc.read(data, "x.docx"))


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


def _shown(data: bytes, reading: perfdoc.Reading) -> dict[Place, None]:
    """The places of values, but for cells that a vertical merge hides."""
    grids = perfdoc.read(data, "x.docx").grids()
    hidden = {grid.place_of(cell) for grid in grids for row in grid.rows for cell in row.cells if cell.continues}
    assert hidden
    return {place: None for place in reading.places.values() if place not in hidden}


def _read(data: bytes) -> tuple[Thread, ...]:
    return perfdoc.read(data, "x.docx").threads


def test_each_value_of_a_file_can_have_comments(court: tuple[bytes, perfdoc.Reading]) -> None:
    data, reading = court
    threads = [
        Thread(f"局{at}：甲", "2024-03-02 15:04", f"第{at}条", REPLIES[: at % 3], at % 2 == 1, place)
        for at, place in enumerate(_shown(data, reading))
    ]
    made = commented(data, threads, "x.docx")
    assert sorted(_read(made)) == sorted(threads)
    again = perfdoc.extract(perfdoc.read(made, "x.docx"))
    assert again.document == reading.document
    assert {one.path for one in again.threads} >= {
        path for path in reading.places if path[2:] in [(name,) for name in _PATHS]
    }
    assert commented(data, threads, "x.docx") == made
    merged = threads[0]._replace(place=reading.places["projects", 0, "indicators", 1, "level1"])
    (found,) = perfdoc.extract(perfdoc.read(commented(data, [merged], "x.docx"), "x.docx")).threads
    assert found.path == ("projects", 0, "indicators", 1, "level2")


def test_nothing_else_changes(court: tuple[bytes, perfdoc.Reading]) -> None:
    data, reading = court
    place = reading.places["projects", 0, "goals"]
    made = commented(data, [Thread("甲", "", "a\n& <b>\t c ", REPLIES, True, place)], "x.docx")
    before, after = _parts(data), _parts(made)
    new = ["word/comments.xml", "word/commentsExtended.xml", "word/people.xml"]
    assert [*after] == [*before, *new]
    changed = ["[Content_Types].xml", "word/_rels/document.xml.rels", "word/document.xml"]
    assert sorted(name for name in before if before[name] != after[name]) == changed
    for name in changed[:2]:
        opcodes = difflib.SequenceMatcher(None, before[name], after[name], autojunk=False).get_opcodes()
        assert {tag for tag, *_ in opcodes} == {"equal", "insert"}
    marks = rb'<w:commentRange(?:Start|End) w:id="\d"/>|<w:r><w:commentReference w:id="\d"/></w:r>'
    assert re.sub(marks, b"", after["word/document.xml"]) == before["word/document.xml"]
    assert commented(data, [], "x.docx") == data


@given(
    st.lists(st.text(st.characters(codec="utf-8"), max_size=8), min_size=1, max_size=3).map("\n".join),
    st.text(st.characters(codec="utf-8"), max_size=6),
)
def test_what_people_write_is_read_back(court: tuple[bytes, perfdoc.Reading], text: str, author: str) -> None:
    data, reading = court
    thread = Thread(author, "", text, (Reply(author, "", text),), True, reading.places["projects", 1, "purpose"])
    (found,) = _read(commented(data, [thread], "x.docx"))
    held = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")  # what XML can hold
    assert found == thread._replace(
        author=held.sub("", author),
        text=held.sub("", text),
        replies=(Reply(held.sub("", author), "", held.sub("", text)),),
    )


def test_comments_of_the_file_stay(court: tuple[bytes, perfdoc.Reading]) -> None:
    """A file that python-docx has commented gets more, twice; the second time all parts are there."""
    data, reading = court
    document = docx.Document(io.BytesIO(data))
    cell = document.tables[0].rows[0].cells[0].paragraphs[0]
    document.add_comment(cell.runs, text="按预算", author="审计局", initials="审")
    stream = io.BytesIO()
    document.save(stream)
    given = stream.getvalue()
    (theirs,) = _read(given)
    place = reading.places["projects", 0, "agency", "code"]
    assert (theirs.author, theirs.text, theirs.place) == ("审计局", "按预算", place)
    first = Thread("甲", "2024-03-02 15:04", "同一格", REPLIES, True, place)
    second = Thread("甲", "2024-03-02 15:04", "又一条", (), False, place)
    made = commented(commented(given, [first], "x.docx"), [second], "x.docx")
    assert sorted(_read(made)) == sorted([theirs, first, second])
    assert commented(made, [theirs, second, first], "x.docx") == made
    document = docx.Document(io.BytesIO(made))
    ids = [comment.comment_id for comment in document.comments]
    assert len(set(ids)) == len(ids) == 5
    people = _parts(made)["word/people.xml"].decode()
    assert re.findall(r'w15:author="(.*?)"', people) == ["甲", "水务局", "财政局"]
    paragraphs = re.findall(rb'w14:paraId="(\w+)"', _parts(made)["word/comments.xml"])
    assert len(set(paragraphs)) == len(paragraphs) == 4
    assert all(0 < int(each, 16) < 0x80000000 for each in paragraphs)


def test_a_comment_of_the_file_is_answered_and_settled_where_it_stands(
    court: tuple[bytes, perfdoc.Reading],
) -> None:
    """Twice the same words at two cells, one of them known to python-docx alone; then in another state."""
    data, reading = court
    document = docx.Document(io.BytesIO(data))
    for row in (0, 1):
        document.add_comment(document.tables[0].rows[row].cells[0].paragraphs[0].runs, text="请核实", author="审计局")
    for comment in document.comments:
        comment._comment_elm.attrib.pop("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}date")
    stream = io.BytesIO()
    document.save(stream)
    one, other = _read(stream.getvalue())
    answered = other._replace(replies=REPLIES, resolved=True)
    made = commented(stream.getvalue(), [answered], "x.docx")
    assert _read(made) == (one, answered)
    more = answered._replace(replies=(*REPLIES, Reply("审计局", "", "好")), resolved=False)
    again = commented(made, [one, more], "x.docx")
    assert _read(again) == (one, more)
    assert perfdoc.extract(perfdoc.read(again, "x.docx")).document == reading.document


def test_a_place_that_is_not_there_is_the_first_paragraph(court: tuple[bytes, perfdoc.Reading]) -> None:
    data, reading = court
    lost = [
        Thread("甲", "", str(at), place=place) for at, place in enumerate([Place("x.docx"), Place("x.docx", table=99)])
    ]
    assert [one.place.paragraph for one in _read(commented(data, lost, "other.docx"))] == [1, 1]
    assert reading.document


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<w:body>", "<w:body>"),
        ("w:", "word:"),  # of the declaration, too
        (
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        ),
    ],
    ids=["usual", "prefix", "strict"],
)
@pytest.mark.parametrize(
    "paragraph", ["<w:p/>", "<w:p></w:p>", "<w:p><w:pPr><w:jc/></w:pPr></w:p>", "<w:p><w:r><w:t>值</w:t></w:r></w:p>"]
)
def test_files_of_other_programs(old: str, new: str, paragraph: str) -> None:
    """A document without relationships, prefixes of its own, paragraphs of each shape."""
    body = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:tbl><w:tr><w:tc>'
        f"{paragraph}</w:tc></w:tr></w:tbl><w:p/></w:body></w:document>"
    )
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    relationship = f'<p:Relationship Id="a" Type="{kind}" Target="word/document.xml"/>'
    rels = f'<p:Relationships xmlns:p="{space}">{relationship}</p:Relationships>'
    parts = {
        "[Content_Types].xml": types,
        "_rels/.rels": rels,
        "word/document.xml": body.replace(old, new).replace(
            "xmlns:w=", f"xmlns:{new[:-1]}=" if new == "word:" else "xmlns:w="
        ),
    }
    data = _packed({name: content.encode() for name, content in parts.items()})
    threads = [Thread("甲", "2024-03-02 15:04", "一", REPLIES, True, Place("x.docx", table=1, row=1, column=1))]
    made = commented(data, threads, "x.docx")
    assert _read(made) == tuple(threads)
    assert commented(made, threads, "x.docx") == made


def test_a_protected_file_can_have_comments_and_a_signed_one_none(court: tuple[bytes, perfdoc.Reading]) -> None:
    parts = _parts(court[0])
    protection = b'<w:documentProtection w:edit="readOnly" w:enforcement="1"/></w:settings>'
    parts["word/settings.xml"] = parts["word/settings.xml"].replace(b"</w:settings>", protection)
    (found,) = _read(commented(_packed(parts), [Thread("甲", "", "一")], "x.docx"))
    assert found.text == "一"
    signature = b'<Relationship Id="s" Type="http://x/digital-signature/origin" Target="s.sigs"/></Relationships>'
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"</Relationships>", signature)
    with pytest.raises(perfdoc.errors.RefusedError):
        commented(_packed(parts), [Thread("甲", "", "一")], "x.docx")


def _each(threads: Iterable[Thread]) -> Counter[tuple[str, ...]]:
    every = [(one, each) for one in threads for each in (one.said, *one.replies)]
    return Counter((each.author, each.date[:16], each.text, str(one.path)) for one, each in every)


@pytest.mark.office
def test_libreoffice_keeps_them(court: tuple[bytes, perfdoc.Reading]) -> None:
    """Each comment and each reply at its value; LibreOffice 7.4 has no replies, and no states in .doc."""
    data, reading = court
    threads = [
        Thread("财政局", "2024-03-02 15:04", f"第{at}条\n第二段", REPLIES[: at % 3], at % 2 == 1, place)
        for at, place in enumerate(_shown(data, reading))
    ]
    about = {place: path for path, place in reversed([*reading.places.items()])}
    expected = [one._replace(path=about[one.place]) for one in threads]
    expected = [one._replace(path=one.path[: 2 if one.path[-1] == "heading" else None]) for one in expected]
    given_file = [commented(data, threads, "x.docx")]
    ways = [("docx", "odt", "docx"), ("docx", "doc", "docx")]
    for way, (made,) in zip(ways, all_saved(ways, [given_file] * 2), strict=True):
        found = perfdoc.extract(perfdoc.read(made, "x.docx")).threads
        assert _each(found) == _each(expected), way
        if "doc" not in way:
            assert sum(bool(one.resolved) for one in found) >= sum(bool(one.resolved) for one in threads)

"""Comments of files as threads: of Word with replies and states, of workbooks with notes and threaded comments."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment

from perfdoc.reading import read
from perfdoc.reading.threads import Remark, assembled, moment
from perfdoc.report import Place, Reply, Thread

_HERE = Place("x")


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2024-03-02T15:04:00Z", "2024-03-02 15:04"),
        ("2024-03-02T15:04:07Z", "2024-03-02 15:04:07"),
        ("2024-03-02T15:04:00.123456789", "2024-03-02 15:04"),
        ("2024-03-02T15:04", "2024-03-02 15:04"),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_a_moment_is_the_time_on_the_reviewer_s_clock(date: str, expected: str) -> None:
    assert moment(date) == expected


def test_replies_to_replies_and_circles() -> None:
    def remark(name: str, parent: str = "") -> Remark:
        return Remark(Reply(name, "", name), _HERE, name, parent)

    some = [remark("a"), remark("b", "a"), remark("c", "b"), remark("d", "nobody"), remark("e", "f"), remark("f", "e")]
    found = [(one.author, [reply.author for reply in one.replies]) for one in assembled(some)]
    assert found[:2] == [("a", ["b", "c"]), ("d", [])]
    assert sorted(name for one in found[2:] for name in (one[0], *one[1])) == ["e", "f"]


def _book() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["B2"] = "≥1页"
    sheet["B2"].comment = Comment("财政局:\n过低？\n请附依据", "财政局")
    sheet["C3"].comment = Comment("[Threaded comment]", "tc=1")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_note_of_a_workbook_has_no_time_and_no_state() -> None:
    note = read(_book(), "x.xlsx").threads[0]
    place = Place("x.xlsx", sheet="Sheet", row=2, column=2)
    assert note == Thread("财政局", "", "过低？\n请附依据", resolved=None, place=place)


def test_threaded_comments_have_all() -> None:
    """As Excel 365 writes them ([MS-XLSX] 2.6.203, 2.6.205): the note that stands for them is not one more."""
    space = 'xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"'
    threads = (
        f'<ThreadedComments {space}><threadedComment ref="C3" dT="2024-03-02T15:04:00.00" personId="p" id="1" done="1">'
        '<text>单位？</text></threadedComment><threadedComment ref="C3" dT="2024-03-03T09:10:00.00" personId="q" '
        'id="2" parentId="1"><text>已改</text></threadedComment></ThreadedComments>'
    )
    people = (
        f'<personList {space}><person displayName="财政局" id="p"/><person displayName="水务局" id="q"/></personList>'
    )
    more = {
        "xl/worksheets/_rels/sheet1.xml.rels": ("threadedComment", "/xl/threadedComments/t.xml", threads),
        "xl/_rels/workbook.xml.rels": ("person", "/xl/persons/p.xml", people),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_book())) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode("utf-8", "surrogateescape")
            if name in more:
                kind, target, part = more[name]
                relation = f'<Relationship Id="x" Type="http://x/{kind}" Target="{target}"/>'
                content = content.replace("</Relationships>", f"{relation}</Relationships>")
                new.writestr(target[1:], part)
            new.writestr(name, content.encode("utf-8", "surrogateescape"))
    _, thread = sorted(read(stream.getvalue(), "x.xlsx").threads, key=lambda one: one.place.row)
    reply = Reply("水务局", "2024-03-03 09:10", "已改")
    place = Place("x.xlsx", sheet="Sheet", row=3, column=3)
    assert thread == Thread("财政局", "2024-03-02 15:04", "单位？", (reply,), True, place)


def test_a_comment_that_nothing_refers_to_hangs_at_the_file() -> None:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="a" Type="{rels}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}"><Relationship Id="a" '
        f'Type="{rels}/comments" Target="comments.xml"/></Relationships>',
        "word/document.xml": f"<w:document {space}><w:body><w:p><w:r><w:t>x</w:t></w:r></w:p></w:body></w:document>",
        "word/comments.xml": f'<w:comments {space}><w:comment w:id="0" w:author="甲"><w:p><w:r><w:t>一</w:t></w:r>'
        "</w:p><w:p><w:r><w:t>二</w:t></w:r></w:p></w:comment></w:comments>",
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert read(stream.getvalue(), "x.docx").threads == (
        Thread("甲", "", "一\n二", resolved=None, place=Place("x.docx")),
    )

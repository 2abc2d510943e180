"""Tracked changes under each policy, and the one remark about them."""

from __future__ import annotations

import pytest
from wordxml import docx, layout, p, run, tbl, tc, texts, tr

from perfdoc import errors
from perfdoc.layout import Grid
from perfdoc.reading import read


def changed(tag: str, content: str, author: str = "张三") -> str:
    return f'<w:{tag} w:id="1" w:author="{author}" w:date="2023-01-01T00:00:00Z">{content}</w:{tag}>'


def gone(text: str) -> str:
    return f"<w:r><w:delText>{text}</w:delText></w:r>"


def grid(body: str, policy: str) -> list[list[str]]:
    found: Grid = next(layout(body, track_changes=policy).grids())
    return [[cell.text for cell in row.cells] for row in found.rows]


EDITED = p("甲", changed("ins", run("新")), changed("del", gone("旧")), "乙")


def test_insertions_and_deletions() -> None:
    assert texts(layout(EDITED)) == ["甲新乙"]
    assert texts(layout(EDITED, track_changes="reject")) == ["甲旧乙"]
    inserted_then_deleted = p("甲", changed("ins", changed("del", gone("来去"))))
    assert texts(layout(inserted_then_deleted)) == ["甲"]
    assert texts(layout(inserted_then_deleted, track_changes="reject")) == ["甲"]


def test_each_change_has_its_place_its_author_and_its_date() -> None:
    inserted = tr(tc("甲"), tc(changed("ins", run("新")), changed("del", gone("旧"), "李四")))
    removed = tr(tc("乙"), tc("丙"), properties=changed("del", "", "王五"))
    found = layout(EDITED + tbl(inserted, removed, tr(tc("丁"), tc("戊")))).tracked
    assert [(one.author, one.gone) for one in found] == [
        ("张三", ""), ("张三", "旧"), ("张三", ""), ("李四", "旧"), ("王五", "乙丙"),
    ]  # fmt: skip
    assert {one.date for one in found} == {"2023-01-01T00:00:00Z"}
    assert [(one.place.paragraph, one.place.table, one.place.row, one.place.column) for one in found] == [
        (1, 0, 0, 0), (1, 0, 0, 0), (0, 1, 1, 2), (0, 1, 1, 2), (0, 1, 2, 0),
    ]  # fmt: skip
    assert layout(p("甲")).tracked == ()


def test_moves() -> None:
    body = p(changed("moveFrom", run("搬")), "甲") + p("乙", changed("moveTo", run("搬")))
    assert texts(layout(body)) == ["甲", "乙搬"]
    assert texts(layout(body, track_changes="reject")) == ["搬甲", "乙"]


@pytest.mark.parametrize(
    ("mark", "accepted", "rejected"),
    [("del", ["一二"], ["一", "二"]), ("ins", ["一", "二"], ["一二"]), ("moveFrom", ["一二"], ["一", "二"])],
)
def test_the_end_of_a_paragraph(mark: str, accepted: list[str], rejected: list[str]) -> None:
    tracked = f"<w:rPr>{changed(mark, '')}</w:rPr>"
    body = p("一", properties=tracked) + p("二")
    assert texts(layout(body)) == accepted
    assert texts(layout(body, track_changes="reject")) == rejected
    assert grid(tbl(tr(tc(body))), "accept") == [["\n".join(accepted)]]
    assert grid(tbl(tr(tc(body))), "reject") == [["\n".join(rejected)]]


def test_a_paragraph_deleted_whole_leaves_no_line() -> None:
    mark = f"<w:rPr>{changed('del', '')}</w:rPr>"
    body = p("一") + p(changed("del", gone("删")), properties=mark) + p("二")
    assert texts(layout(body)) == ["一", "二"]
    assert texts(layout(body, track_changes="reject")) == ["一", "删", "二"]
    before_table = p("一") + p(changed("del", gone("删")), properties=mark) + tbl(tr("格")) + p("尾", properties=mark)
    assert texts(layout(before_table)) == ["一", "尾"]


def test_rows_and_cells() -> None:
    body = tbl(
        tr("a", "b"),
        tr("新", "行", properties=changed("ins", "")),
        tr("旧", "行", properties=changed("del", "")),
        tr("c", tc("新格", properties=changed("cellIns", "")), tc("旧格", properties=changed("cellDel", ""))),
    )
    assert grid(body, "accept") == [["a", "b"], ["新", "行"], ["c", "新格"]]
    assert grid(body, "reject") == [["a", "b"], ["旧", "行"], ["c", "旧格"]]


def test_tracked_merges() -> None:
    def merge(kind: str) -> str:
        return f'<w:cellMerge w:id="1" w:author="a" w:vMerge="{kind}"/>'

    body = tbl(tr(tc("甲", properties=merge("rest"))), tr(tc("乙", properties=merge("cont"))))
    accepted = next(layout(body).grids())
    assert [(row.cells[0].rowspan, row.cells[0].continues) for row in accepted.rows] == [(2, False), (1, True)]
    rejected = next(layout(body, track_changes="reject").grids())
    assert [(row.cells[0].rowspan, row.cells[0].continues) for row in rejected.rows] == [(1, False), (1, False)]


def test_a_row_deleted_inside_a_vertical_merge() -> None:
    restart, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = tbl(
        tr(tc("组", properties=restart), "1"),
        tr(tc(properties=on), "2", properties=changed("del", "")),
        tr(tc(properties=on), "3"),
    )
    found = next(layout(body).grids())
    assert [(cell.text, cell.rowspan, cell.continues) for row in found.rows for cell in row.cells] == [
        ("组", 2, False),
        ("1", 1, False),
        ("", 1, True),
        ("3", 1, False),
    ]


def test_one_remark_counts_them_all() -> None:
    body = EDITED + p(changed("ins", run("又"), "李四")) + tbl(tr(tc(EDITED)))
    (said,) = layout(body).diagnostics
    assert said.code == "PD020"
    assert said.severity == "info"
    assert said.message == (
        "tracked changes were read as accepted: 2 insertions and 2 deletions by 张三, 1 insertion by 李四; "
        "first at paragraph 1, paragraph 2, table 1 row 1 column 1"
    )
    assert "rejected" in layout(body, track_changes="reject").diagnostics[0].message
    assert not layout(p("甲"), track_changes="fail").diagnostics


def test_the_policy_to_fail() -> None:
    with pytest.raises(
        errors.ContentLostError, match=r"^f\.docx: tracked changes \(1 insertion and 1 deletion by 张三\)"
    ) as raised:
        read(docx(EDITED), "f.docx", track_changes="fail")
    assert [str(each.place) for each in raised.value.diagnostics] == ["f.docx: paragraph 1"]


def test_an_unknown_policy() -> None:
    with pytest.raises(errors.UsageError, match="track_changes"):
        read(docx(p("a")), "f.docx", track_changes="maybe")


def test_old_formats_inside_tracked_formatting_do_not_count() -> None:
    was = '<w:tcPrChange w:id="1" w:author="a"><w:tcPr><w:gridSpan w:val="3"/><w:vMerge/></w:tcPr></w:tcPrChange>'
    found = next(layout(tbl(tr(tc("甲", properties=was), "乙"))).grids())
    assert [(cell.text, cell.column, cell.colspan, cell.continues) for cell in found.rows[0].cells] == [
        ("甲", 1, 1, False),
        ("乙", 2, 1, False),
    ]

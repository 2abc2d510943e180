"""Deleted text that LibreOffice 7.4 brings back when it saves content controls and tracked changes.

The markup is what it wrote; `test_read_docx_saved_again` lets it write.
"""

from __future__ import annotations

import pytest
from wordxml import cells, codes, docx, layout, p, run, tbl, tc, tr

from perfdoc.layout import Layout
from perfdoc.reading import read


def control(*pieces: str) -> str:
    """One of the controls that a text becomes; each begins with a stretch of it."""
    content = "".join(f"<w:t>{piece}</w:t>" for piece in pieces)
    return f"<w:sdt><w:sdtPr/><w:sdtContent><w:r>{content}</w:r></w:sdtContent></w:sdt>"


def copied(text: str, *stretches: str) -> str:
    return tc(p(control(text), *(control(stretch, text) for stretch in stretches)))


def replaced(old: str, new: str) -> str:
    """A tracked replacement."""
    deletion = f'<w:del w:author="a"><w:r><w:delText>{old}</w:delText></w:r></w:del>'
    return f'{deletion}<w:ins w:author="a">{run(new)}</w:ins>'


def said(found: Layout, code: str) -> list[tuple[str, str]]:
    return [(str(each.place), each.quote) for each in found.diagnostics if each.code == code]


TRACKED = tr(tc(p(replaced("旧文", "甲"))), tc(p(replaced("旧文", "乙"))))


def test_what_is_deleted_throughout_is_taken_out_of_a_copy() -> None:
    found = layout(tbl(TRACKED, tr(copied("旧文≥90%", "旧文≥", "90%"), copied("年度旧文目标", "年度旧文目标"))))
    assert cells(next(found.grids()))[1] == [(1, "≥90%"), (2, "年度目标")]
    places = ["f.docx: table 1 row 2 column 1", "f.docx: table 1 row 2 column 2"]
    assert said(found, "PD032") == list(zip(places, ["≥90%", "年度目标"], strict=True))
    assert "'旧文≥90%' stands here several times" in found.diagnostics[1].message
    assert "deleted or hidden in 2 other places" in found.diagnostics[1].message


@pytest.mark.parametrize(
    "other",
    [
        tr("旧文件", "丙"),  # the text stands in the file otherwise
        tr(tc(p(replaced("旧", "甲"))), "丙"),  # not the text that was deleted, and a single character
    ],
)
def test_what_may_not_be_deleted_stays_and_is_told(other: str) -> None:
    once = tr(tc(p(replaced("旧文", "甲"))), "乙")
    found = layout(tbl(TRACKED if "旧文件" in other else once, other, tr(copied("旧文≥90%", "旧文≥", "90%"), "丁")))
    assert cells(next(found.grids()))[2][0] == (1, "旧文≥90%")
    assert [quote for _, quote in said(found, "PD032")] == ["旧文≥90%"]
    assert "text that was deleted or hidden may be among it" in found.diagnostics[-1].message


def test_what_leaves_the_text_of_another_cell_is_taken_out() -> None:
    """`≥1` stands in other values, so that it was not deleted for sure; but the rest is a text of the form."""
    tracked = tr(tc(p(replaced("≥1", "甲"))), tc(p(replaced("≥1", "乙"))))
    rows = (tr("指标值", "≥10"), tr(copied("指标≥1值", "指标≥1", "值"), copied("≥12", "≥", "12")))
    found = layout(tbl(tracked, *rows))
    assert cells(next(found.grids()))[2] == [(1, "指标值"), (2, "≥12")]
    assert "without '≥1', which is deleted or hidden in 2 other places; the rest stands" in found.diagnostics[1].message
    assert "compare it with the original" in found.diagnostics[2].message


def test_the_code_of_a_link_is_taken_out_of_a_copy() -> None:
    code = "HYPERLINK &quot;&quot; \\l &quot;bm1&quot;"
    found = layout(tbl(tr(copied(f"≤16{code}5万元", "≤16", f"{code}5", "万元"), "丁")))
    assert cells(next(found.grids())) == [[(1, "≤165万元"), (2, "丁")]]
    assert said(found, "PD032") == [("f.docx: table 1 row 1 column 1", "≤165万元")]


@pytest.mark.parametrize("program", ["LibreOffice/7.4.7.2$Linux", "Microsoft Office Word"])
@pytest.mark.parametrize("tracked", [TRACKED, tr("甲", "乙"), tr(tc(p(replaced("旧", "甲"))), "乙")])
def test_a_control_that_libreoffice_wrote_once_is_doubtful(tracked: str, program: str) -> None:
    once = tr(tc(p(control("185.56旧文"))), tc(p(control("3"), "件")))
    found = read(docx(tbl(tracked, once), program=program), "f.docx")
    ours, changed = program.startswith("Libre"), tracked != tr("甲", "乙")
    sure = ours and tracked == TRACKED
    assert cells(next(found.grids()))[1] == [(1, "185.56" if sure else "185.56旧文"), (2, "3件")]
    assert said(found, "PD032") == [("f.docx: table 1 row 2 column 1", "185.56" if sure else "185.56旧文")] * (
        ours and changed
    )


def test_the_code_of_a_link_in_a_control_that_stands_once() -> None:
    code = "HYPERLINK &quot;&quot; \\l &quot;bm1&quot;"
    found = read(docx(tbl(tr(tc(p(control(f"{code}692646.96"))), "丁")), program="LibreOffice/7.4"), "f.docx")
    assert cells(next(found.grids())) == [[(1, "692646.96"), (2, "丁")]]
    assert said(found, "PD032") == [("f.docx: table 1 row 1 column 1", "692646.96")]


def test_the_code_of_a_quotation_in_a_control() -> None:
    text = " QUOTE &quot;质量指标&quot; 质量指标"
    found = layout(tbl(tr(copied(text, " QUOTE &quot;", text), "丁")))
    assert cells(next(found.grids())) == [[(1, "质量指标"), (2, "丁")]]
    assert said(found, "PD032") == [("f.docx: table 1 row 1 column 1", "质量指标")]


def test_text_that_is_hidden_throughout_is_taken_out_of_a_copy() -> None:
    hidden = run("隐藏", "<w:vanish/>")
    found = layout(
        tbl(tr(tc(p("甲", hidden)), tc(p("乙", hidden))), tr(copied("财政拨款隐藏", "财政拨款", "隐藏"), "丁"))
    )
    assert cells(next(found.grids())) == [[(1, "甲"), (2, "乙")], [(1, "财政拨款"), (2, "丁")]]
    assert "deleted or hidden in 2 other places" in found.diagnostics[-1].message


@pytest.mark.parametrize("program", ["LibreOffice/7.4", "Microsoft Office Word"])
def test_a_row_marked_as_deleted_whose_text_is_not(program: str) -> None:
    """The mark of the row counts, whoever saved the file."""
    gone = '<w:del w:author="a"/>'
    rows = (tr(GONE_CELL, GONE_CELL, properties=gone), tr(GONE_CELL, "x", properties=gone), tr("甲", "y"))
    found = read(docx(tbl(*rows), program=program), "f.docx")
    assert cells(next(found.grids())) == [[(1, "甲"), (2, "y")]]
    assert codes(found) == ["PD020"]


def test_text_that_was_moved_away_is_deleted_text() -> None:
    moved = '<w:moveFrom w:author="a"><w:r><w:t>移走</w:t></w:r></w:moveFrom>'
    found = layout(tbl(tr(tc(p(moved, "甲")), tc(p(moved, "乙"))), tr(copied("移走丙", "移走丙"), "丁")))
    assert cells(next(found.grids()))[1] == [(1, "丙"), (2, "丁")]


def test_a_copy_that_is_nothing_but_deleted_text_stays() -> None:
    found = layout(tbl(TRACKED, tr(copied("旧文", "旧文"), "丁")))
    assert cells(next(found.grids()))[1] == [(1, "旧文"), (2, "丁")]
    assert codes(found) == ["PD020", "PD032"]


def test_where_deletions_are_rejected_nothing_is_taken_out() -> None:
    found = layout(tbl(TRACKED, tr(copied("旧文≥90%", "旧文≥", "90%"), "丁")), track_changes="reject")
    assert cells(next(found.grids())) == [[(1, "旧文"), (2, "旧文")], [(1, "旧文≥90%"), (2, "丁")]]


def test_a_deletion_in_several_pieces_is_one_text() -> None:
    pieces = "".join(f"<w:del><w:r><w:delText>{piece}</w:delText></w:r></w:del>" for piece in ("旧", "2023"))
    found = layout(tbl(tr(tc(p(pieces, "甲")), tc(p(pieces, "乙"))), tr(copied("旧2023年", "旧", "2023", "年"), "丁")))
    assert cells(next(found.grids()))[1][0] == (1, "年")


def test_form_fields_before_a_nested_table() -> None:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{k}"/></w:r>' for k in ("begin", "separate", "end"))
    form = p(begin, "<w:r><w:instrText>FORMTEXT</w:instrText></w:r>", separate) + p(end)
    found = read(docx(tbl(tr("甲", tc(form, tbl(tr("乙"))))), program="LibreOffice/7.4"), "f.docx")
    assert cells(next(found.grids()))[0][1] == (2, "乙")


GONE_CELL = tc(p('<w:del w:author="a"><w:r><w:delText>删去</w:delText></w:r></w:del>'))
GONE = p('<w:del w:author="a"><w:r><w:delText>删去</w:delText></w:r></w:del>')


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (tc(GONE, "1.一"), "1.一"),
        (tc(p(run("藏", "<w:vanish/>")), "1.一"), "1.一"),
        (tc("1.一", GONE, p(replaced("旧", "2.二")), GONE), "1.一\n2.二"),
        (tc(GONE), ""),
    ],
)
def test_a_line_that_is_all_deleted_is_none_in_a_file_of_libreoffice(cell: str, expected: str) -> None:
    """In a .doc or an .rtf it forgets that the end of a line is tracked as deleted; Word's files say what they mean."""
    row = tbl(tr("绩效目标", cell))
    ours, words = (
        read(docx(row, program=program), "f.docx") for program in ("LibreOffice/7.4.7.2$Linux", "Microsoft Office Word")
    )
    assert cells(next(ours.grids()))[0][1] == (2, expected)
    assert said(ours, "PD034") == [("f.docx: table 1 row 1 column 2", expected)] * bool(expected)
    assert cells(next(words.grids()))[0][1][1].strip("\n").replace("\n\n", "\n") == expected
    assert len(cells(next(words.grids()))[0][1][1].split("\n")) == cell.count("<w:p>")
    assert not said(words, "PD034")

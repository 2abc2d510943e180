"""Text that is struck through, which counts as deleted, and raised text."""

from __future__ import annotations

import pytest
from wordxml import cells, layout, p, run, tbl, tc, texts, tr

from perfdoc.errors import ContentLostError

STRUCK = "<w:strike/>"
RAISED = '<w:vertAlign w:val="superscript"/>'
STYLES = (
    '<w:style w:type="character" w:styleId="S"><w:name w:val="删除"/><w:rPr><w:dstrike/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="U" w:customStyle="1"><w:name w:val="上标"/>'
    '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="V"><w:name w:val="上标二"/><w:basedOn w:val="U"/></w:style>'
)
BODY = p("预算", run("15", STRUCK), run("0", "<w:dstrike/>"), run("120", '<w:strike w:val="0"/>'))


def test_struck_text_is_left_out_and_told() -> None:
    found = layout(BODY)
    assert texts(found) == ["预算120"]
    (said,) = found.diagnostics
    assert (said.code, said.severity, said.quote) == ("PD020", "warning", "150")
    assert str(said) == "f.docx: paragraph 1: warning PD020: struck-through text is left out: 150"


def test_struck_text_stays_where_changes_are_rejected() -> None:
    found = layout(BODY, track_changes="reject")
    assert texts(found) == ["预算150120"]
    assert [each.message for each in found.diagnostics] == ["struck-through text is read: 150"]


def test_struck_text_where_changes_are_an_error() -> None:
    with pytest.raises(ContentLostError, match=r"^f\.docx: struck-through text"):
        layout(BODY, track_changes="fail")


@pytest.mark.parametrize(
    "lines", [(p(run("≥90%", STRUCK)), p("≥95%")), (p("≥95%"), p(run("≥90%", STRUCK), run("，", STRUCK)))]
)
def test_a_struck_line_of_a_cell_leaves_no_line(lines: tuple[str, str]) -> None:
    found = layout(tbl(tr("合格率", tc(*lines)), tr("备注", tc(p(run("旧", STRUCK))))))
    assert cells(next(found.grids())) == [[(1, "合格率"), (2, "≥95%")], [(1, "备注"), (2, "")]]
    assert [str(each.place) for each in found.diagnostics] == [
        "f.docx: table 1 row 1 column 2",
        "f.docx: table 1 row 2 column 2",
    ]


def test_a_style_that_strikes_through_or_raises() -> None:
    found = layout(
        p("新", run("旧", '<w:rStyle w:val="S"/>'), "10", run("4", '<w:rStyle w:val="V"/>')), {"styles": STYLES}
    )
    assert texts(found) == ["新10⁴"]
    assert [each.quote for each in found.diagnostics] == ["旧"]


def test_white_space_that_is_struck_through_says_nothing() -> None:
    found = layout(p("甲", run(" ", STRUCK), "乙"))
    assert (texts(found), found.diagnostics) == (["甲 乙"], ())


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (p("≥3×10", run("4", RAISED), "人"), "≥3×10⁴人"),
        (p("120m", run("2", RAISED)), "120m²"),
        (p("10", run("-", RAISED), run("3", RAISED), "g"), "10⁻³g"),
        (p("第4", run("th", RAISED)), "第4th"),
        (p("里程", run("注", RAISED), run("1", RAISED)), "里程注1"),
        (p("PM", run("2.5", '<w:vertAlign w:val="subscript"/>')), "PM2.5"),
        (p("m", run("2", '<w:vertAlign w:val="baseline"/>')), "m2"),
    ],
)
def test_raised_digits_and_signs_are_unicode(written: str, expected: str) -> None:
    assert texts(layout(written)) == [expected]
    assert cells(next(layout(tbl(tr(tc(written)))).grids())) == [[(1, expected)]]

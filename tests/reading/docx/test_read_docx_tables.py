"""Tables of Word files: grid positions, merges, what stands around rows and cells."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wordxml import cells, codes, docx, layout, p, paragraphs, run, tbl, tc, text_box, texts, tr

from perfdoc.layout import Cell, Grid, Layout
from perfdoc.reading import read
from perfdoc.reading.docx import grid as grids
from perfdoc.report import Place

RESTART = '<w:vMerge w:val="restart"/>'
CONTINUE = "<w:vMerge/>"


def span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def grid(*rows: str) -> Grid:
    """The first grid of a body with one table."""
    return next(layout(tbl(*rows)).grids())


def test_positions_spans_and_headers() -> None:
    found = grid(
        tr("甲", tc("乙", properties=span(2)), properties="<w:tblHeader/>"),
        tr("", "b", "c", properties='<w:tblHeader w:val="0"/>'),
    )
    assert found.columns == 3
    assert [row.header for row in found.rows] == [True, False]
    assert found.rows[0].cells == (Cell("甲", 1, 1, number=1), Cell("乙", 1, 2, 2, number=2))
    assert cells(found)[1] == [(1, ""), (2, "b"), (3, "c")]
    assert found.place_of(found.rows[1].cells[2]) == Place("f.docx", table=1, row=2, column=3)


def test_columns_left_out() -> None:
    found = grid(
        tr("a", "b", "c", "d"),
        tr("b", "c", properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'),
        tr("a"),
        "<w:tr/>",
    )
    assert cells(found) == [[(1, "a"), (2, "b"), (3, "c"), (4, "d")], [(2, "b"), (3, "c")], [(1, "a")], []]
    assert found.columns == 4


def test_vertical_merges_by_grid_position() -> None:
    found = grid(
        tr(tc("产出", properties=RESTART), "数量", "x"),
        tr(tc("藏", properties=CONTINUE), tc("质量", properties=span(2) + RESTART)),
        tr(tc(properties=CONTINUE), tc(properties=span(2) + '<w:vMerge w:val="continue"/>')),
        tr(tc("效益", properties=RESTART), "z", "x"),
        tr("满意", "z", tc("c", properties=CONTINUE)),
    )
    assert [cell.rowspan for row in found.rows for cell in row.cells] == [3, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1]
    hidden = [(cell.row, cell.column, cell.text) for row in found.rows for cell in row.cells if cell.continues]
    assert hidden == [(2, 1, "藏"), (3, 1, ""), (3, 2, ""), (5, 3, "c")]


def test_a_merge_that_begins_in_mid_air() -> None:
    found = grid(tr(tc("上页", properties=CONTINUE), "a"), tr(tc(properties=CONTINUE), "b"), tr("c", "d"))
    assert [(cell.continues, cell.rowspan, cell.text) for row in found.rows for cell in row.cells] == [
        (True, 1, "上页"),
        (False, 1, "a"),
        (True, 1, ""),
        (False, 1, "b"),
        (False, 1, "c"),
        (False, 1, "d"),
    ]


def test_the_old_horizontal_merge_is_a_span() -> None:
    first = '<w:hMerge w:val="restart"/>'
    found = layout(tbl(tr(tc("甲", properties=first), tc("藏", properties="<w:hMerge/>"), "乙"), tr("a", "b", "c")))
    merged = next(found.grids())
    assert merged.rows[0].cells == (Cell("甲", 1, 1, 2, number=1), Cell("乙", 1, 3, number=3))
    assert merged.columns == 3
    (said,) = found.diagnostics
    assert (said.code, said.quote, said.place.column) == ("PD028", "藏", 2)


def test_content_controls_around_everything() -> None:
    def control(content: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    plain = tbl(tr("a", "b"), tr(tc("c", "d"), "e"))
    wrapped = control(
        "<w:tbl><w:tblPr/><w:tblGrid/>"
        + control(tr(control(tc(control(p(control(run("a")))))), f"<w:customXml>{tc('b')}</w:customXml>"))
        + f"<w:customXml>{tr(tc(p('c'), control(p('d'))), 'e')}</w:customXml></w:tbl>"
    )
    assert layout(wrapped) == layout(plain)
    assert layout(control(wrapped) + p()) == layout(plain + p())


def test_cells_of_several_paragraphs_and_breaks() -> None:
    found = grid(tr(tc("1.一", "", "2.二"), tc(p(), p()), tc(p("a", "<w:r><w:br/></w:r>", "b"), p(run("c")))))
    assert [cell.text for cell in found.rows[0].cells] == ["1.一\n\n2.二", "\n", "a\nb\nc"]


def test_nested_tables_follow_the_outer_one() -> None:
    inner = tbl(tr("内1", tc("内2", tbl(tr("最", "内")))))
    found = layout(tbl(tr(tc(p("前"), inner, p("后")), "邻"), tr("下", tc(tbl(tr("第", "二")), p()))) + p("尾"))
    grids = list(found.grids())
    assert [cells(each) for each in grids] == [
        [[(1, "前\n后"), (2, "邻")], [(1, "下"), (2, "")]],
        [[(1, "内1"), (2, "内2")]],
        [[(1, "最"), (2, "内")]],
        [[(1, "第"), (2, "二")]],
    ]
    assert [each.place.table for each in grids] == [1, 2, 3, 4]
    within = [None, (1, 1, 1), (2, 1, 2), (1, 2, 2)]
    assert [each.within and (each.within.table, each.within.row, each.within.column) for each in grids] == within
    assert texts(found) == ["尾"]


@pytest.mark.parametrize(
    ("around", "expected"),
    [
        (lambda inner: tc(inner, p()), "1.一\n2.二"),  # a cell must end with a paragraph
        (lambda inner: tc(p(run("总：")), inner, p(run("尾"))), "总：\n1.一\n2.二\n尾"),
        (lambda inner: tc(p(), inner, p(), p()), "1.一\n2.二"),
        (lambda inner: tc(tbl(tr(tc(inner, p()))), p()), "1.一\n2.二"),
    ],
)
def test_a_nested_table_of_one_column_frames_lines_of_its_cell(around: Callable[[str], str], expected: str) -> None:
    found = layout(tbl(tr("绩效目标", around(tbl(tr("1.一"), tr("2.二"))))))
    assert [cells(each) for each in found.grids()] == [[[(1, "绩效目标"), (2, expected)]]]


def test_a_text_box_in_a_cell_that_is_blank_otherwise_is_its_text() -> None:
    """Somebody filled it in that way, or LibreOffice moved the text of a control into the text box beside it."""
    boxed = p(text_box(p("网络安全") + p("等保测评")))
    several = tc(p(text_box(p("一"))), p(text_box(p("二"))), p())
    blank = tr("x", tc(p(text_box(p()))))
    found = layout(tbl(tr("三级指标", tc(boxed)), tr("三级指标", tc(boxed, "绿化面积")), blank, tr("y", several)))
    assert cells(next(found.grids())) == [
        [(1, "三级指标"), (2, "网络安全\n等保测评")],
        [(1, "三级指标"), (2, "\n绿化面积")],
        [(1, "x"), (2, "")],
        [(1, "y"), (2, "一\n二")],
    ]
    assert [each.text for each in paragraphs(found) if each.text] == ["网络安全", "等保测评"]
    said = [(each.code, each.severity, each.quote, str(each.place)) for each in found.diagnostics]
    assert said == [
        ("PD034", "warning", "网络安全\n等保测评", "f.docx: table 1 row 1 column 2"),
        ("PD034", "warning", "一", "f.docx: table 1 row 4 column 2"),
        ("PD034", "warning", "二", "f.docx: table 1 row 4 column 2"),
    ]


def test_a_table_in_a_text_box_stays_one_and_is_told() -> None:
    found = layout(tbl(tr("三级指标", tc(p(text_box(tbl(tr("甲", "乙"))))))))
    assert [each.text for grid in found.grids() for each in grid.rows[0].cells] == ["三级指标", "", "甲", "乙"]
    assert [(each.code, each.severity, each.quote) for each in found.diagnostics] == [("PD034", "warning", "甲\n乙")]


def test_hidden_rows_are_marked_and_said() -> None:
    found = layout(tbl(tr("见"), tr("藏", properties="<w:hidden/>")))
    assert [row.hidden for row in next(found.grids()).rows] == [False, True]
    (said,) = found.diagnostics
    assert (said.code, said.quote, str(said.place)) == ("PD023", "藏", "f.docx: table 1 row 2")


def test_a_table_without_rows_is_none() -> None:
    found = layout(p("前") + tbl() + tbl(tr("a")))
    assert [each.place.table for each in found.grids()] == [2]


@pytest.mark.parametrize("value", ["1000000", "99999999999999999999", "-3", "x", ""])
def test_a_span_beyond_reason(value: str) -> None:
    found = grid(tr(tc("a", properties=f'<w:gridSpan w:val="{value}"/>'), "b"))
    assert found.columns <= grids.MAX_COLUMNS
    assert [cell.text for cell in found.rows[0].cells] == ["a", "b"]
    assert all(cell.column + cell.colspan - 1 <= grids.MAX_COLUMNS for cell in found.rows[0].cells)


def test_damaged_tables_keep_their_text() -> None:
    loose = "<w:tbl><w:tr><w:tc><w:r><w:t>散</w:t></w:r><w:p/></w:tc></w:tr></w:tbl>"
    assert next(layout(loose).grids()).rows[0].cells[0].text == "散\n"
    assert texts(layout("<w:r><w:t>散文</w:t></w:r><w:whatever><w:p><w:r><w:t>段</w:t></w:r></w:p></w:whatever>")) == [
        "散文",
        "段",
    ]


_WORDS = st.sampled_from(["", "甲", "≥90%", " 空 ", "R", "数量指标"])
_MERGE = st.sampled_from(["", "", "", RESTART, CONTINUE, '<w:vMerge w:val="continue"/>'])
_ODD = st.sampled_from(
    [
        *([""] * 12),
        "<w:r><w:br/></w:r>",
        "<w:r><w:tab/></w:r>",
        '<w:hyperlink w:anchor="a"><w:r><w:t>链</w:t></w:r></w:hyperlink>',
        "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>控</w:t></w:r></w:sdtContent></w:sdt>",
        '<w:r><w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr><w:t>蓝</w:t></w:r>',
        '<w:bookmarkStart w:id="1" w:name="x"/><w:bookmarkEnd w:id="1"/>',
        '<w:r><w:br w:type="page"/></w:r>',
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>',
        '<w:ins w:author="a"><w:r><w:t>增</w:t></w:r></w:ins>',
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>",
        '<w:r><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>þ</w:t></w:r>',
    ]
)


@st.composite
def _tables(draw: st.DrawFn) -> str:
    rows = []
    for _ in range(draw(st.integers(1, 4))):
        row = []
        for _ in range(draw(st.integers(1, 4))):
            lines = [p(draw(_WORDS) or "", draw(_ODD)) for _ in range(draw(st.integers(1, 2)))]
            merge = draw(_MERGE)
            row.append(tc(*lines, properties=span(draw(st.sampled_from([1, 1, 1, 2, 3]))) + merge))
        properties = draw(
            st.sampled_from(["", "", "<w:tblHeader/>", '<w:gridBefore w:val="1"/>', '<w:gridAfter w:val="2"/>'])
        )
        rows.append(tr(*row, properties=properties))
    return tbl(*rows)


@given(st.lists(_tables(), min_size=1, max_size=3), st.integers(16, 700), st.booleans())
def test_a_file_may_be_fed_in_any_pieces(written: list[str], size: int, controlled: bool) -> None:
    """A long part is read while it is parsed: where it is cut makes no difference."""
    body = "".join(p("段") + table for table in written)
    if controlled:
        body = f"<w:sdt><w:sdtPr/><w:sdtContent>{body}</w:sdtContent></w:sdt>" + p("尾")
    data = docx(body)
    with pytest.MonkeyPatch.context() as patch:
        whole = read(data, "f.docx")
        patch.setattr("perfdoc.reading.docx.part.SHORT", 0)
        patch.setattr("perfdoc.reading.package.CHUNK", size)
        patch.setattr("perfdoc.reading.docx.part.PATIENCE", 0)
        assert read(data, "f.docx") == whole


def test_a_large_table_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [tr(tc(str(n), properties=RESTART if n % 7 == 0 else CONTINUE), "指标", f"≥{n}") for n in range(500)]
    nested = tr(tc(tbl(tr("内", "a"), tr("层", "b")), p("外")), "x", tc(p("格", text_box(p("框")))))
    data = docx(tbl(*rows, f"<w:sdt><w:sdtContent>{nested}{nested}</w:sdtContent></w:sdt>") + p("尾"))
    whole = read(data, "f.docx")
    monkeypatch.setattr("perfdoc.reading.docx.part.SHORT", 0)
    monkeypatch.setattr("perfdoc.reading.package.CHUNK", 512)
    monkeypatch.setattr("perfdoc.reading.docx.part.PATIENCE", 0)
    assert read(data, "f.docx") == whole
    first, *inner = whole.grids()
    assert len(first.rows) == 502
    assert {cell.rowspan for row in first.rows for cell in row.cells if cell.column == 1} == {7, 3, 1}
    assert [len(each.rows) for each in inner] == [2, 2]
    assert [each.text for each in paragraphs(whole)] == ["框", "框", "尾"]


def test_the_order_of_blocks_is_that_of_the_file() -> None:
    found: Layout = layout(p("一") + tbl(tr("甲")) + p("二") + tbl(tr("乙")) + p("三"))
    assert [
        "".join(each.text) if not isinstance(each, Grid) else each.rows[0].cells[0].text for each in found.blocks
    ] == [*("一", "甲", "二", "乙", "三")]
    assert [each.place.paragraph for each in paragraphs(found)] == [1, 2, 3]
    assert not codes(found)


def test_versions_and_changes_around_rows_and_blocks() -> None:
    def versions(content: str) -> str:
        return (
            f'<mc:AlternateContent><mc:Choice Requires="w14">{content}</mc:Choice><mc:Fallback/></mc:AlternateContent>'
        )

    def inserted(content: str) -> str:
        return f'<w:ins w:id="1" w:author="a">{content}</w:ins>'

    body = versions(p("一")) + inserted(p("二")) + tbl(versions(tr("a")), inserted(tr("b", versions(tc("c")))))
    assert texts(layout(body)) == ["一", "二"]
    assert cells(next(layout(body).grids())) == [[(1, "a")], [(1, "b"), (2, "c")]]
    rejected = layout(body, track_changes="reject")
    assert texts(rejected) == ["一"]
    assert cells(next(rejected.grids())) == [[(1, "a")]]

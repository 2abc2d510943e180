"""Web pages: text as a browser shows it, tables with their spans, encodings, bundles."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdoc.errors import ContentLostError, PerfdocError, UnreadableError
from perfdoc.layout import Cell, Grid, Layout, Paragraph
from perfdoc.reading import read
from perfdoc.reading.html import placement

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office">
<head><meta http-equiv=Content-Type content="text/html; charset={charset}"><title>标题</title>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p {{margin:0}} --></style></head>
<body><div class=Section1>
<p class=MsoToc4><a href="#_Toc1">1.法院绩效目
标表</a> 1</p>
<h4><a name="_Toc_4_4_0000000004"></a><a name="_Toc23416"><span lang=EN-US>1.</span>法院办案业
务费绩效目标表</a></h4>
<table><thead><tr><td colspan=2><p>209101天津市</p></td><td>单位：<o:p>万元</o:p></td></tr></thead>
<tr><td rowspan=2><p>预算规模</p></td><td><p>其中：财政<span style='x'>&nbsp;&nbsp;&nbsp; </span>资金</p></td>
<td><p>1.甲</p><p><o:p>&nbsp;</o:p></p><p>2.乙</p></td></tr>
<tr><td><p><o:p>&nbsp;</o:p></p></td>
<td><![if !supportLists]><span style='mso-list:Ignore'>1.</span><![endif]>列表</td></tr></table>
<p>LED 显示屏
更换 <b>数量</b></p>
</div></body></html>"""


def page(body: str, *, track_changes: str = "accept") -> Layout:
    return read(f"<html><body>{body}</body></html>".encode(), "p.html", track_changes=track_changes)


def rows(layout: Layout, at: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in list(layout.grids())[at].rows]


def paragraphs(layout: Layout) -> list[str]:
    return [block.text for block in layout.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("gb2312", "gb18030"), ("GBK", "gb18030"), ("utf-8", "utf-8"), ("gb18030", "gb18030"), ("unicode", "utf-16")],
)
def test_a_page_that_word_saved(charset: str, encoding: str) -> None:
    layout = read(WORD.format(charset=charset).encode(encoding), "w.htm")
    contents, heading, grid, last = layout.blocks
    assert contents == Paragraph("1.法院绩效目标表 1", layout.blocks[0].place, "MsoToc4", contents=True)
    assert isinstance(heading, Paragraph)
    assert (heading.text, heading.outline) == ("1.法院办案业务费绩效目标表", 4)
    assert heading.bookmarks == ("_Toc_4_4_0000000004", "_Toc23416")
    assert isinstance(grid, Grid)
    assert grid.columns == 3
    assert [row.header for row in grid.rows] == [True, False, False]
    assert grid.rows[0].cells == (Cell("209101天津市", 1, 1, 2), Cell("单位：万元", 1, 3))
    assert grid.rows[1].cells == (
        Cell("预算规模", 2, 1, 1, 2),
        Cell("其中：财政    资金", 2, 2),
        Cell("1.甲\n\n2.乙", 2, 3),
    )
    assert grid.rows[2].cells == (Cell("", 3, 1, continues=True), Cell("", 3, 2), Cell("1.列表", 3, 3))
    assert paragraphs(layout)[-1:] == ["LED 显示屏更换 数量"]
    assert str(last.place) == "w.htm: paragraph 3"
    assert not layout.diagnostics


@pytest.mark.parametrize(
    ("data", "text", "doubts"),
    [
        ("<p>绩效</p>".encode(), "绩效", 0),
        ("<p>绩效</p>".encode("gb18030"), "绩效", 1),
        ('<meta charset="utf-8"><p>绩效</p>'.encode("gb18030"), "绩效", 1),
        ('<meta charset="gbk"><p>绩效</p>'.encode(), "绩效", 1),
        ('<meta charset="gbk"><p>联通</p>'.encode("gb18030"), "联通", 0),
        ('<meta charset="x-none"><p>绩效</p>'.encode("gb18030"), "绩效", 1),
        ('<meta charset="rot13"><p>绩效</p>'.encode(), "绩效", 0),
        (b'<meta charset="utf-8"><p>a\xffb\x81</p>', "a�b�", 1),
        (b"<p>a\xffb\x81\xff</p>", "a�b��", 1),
    ],
)
def test_encodings_that_are_wrong_or_missing_are_said(data: bytes, text: str, doubts: int) -> None:
    layout = read(b"<html><body>" + data + b"</body></html>", "p.html")
    assert paragraphs(layout) == [text]
    assert [d.code for d in layout.diagnostics] == ["PD033"] * doubts


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("a  b\n\tc", "a b c"),
        ("绩效\n   目标", "绩效目标"),
        ("绩效 目标", "绩效 目标"),
        ("绩效\nA", "绩效 A"),
        ("绩<b>效\n</b><i>\n目</i>", "绩效目"),
        ("a<b> b</b> <i> c</i>", "a b c"),
        ("一 <br> 二<br>", "一\n二"),
        ("&nbsp;a&nbsp; b&nbsp;", " a  b "),
        ("<pre>a  b\n c</pre>", "a  b\n c"),
        ("A&amp;B &lt;重点&gt; &#8805;90%", "A&B <重点> ≥90%"),
        ("<script>x</script>a<!-- b -->c<style>d</style>", "ac"),
        ("a\x01b\x04", "ab"),
    ],
)
def test_white_space_is_folded_as_a_browser_does(source: str, shown: str) -> None:
    assert paragraphs(page(f"<div>{source}</div>")) == [shown]


def test_spans_take_their_columns_and_stay_in_their_group() -> None:
    body = "<tbody><tr><td rowspan=9>a<td>b<td rowspan=2 colspan=2>c<tr><td>d</tbody><tbody><tr><td>e<td>f</tbody>"
    layout = page(f"<table>{body}</table>")
    (grid,) = layout.grids()
    assert [[(c.text, c.column, c.colspan, c.rowspan, c.continues) for c in row.cells] for row in grid.rows] == [
        [("a", 1, 1, 2, False), ("b", 2, 1, 1, False), ("c", 3, 2, 2, False)],
        [("", 1, 1, 1, True), ("d", 2, 1, 1, False), ("", 3, 2, 1, True)],
        [("e", 1, 1, 1, False), ("f", 2, 1, 1, False)],
    ]
    assert grid.columns == 4


def test_a_span_over_all_columns_spans_those_that_there_are() -> None:
    layout = page("<table><tr><td>a<td>b<td>c<tr><td colspan=100>d</table>")
    (grid,) = layout.grids()
    assert (grid.columns, grid.rows[1].cells[0].colspan) == (3, 3)


def test_nested_tables_stand_after_the_one_that_holds_them() -> None:
    layout = page("<p>前</p><table><tr><td>外<table><tr><td>内</table>后<td>x<tr><td>项目<td>甲</table><p>尾")
    assert [b.text if isinstance(b, Paragraph) else b.place.table for b in layout.blocks] == ["前", 1, 2, "尾"]
    assert rows(layout) == [["外\n后", "x"], ["项目", "甲"]]
    assert rows(layout, 1) == [["内"]]


def test_a_table_that_only_lays_a_page_out_is_none() -> None:
    layout = page("<table><tr><td><h1>公开</h1><tr><td>前<table><tr><td>内<td>容</table>后<td>旁</table>")
    shown = [b.text if isinstance(b, Paragraph) else b.place.table for b in layout.blocks]
    assert shown == ["公开", "前", 1, "后", "旁"]


def test_fields_of_forms_show_what_is_filled_in() -> None:
    fields = (
        "<input value=甲><input type=hidden value=x><input type=checkbox checked>是<input type=radio>否"
        "<select><option>一<option selected>二</select><textarea>多行</textarea>"
    )
    assert paragraphs(page(f"<p>{fields}</p>")) == ["甲☑是□否二多行"]


def test_ordered_lists_show_their_numbers() -> None:
    assert paragraphs(page("<ol start=3><li>三<li>四<ol><li>一</ol></ol><ul><li>点</ul>")) == [
        "3.三",
        "4.四",
        "1.一",
        "点",
    ]


def test_what_is_not_displayed_or_not_read_is_said() -> None:
    layout = page(
        '<p>a<span style="display: none">密</span><img alt="图一"></p><table><tr style="display:none"><td>藏</table>'
    )
    assert [(d.code, str(d.place), d.quote) for d in layout.diagnostics] == [
        ("PD023", "p.html: paragraph 1", "密"),
        ("PD024", "p.html: paragraph 1", "图一"),
        ("PD023", "p.html: table 1 row 1", ""),
    ]
    assert [row.hidden for grid in layout.grids() for row in grid.rows] == [True]


@pytest.mark.parametrize(("policy", "text"), [("accept", "甲新"), ("reject", "甲旧")])
def test_tracked_changes_follow_the_policy(policy: str, text: str) -> None:
    layout = page("<p>甲<del>旧</del><ins>新</ins></p>", track_changes=policy)
    assert paragraphs(layout) == [text]
    assert [d.code for d in layout.diagnostics] == ["PD020"]
    with pytest.raises(ContentLostError, match="2 tracked changes"):
        page("<p>甲<del>旧</del><ins>新</ins></p>", track_changes="fail")


def bundle(*parts: tuple[str, str, bytes]) -> bytes:
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="=_B"\r\n\r\n'
    body = "".join(
        f"--=_B\r\nContent-Location: {name}\r\nContent-Transfer-Encoding: base64\r\nContent-Type: {kind}\r\n\r\n"
        f"{base64.encodebytes(content).decode()}\r\n"
        for name, kind, content in parts
    )
    return (head + body + "--=_B--\r\n").encode()


def test_a_bundled_page_is_read_with_its_margins() -> None:
    main = WORD.format(charset="gb2312").encode("gb18030")
    margin = "<html><body><div style='mso-element:header' id=h1><p>附件1</p></div></body></html>".encode("gb18030")
    data = bundle(
        ("a.htm", 'text/html; charset="gb2312"', main),
        ("i.png", "image/png", b"\x89PNG"),
        ("h.htm", 'text/html; charset="gb2312"', margin),
    )
    layout = read(data, "w.mht")
    single = read(main, "w.mht")
    assert layout.blocks[:-1] == single.blocks
    header = layout.blocks[-1]
    assert isinstance(header, Paragraph)
    assert (header.story, header.text) == ("header", "附件1")
    assert not layout.diagnostics


def test_a_bundle_without_a_page_is_an_error() -> None:
    with pytest.raises(UnreadableError, match=r"^b\.mht: a bundled web page that can't be read: no web page"):
        read(bundle(("i.png", "image/png", b"x")), "b.mht")


@pytest.mark.parametrize("depth", [300, 3000])
def test_a_page_nested_too_deep_is_an_error(depth: int) -> None:
    with pytest.raises(UnreadableError, match="nested"):
        page("<div>" * depth + "x" + "</div>" * depth)


def test_as_deep_as_a_page_may_be_it_is_read() -> None:
    depth = 60
    layout = page("<table><tr><td>x<td>y<tr><td>" * depth + "</table>" * depth)
    assert len(list(layout.grids())) == depth


@pytest.mark.slow
def test_cells_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placement, "MAX_CELLS", 20_000)
    row = "<tr>" + "<td rowspan=65534>" * 90
    with pytest.raises(UnreadableError, match="more than 20,000 cells"):
        page(f"<table>{row}{'<tr>' * 300}</table>")


PIECES = st.sampled_from(
    ("<table>", "<tr>", "<td colspan=3>", "<td rowspan=2>", "</table>", "<p>", "</p>", "<br>", "<ol>", "<li>", "&#x0;")
) | st.text(max_size=3)


@given(st.lists(PIECES, max_size=20))
def test_any_page_gives_a_layout_whose_cells_are_where_they_say(pieces: list[str]) -> None:
    layout = read(("<html><body>" + "".join(pieces)).encode("utf-8", "replace"), "p.html")
    for grid in layout.grids():
        for number, row in enumerate(grid.rows, 1):
            taken = [c for cell in row.cells for c in range(cell.column, cell.column + cell.colspan)]
            assert taken == sorted(set(taken))
            assert all(cell.row == number for cell in row.cells)
            assert max(taken, default=0) <= grid.columns


@given(
    st.binary(max_size=200), st.sampled_from((b"<html><body>", b"MIME-Version: 1.0\nContent-Type: multipart/related; "))
)
def test_any_bytes_of_a_page_give_a_layout_or_a_documented_error(tail: bytes, head: bytes) -> None:
    try:
        layout = read(head + tail, "p.html")
    except PerfdocError as error:
        message = str(error)
    else:
        message = f"p.html: {layout.kind}"
    assert message.startswith("p.html: ")
    assert "\n" not in message


STRUCK = (
    "<html><table><tr><td>10<sup>4</sup>元 m<span style='vertical-align:super'>2</span> 1<sup>st</sup> "
    "H<sub>2</sub>O</td>"
    "<td><s>旧</s>新<span style='text-decoration:underline line-through'>二</span></td>"
    "<td style='text-line-through:single-single'>全</td><td style='text-line-through:none'>留</td></tr></table></html>"
).encode()


def test_struck_text_is_left_out_and_told_and_raised_digits_are_unicode() -> None:
    layout = read(STRUCK, "p.html")
    assert [cell.text for grid in layout.grids() for cell in grid.rows[0].cells] == ["10⁴元 m² 1st H2O", "新", "", "留"]
    assert [(one.code, str(one.severity), one.quote) for one in layout.diagnostics] == [
        ("PD020", "warning", "旧"),
        ("PD020", "warning", "二"),
        ("PD020", "warning", "全"),
    ]
    kept = read(STRUCK, "p.html", track_changes="reject")
    assert [cell.text for grid in kept.grids() for cell in grid.rows[0].cells][1:3] == ["旧新二", "全"]
    with pytest.raises(ContentLostError, match="3 struck-through texts"):
        read(STRUCK, "p.html", track_changes="fail")

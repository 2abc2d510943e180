"""What other parts of a Word file add: styles, lists, notes, comments, headers; bookmarks and contents."""

from __future__ import annotations

import pytest
from wordxml import cells, codes, layout, p, paragraphs, run, tbl, tc, text_box, texts, tr

from perfdoc.reading.docx import numerals


def style(style_id: str, name: str, inner: str = "", based_on: str = "", kind: str = "paragraph") -> str:
    based = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="{kind}" w:styleId="{style_id}"><w:name w:val="{name}"/>{based}{inner}</w:style>'


def styled(style_id: str, more: str = "") -> str:
    return f'<w:pStyle w:val="{style_id}"/>{more}'


def listed(number: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def level(at: int, text: str, number_format: str = "decimal", more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*levels: str, num: str = "") -> dict[str, str]:
    lists = f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>'
    return {"numbering": f'{lists}<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>{num}'}


# Styles


def test_outline_levels() -> None:
    styles = (
        style("4", "heading 4", '<w:pPr><w:outlineLvl w:val="3"/></w:pPr>')
        + style("a", "章", based_on="4")
        + style("b", "节", '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>', based_on="4")
        + style("h2", "Heading 2")
        + style("loop", "x", based_on="pool")
        + style("pool", "y", based_on="loop")
    )
    body = "".join(p("x", properties=styled(each)) for each in ("4", "a", "b", "h2", "loop", "none", "Heading3"))
    body += (
        p("x", properties=styled("4", '<w:outlineLvl w:val="0"/>'))
        + p("x", properties='<w:outlineLvl w:val="9"/>')
        + p("x")
    )
    found = paragraphs(layout(body, {"styles": styles}))
    assert [each.outline for each in found] == [4, 4, 0, 2, 0, 0, 3, 1, 0, 0]
    assert [each.style for each in found[:3]] == ["heading 4", "章", "节"]


def test_bookmarks_belong_to_the_paragraph_they_begin_in_or_before() -> None:
    def mark(name: str) -> str:
        return f'<w:bookmarkStart w:id="1" w:name="{name}"/>'

    body = (
        mark("b0")
        + p(mark("b1"), mark("_GoBack"), "一", mark("b2"))
        + p("二")
        + mark("lost")
        + tbl(tr(tc(p(mark("c"), "格"))))
    )
    body += p("三") + f"<w:sdt><w:sdtContent>{mark('b3')}{p('四')}</w:sdtContent></w:sdt>"
    assert [each.bookmarks for each in paragraphs(layout(body))] == [("b0", "b1", "b2"), (), (), ("b3",)]


def test_lines_of_a_table_of_contents() -> None:
    char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    toc = char("begin") + '<w:r><w:instrText> TOC \\o "1-3" \\h </w:instrText></w:r>' + char("separate")
    page = char("begin") + "<w:r><w:instrText>PAGEREF x</w:instrText></w:r>" + char("separate") + run("1") + char("end")
    body = p("目录") + p(toc, "一", page) + p("二", page) + p(char("end"), "正文")
    assert [(each.text, each.contents) for each in paragraphs(layout(body))] == [
        ("目录", False),
        ("一1", True),
        ("二1", True),
        ("正文", False),
    ]
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    control = f"<w:sdt>{gallery}<w:sdtContent>{p('目录')}{p('一')}</w:sdtContent></w:sdt>"
    assert [each.contents for each in paragraphs(layout(control + p("正文")))] == [True, True, False]
    by_style = p("一", properties=styled("TOC1")) + p("x", properties=styled("9")) + p("正文")
    found = paragraphs(layout(by_style, {"styles": style("9", "toc 4")}))
    assert [each.contents for each in found] == [True, True, False]
    never_ends = p(toc, "一") + tbl(tr("格")) + p("正文")
    assert [each.contents for each in paragraphs(layout(never_ends))] == [True, False]


# Lists


def test_numbers_are_written_before_the_text() -> None:
    lists = numbering(level(0, "%1."), level(1, "%1.%2）"), level(2, "第%3条", "chineseCounting"))
    body = "".join(
        p(text, properties=listed(1, at))
        for text, at in [("一", 0), ("二", 0), ("甲", 1), ("乙", 1), ("丙", 2), ("三", 0), ("丁", 1)]
    )
    assert texts(layout(body, lists)) == ["1.一", "2.二", "2.1）甲", "2.2）乙", "第一条丙", "3.三", "3.1）丁"]


def test_numbers_in_cells_and_of_empty_paragraphs() -> None:
    number = listed(1)
    body = tbl(tr("序号", "名称"), *[tr(tc(p(properties=number)), name) for name in ("甲", "乙")])
    body += tbl(tr(tc(p("对"), p("错", properties=number), p("又", properties=number))))
    first, second = layout(body, numbering(level(0, "%1"))).grids()
    assert cells(first)[1:] == [[(1, "1"), (2, "甲")], [(1, "2"), (2, "乙")]]
    assert cells(second) == [[(1, "对\n3错\n4又")]]


def test_hidden_cells_of_a_merge_are_not_counted() -> None:
    number = listed(1)
    merged = tc(p(properties=number), properties="<w:vMerge/>")
    body = tbl(tr(tc(p("a", properties=number), properties='<w:vMerge w:val="restart"/>')), tr(merged)) + p(
        "b", properties=number
    )
    found = layout(body, numbering(level(0, "%1.")))
    assert texts(found) == ["2.b"]
    assert cells(next(found.grids())) == [[(1, "1.a")], [(1, "")]]


def test_lists_begin_anew_or_go_on() -> None:
    other = '<w:num w:numId="{}"><w:abstractNumId w:val="7"/>{}</w:num>'.format
    anew = other(2, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>')
    same = other(3, "")
    own = other(4, f'<w:lvlOverride w:ilvl="0">{level(0, "（%1）")}</w:lvlOverride>')
    lists = numbering(level(0, "%1."), num=anew + same + own)
    body = "".join(p("x", properties=listed(number)) for number in (1, 1, 3, 2, 2, 4, 9, 0))
    assert texts(layout(body, lists)) == ["1.x", "2.x", "3.x", "5.x", "6.x", "（7）x", "x", "x"]


def test_lists_of_styles() -> None:
    by_style = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = style("1", "heading 1", by_style) + style("2", "heading 2", by_style) + style("3", "x", based_on="1")
    lists = numbering(
        level(0, "第%1章", "chineseCounting", '<w:pStyle w:val="1"/>'),
        level(1, "%1.%2", "decimal", '<w:pStyle w:val="2"/><w:isLgl/>'),
    )
    body = "".join(p("x", properties=styled(each)) for each in ("1", "2", "2", "3"))
    body += p("x", properties=styled("1", '<w:numPr><w:numId w:val="0"/></w:numPr>'))
    assert texts(layout(body, lists | {"styles": styles})) == ["第一章x", "1.1x", "1.2x", "第二章x", "x"]


@pytest.mark.parametrize(
    ("more", "text", "shown"),
    [
        ('<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>', "\uf06c", "●x"),
        ('<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr>', "\uf0b7", "•x"),
        ('<w:rPr><w:rFonts w:ascii="Unknown"/></w:rPr>', "\uf0b7", "•x"),
        ('<w:suff w:val="space"/>', "—", "— x"),
        ("", "", "•x"),
    ],
)
def test_bullets(more: str, text: str, shown: str) -> None:
    assert texts(layout(p("x", properties=listed(1)), numbering(level(0, text, "bullet", more)))) == [shown]


def test_a_format_that_is_not_known() -> None:
    found = layout(p("x", properties=listed(1)), numbering(level(0, "%1.", "hindiVowels")))
    assert texts(found) == ["1.x"]
    assert codes(found) == ["PD029"]


def test_restarts_and_linked_lists() -> None:
    never = numbering(level(0, "%1."), level(1, "%2)", more='<w:lvlRestart w:val="0"/>'))
    body = "".join(p("x", properties=listed(1, at)) for at in (0, 1, 1, 0, 1))
    assert texts(layout(body, never)) == ["1.x", "1)x", "2)x", "2.x", "3)x"]
    linked = {
        "numbering": f'<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="L"/>{level(0, "%1、")}</w:abstractNum>'
        '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="L"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="2"/></w:num>'
    }
    assert texts(layout(p("x", properties=listed(1)), linked)) == ["1、x"]


@pytest.mark.parametrize(
    ("number_format", "written"),
    [
        ("decimalZero", {1: "01", 10: "10"}),
        ("upperRoman", {4: "IV", 1999: "MCMXCIX", 0: "0"}),
        ("lowerRoman", {9: "ix"}),
        ("lowerLetter", {1: "a", 26: "z", 27: "aa", 53: "aaa"}),
        ("upperLetter", {28: "BB"}),
        ("ordinal", {1: "1st", 2: "2nd", 3: "3rd", 11: "11th", 112: "112th", 24: "24th"}),
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 100: "一○○", 123: "一二三"}),
        (
            "chineseCountingThousand",
            {10: "十", 15: "十五", 101: "一百零一", 110: "一百一十", 1001: "一千零一", 10000: "一万"},
        ),
        ("chineseCountingThousand", {20345: "二万零三百四十五", 100010: "十万零一十", 110000: "十一万"}),
        ("japaneseCounting", {1: "一", 11: "十一", 101: "百一", 123: "百二十三", 2001: "二千一", 10001: "一万一"}),
        ("chineseLegalSimplified", {1: "壹", 12: "壹拾贰", 305: "叁佰零伍"}),
        ("ideographDigital", {10: "一〇", 23: "二三"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "甲"}),
        ("ideographZodiac", {12: "亥"}),
        ("decimalEnclosedCircleChinese", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalEnclosedFullstop", {1: "⒈"}),
        ("decimalEnclosedParen", {2: "⑵"}),
        ("decimalFullWidth", {12: "１２"}),
        ("numberInDash", {3: "- 3 -"}),
        ("none", {5: ""}),
    ],
)
def test_numbers_as_word_writes_them(number_format: str, written: dict[int, str]) -> None:
    assert {number: numerals.write(number, number_format) for number in written} == written


@pytest.mark.parametrize("number_format", sorted(numerals.FORMATS))
def test_any_number_has_a_short_text(number_format: str) -> None:
    for number in (0, 1, 9, 10, 11, 99, 100, 9999, 10_000, 99_999, 10**8, -1):
        text = numerals.write(number, number_format)
        assert text is not None
        assert len(text) < 400


# Notes, comments, headers


def test_notes_and_comments_are_quoted_where_they_are_referred_to() -> None:
    def refer(kind: str, number: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'

    parts = {
        "footnotes": '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="2">'
        + p("<w:r><w:footnoteRef/></w:r>", "脚注")
        + "</w:footnote>",
        "endnotes": f'<w:endnote w:id="1">{p("尾注")}</w:endnote>',
        "comments": f'<w:comment w:id="5" w:author="王科长">{p("请核实")}{p("第二行")}</w:comment>',
    }
    body = (
        p("正文", refer("footnote", 2), refer("endnote", 1))
        + tbl(tr("a", tc(p("值", refer("comment", 5)))))
        + p(refer("comment", 9))
    )
    found = layout(body, parts)
    assert texts(found)[:2] == ["正文", ""]
    assert cells(next(found.grids())) == [[(1, "a"), (2, "值")]]
    assert [(each.code, each.quote, str(each.place)) for each in found.diagnostics] == [
        ("PD022", "脚注", "f.docx: paragraph 1"),
        ("PD022", "尾注", "f.docx: paragraph 1"),
        ("PD021", "请核实\n第二行", "f.docx: table 1 row 1 column 2"),
    ]
    assert "王科长" in found.diagnostics[2].message
    tail = [(each.story, each.text, str(each.place)) for each in paragraphs(found) if each.story != "body"]
    assert tail == [
        ("footnote", "脚注", "f.docx: footnote1 paragraph 1"),
        ("endnote", "尾注", "f.docx: endnote1 paragraph 1"),
        ("comment", "请核实", "f.docx: comment1 paragraph 1"),
        ("comment", "第二行", "f.docx: comment1 paragraph 2"),
    ]


def test_a_comment_without_text_is_told() -> None:
    """LibreOffice loses the text of a comment in a control, and the text that it hangs on with it."""
    cell = tc(p('<w:r><w:commentReference w:id="1"/></w:r>'))
    found = layout(tbl(tr("其中：财政拨款", cell)), {"comments": f'<w:comment w:id="1" w:author="a">{p()}</w:comment>'})
    (said,) = found.diagnostics
    assert (said.code, str(said.place)) == ("PD021", "f.docx: table 1 row 1 column 2")
    assert said.message == "comment by a, not part of the text: (blank)"


def test_a_note_that_refers_to_itself() -> None:
    again = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    note = f'<w:footnote w:id="1">{p("注", again)}</w:footnote>'
    found = layout(p("文", again), {"footnotes": note})
    assert texts(found) == ["文", "注"]


def test_headers_and_footers_each_distinct_text_once() -> None:
    def section(*names: str) -> str:
        kinds = [(name.rstrip("0123456789"), name) for name in names]
        return (
            "<w:sectPr>"
            + "".join(f'<w:{kind}Reference w:type="default" r:id="{name}"/>' for kind, name in kinds)
            + "</w:sectPr>"
        )

    parts = {
        "header1": p() + p("密级", text_box(p("框"))),
        "header2": p("密级", text_box(p("框"))),
        "footer1": tbl(tr("第", "1")) + p(),
        "footer2": p(" "),
        "header3": p("没有用到"),
    }
    body = (
        p("一", properties=section("header1", "footer1")) + p("二") + section("header2", "footer1", "footer2", "gone9")
    )
    found = layout(body, parts)
    assert [(each.story, each.text, str(each.place)) for each in paragraphs(found)] == [
        ("body", "一", "f.docx: paragraph 1"),
        ("body", "二", "f.docx: paragraph 2"),
        ("header", "密级", "f.docx: header1 paragraph 2"),
        ("header", "框", "f.docx: header1 textbox1 paragraph 1"),
    ]
    assert [str(each.place) for each in found.grids()] == ["f.docx: footer1 table 1"]


def test_documents_inside_are_named() -> None:
    found = layout(p("一") + '<w:altChunk r:id="chunk"/>' + p("二", '<w:subDoc r:id="sub"/>'))
    assert texts(found) == ["一", "二"]
    assert codes(found) == ["PD026", "PD026"]

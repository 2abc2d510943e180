"""Text of paragraphs as a person sees it: runs, marks, symbols, fields, what is hidden, what is inside."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wordxml import STRICT_W, cells, codes, docx, layout, p, paragraphs, run, tbl, tc, text_box, text_of, texts, tr

from perfdoc.layout import Grid
from perfdoc.reading import read


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<w:r><w:t>数字</w:t></w:r><w:proofErr w:type='spellStart'/><w:r><w:t>档案</w:t></w:r>", "数字档案"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d</w:t></w:r>", "a\tb\nc\nd"),
        ("<w:r><w:t>a</w:t><w:br w:type='page'/><w:t>b</w:t><w:br w:type='column'/></w:r>", "ab"),
        ("<w:r><w:t>1</w:t><w:noBreakHyphen/><w:t>12</w:t><w:softHyphen/><w:t>月</w:t></w:r>", "1\u201112月"),
        ("<w:r><w:lastRenderedPageBreak/><w:t>第一页</w:t></w:r>", "第一页"),
        ("<w:r><w:t xml:space='preserve'>  两边  </w:t></w:r>", "  两边  "),
        ("<w:r><w:t>  两边  </w:t></w:r>", "两边"),
        ("<w:r><w:t xml:space='preserve'>a\n b</w:t></w:r>", "a  b"),
        ("<w:r><w:t>　全角　</w:t></w:r>", "　全角　"),
        ("<w:smartTag w:uri='u'><w:r><w:t>智能</w:t></w:r></w:smartTag><w:r><w:t>标记</w:t></w:r>", "智能标记"),
        ("<w:hyperlink w:anchor='x'><w:r><w:t>链接</w:t></w:r></w:hyperlink>", "链接"),
        ("<w:customXml w:element='e'><w:customXmlPr/><w:r><w:t>自定义</w:t></w:r></w:customXml>", "自定义"),
        ("<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt>", "控件"),
        ("<w:bdo w:val='ltr'><w:dir w:val='ltr'><w:r><w:t>方向</w:t></w:r></w:dir></w:bdo>", "方向"),
        ("<w:unheardOf><w:r><w:t>未知</w:t></w:r></w:unheardOf>", "未知"),
        ("<w:t>无游程</w:t>", "无游程"),
        (
            "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>hàn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>汉</w:t></w:r></w:rubyBase>"
            "</w:ruby></w:r><w:r><w:t>字</w:t></w:r>",
            "汉字",
        ),
        ("<w:r><w:ptab w:alignment='right'/><w:t>右</w:t></w:r>", "\t右"),
        ("<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>", "x+1"),
    ],
)  # fmt: skip
def test_text_of_a_paragraph_and_of_a_cell(inner: str, text: str) -> None:
    assert text_of(p(inner)) == text
    grid = next(layout(tbl(tr(tc(p(inner))))).grids())
    assert grid.rows[0].cells[0].text == text


@pytest.mark.parametrize(
    ("font", "code", "character"),
    [
        ("Wingdings", "F0FE", "☑"),
        ("Wingdings", "F0A8", "□"),
        ("Wingdings", "F0FC", "√"),
        ("Wingdings", "00FE", "☑"),
        ("Wingdings 2", "F052", "☑"),
        ("Wingdings 2", "F0A3", "□"),
        ("Symbol", "F0B3", "≥"),
        ("Symbol", "F0A3", "≤"),
        ("Symbol", "F0B4", "×"),
        ("宋体", "25A1", "□"),
    ],
)
def test_symbols(font: str, code: str, character: str) -> None:
    body = p(f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>', "甲项")
    assert text_of(body) == f"{character}甲项"
    assert not layout(body).diagnostics


@pytest.mark.parametrize(
    ("font", "code"), [("Wingdings", "F0FF"), ("Marlett", "F061"), ("Symbol", "zz"), ("宋体", "D800")]
)
def test_an_unknown_symbol_is_said(font: str, code: str) -> None:
    found = layout(p(f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'))
    assert texts(found) == ["\ufffd"]
    (said,) = found.diagnostics
    assert said.code == "PD025"
    assert font in said.message
    assert said.place.paragraph == 1


def test_letters_in_a_symbol_font() -> None:
    ticked = run("R", '<w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/>')
    private = run("\uf0fe", '<w:rFonts w:ascii="Wingdings"/>')
    assert text_of(p(ticked, "是", private)) == "☑是☑"
    grid = next(layout(tbl(tr(tc(p(ticked, "是")), "R"))).grids())
    assert [cell.text for cell in grid.rows[0].cells] == ["☑是", "R"]


def test_what_libreoffice_writes_behind_a_symbol_is_text() -> None:
    """LibreOffice 7.4 of `≥A级` and `≤24小时·`, the first sign of each a `w:sym`."""
    fonts = '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol" w:cs="Symbol" w:eastAsia="Symbol"/>'
    assert text_of(p(run("\uf0b3", fonts), run("A", fonts), run("级", fonts))) == "≥A级"
    assert text_of(p(run("\uf0a3", fonts), run("24", fonts), run("小时", fonts), run("·", fonts))) == "≤24小时·"
    boxed = '<w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2" w:eastAsia="宋体"/>'
    assert text_of(p(run("R", boxed), run("是", boxed))) == "☑是"


def test_a_field_shows_its_result() -> None:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    code = "<w:r><w:instrText>{}</w:instrText></w:r>".format
    page = mark("begin") + code(" PAGE ") + mark("separate") + run("12") + mark("end")
    assert text_of(p("第", page, "页")) == "第12页"
    nested = mark("begin") + code(" IF ") + mark("begin") + code("X") + mark("separate") + run("code") + mark("end")
    nested += run("more code") + mark("separate") + run("对") + mark("end")
    assert text_of(p(nested, "。")) == "对。"
    assert text_of(p(mark("begin"), code(' XE "词条" '), mark("end"), "正文")) == "正文"
    assert text_of(p('<w:fldSimple w:instr="DATE">' + run("2023年") + "</w:fldSimple>")) == "2023年"
    assert text_of(p(mark("end"), "后", mark("separate"))) == "后"


def test_a_result_runs_over_paragraphs() -> None:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    first = p(mark("begin"), "<w:r><w:instrText>REF x</w:instrText></w:r>", mark("separate"), "第一")
    found = layout(first + p("第二") + p("第三", mark("end"), "以后"))
    assert texts(found) == ["第一", "第二", "第三以后"]
    assert not found.diagnostics


@pytest.mark.parametrize(
    ("code", "result", "code_said"),
    [
        (" TITLE ", "", "PD032"),
        (" =SUM(LEFT) ", "", "PD032"),
        (" REF a \\h ", "错误!未找到引用源。", "PD036"),
        (" REF a ", "Error: Reference source not found", "PD036"),  # as LibreOffice says it
        (" MERGEFIELD 值 ", "错误率", ""),
        (" FORMTEXT ", "", ""),
        (" XE 甲 ", "", ""),
    ],
)
def test_a_field_in_a_cell_that_shows_nothing_or_an_error_is_told(code: str, result: str, code_said: str) -> None:
    whole = f'<w:fldSimple w:instr="{code}">{run(result)}</w:fldSimple>'
    steps = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    begin, separate, end = steps
    for field in (whole, f"{begin}<w:r><w:instrText>{code}</w:instrText></w:r>{separate}{run(result)}{end}"):
        found = layout(tbl(tr("甲", tc(p(field)))) + p(field))
        assert cells(next(found.grids())) == [[(1, "甲"), (2, result)]]
        said = [(each.code, str(each.place)) for each in found.diagnostics]
        assert said == [(code_said, "f.docx: table 1 row 1 column 2")] * bool(code_said)


def test_a_field_that_never_ends_swallows_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGEREF x</w:instrText></w:r>'
    found = layout(p("前", begin, "后") + p("下一段") + tbl(tr(tc(p(begin, "格"), "行"), "邻")))
    assert texts(found) == ["前后", "下一段"]
    assert [cell.text for cell in next(found.grids()).rows[0].cells] == ["格\n行", "邻"]
    assert codes(found) == ["PD027", "PD027"]


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("<w:checkBox><w:default w:val='0'/></w:checkBox>", "☐"),
        ("<w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox>", "☒"),
        ("<w:ddList><w:result w:val='1'/><w:listEntry w:val='是'/><w:listEntry w:val='否'/></w:ddList>", "否"),
        ("<w:ddList><w:listEntry w:val='是'/></w:ddList>", "是"),
        ("<w:ddList/>", ""),
        ("<w:textInput/>", ""),
    ],
)
def test_legacy_form_fields(form: str, text: str) -> None:
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{form}</w:ffData></w:fldChar></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert text_of(p(begin, end)) == text


def test_hidden_text_is_quoted_and_left_out() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="H"><w:name w:val="H"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="P"><w:name w:val="P"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Q"><w:name w:val="Q"/><w:basedOn w:val="P"/></w:style>'
    )
    hidden = run("藏", "<w:vanish/>")
    found = layout(
        p("见", hidden)
        + p(run("样式", '<w:rStyle w:val="H"/>'), "见")
        + p("段", run("显", '<w:vanish w:val="0"/>'), properties='<w:pStyle w:val="Q"/>')
        + tbl(tr(tc(p("格", hidden)))),
        {"styles": styles},
    )
    assert texts(found) == ["见", "见", "显"]
    assert next(found.grids()).rows[0].cells[0].text == "格"
    assert [(each.code, each.quote, each.place.paragraph or each.place.table) for each in found.diagnostics] == [
        ("PD023", "藏", 1),
        ("PD023", "样式", 2),
        ("PD023", "段", 3),
        ("PD023", "藏", 1),
    ]


def test_a_hidden_paragraph_end_joins_the_lines() -> None:
    mark = "<w:rPr><w:vanish/></w:rPr>"
    assert texts(layout(p("一", properties=mark) + p("二") + p(properties=mark) + tbl(tr("格")) + p("三"))) == [
        "一二",
        "三",
    ]


def test_text_boxes_are_read_once_after_their_paragraph() -> None:
    found = layout(p("前", text_box(p("框内") + tbl(tr("格")))) + tbl(tr(tc(p("甲", text_box(p("格中框")))))) + p("尾"))
    assert [(each.story, each.text) for each in paragraphs(found)] == [
        ("body", "前"),
        ("textbox", "框内"),
        ("textbox", "格中框"),
        ("body", "尾"),
    ]
    boxed, grid = found.grids()
    assert str(boxed.place) == "f.docx: textbox1 table 1"
    assert grid.rows[0].cells[0].text == "甲"
    assert [type(each).__name__ for each in found.blocks].count("Grid") == 2


def test_vml_text_boxes_and_wordart() -> None:
    content = f"<w:txbxContent>{p('旧框')}</w:txbxContent>"
    box = f"<w:r><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></w:r>"
    art = '<w:r><w:pict><v:shape><v:textpath string="附件"/></v:shape></w:pict></w:r>'
    assert texts(layout(p(box, "文", art))) == ["文", "旧框", "附件"]


def test_alternate_content_without_a_known_choice() -> None:
    choice = '<mc:Choice xmlns:zz="http://example.org/zz" Requires="zz">' + run("新") + "</mc:Choice>"
    fallback = "<mc:Fallback>" + run("旧") + "</mc:Fallback>"
    assert text_of(p(f"<mc:AlternateContent>{choice}{fallback}</mc:AlternateContent>")) == "旧"
    assert text_of(p("前", f"<mc:AlternateContent>{choice}</mc:AlternateContent>")) == "前"


def test_pictures_and_objects_are_named() -> None:
    picture = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="图片 1" descr="组织结构图"/><a:graphic><a:graphicData>'
        '<pic:pic><a:blip r:embed="x"/></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
    sheet = '<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12" r:id="x"/></w:object></w:r>'
    found = layout(p(picture) + p(sheet))
    assert texts(found) == ["", ""]
    assert [(each.code, each.quote) for each in found.diagnostics] == [("PD024", "组织结构图"), ("PD024", "")]
    assert "Excel.Sheet.12" in found.diagnostics[1].message


def test_formulas_in_one_line() -> None:
    def math(inner: str) -> str:
        return f"<m:oMathPara><m:oMath>{inner}</m:oMath></m:oMathPara>"

    r = "<m:r><m:t>{}</m:t></m:r>".format
    fraction = f"<m:f><m:fPr/><m:num>{r('a')}</m:num><m:den>{r('b')}</m:den></m:f>"
    power = f"<m:sSup><m:e>{r('x')}</m:e><m:sup>{r('2')}</m:sup></m:sSup>"
    total = f"<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr><m:sub/><m:sup/><m:e>{r('n')}</m:e></m:nary>"
    fence = f"<m:d><m:dPr/><m:e>{r('y')}</m:e></m:d>"
    found = layout(p(math(fraction + r("+") + power + total + fence)))
    assert texts(found) == ["a/b+x^2∑n(y)"]
    assert codes(found) == ["PD031"]


PROMPT = "<w:sdt><w:sdtPr>{}<w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"


def test_a_content_control_that_is_not_filled_in_has_no_text() -> None:
    styled = run("项目负责人", '<w:rStyle w:val="PlaceholderText"/>')
    named = '<w:style w:type="character" w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/></w:style>'
    body = p("甲", PROMPT.format("", run("单击或点击此处输入文字。")), "乙") + tbl(
        tr(PROMPT.format("", tc(p(styled))), "邻")
    )
    found = layout(body, {"styles": named})
    assert texts(found) == ["甲乙"]
    assert cells(next(found.grids())) == [[(1, ""), (2, "邻")]]
    assert [(each.code, each.severity, each.quote, str(each.place)) for each in found.diagnostics] == [
        ("PD030", "warning", "单击或点击此处输入文字。", "f.docx: paragraph 1"),
        ("PD030", "warning", "项目负责人", "f.docx: table 1 row 1 column 1"),
    ]


def test_a_content_control_that_a_program_filled_in_keeps_its_text() -> None:
    """It left the mark of a prompt in place: the text is no prompt, and told."""
    found = layout(p(PROMPT.format("", run("张三"))) + tbl(tr(PROMPT.format("", tc("格")), "邻")))
    assert texts(found) == ["张三"]
    assert [(each.code, each.severity, each.quote) for each in found.diagnostics] == [
        ("PD030", "warning", "张三"),
        ("PD030", "warning", "格"),
    ]


@pytest.mark.parametrize(("written", "kept"), [("请填写负责人", ""), ("请输入法人代表 李四", "请输入法人代表 李四")])
def test_the_glossary_says_what_the_prompt_of_a_control_is(written: str, kept: str) -> None:
    name = '<w:docPart><w:docPartPr><w:name w:val="A1"/></w:docPartPr><w:docPartBody>{}</w:docPartBody></w:docPart>'
    parts = {"glossaryDocument": f"<w:docParts>{name.format(p('请填写负责人'))}</w:docParts>"}
    holder = '<w:placeholder><w:docPart w:val="A1"/></w:placeholder>'
    found = layout(p(PROMPT.format(holder, run(written))), parts)
    assert texts(found) == [kept]
    assert [each.quote for each in found.diagnostics] == [written]


def test_a_checkbox_control_shows_its_glyph() -> None:
    box = (
        '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr>'
        '<w:sdtContent><w:r><w:rPr><w:rFonts w:ascii="MS Gothic"/></w:rPr><w:t>☒</w:t></w:r></w:sdtContent></w:sdt>'
    )
    assert text_of(p(box, "是")) == "☒是"


def test_iso_strict_reads_the_same() -> None:
    body = p("标题", properties='<w:outlineLvl w:val="0"/>') + tbl(tr("甲", "乙"))
    assert read(docx(body, namespace=STRICT_W), "f.docx") == layout(body)


def test_namespaces_declared_anywhere() -> None:
    inner = f'<x:p xmlns:x="{STRICT_W}"><x:r><x:t>严格</x:t></x:r></x:p>'
    found = read(docx(p("一") + inner, namespace=STRICT_W), "f.docx")
    assert texts(found) == ["一", "严格"]
    quoted = f'xmlns:w="{STRICT_W}"'
    assert texts(read(docx(p(quoted), namespace=STRICT_W), "f.docx")) == [quoted]


def test_runs_of_character_styles() -> None:
    styled = run("值", '<w:rStyle w:val="Value"/>')
    linked = run("链", '<w:rStyle w:val="Hyperlink"/>')
    grid = next(layout(tbl(tr(tc(p("标签：", styled), p(styled, linked)), tc(p(linked))))).grids())
    first, second = grid.rows[0].cells
    assert first.runs == (("", "标签："), ("Value", "值"), ("", "\n"), ("Value", "值"), ("", "链"))
    assert second.runs == ()


_PIECE = st.sampled_from(
    ["甲", " 乙 ", "≥90%", "R", "\uf0fe", "<w:tab/>", "<w:br/>", '<w:sym w:font="Symbol" w:char="F0B3"/>', "<w:cr/>"]
)


@given(st.lists(st.lists(_PIECE, max_size=4), min_size=1, max_size=4))
def test_a_value_may_be_split_anywhere(pieces: list[list[str]]) -> None:
    """However text is cut into runs, controls and tags, it is the same text."""

    def content(piece: str) -> str:
        return piece if piece.startswith("<") else f'<w:t xml:space="preserve">{piece}</w:t>'

    whole = "".join(content(piece) for part in pieces for piece in part)
    cut = "".join(f"<w:r>{''.join(map(content, part))}</w:r>" for part in pieces)
    tagged = f"<w:smartTag><w:sdt><w:sdtContent>{cut}</w:sdtContent></w:sdt></w:smartTag>"
    expected = text_of(p(f"<w:r>{whole}</w:r>"))
    assert text_of(p(cut)) == expected
    grid = next(layout(tbl(tr(tc(p(tagged)), tc(p(f"<w:r>{whole}</w:r>"))))).grids())
    assert isinstance(grid, Grid)
    assert [cell.text for cell in grid.rows[0].cells] == [expected, expected]

"""Word files as other programs write them, and what another reader makes of them."""

from __future__ import annotations

import io

import docx as python_docx
from tika import tika_text
from wordxml import cells, codes, docx, layout, p, run, tbl, tc, texts, tr

from perfdoc.layout import Grid, Layout, Paragraph
from perfdoc.reading import read


def printed(found: Layout) -> str:
    """A layout's body as Tika prints a Word file."""
    text = ""
    for block in found.blocks:
        if isinstance(block, Grid):
            rows = ("".join(f"\t{cell.text}\n" for cell in row.cells) + "\n" for row in block.rows)
            text += "".join(rows) + "\n"
        elif block.story == "body":
            text += "".join(f"[bookmark: {name}]" for name in block.bookmarks) + block.text + "\n"
    return text


def by_python_docx() -> bytes:
    """A file with what python-docx can make: headings, lists, merges, breaks, nested tables, a header."""
    document = python_docx.Document()
    document.sections[0].header.paragraphs[0].text = "密级：内部"
    document.add_heading("第一章", 1)
    document.add_paragraph("甲\n乙\t丙")
    table = document.add_table(3, 3)
    table.rows[0].cells[0].text = "组"
    table.cell(0, 0).merge(table.cell(2, 0))
    table.cell(0, 1).merge(table.cell(0, 2)).text = "宽"
    table.cell(1, 1).text = "1.一\n2.二"
    table.cell(2, 1).add_paragraph("第二段")
    document.add_paragraph("")
    outer = document.add_table(1, 2)
    outer.cell(0, 0).add_table(1, 1).cell(0, 0).text = "内"
    document.add_paragraph("一", style="List Number")
    document.add_paragraph("二", style="List Number")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_file_of_python_docx() -> None:
    found = read(by_python_docx(), "f.docx")
    assert [(each.text, each.outline, each.story) for each in found.blocks if isinstance(each, Paragraph)] == [
        ("第一章", 1, "body"),
        ("甲\n乙\t丙", 0, "body"),
        ("", 0, "body"),
        ("1.一", 0, "body"),
        ("2.二", 0, "body"),
        ("密级：内部", 0, "header"),
    ]
    first, outer = found.grids()
    assert [(cell.text, cell.colspan, cell.rowspan) for cell in first.rows[0].cells] == [
        ("组", 1, 3),
        ("宽", 2, 1),
    ]
    assert cells(first)[1:] == [[(1, ""), (2, "1.一\n2.二"), (3, "")], [(1, ""), (2, "\n第二段"), (3, "")]]
    assert cells(outer) == [[(1, "内"), (2, "")]]


def test_tika_reads_the_same_text() -> None:
    body = (
        p('<w:bookmarkStart w:id="1" w:name="_Toc1"/>', "1.甲绩效目标表", '<w:bookmarkEnd w:id="1"/>')
        + tbl(
            tr("209101某院", tc("单位：万元", properties='<w:gridSpan w:val="2"/>')),
            tr(tc("组", properties='<w:vMerge w:val="restart"/>'), "A&amp;B  &lt;5", ""),
            tr(tc(properties="<w:vMerge/>"), tc("1.一", "2.二"), tc(p(run("左"), "<w:r><w:tab/></w:r>", run("右")))),
        )
        + p()
        + tbl(tr(tc(p("上", "<w:r><w:br/></w:r>", "下")), tc(p("1-12月"))))
        + p("尾")
    )
    data = docx(body)
    assert tika_text(data) == printed(read(data, "f.docx"))
    assert read(tika_text(data).encode(), "f.txt").blocks[0].place.line == 1


# What LibreOffice 7.4 wrote, so that the reading is tested where there is no LibreOffice.


def test_repeated_controls() -> None:
    def control(*pieces: str) -> str:
        content = "".join(f"<w:t>{piece}</w:t>" for piece in pieces)
        return f"<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:rPr/>{content}</w:r></w:sdtContent></w:sdt>"

    value = "2023年1-12月"
    repeated = [control(value), control("年", value), control("1-12", value), control("月", value), control(value)]
    found = layout(
        tbl(tr(tc(p(*repeated)), tc(p(*repeated[:3], "后")))) + p(control("甲"), control("甲", "甲"), control("甲"))
    )
    assert cells(next(found.grids())) == [[(1, value), (2, f"{value}后")]]
    assert texts(found) == ["甲"]
    assert [(each.code, each.quote) for each in found.diagnostics] == [
        ("PD032", value),
        ("PD032", value),
        ("PD032", "甲"),
    ]
    honest = layout(
        p(control("是"), control("是")) + p(control("1"), control("11")) + p(control("1"), control("1", "2"))
    )
    assert texts(honest) == ["是是", "111", "112"]
    assert not honest.diagnostics


CHAR = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format


def field(code: str, text: str) -> str:
    begin = CHAR("begin") + f"<w:r><w:instrText>{code}</w:instrText></w:r>" + CHAR("separate")
    return begin + f"<w:r><w:t>{text}</w:t></w:r>"


def test_repeated_input_fields() -> None:
    asked = field(' FILLIN ""', "3.5万盒") + CHAR("end")
    found = layout(tbl(tr(tc(p(asked, "万盒", asked, asked, "后")), tc(p(asked, "、", asked)))))
    assert cells(next(found.grids())) == [[(1, "3.5万盒后"), (2, "3.5万盒、3.5万盒")]]
    assert codes(found) == ["PD032"]


def test_repeated_fields_of_an_rtf() -> None:
    """The last one stands behind a stray 0, or behind the last stretch and a stray 0."""
    form = field(" FORMTEXT ", "第5") + CHAR("end")
    found = layout(
        tbl(tr(tc(p(form, "第", form, "50", form)), tc(p(form, "第5", form, "0", form)), tc(p(form, "0", form))))
    )
    assert cells(next(found.grids())) == [[(1, "第5"), (2, "第5"), (3, "第50第5")]]
    assert codes(found) == ["PD032", "PD032"]


def test_repeated_form_fields_of_several_lines() -> None:
    form = field(" FORMTEXT ", "3.5万盒")
    lines = [p(form), p(CHAR("end"), "万盒", form), p(CHAR("end")), p(form), p(CHAR("end"))]
    found = layout(
        tbl(tr(tc(*lines, "第二段"), tc(p(field("FORMTEXT", "≥90%")), p(CHAR("end"))), tc(*lines[:1], "二")))
    )
    assert cells(next(found.grids())) == [[(1, "3.5万盒\n第二段"), (2, "≥90%"), (3, "3.5万盒\n二")]]
    assert codes(found) == ["PD032"]

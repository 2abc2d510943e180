"""What stands where no text may stand is told; what strict files and new namespaces hold is read like any other."""

from __future__ import annotations

import io
import zipfile

from wordxml import STRICT_W, cells, codes, docx, layout, p, part, tbl, tc, text_box, texts, tr, zipped

from perfdoc.reading import read

MAIN = "word/document.xml"
PARTS = {
    "footnotes": f'<w:footnote w:id="1">{p("脚注")}</w:footnote>',
    "comments": f'<w:comment w:id="1" w:author="甲">{p("请核对")}</w:comment>',
    "styles": '<w:style w:type="paragraph" w:styleId="4"><w:name w:val="heading 4"/></w:style>',
    "numbering": '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:lvlText w:val="%1."/>'
    '</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>',
}


def with_content(content: str) -> bytes:
    """A file whose main part has these children."""
    with zipfile.ZipFile(io.BytesIO(docx(""))) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    return zipped(parts | {MAIN: part("document", content)})


def test_notes_styles_and_lists_of_a_strict_file() -> None:
    references = '<w:r><w:footnoteReference w:id="1"/></w:r><w:r><w:commentReference w:id="1"/></w:r>'
    numbered = '<w:pStyle w:val="4"/><w:numPr><w:numId w:val="1"/></w:numPr>'
    body = p("题", references, properties=numbered) + tbl(tr("甲"))
    found = read(docx(body, PARTS, STRICT_W), "f.docx")
    assert texts(found) == ["1.题", "脚注", "请核对"]
    assert codes(found) == ["PD022", "PD021"]
    assert found == layout(body, PARTS)


def test_a_text_box_in_the_namespace_of_2006() -> None:
    """`wne:txbxContent`, as some programs write it."""
    box = text_box(p("框") + tbl(tr("甲")))
    other = "http://schemas.microsoft.com/office/word/2006/wordml"
    renamed = box.replace("<w:txbxContent>", f'<n:txbxContent xmlns:n="{other}">').replace("/w:txbx", "/n:txbx")
    assert layout(p(renamed)) == layout(p(box))
    assert texts(layout(p(renamed))) == ["", "框"]


def test_text_outside_of_the_body_is_told() -> None:
    body = f"<w:body>{p('一')}</w:body>"
    for written, expected in (
        (f"{p('前')}{body}{tbl(tr('后'))}", ["前", "后"]),
        (f"{body}<w:body>{tbl(tr('第二'))}</w:body>", ["第二"]),
        (f"<w:background/>{body}{p()}", []),
    ):
        found = read(with_content(written), "f.docx")
        assert texts(found) == ["一"]
        assert [(each.code, each.quote) for each in found.diagnostics] == [("PD032", text) for text in expected]


def test_a_paragraph_in_a_row_is_told() -> None:
    found = layout(tbl(tr("a", "b"), f"<w:tr>{p('前')}{tc('c')}{p('中')}{tc('d', 'e')}{p('后')}</w:tr>"))
    assert cells(next(found.grids())) == [[(1, "a"), (2, "b")], [(1, "c"), (2, "d\ne")]]
    assert [(each.code, each.quote.strip(), str(each.place)) for each in found.diagnostics] == [
        ("PD032", text, "f.docx: table 1 row 2") for text in ("前", "中", "后")
    ]


def test_a_row_that_holds_nothing_but_a_paragraph() -> None:
    found = layout(tbl(tr("a"), f"<w:tr>{p('散')}</w:tr>", tr("b")))
    assert cells(next(found.grids())) == [[(1, "a")], [], [(1, "b")]]
    assert [(each.code, each.quote) for each in found.diagnostics] == [("PD032", "散")]

"""Where elements stand in the bytes of a part, whatever its prefixes, its namespaces, and the marks before it."""

from __future__ import annotations

import re

import pytest
from wordxml import STRICT_W, W, docx, p, part, relationships, tbl, tc, tr, zipped

from perfdoc.errors import UnreadableError
from perfdoc.original import Edit, Original, write_texts
from perfdoc.original.edits import spliced
from perfdoc.original.spans import Spans
from perfdoc.report import Place

FILE = "f.docx"
CELL = Place(FILE, table=1, row=1, column=1)
BODY = tbl(tr(tc(p("甲", "乙"), "丙"), "丁"), columns=2)


def test_elements_have_the_numbers_that_cells_have() -> None:
    """Those in a nested table, and in what is not shown, count too; those before the body do not."""
    inner = tbl(tr("a", "b"), columns=2)
    body = tbl(tr(tc(p("甲"), inner, p("乙")), "丙"), tr("x", properties='<w:del w:id="1" w:author="a"/>'), tr("丁"))
    data = docx(f"{body}{p('尾')}")
    original = Original(data, FILE)
    spans = original.part("word/document.xml")
    found = {}
    for place, source in original.sources:
        name = "w:tc" if source.is_cell else "w:p"
        span = spans.at(spans.numbered(name, source.number))
        found[source.text] = spans.data[span.begin : span.end].decode()
        assert found[source.text].startswith(f"<{name}>")
        assert place.file == FILE
    assert set(found) == {"甲\n乙", "a", "b", "丙", "丁", "尾"}
    assert all(text.split("\n")[-1] in content for text, content in found.items())


def test_what_an_element_spans() -> None:
    content = b"<w:p xmlns:w='" + W.encode() + b'\'><w:r a="x>y/"><w:t >\xe7\x94\xb2</w:t  ></w:r><w:r/></w:p>'
    spans = Spans(content, FILE, "a.xml")
    (run, empty), text = spans._numbered["w:r"], spans.leaf(1)
    assert [content[slice(*spans.at(run)[:2])], content[slice(*spans.at(run)[2:])]] == [b'<w:r a="x>y/">', b"</w:r>"]
    assert content[slice(*spans.at(text)[1:3])].decode() == "甲"
    assert spans.at(text).end == content.index(b"</w:r>")
    assert spans.at(empty).is_empty
    assert spans.value(run, "a") == "x>y/"
    assert spans.value(run, "b") is None


FORMS = {
    "another prefix": part("document", f"<w:body>{BODY}</w:body>").replace("w:", "文:").replace(":w=", ":文="),
    "no prefix": part("document", f"<w:body>{BODY}</w:body>")
    .replace("<w:", "<")
    .replace("</w:", "</")
    .replace("xmlns:w=", f'xmlns:w="{W}" xmlns='),
    "strict": part("document", f"<w:body>{BODY}</w:body>", STRICT_W),
    "a byte order mark": "\ufeff" + part("document", f"<w:body>{BODY}</w:body>"),
    "no declaration": part("document", f"<w:body>{BODY}</w:body>").partition("?>")[2],
    "a comment before": part("document", f"<w:body>{BODY}</w:body>").replace("?>", "?><!-- <w:t>甲</w:t> -->"),
}


@pytest.mark.parametrize("content", FORMS.values(), ids=FORMS.keys())
def test_a_part_in_any_of_its_forms(content: str) -> None:
    rels = {"_rels/.rels": relationships(("r1", "officeDocument", "word/document.xml"))}
    data = zipped({**rels, "word/document.xml": content.encode()})
    result = write_texts(data, {CELL: "甲戊\n丙\n新"}, file=FILE)
    now = Original(result.data, FILE).part("word/document.xml").data.decode()
    assert re.sub(r"(<[^<>]*>){3}新(</[^<>]*>){3}", "", now).replace("戊", "乙") == content


HOSTILE = {
    "a document type": '<!DOCTYPE w [<!ENTITY a "b">]><w:document xmlns:w="' + W + '"/>',
    "no end": '<w:document xmlns:w="' + W + '"><w:p>',
    "nested": f'<w:p xmlns:w="{W}">' + "<w:p>" * 300 + "</w:p>" * 301,
    "empty": "",
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_not_sound_is_said(content: str) -> None:
    with pytest.raises(UnreadableError, match=r"^f\.docx:"):
        Spans(content.encode(), FILE, "word/document.xml")


def test_edits_are_spliced_once() -> None:
    edits = [
        Edit(4, 6, b""),
        Edit(5, 5, b"inside"),
        Edit(0, 1, b"A"),
        Edit(4, 4, b"<"),
        Edit(6, 6, b">"),
        Edit(4, 4, b"="),
    ]
    assert spliced(b"0123456789", edits) == b"A123<=>6789"
    assert spliced(b"0123", []) == b"0123"
    with pytest.raises(ValueError, match="start=1"):
        spliced(b"0123", [Edit(0, 2, b"x"), Edit(1, 3, b"y")])

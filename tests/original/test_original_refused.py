"""Files and places that are not written into: the error says which and why, and nothing comes back."""

from __future__ import annotations

import pytest
from wordxml import docx, p, part, relationships, tbl, tc, tr, zipped

from perfdoc.cli.codes import Code, code_of
from perfdoc.errors import RefusedError, UnreadableError
from perfdoc.original import REFUSED, Original, write_texts
from perfdoc.report import Place

FILE = "f.docx"
CELL = Place(FILE, table=1, row=1, column=1)


def table(content: str) -> str:
    return tbl(tr(tc(content)), columns=1)


def sdt(properties: str, text: str = "甲") -> str:
    content = f"<w:sdtContent><w:r><w:t>{text}</w:t></w:r></w:sdtContent>"
    return f"<w:p><w:sdt><w:sdtPr>{properties}</w:sdtPr>{content}</w:sdt></w:p>"


def settings(content: str) -> bytes:
    return docx(table("甲"), {"settings": content})


PROTECTION = '<w:documentProtection w:edit="{}" w:enforcement="{}"/>'
FORMULA = "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
BOX = "<w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict>"
CHOICES = (
    f"<w:p><mc:AlternateContent><mc:Choice Requires='w14'>{BOX}</mc:Choice>"
    "<mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:p>"
)
FIELD = "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:t>乙</w:t></w:r></w:p>"
REFUSALS = {
    "protected": settings(PROTECTION.format("readOnly", "1")),
    "protected for forms": settings(PROTECTION.format("forms", "true")),
    "subdocuments": docx(table("甲") + '<w:subDoc r:id="rId9"/>'),
    "locked": docx(table(sdt('<w:lock w:val="sdtContentLocked"/>'))),
    "computed": docx(table(f"<w:p>{FORMULA}</w:p>")),
    "bytes": docx(table("<w:p><w:r><w:t>甲<![CDATA[乙]]></w:t></w:r></w:p>")),
    "held": docx(table(f"<w:p><w:r><w:t>甲</w:t></w:r></w:p>{FIELD}")),
}


@pytest.mark.parametrize(("reason", "data"), REFUSALS.items(), ids=REFUSALS.keys())
def test_a_text_is_refused_with_its_place(reason: str, data: bytes) -> None:
    with pytest.raises(RefusedError) as refused:
        write_texts(data, {CELL: "新"}, file=FILE)
    assert refused.value.reason == reason.partition(" ")[0]
    (diagnostic,) = refused.value.diagnostics
    assert diagnostic.code == REFUSED
    assert diagnostic.place in (CELL, Place(FILE))
    assert code_of(refused.value) is Code.lost
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("content", [PROTECTION.format("readOnly", "0"), PROTECTION.format("none", "1"), ""])
def test_a_protection_that_is_not_in_force_is_none(content: str) -> None:
    assert write_texts(settings(content), {CELL: "新"}, file=FILE).changes


def test_a_signed_file_is_not_changed() -> None:
    package: dict[str, str | bytes] = {
        "_rels/.rels": relationships(
            ("r1", "officeDocument", "word/document.xml"), ("r2", "origin", "_xmlsignatures/origin.sigs")
        ),
        "word/document.xml": part("document", f"<w:body>{table('甲')}</w:body>"),
        "_xmlsignatures/origin.sigs": b"",
    }
    data = zipped(package)
    assert write_texts(data, {CELL: "甲"}, file=FILE).data is data, "nothing to change, nothing to refuse"
    with pytest.raises(RefusedError) as refused:
        write_texts(data, {CELL: "乙"}, file=FILE)
    assert refused.value.reason == "signed"


@pytest.mark.parametrize("text", ["a\x0bb", "\ud800", "a\rb", "\ufffe"])
def test_characters_that_xml_can_not_hold(text: str) -> None:
    with pytest.raises(RefusedError) as refused:
        write_texts(docx(table("甲")), {CELL: text}, file=FILE)
    assert refused.value.reason == "character"
    assert "U+" in str(refused.value)


@pytest.mark.parametrize("place", [Place(FILE, table=1, row=2, column=1), Place(FILE, paragraph=9), Place(FILE)])
def test_a_place_that_is_not_there(place: Place) -> None:
    with pytest.raises(RefusedError) as refused:
        write_texts(docx(table("甲")), {place: "乙"}, file=FILE)
    assert refused.value.reason == "nowhere"


def test_versions_that_differ() -> None:
    data = docx(CHOICES.format(p("甲"), BOX.format(p("乙"))))
    box = next(block.place for block in Original(data, FILE).layout.blocks if block.place.part)
    with pytest.raises(RefusedError) as refused:
        write_texts(data, {box: "丙"}, file=FILE)
    assert refused.value.reason == "versions"


UTF16 = (
    '<?xml version="1.0" encoding="UTF-16"?>' + part("document", f"<w:body>{table('甲')}</w:body>").partition("?>")[2]
)
ENCODED = {
    "utf-16": UTF16.encode("utf-16"),
    "gb18030": UTF16.replace("UTF-16", "GB18030").encode("gb18030"),
    "latin-1": UTF16.replace("UTF-16", "ISO-8859-1").replace("甲", "A").encode("latin-1"),
}


@pytest.mark.parametrize("content", ENCODED.values(), ids=ENCODED.keys())
def test_only_utf_8_is_written_into(content: bytes) -> None:
    rels = {"_rels/.rels": relationships(("r1", "officeDocument", "word/document.xml"))}
    with pytest.raises(RefusedError) as refused:
        write_texts(zipped({**rels, "word/document.xml": content}), {CELL: "乙"}, file=FILE)
    assert refused.value.reason == "encoding"


def test_no_file_of_word() -> None:
    with pytest.raises(RefusedError, match="html"):
        Original(b"<html><table><tr><td>1</td></tr></table></html>", "f.html")
    with pytest.raises(UnreadableError):
        Original(b"PK\3\4", FILE)

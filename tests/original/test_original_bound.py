"""Content controls bound to another part: what changes in the control changes there, and nothing else."""

from __future__ import annotations

import io
import zipfile

import pytest
from wordxml import docx, relationships, zipped

from perfdoc.errors import RefusedError
from perfdoc.original import write_texts
from perfdoc.report import Place

FILE = "f.docx"
FIRST = Place(FILE, paragraph=1)
ITEM = "{11111111-2222-3333-4444-555555555555}"
STORE = "customXml/item1.xml"
DATA = '<f:form xmlns:f="urn:f" year="2024"><f:unit>甲局</f:unit><f:unit/><f:rows><f:row>1</f:row></f:rows></f:form>'
LIST = '<w:{0}><w:listItem w:displayText="一级" w:value="1"/><w:listItem w:displayText="二级" w:value="2"/></w:{0}>'
TITLE = "<cp:coreProperties xmlns:cp='c' xmlns:dc='d'><dc:title>旧</dc:title></cp:coreProperties>"


def bound(kind: str, path: str, item: str = ITEM) -> bytes:
    """A file with one control, bound to a path in a store."""
    properties = f'{kind}<w:dataBinding w:xpath="{path}" w:storeItemID="{item}"/>'
    content = "<w:sdtContent><w:r><w:t>旧</w:t></w:r></w:sdtContent>"
    plain = docx(f"<w:p><w:sdt><w:sdtPr>{properties}</w:sdtPr>{content}</w:sdt></w:p>")
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    main, core = ("r1", "officeDocument", "word/document.xml"), ("r2", "core-properties", "docProps/core.xml")
    parts["_rels/.rels"] = relationships(main, core)
    parts["docProps/core.xml"] = TITLE
    parts["word/_rels/document.xml.rels"] = relationships(("c1", "customXml", f"../{STORE}"))
    parts[STORE] = DATA
    parts["customXml/_rels/item1.xml.rels"] = relationships(("p1", "customXmlProps", "itemProps1.xml"))
    parts["customXml/itemProps1.xml"] = f'<ds:datastoreItem xmlns:ds="urn:ds" ds:itemID="{ITEM.lower()}"/>'
    return zipped(parts)


UNIT, CORE = "/f:form[1]/f:unit[1]", "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"
DATE = "<w:date/>"
CHANGED = {
    "a text": ("<w:text/>", UNIT, ITEM, "乙<局>", STORE, DATA.replace("甲局", "乙&lt;局&gt;")),
    "an empty element": ("<w:text/>", "/f:form/f:unit[2]", ITEM, "乙", STORE, DATA.replace("/><", ">乙</f:unit><")),
    "its text": ("<w:text/>", "/f:form/f:rows/f:row/text()", ITEM, "2", STORE, DATA.replace(">1<", ">2<")),
    "an attribute": ("<w:text/>", "/f:form/@year", ITEM, '"', STORE, DATA.replace("2024", "&quot;")),
    "a date": (DATE, UNIT, ITEM, "2025年3月8日", STORE, DATA.replace("甲局", "2025-03-08T00:00:00")),
    "no date": (DATE, UNIT, ITEM, "", STORE, DATA.replace("甲局", "")),
    "a choice": (LIST.format("dropDownList"), UNIT, ITEM, "二级", STORE, DATA.replace("甲局", "2")),
    "no choice": (LIST.format("comboBox"), UNIT, ITEM, "三级", STORE, DATA.replace("甲局", "三级")),
    "a property": (
        "<w:text/>",
        "/c:coreProperties/d:title",
        CORE,
        "新",
        "docProps/core.xml",
        TITLE.replace("旧", "新"),
    ),
    "a store that is not there": ("<w:text/>", UNIT, "{00000000-0000-0000-0000-000000000000}", "乙", "", ""),
}


@pytest.mark.parametrize(("kind", "path", "item", "text", "part", "content"), CHANGED.values(), ids=CHANGED.keys())
def test_what_a_control_shows_changes_where_it_stands(
    kind: str, path: str, item: str, text: str, part: str, content: str
) -> None:
    data = bound(kind, path, item)
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(io.BytesIO(write_texts(data, {FIRST: text}, file=FILE).data)) as new,
    ):
        changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
        assert changed == {"word/document.xml", part} - {""}
        assert not part or new.read(part).decode() == content


UNKNOWN = {
    "no path": ("<w:text/>", "/f:form/f:none", "乙"),
    "no plain path": ("<w:text/>", "//f:unit", "乙"),
    "more than a text": ("<w:text/>", "/f:form/f:rows", "乙"),
    "no date of a day": (DATE, UNIT, "2025年"),
    "not of the list": (LIST.format("dropDownList"), UNIT, "三级"),
}


@pytest.mark.parametrize(("kind", "path", "text"), UNKNOWN.values(), ids=UNKNOWN.keys())
def test_what_can_not_be_known_is_refused(kind: str, path: str, text: str) -> None:
    with pytest.raises(RefusedError) as refused:
        write_texts(bound(kind, path), {FIRST: text}, file=FILE)
    assert refused.value.reason == "bound"

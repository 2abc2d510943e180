"""Files that are broken, or made to break a reader: each ends in one clear line, soon, and in little memory."""

from __future__ import annotations

import io
import zipfile

import pytest
from wordxml import W, docx, layout, p, part, relationships, run, tbl, tc, texts, tr, zipped

from perfdoc import errors
from perfdoc.reading import kind_of, package, read, sniff
from perfdoc.reading.docx import context, grid

GOOD = docx(p("甲") + tbl(tr("a", "b")) + "<w:sectPr/>", {"styles": "", "header1": p("x")})


def parts_of(data: bytes) -> dict[str, bytes | str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_part(name: str, content: bytes | str) -> bytes:
    return zipped(parts_of(GOOD) | {name: content})


def message(data: bytes) -> str:
    with pytest.raises(errors.UnreadableError) as raised:
        read(data, "f.docx")
    text = str(raised.value)
    assert text.startswith("f.docx: ")
    assert "\n" not in text
    return text


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "0 bytes"),
        (b" \r\n\t ", "white space"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "picture"),
        (b"Rar!\x1a\x07\x00xxxx", "archive"),
        (b"\x7fELF\x02\x01\x01\0\0", "program"),
        (b"\0\1\2\3\4\5\6\7", "known kind"),
        (b"<?xml version='1.0'?><other/>", "XML"),
        (b"PK\x03\x04 and no more", "cut off"),
        (zipped({"a.txt": "x"}), "neither a Word nor an Excel"),
        (zipped({"OFD.xml": "<x/>"}), "OFD"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "cut off"),
        (b"\xff" * 3000, "not text"),
    ],
)
def test_files_of_no_known_kind(data: bytes, says: str) -> None:
    assert says in message(data)


@pytest.mark.parametrize("keep", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_file_cut_off(keep: float) -> None:
    assert "cut off" in message(GOOD[: int(len(GOOD) * keep)])


@pytest.mark.parametrize("name", ["word/document.xml", "word/styles.xml", "word/header1.xml", "_rels/.rels"])
def test_broken_xml_names_part_and_line(name: str) -> None:
    data = parts_of(GOOD)
    body = p("甲") + '<w:sectPr><w:headerReference r:id="header1"/></w:sectPr>'
    data["word/document.xml"] = part("document", f"<w:body>{body}</w:body>")
    data[name] = b"<?xml version='1.0'?>\n<a>\n<b></a>"
    assert f"{name}, line 3: broken XML" in message(zipped(data))


@pytest.mark.parametrize("content", ["", "text", "<a/>", "<w:document xmlns:w='x'><w:body/></w:document>"])
def test_a_main_part_that_is_none(content: str) -> None:
    assert "word/document.xml" in message(with_part("word/document.xml", content))


def test_parts_that_are_missing() -> None:
    data = parts_of(GOOD)
    del data["word/document.xml"]
    assert "neither" in message(zipped(data))
    data = parts_of(GOOD)
    for name in ("word/styles.xml", "word/header1.xml", "[Content_Types].xml", "_rels/.rels"):
        del data[name]
        assert texts(read(zipped(data), "f.docx"))[0] == "甲"


def test_the_main_part_may_have_any_name() -> None:
    data = parts_of(GOOD)
    data["content/main.xml"] = data.pop("word/document.xml")
    data["_rels/.rels"] = relationships(("r1", "officeDocument", "/content/main.xml"))
    assert kind_of(zipped(data)) == "docx"
    assert texts(read(zipped(data), "f.docx")) == ["甲"]


@pytest.mark.parametrize(
    "target", ["../../../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "\\\\host\\share", "%00", ""]
)
def test_targets_that_lead_out_of_the_file(target: str) -> None:
    data = with_part("word/_rels/document.xml.rels", relationships(("s", "styles", target), ("c", "comments", target)))
    assert texts(read(data, "f.docx")) == ["甲"]


def test_external_and_cyclic_relationships() -> None:
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Type="x/styles" Target="http://example.invalid/styles.xml" TargetMode="External"/>'
        '<Relationship Id="b" Type="x/header" Target="document.xml"/></Relationships>'
    )
    body = p("甲") + '<w:sectPr><w:headerReference r:id="a"/><w:headerReference r:id="b"/></w:sectPr>'
    data = parts_of(GOOD)
    data["word/document.xml"] = part("document", f"<w:body>{body}</w:body>")
    data["word/_rels/document.xml.rels"] = rels
    found = read(zipped(data), "f.docx")
    assert texts(found) == ["甲", "甲"]  # the body, and once more as its own header


_ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c SYSTEM "file:///etc/passwd">]>'
    f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&b;&c;</w:t></w:r></w:p></w:body></w:document>'
)


@pytest.mark.parametrize(
    "name", ["word/document.xml", "word/styles.xml", "_rels/.rels", "word/_rels/document.xml.rels"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_are_refused(name: str, encoding: str) -> None:
    assert "document type" in message(with_part(name, _ENTITIES.encode(encoding)))


def test_parts_in_utf_16() -> None:
    main = parts_of(docx(p("甲乙")))["word/document.xml"]
    assert isinstance(main, bytes)
    text = main.decode().replace("UTF-8", "UTF-16")
    assert texts(read(with_part("word/document.xml", text.encode("utf-16")), "f.docx")) == ["甲乙"]
    assert "broken XML" in message(with_part("word/document.xml", b"\xff\xfe" + text.encode("utf-16-le")[:-3]))


@pytest.mark.parametrize("tag", ["w:sdt", "w:tbl", "w:smartTag", "w:customXml", "w:txbxContent", "w:unknown"])
def test_nesting_without_end(tag: str) -> None:
    deep = f"<{tag}>" * 100_000
    assert "word/document.xml" in message(docx(f"<w:p>{deep}"))
    closed = f"<{tag}>" * 3000 + f"</{tag}>" * 3000
    assert "word/document.xml" in message(docx(f"<w:p>{closed}</w:p>{closed}"))


def test_a_zip_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "RATIO_FREE", 2**20)
    bomb = with_part("word/document.xml", part("document", f"<w:body>{p(' ' * 4 * 2**20)}</w:body>"))
    assert "zip bomb" in message(bomb)
    monkeypatch.setattr(package, "MAX_RATIO", 10**9)
    assert "".join(texts(read(bomb, "f.docx"))).isspace()
    monkeypatch.setattr(package, "MAX_TOTAL", 2**21)
    assert "unpack to more than 2 MB" in message(bomb)


def test_limits_of_parts_and_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    large = with_part("word/styles.xml", part("styles", "<w:x/>" * 4 * 10**6))
    assert "word/styles.xml unpacks to more than 16 MB" in message(large)
    monkeypatch.setattr(package, "MAX_ENTRIES", 5)
    assert "entries" in message(GOOD)


def test_a_cell_that_does_not_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perfdoc.reading.docx.part.MAX_TREE", 2**20)
    assert "paragraph or cell of more than 1 MB" in message(docx(tbl(tr(tc(*["甲乙丙丁"] * 30_000)))))


def test_too_many_cells_and_paragraphs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "MAX_CELLS", 1000)
    monkeypatch.setattr(context, "MAX_PARAGRAPHS", 100)
    assert "more than 1,000 cells" in message(docx(tbl(*[tr(*["x"] * 10)] * 101)))
    assert "more than 100 paragraphs" in message(docx(p("x") * 101))
    assert len(texts(layout(p("x") * 100))) == 100


@pytest.mark.slow
def test_a_hundred_thousand_empty_cells() -> None:
    row = f"<w:tr>{'<w:tc><w:p/></w:tc>' * 500}</w:tr>"
    found = next(layout(tbl(*[row] * 200)).grids())
    assert (len(found.rows), found.columns) == (200, 500)


def test_more_columns_than_a_grid_has() -> None:
    few = grid.MAX_COLUMNS + 8
    found = next(layout(tbl(tr(*["x"] * few))).grids())
    assert found.columns == grid.MAX_COLUMNS
    assert len(found.rows[0].cells) == few
    with pytest.raises(errors.UnreadableError, match="more than 1,024 columns"):
        layout(tbl(tr(*["x"] * (few + 1))))


def test_a_flood_of_remarks_is_cut() -> None:
    symbol = '<w:r><w:sym w:font="Nowhere" w:char="F001"/></w:r>'
    found = layout(p(symbol * (context.MAX_DIAGNOSTICS + 7)))
    assert len(found.diagnostics) == context.MAX_DIAGNOSTICS + 1
    assert found.diagnostics[-1].code == "PD039"
    assert found.diagnostics[-1].message.startswith("7 more")


def _entry(method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in parts_of(GOOD).items():
            archive.writestr(name, content)
    return stream.getvalue()


def test_packed_in_another_way_or_encrypted() -> None:
    assert "packed by a method" in message(_entry(zipfile.ZIP_LZMA))
    data = bytearray(_entry())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + offset] |= 1
    assert "encrypted" in message(bytes(data))


def test_a_damaged_member() -> None:
    data = bytearray(GOOD)
    at = data.find(b"word/document.xml") + len("word/document.xml") + 20
    data[at] ^= 0xFF
    assert "word/document.xml" in message(bytes(data))


def test_names_in_other_cases_and_with_slashes() -> None:
    data = {name.upper() if name.startswith("word") else name: content for name, content in parts_of(GOOD).items()}
    assert texts(read(zipped(data), "f.docx")) == ["甲"]
    backslashes = {name.replace("/", "\\"): content for name, content in parts_of(GOOD).items()}
    assert texts(read(zipped(backslashes), "f.docx")) == ["甲"]


def test_kinds() -> None:
    assert kind_of(GOOD) == "docx"
    assert kind_of(zipped({"mimetype": "application/vnd.oasis.opendocument.text"})) == "odt"
    assert kind_of(zipped({"mimetype": "application/vnd.oasis.opendocument.graphics"})) == ""
    assert kind_of(zipped({"xl/workbook.xml": "<x/>"})) == "xlsx"
    assert kind_of(b"{\\rtf1 x}") == "rtf"
    assert kind_of(b"<html><body></body></html>") == "html"
    assert kind_of("绩效目标表\n".encode("gb18030")) == "txt"
    assert kind_of(b"") == ""
    assert sniff.Content(b"PK\x03\x04").zip_names == frozenset()


def test_text_that_only_looks_dangerous() -> None:
    assert texts(layout(p(run("&lt;!DOCTYPE x&gt; &amp;amp;")))) == ["<!DOCTYPE x> &amp;"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_entries_of_one_name_are_told() -> None:
    """A reader that takes the last one sees another form."""
    file = io.BytesIO(GOOD)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("word/document.xml", "<x/>")
    told = read(file.getvalue(), "f.docx")
    assert told.blocks == read(GOOD, "f.docx").blocks
    (one,) = [one for one in told.diagnostics if one.code == "PD032"]
    assert one.message == "the file holds word/document.xml more than once, with different contents; the first is read"
    with zipfile.ZipFile(file, "a") as archive:
        same = archive.read(archive.infolist()[0])
        archive.writestr(archive.infolist()[0].filename, same)
    assert len([one for one in read(file.getvalue(), "f.docx").diagnostics if one.code == "PD032"]) == 1

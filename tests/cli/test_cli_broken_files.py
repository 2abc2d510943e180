"""Files that can't be read: one message that names the file, exit code 3, no traceback, nothing written."""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from cli_support import run, tree, word, zipped

Members = dict[str, bytes]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
EMPTY = f'<w:document xmlns:w="{W}"><w:body><w:p/></w:body></w:document>'.encode()


def compound(*names: str) -> bytes:
    """A compound file ([MS-CFB]) whose root has streams of these names, all empty."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", header, 44, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    entries = []
    for at, name in enumerate(("Root Entry", *names)):
        entry = bytearray(128)
        raw = name.encode("utf-16-le")
        entry[: len(raw)] = raw
        right = at + 1 if 0 < at < len(names) else 0xFFFFFFFF
        child = 1 if at == 0 and names else 0xFFFFFFFF
        struct.pack_into("<HBBIII", entry, 64, len(raw) + 2, 5 if at == 0 else 2, 1, 0xFFFFFFFF, right, child)
        struct.pack_into("<I", entry, 116, 0xFFFFFFFE)
        entries.append(bytes(entry))
    return bytes(header) + fat + b"".join(entries).ljust(512, b"\0")


def document(members: Members, content: bytes) -> bytes:
    return zipped({**members, "word/document.xml": content})


def crc_broken(members: Members) -> bytes:
    data = bytearray(zipped(members, zipfile.ZIP_STORED))
    at = data.index(members["word/document.xml"][:60])
    data[at + 50] ^= 0x01
    return bytes(data)


def flagged_encrypted(members: Members) -> bytes:
    """The zip with the bit set that says its members are encrypted (APPNOTE 4.4.4)."""
    data = bytearray(zipped(members))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(signature, at + 4)
    return bytes(data)


def bomb(members: Members) -> bytes:
    """A part that unpacks to 600 MB."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            if name != "word/document.xml":
                archive.writestr(name, content)
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            part.write(EMPTY.removesuffix(b"</w:body></w:document>"))
            for _ in range(600):
                part.write(b" " * 1_000_000)
            part.write(b"</w:body></w:document>")
    return stream.getvalue()


ENTITIES = (
    b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(12))
    + b"]>"
)
OUTSIDE = b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
TEXT = b"<w:p><w:r><w:t>&%c;</w:t></w:r></w:p>"
NESTED = b"<w:tbl><w:tr><w:tc>"

BROKEN: dict[str, Callable[[Members], bytes]] = {
    "0 bytes": lambda m: b"",
    "white space": lambda m: b" \n\t\n" * 50,
    "cut off in the middle": lambda m: zipped(m)[: len(zipped(m)) // 2],
    "cut off at the end": lambda m: zipped(m)[:-30],
    "not a zip": lambda m: b"PK\x03\x04" + b"no zip at all" * 40,
    "bytes of no kind": lambda m: bytes(range(256)) * 8,
    "a zip without entries": lambda m: zipped({}),
    "a zip without parts": lambda m: zipped({"readme.md": b"hello"}),
    "a zip without its main part": lambda m: zipped({k: v for k, v in m.items() if k != "word/document.xml"}),
    "an empty main part": lambda m: document(m, b""),
    "XML that ends too early": lambda m: document(m, m["word/document.xml"][:-200]),
    "XML that is not well-formed": lambda m: document(m, EMPTY.replace(b"<w:p/>", b"<w:p>")),
    "XML of something else": lambda m: document(m, b"<html><body>x</body></html>"),
    "a wrong checksum": crc_broken,
    "encrypted members": flagged_encrypted,
    "an encrypted package": lambda m: compound("EncryptedPackage", "EncryptionInfo"),
    "a compound file of something else": lambda m: compound("PowerPoint Document"),
    "a compound file cut off": lambda m: compound("WordDocument")[:600],
    "a zip bomb": bomb,
    "an entity bomb": lambda m: document(m, ENTITIES + EMPTY.replace(b"<w:p/>", TEXT % 109)),
    "an entity from outside": lambda m: document(m, OUTSIDE + EMPTY.replace(b"<w:p/>", TEXT % 97)),
    "tables in tables without end": lambda m: document(
        m, EMPTY.replace(b"<w:p/>", NESTED * 20_000 + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * 20_000)
    ),
    "an empty document": lambda m: document(m, EMPTY),
    "a presentation": lambda m: zipped({"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<p/>"}),
    "a workbook without sheets": lambda m: zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<x/>"}),
    "a PDF": lambda m: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
    "a picture": lambda m: b"\x89PNG\r\n\x1a\n" + bytes(100),
    "another archive": lambda m: b"Rar!\x1a\x07\x00" + bytes(100),
    "a program": lambda m: b"\x7fELF" + bytes(100),
    "a web page without a table": lambda m: "<html><body><p>会议纪要</p></body></html>".encode(),
    "a text of something else": lambda m: "会议纪要\n一、时间\n".encode(),
    "a spec": lambda m: "name: 法院办案业务费\n".encode(),
}


@pytest.fixture(scope="module")
def members(tmp_path_factory: pytest.TempPathFactory) -> Members:
    with zipfile.ZipFile(word(tmp_path_factory.mktemp("word"))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.slow
@pytest.mark.parametrize("name", BROKEN)
def test_broken_file(tmp_path: Path, members: Members, name: str) -> None:
    file = tmp_path / "received.docx"
    file.write_bytes(BROKEN[name](members))
    before = tree(tmp_path)
    for verb in (
        ("import", file, "-o", tmp_path / "out"),
        ("verify", file),
        ("inspect", file),
        ("score", file),
        ("summary", file),
    ):
        ran = run(*verb)
        assert ran.code == 3, f"{ran.code}: {ran.err}"
        lines = ran.err.splitlines()
        assert len(lines) <= 3, ran.err
        assert re.match(rf"perfdoc: {re.escape(str(file))}: \w", lines[-1]), ran.err
        assert "hostname" not in ran.out.partition("\n")[2]
    assert tree(tmp_path) == before
    assert not (tmp_path / "out").exists()


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    ran = run("import", tmp_path / "none.docx", "-o", tmp_path / "out", "--format", "json")
    assert ran.code == 3
    assert [(one["file"], one["code"]) for one in ran.found()] == [(str(tmp_path / "none.docx"), "unreadable")]


def test_a_name_with_line_ends_and_escapes_stays_on_its_line(tmp_path: Path) -> None:
    ran = run("import", tmp_path / "a\n\x1b[31mb.docx", "-o", tmp_path / "out")
    assert ran.code == 3
    assert ran.err.count("\n") == 1
    assert "\x1b" not in ran.err

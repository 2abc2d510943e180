"""A zip package after ECMA-376 part 2 (OPC): its parts and relationships, read under limits.

Nothing outside the bytes is ever opened: a relationship's target is looked up among the entries, and one
with TargetMode External is only ever a name.
"""

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import unquote

from lxml import etree

from perfdoc.errors import UnreadableError
from perfdoc.layout import TRACE, Trace
from perfdoc.reading.broken import brief, broken_xml, unreadable
from perfdoc.texts import say

MAX_ENTRIES = 20_000
"""Entries of a zip; a document with a picture on each of a thousand pages has about two thousand."""
MAX_PART = 512 * 2**20
"""Bytes of one part unpacked: about 9,000 projects, which take a quarter of a minute to read."""
MAX_TREE = 16 * 2**20
"""Bytes of a part that is held as a tree; libxml2's tree takes about fourteen times its text."""
MAX_TOTAL = 640 * 2**20
"""Bytes unpacked of one package."""
MAX_RATIO = 500
"""How many times its packed size a part may have; forms as alike as can be stay under 150."""
RATIO_FREE = 64 * 2**20
"""Bytes unpacked below which the ratio is not looked at."""
CHUNK = 2**16
"""Bytes unpacked at a time."""

_ENTRY = b"PK\x01\x02"
_APP = "docProps/app.xml"
_CUSTOM = "docProps/custom.xml"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONSHIP = f"{{{RELATIONSHIPS}}}Relationship"
_READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # ECMA-376 part 2, annex B: no other method

BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, OverflowError, RuntimeError)
"""What zipfile raises for zips that are not sound (NotImplementedError is a RuntimeError)."""


class Relationship(NamedTuple):
    """A relationship of a part: `kind` is the last word of its type, `target` a part's name, or an address."""

    id: str
    kind: str
    target: str
    external: bool


class Package:
    """The parts of a zip by name; names ignore case (ECMA-376 part 2, 9.1.1).

    `file` begins every message. Raises UnreadableError for what is no sound zip or passes a limit.
    """

    def __init__(self, data: bytes, file: str) -> None:
        self.file = file
        self._unpacked = 0
        if fault := overfull(data):
            raise UnreadableError(f"{file}: {fault}")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except BROKEN_ZIP as error:
            raise self.unreadable("reading.zip_cut") from error
        self._entries = {part_name(entry.filename): entry for entry in reversed(entries)}
        self._replaced: dict[str, bytes] = {}

    def unreadable(self, key: str, /, **values: object) -> UnreadableError:
        """An error about this file, in one line."""
        return unreadable(self.file, key, **values)

    def __contains__(self, part: str) -> bool:
        return part_name(part) in self._entries

    def names(self) -> tuple[str, ...]:
        """The names of all parts, as `part_name` has them."""
        return tuple(self._entries)

    def replace(self, part: str, content: bytes) -> None:
        """Have a part say something else from now on: it was broken, and has been mended."""
        self._replaced[part_name(part)] = content

    def size(self, part: str) -> int:
        """How many bytes a part has unpacked, as the zip's directory says; 0 for none. `chunks` holds it to that."""
        if part_name(part) in self._replaced:
            return len(self._replaced[part_name(part)])
        entry = self._entries.get(part_name(part))
        return entry.file_size if entry else 0

    def chunks(self, part: str, limit: int = MAX_PART) -> Iterator[bytes]:
        """The bytes of a part, unpacked piece by piece; no part of that name is an error."""
        if part_name(part) in self._replaced:
            yield self._replaced[part_name(part)]
            return
        entry = self._entries.get(part_name(part))
        if entry is None:
            raise self.unreadable("reading.missing", part=part)
        if entry.flag_bits & 1:
            raise self.unreadable("reading.encrypted_zip")
        if entry.compress_type not in _READABLE:
            raise self.unreadable("reading.packed", part=part)
        size = 0
        try:
            with self._zip.open(entry) as stream:
                while piece := stream.read(CHUNK):
                    size += len(piece)
                    self._unpacked += len(piece)
                    if size > limit:
                        raise self.unreadable("reading.unpacks", part=part, most=limit >> 20)
                    if size > RATIO_FREE and size > MAX_RATIO * entry.compress_size:
                        raise self.unreadable("reading.bomb", part=part, most=MAX_RATIO)
                    if self._unpacked > MAX_TOTAL:
                        raise self.unreadable("reading.unpacks_all", most=MAX_TOTAL >> 20)
                    yield piece
        except BROKEN_ZIP as error:
            raise self.unreadable("reading.damaged", part=part, said=brief(error)) from error

    def read(self, part: str, limit: int = MAX_TREE) -> bytes:
        """A whole part."""
        return b"".join(self.chunks(part, limit))

    def tree(self, part: str) -> etree._Element:
        """The root of a part that is small enough for a tree."""
        return parse_xml(self.read(part), self.file, part)

    def properties(self) -> tuple[str, str]:
        """What last saved the file, and after which template (ECMA-376 part 1, 22.2.2); `""` where unsaid."""
        text = self.read(_APP).decode("utf-8", "replace") if _APP in self else ""
        program, template = (re.search(rf"<(?:\w+:)?{name}>([^<&]*)<", text) for name in ("Application", "Template"))
        return program[1] if program else "", template[1] if template else ""

    def trace(self) -> Trace | None:
        """What the file was rendered from (ECMA-376 part 1, 22.3), where it says so in a property of ours."""
        if _CUSTOM not in self:
            return None
        try:
            named = self.tree(_CUSTOM).iterfind(f"{{*}}property[@name='{TRACE}']")
        except UnreadableError:  # nobody looks at it to read the file
            return None
        texts = ("".join(value.text or "" for value in one) for one in named)
        return next(filter(None, map(Trace.of, texts)), None)

    def relationships(self, part: str = "") -> tuple[Relationship, ...]:
        """The relationships of a part, or of the package; none where the file has none for it."""
        folder, rels, found = posixpath.dirname(part), rels_of(part), []
        for element in self.tree(rels).iter(RELATIONSHIP) if rels in self else ():
            external = element.get("TargetMode") == "External"
            target = element.get("Target", "")
            resolved = target if external else resolve(folder, target)
            kind = element.get("Type", "").rpartition("/")[2]
            found.append(Relationship(element.get("Id", ""), kind, resolved, external))
        return tuple(found)

    def main_part(self) -> str:
        """Name of the part that the package is about (relationship `officeDocument`), or `""`."""
        about = (one.target for one in self.relationships() if one.kind == "officeDocument" and not one.external)
        return next(about, "")


def overfull(data: bytes) -> str:
    """What is wrong with a zip of more entries than are read, or `""`.

    Entries are counted by their mark in the directory (APPNOTE.TXT 4.3.12), whatever the zip says their number
    is: a directory of a million costs seconds and hundreds of megabytes to look at, and each is 46 bytes.
    """
    count = data.count(_ENTRY)
    return say("reading.overfull", n=count, most=MAX_ENTRIES) if count > MAX_ENTRIES else ""


def part_name(name: str) -> str:
    """A part's or entry's name as a key: no leading slash, lower case, slashes forward."""
    return name.replace("\\", "/").lstrip("/").lower()


def rels_of(part: str) -> str:
    """The part that holds the relationships of another, or of the package (`""`): ECMA-376 part 2, 9.3.3."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def resolve(folder: str, target: str) -> str:
    """The part that a relationship's target names, seen from its source's folder; never above the root."""
    target = unquote(target.partition("#")[0]).replace("\\", "/")
    joined = target if target.startswith("/") else f"/{folder}/{target}"
    return posixpath.normpath(joined).lstrip("/")


def no_doctype(head: bytes, file: str, part: str) -> None:
    """Refuse a document type declaration, which parts may not have (ECMA-376 part 2, 8.1.4): entity bombs."""
    if b"<!DOCTYPE" in head.replace(b"\0", b""):
        raise unreadable(file, "reading.doctype", part=part)


def parse_xml(data: bytes, file: str, part: str) -> etree._Element:
    """The tree of an XML text: no entities, no network, nested at most 256 deep.

    Raises UnreadableError, which names the part and the line of what is broken.
    """
    no_doctype(data, file, part)
    try:
        root = etree.fromstring(data, etree.XMLParser(**PARSER_OPTIONS))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise broken_xml(error, file, part) from error
    if root is None:
        raise unreadable(file, "reading.no_xml", part=part)
    return root


PARSER_OPTIONS: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
    "collect_ids": False,
}
"""Options of every lxml parser for a file from outside."""

"""Reader of Flat OPC, a Word package in one XML file (`pkg:package`): its parts go to the reader of .docx.

[MS-DOCX] does not describe it; what Word writes is `pkg:part` elements, each with `pkg:xmlData` around a
part's root or `pkg:binaryData` in base64.
"""

import base64
import re
from dataclasses import replace
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from perfdoc.errors import PerfdocError
from perfdoc.layout import Layout
from perfdoc.reading import docx
from perfdoc.reading.broken import broken_xml, unreadable
from perfdoc.reading.options import Options
from perfdoc.reading.package import MAX_ENTRIES, MAX_PART
from perfdoc.reading.word_xml.opc import as_utf8, package_of
from perfdoc.texts import say

_NAME = re.compile(rb"<[^\s/>]+")


def read(data: bytes, file: str, options: Options) -> Layout:
    """Read a Flat OPC file. Raises what the reader of .docx raises."""
    if len(data) > MAX_PART:
        raise unreadable(file, "reading.long_opc", most=MAX_PART >> 20)
    try:
        parts = parts_of(as_utf8(data), file)
    except PerfdocError:
        raise
    except (expat.ExpatError, ValueError) as error:
        raise broken_xml(error, file, say("reading.the_document")) from error
    if not parts:
        raise unreadable(file, "reading.no_parts")
    return replace(docx.read(package_of(parts), file, options), kind="flat-opc")


def parts_of(data: bytes, file: str) -> dict[str, bytes]:
    """Name → bytes of each part; those that are XML are cut out of `data` (UTF-8) as they stand there."""
    parts: dict[str, bytes] = {}
    parser = expat.ParserCreate()
    parser.buffer_text = True
    name = ""
    begun = depth = inside = 0
    around: dict[str, str] = {}  # namespaces declared outside of a part's root
    text: list[str] = []

    def refuse(*_: object) -> None:
        raise unreadable(file, "reading.doctype", part=say("reading.the_document"))

    def start(element: str, attributes: dict[str, str]) -> None:
        nonlocal name, begun, depth, inside
        depth += 1
        if inside:
            if depth == inside + 1:
                begun = parser.CurrentByteIndex
            return
        around.update((k, v) for k, v in attributes.items() if k.startswith("xmlns"))
        local = element.rpartition(":")[2]
        if local == "part":
            name = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "name"), "")
            if len(parts) > MAX_ENTRIES:
                raise unreadable(file, "reading.many_parts", most=MAX_ENTRIES)
        elif local == "xmlData":
            inside = depth
        elif local == "binaryData":
            text.clear()
            parser.CharacterDataHandler = text.append

    def end(element: str) -> None:
        nonlocal depth, inside
        if inside and depth == inside + 1:
            last = data.find(b">", parser.CurrentByteIndex) + 1
            parts[name] = _rooted(data[begun:last], around)
        elif depth == inside:
            inside = 0
        elif not inside and element.rpartition(":")[2] == "binaryData":
            parser.CharacterDataHandler = None
            try:
                parts[name] = base64.b64decode("".join(text))
            except ValueError:
                parts[name] = b""  # a picture or a font; no text is in it
        depth -= 1

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(data, True)
    finally:  # the handlers hold the parser that holds them
        parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None
    return parts


def _rooted(part: bytes, around: dict[str, str]) -> bytes:
    """A part with the namespaces of the elements around it that its own root does not declare."""
    root = part[: part.find(b">")]
    missing = [
        f" {name}={quoteattr(value)}"
        for name, value in around.items()
        if not re.search(rb"\s" + re.escape(name.encode()) + rb"\s*=", root)
    ]
    match = _NAME.match(part)
    at = match.end() if match else 0
    return part[:at] + "".join(missing).encode() + part[at:] if missing and at else part

"""The text that Apache Tika reads from a file, as its rich-text handler prints it: a reader that is not ours."""

from __future__ import annotations

import xml.sax
from xml.sax.xmlreader import AttributesImpl

from extractous import Extractor


class _Text(xml.sax.ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.within = False

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 (SAX's name)
        self.within = self.within or name == "body"
        if self.within and name == "a" and "name" in attrs:
            self.pieces.append(f"[bookmark: {attrs['name']}]")

    def endElement(self, name: str) -> None:  # noqa: N802 (SAX's name)
        self.within = self.within and name != "body"

    def characters(self, content: str) -> None:
        if self.within:
            self.pieces.append(content)


def tika_text(data: bytes) -> str:
    """The text of a file's bytes, bookmarks as `[bookmark: NAME]`."""
    extractor = Extractor().set_extract_string_max_length(10**9).set_xml_output(True)
    reader, _ = extractor.extract_bytes(bytearray(data))
    xhtml = b""
    while chunk := reader.read(1 << 20):
        xhtml += chunk
    handler = _Text()
    xml.sax.parseString(xhtml, handler)
    return "".join(handler.pieces)

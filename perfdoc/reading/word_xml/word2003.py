"""Reader of Word 2003's own XML (`w:wordDocument`): renamed into parts for the reader of .docx.

Its names are those of .docx but for a few, which `wordml` maps.
"""

import re
from dataclasses import replace

from perfdoc.layout import Layout
from perfdoc.reading import docx
from perfdoc.reading.broken import unreadable
from perfdoc.reading.options import Options
from perfdoc.reading.package import no_doctype, parse_xml
from perfdoc.reading.word_xml.opc import as_utf8, package_of
from perfdoc.reading.word_xml.wordml import in_new_namespace, parts_of
from perfdoc.texts import say

MAX_TEXT = 32 * 2**20
"""Bytes of a file without its pictures: it is held as a tree."""
_PICTURE = re.compile(rb"<w:binData\b[^<>]*>[^<>]*</w:binData>")


def read(data: bytes, file: str, options: Options) -> Layout:
    """Read a Word 2003 XML file. Raises what the reader of .docx raises."""
    text, part = as_utf8(data), say("reading.the_document")
    no_doctype(text, file, part)
    text = _PICTURE.sub(b"", text)
    if len(text) > MAX_TEXT:
        raise unreadable(file, "reading.long_word", most=MAX_TEXT >> 20)
    parts = parts_of(parse_xml(in_new_namespace(text), file, part))
    if parts is None:
        raise unreadable(file, "reading.no_body")
    return replace(docx.read(package_of(parts), file, options), kind="word2003-xml")

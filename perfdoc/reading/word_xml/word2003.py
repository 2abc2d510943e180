"""Reader of Word 2003's own XML (`w:wordDocument`): renamed into parts for the reader of .docx.

Its names are those of .docx but for a few, which `wordml` maps.
"""

from __future__ import annotations

import re
from dataclasses import replace

from perfdoc.errors import UnreadableError
from perfdoc.layout import Layout
from perfdoc.reading import docx
from perfdoc.reading.options import Options
from perfdoc.reading.package import no_doctype, parse_xml
from perfdoc.reading.word_xml.opc import as_utf8, package_of
from perfdoc.reading.word_xml.wordml import in_new_namespace, parts_of

MAX_TEXT = 32 * 2**20
"""Bytes of a file without its pictures: it is held as a tree."""
_PICTURE = re.compile(rb"<w:binData\b[^<>]*>[^<>]*</w:binData>")
_PART = "the document"


def read(data: bytes, file: str, options: Options) -> Layout:
    """Read a Word 2003 XML file. Raises what the reader of .docx raises."""
    text = as_utf8(data)
    no_doctype(text, file, _PART)
    text = _PICTURE.sub(b"", text)
    if len(text) > MAX_TEXT:
        raise UnreadableError(f"{file}: a Word 2003 XML file of more than {MAX_TEXT >> 20} MB")
    parts = parts_of(parse_xml(in_new_namespace(text), file, _PART))
    if parts is None:
        raise UnreadableError(f"{file}: a Word 2003 XML file without a body")
    return replace(docx.read(package_of(parts), file, options), kind="word2003-xml")

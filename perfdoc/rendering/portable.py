"""A Word file or workbook as PDF: LibreOffice lays it out, and what the PDF says of the moment is taken out."""

import io
import re
import time
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from perfdoc import office
from perfdoc.errors import ToolError
from perfdoc.rendering.archive import moment_of_build
from perfdoc.texts import say

_TRUE = '{"type":"boolean","value":"true"}'
_TO = {
    suffix: f'pdf:{module}_pdf_Export:{{"UseTaggedPDF":{_TRUE},"ExportBookmarks":{_TRUE}}}'
    for suffix, module in (("docx", "writer"), ("xlsx", "calc"))
}
_UNIQUE = re.compile(rb"(?<=/UniqueID )41\d{5}(?= def)")


def portable(files: Sequence[office.Source], *, timeout: float = 300) -> list[bytes | ToolError]:
    """Each .docx or .xlsx as a tagged PDF with its headings, or sheets, as outline; or why there is none.

    All files of a kind share one start of LibreOffice; `timeout` in seconds holds for each. The same bytes give the
    same bytes where LibreOffice and its fonts are the same: the PDF has no date but that of `SOURCE_DATE_EPOCH`, and
    its id is a digest of what it was made from.
    """
    made: list[bytes | ToolError] = [b""] * len(files)
    for suffix, to in _TO.items():
        numbers = [number for number, one in enumerate(files) if one.suffix == suffix]
        found = office.each([files[number] for number in numbers], to, timeout=timeout)
        for number, pdf in zip(numbers, found, strict=True):
            made[number] = pdf if isinstance(pdf, ToolError) else _timeless(pdf, files[number].content)
    return made


def _timeless(pdf: bytes, source: bytes) -> bytes | ToolError:
    """The PDF without its moment. LibreOffice makes the id (ISO 32000-1, 14.4) and a sum of its own from the clock."""
    import pypdf  # an eighth of a second, which only those pay who ask for a PDF
    from pypdf.errors import PyPdfError
    from pypdf.generic import ArrayObject, ByteStringObject, NameObject, TextStringObject

    try:
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf))
        writer.pdf_header = pdf[:8].decode("ascii", "replace")  # pypdf says 1.3, which knows no tags
        kept = {name: text for name, text in (writer.metadata or {}).items() if not name.endswith("Date")}
        moment = moment_of_build()
        if moment is not None:
            kept["/CreationDate"] = time.strftime("D:%Y%m%d%H%M%SZ", time.gmtime(moment))
        writer.metadata = kept
        name = ByteStringObject(sha256(source).digest()[:16])
        writer._ID = ArrayObject((name, name))  # what pypdf itself would set is random
        writer.root_object[NameObject("/Lang")] = TextStringObject("zh-CN")  # LibreOffice says its own, not the forms'
        _number_fonts(writer.pages)
        stream = io.BytesIO()
        writer.write(stream)
    except (PyPdfError, KeyError, AttributeError, RecursionError) as error:
        return ToolError(say("rendering.pdf", why=error))
    return stream.getvalue()


def _number_fonts(pages: Sequence[Any]) -> None:
    """Number the Type 1 fonts of a PDF from 1: LibreOffice numbers all that a process of it ever makes."""
    fonts: dict[int, Any] = {}
    for page in pages:
        for font in page["/Resources"].get("/Font", {}).values():
            about = font.get_object().get("/FontDescriptor", {}).get("/FontFile")
            if about is not None:
                fonts.setdefault(about.indirect_reference.idnum, about)
    for number, font in enumerate(fonts.values(), 1):
        data, begin = font.get_data(), font["/Length1"]
        end = begin + font["/Length2"]
        unique = b"%d" % (4100000 + number)
        private = _encrypted(_UNIQUE.sub(unique, _decrypted(data[begin:end])))
        font.set_data(_UNIQUE.sub(unique, data[:begin]) + private + data[end:])


def _decrypted(data: bytes) -> bytes:
    """The private part of a font in the clear (Adobe Type 1 Font Format, 7.1)."""
    made, key = bytearray(), 55665
    for byte in data:
        made.append(byte ^ key >> 8)
        key = (byte + key) * 52845 + 22719 & 0xFFFF
    return bytes(made)


def _encrypted(data: bytes) -> bytes:
    made, key = bytearray(), 55665
    for byte in data:
        made.append(byte ^ key >> 8)
        key = (made[-1] + key) * 52845 + 22719 & 0xFFFF
    return bytes(made)

"""The table of all kinds of files that can be read: how each is known by its content, and what reads it.

A new format is one function `read(data: bytes, file: str, options: Options) -> Layout`, and here one row and the
function that knows its files. Kinds are tried in order; a reader's module is imported when a file needs it.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from typing import NamedTuple, cast

from perfdoc.layout import Layout
from perfdoc.reading import ole
from perfdoc.reading.options import Options
from perfdoc.reading.sniff import FOREIGN, ZIP, Content

Reader = Callable[[bytes, str, Options], Layout]
_BARE_BIFF = (
    b"\x09\x08\x10\x00",
    b"\x09\x08\x08\x00",
    b"\x09\x04\x06\x00",
    b"\x09\x02\x06\x00",
    b"\x09\x00\x04\x00",
)
"""How records of a workbook begin that are in no compound file."""


class Format(NamedTuple):
    """A row of the table: the kind's name, how its content is known, and `module:function` that reads it."""

    kind: str
    is_kind: Callable[[Content], bool]
    function: str

    def reader(self) -> Reader:
        """The function that reads it, its module imported."""
        module, _, function = self.function.partition(":")
        return cast(Reader, getattr(importlib.import_module(f"perfdoc.reading.{module}"), function))


def format_of(data: bytes) -> Format | None:
    """The format that the bytes are of."""
    content = Content(data)
    return next((row for row in FORMATS if row.is_kind(content)), None)


def _is_docx(content: Content) -> bool:
    """A Word document or template (.docx .docm .dotx .dotm, transitional or strict)."""
    return content.main_part == "document"


def _is_xlsx(content: Content) -> bool:
    """A workbook (.xlsx .xlsm .xltx .xltm)."""
    return content.main_part == "workbook"


def _is_xlsb(content: Content) -> bool:
    """A workbook in binary parts ([MS-XLSB])."""
    return content.main_part == "binary workbook"


def _is_odt(content: Content) -> bool:
    """A zip that calls itself an OpenDocument text."""
    return content.opendocument == "text"


def _is_ods(content: Content) -> bool:
    """A zip that calls itself an OpenDocument spreadsheet."""
    return content.opendocument == "spreadsheet"


def _is_doc(content: Content) -> bool:
    """A compound file with Word's stream at its root: .doc, and .wps of WPS Writer."""
    return "worddocument" in content.compound_names


def _is_xls(content: Content) -> bool:
    """A compound file with Excel's stream at its root: .xls, and .et of WPS Spreadsheets; or bare BIFF."""
    return not content.compound_names.isdisjoint(("workbook", "book")) or content.data.startswith(_BARE_BIFF)


def _is_rtf(content: Content) -> bool:
    """Rich Text Format."""
    return content.data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf")


def _is_flat_opc(content: Content) -> bool:
    """A Word package written as one XML file (`pkg:package`)."""
    return content.is_xml and "http://schemas.microsoft.com/office/2006/xmlPackage" in content.head


def _is_word2003_xml(content: Content) -> bool:
    """Word 2003's own XML (`w:wordDocument`)."""
    return content.is_xml and "http://schemas.microsoft.com/office/word/2003/wordml" in content.head


def _is_excel2003_xml(content: Content) -> bool:
    """Excel 2003's own XML ("XML Spreadsheet"), which budget systems like to name .xls."""
    head = content.head
    return content.is_xml and "urn:schemas-microsoft-com:office:spreadsheet" in head and "<html" not in head.lower()


def _is_html(content: Content) -> bool:
    """A web page, or the MIME bundle that Word saves one as (.mht)."""
    head = content.head.lower()
    if re.match(r"\s*(mime-version|from|content-type):", head) and "multipart/related" in head:
        return True
    return (
        re.match(r"\s*<(?!\?mso-application)", head) is not None
        and re.search(r"<(!doctype\s+html|html|head|body|table|meta)[\s>]", head) is not None
    )


def _is_text(content: Content) -> bool:
    """Plain text: no control characters that a text does not have, in UTF-8, UTF-16 or GB18030."""
    data = content.data
    if not data.strip() or data.startswith(tuple(signature for signature, _ in FOREIGN)):
        return False
    if data.startswith((ZIP, ole.SIGNATURE, b"{\\rtf")):
        return False
    return not content.is_xml and re.search(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]", content.head) is None


FORMATS: tuple[Format, ...] = (
    Format("docx", _is_docx, "docx:read"),
    Format("xlsx", _is_xlsx, "excel.xlsx:read"),
    Format("odt", _is_odt, "office:read"),
    Format("ods", _is_ods, "office:read_sheets"),
    Format("xlsb", _is_xlsb, "office:read_sheets"),
    Format("doc", _is_doc, "office:read"),
    Format("xls", _is_xls, "office:read_xls"),
    Format("rtf", _is_rtf, "office:read"),
    Format("flat-opc", _is_flat_opc, "word_xml.flat_opc:read"),
    Format("word2003-xml", _is_word2003_xml, "word_xml.word2003:read"),
    Format("excel2003-xml", _is_excel2003_xml, "office:read_sheets"),
    Format("html", _is_html, "html.reader:read"),
    Format("txt", _is_text, "text:read"),
)

"""The table of all kinds of files that can be read: how each is known by its content, and what reads it.

A new format is one function `read(data: bytes, file: str, options: Options) -> Layout`, and here one row and the
function that knows its files. Kinds are tried in order; a reader's module is imported when a file needs it.
"""

import importlib
import re
from collections.abc import Callable
from typing import NamedTuple, cast

from perfdoc.layout import Layout
from perfdoc.reading import ole
from perfdoc.reading.options import Options
from perfdoc.reading.sniff import FOREIGN, ZIP, Content

Reader = Callable[[bytes, str, Options], Layout]
_BARE_BIFF = tuple(
    b"\x09" + rest for rest in (b"\x08\x10\x00", b"\x08\x08\x00", b"\x04\x06\x00", b"\x02\x06\x00", b"\x00\x04\x00")
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


def format_of(content: Content) -> Format | None:
    """The format that a file's content is of."""
    return next((row for row in FORMATS if row.is_kind(content)), None)


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


_MICROSOFT = "http://schemas.microsoft.com/office/"
FORMATS: tuple[Format, ...] = (
    # Word documents and templates (.docx .docm .dotx .dotm), workbooks (.xlsx .xlsm .xltx .xltm), both also strict
    Format("docx", lambda content: content.main_part == "document", "docx:read"),
    Format("xlsx", lambda content: content.main_part == "workbook", "excel.xlsx:read"),
    Format("odt", lambda content: content.opendocument == "text", "office:read"),
    Format("ods", lambda content: content.opendocument == "spreadsheet", "office:read_sheets"),
    Format("xlsb", lambda content: content.main_part == "binary workbook", "office:read_sheets"),
    # Compound files: Word's stream is also in .wps of WPS Writer, Excel's also in .et of WPS Spreadsheets
    Format("doc", lambda content: "worddocument" in content.compound_names, "office:read"),
    Format(
        "xls",
        lambda content: bool(content.compound_names & {"workbook", "book"}) or content.data.startswith(_BARE_BIFF),
        "office:read_xls",
    ),
    Format("rtf", lambda content: content.data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"), "office:read"),
    Format("flat-opc", lambda content: content.is_xml_of(f"{_MICROSOFT}2006/xmlPackage"), "word_xml.flat_opc:read"),
    Format(
        "word2003-xml", lambda content: content.is_xml_of(f"{_MICROSOFT}word/2003/wordml"), "word_xml.word2003:read"
    ),
    # "XML Spreadsheet", which budget systems like to name .xls
    Format(
        "excel2003-xml",
        lambda content: (
            content.is_xml_of("urn:schemas-microsoft-com:office:spreadsheet") and "<html" not in content.head.lower()
        ),
        "office:read_sheets",
    ),
    Format("html", _is_html, "html.reader:read"),
    Format("txt", _is_text, "text:read"),
)

"""Reader of files that only LibreOffice understands: .doc, .wps, .rtf, .odt; .ods, .xlsb, Excel 2003 XML, odd .xls.

LibreOffice saves them as .docx or .xlsx, which the readers of those read; places are places in that.
"""

from __future__ import annotations

from dataclasses import replace

from perfdoc import office
from perfdoc.errors import ToolError, UnreadableError
from perfdoc.layout import Layout
from perfdoc.reading import codes, docx, ole
from perfdoc.reading.excel import xlsx
from perfdoc.reading.options import Options
from perfdoc.report import Diagnostic, Place, Severity

_ZIP = b"PK\x03\x04"
_BEFORE_XML = b"\xef\xbb\xbf \t\r\n"


def read(data: bytes, file: str, options: Options) -> Layout:
    """A text document as LibreOffice understands it.

    Raises ToolError where there is no LibreOffice or it takes too long, UnreadableError where it makes
    nothing of the file, and what the reader of .docx raises.
    """
    suffix = suffix_of(data)
    return _through(data, file, suffix, "docx", options)


def read_sheets(data: bytes, file: str, options: Options) -> Layout:
    """A workbook as LibreOffice understands it; raises the same."""
    if data.startswith(_ZIP):
        suffix = "ods" if b"mimetype" in data[:64] else "xlsb"
    else:
        suffix = "xml" if data.lstrip(_BEFORE_XML).startswith((b"<", b"\xff\xfe", b"\xfe\xff")) else "xls"
    return _through(data, file, suffix, "xlsx", options)


def is_missing() -> bool:
    """Whether there is no LibreOffice on this machine."""
    return office.find() is None


def suffix_of(data: bytes) -> str:
    """What LibreOffice is told a text document is: doc, rtf or odt."""
    if data.startswith(ole.SIGNATURE):
        return "doc"
    return "odt" if data.startswith(_ZIP) else "rtf"


def _through(data: bytes, file: str, suffix: str, to: str, options: Options) -> Layout:
    if suffix == "doc" and _is_encrypted(data):
        raise UnreadableError(f"{file}: the file is encrypted; open it with its password and save it without one")
    try:
        made = office.convert([data], to, suffix=suffix, timeout=options.tool_seconds)[0]
    except ToolError as error:
        if str(error).startswith(office.NOTHING_MADE):
            what = "it may be damaged, or protected by a password"
            raise UnreadableError(f"{file}: LibreOffice could not read this .{suffix} file; {what}") from error
        raise ToolError(f"{file}: a .{suffix} file is read by way of LibreOffice: {error}") from error
    layout = (docx.read if to == "docx" else xlsx.read)(made, file, options)
    message = f"read by way of LibreOffice, which made a .{to} of it; places are places in that"
    said = Diagnostic(codes.CONVERTED, Severity.info, message, Place(file))
    kind = {"xml": "excel2003-xml"}.get(suffix, suffix)
    return replace(layout, kind=kind, diagnostics=(said, *layout.diagnostics))


def _is_encrypted(data: bytes) -> bool:
    """Does a .doc say that it is encrypted (FibBase.fEncrypted, [MS-DOC] 2.5.2)?"""
    head = ole.stream(data, "WordDocument")
    return len(head) >= 12 and bool(head[11] & 1)

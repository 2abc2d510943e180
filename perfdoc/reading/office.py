"""Reader of files that only LibreOffice understands: .doc, .wps, .rtf, .odt; .ods, .xlsb, Excel 2003 XML, odd .xls.

LibreOffice saves them as .docx or .xlsx, which the readers of those read; places are places in that.
"""

from dataclasses import replace

from perfdoc import office
from perfdoc.errors import PerfdocError, ToolError, UnreadableError
from perfdoc.layout import Layout
from perfdoc.office import NotMadeError, Source
from perfdoc.reading import codes, docx, ole
from perfdoc.reading.broken import unreadable
from perfdoc.reading.excel import xls, xlsx
from perfdoc.reading.formats import format_of
from perfdoc.reading.options import Options
from perfdoc.reading.sniff import ZIP, Content
from perfdoc.report import Diagnostic, Place, Severity
from perfdoc.texts import say

SUFFIXES = (".doc", ".wps", ".rtf", ".odt", ".ods", ".xlsb", ".xls", ".et")
"""How files are mostly called that LibreOffice may be asked for."""
_BEFORE_XML = b"\xef\xbb\xbf \t\r\n"


def read(data: bytes, file: str, options: Options) -> Layout:
    """A text document as LibreOffice understands it.

    Raises ToolError where there is no LibreOffice or it takes too long, UnreadableError where it makes
    nothing of the file, and what the reader of .docx raises.
    """
    source = _text(data)
    if source is None:
        raise unreadable(file, "reading.encrypted")
    return _through(source, file, "docx", options)


def read_sheets(data: bytes, file: str, options: Options) -> Layout:
    """A workbook as LibreOffice understands it; raises the same."""
    return _through(_sheets(data), file, "xlsx", options)


def read_xls(data: bytes, file: str, options: Options) -> Layout:
    """A workbook of Excel 5 to 2003: by xlrd, and what it can't read as LibreOffice understands it; raises the same."""
    try:
        return xls.read(data, file, options)
    except xls.DamagedWorkbookError as error:
        if office.find() is None:
            raise unreadable(file, "reading.damaged_workbook") from error
    try:
        layout = read_sheets(data, file, options)
    except UnreadableError as error:
        raise unreadable(file, "reading.damaged_either") from error
    return _with(layout, Diagnostic(codes.DAMAGED, Severity.warning, say("reading.damaged_read"), Place(file)))


def source_of(data: bytes) -> tuple[Source, str] | None:
    """What LibreOffice will be given for a file that is to be read, and the kind that it shall make; or None."""
    found = format_of(Content(data))
    if found is not None and found.reader() is read_xls and not _is_damaged(data):
        return None
    return convertible(data)


def convertible(data: bytes) -> tuple[Source, str] | None:
    """What LibreOffice makes a .docx or .xlsx of, and which; None for another kind, that may be one of these."""
    found = format_of(Content(data))
    reader = found.reader() if found else None
    if reader is read:
        source, to = _text(data), "docx"
    elif reader in (read_sheets, read_xls):
        source, to = _sheets(data), "xlsx"
    else:
        return None
    return (source, to) if source is not None else None


def _is_damaged(data: bytes) -> bool:
    """Whether a workbook is one that xlrd can't read."""
    try:
        xls.read(data, "", Options("accept", office.Converter(0)))
    except xls.DamagedWorkbookError:
        return True
    except PerfdocError:
        return False
    return False


def _text(data: bytes) -> Source | None:
    """A text document; None for one that is encrypted."""
    head = ole.stream(data, "WordDocument")
    if len(head) >= 12 and head[11] & 1:  # FibBase.fEncrypted, [MS-DOC] 2.5.2
        return None
    return Source(data, "doc" if data.startswith(ole.SIGNATURE) else "odt" if data.startswith(ZIP) else "rtf")


def _sheets(data: bytes) -> Source:
    if data.startswith(ZIP):
        return Source(data, "ods" if b"mimetype" in data[:64] else "xlsb")
    is_xml = data.lstrip(_BEFORE_XML).startswith((b"<", b"\xff\xfe", b"\xfe\xff"))
    return Source(data, "xml" if is_xml else "xls")


def _through(source: Source, file: str, to: str, options: Options) -> Layout:
    suffix = source.suffix
    try:
        made = options.convert(source, to)
    except NotMadeError as error:
        raise unreadable(file, "reading.not_converted", suffix=suffix) from error
    except ToolError as error:
        raise ToolError(f"{file}: {say('reading.converter', suffix=suffix, said=error)}") from error
    layout = (docx.read if to == "docx" else xlsx.read)(made, file, options)
    message = say("reading.converted", to=to)
    converted = Diagnostic(codes.CONVERTED, Severity.info, message, Place(file))
    stateless = suffix not in ("odt", "ods")  # no other format says which comments are resolved
    threads = tuple(one._replace(resolved=None) if stateless else one for one in layout.threads)
    kind = "excel2003-xml" if suffix == "xml" else suffix
    return _with(replace(layout, kind=kind, threads=threads), converted)


def _with(layout: Layout, said: Diagnostic) -> Layout:
    return replace(layout, diagnostics=(said, *layout.diagnostics))

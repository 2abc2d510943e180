"""How the bytes of each kind of file are known, and why others can't be read."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable

from perfdoc import errors
from perfdoc.reading import ole
from perfdoc.reading.package import BROKEN_ZIP, Package, overfull, part_name

_HEAD = 4096  # bytes looked at to tell kinds of text apart
_ZIP = b"PK\x03\x04"
_FOREIGN = (
    (b"%PDF-", "a PDF; save the original Word or Excel file instead"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"Rar!", "an archive (RAR); unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "an archive (7z); unpack it first"),
    (b"\x1f\x8b", "an archive (gzip); unpack it first"),
    (b"PK\x05\x06", "an empty archive (zip)"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)
"""Signatures of files that people send by mistake, and what to call them."""
_KINSHIP = {
    "powerpoint document": "a presentation (PowerPoint)",
    "ppt/presentation.xml": "a presentation (PowerPoint)",
    "visiodocument": "a drawing (Visio)",
    "visio/document.xml": "a drawing (Visio)",
    "quill": "a publication (Publisher)",
    "__properties_version1.0": "a mail (Outlook); save what is attached to it",
    "ofd.xml": "an OFD; save the original Word or Excel file instead",
}
"""What stands at the root of other office files, in lower case, and what to call them."""


def is_docx(data: bytes) -> bool:
    """A zip whose main part is a Word document or template (.docx .docm .dotx .dotm, transitional or strict)."""
    return zip_kind(data) == "docx"


def is_xlsx(data: bytes) -> bool:
    """A zip whose main part is a workbook (.xlsx .xlsm .xltx .xltm)."""
    return zip_kind(data) == "xlsx"


def is_odt(data: bytes) -> bool:
    """A zip that calls itself an OpenDocument text."""
    return zip_kind(data) == "odt"


def is_ods(data: bytes) -> bool:
    """A zip that calls itself an OpenDocument spreadsheet."""
    return zip_kind(data) == "ods"


def is_xlsb(data: bytes) -> bool:
    """A zip with a workbook in binary parts ([MS-XLSB])."""
    return zip_kind(data) == "xlsb"


def is_excel2003_xml(data: bytes) -> bool:
    """Excel 2003's own XML ("XML Spreadsheet"), which budget systems like to name .xls."""
    head = _text_head(data)
    return _is_xml(head) and "urn:schemas-microsoft-com:office:spreadsheet" in head and "<html" not in head.lower()


def is_doc(data: bytes) -> bool:
    """A compound file with Word's stream at its root: .doc, and .wps of WPS Writer."""
    return "WordDocument" in ole.root_names(data)


def is_xls(data: bytes) -> bool:
    """A compound file with Excel's stream at its root: .xls, and .et of WPS Spreadsheets; or bare BIFF."""
    names = ole.root_names(data)
    if "WordDocument" in names:
        return False
    return not names.isdisjoint(("Workbook", "Book", "WORKBOOK", "BOOK")) or data[:4] in _BARE_BIFF


_BARE_BIFF = (
    b"\x09\x08\x10\x00",
    b"\x09\x08\x08\x00",
    b"\x09\x04\x06\x00",
    b"\x09\x02\x06\x00",
    b"\x09\x00\x04\x00",
)


def is_rtf(data: bytes) -> bool:
    """Rich Text Format."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf")


def is_flat_opc(data: bytes) -> bool:
    """A Word package written as one XML file (`pkg:package`)."""
    head = _text_head(data)
    return _is_xml(head) and "http://schemas.microsoft.com/office/2006/xmlPackage" in head


def is_word2003_xml(data: bytes) -> bool:
    """Word 2003's own XML (`w:wordDocument`)."""
    head = _text_head(data)
    return _is_xml(head) and "http://schemas.microsoft.com/office/word/2003/wordml" in head


def is_html(data: bytes) -> bool:
    """A web page, or the MIME bundle that Word saves one as (.mht)."""
    head = _text_head(data).lower()
    if re.match(r"\s*(mime-version|from|content-type):", head) and "multipart/related" in head:
        return True
    return (
        re.match(r"\s*<(?!\?mso-application)", head) is not None
        and re.search(r"<(!doctype\s+html|html|head|body|table|meta)[\s>]", head) is not None
    )


def is_text(data: bytes) -> bool:
    """Plain text: no control characters that a text does not have, in UTF-8, UTF-16 or GB18030."""
    if not data.strip() or data.startswith(tuple(signature for signature, _ in _FOREIGN)):
        return False
    if data.startswith((_ZIP, ole.SIGNATURE, b"{\\rtf")):
        return False
    head = _text_head(data)
    return not _is_xml(head) and re.search(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]", head) is None


def why_unreadable(data: bytes) -> str:
    """One clause that says what is wrong with bytes that no reader takes."""
    if not data:
        return "the file is empty (0 bytes)"
    if not data.strip():
        return "the file holds nothing but white space"
    if data.startswith(ole.SIGNATURE):
        return _why_not_compound(ole.root_names(data))
    if data.startswith(_ZIP):
        return _why_not_zip(data)
    for signature, name in _FOREIGN:
        if data.startswith(signature):
            return f"not a file that can be read: {name}"
    if _is_xml(_text_head(data)):
        return "XML, but not of a kind that can be read (Word or Excel 2003 XML, Flat OPC)"
    return "not a file of a known kind (.docx .xlsx .xls .doc .wps .odt .ods .rtf .html .txt)"


def is_foreign(data: bytes) -> bool:
    """Whether bytes that no reader takes are something else, and not an office file that is damaged or locked."""
    if data.startswith(ole.SIGNATURE):
        names = ole.root_names(data)
        return bool(names) and "EncryptedPackage" not in names
    if data.startswith(_ZIP):
        names = zip_names(data)
        return bool(names) and not any(name.startswith(("word/", "xl/")) for name in names)
    return bool(data.strip())


def _why_not_compound(names: frozenset[str]) -> str:
    if "EncryptedPackage" in names:
        return "the file is encrypted; open it with its password and save it without one"
    if not names:
        return "the file is damaged or cut off (a compound file without a directory)"
    if kin := _kin(map(str.lower, names)):
        return kin
    streams = sorted(name for name in names if name >= " ")  # those below have a meaning in every compound file
    return "a compound file, but neither Word nor Excel: " + re.sub(r"[^\w ,]", "?", ", ".join(streams[:5]) or "?")


def _why_not_zip(data: bytes) -> str:
    if fault := overfull(data):
        return fault
    names = zip_names(data)
    if not names:
        return "the file is damaged or cut off (a zip without its directory)"
    count = "one entry" if len(names) == 1 else f"{len(names)} entries"
    return _kin(names) or f"a zip of {count}, but neither a Word nor an Excel file"


def _kin(names: Iterable[str]) -> str:
    """What is said of another office file, or `""`."""
    found = next((_KINSHIP[name] for name in names if name in _KINSHIP), "")
    return f"not a file that can be read: {found}" if found else ""


def zip_names(data: bytes) -> frozenset[str]:
    """Names of a zip's entries in lower case (part names ignore case, ECMA-376 part 2, 9.1.1), or none."""
    if not data.startswith(_ZIP) or overfull(data):
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(map(part_name, archive.namelist()))
    except BROKEN_ZIP:
        return frozenset()


def zip_kind(data: bytes) -> str:
    """`docx`, `xlsx`, `xlsb`, `odt`, `ods`, or `""` for what is not a zip or another one."""
    names = zip_names(data)
    for name, kind in _MAIN_PARTS.items():
        if name in names:
            return kind
    if "mimetype" in names:
        return _opendocument(data)
    return _kind_by_relationship(data) if "_rels/.rels" in names else ""


_MAIN_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "xl/workbook.bin": "xlsb"}
"""The names that programs give the main part; any other name is found by its relationship."""


def _opendocument(data: bytes) -> str:
    """An OpenDocument file says its kind in its entry `mimetype` (ODF 1.3 part 2, 3.3), which many tools deflate."""
    try:
        said = b"".join(Package(data, "").chunks("mimetype", limit=_HEAD))
    except errors.UnreadableError:
        return ""
    match = re.match(rb"application/vnd\.oasis\.opendocument\.(text|spreadsheet)", said.strip())
    return {b"text": "odt", b"spreadsheet": "ods"}[match[1]] if match else ""


def _kind_by_relationship(data: bytes) -> str:
    """The kind by the root element of the part that the package is about."""
    try:
        package = Package(data, "")
        head = next(package.chunks(package.main_part()), b"")[:_HEAD]
    except errors.UnreadableError:
        return ""
    root = re.search(rb"<(?:[\w.-]+:)?(document|workbook)[\s>]", head)
    return {b"document": "docx", b"workbook": "xlsx"}.get(root[1], "") if root else ""


def _is_xml(head: str) -> bool:
    return re.match(r"\s*<(\?xml|[A-Za-z])", head) is not None


def _text_head(data: bytes) -> str:
    """The first characters as text, whatever the encoding; `""` for nothing."""
    head = data[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace")
    return head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")

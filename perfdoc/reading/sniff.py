"""What of a file's bytes tells its kind, and what to say of a file that no reader takes."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from perfdoc import errors
from perfdoc.reading import ole
from perfdoc.reading.package import BROKEN_ZIP, Package, overfull, part_name

_HEAD = 4096  # bytes looked at to tell kinds of text apart
ZIP = b"PK\x03\x04"
FOREIGN = (
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


class Content:
    """A file's bytes and what is worked out of them once: names inside of a container, the beginning of a text."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    @cached_property
    def _entries(self) -> list[zipfile.ZipInfo]:
        """The entries of a zip, or none."""
        if not self.data.startswith(ZIP) or overfull(self.data):
            return []
        try:
            with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
                return archive.infolist()
        except BROKEN_ZIP:
            return []

    @cached_property
    def zip_names(self) -> frozenset[str]:
        """Names of a zip's entries in lower case (part names ignore case, ECMA-376 part 2, 9.1.1), or none."""
        return frozenset(part_name(entry.filename) for entry in self._entries)

    @property
    def repeated(self) -> list[str]:
        """Names of a zip's entries that stand in it more than once, with different contents."""
        contents = {(part_name(entry.filename), entry.CRC, entry.file_size) for entry in self._entries}
        count = Counter(name for name, _, _ in contents)
        return [name for name, times in count.items() if times > 1]

    @cached_property
    def compound_names(self) -> frozenset[str]:
        """Names at the root of a compound file in lower case, or none."""
        return frozenset(name.lower() for name in ole.root_names(self.data))

    @cached_property
    def main_part(self) -> str:
        """What a zip's main part is: `document`, `workbook`, `binary workbook`, or `""`.

        By the name that programs give it, else by its root element (ECMA-376 part 2, 9.3: found by its relationship).
        """
        for name, kind in _MAIN_PARTS.items():
            if name in self.zip_names:
                return kind
        if "mimetype" in self.zip_names or "_rels/.rels" not in self.zip_names:
            return ""
        try:
            package = Package(self.data, "")
            head = next(package.chunks(package.main_part()), b"")[:_HEAD]
        except errors.UnreadableError:
            return ""
        root = re.search(rb"<(?:[\w.-]+:)?(document|workbook)[\s>]", head)
        return root[1].decode() if root else ""

    @cached_property
    def opendocument(self) -> str:
        """What a zip's entry `mimetype` says (ODF 1.3 part 2, 3.3), which many tools deflate: `text`, `spreadsheet`."""
        if self.main_part or "mimetype" not in self.zip_names:
            return ""
        try:
            kind = b"".join(Package(self.data, "").chunks("mimetype", limit=_HEAD))
        except errors.UnreadableError:
            return ""
        match = re.match(rb"application/vnd\.oasis\.opendocument\.(text|spreadsheet)", kind.strip())
        return match[1].decode() if match else ""

    @cached_property
    def head(self) -> str:
        """The first characters as text, whatever the encoding; `""` for nothing."""
        head = self.data[:_HEAD]
        if head.startswith((b"\xff\xfe", b"\xfe\xff")):
            return head[: len(head) // 2 * 2].decode("utf-16", "replace")
        return head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")

    @property
    def is_xml(self) -> bool:
        """Whether the text begins as XML or HTML does."""
        return re.match(r"\s*<(\?xml|[A-Za-z])", self.head) is not None

    def is_xml_of(self, namespace: str) -> bool:
        """Whether it is XML and names a namespace at its beginning."""
        return self.is_xml and namespace in self.head


_MAIN_PARTS = {"word/document.xml": "document", "xl/workbook.xml": "workbook", "xl/workbook.bin": "binary workbook"}


def why_unreadable(data: bytes) -> str:
    """One clause that says what is wrong with bytes that no reader takes."""
    if not data:
        return "the file is empty (0 bytes)"
    if not data.strip():
        return "the file holds nothing but white space"
    if data.startswith(ole.SIGNATURE):
        return _why_not_compound(ole.root_names(data))
    if data.startswith(ZIP):
        return _why_not_zip(data)
    for signature, name in FOREIGN:
        if data.startswith(signature):
            return f"not a file that can be read: {name}"
    if Content(data).is_xml:
        return "XML, but not of a kind that can be read (Word or Excel 2003 XML, Flat OPC)"
    return "not a file of a known kind (.docx .xlsx .xls .doc .wps .odt .ods .rtf .html .txt)"


def is_foreign(data: bytes) -> bool:
    """Whether bytes that no reader takes are something else, and not an office file that is damaged or locked."""
    if data.startswith(ole.SIGNATURE):
        names = Content(data).compound_names
        return bool(names) and "encryptedpackage" not in names
    if data.startswith(ZIP):
        names = Content(data).zip_names
        return bool(names) and not any(name.startswith(("word/", "xl/")) for name in names)
    return bool(data.strip())


def _why_not_compound(names: tuple[str, ...]) -> str:
    lower = [name.lower() for name in names]
    if "encryptedpackage" in lower:
        return "the file is encrypted; open it with its password and save it without one"
    if not names:
        return "the file is damaged or cut off (a compound file without a directory)"
    streams = sorted(name for name in names if name >= " ")  # those below have a meaning in every compound file
    shown = re.sub(r"[^\w ,]", "?", ", ".join(streams[:5]) or "?")
    return _kin(lower) or f"a compound file, but neither Word nor Excel: {shown}"


def _why_not_zip(data: bytes) -> str:
    names = Content(data).zip_names
    if not names:
        return overfull(data) or "the file is damaged or cut off (a zip without its directory)"
    count = "one entry" if len(names) == 1 else f"{len(names)} entries"
    return _kin(names) or f"a zip of {count}, but neither a Word nor an Excel file"


def _kin(names: Iterable[str]) -> str:
    """What is said of another office file, or `""`."""
    return next((f"not a file that can be read: {_KINSHIP[name]}" for name in names if name in _KINSHIP), "")

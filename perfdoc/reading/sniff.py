"""What of a file's bytes tells its kind, and what to say of a file that no reader takes."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from perfdoc.errors import UnreadableError
from perfdoc.reading import ole
from perfdoc.reading.package import BROKEN_ZIP, Package, overfull, part_name
from perfdoc.texts import say

_HEAD = 4096  # bytes looked at to tell kinds of text apart
ZIP = b"PK\x03\x04"
FOREIGN = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "seven_zip"),
    (b"\x1f\x8b", "gzip"),
    (b"PK\x05\x06", "empty_zip"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
)
"""Signatures of files that people send by mistake, and the kind that each is."""
_KINSHIP = {
    "powerpoint document": "presentation",
    "ppt/presentation.xml": "presentation",
    "visiodocument": "drawing",
    "visio/document.xml": "drawing",
    "quill": "publication",
    "__properties_version1.0": "mail",
    "ofd.xml": "ofd",
}
"""What stands at the root of other office files, in lower case, and the kind of each."""


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
        except UnreadableError:
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
        except UnreadableError:
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
        return say("reading.empty")
    if not data.strip():
        return say("reading.white_space")
    if data.startswith(ole.SIGNATURE):
        return _why_not_compound(ole.root_names(data))
    if data.startswith(ZIP):
        return _why_not_zip(data)
    if kind := next((kind for signature, kind in FOREIGN if data.startswith(signature)), ""):
        return _foreign(kind)
    return say("reading.other_xml" if Content(data).is_xml else "reading.unknown")


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
        return say("reading.encrypted")
    if not names:
        return say("reading.compound_cut")
    streams = sorted(name for name in names if name >= " ")  # those below have a meaning in every compound file
    shown = re.sub(r"[^\w ,]", "?", ", ".join(streams[:5]) or "?")
    return _kin(lower) or say("reading.compound", names=shown)


def _why_not_zip(data: bytes) -> str:
    names = Content(data).zip_names
    if not names:
        return overfull(data) or say("reading.zip_cut")
    return _kin(names) or say("reading.zip", n=len(names))


def _kin(names: Iterable[str]) -> str:
    """What is said of another office file, or `""`."""
    return next((_foreign(_KINSHIP[name]) for name in names if name in _KINSHIP), "")


def _foreign(kind: str) -> str:
    return say("reading.foreign", kind=say(f"reading.kind.{kind}"))

"""The parts of the file that a form is learnt of: what a template needs of them, and nothing that tells of the old one.

Parts are followed from relationship to relationship, so that what nothing asks for any more goes: a removed picture,
comments, custom XML, the picture of the first page. Properties are written anew. Names of ISO strict become
transitional ones, which is what templates are drawn in.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping

from lxml import etree

from perfdoc.errors import UnreadableError
from perfdoc.learning.simplified import remove
from perfdoc.office import Converter, Source
from perfdoc.reading import kind_of, read
from perfdoc.reading.docx.namespaces import W_NS, w
from perfdoc.reading.office import source_of
from perfdoc.reading.package import (
    PARSER_OPTIONS,
    RELATIONSHIP,
    RELATIONSHIPS,
    Package,
    Relationship,
    no_doctype,
    part_name,
    rels_of,
)
from perfdoc.rendering.archive import archive, packed
from perfdoc.rendering.template_file import (
    APP,
    APP_RELATION,
    APP_TYPE,
    CORE,
    CORE_RELATION,
    CORE_TYPE,
    part_of,
    with_part,
)
from perfdoc.texts import say

MAIN = "word/document.xml"
_LEFT = frozenset(
    (
        *("comments", "commentsExtended", "commentsIds", "commentsExtensible", "people", "glossaryDocument"),
        *("customXml", "customXmlProps", "custom-properties", "core-properties", "extended-properties", "thumbnail"),
        *("origin", "vbaProject", "wordVbaData", "keyMapCustomizations", "attachedToolbars", "attachedTemplate"),
        *("mailMergeSource", "mailMergeHeaderSource", "recipientData", "printerSettings", "documenttasks"),
    )
)
"""Kinds of relationships that a template has none of."""
_IMPLIED = frozenset(
    (
        *("officeDocument", "styles", "stylesWithEffects", "settings", "webSettings", "numbering", "fontTable"),
        *("theme", "themeOverride", "footnotes", "endnotes"),
    )
)
"""Kinds that hold without being named in their part."""
_OF_SETTINGS = ("docVars", "attachedTemplate", "mailMerge", "documentProtection", "writeProtection", "saveThroughXslt")
_STRICT = (
    (rb"http://purl\.oclc\.org/ooxml/wordprocessingml/main", W_NS.encode()),
    (rb"http://purl\.oclc\.org/ooxml/drawingml/(\w+)", rb"http://schemas.openxmlformats.org/drawingml/2006/\1"),
    (rb"http://purl\.oclc\.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
)
_SHEETS = ("xlsx", "xls", "ods", "xlsb", "excel2003-xml")
_XML = ("flat-opc", "word2003-xml")
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    b'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    b'<dcterms:created xsi:type="dcterms:W3CDTF">1980-01-01T00:00:00Z</dcterms:created></cp:coreProperties>'
)
_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
_PROPERTIES = (
    (CORE, _CORE, (CORE_TYPE, CORE_RELATION, "rIdForm1")),
    (APP, _APP, (APP_TYPE, APP_RELATION, "rIdForm2")),
)


class Parts:
    """A Word file in parts: the trees of those that show text, and the bytes of the others.

    `trees` has the body, headers, footers and notes by their names; `name` of the body is `word/document.xml`. Raises
    UnreadableError where the file is no sound Word file.
    """

    def __init__(self, data: bytes, file: str) -> None:
        self._package = Package(data, file)
        self._main = self._package.main_part()
        if not self._main:
            raise UnreadableError(say("learning.not_word", file=file))
        self.trees: dict[str, etree._Element] = {self.called(self._main): self._tree(self._main)}
        for one in self._package.relationships(self._main):
            if one.kind in ("header", "footer", "footnotes", "endnotes") and one.target in self._package:
                self.trees[self.called(one.target)] = self._tree(one.target)

    @property
    def body(self) -> etree._Element:
        """`w:body` of the main part. UnreadableError where there is none."""
        found = self.trees[MAIN].find(w("body"))
        if found is None:
            raise UnreadableError(say("learning.not_word", file=self._package.file))
        return found

    def packed(self) -> bytes:
        """The file again, its trees as they are now."""
        made: dict[str, bytes] = {}
        self._follow("", made)
        made["[Content_Types].xml"] = part_of(self._types(made))
        for name, content, about in _PROPERTIES:
            made = with_part(made, name, content, about)
        order = sorted(made, key=lambda name: (name != "[Content_Types].xml", name != "_rels/.rels", name))
        return archive([packed(name, (made[name],)) for name in order])

    def called(self, part: str) -> str:
        """The name that a part of the file has in `trees`."""
        return MAIN if part == self._main else part

    def _tree(self, part: str) -> etree._Element:
        content = transitional(self._package.read(part))
        no_doctype(content, self._package.file, part)
        try:
            root = etree.fromstring(content, etree.XMLParser(**PARSER_OPTIONS))
        except etree.XMLSyntaxError as error:
            raise self._package.unreadable("learning.xml", part=part, why=error.msg) from error
        root.attrib.pop(w("conformance"), "")
        return root

    def _follow(self, part: str, made: dict[str, bytes]) -> None:
        """Put a part's targets into `made`, and its relationships as far as they are still asked for."""
        content = made.get(self.called(part), b"")
        root = etree.Element(f"{{{RELATIONSHIPS}}}Relationships", nsmap={None: RELATIONSHIPS})  # type: ignore[dict-item]
        folder = posixpath.dirname(self.called(part))
        for one, given in self._related(part):
            if one.kind in _LEFT or not (one.kind in _IMPLIED or f'"{one.id}"'.encode() in content):
                continue
            entry = etree.SubElement(root, RELATIONSHIP, Id=one.id, Type=given)
            if one.external:
                entry.set("Target", one.target)
                entry.set("TargetMode", "External")
                continue
            if one.target not in self._package:
                root.remove(entry)
                continue
            name = self.called(one.target)
            entry.set("Target", posixpath.relpath(name, folder or "."))
            if name not in made:
                made[name] = self._content(one.target, one.kind)
                self._follow(one.target, made)
        if len(root):
            made[rels_of(self.called(part))] = part_of(root)

    def _related(self, part: str) -> Iterator[tuple[Relationship, str]]:
        """The relationships of a part, each with its type in full."""
        rels = rels_of(part)
        if rels in self._package:
            elements = self._package.tree(rels).iter(RELATIONSHIP)
            for one, element in zip(self._package.relationships(part), elements, strict=True):
                yield one, transitional(element.get("Type", "").encode()).decode()

    def _content(self, part: str, kind: str) -> bytes:
        tree = self.trees.get(self.called(part))
        if tree is not None:
            return part_of(tree)
        content = self._package.read(part)
        if kind == "settings":
            return _settings(transitional(content))
        return transitional(content) if part.endswith(".xml") else content

    def _types(self, made: Mapping[str, bytes]) -> etree._Element:
        root = self._package.tree("[Content_Types].xml")
        kept = {part_name(name) for name in made} | {part_name(self._main)}
        for entry in list(root):
            name = entry.get("PartName", "")
            if name and part_name(name) == part_name(self._main):
                entry.set("PartName", f"/{MAIN}")
                entry.set("ContentType", _MAIN_TYPE)
            elif name and part_name(name) not in kept:
                root.remove(entry)
        return root


def transitional(content: bytes) -> bytes:
    """A part in UTF-8, the namespaces of ISO strict under their transitional names."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        content = re.sub(r"^\s*<\?xml.*?\?>", "", content.decode("utf-16"), count=1, flags=re.DOTALL).encode()
    if b"purl.oclc.org/ooxml" in content:
        for strict, usual in _STRICT:
            content = re.sub(strict, usual, content)
    return content


def _settings(content: bytes) -> bytes:
    """`word/settings.xml` without what holds texts of the old file or keeps it from being written to."""
    root = etree.fromstring(content, etree.XMLParser(**PARSER_OPTIONS))
    for element in list(root.iter(*map(w, _OF_SETTINGS))):
        remove(element)
    return part_of(root)


def as_docx(data: bytes, file: str, seconds: float = 120) -> tuple[bytes, str]:
    """The bytes of a .docx, and the kind that it was saved from by LibreOffice (`""` for a .docx itself).

    Raises UnreadableError for no Word document or an encrypted one, ToolError where LibreOffice is missing or fails.
    """
    kind = kind_of(data)
    if kind == "docx":
        return data, ""
    if kind in _SHEETS:
        raise UnreadableError(say("learning.workbook", file=file))
    found = source_of(data)
    source = Source(data, "xml") if kind in _XML else found[0] if found is not None else None
    if source is None:
        read(data, file)  # which says why, where no program could open it
        raise UnreadableError(say("learning.not_word", file=file))
    return Converter(seconds)(source, "docx"), kind

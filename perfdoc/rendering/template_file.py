"""The file that a form is drawn in, taken apart, and the properties (`docProps`) that a file made after it has.

They name the program and the template, the title and the dates. Tags are not looked at here.
"""

import copy
import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple
from xml.sax.saxutils import escape

from lxml import etree

from perfdoc.errors import FormError
from perfdoc.form_definition import Form
from perfdoc.reading.package import CONTENT_TYPES, RELATIONSHIP, RELATIONSHIPS
from perfdoc.texts import reason, say

_MOST_BYTES = 64 * 1024 * 1024


def drawing(form: Form) -> bytes:
    """The file that a form is drawn in, `form.docx` or `form.xlsx`. FormError where it can't be read."""
    try:
        return form.document.read_bytes()
    except OSError as error:
        raise FormError(f"{form.document}: {reason(error)}") from error


def parts_of(content: bytes, file: str, main: str = "word/document.xml") -> dict[str, bytes]:
    """The parts of a template by name, `main` among them. FormError where it is no sound file of that kind."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if sum(entry.file_size for entry in entries) > _MOST_BYTES:
                raise FormError(say("rendering.template.large", file=file, most=_MOST_BYTES >> 20))
            parts = {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise FormError(say("rendering.template.unsound", file=file, suffix=file[-5:], why=error)) from error
    if main not in parts:
        kind = "word" if main.startswith("word") else "workbook"
        raise FormError(say(f"rendering.template.{kind}", file=file, part=main))
    return parts


def root_of(content: bytes, where: str) -> etree._Element:
    """A part's tree, without entities. FormError, which begins with `where`, for what is not well-formed."""
    reader = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, reader)
    except etree.XMLSyntaxError as error:
        raise FormError(say("rendering.template.xml", where=where, why=error)) from error
    if b"<!DOCTYPE" in content:
        raise FormError(say("rendering.template.doctype", where=where))
    return root


APP = "docProps/app.xml"
CORE = "docProps/core.xml"
PROGRAM = "perfdoc"
"""The program that a file of ours names, until another one saves it (ECMA-376 part 1, 22.2.2.1)."""
_TITLE = "\ue000"  # in place of a document's own
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
APP_TYPE = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
APP_RELATION = f"{_OFFICE}/relationships/extended-properties"
CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
CORE_RELATION = f"{RELATIONSHIPS}/metadata/core-properties"


class Core(NamedTuple):
    """The `docProps/core.xml` of a template."""

    name: str
    root: etree._Element

    def content(self, title: str, moment: int | None) -> bytes:
        """The part with a title in place of the template's own, dated `moment` (seconds since 1970) where given."""
        before, after = _around_title(self.root, moment)
        return f"{before}{escape(title)}{after}".encode()


@lru_cache(maxsize=16)  # a batch asks for the same template and moment with each document
def _around_title(template: etree._Element, moment: int | None) -> tuple[str, str]:
    """What stands before and behind the title in a `docProps/core.xml` that is dated `moment`."""
    root = copy.deepcopy(template)
    for old in root.findall(f"{_DC}title"):
        root.remove(old)
    etree.SubElement(root, f"{_DC}title").text = _TITLE
    for date in _dates(root) if moment is not None else ():
        date.text = f"{datetime.fromtimestamp(moment or 0, UTC):%Y-%m-%dT%H:%M:%SZ}"
    before, _, after = etree.tostring(root, encoding="unicode").rpartition(_TITLE)
    return before, after


def undated(part: bytes) -> bytes:
    """A `docProps/core.xml` without the dates that a program has set."""
    root = etree.fromstring(part)
    for date in _dates(root):
        root.remove(date)
    return part_of(root)


def _dates(root: etree._Element) -> list[etree._Element]:
    return [*root.findall(f"{_TERMS}created"), *root.findall(f"{_TERMS}modified")]


def app(template: str) -> bytes:
    """`docProps/app.xml` of a file made after a template: its name and ours."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{_OFFICE}/extended-properties"><Template>{escape(template)}</Template>'
        f"<Application>{PROGRAM}</Application></Properties>"
    ).encode()


def with_app(parts: Mapping[str, bytes], template: str) -> dict[str, bytes]:
    """The parts of a package with properties that name the template and us, in place of those of who drew it."""
    return with_part(parts, APP, app(template), (APP_TYPE, APP_RELATION, "rIdProgram"))


def with_part(parts: Mapping[str, bytes], name: str, content: bytes, about: tuple[str, str, str]) -> dict[str, bytes]:
    """The parts of a package with one in place of that of its name, or with one more.

    `about` is the content type of one more, the type of the package's relationship to it, and the id of that.
    """
    made = {**parts, name: content}
    if name not in parts:
        types = etree.fromstring(parts["[Content_Types].xml"])
        etree.SubElement(types, f"{{{CONTENT_TYPES}}}Override", PartName=f"/{name}", ContentType=about[0])
        made["[Content_Types].xml"] = part_of(types)
        related = etree.fromstring(parts["_rels/.rels"])
        attributes = {"Id": about[2], "Type": about[1], "Target": name}
        etree.SubElement(related, RELATIONSHIP, attributes)
        made["_rels/.rels"] = part_of(related)
    return made


def part_of(root: etree._Element) -> bytes:
    """A tree as a part of a package."""
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)

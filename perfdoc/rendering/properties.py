"""The properties of a package (`docProps`): the program and template that a file of ours names, its title and dates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple
from xml.sax.saxutils import escape

from lxml import etree

APP = "docProps/app.xml"
CORE = "docProps/core.xml"
PROGRAM = "perfdoc"
"""The program that a file of ours names, until another one saves it (ECMA-376 part 1, 22.2.2.1)."""
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_RELATED = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_APP_TYPE = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
_APP_RELATION = f"{_OFFICE}/relationships/extended-properties"
_TITLE, _DATE = "\ue000", "\ue001"


class Core(NamedTuple):
    """`docProps/core.xml` with a mark for the document's title; `dated` has marks for its dates too."""

    name: str
    plain: str
    dated: str

    def content(self, title: str, moment: int | None) -> bytes:
        """The part with a title, which is plain text here, dated `moment` (seconds since 1970) where given."""
        whole = self.plain
        if moment is not None:
            whole = self.dated.replace(_DATE, f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%dT%H:%M:%SZ}")
        return whole.replace(_TITLE, escape(title)).encode()


def core(root: etree._Element) -> Core:
    """The properties of a template with a mark where the title stands; the template's own title is the template's."""
    for title in root.findall(f"{_DC}title"):
        root.remove(title)
    title = etree.SubElement(root, f"{_DC}title")
    title.text = _TITLE
    plain = etree.tostring(root, encoding="unicode")
    for date in (*root.findall(f"{_TERMS}created"), *root.findall(f"{_TERMS}modified")):
        date.text = _DATE
    return Core(CORE, plain, etree.tostring(root, encoding="unicode"))


def undated(part: bytes) -> bytes:
    """A `docProps/core.xml` without the dates that a program has set."""
    root = etree.fromstring(part)
    for date in (*root.findall(f"{_TERMS}created"), *root.findall(f"{_TERMS}modified")):
        root.remove(date)
    return _written(root)


def app(template: str) -> bytes:
    """`docProps/app.xml` of a file made after a template: its name and ours."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{_OFFICE}/extended-properties"><Template>{escape(template)}</Template>'
        f"<Application>{PROGRAM}</Application></Properties>"
    ).encode()


def with_app(parts: Mapping[str, bytes], template: str) -> dict[str, bytes]:
    """The parts of a package with properties that name the template and us, in place of those of who drew it."""
    made = {**parts, APP: app(template)}
    if APP not in parts:
        types = etree.fromstring(parts["[Content_Types].xml"])
        etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{APP}", ContentType=_APP_TYPE)
        made["[Content_Types].xml"] = _written(types)
        related = etree.fromstring(parts["_rels/.rels"])
        attributes = {"Id": "rIdProgram", "Type": _APP_RELATION, "Target": APP}
        etree.SubElement(related, f"{{{_RELATED}}}Relationship", attributes)
        made["_rels/.rels"] = _written(related)
    return made


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)

"""A template before it is compiled: one that shows a single project is repeated for each, and says who made its files.

A bureau draws one form; that a document may hold many is perfdoc's affair. A template with a loop over
`document.projects` is left as it is, one without is all one project.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

from jinja2 import nodes
from lxml import etree

from perfdoc.rendering.part import STAND_INS

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PROJECTS = re.compile(r"\{%[-+]?\s*(?:p|tr|tc|r)?\s*for\s+\w+\s+in\s+document\.projects\b")
_BEGIN = ("{%p for project in document.projects %}", "{%p if not loop.first %}", "", "{%p endif %}")
_END = "{%p endfor %}"
CANONICAL = {"document.projects": "project", "project.indicators": "indicator"}
"""What a loop goes over, and what its items are called everywhere but in the template itself."""
APP = "docProps/app.xml"
PROGRAM = "perfdoc"
"""The program that a file of ours names, until another one saves it (ECMA-376 part 1, 22.2.2.1)."""
_RELATED = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
APP_TYPE = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
APP_RELATION = f"{_OFFICE}/relationships/extended-properties"


def properties(template: str) -> bytes:
    """`docProps/app.xml` of a file made after a template: its name and ours."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{_OFFICE}/extended-properties"><Template>{escape(template)}</Template>'
        f"<Application>{PROGRAM}</Application></Properties>"
    ).encode()


def with_properties(parts: dict[str, bytes], template: str) -> dict[str, bytes]:
    """The parts of a package with properties that name the template and us, in place of those of who drew it."""
    made = {**parts, APP: properties(template)}
    if APP not in parts:
        types = etree.fromstring(parts["[Content_Types].xml"])
        etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{APP}", ContentType=APP_TYPE)
        made["[Content_Types].xml"] = _written(types)
        related = etree.fromstring(parts["_rels/.rels"])
        attributes = {"Id": "rIdProgram", "Type": APP_RELATION, "Target": APP}
        etree.SubElement(related, f"{{{_RELATED}}}Relationship", attributes)
        made["_rels/.rels"] = _written(related)
    return made


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def loop(root: etree._Element) -> None:
    """Repeat the body of a document for each project, on a page of its own, where no loop over them stands in it."""
    body = root.find(f"{_W}body")
    if body is None or any(_PROJECTS.search(_text(one)) for one in body.iter(f"{_W}p")):
        return
    for name in ("bookmarkStart", "bookmarkEnd"):
        for mark in list(body.iter(f"{_W}{name}")):
            if _stray(mark, body) and (parent := mark.getparent()) is not None:
                parent.remove(mark)
    end = len(body) - (len(body) > 0 and body[-1].tag == f"{_W}sectPr")
    body.insert(end, _paragraph(_END))
    for number, text in enumerate(_BEGIN):
        body.insert(number, _paragraph(text))


def _stray(mark: etree._Element, body: etree._Element) -> bool:
    """Whether a bookmark is one that Word or a reader set for themselves: it can't stand in a document many times."""
    starts = (mark,) if mark.tag == f"{_W}bookmarkStart" else body.iter(f"{_W}bookmarkStart")
    return not any(one.get(f"{_W}id") == mark.get(f"{_W}id") and one.get(f"{_W}name") in STAND_INS for one in starts)


def _text(paragraph: etree._Element) -> str:
    return "".join(one.text or "" for one in paragraph.iter(f"{_W}t"))


def _paragraph(text: str) -> etree._Element:
    """A paragraph with a tag, or the lowest one that there is, at the top of a page."""
    made = etree.Element(f"{_W}p")
    if text:
        etree.SubElement(etree.SubElement(made, f"{_W}r"), f"{_W}t").text = text
        return made
    look = etree.SubElement(made, f"{_W}pPr")
    etree.SubElement(look, f"{_W}pageBreakBefore")
    spacing = {"before": "0", "after": "0", "line": "20", "lineRule": "exact"}
    etree.SubElement(look, f"{_W}spacing", {f"{_W}{name}": value for name, value in spacing.items()})
    return made


def name_alike(node: nodes.Node, dotted: Any, names: Mapping[str, str] | None = None) -> None:
    """Rename the variables of a template's loops: each over the projects is `project`, over indicators `indicator`.

    So a template may call them as it likes, and what stands for a bookmark's name is always `project.section`.
    `dotted` gives the path of an expression.
    """
    names = names or {}
    if isinstance(node, nodes.Name):
        node.name = names.get(node.name, node.name)
        return
    if isinstance(node, nodes.For) and isinstance(node.target, nodes.Name):
        name_alike(node.iter, dotted, names)
        over = node.iter
        while isinstance(over, nodes.Filter) and over.node is not None:
            over = over.node
        own = node.target.name
        node.target.name = CANONICAL.get(dotted(over), own)
        inner = {**names, own: node.target.name}
        for child in (*([node.test] if node.test is not None else []), *node.body):
            name_alike(child, dotted, inner)
        for child in node.else_:
            name_alike(child, dotted, names)
        return
    for child in node.iter_child_nodes():
        name_alike(child, dotted, names)

"""Drawings, pictures, embedded objects: their text boxes are stories of their own, the rest is named."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from perfdoc.reading.codes import PICTURE
from perfdoc.reading.docx.context import Story
from perfdoc.reading.docx.marks import Box, Line, Mark, Remark, replace, shorten
from perfdoc.reading.docx.namespaces import w
from perfdoc.report import Severity

TAGS = (w("drawing"), w("pict"), w("object"))
_BOXES = (w("txbxContent"), "{http://schemas.microsoft.com/office/word/2006/wordml}txbxContent")
_VML = "urn:schemas-microsoft-com:vml"
_WORDART = f"{{{_VML}}}textpath"
_KINDS = {
    "blip": "a picture",
    "imagedata": "a picture",
    "chart": "a chart",
    "relIds": "a diagram",
    "OLEObject": "an embedded object",
}
_NAMED = tuple(f"{{*}}{name}" for name in _KINDS)


def drawings(block: etree._Element, story: Story) -> None:
    """Put marks in the place of what is drawn. What a text box holds is left for its own story."""
    for drawing in list(block.iter(*TAGS)):
        if _is_outermost(drawing, block):
            said = list(_said(drawing))
            for content in [mark.content for mark in said if isinstance(mark, Box)]:
                replace(content)
            replace(drawing, *map(story.marks.element, said))


def _is_outermost(element: etree._Element, block: etree._Element, around: tuple[str, ...] = _BOXES + TAGS) -> bool:
    """Does nothing of these tags stand around an element of the block?"""
    if element is block:
        return True
    for each in element.iterancestors():
        if each is block:
            return each.tag not in around
        if each.tag in around:
            return False
    return True


def _said(drawing: etree._Element) -> Iterator[Mark]:
    for content in drawing.iter(*_BOXES):
        if _is_outermost(content, drawing, _BOXES):
            yield Box(content)
    for art in drawing.iter(_WORDART):
        if art.get("string", "").strip():
            yield Line(art.get("string", ""))
    picture = next(drawing.iter(*_NAMED), None)
    if picture is not None:
        kind = _KINDS[etree.QName(picture).localname]
        if kind == "an embedded object":
            kind += f" ({picture.get('ProgID', 'of unknown kind')})"
        title = _title(drawing)
        yield Remark(PICTURE, Severity.info, f"{kind} is not read" + (f": {shorten(title)}" if title else ""), title)


def _title(drawing: etree._Element) -> str:
    """The alternative text, or the name, that the picture's author gave it."""
    for each in drawing.iter("{*}docPr", f"{{{_VML}}}shape"):
        text = each.get("descr") or each.get("title") or each.get("alt") or each.get("name") or ""
        if text:
            return text
    return ""

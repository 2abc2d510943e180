"""Drawings, pictures, embedded objects: their text boxes are stories of their own, the rest is named."""

from collections.abc import Iterator

from lxml import etree

from perfdoc.reading.codes import PICTURE, UNCERTAIN
from perfdoc.reading.docx.characters import WRITTEN, text_of
from perfdoc.reading.docx.context import Story
from perfdoc.reading.docx.grid import continues
from perfdoc.reading.docx.marks import GONE, MARK, Box, Line, Mark, Remark, replace, shorten
from perfdoc.reading.docx.namespaces import TBL, TC, P, w
from perfdoc.report import Severity
from perfdoc.texts import say

TAGS = (w("drawing"), w("pict"), w("object"))
_BOXES = (w("txbxContent"), "{http://schemas.microsoft.com/office/word/2006/wordml}txbxContent")
_VML = "urn:schemas-microsoft-com:vml"
_WORDART = f"{{{_VML}}}textpath"
_KINDS = {"blip": "picture", "imagedata": "picture", "chart": "chart", "relIds": "diagram", "OLEObject": "object"}
_NAMED = tuple(f"{{*}}{name}" for name in _KINDS)


def drawings(block: etree._Element, story: Story) -> None:
    """Put marks in the place of what is drawn. What a text box holds is left for its own story.

    A text box that hangs in a cell which is blank otherwise is how somebody filled it in: its lines are the cell's.
    """
    outermost = [drawing for drawing in block.iter(*TAGS) if _is_outermost(drawing, block)]
    blank = {cell for drawing in outermost for cell in drawing.iterancestors(TC) if _is_blank(cell)}
    for drawing in outermost:
        cell = next(drawing.iterancestors(TC), None)
        if cell is None or cell not in blank or not _is_filled(drawing, cell, story):
            said = list(_said(drawing))
            for content in [mark.content for mark in said if isinstance(mark, Box)]:
                replace(content)
            replace(drawing, *map(story.marks.element, said))


def _is_blank(cell: etree._Element) -> bool:
    """Does a cell that shows hold no text, but for what is drawn in it?"""
    if continues(cell) or next(cell.iter(TBL), None) is not None:
        return False
    drawn = {each for drawing in cell.iter(*TAGS) for each in drawing.iter(*WRITTEN)}
    return not text_of(*(each for each in cell.iter(*WRITTEN) if each not in drawn)).strip()


def _is_filled(drawing: etree._Element, cell: etree._Element, story: Story) -> bool:
    """Put the lines of a text box into its cell, in the place of the blank line in which it hangs; could it be done?"""
    boxes = [content for content in drawing.iter(*_BOXES) if _is_outermost(content, drawing, _BOXES)]
    host = next((each for each in drawing.iterancestors(P) if each.getparent() is cell), None)
    lines = [each for content in boxes for each in content]
    texts = [text_of(line) for line in lines]
    drawn = any(next(line.iter(*TAGS), None) is not None for line in lines)
    if host is None or drawn or not "".join(texts).strip() or any(line.tag != P for line in lines):
        return False
    text = "\n".join(texts)
    said = say("docx.box_read", text=shorten(text))
    replace(drawing, story.marks.element(Remark(UNCERTAIN, Severity.warning, said, text)))
    for line in lines:
        host.addprevious(line)
    for each in list(cell.iterchildren(P)):
        if each not in lines and not text_of(each).strip() and next(each.iter(*TAGS), None) is None:
            _take_line(each, lines[0])
    return True


def _take_line(blank: etree._Element, line: etree._Element) -> None:
    """A blank line is none any more; its marks go to another."""
    for mark in list(blank.iter(MARK)):
        line.append(mark)
    blank.tag = GONE
    for each in list(blank.iter(*WRITTEN)):
        replace(each)


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
        what = say(f"docx.drawn.{kind}", program=picture.get("ProgID") or say("docx.of_unknown_kind"))
        title = _title(drawing)
        key = "docx.not_read_named" if title else "docx.not_read"
        yield Remark(PICTURE, Severity.info, say(key, what=what, text=shorten(title)), title)


def _title(drawing: etree._Element) -> str:
    """The alternative text, or the name, that the picture's author gave it."""
    for each in drawing.iter("{*}docPr", f"{{{_VML}}}shape"):
        text = each.get("descr") or each.get("title") or each.get("alt") or each.get("name") or ""
        if text:
            return text
    return ""

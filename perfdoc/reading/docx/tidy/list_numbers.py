"""Automatic numbers and bullets: each paragraph of a list gets the text that stands before it."""

from lxml import etree

from perfdoc.reading.codes import NUMBERING
from perfdoc.reading.docx.context import Story
from perfdoc.reading.docx.grid import continues
from perfdoc.reading.docx.marks import JOINS, LABEL, Remark
from perfdoc.reading.docx.namespaces import ILVL, NUMID, NUMPR, PPR, PSTYLE, TC, P
from perfdoc.reading.docx.styles import Styles, integer_of, value_of
from perfdoc.report import Severity
from perfdoc.texts import listed, say

TAGS = (NUMPR, PSTYLE, P)


def list_numbers(block: etree._Element, story: Story) -> None:
    """Count the lists on; of paragraphs that join, the last one's list counts. Hidden cells of a merge are left out."""
    styles = story.context.styles
    if next(block.iter(NUMPR), None) is None and not (styles.any_numbered or styles.default.number):
        return
    for paragraph in block.iter(P):
        number, style = _list_of(paragraph.find(PPR), styles)
        if number is not None and paragraph.get(JOINS) is None and not _continues(paragraph, block):
            paragraph.set(LABEL, _next(paragraph, number, style, story))


def _list_of(properties: etree._Element | None, styles: Styles) -> tuple[tuple[str, int | None] | None, str]:
    """The list and level of a paragraph, and its style's id."""
    if properties is None:
        return styles.default.number, ""
    style = value_of(properties.find(PSTYLE)) or ""
    number = styles.of(style).number
    own = properties.find(NUMPR)
    if own is not None:
        list_id, level = value_of(own.find(NUMID)), integer_of(own.find(ILVL))
        if list_id is not None:
            number = (list_id, level) if list_id != "0" else None  # 0 takes the style's list away, 17.9.18
        elif number is not None and level is not None:
            number = (number[0], level)
    return number, style


def _continues(paragraph: etree._Element, block: etree._Element) -> bool:
    """Does it stand in a cell that a vertical merge hides?"""
    cell = None if paragraph is block else next(paragraph.iterancestors(TC), None)
    return cell is not None and continues(cell)


def _next(paragraph: etree._Element, number: tuple[str, int | None], style: str, story: Story) -> str:
    lists = story.context.lists
    unknown = len(lists.unknown_formats)
    text = lists.next(*number, style)
    if len(lists.unknown_formats) > unknown:
        message = say("docx.numbering", names=listed(sorted(lists.unknown_formats)))
        paragraph.insert(0, story.marks.element(Remark(NUMBERING, Severity.warning, message, text)))
    return text

"""References to notes and comments (ECMA-376 part 1, 17.11, 17.13.4), and to whole documents (17.17.2)."""

from lxml import etree

from perfdoc.reading.codes import EMBEDDED
from perfdoc.reading.docx.context import Story
from perfdoc.reading.docx.marks import Note, Remark, replace
from perfdoc.reading.docx.namespaces import ID, R_ID, w
from perfdoc.report import Severity
from perfdoc.texts import say

TAGS = (w("footnoteReference"), w("endnoteReference"), w("commentReference"))
DOCUMENTS = (w("altChunk"), w("subDoc"))
"""A document in another part or another file, inserted here."""


def references(block: etree._Element, story: Story) -> None:
    """Put a mark in the place of each."""
    for element in list(block.iter(*TAGS)):
        replace(element, story.marks.element(Note(str(element.tag), element.get(ID, ""))))


def documents(block: etree._Element, story: Story) -> None:
    """Say that a document is inserted and not read."""
    for element in list(block.iter(*DOCUMENTS)):
        target = element.get(R_ID, "")
        target = next((each.target for each in story.context.relationships if each.id == target), target)
        message = say("docx.embedded", target=target or say("docx.unnamed"))
        mark = story.marks.element(Remark(EMBEDDED, Severity.warning, message))
        if element is block:
            element.append(mark)
        else:
            replace(element, mark)

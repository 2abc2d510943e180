"""References to footnotes, endnotes and comments (ECMA-376 part 1, 17.11, 17.13.4)."""

from __future__ import annotations

from lxml import etree

from perfdoc.reading.docx.context import Story
from perfdoc.reading.docx.marks import Note, replace
from perfdoc.reading.docx.namespaces import ID, w

TAGS = (w("footnoteReference"), w("endnoteReference"), w("commentReference"))


def references(block: etree._Element, story: Story) -> None:
    """Put a mark in the place of each."""
    for element in list(block.iter(*TAGS)):
        replace(element, story.marks.element(Note(str(element.tag), element.get(ID, ""))))

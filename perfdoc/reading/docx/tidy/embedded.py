"""A whole document in another part or another file (w:altChunk, w:subDoc): named, not read."""

from __future__ import annotations

from lxml import etree

from perfdoc.reading.codes import EMBEDDED
from perfdoc.reading.docx.context import Story
from perfdoc.reading.docx.marks import Remark, replace
from perfdoc.reading.docx.namespaces import R_ID, w
from perfdoc.report import Severity

TAGS = (w("altChunk"), w("subDoc"))


def embedded(block: etree._Element, story: Story) -> None:
    """Say it where such a document is inserted."""
    for element in list(block.iter(*TAGS)):
        target = element.get(R_ID, "")
        target = next((each.target for each in story.context.relationships if each.id == target), target)
        message = f"another document is inserted here and not read: {target or 'unnamed'}"
        mark = story.marks.element(Remark(EMBEDDED, Severity.warning, message))
        if element is block:
            element.append(mark)
        else:
            replace(element, mark)

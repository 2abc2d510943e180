"""What properties were before a tracked change of format (ECMA-376 part 1, 17.13.5): nothing of it counts."""

from __future__ import annotations

from lxml import etree

from perfdoc.reading.docx.context import Story
from perfdoc.reading.docx.marks import replace
from perfdoc.reading.docx.namespaces import w

TAGS = tuple(map(w, ("pPrChange", "rPrChange", "tcPrChange", "trPrChange", "sectPrChange", "numberingChange")))


def former(block: etree._Element, story: Story) -> None:
    """Take them out."""
    for element in list(block.iter(*TAGS)):
        replace(element)

"""Rows that are tracked as deleted or inserted although their text is not: LibreOffice marks rows beside others so."""

from __future__ import annotations

from lxml import etree

from perfdoc.reading.codes import UNCERTAIN
from perfdoc.reading.docx.characters import text_of
from perfdoc.reading.docx.context import Story
from perfdoc.reading.docx.marks import Change, Remark, replace
from perfdoc.reading.docx.namespaces import AUTHOR, DATE, DELTEXT, TC, TRPR, T
from perfdoc.report import Severity
from perfdoc.texts import say


def rows_that_are_there(block: etree._Element, story: Story) -> None:
    """Take the mark from a row that holds text which the policy shows."""
    hidden = story.context.tracked.hidden
    for properties in block.iter(TRPR):
        found = list(properties.iterchildren(*hidden))
        row = properties.getparent()
        if not found or row is None:
            continue
        texts = [text for text in row.iter(T, DELTEXT) if text.text and text.text.strip()]
        if any(next(text.iterancestors(*hidden), None) is None for text in texts):
            last = [text_of(cell) for cell in row.iter(TC)][-1:]
            for each in found:
                replace(each, story.marks.element(Change(str(each.tag), each.get(AUTHOR, ""), each.get(DATE, ""))))
            said = Remark(UNCERTAIN, Severity.warning, say("docx.row_there"), "".join(last))
            properties.append(story.marks.element(said))

"""Footnotes, endnotes and comments: quoted where they are referred to, and stories of their own at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from perfdoc.layout import Block, Paragraph
from perfdoc.reading.codes import COMMENT, NOTE
from perfdoc.reading.docx.names import AUTHOR, ID, w
from perfdoc.reading.docx.quote import shorten
from perfdoc.report import Severity

if TYPE_CHECKING:
    from perfdoc.reading.docx.job import Job
    from perfdoc.reading.docx.story import Story

_KINDS = {
    w("footnoteReference"): ("footnotes", w("footnote"), "footnote"),
    w("endnoteReference"): ("endnotes", w("endnote"), "endnote"),
    w("commentReference"): ("comments", w("comment"), "comment"),
}
"""Reference → relationship, element, story."""


class Notes:
    """The notes of a document, each read once, when its first reference is met."""

    def __init__(self) -> None:
        self._elements: dict[str, dict[str, etree._Element]] = {}
        self._counts: dict[str, int] = {}

    def refer(self, story: Story, reference: etree._Element) -> None:
        """Read the note that a reference names: its blocks go to the end, its text is quoted here."""
        relationship, tag, kind = _KINDS[reference.tag]
        elements = self._elements.get(kind)
        if elements is None:
            elements = self._elements[kind] = _load(story.job, relationship, tag)
        # Taken out, so that a note which refers to itself ends.
        element = elements.pop(reference.get(ID, ""), None)
        if element is None:
            return
        self._counts[kind] = self._counts.get(kind, 0) + 1
        blocks = story.inner_blocks(element, f"{kind}{self._counts[kind]}", kind)
        story.job.tail.extend(blocks)
        text = text_of(blocks)
        if text.strip() or kind == "comment":  # LibreOffice loses texts of comments, and what they hang on with them
            by = element.get(AUTHOR, "")
            message = f"{kind}{f' by {by}' if by else ''}, not part of the text: {shorten(text, 200) or '(blank)'}"
            story.say(COMMENT if kind == "comment" else NOTE, Severity.info, message, text)


def _load(job: Job, relationship: str, tag: str) -> dict[str, etree._Element]:
    part = job.related(relationship)
    if not part:
        return {}
    tree = job.package.tree(part)
    job.notice(tree)
    return {each.get(ID, ""): each for each in tree.iter(tag)}


def text_of(blocks: list[Block]) -> str:
    """The text of blocks, a line a paragraph or cell."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
        else:
            lines.extend(cell.text for row in block.rows for cell in row.cells)
    return "\n".join(lines)

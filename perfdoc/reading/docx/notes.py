"""Footnotes, endnotes and comments: the parts that hold them, each note given once."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from perfdoc.reading.docx.context import Context, Story
from perfdoc.reading.docx.marks import Note
from perfdoc.reading.docx.namespaces import AUTHOR, ID, w
from perfdoc.reading.docx.tidy import notice, number
from perfdoc.reading.package import parse_xml

_KINDS = {
    w("footnoteReference"): ("footnotes", w("footnote"), "footnote"),
    w("endnoteReference"): ("endnotes", w("endnote"), "endnote"),
    w("commentReference"): ("comments", w("comment"), "comment"),
}
"""Reference → relationship, element, story."""


class Found(NamedTuple):
    """A note, and the name that its places carry."""

    element: etree._Element
    part: str
    kind: str
    author: str
    source: str


class Notes:
    """The notes of a document, given in the order of their first references."""

    def __init__(self) -> None:
        self._elements: dict[str, dict[str, etree._Element]] = {}
        self._counts: dict[str, int] = {}

    def next(self, reference: Note, context: Context) -> Found | None:
        """The note that a reference names; None for one that was given, or that is not there."""
        relationship, tag, kind = _KINDS[reference.tag]
        elements = self._elements.get(kind)
        if elements is None:
            elements = self._elements[kind] = _load(context, relationship, tag)
        # Taken out, so that a note which refers to itself ends.
        element = elements.pop(reference.id, None)
        if element is None:
            return None
        self._counts[kind] = self._counts.get(kind, 0) + 1
        part = f"{kind}{self._counts[kind]}"
        return Found(element, part, kind, element.get(AUTHOR, ""), context.related(relationship))


def _load(context: Context, relationship: str, tag: str) -> dict[str, etree._Element]:
    part = context.related(relationship)
    if not part:
        return {}
    tree = parse_xml(context.read(part), context.file, part)
    story = Story(context)
    notice(tree, story)
    number(tree, story)
    return {each.get(ID, ""): each for each in tree.iter(tag)}

"""A part's XML → the blocks of a story, while it is parsed: what has been read is freed, so a long part stays small.

A short part is parsed whole. For a long one the parser is fed piece by piece: after each piece, the children of the
story that are complete are read and dropped from the tree; of a table, or of a content control, that grows and grows,
the children that are complete.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml import etree

from perfdoc.reading.broken import broken_xml
from perfdoc.reading.codes import DAMAGED
from perfdoc.reading.docx.blocks import Blocks
from perfdoc.reading.docx.context import Story
from perfdoc.reading.docx.marks import shorten
from perfdoc.reading.docx.namespaces import SDT, SDTCONTENT, TBL, T, transitional, w
from perfdoc.reading.docx.notes import Notes
from perfdoc.reading.docx.one_table import Table
from perfdoc.reading.docx.tidy import notice
from perfdoc.reading.package import MAX_TREE, PARSER_OPTIONS
from perfdoc.report import Place, Severity
from perfdoc.texts import say

_ROOTS = (w("body"), w("hdr"), w("ftr"))
_GROWING = frozenset((SDT, SDTCONTENT, w("customXml"), TBL))
SHORT = 2**17
"""Bytes of a part that is parsed whole, which saves a third of the time of parsing; beyond it a stream is faster,
since what it frees stays in the processor's cache."""
PATIENCE = 2**19
"""Bytes of one block that are waited for, before what it holds so far is read."""


def read_part(part: str, story: Story, notes: Notes) -> Blocks:
    """Read a part into a story. Raises UnreadableError: broken XML (with its line), over a limit."""
    package = story.context.package
    story.source = part
    blocks = Blocks(story, notes)
    reader: _Reader | None = None
    pieces = transitional(package.chunks(part), package.file, part)
    try:
        if package.size(part) <= SHORT:
            root = etree.fromstring(b"".join(pieces), etree.XMLParser(**PARSER_OPTIONS))
            reader = _reader(root.iter(*_ROOTS), story, blocks)
        else:
            parser = etree.XMLPullParser(events=("start",), tag=_ROOTS, **PARSER_OPTIONS)
            waiting = 0
            for piece in pieces:
                parser.feed(piece)
                reader = reader or _reader((each for _, each in parser.read_events()), story, blocks)
                moved = reader is not None and reader.advance(waiting > PATIENCE)
                waiting = 0 if moved else waiting + len(piece)
                if waiting > MAX_TREE:
                    raise package.unreadable("docx.long_block", part=part, most=MAX_TREE >> 20)
            root = parser.close()
    except (etree.XMLSyntaxError, ValueError) as error:
        raise broken_xml(error, package.file, part) from error
    if reader is None:
        name = etree.QName(root).localname
        raise package.unreadable("docx.other_root", part=part, root=name)
    reader.end()
    _look_outside(root, reader.container, story)
    return blocks


def _reader(found: Iterator[object], story: Story, blocks: Blocks) -> _Reader | None:
    """The reader of the story whose element is the first that was found, if one was."""
    container = next(found, None)
    return _Reader(container, story, blocks) if isinstance(container, etree._Element) else None


class _Reader:
    """What reads the children of the story's element, and of what grows inside it."""

    def __init__(self, container: etree._Element, story: Story, blocks: Blocks) -> None:
        self.container = container
        self._story = story
        self._blocks = blocks
        self._open = [container]
        """The story's element, and inside it what is read before it is complete."""
        self._table: Table | None = None
        """The table among them."""

    def advance(self, impatient: bool) -> bool:
        """Read what is complete; was there anything? The last child of what is open may still grow."""
        notice(self._open[-1], self._story)
        at = next((n for n, each in enumerate(self._open[1:], 1) if each.getnext() is not None), len(self._open))
        self._close(at)
        moved = self._read(self._open[-1], len(self._open[-1]) - 1)
        last = self._open[-1][0] if len(self._open[-1]) else None
        while impatient and last is not None and last.tag in _GROWING and not (last.tag == TBL and self._table):
            self._open.append(last)
            if last.tag == TBL:
                self._table = self._blocks.begin_table()
            moved = self._read(last, len(last) - 1) or moved
            last = last[0] if len(last) else None
        return moved

    def end(self) -> None:
        """The part is complete."""
        notice(self._open[-1], self._story)
        self._close(1)
        for child in list(self._open[0]):
            self._blocks.read(child)
        self._blocks.end()

    def _close(self, at: int) -> None:
        """What is open from here on is complete."""
        while len(self._open) > at:
            element = self._open.pop()
            self._read(element, len(element))
            if element.tag == TBL and self._table is not None:
                self._blocks.end_table(self._table)
                self._table = None
            self._open[-1].remove(element)

    def _read(self, element: etree._Element, count: int) -> bool:
        """Read the first children of an element, and let them go; were there any?"""
        if count > 0:
            self._read_children(element, count)
            # None of them may be held here any more: lxml takes time to the square to drop a tree that is held.
            del element[:count]
        return count > 0

    def _read_children(self, element: etree._Element, count: int) -> None:
        for child in list(islice(element, count)):
            if self._table is not None:
                self._blocks.read_rows(self._table, child)
            else:
                self._blocks.read(child)


def _look_outside(root: etree._Element, container: etree._Element, story: Story) -> None:
    """Say what stands outside of the body, where Word shows nothing: a second body, a paragraph."""
    for each in root if root is not container else ():
        if each is not container and container not in each.iter(container.tag):
            text = "".join(text.text or "" for text in each.iter(T))
            if text.strip():
                message = say("docx.outside", text=shorten(text))
                story.context.say(DAMAGED, Severity.warning, message, Place(story.context.file, part=story.part), text)

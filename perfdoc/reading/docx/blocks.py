"""One pass over the tidied blocks of a story: paragraphs, tables, and what their marks stand for.

A long table can be fed row by row, so that a long document is never whole in memory (`part.py`).
"""

from collections.abc import Iterable
from dataclasses import replace

from lxml import etree

from perfdoc.layout import Block, Grid, Paragraph
from perfdoc.reading.codes import COMMENT, NOTE, TRACKED
from perfdoc.reading.docx.context import Context, Story
from perfdoc.reading.docx.marks import (
    GONE,
    MARK,
    Box,
    Change,
    Doubtful,
    Line,
    Mark,
    Nested,
    Note,
    Remark,
    Struck,
    shorten,
)
from perfdoc.reading.docx.namespaces import BOOKMARKSTART, SECTPR, TBL, P, T
from perfdoc.reading.docx.notes import Notes
from perfdoc.reading.docx.one_table import Table
from perfdoc.reading.docx.paragraphs import Paragraphs
from perfdoc.reading.docx.tidy import tidy
from perfdoc.report import Place, Severity
from perfdoc.texts import say

_Element = etree._Element


class Blocks:
    """A story being read: give it its children; what they become is in `blocks`."""

    def __init__(self, story: Story, notes: Notes) -> None:
        self.blocks: list[Block] = []
        self._story = story
        self._notes = notes
        self._context: Context = story.context
        self._paragraphs = Paragraphs(story, self._meet)
        self._after: list[Block | None] = []
        """Nested tables and text boxes, which stand after the block that holds them."""
        self._tables = 0

    def read(self, element: _Element) -> None:
        """Tidy and read one child of the story."""
        if element.tag not in (P, TBL):
            element = _wrapped(element)
        tidy(element, self._story)
        self._block(element)
        self._story.marks.clear()

    def end(self) -> None:
        """The story is over: what is open ends, and what holds it in a circle goes."""
        self._put(self._paragraphs.end())
        del self._paragraphs

    def begin_table(self) -> Table:
        """A table between paragraphs."""
        self._put(self._paragraphs.end())
        self._story.fields = []
        self._tables += 1
        self._after.append(None)
        return Table(self._story, self._tables, self._meet)

    def read_rows(self, table: Table, element: _Element) -> None:
        """Tidy and read one child of a table that is still growing."""
        element = _wrapped(element)
        tidy(element, self._story)
        table.read(element)
        self._story.marks.clear()

    def end_table(self, table: Table) -> None:
        """The table that was begun is complete."""
        self._after[0] = table.grid()
        self._flush()

    def _block(self, element: _Element) -> None:
        tag = element.tag
        if tag == P:
            self._put(self._paragraphs.read(element))
        elif tag == TBL:
            table = self.begin_table()
            table.read(element)
            self.end_table(table)
        elif tag == MARK:
            self._paragraphs.mark(element)
            self._flush()
        elif tag == SECTPR:
            self._paragraphs.section(element)
        elif tag == BOOKMARKSTART:
            self._paragraphs.bookmark(element)
        elif next(element.iterdescendants(P, TBL, MARK, SECTPR, BOOKMARKSTART), None) is not None:
            for child in element:
                self._block(child)
        elif next(element.iter(T), None) is not None:
            self._put(self._paragraphs.read(element))

    def _put(self, paragraph: Paragraph | None) -> None:
        if paragraph is not None:
            self.blocks.append(paragraph)
            self._flush()

    def _flush(self) -> None:
        """Let what hangs on the block just read follow it."""
        self.blocks.extend(block for block in self._after if block is not None)
        self._after = []

    def _meet(self, mark: Mark, place: Place) -> str:
        """Do at a place what a mark stands for; the text, if it is a text box."""
        context = self._context
        if isinstance(mark, Change):
            context.tracked.count(mark, place)
        elif isinstance(mark, Remark):
            context.say(mark.code, mark.severity, mark.message, place, mark.quote)
        elif isinstance(mark, Struck):
            context.say(TRACKED, Severity.warning, context.tracked.strike(mark.text, place), place, mark.text)
        elif isinstance(mark, Doubtful):
            context.doubtful.append((mark, place))
        elif isinstance(mark, Note):
            self._note(mark, place)
        elif isinstance(mark, Nested):
            self._nested(mark.table, place)
        elif isinstance(mark, Line):
            part, kind = self._box()
            self._after.append(Paragraph(mark.text, Place(context.file, paragraph=1, part=part), story=kind))
        elif isinstance(mark, Box):
            blocks = self._inner(mark.content, *self._box(), self._story.source)
            self._after += blocks
            return "\n".join(texts_of(blocks)).strip()
        return ""

    def _nested(self, element: _Element | None, place: Place) -> None:
        """A table inside a cell, or inside a paragraph, which it stands before."""
        if element is not None and not place.table:
            table = self.begin_table()
            table.read(element)
            self.end_table(table)
            return
        self._tables += 1
        if element is not None:
            slot = len(self._after)
            self._after.append(None)
            table = Table(self._story, self._tables, self._meet)
            table.read(element)
            grid = table.grid()
            self._after[slot] = None if grid is None else replace(grid, within=place)

    def _box(self) -> tuple[str, str]:
        """Name and kind of the next text box; one in a header belongs to the header."""
        self._context.boxes += 1
        part = f"{self._story.part} textbox{self._context.boxes}".strip()
        return part, "textbox" if self._story.kind == "body" else self._story.kind

    def _inner(self, content: Iterable[_Element], part: str, kind: str, source: str) -> list[Block]:
        """The blocks of a story that hangs here; its paragraphs and cells have their numbers."""
        inner = Blocks(Story(self._context, part, kind, source=source, numbered=True), self._notes)
        for child in list(content):
            inner.read(child)
        inner.end()
        return inner.blocks

    def _note(self, mark: Note, place: Place) -> None:
        """A footnote, an endnote or a comment: quoted where it is referred to, and a story of its own at the end."""
        note = self._notes.next(mark, self._context)
        if note is None:
            return
        blocks = self._inner(note.element, note.part, note.kind, note.source)
        self._context.tail.extend(blocks)
        text = "\n".join(texts_of(blocks))
        if note.kind == "comment":
            self._notes.remark(note, text, place)
        if text.strip() or note.kind == "comment":  # a comment may have lost its text, and what it hangs on with it
            what = say(f"docx.kind.{note.kind}")
            what = say("docx.by", what=what, author=note.author) if note.author else what
            message = say("docx.note", what=what, text=shorten(text, 200) or say("docx.blank"))
            self._context.say(COMMENT if note.kind == "comment" else NOTE, Severity.info, message, place, text)


def _wrapped(element: _Element) -> _Element:
    """An element inside another that stays in its place whatever a rewrite makes of it.

    Made in the same document: to move a large element to another one takes libxml2 time to the square.
    """
    parent = element.getparent()
    if parent is None:
        around = etree.Element(GONE)
    else:
        around = etree.SubElement(parent, GONE)
        element.addprevious(around)
    around.append(element)
    return around


def texts_of(blocks: Iterable[Block]) -> list[str]:
    """The text of each paragraph and cell."""
    texts: list[str] = []
    for block in blocks:
        if isinstance(block, Grid):
            texts.extend(cell.text for row in block.rows for cell in row.cells)
        else:
            texts.append(block.text)
    return texts

"""One pass over the tidied blocks of a story: paragraphs, tables, and what their marks stand for.

A long table can be fed row by row, so that a long document is never whole in memory (`part.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from lxml import etree

from perfdoc.layout import Block, Grid, Paragraph
from perfdoc.reading.codes import COMMENT, HIDDEN, NOTE, SYMBOL
from perfdoc.reading.docx.characters import CHARACTERS, unknown_symbols
from perfdoc.reading.docx.context import Context, Story
from perfdoc.reading.docx.marks import (
    CONTENTS,
    GONE,
    JOINS,
    LABEL,
    MARK,
    NUMBER,
    Box,
    Change,
    Doubtful,
    Hidden,
    Line,
    Mark,
    Nested,
    Note,
    Remark,
    shorten,
)
from perfdoc.reading.docx.names import (
    BOOKMARKSTART,
    NAME,
    OUTLINELVL,
    PPR,
    PSTYLE,
    R_ID,
    SECTPR,
    TBL,
    VAL,
    P,
    T,
    w,
)
from perfdoc.reading.docx.notes import Notes
from perfdoc.reading.docx.styles import integer_of, outline_of
from perfdoc.reading.docx.symbols import UNKNOWN
from perfdoc.reading.docx.tables import Table
from perfdoc.reading.docx.tidy import tidy
from perfdoc.report import Place, Severity

_Element = etree._Element
_TAGS = (*map(str, CHARACTERS), P, MARK, BOOKMARKSTART)
_BLOCKS = (P, TBL, MARK, SECTPR)


class Blocks:
    """A story being read: give it its children; what they become is in `blocks`."""

    def __init__(self, story: Story, notes: Notes) -> None:
        self.blocks: list[Block] = []
        self._story = story
        self._notes = notes
        self._context: Context = story.context
        self._after: list[Block | None] = []
        """Nested tables and text boxes, which stand after the block that holds them."""
        self._tables = 0
        self._paragraphs = 0
        self._text: list[str] | None = None
        """What was read of a paragraph whose end is deleted or hidden, so that it goes on in the next."""
        self._hidden = ""
        self._bookmarks: list[str] = []

    def read(self, element: _Element) -> None:
        """Tidy and read one child of the story."""
        if element.tag not in (P, TBL):
            element = _wrapped(element)
        tidy(element, self._story)
        self._block(element)
        self._story.marks.clear()

    def end(self) -> None:
        """The story is over: what is open ends."""
        self._end_paragraph()

    def begin_table(self) -> Table:
        """A table between paragraphs."""
        self._end_paragraph()
        self._bookmarks = []
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

    def place(self) -> Place:
        """Where reading stands, between tables."""
        return Place(self._context.file, paragraph=self._paragraphs + 1, part=self._story.part)

    def _block(self, element: _Element) -> None:
        tag = element.tag
        if tag == P:
            self._paragraph(element)
        elif tag == TBL:
            table = self.begin_table()
            table.read(element)
            self.end_table(table)
        elif tag == MARK:
            self._mark(element)
            self._flush()
        elif tag == SECTPR:
            self._section(element)
        elif tag == BOOKMARKSTART:
            self._bookmark(element)
        elif next(element.iterdescendants(*_BLOCKS, BOOKMARKSTART), None) is not None:
            for child in element:
                self._block(child)
        elif next(element.iter(T), None) is not None:
            self._paragraph(element)

    def _paragraph(self, element: _Element) -> None:
        """A paragraph, or runs where only paragraphs may stand."""
        style_id, outline = "", None
        for each in element[0] if len(element) and element[0].tag == PPR else ():
            if each.tag == PSTYLE:
                style_id = each.get(VAL, "")
            elif each.tag == OUTLINELVL:
                outline = integer_of(each)
            elif each.tag == SECTPR:
                self._section(each)
            for mark in each.iter(MARK):
                self._mark(mark)
        number = self._number_of(element)
        text = self._text if self._text is not None else [""]
        for child in element:
            if child.tag != PPR:
                self._inline(child, text)
        if element.get(JOINS) is not None:
            self._text = text
            return
        self._text = None
        text[0] = element.get(LABEL, "")
        style = self._context.styles.of(style_id)
        contents = style.contents or element.get(CONTENTS) is not None
        level = style.outline if outline is None else outline_of(outline)
        found = Paragraph("".join(text), self.place(), style.name if style_id else "", level, (), contents)
        self._emit(found._replace(number=number))

    def _number_of(self, element: _Element) -> int:
        number = element.get(NUMBER)
        if number is not None:
            return int(number)
        if element.tag != P:
            return 0
        self._story.paragraphs += 1
        return self._story.paragraphs

    def _inline(self, element: _Element, text: list[str]) -> None:
        for each in element.iter(*_TAGS):
            tag = each.tag
            if tag == MARK:
                self._mark(each)
            elif tag == P:  # where none may stand: it begins a line
                self._number_of(each)
                text.append("\n")
            elif tag == BOOKMARKSTART:
                self._bookmark(each)
            else:
                text.append(CHARACTERS[tag](each))
                for said, unknown in unknown_symbols(text[-1], each) if UNKNOWN in text[-1] else ():
                    self._context.say(SYMBOL, Severity.warning, said, self.place(), unknown)

    def _emit(self, paragraph: Paragraph) -> None:
        if self._hidden.strip():
            message = f"hidden text, not displayed and not read: {shorten(self._hidden)!r}"
            self._context.say(HIDDEN, Severity.warning, message, self.place(), self._hidden)
        self._hidden = ""
        self._context.count_paragraph()
        self._paragraphs += 1
        self.blocks.append(paragraph._replace(bookmarks=tuple(self._bookmarks), story=self._story.kind))
        self._bookmarks = []
        self._flush()

    def _end_paragraph(self) -> None:
        """End a paragraph whose end was deleted, before a table or the end of the story."""
        text, self._text = "".join(self._text or ()), None
        if text or self._hidden.strip():
            self._emit(Paragraph(text, self.place()))
        self._hidden = ""

    def _flush(self) -> None:
        """Let what hangs on the block just read follow it."""
        self.blocks.extend(block for block in self._after if block is not None)
        self._after = []

    def _section(self, element: _Element) -> None:
        """w:sectPr: remember which headers and footers are shown."""
        for each in element.iterchildren(w("headerReference"), w("footerReference")):
            if (target := each.get(R_ID)) and target not in self._context.sections:
                self._context.sections.append(target)

    def _bookmark(self, element: _Element) -> None:
        """One between blocks belongs to the paragraph that follows."""
        name = element.get(NAME)
        if name and name != "_GoBack":  # Word's own mark of where one left off
            self._bookmarks.append(name)

    def _mark(self, element: _Element) -> None:
        mark = self._story.marks.of(element)
        if isinstance(mark, Hidden):
            self._hidden += mark.text
        elif isinstance(mark, Nested) and mark.table is not None:
            table = self.begin_table()
            table.read(mark.table)
            self.end_table(table)
        else:
            self._meet(mark, self.place())

    def _meet(self, mark: Mark, place: Place) -> bool:
        """Do at a place what a mark stands for; is it a text box that holds text?"""
        context = self._context
        if isinstance(mark, Change):
            context.tracked.count(mark.tag, mark.author, place)
        elif isinstance(mark, Remark):
            context.say(mark.code, mark.severity, mark.message, place, mark.quote)
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
            blocks = self._inner(mark.content, *self._box())
            self._after += blocks
            return any(text.strip() for text in texts_of(blocks))
        return False

    def _nested(self, element: _Element | None, place: Place) -> None:
        """A table inside a cell."""
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

    def _inner(self, content: Iterable[_Element], part: str, kind: str) -> list[Block]:
        """The blocks of a story that hangs here; its paragraphs and cells have their numbers."""
        inner = Blocks(Story(self._context, part, kind, numbered=True), self._notes)
        for child in list(content):
            inner.read(child)
        inner.end()
        return inner.blocks

    def _note(self, mark: Note, place: Place) -> None:
        """A footnote, an endnote or a comment: quoted where it is referred to, and a story of its own at the end."""
        note = self._notes.next(mark, self._context)
        if note is None:
            return
        blocks = self._inner(note.element, note.part, note.kind)
        self._context.tail.extend(blocks)
        text = "\n".join(texts_of(blocks))
        if text.strip() or note.kind == "comment":  # a comment may have lost its text, and what it hangs on with it
            by = f" by {note.author}" if note.author else ""
            message = f"{note.kind}{by}, not part of the text: {shorten(text, 200) or '(blank)'}"
            self._context.say(COMMENT if note.kind == "comment" else NOTE, Severity.info, message, place, text)


def _wrapped(element: _Element) -> _Element:
    """An element inside another that stays in its place whatever a rewrite makes of it."""
    around = etree.Element(GONE)
    parent = element.getparent()
    if parent is not None:
        parent.replace(element, around)
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

"""A story of a document (its body, a header, a note, a text box) → blocks, element by element.

`block` takes a child of the story; what it makes is in `blocks`. A table's rows can be fed one by one
(`tables.Table`), so that a long document is never whole in memory.
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from perfdoc.layout import Block, Grid, Paragraph
from perfdoc.reading.codes import EMBEDDED, UNCERTAIN
from perfdoc.reading.docx import changes, fields, inline
from perfdoc.reading.docx.blocks import BLOCKS, other
from perfdoc.reading.docx.job import Job
from perfdoc.reading.docx.names import (
    BOOKMARKSTART,
    PPR,
    R_ID,
    TBL,
    P,
    w,
)
from perfdoc.reading.docx.notes import text_of
from perfdoc.reading.docx.properties import Properties, of_style, properties
from perfdoc.reading.docx.stretches import Runs
from perfdoc.reading.docx.tables import Table
from perfdoc.reading.docx.words import Words
from perfdoc.report import Place, Severity

_Element = etree._Element
_LINE_GONE = (
    "all of a line here is deleted or hidden and its end is not, which LibreOffice forgets in a .doc and an .rtf: "
    "read without that line"
)
_BOXED = "a text box stands here in a cell that is blank otherwise: what it says is not read as the cell's text"
_LINES_JOINED = (
    "the end of a line is tracked as deleted, and so is the beginning of the next: read as one line; LibreOffice "
    "also marks it so in a .doc where only the text after it was deleted"
)


class Story:
    """One story being read; `words` is the paragraph or cell that is being read in it."""

    def __init__(self, job: Job, part: str = "", kind: str = "body") -> None:
        self.job = job
        self.part = part
        self.kind = kind
        self.blocks: list[Block] = []
        self.after: list[Block | None] = []
        """Nested tables and text boxes, which stand after the block that holds them."""
        self.tables = 0
        self.paragraphs = 0
        self.words = Words(self)
        self.controls: list[bool] = []
        """The content controls around: is it a table of contents?"""
        self._unfinished: list[str] | None = None
        self._end_deleted = False
        """The end of the paragraph before is tracked as deleted, and nothing right before it."""
        self._bookmarks: list[str] = []

    def place(self) -> Place:
        """Where reading stands."""
        words = self.words
        if words.table:
            return Place(self.job.file, table=words.table, row=words.row, column=words.column, part=self.part)
        return Place(self.job.file, paragraph=self.paragraphs + 1, part=self.part)

    def say(self, code: str, severity: Severity, message: str, quote: str = "") -> None:
        """Remark on what stands here."""
        self.job.say(code, severity, message, self.place(), quote)

    def block(self, element: _Element) -> None:
        """Read one child of the story, or of a cell."""
        tag = element.tag
        if tag == P:
            self.paragraph(element)
        elif tag == TBL:
            self.table(element)
        else:
            BLOCKS.get(tag, other)(self, element)

    def walk(self, elements: Iterable[_Element]) -> None:
        """Read several."""
        for element in elements:
            self.block(element)

    def paragraph(self, element: _Element) -> None:
        """A paragraph, of the story or of a cell."""
        first = element[0] if len(element) else None
        said = of_style(self, "") if first is None or first.tag != PPR else properties(self, first)
        if self._end_deleted and changes.begins_with_deletion(element):
            self.say(UNCERTAIN, Severity.warning, _LINES_JOINED, "".join(self.words.out))
        self._look_after_table(element)
        self._end_deleted = said.joins and not changes.ends_with_deletion(element)
        self._compose(element, said)

    def _look_after_table(self, element: _Element) -> None:
        """Text that stands right after a table, and before an insertion, is doubtful (`copies`)."""
        if not self.words.table and self.blocks and isinstance(self.blocks[-1], Grid):
            text = changes.text_before_insertion(element)
            if text:
                self.job.copies.before_insertion(self.place(), text)

    def end_cell(self) -> tuple[str, Runs]:
        """Settle the cell that is being read; its text and stretches."""
        text, runs = self.words.end_cell()
        if self.words.gone and text:
            self.say(UNCERTAIN, Severity.warning, _LINE_GONE, text)
        if self.words.boxed and not text.strip():
            self.say(UNCERTAIN, Severity.info, _BOXED)
        return text, runs

    def loose(self, element: _Element) -> None:
        """A run where only paragraphs may stand: a paragraph by itself."""
        self._compose((element,), of_style(self, ""))

    def _compose(self, children: Iterable[_Element], properties: Properties) -> None:
        words = self.words
        words.hidden_style = properties.hidden
        if words.table:
            if self.job.of_libreoffice and self.job.changes.hides_all(children):
                words.inline(children)
                words.gone = True
            else:
                words.add_line(children, properties)
            return
        words.out = self._unfinished if self._unfinished is not None else [""]
        words.start = len(words.out)
        words.inline(children)
        words.echoes.begin()
        contents = properties.contents or (True in self.controls)
        if words.fields or words.in_contents:
            contents = fields.end_paragraph(words) or contents
        self._unfinished = words.out if properties.joins else None
        if properties.joins:
            return
        if properties.number is not None:
            words.out[0] = self.number(properties)
        self._emit(properties, contents)

    def _emit(self, properties: Properties, contents: bool) -> None:
        words = self.words
        if words.hidden:
            words.say_hidden()
        if words.styled:
            words.styled = []
        bookmarks: tuple[str, ...] = ()
        if self._bookmarks or words.bookmarks:
            bookmarks = (*self._bookmarks, *words.bookmarks)
            self._bookmarks, words.bookmarks = [], []
        self.job.count_paragraph()
        text = "".join(words.out)
        place = self.place()
        self.paragraphs += 1
        style = self.job.styles.of(properties.style).name if properties.style else ""
        self.blocks.append(Paragraph(text, place, style, properties.outline, bookmarks, contents, self.kind))
        self.flush()

    def finish(self) -> None:
        """End what is open: a paragraph whose end was deleted, before a table or the end of the story."""
        out, self._unfinished = self._unfinished, None
        if out is not None:
            self.words.out = out
            if "".join(out):
                self._emit(Properties(), any(self.controls))
            else:
                self.words.say_hidden()

    def end(self) -> None:
        """The story is over: what it holds of the reading, in a circle, goes now and not with some later collection."""
        self.finish()
        del self.words

    def flush(self) -> None:
        """Let what hangs on the block just read follow it."""
        if self.after:
            self.blocks.extend(block for block in self.after if block is not None)
            self.after = []

    def number(self, properties: Properties) -> str:
        """The automatic number or bullet of a paragraph; it is counted by asking."""
        if properties.number is None:
            return ""
        return self.job.number(self.place(), properties.number, properties.style)

    def table(self, element: _Element) -> None:
        """A whole table, in the story or in a cell."""
        table = Table(self)
        table.take(element)
        table.end()

    def interrupt(self) -> None:
        """A table begins between paragraphs: what was open ends, fields included."""
        self.finish()
        self._bookmarks = []
        self.words.fields = []

    def section(self, element: _Element) -> None:
        """w:sectPr: remember which headers and footers are shown."""
        for each in element.iterchildren(w("headerReference"), w("footerReference")):
            if (target := each.get(R_ID)) and target not in self.job.sections:
                self.job.sections.append(target)

    def bookmark(self, element: _Element) -> None:
        """A bookmark between blocks belongs to the paragraph that follows."""
        inline.INLINE[BOOKMARKSTART](self.words, element)
        self._bookmarks += self.words.bookmarks
        self.words.bookmarks = []

    def inner_blocks(self, elements: Iterable[_Element], part: str, kind: str) -> list[Block]:
        """The blocks of a story that hangs here."""
        inner = Story(self.job, part, kind)
        inner.walk(elements)
        inner.end()
        return inner.blocks

    def text_box(self, content: _Element) -> None:
        """A text box that hangs here."""
        blocks = self.inner_blocks(content, *self._box())
        self.words.boxed = self.words.boxed or bool(text_of(blocks).strip())
        self.after += blocks

    def box_line(self, text: str) -> None:
        """A line of text that a drawing holds as an attribute (WordArt)."""
        part, kind = self._box()
        self.after.append(Paragraph(text, Place(self.job.file, paragraph=1, part=part), story=kind))

    def _box(self) -> tuple[str, str]:
        """Name and kind of the next text box; one in a header belongs to the header."""
        self.job.boxes += 1
        part = f"{self.part} textbox{self.job.boxes}".strip()
        return part, "textbox" if self.kind == "body" else self.kind

    def note(self, reference: _Element) -> None:
        """A reference to a footnote, an endnote or a comment."""
        self.job.notes.refer(self, reference)

    def embedded(self, element: _Element) -> None:
        """A whole document in another part or another file (w:altChunk, w:subDoc)."""
        target = element.get(R_ID, "")
        for relationship in self.job.relationships:
            if relationship.id == target:
                target = relationship.target
        self.say(EMBEDDED, Severity.warning, f"another document is inserted here and not read: {target or 'unnamed'}")

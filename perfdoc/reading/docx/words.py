"""The text of a paragraph or a cell while it is read: its pieces, its fields, what is hidden in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from lxml import etree

from perfdoc.reading.codes import HIDDEN, SYMBOL
from perfdoc.reading.docx import fields
from perfdoc.reading.docx.echoes import Echoes
from perfdoc.reading.docx.inline import CONTENT, INLINE, unknown
from perfdoc.reading.docx.names import CHAR, FLDCHAR, FONT, PPR, RPR, RSTYLE, SDT, VAL, VANISH, R, T, is_on
from perfdoc.reading.docx.quote import shorten
from perfdoc.reading.docx.stretches import Runs, joined
from perfdoc.reading.docx.symbols import UNKNOWN, character, symbol_font, translate, trimmed
from perfdoc.report import Severity

if TYPE_CHECKING:
    from perfdoc.layout import Grid
    from perfdoc.reading.docx.properties import Properties
    from perfdoc.reading.docx.story import Story

_Element = etree._Element


class Words:
    """The text of the paragraph, or the cell, that is being read.

    `out` holds its pieces; `styled` the stretches of them (from, to) that a character style covers;
    `hidden` what is not displayed; `framed` is where the lines of a nested table end, and
    `gone` says that a line was left out, `boxed` that a text box hangs here. Fields outlive the paragraph.
    """

    __slots__ = (
        "begun",
        "bookmarks",
        "boxed",
        "column",
        "echoes",
        "fields",
        "framed",
        "gone",
        "hidden",
        "hidden_style",
        "in_contents",
        "joins",
        "out",
        "row",
        "start",
        "story",
        "styled",
        "table",
        "unseen",
    )

    def __init__(self, story: Story, table: int = 0) -> None:
        self.story = story
        self.table = table
        self.row = self.column = 0
        self.out: list[str] = []
        self.start = 0
        self.styled: list[tuple[int, int, str]] = []
        self.hidden: list[str] = []
        self.hidden_style = False
        self.bookmarks: list[str] = []
        self.fields: list[fields.Field] = []
        self.in_contents = False
        self.begun = self.joins = self.unseen = self.gone = self.boxed = False
        self.framed = 0
        self.echoes = Echoes()

    def begin_cell(self) -> None:
        """Begin with the next cell."""
        self.out = []
        self.start = self.framed = 0
        self.echoes.begin()
        self.begun = self.joins = self.unseen = self.gone = self.boxed = self.hidden_style = False

    def add_line(self, children: Iterable[_Element], properties: Properties) -> None:
        """A paragraph of a cell: on a line of its own, unless the one before joins it."""
        out = self.out
        before, begun, hidden = len(out), self.begun, len(self.hidden)
        if self.begun and not self.joins:
            out.append("\n")
        self.begun = True
        slot = len(out)
        out.append("")
        self.start = len(out)
        self.inline(children)
        blank = self.story.job.of_libreoffice and not "".join(out[slot:])
        emptied = len(self.hidden) > hidden or (begun and any(map(_is_for_input, children)))
        if blank and emptied and self._is_closed():
            # What is left of a hidden line, or of a control in a cell that an old horizontal merge hid.
            del out[before:]
            self.begun, self.gone = begun, True
            return
        fields.end_paragraph(self)
        self.joins = properties.joins
        if properties.number and not properties.joins and not self.unseen:
            # Of paragraphs that were joined, the last one's properties hold.
            out[slot] = self.story.number(properties)

    def _is_closed(self) -> bool:
        """No field of this cell goes on from one of its lines to the next."""
        return not self.fields and not self.echoes.form_ends

    def frames(self, table: Grid) -> bool:
        """Take a nested table of a single column for what it is to the eye: a frame around lines of this cell.

        Blank paragraphs around it, of which a cell must end with one, are no lines. False where it is a table of
        data, which has more columns.
        """
        if any(len(row.cells) > 1 for row in table.rows):
            return False
        if self.begun and not "".join(self.out).strip("\n"):
            self.out.clear()
            self.begun = False
        for cell in (cell for row in table.rows for cell in row.cells if cell.text or not cell.continues):
            if self.begun and not self.joins:
                self.out.append("\n")
            self.begun, self.joins = True, False
            self.out.append(cell.text)
        self.framed = len(self.out)
        return True

    def end_cell(self) -> tuple[str, Runs]:
        """Settle what the cell leaves open; its text, and its (character style, text) stretches."""
        if self.hidden:
            self.say_hidden()
        if self.fields:
            self.fields = []
        out = self.out
        if self.framed and not "".join(out[self.framed :]).strip("\n"):
            del out[self.framed :]
        text = out[0] if len(out) == 1 else "".join(out)
        text = self.echoes.end_cell(self, text)
        if not self.styled:
            return text, ()
        runs = self._runs()
        self.styled = []
        return text, runs

    def inline(self, children: Iterable[_Element]) -> None:
        """Take in the children of a paragraph, or of a container inside it."""
        append = self.out.append
        dressed = self.story.job.runs_matter
        for child in children:
            tag = child.tag
            if tag == R:
                if dressed:
                    self._dressed_run(child)
                    continue
                for piece in child:
                    tag = piece.tag
                    if tag == T:
                        text = piece.text
                        if text:
                            if len(text) < 3 or text[0] == " " or text[-1] == " " or not text.isprintable():
                                text = self.careful(text, piece)
                            append(text)
                    elif tag != RPR:
                        CONTENT.get(tag, unknown)(self, piece)
            elif tag != PPR:
                INLINE.get(tag, unknown)(self, child)

    def _dressed_run(self, run: _Element) -> None:
        """A run whose properties count: hidden text, character styles."""
        first = run[0] if len(run) else None
        properties = first if first is not None and first.tag == RPR else None
        style, hidden = "", self.hidden_style
        if properties is not None:
            direct: bool | None = None
            for each in properties:
                if each.tag == VANISH:
                    direct = is_on(each.get(VAL))
                elif each.tag == RSTYLE:
                    style = each.get(VAL, "")
            declared = self.story.job.styles.of(style) if style else None
            # A toggle property: set by both styles, they cancel out (ECMA-376 part 1, 17.7.3).
            hidden = hidden != (declared is not None and declared.hidden) if direct is None else direct
            style = "" if declared is None or declared.plain else declared.name
        start = len(self.out)
        self._content(run)
        if hidden:
            self.hidden.extend(self.out[start:])
            del self.out[start:]
        elif style:
            self.styled.append((start, len(self.out), style))

    def _content(self, run: _Element) -> None:
        for piece in run:
            if piece.tag != RPR:
                CONTENT.get(piece.tag, unknown)(self, piece)

    def careful(self, text: str, element: _Element) -> str:
        """A text with white space at its ends, or one that may be set in a symbol font."""
        text = trimmed(text, element)
        font = symbol_font(text, element)
        return text if font is None else self._symbols(font, text)

    def _symbols(self, font: str, text: str) -> str:
        shown = translate(font, text)
        for before, after in zip(text, shown, strict=True):
            if after == UNKNOWN:
                self._unknown_symbol(font, ord(before))
        return shown

    def _unknown_symbol(self, font: str, code: int) -> None:
        message = f"code {code:04X} of the font {font!r} has no known meaning; U+FFFD stands in its place"
        self.story.say(SYMBOL, Severity.warning, message, UNKNOWN)

    def symbol(self, element: _Element) -> None:
        """`w:sym`: a character by its code in a font."""
        code = element.get(CHAR, "")
        try:
            number = int(code, 16)
        except ValueError:
            number = 0
        font = element.get(FONT, "")
        shown = character(font, number) if number >= 0 else UNKNOWN
        if shown == UNKNOWN:
            self._unknown_symbol(font, max(number, 0))
        self.out.append(shown)

    def say_hidden(self) -> None:
        """Quote what is hidden in the paragraph or cell, if anything."""
        text = "".join(self.hidden)
        for piece in self.hidden:
            self.story.job.changes.remember(piece)
        self.hidden = []
        if text.strip():
            message = f"hidden text, not displayed and not read: {shorten(text)!r}"
            self.story.say(HIDDEN, Severity.warning, message, text)

    def _runs(self) -> Runs:
        styles = [""] * len(self.out)
        for start, end, style in self.styled:
            for at in range(start, min(end, len(styles))):
                styles[at] = styles[at] or style
        return joined(zip(styles, self.out, strict=True))


def _is_for_input(child: _Element) -> bool:
    """A content control, or a run with a mark of a field."""
    return child.tag == SDT or (child.tag == R and child.find(FLDCHAR) is not None)

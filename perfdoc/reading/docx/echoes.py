"""Texts that LibreOffice 7 writes several times when it saves a content control around a cell or a paragraph.

Such a control becomes an input field there. Saved as .docx it is a row of controls: the text X; then, for
each stretch of X in one script, that stretch and X again; then X once more. Saved as .doc and read back it
is form fields in the same order, each with a paragraph's end inside its result; in an .rtf they stand in one
line, the last behind a stray `0`. X is read once, and said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from perfdoc.reading.docx.names import SDTCONTENT, R, T

if TYPE_CHECKING:
    from perfdoc.reading.docx.words import Words

_NOTHING_FILLED = (0, "", False)
_STRAY = "0"  # what LibreOffice writes in front of the last repetition when it reads an .rtf


class Echoes:
    """What was read of a paragraph or a cell that a control or a field after it may repeat."""

    __slots__ = ("_control", "_filled", "form_ends")

    def __init__(self) -> None:
        self._control: tuple[etree._Element, str, bool] | None = None
        """The content control just read, its text, and whether one after it has repeated the text.

        Let go at the end of the paragraph: lxml takes quadratic time to drop a tree of which a part is held.
        """
        self._filled = _NOTHING_FILLED
        """Where the input field just read ends, its text, and whether one after it has repeated the text."""
        self.form_ends: set[int] = set()
        """The lines of the cell that begin with the end of a form field of the line before."""

    def begin(self) -> None:
        """A paragraph outside of tables, or a cell, begins: nothing in it can repeat what was before it."""
        self._control, self._filled = None, _NOTHING_FILLED

    def control(self, words: Words, control: etree._Element, content: etree._Element) -> None:
        """Take in a content control, unless it repeats the one before it."""
        start = len(words.out)
        words.inline(content)
        pieces = words.out[start:]
        text = "".join(pieces)
        before, repeated = "", False
        if self._control is not None and control.getprevious() is self._control[0]:
            before, repeated = self._control[1:]
        again = is_one_run(control) and (repeats(text, pieces, before) or (repeated and text == before))
        if not again:
            self._control = (control, text, False)
            return
        del words.out[start:]
        if not repeated:
            _remember(words, before)
        self._control = (control, before, True)

    def input(self, words: Words, mark: int) -> None:
        """An input field ends whose text began at `mark`: cut out if it repeats the text of the one before it."""
        out = words.out
        end, before, repeated = self._filled
        text = "".join(out[mark:])
        between = "".join(out[end:mark])
        again = between in before and bool(between or repeated)
        again = again or (repeated and between.removesuffix(_STRAY) in before)
        if not text.strip() or text != before or not again:
            self._filled = (len(out), text, False)
            return
        del out[end:]
        if not repeated:
            _remember(words, text)
        self._filled = (end, text, True)

    def end_cell(self, words: Words, text: str) -> str:
        """The text of the cell without what form fields repeat."""
        if text and words.story.job.of_libreoffice and self._stands_once(text):
            words.story.job.copies.once(words.story.place(), text)
        self._control = None
        if not self.form_ends:
            return text
        lines = text.split("\n")
        lines, repeated = joined_lines(lines, {at for at in self.form_ends if at < len(lines)})
        self.form_ends = set()
        words.styled = []
        for line in repeated:
            _remember(words, line)
        first = next(filter(None, lines), "")
        if first and not repeated and (not any(lines[1:]) or sum(first in line for line in lines) > 2):
            words.story.job.copies.once(words.story.place(), first)
        return "\n".join(lines)

    def _stands_once(self, text: str) -> bool:
        """Is all that the cell holds the text of one such control, or of one input field, which nothing repeats?"""
        if self._filled[1:] == (text, False):
            return True
        return self._control is not None and self._control[1:] == (text, False) and is_one_run(self._control[0])


def _remember(words: Words, text: str) -> None:
    words.story.job.copies.several(words.story.place(), text)


def repeats(text: str, pieces: list[str], before: str) -> bool:
    """Do the pieces of a control's text say a stretch of the text before it, and then all of it again?"""
    stretch = text.removesuffix(before)
    if not before or stretch == text or not stretch or stretch not in before:
        return False
    said = ""
    for piece in pieces:
        said += piece
        if said == stretch:
            return True
    return False


def is_one_run(control: etree._Element) -> bool:
    """A control around a single run, as LibreOffice writes each repetition."""
    content = control.find(SDTCONTENT)
    return content is not None and len(content) == 1 and content[0].tag == R


def may_repeat(element: etree._Element) -> bool:
    """A w:t that follows another in its run: the sign of a repetition. No program writes it otherwise."""
    before = element.getprevious()
    return before is not None and before.tag == T


def joined_lines(lines: list[str], ended: set[int]) -> tuple[list[str], list[str]]:
    """The lines of a cell without what form fields add, and the texts that were repeated.

    `ended` are the indices of the lines that begin with the end of a form field of the line before.
    """
    kept: list[str] = []
    repeated: list[str] = []
    at = 0
    while at < len(lines):
        text = lines[at]
        kept.append(text)
        at += 1
        if at not in ended:
            continue
        last = at
        while last in ended and repeats(lines[last], list(lines[last]), text):
            last += 1
        again = lines[last + 1 : last + 3] == [text, ""] and {last, last + 2} <= ended
        if last > at and again and lines[last] in text:
            repeated.append(text)
            at = last + 3
        elif not lines[at]:
            at += 1
            if not text and len(kept) > 1:
                kept.pop()  # a blank field on a line of its own: what is left of a cell that an old merge hid
    return kept, repeated

"""Texts that LibreOffice 7 writes several times when it saves a content control around a cell or a paragraph.

Such a control becomes an input field there. Saved as .docx it is a row of controls: the text X; then, for
each stretch of X in one script, that stretch and X again; then X once more. Saved as .doc and read back it
is form fields in the same order, each with a paragraph's end inside its result. X is read once, and said.
"""

from __future__ import annotations

from lxml import etree

from perfdoc.read.docx.names import SDTCONTENT, R, T


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


def joined_lines(lines: list[str], ended: set[int]) -> tuple[list[str], bool]:
    """The lines of a cell without what form fields add; was a text repeated?

    `ended` are the indices of the lines that begin with the end of a form field of the line before.
    """
    kept: list[str] = []
    repeated = False
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
            repeated = True
            at = last + 3
        elif not lines[at]:
            at += 1
    return kept, repeated

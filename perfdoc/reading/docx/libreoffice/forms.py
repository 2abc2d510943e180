"""Form and input fields that repeat the text of the one before.

An .odt or .rtf read by way of .docx has them in one line, `FILLIN ""` or `FORMTEXT`, the stretches of the text between
them, in an .rtf the last one behind a stray `0`. In a .doc each is a FORMTEXT with a paragraph's end inside its result.
"""

import re
from typing import NamedTuple

from lxml import etree

from perfdoc.reading.docx.characters import WRITTEN, text_of
from perfdoc.reading.docx.context import Story
from perfdoc.reading.docx.libreoffice.controls import repeats
from perfdoc.reading.docx.marks import GONE, Doubtful, replace
from perfdoc.reading.docx.namespaces import FLDCHAR, INSTRTEXT, TC, P, w

_INPUT = re.compile(r'\s*(FORMTEXT|FILLIN\s*"")')
_STRAY = "0"
MAX_FORMS = 200
"""Form fields of one cell whose ends are looked at."""


class _Field(NamedTuple):
    """A field that ended: its code, where its result begins among what the line wrote, the line it began in."""

    code: str
    begins: int
    line: int


def repeated_forms(block: etree._Element, story: Story) -> None:
    """Take repetitions out, in each paragraph and over the lines of each cell."""
    if not _INPUT.search("".join(code.text or "" for code in block.iter(INSTRTEXT))):
        return
    cells: dict[etree._Element, _Lines] = {}
    for paragraph in list(block.iter(P)):
        cell = next(paragraph.iterancestors(TC), None)
        if cell is None:
            _Lines(story).add(paragraph)
        else:
            cells.setdefault(cell, _Lines(story)).add(paragraph)
    for lines in cells.values():
        lines.settle()


class _Lines:
    """The paragraphs of a cell, and the fields that are open in it."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._paragraphs: list[etree._Element] = []
        self._open: list[_Field] = []
        self._ended: set[int] = set()
        """The lines that begin with the end of a form field of a line before."""

    def add(self, paragraph: etree._Element) -> None:
        """Follow the fields of the next line."""
        line = len(self._paragraphs)
        self._paragraphs.append(paragraph)
        written: list[etree._Element] = []
        filled = _Filled(self._story)
        for each in list(paragraph.iter(FLDCHAR, INSTRTEXT, *WRITTEN)):
            if each.tag == INSTRTEXT:
                if self._open:
                    self._open[-1] = self._open[-1]._replace(code=self._open[-1].code + (each.text or ""))
            elif each.tag != FLDCHAR:
                written.append(each)
            elif each.get(w("fldCharType")) == "begin":
                self._open.append(_Field("", len(written), line))
            elif each.get(w("fldCharType")) == "end" and self._open:
                ended = self._open.pop()
                if not _INPUT.match(ended.code):
                    continue
                if ended.line == line:
                    filled.add(each, written, ended.begins)
                elif len(self._ended) < MAX_FORMS and not text_of(*written):
                    self._ended.add(line)

    def settle(self) -> None:
        """The cell is complete."""
        if not self._ended:
            return
        texts = [text_of(each) for each in self._paragraphs]
        kept, repeated = kept_lines(texts, self._ended)
        last = self._paragraphs[-1]
        for at, paragraph in enumerate(self._paragraphs):
            if at not in kept:
                paragraph.tag = GONE
                for each in list(paragraph.iter(*WRITTEN)):
                    replace(each)
        for text in repeated:
            last.append(self._story.marks.element(Doubtful(text, several=True)))
        lines = [texts[at] for at in kept]
        first = next(filter(None, lines), "")
        if first and not repeated and (not any(lines[1:]) or sum(first in line for line in lines) > 2):
            last.append(self._story.marks.element(Doubtful(first, several=False)))


class _Filled:
    """The last input field of a paragraph whose text was kept."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._end = 0
        self._text = ""
        self._repeated = False

    def add(self, mark: etree._Element, written: list[etree._Element], begins: int) -> None:
        """An input field ends: cut out, with the stretch before it, if it repeats the text of the one before it."""
        text, between = text_of(*written[begins:]), text_of(*written[self._end : begins])
        again = between in self._text and bool(between or self._repeated)
        again = again or (self._repeated and between.removesuffix(_STRAY) in self._text)
        if not text.strip() or text != self._text or not again:
            self._end, self._text, self._repeated = len(written), text, False
            if text:
                mark.addnext(self._story.marks.element(Doubtful(text, several=False)))
            return
        for each in written[self._end :]:
            replace(each)
        del written[self._end :]
        if not self._repeated:
            mark.addnext(self._story.marks.element(Doubtful(text, several=True)))
        self._repeated = True


def kept_lines(lines: list[str], ended: set[int]) -> tuple[list[int], list[str]]:
    """The lines of a cell, by index, without what form fields add; and the texts that were repeated.

    `ended` are the indices of the lines that begin with the end of a form field of a line before.
    """
    kept: list[int] = []
    repeated: list[str] = []
    at = 0
    while at < len(lines):
        text = lines[at]
        kept.append(at)
        at += 1
        if at not in ended:
            continue
        last = at
        while last in ended and repeats(list(lines[last]), text):
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

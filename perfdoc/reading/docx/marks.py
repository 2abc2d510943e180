"""What rewrites leave in a tree for the reader: text that no w:t holds, marks, and attributes of paragraphs and cells.

A mark stands for something that is said, or read, at the place where it stands. Names hold a random token, so that
no file can have them, and no namespace: lxml takes time to the square to drop elements that declare one each.
"""

import secrets
from collections.abc import Callable
from typing import NamedTuple

from lxml import etree

from perfdoc.report import Place, Severity

_TOKEN = secrets.token_hex(8)
TEXT = f"text{_TOKEN}"
"""An element whose text is read as it is."""
MARK = f"mark{_TOKEN}"
"""An element that stands for a `Mark`; its text is the mark's index."""
GONE = f"gone{_TOKEN}"
"""What an element becomes that is none any more while what it holds stays: a blank line around a frame."""
NUMBER = f"n{_TOKEN}"
"""Attribute of w:p and w:tc: their number in document order."""
LEAF = f"s{_TOKEN}"
"""Attribute of an element that stands for characters: its number in document order."""
JOINS = f"j{_TOKEN}"
"""Attribute of a w:p whose end is deleted or hidden: the next paragraph goes on in it."""
CONTENTS = f"c{_TOKEN}"
"""Attribute of a w:p that is a line of a table of contents."""
LABEL = f"l{_TOKEN}"
"""Attribute of a w:p: its automatic number or bullet."""


class Remark(NamedTuple):
    """Something to say at this place; `in_cells` if only in a table."""

    code: str
    severity: Severity
    message: str
    quote: str = ""


class Change(NamedTuple):
    """A tracked change: its tag, its author, its date, the text that went with it.

    `ends` is what it stood for: a whole `row`, a `cell`, or text.
    """

    tag: str
    author: str
    date: str
    gone: str = ""
    ends: str = ""


class Hidden(NamedTuple):
    """Text that is not displayed."""

    text: str


class Struck(NamedTuple):
    """Text that is struck through."""

    text: str


class Note(NamedTuple):
    """A reference to a footnote, an endnote or a comment: its tag, and the note's id."""

    tag: str
    id: str


class Box(NamedTuple):
    """The content of a text box that hangs here."""

    content: etree._Element


class Line(NamedTuple):
    """A line of text that a drawing holds as an attribute (WordArt)."""

    text: str


class Nested(NamedTuple):
    """A table inside a cell or a paragraph; None for one that only framed lines of its cell."""

    table: etree._Element | None


class Doubtful(NamedTuple):
    """A text of a control into which LibreOffice may have taken deleted text; read once of `several` times it stood."""

    text: str
    several: bool


Mark = Remark | Change | Hidden | Struck | Note | Box | Line | Nested | Doubtful
Meet = Callable[[Mark, Place], str]
"""What says, or reads, what a mark at a place stands for; gives the text of a text box."""


class Marks:
    """The marks of the block that is being read."""

    def __init__(self) -> None:
        self._marks: list[Mark] = []

    def element(self, mark: Mark) -> etree._Element:
        """An element that stands for a mark."""
        made = etree.Element(MARK)
        made.text = str(len(self._marks))
        self._marks.append(mark)
        return made

    def of(self, element: etree._Element) -> Mark:
        """The mark that an element stands for."""
        return self._marks[int(element.text or 0)]

    def change(self, element: etree._Element, mark: Mark) -> None:
        """Let an element stand for another mark."""
        self._marks[int(element.text or 0)] = mark

    def clear(self) -> None:
        """The block has been read."""
        self._marks.clear()


def written(text: str) -> etree._Element:
    """An element that writes a text."""
    made = etree.Element(TEXT)
    made.text = text
    return made


def replace(element: etree._Element, *others: etree._Element) -> None:
    """Put other elements, or none, in the place of one."""
    parent = element.getparent()
    if parent is None:
        return
    for other in others:
        element.addprevious(other)
    parent.remove(element)


def shorten(text: str, length: int = 60) -> str:
    """A text in one line for a message."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"

"""The text of a cell or paragraph as lines of characters, each with the bytes that say it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape
from itertools import takewhile
from typing import NamedTuple

from perfdoc.original.refusals import refused
from perfdoc.original.spans import Spans
from perfdoc.reading.docx.characters import WHITE
from perfdoc.reading.sources import Piece

TEXTS = ("w:t", "w:delText")
_UNIT = re.compile(r"&[^;]*;|\r\n?|.", re.DOTALL)


class Glyph(NamedTuple):
    """A character that is shown, the number of the element that stands for it, and the bytes that say it.

    `leaf` is 0 where no element does: a list's number, a formula. `raw` is the character as it is written there, which
    differs where it is raised or set in a symbol font.
    """

    shown: str
    leaf: int
    start: int = 0
    end: int = 0
    raw: str = ""


@dataclass(slots=True, eq=False)
class Line:
    """What a paragraph says, with a `\\n` for a w:br. `first` and `paragraph` are the numbers of the w:p in which it
    begins and ends, two where a deleted end joins them. `blanks` are elements that could hold text, and hold none.
    """

    paragraph: int = 0
    first: int = 0
    glyphs: list[Glyph] = field(default_factory=list)
    blanks: list[int] = field(default_factory=list)

    @property
    def label(self) -> str:
        """What it begins with that no element says: the number or the bullet of a list."""
        return "".join(glyph.shown for glyph in takewhile(lambda each: not each.leaf, self.glyphs))

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(glyph.shown for glyph in self.glyphs)


def lines_of(spans: Spans, pieces: Iterable[Piece]) -> list[Line]:
    """The paragraphs that pieces of a text make. Raises RefusedError where they can't be laid over the bytes."""
    lines = [Line()]
    for text, leaf, paragraph in pieces:
        name = spans.names[spans.leaf(leaf)] if leaf else ""
        if text == "\n" and paragraph:
            lines.append(Line(paragraph, paragraph))
        elif paragraph:
            lines[-1].paragraph = paragraph
            lines[-1].first = lines[-1].first or paragraph
        elif not leaf:
            lines[-1].glyphs += [Glyph(each, 0) for each in text]
        elif glyphs := glyphs_of(spans, leaf, text):
            lines[-1].glyphs += glyphs
        elif name in TEXTS:
            lines[-1].blanks.append(leaf)
    return lines


def glyphs_of(spans: Spans, leaf: int, shown: str) -> list[Glyph]:
    """The characters that an element shows."""
    index = spans.leaf(leaf)
    span = spans.at(index)
    if spans.names[index] not in TEXTS:
        return [Glyph(shown, leaf, span.begin, span.end, shown)] if shown else []
    units = [unit for unit in shown_units(spans, leaf) if unit.raw != "\r"]
    if len(units) != len(shown):
        raise refused("bytes", spans.place)
    return [unit._replace(shown=one) for unit, one in zip(units, shown, strict=True)]


def units_of(spans: Spans, leaf: int) -> list[Glyph]:
    """The characters that are written in a w:t, white space of its XML among them."""
    span = spans.at(spans.leaf(leaf))
    content = spans.data[span.inner : span.close].decode()
    if "<" in content:
        raise refused("bytes", spans.place)  # a comment, or a section of characters that are not escaped
    units, at = [], span.inner
    for unit in _UNIT.findall(content):
        raw = unescape(unit) if unit[0] == "&" else "\n" if unit[0] == "\r" else unit
        end = at + len(unit.encode())
        units.append(Glyph(raw, leaf, at, end, raw))
        at = end
    return units


def shown_units(spans: Spans, leaf: int) -> list[Glyph]:
    """Those that are shown: blank ends are not, unless the element says so."""
    units = units_of(spans, leaf)
    if spans.value(spans.leaf(leaf), "space") != "preserve":
        while units and units[0].raw in WHITE:
            del units[0]
        while units and units[-1].raw in WHITE:
            units.pop()
    return units

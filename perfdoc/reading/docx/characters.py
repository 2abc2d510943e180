"""The characters that the elements of a run write (ECMA-376 part 1, 17.3.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from perfdoc.reading.docx.marks import TEXT
from perfdoc.reading.docx.names import TYPE, R, T, w
from perfdoc.reading.docx.symbols import UNKNOWN, symbol_font, translate, trimmed, unknown_symbol


def text(element: etree._Element) -> str:
    """The text of a w:t as it shows: without white space of the XML, letters of a symbol font as their pictures."""
    found = element.text
    if not found:
        return ""
    if len(found) < 3 or found[0] == " " or found[-1] == " " or not found.isprintable():
        found = trimmed(found, element)
        font = symbol_font(found, element)
        if font is not None:
            return translate(font, found)
    return found


def _line_break(element: etree._Element) -> str:
    return "\n" if element.get(TYPE, "textWrapping") == "textWrapping" else ""  # not one of a page or a column


def _tab(element: etree._Element) -> str:
    parent = element.getparent()
    return "\t" if parent is not None and parent.tag == R else ""  # a tab stop in w:pPr has the same name


CHARACTERS: dict[object, Callable[[etree._Element], str]] = {
    T: text,
    TEXT: lambda element: element.text or "",
    w("br"): _line_break,
    w("cr"): lambda element: "\n",
    w("tab"): _tab,
    w("ptab"): lambda element: "\t",
    # U+2011, as pandoc and mammoth have it: a plain hyphen would lose that it binds, and could not be told
    # from a minus when it is written back. (w:softHyphen shows only where a line happens to break.)
    w("noBreakHyphen"): lambda element: "\u2011",
}
"""What each element writes."""
WRITTEN = tuple(str(tag) for tag in CHARACTERS)


def text_of(*elements: etree._Element) -> str:
    """The text that is written inside elements."""
    return "".join(CHARACTERS[each.tag](each) for element in elements for each in element.iter(*WRITTEN))


def unknown_symbols(shown: str, element: etree._Element) -> Iterator[tuple[str, str]]:
    """What is to be said of the characters of a w:t that a symbol font shows as no one knows what."""
    before = trimmed(element.text or "", element) if element.tag == T else ""
    font = symbol_font(before, element)
    if font is not None:
        for code, after in zip(before, shown, strict=True):
            if after == UNKNOWN:
                yield unknown_symbol(font, ord(code)), UNKNOWN

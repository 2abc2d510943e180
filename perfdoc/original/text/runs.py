"""Bytes of runs: a text as the elements that write it, and the properties that a new run or paragraph takes over."""

import re
from collections.abc import Collection, Iterable

from perfdoc.original.edits import Edit
from perfdoc.original.spans import Spans
from perfdoc.reading.docx.characters import WHITE

ENDS = re.compile("([\n\t])")
"""What of a text is written by an element of its own."""
MARKS = ("w:rPrChange", "w:pPrChange", "w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:numberingChange")
"""Tracked changes inside properties."""
HIDES = ("w:strike", "w:dstrike", "w:vanish", "w:specVanish", "w:vertAlign")
"""What hides, strikes or raises a text, which a new text is not."""


def escaped(text: str) -> bytes:
    """A text as the content of an element."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode()


def needs_preserve(text: str) -> bool:
    """Would its blank ends be taken for white space of the XML?"""
    return text[:1] in tuple(WHITE) or text[-1:] in tuple(WHITE)


def element(name: bytes, content: bytes) -> bytes:
    """An element without attributes."""
    return b"<" + name + b">" + content + b"</" + name + b">"


def opened(name: bytes, preserve: bool) -> bytes:
    """The start tag of a w:t."""
    return b"<" + name + (b' xml:space="preserve">' if preserve else b">")


def element_of(end: str, name: bytes) -> bytes:
    """What writes a line's end or a tab beside a w:t of that name."""
    return b"<" + name[:-1] + (b"br/>" if end == "\n" else b"tab/>")


def texts(text: str, name: bytes) -> bytes:
    """A text as children of a run; `name` is that of w:t in its part."""
    made = b""
    for piece in ENDS.split(text):
        if ENDS.fullmatch(piece):
            made += element_of(piece, name)
        elif piece:
            made += opened(name, needs_preserve(piece)) + escaped(piece) + b"</" + name + b">"
    return made


def properties(spans: Spans, index: int | None) -> bytes:
    """The w:rPr of a run as one of a new text, or nothing."""
    return b"" if index is None else without(spans, index, *MARKS, *HIDES)


def begin_of(spans: Spans, paragraph: int) -> int:
    """Where what is in a paragraph begins, behind its properties."""
    own = spans.child(paragraph, "w:pPr")
    return spans.at(paragraph).inner if own is None else spans.at(own).end


def paragraph_properties(spans: Spans, paragraph: int, edits: Iterable[Edit] = ()) -> bytes:
    """The w:pPr of a paragraph, after edits in it, as one of a new paragraph beside it, or nothing."""
    index = spans.child(paragraph, "w:pPr")
    return b"" if index is None else without(spans, index, *MARKS, "w:sectPr", edits=edits)


def property_edit(spans: Spans, index: int, group: str, before: Collection[str], data: bytes) -> Edit:
    """The edit by which the properties of an element (`pPr`, `tcPr`) have one more, behind those in `before`."""
    own = spans.child(index, f"w:{group}")
    if own is None or spans.at(own).is_empty:
        inner, made = spans.at(index).inner, element(spans.tag(index, group), data)
        return Edit(inner, inner, made) if own is None else spans.instead(own, made)
    ends = (spans.at(each).end for each in spans.children(own) if spans.names[each] in before)
    at = max(ends, default=spans.at(own).inner)
    return Edit(at, at, data)


def without(spans: Spans, index: int, *names: str, edits: Iterable[Edit] = ()) -> bytes:
    """The bytes of an element after edits, without those of some elements inside it; nothing where nothing is left."""
    data = spans.slice(spans.at(index), (*edits, *map(spans.instead, spans.inside(index, *names))))
    return b"" if re.fullmatch(rb"<[^>]*>\s*</[^>]*>|<[^>]*/>", data) else data

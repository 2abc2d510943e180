"""Texts: what no Word file and no workbook can hold of them, how a cell's text is escaped, how many lines it takes."""

from __future__ import annotations

import re
import unicodedata

from perfdoc.errors import ContentLostError
from perfdoc.texts import listed, say, texts

UNHOLDABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
"""What a Word file can't hold: XML 1.0 (production 2, Char) has no place for these. A carriage return has one
but comes back as a line feed (2.11), so it is one of them."""


class UnholdableError(ValueError):
    """A value holds a character that a Word file can't hold."""


def shown(text: str) -> str:
    """A text for a message: what can't be held is written as its escape, `\\x0b`."""
    return UNHOLDABLE.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def names_of(text: str) -> str:
    """The characters in a text that can't be held, each once, as `U+000B (vertical tab)`."""
    return listed(map(_name, dict.fromkeys(UNHOLDABLE.findall(text))))


def _name(character: str) -> str:
    code = f"U+{ord(character):04X}"
    key = f"rendering.controls.{ord(character):02X}"
    known = say(key) if key in texts("rendering") else unicodedata.name(character, "")
    return say("rendering.character", code=code, name=known) if known else code


MOST_TEXT = 32_767
"""Characters of a cell, as Excel counts them: in UTF-16."""
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def utf16(text: str) -> int:
    """How long Excel finds a text: characters beyond the first plane count twice."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def escaped(text: str) -> str:
    """The text with `_x000D_` written as `_x005F_x000D_`, else Excel reads the escape of a character (22.4.2.4).

    Raises ContentLostError for more than a cell holds. `faults` looks at each value, a cell may hold several.
    """
    if len(text) > MOST_TEXT // 2 and utf16(text) > MOST_TEXT:
        raise ContentLostError(say("rendering.cell", most=MOST_TEXT, what=f"“{text[:20]}…”", n=utf16(text)))
    return _LOOKS_ESCAPED.sub("_x005F_", text)


def lines_of(text: str, width: float, size: float) -> int:
    """How many lines a text takes in a column of `width` points at a font's `size`.

    A Chinese character is as wide as the font's size, a Latin one about half of it; GB 18030 has two bytes for the
    one and one for the other. A line that is broken loses a little at its end.
    """
    half = max(2, int((width - 5) / size * 2))
    count = 0
    for line in text.split("\n"):
        halves = len(line.encode("gb18030", "replace"))
        count += 1 if halves <= half else -int(-halves * 1.03 // (half & ~1))
    return count

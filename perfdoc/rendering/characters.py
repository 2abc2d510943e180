"""Texts in cells: how a worksheet's is escaped, how long it may be, how many lines it takes."""

import re

from perfdoc.errors import ContentLostError
from perfdoc.texts import say


class UnholdableError(ValueError):
    """A value holds a character that a Word file can't hold."""


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

"""Text of a hostile file as HTML: escaped, and nothing invisible in it that could mislead."""

from __future__ import annotations

import re
from html import escape

# Controls (but for tab and line feed), lone surrogates, noncharacters, and what turns the direction of writing.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def html(text: str) -> str:
    """A text as HTML, good in an element and in a quoted attribute; what can't be seen stands as its number."""
    return escape(_UNSEEN.sub(_number, text), quote=True)


def _number(found: re.Match[str]) -> str:
    return f"⟦U+{ord(found[0]):04X}⟧"

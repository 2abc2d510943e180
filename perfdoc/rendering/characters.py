"""The characters that no Word file and no workbook can hold, and how messages name them."""

from __future__ import annotations

import re
import unicodedata

UNHOLDABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
"""What a Word file can't hold: XML 1.0 (production 2, Char) has no place for these. A carriage return has one
but comes back as a line feed (2.11), so it is one of them."""


class UnholdableError(ValueError):
    """A value holds a character that a Word file can't hold."""


def shown(text: str) -> str:
    """A text for a message: what can't be held is written as its escape, `\\x0b`."""
    return UNHOLDABLE.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def names_of(text: str) -> str:
    """The characters in a text that can't be held, each once, as `U+000B (line tabulation)`."""
    return ", ".join(map(_name, dict.fromkeys(UNHOLDABLE.findall(text))))


def _name(character: str) -> str:
    code = f"U+{ord(character):04X}"
    known = _CONTROLS.get(character) or unicodedata.name(character, "")
    return f"{code} ({known})" if known else code


_CONTROLS = {
    "\0": "null", "\a": "bell", "\b": "backspace", "\v": "vertical tab", "\f": "form feed", "\r": "carriage return",
    "\x1b": "escape",
}  # fmt: skip

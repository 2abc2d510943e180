"""How a value is written into Word's XML, and which characters XML has no way to write."""

from __future__ import annotations

import re
import unicodedata

from markupsafe import Markup, escape

UNHOLDABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
"""What a Word file can't hold: XML 1.0 (production 2, Char) has no place for these. A carriage return has one
but comes back as a line feed (2.11), so it is one of them."""

_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'


class UnholdableError(ValueError):
    """A value holds a character that a Word file can't hold."""


def written(value: object) -> object:
    """A value as the template's text runs print it: nothing for None, breaks and tabs as Word's elements.

    Called for every `{{ … }}`, before the escaping. `isprintable` is the quick way out: no control
    character, no white space but the plain space, nothing that needs more than escaping.
    """
    if value.__class__ is str:
        text: str = value
        if text.isprintable():
            return text
        if UNHOLDABLE.search(text):
            raise UnholdableError
        if "\n" in text or "\t" in text:
            return Markup(str(escape(text)).replace("\n", _BREAK).replace("\t", _TAB))
        return text
    return "" if value is None else value


def lines(value: str | None) -> list[str]:
    """The filter `lines`: a text line by line, at least one, so that a cell keeps a paragraph."""
    return (value or "").split("\n")


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
    "\0": "null",
    "\a": "bell",
    "\b": "backspace",
    "\v": "vertical tab",
    "\f": "form feed",
    "\r": "carriage return",
    "\x1b": "escape",
}

"""How a value is written into Word's XML, and which characters XML has no way to write."""

from __future__ import annotations

import re
import unicodedata

from markupsafe import escape

UNHOLDABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
"""What a Word file can't hold: XML 1.0 (production 2, Char) has no place for these. A carriage return has one
but comes back as a line feed (2.11), so it is one of them."""

_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'


class UnholdableError(ValueError):
    """A value holds a character that a Word file can't hold."""


def written(value: object) -> str:
    """A value as the XML of a template's text runs: nothing for None, breaks and tabs as Word's elements.

    Called for every `{{ … }}`. `isprintable` is the quick way out: no control character, no white space but the
    plain space, nothing that needs more than escaping; few values need even that. What a template has escaped
    already (a `{% set %}` block) stays as it is.
    """
    if value.__class__ is str:
        text: str = value
        if text.isprintable():
            if "&" in text or "<" in text or ">" in text or '"' in text or "'" in text:
                return escape(text)
            return text
        if UNHOLDABLE.search(text):
            raise UnholdableError
        return str(escape(text)).replace("\n", _BREAK).replace("\t", _TAB)
    return "" if value is None else escape(value)


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

"""Characters that no Word file and no workbook can hold, and their names."""

import re
import unicodedata

from perfdoc.texts import listed, say, texts

UNHOLDABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
"""What a Word file can't hold: XML 1.0 (production 2, Char) has no place for these. A carriage return has one
but comes back as a line feed (2.11), so it is one of them."""


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

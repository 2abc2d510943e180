"""Texts as labels are compared: what people write around a label is left out of a copy."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NUMBERING = re.compile(r"^(?:其中[:：-]?|[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|[(（]?\d{1,2}[)）、.．](?!\d))")
_LAST_BRACKETS = re.compile(r"(?:[(][^()]*[)]|[\[][^\[\]]*[\]])$")
_BRACKETS = re.compile(r"[(][^()]*[)]|[\[][^\[\]]*[\]]")


BLANK = re.compile(r"[\s\u00ad\u200b\ufeff\u2060*★☆]+")
"""What labels are compared without."""
LONGEST = 60
"""Characters of a text that may be a label; a longer one is not even remembered."""


def key(text: str) -> str:
    """The text as labels are compared: no white space, one width, no colon at the end, no numbering before."""
    return _key(text) if len(text) <= LONGEST else ""


def keys(text: str) -> tuple[str, ...]:
    """The forms of a text that a label may have: its key, then without brackets at its end, then without any."""
    return _keys(text) if len(text) <= LONGEST else ()


@lru_cache(maxsize=16384)
def _key(text: str) -> str:
    plain = BLANK.sub("", unicodedata.normalize("NFKC", text)).rstrip(":;,")
    while (shorter := _NUMBERING.sub("", plain, count=1)) != plain and shorter:
        plain = shorter
    return plain


@lru_cache(maxsize=16384)
def _keys(text: str) -> tuple[str, ...]:
    plain = _key(text)
    if not plain or not ("(" in plain or "[" in plain):
        return (plain,) if plain else ()
    bare, found = plain, [plain]
    while (shorter := _LAST_BRACKETS.sub("", bare).rstrip(":")) != bare and shorter:
        bare = shorter
        found.append(bare)
    none = _BRACKETS.sub("", bare).rstrip(":")
    return tuple(found) if none in (bare, "") else (*found, none)

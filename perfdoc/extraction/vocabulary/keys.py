"""Texts by their shape: as labels are compared, what looks like a label, what is a number."""

import re
import unicodedata
from functools import lru_cache

_NUMBERING = re.compile(r"^(?:其中[:：-]?|[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|[(（]?\d{1,2}[)）、.．](?!\d))")
_LAST_BRACKETS = re.compile(r"(?:[(][^()]*[)]|[\[][^\[\]]*[\]])$")
_BRACKETS = re.compile(r"[(][^()]*[)]|[\[][^\[\]]*[\]]")


BLANK = re.compile(r"[\s\u00ad\u200b\ufeff\u2060*★☆]+")
"""What labels are compared without."""
_SENTENCE = re.compile(r"[。；！？]")
_NUMBER = re.compile(r"[\d,.\s%％—/-]+(?:万?元)?")
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


def looks_like_label(text: str) -> bool:
    """Whether a text is short and no sentence and no number."""
    plain = "".join(text.split())
    return 1 < len(plain) <= 24 and not _SENTENCE.search(plain) and not _NUMBER.fullmatch(plain)


def is_number(text: str) -> bool:
    """Whether a text is an amount, a share or a dash in place of one."""
    return _NUMBER.fullmatch("".join(text.split())) is not None


def named(label: str) -> str:
    """A label as a key of `extra`: in one piece, without its colon."""
    return "".join(label.split()).rstrip("：:")

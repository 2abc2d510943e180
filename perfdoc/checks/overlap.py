"""How much two Chinese texts speak of the same thing: the pairs of characters that they share."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from perfdoc.checks.word_lists import words

_HAN = re.compile("[㐀-鿿]+|[A-Za-z0-9]{2,}")


@lru_cache(maxsize=8192)
def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a text (and its Latin words), those of empty words left out."""
    found: set[str] = set()
    for piece in _HAN.findall(_spoken().sub(" ", text)):
        if piece[0].isascii():
            found.add(piece)
        else:
            found.update(piece[at : at + 2] for at in range(len(piece) - 1))
    return frozenset(found)


def shared(one: str, other: str) -> int:
    """How many pairs two texts share."""
    return len(pairs(one) & pairs(other))


@cache
def _spoken() -> re.Pattern[str]:
    """A pattern of the words that any indicator has: quantity, cost …"""
    generic = sorted({*words("generic_words"), *words("empty_words")}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, generic)))

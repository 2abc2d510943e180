"""What the rules look for in Chinese texts: the lists, tables and patterns of `words.yaml`, and pairs of characters."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from perfdoc.yamltree import packaged

_HAN = re.compile("[㐀-鿿]+|[A-Za-z0-9]{2,}")


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of a list in `words.yaml`."""
    return tuple(_words()[name])


@cache
def table(name: str) -> Mapping[str, str]:
    """A mapping of texts in `words.yaml`."""
    found: dict[str, str] = _words()[name]
    return found


@cache
def any_of(name: str) -> re.Pattern[str]:
    """A pattern that finds any of a list's words."""
    return re.compile("|".join(map(re.escape, sorted(words(name), key=len, reverse=True))))


@cache
def regex(name: str) -> re.Pattern[str]:
    """The regular expression, or the list of them, in `words.yaml`."""
    found = _words()[name]
    return re.compile(found if isinstance(found, str) else "|".join(found))


@cache
def kinds() -> Mapping[str, str]:
    """Words at the end of an indicator's name → the kind of indicator that they stand for."""
    return {word: kind for kind, found in _words()["kinds"].items() for word in found}


@cache
def units_of_names() -> Mapping[str, frozenset[str]]:
    """Words in an indicator's name → base units that fit it; an empty set where any may."""
    found: dict[str, frozenset[str]] = {}
    for row in _words()["units_of_names"]:
        units = frozenset(unit for name in row["units"] for unit in _words()["unit_kinds"].get(name, [name]))
        found.update((word, units) for word in row["words"])
    return found


def last_word(text: str, known: Mapping[str, object]) -> str:
    """The word of `known` that ends last in the text, of several that end together the longest; `""` for none."""
    longest = max(map(len, known))
    for end in range(len(text), 0, -1):
        for start in range(max(0, end - longest), end):
            if text[start:end] in known:
                return text[start:end]
    return ""


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


@cache
def _words() -> dict[str, Any]:
    return packaged("perfdoc.checks", "words.yaml")

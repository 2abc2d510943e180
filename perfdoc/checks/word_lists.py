"""What the rules look for in Chinese texts: the lists, tables and patterns of `words.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from perfdoc.yamltree import packaged


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


@cache
def _words() -> dict[str, Any]:
    return packaged("perfdoc.checks", "words.yaml")

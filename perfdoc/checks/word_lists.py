"""What the rules look for in Chinese texts: the lists, tables and patterns of `words.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import cast

from perfdoc.yamltree import Value, packaged


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of a list in `words.yaml`."""
    found = _words()[name]
    return tuple(cast("list[str]", found) if isinstance(found, list) else cast("dict[str, str]", found))


@cache
def table(name: str) -> Mapping[str, str]:
    """A mapping of texts in `words.yaml`."""
    return cast("Mapping[str, str]", _words()[name])


@cache
def any_of(name: str) -> re.Pattern[str]:
    """A pattern that finds any of a list's words."""
    return re.compile("|".join(map(re.escape, sorted(words(name), key=len, reverse=True))))


@cache
def regex(name: str) -> re.Pattern[str]:
    """The regular expression, or the list of them, in `words.yaml`."""
    found = _words()[name]
    return re.compile(found if isinstance(found, str) else "|".join(cast("list[str]", found)))


@cache
def kinds() -> Mapping[str, str]:
    """Words at the end of an indicator's name → the kind of indicator that they stand for."""
    lists = cast("Mapping[str, list[str]]", _words()["kinds"])
    return {word: kind for kind, found in lists.items() for word in found}


@cache
def units_of_names() -> Mapping[str, frozenset[str]]:
    """Words in an indicator's name → base units that fit it; an empty set where any may."""
    unit_kinds = cast("Mapping[str, list[str]]", _words()["unit_kinds"])
    found: dict[str, frozenset[str]] = {}
    for row in cast("list[dict[str, list[str]]]", _words()["units_of_names"]):
        units = frozenset(unit for name in row["units"] for unit in unit_kinds.get(name, [name]))
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
def _words() -> dict[str, Value]:
    return packaged("perfdoc.checks", "words.yaml")

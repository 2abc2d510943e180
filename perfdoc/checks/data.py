"""The word lists, schemes and rule texts of the checker: YAML in this package, read once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from perfdoc.yamltree import Value, packaged


def load(name: str) -> dict[str, Value]:
    """The mapping in a YAML file of this package."""
    return packaged("perfdoc.checks", name)


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
    return _last(text, _alternatives(tuple(known)))


@cache
def _alternatives(known: tuple[str, ...]) -> tuple[frozenset[str], int]:
    return frozenset(known), max(map(len, known))


def _last(text: str, known: tuple[frozenset[str], int]) -> str:
    those, longest = known
    for end in range(len(text), 0, -1):
        for start in range(max(0, end - longest), end):
            if text[start:end] in those:
                return text[start:end]
    return ""


@cache
def _words() -> dict[str, Value]:
    return load("words.yaml")


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme of levels: its groups (level 1) and kinds (level 2) by their names, as `level_key` makes them."""

    name: str
    basis: str
    weights: tuple[str, ...]
    groups: Mapping[str, str]
    kinds: Mapping[str, str]
    kinds_of: Mapping[str, Sequence[str]]
    titles: Mapping[str, str]


_SHARE = re.compile(r"[（(【\[].*?[）)】\]]")


def level_key(name: str) -> str:
    """A level's name for comparing: without white space, a share in brackets, and a closing 指标."""
    return _SHARE.sub("", "".join(name.split())).removesuffix("指标")


@cache
def schemes() -> Mapping[str, Scheme]:
    """The schemes by their names (`2015`, `2021`)."""
    return {name: _scheme(name, cast("dict[str, Value]", given)) for name, given in load("schemes.yaml").items()}


def _scheme(name: str, given: dict[str, Value]) -> Scheme:
    groups: dict[str, str] = {}
    kinds_by_name: dict[str, str] = {}
    kinds_of: dict[str, list[str]] = {}
    titles: dict[str, str] = {}
    for group in cast("list[dict[str, Value]]", given["groups"]):
        group_key = cast(str, group["key"])
        _learn(groups, titles, group)
        kinds_of[group_key] = []
        for kind in cast("list[dict[str, Value]]", group["kinds"]):
            _learn(kinds_by_name, titles, kind)
            kinds_of[group_key].append(cast(str, kind["key"]))
    weights = tuple(cast("list[str]", given["weights"]))
    return Scheme(name, cast(str, given["basis"]), weights, groups, kinds_by_name, kinds_of, titles)


def _learn(names: dict[str, str], titles: dict[str, str], given: Mapping[str, Value]) -> None:
    key, name = cast(str, given["key"]), cast(str, given["name"])
    for each in (name, *cast("Iterable[str]", given.get("also") or ())):
        names[level_key(each)] = key
    titles.setdefault(key, name)

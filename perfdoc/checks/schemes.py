"""The schemes of levels (财预〔2015〕88号, 财预〔2021〕101号): their groups, and the kinds that belong to each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import cast

from perfdoc.yamltree import Value, packaged


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme of levels: its groups (level 1) and kinds (level 2) by their names, as `level_key` makes them.

    `rows` are the names of level 1 and level 2 of all kinds, in order.
    """

    name: str
    basis: str
    weights: tuple[str, ...]
    groups: Mapping[str, str]
    kinds: Mapping[str, str]
    kinds_of: Mapping[str, Sequence[str]]
    titles: Mapping[str, str]
    rows: tuple[tuple[str, str], ...]


_SHARE = re.compile(r"[（(【\[].*?[）)】\]]")


def level_key(name: str) -> str:
    """A level's name for comparing: without white space, a share in brackets, and a closing 指标."""
    return _SHARE.sub("", "".join(name.split())).removesuffix("指标")


@lru_cache(maxsize=1024)
def levels(level1: str, level2: str, scheme: str) -> tuple[str, str]:
    """Group and kind of a pair of levels (`output`, `quantity`), each `""` where no scheme knows it; this one first."""
    known = schemes()[scheme]
    one, two = level_key(level1), level_key(level2)
    group, kind = known.groups.get(one, ""), known.kinds.get(two, "")
    for other in schemes().values():
        group = group or other.groups.get(one, "")
        kind = kind or other.kinds.get(two, "")
    return group, kind


@lru_cache(maxsize=1024)
def scheme_mark(level1: str, level2: str) -> str:
    """The scheme that a pair of levels can only be of: 成本指标 is a level 2 in 2015 and a level 1 in 2021; or `""`."""
    one, two = level_key(level1), level_key(level2)
    fits = [
        name
        for name, scheme in schemes().items()
        if one in scheme.groups and scheme.kinds.get(two) in scheme.kinds_of[scheme.groups[one]]
    ]
    if len(fits) == 1:
        return fits[0]
    if fits:
        return ""
    only = [name for name, scheme in schemes().items() if one in scheme.groups]
    return only[0] if len(only) == 1 else ""


@cache
def schemes() -> Mapping[str, Scheme]:
    """The schemes by their names (`2015`, `2021`)."""
    described = packaged("perfdoc.checks", "schemes.yaml")
    return {name: _scheme(name, cast("dict[str, Value]", given)) for name, given in described.items()}


def _scheme(name: str, given: dict[str, Value]) -> Scheme:
    groups: dict[str, str] = {}
    kinds: dict[str, str] = {}
    kinds_of: dict[str, list[str]] = {}
    titles: dict[str, str] = {}
    rows: list[tuple[str, str]] = []
    for group in cast("list[dict[str, Value]]", given["groups"]):
        group_key = cast(str, group["key"])
        _learn(groups, titles, group)
        kinds_of[group_key] = []
        for kind in cast("list[dict[str, Value]]", group["kinds"]):
            _learn(kinds, titles, kind)
            kinds_of[group_key].append(cast(str, kind["key"]))
            rows.append((cast(str, group["name"]), cast(str, kind["name"])))
    weights = tuple(cast("list[str]", given["weights"]))
    return Scheme(name, cast(str, given["basis"]), weights, groups, kinds, kinds_of, titles, tuple(rows))


def _learn(names: dict[str, str], titles: dict[str, str], given: Mapping[str, Value]) -> None:
    key, name = cast(str, given["key"]), cast(str, given["name"])
    for each in (name, *cast("Iterable[str]", given.get("also") or ())):
        names[level_key(each)] = key
    titles.setdefault(key, name)

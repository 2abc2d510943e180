"""The schemes of levels (财预〔2015〕88号, 财预〔2021〕101号): their groups, and the kinds that belong to each."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from perfdoc.model import Document
from perfdoc.yamltree import packaged


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


_NUMBER = re.compile(r"^(?:[一二三四五六七八九十]{1,2}|[0-9]{1,2})[、.．]")
_CLOSING = re.compile(r"(?:指标|目标)?等?$")
_SHARE = re.compile(r"[（(【\[].*?[）)】\]]分?|[0-9.]+(?:[-—~～至][0-9.]+)?分$")


def level_name(name: str) -> str:
    """A level's name without white space, the number before it, and its points or share (`（40-50）分`)."""
    return _NUMBER.sub("", _SHARE.sub("", "".join(name.split())))


def level_key(name: str) -> str:
    """A level's name for comparing: without all that, and without a closing 指标, 目标 or 等."""
    return _CLOSING.sub("", level_name(name))


@lru_cache(maxsize=1024)
def levels(level1: str, level2: str, scheme: str) -> tuple[str, str]:
    """Group and kind of a pair of levels (`output`, `quantity`), each `""` where no scheme knows it; this one first."""
    known = schemes()[scheme]
    one, two = level_key(level1), level_key(level2)
    group, kind = known.groups.get(one, ""), known.kinds.get(two, "")
    for other in schemes().values():
        group = group or other.groups.get(one, "")
        kind = kind or other.kinds.get(two, "")
    if not kind and two.endswith("满意度"):
        kind = "satisfaction"  # of whomever the form names: 企业满意度
    return group or _alone(one, known), kind


def _alone(level1: str, scheme: Scheme) -> str:
    """The group that a first level names by its only kind: 服务对象满意度指标 for 满意度指标."""
    group = group_of(scheme.kinds.get(level1, ""))
    return group if len(scheme.kinds_of.get(group, ())) == 1 else ""


@cache
def group_of(kind: str) -> str:
    """The group that a kind belongs to in any scheme; `""` for none."""
    pairs = ((group, kinds) for scheme in schemes().values() for group, kinds in scheme.kinds_of.items())
    return next((group for group, kinds in pairs if kind in kinds), "")


@lru_cache(maxsize=1024)
def lowered(level1: str, level2: str, scheme: str, two_columns: bool = False) -> tuple[str, str, str] | None:
    """Three levels of a form that has two columns: a kind such as 数量指标 under the head 一级指标, and the name.

    None where the first is no kind, or the second one is and the form is not known to have `two_columns` only.
    """
    one, two = level_key(level1), level_key(level2)
    for known in (schemes()[scheme], *schemes().values()):
        if two in known.kinds and not two_columns:
            return None
        kind = known.kinds.get(one) or next(iter(known.kinds_of.get(known.groups.get(one, ""), ())), "")
        group = next((group for group, some in known.kinds_of.items() if kind in some), "")
        if group and two:
            return known.titles[group], known.titles[kind], level2
    return None


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
    described: dict[str, Any] = packaged("perfdoc.checks", "schemes.yaml")
    found = {}
    for name, given in described.items():
        groups = given["groups"]
        rows = [(group, kind) for group in groups for kind in group["kinds"]]
        kinds = [kind for _, kind in rows]
        found[name] = Scheme(
            name,
            given["basis"],
            tuple(given["weights"]),
            _keys(groups),
            _keys(kinds),
            {group["key"]: [kind["key"] for kind in group["kinds"]] for group in groups},
            {each["key"]: each["name"] for each in reversed((*groups, *kinds))},
            tuple((group["name"], kind["name"]) for group, kind in rows),
        )
    return found


def _keys(levels: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    return {level_key(name): each["key"] for each in levels for name in (each["name"], *each.get("also", ()))}


def usual_scheme(document: Document) -> str:
    """The name of the scheme that most rows of a document are of; `2015` where as many are of it, or none tells."""
    marks = Counter(
        mark
        for project in document.projects
        for one in project.indicators
        if (mark := scheme_mark(one.level1 or "", one.level2 or ""))
    )
    return max(marks, key=lambda name: (marks[name], name == "2015"), default="2015")

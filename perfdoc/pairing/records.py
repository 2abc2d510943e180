"""What identifies a project and an indicator, and what makes two of them alike."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import lru_cache

from perfdoc.model import Indicator, Project, texts
from perfdoc.pairing.alike import Likeness, Traits, pair
from perfdoc.target.fold import fold
from perfdoc.years import without

_LONGEST = 200  # characters of a text that are looked at
_NAMED_BY = frozenset({"name", "agency", "heading"})
_MOST = 200  # lines, and indicators, that are looked at


def pair_projects(old: Sequence[Project], new: Sequence[Project]) -> list[tuple[int, int]]:
    """Pairs (index in old, index in new) of the projects that are one, in the old order."""
    return pair(old, new, _PROJECT_KEYS, _PROJECTS)


def pair_indicators(old: Sequence[Indicator], new: Sequence[Indicator]) -> list[tuple[int, int]]:
    """Pairs (index in old, index in new) of the indicators that are one, in the old order."""
    return pair(old, new, _INDICATOR_KEYS, _INDICATORS)


@lru_cache(maxsize=1 << 14)
def plain(text: str | None) -> str:
    """A text without white space, width and years."""
    return without("".join(fold(text or "").split()), name=True)


def _text(given: object) -> str:
    return "" if given is None else str(given)


def _whole(project: Project) -> Hashable:
    return _text(project.name), _text(project.agency.code), _text(project.agency.name), _content(project)


def _content(project: Project) -> Hashable:
    """What the project says beside its name, to the letter; None where that is next to nothing."""
    rows = tuple(_row(one) for one in project.indicators)
    said = tuple((path, text) for path, text in texts(project) if text and path[0] not in _NAMED_BY)
    return (said, rows) if rows or project.purpose or project.goals else None


def _row(one: Indicator) -> tuple[str, ...]:
    results = (_text(one.weight), _text(one.actual), _text(one.score), _text(one.reason))
    levels = (_text(one.level1), _text(one.level2), _text(one.level3))
    return (*levels, one.described, _text(one.target), *results, *(f"{k}\0{v}" for k, v in one.extra.items()))


def _of_agency(project: Project) -> Hashable:
    return (project.name, project.agency.code, project.agency.name) if project.name else None


def _named(project: Project) -> Hashable:
    return (project.name, project.agency.code) if project.name else None


def _name(project: Project) -> Hashable:
    return project.name or None


def _plain_name(project: Project) -> Hashable:
    return plain(project.name) or None


def _grams(text: str) -> frozenset[Hashable]:
    """Pairs of neighbouring characters: what a name is made of, whatever was put before, into or behind it."""
    text = text[:_LONGEST]
    return frozenset(text[at : at + 2] for at in range(max(len(text) - 1, min(len(text), 1))))


def _project_traits(project: Project) -> Traits:
    rows = project.indicators[:_MOST]
    content: set[Hashable] = {("row", plain(one.level3), plain(one.target)) for one in rows}
    content |= {("level3", plain(one.level3)) for one in rows if one.level3}
    for field in (project.goals, project.purpose):
        content |= {("line", plain(line)) for line in (field or "").split("\n")[:_MOST] if line.strip()}
    return Traits(_grams(plain(project.name)), frozenset(content))


def _exact_place(one: Indicator) -> Hashable:
    return (one.level1, one.level2, one.level3) if one.level3 else None


def _plain_place(one: Indicator) -> Hashable:
    name = plain(one.level3)
    return (plain(one.level1), plain(one.level2), name) if name else None


def _plain_level3(one: Indicator) -> Hashable:
    return plain(one.level3) or None


def _indicator_traits(one: Indicator) -> Traits:
    content = {("level1", plain(one.level1)), ("level2", plain(one.level2)), ("target", plain(one.target))}
    if one.description:
        content.add(("description", plain(one.description)))
    return Traits(_grams(plain(one.level3)), frozenset(content))


_PROJECT_KEYS = (_whole, _of_agency, _named, _name, _plain_name, _content)
_PROJECTS = Likeness(_project_traits, name=0.5, least=0.4)
_INDICATOR_KEYS = (_row, _exact_place, _plain_place, _plain_level3)
_INDICATORS = Likeness(_indicator_traits, name=0.6, least=0.5)

"""What identifies a project and an indicator, and what makes two of them alike."""

from collections.abc import Hashable, Iterator, Sequence
from functools import lru_cache

from perfdoc.model import Indicator, Project, texts
from perfdoc.pairing.alike import Key, Likeness, Traits, pair
from perfdoc.pairing.order import between
from perfdoc.target.fold import fold
from perfdoc.years import without

_LONGEST = 200  # characters of a text that are looked at
_NAMED_BY = frozenset({"name", "agency", "heading"})
_LEVELS = (("level1",), ("level2",))
_MOST = 200  # lines, and indicators, that are looked at


def pair_projects(old: Sequence[Project], new: Sequence[Project]) -> list[tuple[int, int]]:
    """Pairs (index in old, index in new) of the projects that are one, in the old order."""
    pairs = pair(old, new, _PROJECT_KEYS, _PROJECTS)
    return sorted([*pairs, *between(pairs, old, new, _say_one_thing)])


def pair_indicators(old: Sequence[Indicator], new: Sequence[Indicator]) -> list[tuple[int, int]]:
    """Pairs (index in old, index in new) of the indicators that are one, in the old order."""
    pairs = pair(old, new, _INDICATOR_KEYS, _INDICATORS)
    for alike in (_same_value, _same_but_for_the_name):
        pairs = sorted([*pairs, *between(pairs, old, new, alike)])
    return pairs


def _say_one_thing(old: Project, new: Project) -> bool:
    """Whether two projects of other names have a text in common that is their own."""
    ours, theirs = (
        {(path, text) for path, text in texts(one) if text and path[0] in ("purpose", "goals")}
        | set(map(_row, one.indicators))
        for one in (old, new)
    )
    return not ours.isdisjoint(theirs)


def _same_value(old: Indicator, new: Indicator) -> bool:
    return bool(old.target) and (old.level1, old.level2, old.target) == (new.level1, new.level2, new.target)


def _same_but_for_the_name(old: Indicator, new: Indicator) -> bool:
    """Whether two indicators of other names are of one kind and have another text in common."""
    if (old.level1, old.level2) != (new.level1, new.level2):
        return False
    ours, theirs = ({path: text for path, text in texts(one) if text and path not in _LEVELS} for one in (old, new))
    return any(theirs.get(path) == text for path, text in ours.items())


@lru_cache(maxsize=1 << 14)
def plain(text: str | None) -> str:
    """A text without white space, width and years."""
    return without("".join(fold(text or "").split()), name=True)


def _said(project: Project) -> Hashable:
    """What the project says beside its name, to the letter."""
    return tuple(_own(project)), tuple(map(_row, project.indicators))


def _content(project: Project) -> Hashable:
    """The same; None where that is next to nothing."""
    return _said(project) if project.indicators or project.purpose or project.goals else None


def _own(project: Project) -> Iterator[tuple[tuple[str, ...], str]]:
    return ((path, text) for path, text in texts(project) if text and path[0] not in _NAMED_BY)


def _row(one: Indicator) -> tuple[str, ...]:
    """What an indicator says, to the letter."""
    texts = (one.level1, one.level2, one.level3, one.described, one.target)
    results = (one.weight, one.actual, one.score, one.reason)
    return (*(text or "" for text in (*texts, *results)), *(f"{k}\0{v}" for k, v in one.extra.items()))


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
    return Traits(_grams(plain(project.name)), frozenset(content), frozenset(_own(project)))


def _indicator_traits(one: Indicator) -> Traits:
    content = {("level1", plain(one.level1)), ("level2", plain(one.level2)), ("target", plain(one.target))}
    if one.description:
        content.add(("description", plain(one.description)))
    return Traits(_grams(plain(_name(one))), frozenset(content), frozenset(each for each in texts(one) if each[1]))


def _name(one: Indicator) -> str | None:
    return one.level3 or one.description


_PROJECT_KEYS: tuple[Key[Project], ...] = (
    lambda one: (one.name or "", one.agency.code or "", one.agency.name or "", _said(one)),
    lambda one: (one.name, one.agency.code, one.agency.name) if one.name else None,
    lambda one: (one.name, one.agency.code) if one.name else None,
    lambda one: one.name or None,
    lambda one: plain(one.name) or None,
    _content,
)
_PROJECTS = Likeness(_project_traits, name=0.5, least=0.4)
_INDICATOR_KEYS: tuple[Key[Indicator], ...] = (
    _row,
    lambda one: (one.level1, one.level2, _name(one)) if _name(one) else None,
    lambda one: (plain(one.level1), plain(one.level2), plain(_name(one))) if plain(_name(one)) else None,
    lambda one: plain(_name(one)) or None,
    lambda one: (one.level1, one.level2) if one.level2 and not _name(one) else None,
)
_INDICATORS = Likeness(_indicator_traits, name=0.6, least=0.5)

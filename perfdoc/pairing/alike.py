"""The rounds of matching: by keys, the strictest first, then by likeness."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")
Key = Callable[[T], Hashable]
"""What two items must have in common to be a pair; None is nothing in common with anything."""

_COMMON = 24
"""A trait that so many items share says nothing of which is which, and would make the time grow as the square."""
_CANDIDATES = 8


class Traits(NamedTuple):
    """What an item is like: the traits of its name, and those of its content; `beside` decides between equals alone."""

    name: frozenset[Hashable]
    content: frozenset[Hashable]
    beside: frozenset[Hashable] = frozenset()


class Likeness(NamedTuple, Generic[T]):
    """How items are compared: their traits, how much the name counts (0 to 1), and the least that makes a pair."""

    traits: Callable[[T], Traits]
    name: float
    least: float


def pair(old: Sequence[T], new: Sequence[T], keys: Sequence[Key[T]], likeness: Likeness[T]) -> list[tuple[int, int]]:
    """Pairs (index in `old`, index in `new`), each index at most once, in the order of `old`."""
    pairs: list[tuple[int, int]] = []
    left, right = list(range(len(old))), list(range(len(new)))
    for key in keys:
        if not left or not right:
            break
        found = _by_key(old, new, left, right, key, likeness)
        pairs += found
        left, right = _rest(left, right, found)
    if left and right:
        pairs += _by_likeness(old, new, left, right, likeness)
    return sorted(pairs)


def _rest(left: list[int], right: list[int], found: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    ours, theirs = {one for one, _ in found}, {other for _, other in found}
    return [one for one in left if one not in ours], [one for one in right if one not in theirs]


def _by_key(
    old: Sequence[T], new: Sequence[T], left: list[int], right: list[int], key: Key[T], likeness: Likeness[T]
) -> list[tuple[int, int]]:
    """Items of one key; where several have it, the likest first, and what is alike to none by its order."""
    ours, theirs = _grouped(old, left, key), _grouped(new, right, key)
    found: list[tuple[int, int]] = []
    for known, some in ours.items():
        others = theirs.get(known, [])
        if len(some) > 1 or len(others) > 1:
            alike = _by_likeness(old, new, some, others, likeness._replace(least=0.0))
            some, others = _rest(some, others, alike)
            found += alike
        found += zip(some, others, strict=False)
    return found


def _grouped(items: Sequence[T], at: Iterable[int], key: Key[T]) -> dict[Hashable, list[int]]:
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for index in at:
        groups[key(items[index])].append(index)
    groups.pop(None, None)
    return groups


def _by_likeness(
    old: Sequence[T], new: Sequence[T], left: list[int], right: list[int], likeness: Likeness[T]
) -> list[tuple[int, int]]:
    """The likest pair first; of two alike, that with more in common beside, then those at like places among these."""
    as_many = len(left) == len(right)  # else one is gone or new, and what is left stands where it stood
    at, there_at = ({index: rank if as_many else index for rank, index in enumerate(some)} for some in (left, right))
    ours = {index: likeness.traits(old[index]) for index in left}
    theirs = {index: likeness.traits(new[index]) for index in right}
    having: dict[Hashable, list[int]] = defaultdict(list)
    for index, traits in theirs.items():
        for trait in traits.name | traits.content | traits.beside:
            having[trait].append(index)
    scored: list[tuple[float, int, int, int, int]] = []
    for index, traits in ours.items():
        shared: Counter[int] = Counter()
        for trait in traits.name | traits.content | traits.beside:
            others = having.get(trait, ())
            if len(others) <= _COMMON:
                shared.update(others)
        for other, _ in sorted(shared.items(), key=lambda one: (-one[1], one[0]))[:_CANDIDATES]:
            there = theirs[other]
            score = likeness.name * _dice(traits.name, there.name)
            score += (1 - likeness.name) * _dice(traits.content, there.content)
            if score >= likeness.least:
                scored.append(
                    (-score, -len(traits.beside & there.beside), abs(at[index] - there_at[other]), index, other)
                )
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, _, index, other in sorted(scored):
        if index not in found and other not in taken:
            found[index] = other
            taken.add(other)
    return list(found.items())


def _dice(one: frozenset[Hashable], other: frozenset[Hashable]) -> float:
    size = len(one) + len(other)
    return 2 * len(one & other) / size if size else 0.0

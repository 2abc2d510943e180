"""The order of two lists: which of the pairs were moved, and both lists as one."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def out_of_order(pairs: Sequence[tuple[int, int]]) -> set[int]:
    """Indices in the old list of the fewest items that must move for the others to be in the new order.

    `pairs` are in the order of the old list. The rest is the longest increasing subsequence.
    """
    ends: list[int] = []  # the least last index of a run of each length
    at: list[int] = []  # which pair that is
    before: list[int] = []
    for index, (_, new) in enumerate(pairs):
        length = bisect_left(ends, new)
        before.append(at[length - 1] if length else -1)
        ends[length : length + 1] = [new]
        at[length : length + 1] = [index]
    kept: set[int] = set()
    index = at[-1] if at else -1
    while index >= 0:
        kept.add(index)
        index = before[index]
    return {old for index, (old, _) in enumerate(pairs) if index not in kept}


def in_order(pairs: Sequence[tuple[int, int]], old: int, new: int) -> Iterator[tuple[int | None, int | None]]:
    """Both lists (of `old` and `new` items) as one: pairs in the new order, what is gone after what it followed."""
    partner = {there: here for here, there in pairs}
    paired = {here for here, _ in pairs}

    def gone(start: int) -> Iterator[tuple[int | None, int | None]]:
        while start < old and start not in paired:
            yield start, None
            start += 1

    yield from gone(0)
    for there in range(new):
        here = partner.get(there)
        yield here, there
        if here is not None:
            yield from gone(here + 1)


def between(
    pairs: Sequence[tuple[int, int]],
    old: Sequence[T],
    new: Sequence[T],
    alike: Callable[[T, T], bool],
    *,
    as_many: bool = False,
) -> Iterator[tuple[int, int]]:
    """More pairs, of items that have none: alike, and between the same neighbours in both lists.

    `as_many`: only where as many are left there in both.
    """
    partner = dict(pairs)
    taken = set(partner.values())
    here, there = 0, 0
    for end, other in [*sorted(partner.items()), (len(old), len(new))]:
        waiting = [at for at in range(there, other) if at not in taken]
        left = [one for one in range(here, end) if one not in partner]
        for one in left if len(left) == len(waiting) or not as_many else ():
            found = next((at for at in waiting if alike(old[one], new[at])), None)
            if found is not None:
                waiting = waiting[waiting.index(found) + 1 :]
                yield one, found
        here, there = end + 1, other + 1

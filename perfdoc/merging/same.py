"""Which project and which indicator of one version is which of another, also where it was written anew in its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from perfdoc.model import Indicator, Project, Text, texts
from perfdoc.pairing import between, pair_indicators, pair_projects

_MOST = 0.5
"""The share of a project's texts that stay where it is given another name."""


def same_projects(old: Sequence[Project], new: Sequence[Project]) -> list[tuple[int, int]]:
    """The projects that are one (index in old, index in new), in the old order; where both have one, it is that one."""
    if len(old) == len(new) == 1:
        return [(0, 0)]
    pairs = pair_projects(old, new)
    return sorted([*pairs, *between(pairs, old, new, _renamed, as_many=True)])


def same_rows(old: Sequence[Indicator], new: Sequence[Indicator]) -> list[tuple[int, int]]:
    """The indicators that are one (index in old, index in new), in the old order."""
    pairs = pair_indicators(old, new)
    return sorted([*pairs, *rewritten(pairs, old, new)])


def rewritten(
    pairs: Sequence[tuple[int, int]], old: Sequence[Indicator], new: Sequence[Indicator]
) -> Iterator[tuple[int, int]]:
    """More pairs, of indicators that may have been written anew: in their place, or moved and named anew at once."""
    found = [*between(pairs, old, new, _of_one_kind, as_many=True)]
    yield from found
    mine, other = (
        _single([one for at, one in enumerate(each) if at not in {pair[side] for pair in (*pairs, *found)}])
        for side, each in enumerate((old, new))
    )
    for kind in mine.keys() & other.keys():
        if mine[kind].target and mine[kind].target == other[kind].target:
            yield _at(old, mine[kind]), _at(new, other[kind])


def _single(left: Sequence[Indicator]) -> dict[tuple[Text, Text], Indicator]:
    """Those that are the only one of their levels."""
    kinds = Counter((one.level1, one.level2) for one in left)
    return {kind: one for one in left if kinds[kind := (one.level1, one.level2)] == 1}


def _at(items: Sequence[Indicator], wanted: Indicator) -> int:
    return next(at for at, one in enumerate(items) if one is wanted)


def _renamed(old: Project, new: Project) -> bool:
    ours, theirs = ({each for each in texts(one) if each[1]} for one in (old, new))
    rows = len(old.indicators) + len(new.indicators)  # those of one would have made them a pair
    return len(ours & theirs) >= _MOST * (max(len(ours), len(theirs)) + rows)


def _of_one_kind(old: Indicator, new: Indicator) -> bool:
    return (old.level1, old.level2) == (new.level1, new.level2)

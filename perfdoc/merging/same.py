"""Which project and which indicator of one version is which of another, also where it was written anew in its place."""

from collections import Counter
from collections.abc import Iterator, Sequence, Set

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
    known = (*pairs, *found)
    mine, other = (_single(each, {pair[side] for pair in known}) for side, each in enumerate((old, new)))
    yield from ((mine[kind], other[kind]) for kind in mine.keys() & other.keys())


def _single(items: Sequence[Indicator], taken: Set[int]) -> dict[tuple[Text, ...], int]:
    """Of what is left those that no other has the levels and the value of, with their index."""
    left = {at: (one.level1, one.level2, one.target) for at, one in enumerate(items) if at not in taken and one.target}
    kinds = Counter(left.values())
    return {kind: at for at, kind in left.items() if kinds[kind] == 1}


def _renamed(old: Project, new: Project) -> bool:
    ours, theirs = ({each for each in texts(one) if each[1]} for one in (old, new))
    rows = len(old.indicators) + len(new.indicators)  # those of one would have made them a pair
    return len(ours & theirs) >= _MOST * (max(len(ours), len(theirs)) + rows)


def _of_one_kind(old: Indicator, new: Indicator) -> bool:
    return (old.level1, old.level2) == (new.level1, new.level2)

"""Several versions of a list side by side."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher


def aligned(versions: Sequence[Sequence[Hashable]]) -> Iterator[list[slice]]:
    """What stands between the items that all versions have, in order: a stretch of each version, which may be empty.

    Behind each stretch but the last stands an item in common.
    """
    first, *others = versions
    there = [positions(first, other) for other in others]
    starts = [0] * len(versions)
    for at in range(len(first) + 1):
        if at == len(first) or all(at in each for each in there):
            ends = [at, *(each.get(at, len(other)) for each, other in zip(there, others, strict=True))]
            yield list(map(slice, starts, ends))
            starts = [end + 1 for end in ends]


def positions(some: Sequence[Hashable], others: Sequence[Hashable]) -> dict[int, int]:
    """Index of an item that both have → its index in the others."""
    blocks = SequenceMatcher(None, some, others, autojunk=False).get_matching_blocks()
    return {a + step: b + step for a, b, size in blocks for step in range(size)}

"""A sequence of rows or paragraphs laid along the steps of a template: fixed ones, optional ones, loops."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

_Pattern = TypeVar("_Pattern")
_Item = TypeVar("_Item")
_MOST_TRIES = 200_000
"""Steps by items that are looked through where more than one step may be left out or repeat."""


class Step(NamedTuple, Generic[_Pattern]):
    """What a template has at one place: patterns that may stand there once, at most once, or any number of times."""

    patterns: tuple[_Pattern, ...]
    optional: bool = False
    repeats: bool = False

    @property
    def varies(self) -> bool:
        """Whether it may stand there another number of times than once."""
        return self.optional or self.repeats


Aligned = list[tuple[int, _Pattern]]
"""For each item the number of its step and its pattern."""


def align(
    steps: Sequence[Step[_Pattern]], items: Sequence[_Item], fits: Callable[[_Pattern, _Item], bool]
) -> Aligned[_Pattern] | None:
    """For each item its step and pattern, all steps in order; None where the items are another sequence.

    What is fixed at both ends is taken first, so that a loop has what is left between whatever its items say.
    """
    first, last, rest = 0, len(steps), len(items)
    while first < last and not steps[first].varies:
        if first >= rest or _pattern(steps[first], items[first], fits) is None:
            return None
        first += 1
    while last > first and not steps[last - 1].varies:
        rest -= 1
        if rest < first or _pattern(steps[last - 1], items[rest], fits) is None:
            return None
        last -= 1
    middle = _middle(steps[first:last], items[first:rest], fits)
    if middle is None:
        return None
    before: Aligned[_Pattern] = [(n, steps[n].patterns[0]) for n in range(first)]
    after: Aligned[_Pattern] = [(n, steps[n].patterns[0]) for n in range(last, len(steps))]
    return [*before, *((first + n, pattern) for n, pattern in middle), *after]


def _pattern(step: Step[_Pattern], item: _Item, fits: Callable[[_Pattern, _Item], bool]) -> _Pattern | None:
    for pattern in step.patterns:
        if fits(pattern, item):
            return pattern
    return None


def _middle(
    steps: Sequence[Step[_Pattern]], items: Sequence[_Item], fits: Callable[[_Pattern, _Item], bool]
) -> Aligned[_Pattern] | None:
    if not items:
        return [] if all(step.varies for step in steps) else None
    if len(steps) == 1:
        (step,) = steps
        found: Aligned[_Pattern] = []
        for item in items if step.repeats or len(items) == 1 else ():
            if (pattern := _pattern(step, item, fits)) is None:
                return None
            found.append((0, pattern))
        return found or None
    if not steps or len(steps) * len(items) > _MOST_TRIES:
        return None
    return _searched(steps, items, fits)


def _searched(
    steps: Sequence[Step[_Pattern]], items: Sequence[_Item], fits: Callable[[_Pattern, _Item], bool]
) -> Aligned[_Pattern] | None:
    """The first way through, an earlier step taking what it can."""
    found = [[_pattern(step, item, fits) for item in items] for step in steps]
    ends = [False] * len(items) + [True]  # from where the items are used up when no step is left
    can = [ends]
    for n in range(len(steps) - 1, -1, -1):
        after, here = can[0], [False] * (len(items) + 1)
        for at in range(len(items), -1, -1):
            taken = at < len(items) and found[n][at] is not None and (here if steps[n].repeats else after)[at + 1]
            here[at] = taken or (steps[n].varies and after[at])
        can.insert(0, here)
    if not can[0][0]:
        return None
    way: Aligned[_Pattern] = []
    n = at = 0
    while n < len(steps):
        pattern = found[n][at] if at < len(items) else None
        if pattern is not None and can[n if steps[n].repeats else n + 1][at + 1]:
            way.append((n, pattern))
            at += 1
            n += not steps[n].repeats
        else:
            n += 1
    return way

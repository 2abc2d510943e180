"""A sequence of rows or paragraphs laid along the steps of a template: fixed ones, optional ones, loops."""

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
    found: Aligned[_Pattern] = []
    first, last, rest = 0, len(steps), len(items)
    while first < last and not (step := steps[first]).varies:
        if first >= rest or _pattern(step, items[first], fits) is None:
            return None
        found.append((first, step.patterns[0]))
        first += 1
    after: Aligned[_Pattern] = []
    while last > first and not (step := steps[last - 1]).varies:
        last, rest = last - 1, rest - 1
        if rest < first or _pattern(step, items[rest], fits) is None:
            return None
        after.append((last, step.patterns[0]))
    if first < last or first < rest:
        middle = _middle(steps[first:last], items[first:rest], fits)
        if middle is None:
            return None
        found += [(first + n, pattern) for n, pattern in middle]
    return found + after[::-1] if after else found


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
            for pattern in step.patterns:  # `_pattern`, without a call for each row of a table
                if fits(pattern, item):
                    found.append((0, pattern))
                    break
            else:
                return None
        return found or None
    if not steps or len(steps) * len(items) > _MOST_TRIES:
        return None
    return _searched(steps, items, fits)


def _searched(
    steps: Sequence[Step[_Pattern]], items: Sequence[_Item], fits: Callable[[_Pattern, _Item], bool]
) -> Aligned[_Pattern] | None:
    """The first way through, an earlier step taking what it can.

    An item is held against the steps that the items before it lead to; most sequences that are another one end so
    at their first item.
    """
    found: list[dict[int, _Pattern]] = []  # for each item the steps that may take it
    reached = _onward(steps, {0})
    for item in items:
        tried = ((n, _pattern(steps[n], item, fits)) for n in reached if n < len(steps))
        taken = {n: pattern for n, pattern in tried if pattern is not None}
        if not taken:
            return None
        found.append(taken)
        reached = _onward(steps, {n if steps[n].repeats else n + 1 for n in taken})
    if len(steps) not in reached:
        return None
    can = _completed(steps, found)
    way: Aligned[_Pattern] = []
    n = at = 0
    while n < len(steps):
        pattern = found[at].get(n) if at < len(items) else None
        if pattern is not None and (n if steps[n].repeats else n + 1) in can[at + 1]:
            way.append((n, pattern))
            at += 1
            n += not steps[n].repeats
        else:
            n += 1
    return way


def _onward(steps: Sequence[Step[_Pattern]], numbers: set[int]) -> list[int]:
    """The steps at these numbers, and those behind them that come next when steps are left out."""
    reached: list[int] = []
    for start in sorted(numbers):
        n = start
        while not reached or n > reached[-1]:
            reached.append(n)
            if n == len(steps) or not steps[n].varies:
                break
            n += 1
    return reached


def _completed(steps: Sequence[Step[_Pattern]], found: Sequence[dict[int, _Pattern]]) -> list[set[int]]:
    """For each number of items used up, the steps from which the rest of the items can be used up."""
    can: list[set[int]] = [set() for _ in range(len(found) + 1)]
    for at in range(len(found), -1, -1):
        here = can[at]
        if at == len(found):
            here.add(len(steps))
        for n in range(len(steps) - 1, -1, -1):
            takes = at < len(found) and n in found[at] and (n if steps[n].repeats else n + 1) in can[at + 1]
            if takes or (steps[n].varies and n + 1 in here):
                here.add(n)
    return can

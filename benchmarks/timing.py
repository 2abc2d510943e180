"""Ways of doing the same thing, measured in turns: way A, way B, …, way A again, so that all share the machine's moods.

What is measured is processor time (user and system) of this process and of the programs it starts: other work on
the machine distorts it least. A ratio is taken within a turn, and the median over the turns counts.
"""

from __future__ import annotations

import gc
import resource
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median

Way = Callable[[], object]
_SHORTEST = 0.02
"""Seconds that a measurement takes at least; a way that is faster is repeated within its turn."""


@dataclass(frozen=True)
class Measured:
    """A way's median time in seconds, and its ratio to the floor (None for the floor itself)."""

    seconds: float
    ratio: float | None = None


def clock() -> float:
    """Processor time so far, in seconds, of this process and of all programs that it started and waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def in_turns(ways: Mapping[str, Way], turns: int, budget: float = 20.0) -> dict[str, Measured]:
    """Measure ways in turns; the first of them is the floor that ratios are against.

    A way that has used its `budget` of seconds rests in the turns that are left. Each way runs once beforehand
    (a fast one: imports and caches are not what is measured), unless it takes longer than a twentieth of its budget.
    """
    repeats = {}
    times: dict[str, list[float]] = {name: [] for name in ways}
    ratios: dict[str, list[float]] = {name: [] for name in ways}
    for name, way in ways.items():
        first = _time(way, 1)
        repeats[name] = max(1, min(1000, int(_SHORTEST / max(first, 1e-6))))
        if first > budget / 20:
            times[name].append(first)
    floor = next(iter(ways))
    for _ in range(turns):
        base = 0.0
        for name, way in ways.items():
            if sum(times[name]) * repeats[name] > budget and times[name]:
                continue
            spent = _time(way, repeats[name])
            times[name].append(spent)
            base = spent if name == floor else base
            ratios[name].append(spent / base)
    last = median(times[floor])
    return {
        name: Measured(median(times[name]), None if name == floor else median(ratios[name] or [times[name][0] / last]))
        for name in ways
    }


def _time(way: Way, repeats: int) -> float:
    gc.collect()
    start = clock()
    for _ in range(repeats):
        way()
    return (clock() - start) / repeats

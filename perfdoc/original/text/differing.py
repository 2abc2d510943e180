"""Where two texts differ: lines that pair, and within a line the stretches that change."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

MOST_COMPARED = 250_000
"""Product of the lengths of two texts, or numbers of lines, of which more than the common ends is looked for."""


class Stretch(NamedTuple):
    """Characters (or lines) from `begin` to `end` of the old text become `new`."""

    begin: int
    end: int
    new: str


def replaced(text: str, changes: Iterable[Stretch]) -> str:
    """A text with stretches that don't overlap replaced."""
    for begin, end, new in sorted(changes, reverse=True):
        text = text[:begin] + new + text[end:]
    return text


def stretches(old: str, new: str, *, whole: bool = False) -> Iterator[Stretch]:
    """What changes in a text; in one of as many lines as before, what changes in each.

    `whole` has all between the common beginning and the common end of a line change as one.
    """
    lines = [*zip(old.split("\n"), new.split("\n"), strict=False)]
    at = 0
    for one, other in lines if old.count("\n") == new.count("\n") else [(old, new)]:
        yield from (
            Stretch(at + i, at + j, other[k:m]) for i, j, k, m in _differing(one, other, 0 if whole else MOST_COMPARED)
        )
        at += len(one) + 1


def _differing(
    old: Sequence[str], new: Sequence[str], most_compared: int = MOST_COMPARED
) -> Iterator[tuple[int, int, int, int]]:
    """What of the old stands in the place of what of the new; of long ones all between their common ends."""
    begin = behind = 0
    most = min(len(old), len(new))
    while begin < most and old[begin] == new[begin]:
        begin += 1
    while behind < most - begin and old[-1 - behind] == new[-1 - behind]:
        behind += 1
    a, b = old[begin : len(old) - behind], new[begin : len(new) - behind]
    if len(a) * len(b) > most_compared:
        yield begin, begin + len(a), begin, begin + len(b)
        return
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag != "equal":
            yield begin + i, begin + j, begin + k, begin + m


class Pair(NamedTuple):
    """A line of the old text, by index, and what it becomes: None for one that goes. `old` is None for a new line,
    which stands after the line `after` of the old text, or before the first (-1).
    """

    old: int | None
    new: str | None
    after: int


def pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[Pair]:
    """All lines of the old text with those of the new. As many as can pair; others come and go behind them."""
    if len(old) == len(new):
        yield from (Pair(at, line, at) for at, line in enumerate(new))
        return
    at = 0
    for i, j, k, m in (*_differing(old, new), (len(old), len(old), len(new), len(new))):
        yield from (Pair(n, old[n], n) for n in range(at, i))
        common = min(j - i, m - k)
        yield from (Pair(i + n, new[k + n], i + n) for n in range(common))
        yield from (Pair(gone, None, gone) for gone in range(i + common, j))
        yield from (Pair(None, line, i + common - 1) for line in new[k + common : m])
        at = j

"""Lists merged item by item: which item is which, what became of each on both sides, and their order."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from operator import eq
from typing import Generic, NamedTuple, TypeVar

from perfdoc.merging.sides import Sides

T = TypeVar("T")
Pairs = Sequence[tuple[int, int]]
Match = Callable[[Sequence[T], Sequence[T]], Pairs]
Guess = Callable[[Pairs, Sequence[T], Sequence[T]], Iterable[tuple[int, int]]]
Indices = tuple[int | None, int | None, int | None]


class Row(NamedTuple, Generic[T]):
    """An item of the merged list: its index in base, ours and theirs (None where it is not), and what it is.

    A None among `sides` means that the side which is chosen has no such item.
    """

    indices: Indices
    sides: Sides[T | None]


def merged(
    three: Sequence[Sequence[T]],
    match: Match[T],
    identity: Callable[[T], Hashable],
    values: Callable[[T | None, T, T], Sides[T]],
    same: Callable[[T, T], bool] = eq,
    guess: Guess[T] = lambda pairs, old, new: (),
) -> list[Row[T]]:
    """The items of both ours and theirs, in the merged order; `three` are the lists of base, ours and theirs.

    `values` merges an item that both have (its base may be None).

    `match` finds the items of base again, `guess` what else they may be, which counts where the other side has them
    too: what one side took out, the other has not written anew. Two that both sides have added are one where their
    `identity` is. `same` says whether one that is gone on the other side is as it was in base.
    """
    base, ours, theirs = three
    sure = [match(base, each) for each in (ours, theirs)]
    twins = _twins(three, sure, identity)
    paired = ({*twins}, {*twins.values()})
    maybe = [
        [pair for pair in guess(known, base, each) if pair[1] not in new]
        for known, each, new in zip(sure, (ours, theirs), paired, strict=True)
    ]
    had = [{b for b, _ in (*known, *more)} for known, more in zip(sure, maybe, strict=True)]
    mine, other = (dict([*sure[at], *(pair for pair in maybe[at] if pair[0] in had[1 - at])]) for at in (0, 1))
    mine_now, other_now = {*mine.values()}, {*other.values()}
    new_ours = [at for at in range(len(ours)) if at not in mine_now]
    new_theirs = [at for at in range(len(theirs)) if at not in other_now]
    indices: list[Indices] = [(b, mine.get(b), other.get(b)) for b in range(len(base))]
    indices += [(None, a, twins.get(a)) for a in new_ours]
    indices += [(None, None, c) for c in new_theirs if c not in paired[1]]
    rows = []
    for each in indices:
        b, a, c = (None if at is None else items[at] for items, at in zip(three, each, strict=True))
        rows.append(Row(each, _sides(b, a, c, values, same)))
    return _ordered([row for row in rows if any(side is not None for side in row.sides)])


def _twins(three: Sequence[Sequence[T]], known: Sequence[Pairs], identity: Callable[[T], Hashable]) -> dict[int, int]:
    """What both sides have added (index in ours → index in theirs); two of one identity are two, in their order."""
    there = [{at for _, at in pairs} for pairs in known]
    named: dict[Hashable, list[int]] = {}
    for at in reversed(range(len(three[2]))):
        if at not in there[1]:
            named.setdefault(identity(three[2][at]), []).append(at)
    new = (at for at in range(len(three[1])) if at not in there[0])
    return {at: waiting.pop() for at in new if (waiting := named.get(identity(three[1][at])))}


def _sides(
    base: T | None,
    ours: T | None,
    theirs: T | None,
    values: Callable[[T | None, T, T], Sides[T]],
    same: Callable[[T, T], bool],
) -> Sides[T | None]:
    if ours is not None and theirs is not None:
        made = values(base, ours, theirs)
        return Sides(made.ours, made.theirs, made.base)
    if base is None:  # new on one side
        return Sides(*(3 * (ours if ours is not None else theirs,)))
    kept = ours if ours is not None else theirs
    if kept is None or same(base, kept):
        return Sides(None, None, None)
    return Sides(ours, theirs, base)  # changed on one side, gone on the other


def _ordered(rows: list[Row[T]]) -> list[Row[T]]:
    """Our order, or theirs where only they moved something; what that order does not have follows its neighbour."""
    kept = [row for row in rows if None not in row.indices]
    first, second = (2, 1) if _is_moved(kept, 2) and not _is_moved(kept, 1) else (1, 2)
    return _inserted(_by(rows, first), _by(rows, second))


def _by(rows: list[Row[T]], side: int) -> list[Row[T]]:
    there = [(index, row) for row in rows if (index := row.indices[side]) is not None]
    return [row for _, row in sorted(there, key=lambda each: each[0])]


def _is_moved(kept: list[Row[T]], side: int) -> bool:
    order = [row.indices[0] for row in _by(kept, side)]
    return order != [row.indices[0] for row in _by(kept, 0)]


def _inserted(ordered: list[Row[T]], others: list[Row[T]]) -> list[Row[T]]:
    """`ordered` with those of `others` that it lacks, each behind the one that it stands behind there.

    Where both have something new at one place, that of `ordered` comes first.
    """
    have = {row.indices for row in ordered}
    shared = {row.indices for row in others if row.indices in have}
    behind: dict[Indices | None, list[Row[T]]] = {}
    last: Indices | None = None
    for row in others:
        if row.indices in have:
            last = row.indices
        else:
            behind.setdefault(last, []).append(row)
    made: list[Row[T]] = []
    waiting = behind.get(None, [])
    for row in ordered:
        if row.indices in shared:
            made += waiting
            waiting = behind.get(row.indices, [])
        made.append(row)
    return made + waiting

"""One value, or a group of values, merged: what only one side changed is taken from that side."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import BaseModel

from perfdoc.model import Text

T = TypeVar("T")
R = TypeVar("R", bound=BaseModel)
_MOST_LINES = 1000


class Sides(NamedTuple, Generic[T]):
    """A value as each side would have it where they conflict, and what it was; all equal where they don't."""

    ours: T
    theirs: T
    base: T


def one(base: T, ours: T, theirs: T) -> Sides[T]:
    if ours == theirs or theirs == base:
        return Sides(ours, ours, ours)
    if ours == base:
        return Sides(theirs, theirs, theirs)
    return Sides(ours, theirs, base)


def text(base: Text, ours: Text, theirs: Text) -> Sides[Text]:
    """A text: whole, or line by line where it has several."""
    whole = one(base, ours, theirs)
    if whole.ours == whole.theirs or not (base and ours and theirs):
        return whole
    parts = [each.split("\n") for each in (base, ours, theirs)]
    if not 1 < max(map(len, parts)) <= _MOST_LINES:
        return whole
    return Sides(*map("\n".join, _lines(*parts)))


def value(base: Any, ours: Any, theirs: Any) -> Sides[Any]:
    """The value of a field, by its kind: a record, labels with their texts, a text, or what is taken whole."""
    if isinstance(ours, BaseModel):
        return record((base, ours, theirs))
    if isinstance(ours, dict):
        return mapping(base, ours, theirs)
    return text(base, ours, theirs) if isinstance(ours, str | None) else one(base, ours, theirs)


def mapping(base: Mapping[str, str], ours: Mapping[str, str], theirs: Mapping[str, str]) -> Sides[dict[str, str]]:
    """Labels with their texts, in our order (theirs, where we changed nothing of it), new ones behind."""
    made: tuple[dict[str, str], ...] = ({}, {}, {})
    first, second = (theirs, ours) if list(ours) == list(base) else (ours, theirs)
    for label in dict.fromkeys((*first, *second, *base)):
        sides = text(base.get(label), ours.get(label), theirs.get(label))
        for into, value in zip(made, sides, strict=True):
            if value is not None:
                into[label] = value
    return Sides(*made)


def record(three: Sequence[R], **known: Sides[Any]) -> Sides[R]:
    """A record, field by field; those that are `known` are merged already.

    It is validated again: a description that repeats its name is none.
    """
    kind = type(three[1])
    fields = {name: known.get(name) or value(*(getattr(each, name) for each in three)) for name in kind.model_fields}
    return Sides(*(kind(**{name: each[at] for name, each in fields.items()}) for at in range(3)))


def _lines(*three: Sequence[str]) -> Sides[list[str]]:
    """Lines merged as diff3 does: stretches that stand between lines which base, ours and theirs have."""
    made: Sides[list[str]] = Sides([], [], [])
    for pieces in aligned(three):
        base, ours, theirs = (lines[piece] for lines, piece in zip(three, pieces, strict=True))
        common = three[0][pieces[0].stop : pieces[0].stop + 1]
        for lines in (*_stretches(base, ours, theirs), Sides(common, common, common)):
            for into, some in zip(made, lines, strict=True):
                into += some
    return made


def _stretches(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> list[Sides[Sequence[str]]]:
    """What stands between lines in common: as a whole, or, where nobody added or removed one, each line by itself."""
    if len(base) == len(ours) == len(theirs):
        return [one([a], [b], [c]) for a, b, c in zip(base, ours, theirs, strict=True)]
    return [one(base, ours, theirs)]


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

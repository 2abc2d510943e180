"""Values above a flat list, which every project of it has: `单位：万元`, the year of its title."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.report import Place, Role


class Caption(NamedTuple):
    """A value above a flat list that every project of it has."""

    field: str
    label: str
    text: str
    place: Place


class Piece(NamedTuple):
    """A piece of a line above a list: what it is, and what it says of the list's projects."""

    role: Role
    text: str
    caption: Caption | None = None


def pieces(text: str, place: Place, words: Vocabulary) -> Iterator[Piece]:
    """The pieces of a line above a flat list."""
    for piece, inline in words.meaning(text).inlines:
        if inline is not None:
            caption = Caption(inline.entry.path, inline.label.strip(), inline.value.strip(), place)
            yield Piece(Role.label, piece, caption)
        elif words.meaning(piece).is_title:
            year = words.meaning(piece).year
            yield Piece(Role.boilerplate, piece, Caption("year", "", year, place) if year else None)
        else:
            yield Piece(Role.outside, piece)

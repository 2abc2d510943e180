"""Values above a flat list, which every project of it has: `单位：万元`, the year of its title."""

from collections.abc import Iterator
from typing import NamedTuple

from perfdoc.extraction.result.claims import Findings, quoted
from perfdoc.extraction.vocabulary.keys import named
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.report import Place, Role, Severity
from perfdoc.texts import say


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
    """The pieces of a line above a form or a list. One that is not known is `unclaimed` beside one that is."""
    found = words.meaning(text).inlines
    known = any(inline is not None for _, inline in found)
    for piece, inline in found:
        own = words.own_label(piece) if known and inline is None else None
        if inline is not None:
            caption = Caption(inline.entry.path, named(inline.label), inline.value.strip(), place)
            yield Piece(Role.label, piece, caption)
        elif words.meaning(piece).is_title:
            year = words.meaning(piece).year
            yield Piece(Role.boilerplate, piece, Caption("year", "", year, place) if year else None)
        elif own is not None:
            yield Piece(Role.label, piece, Caption("", named(own[0]), own[1].strip(), place))
        else:
            yield Piece(Role.unclaimed if known else Role.outside, piece)


def claim(piece: Piece, place: Place, findings: Findings) -> None:
    """Claim a piece of a line above a list; one that nothing was made of is told."""
    findings.claim(piece.role, place, piece.text)
    if piece.role is Role.unclaimed:
        message = say("extraction.not_placed", text=quoted(piece.text))
        findings.doubt("PD041", Severity.warning, message, place, piece.text)

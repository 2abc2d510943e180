"""What stands around the forms of a file and is part of none: told stretch by stretch, and counted where it is long."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import NamedTuple

from perfdoc.extraction.result.claims import quoted
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Block, Grid, Layout, Paragraph
from perfdoc.report import Claim, Diagnostic, Place, Reading, Role, Severity
from perfdoc.texts import say

OUTSIDE = "PD052"
"""Text around forms; a warning, or an info for other chapters."""
LONG = 1_000
"""Characters of a stretch that is a chapter of a longer document, not a note or a table beside a form."""
_QUOTED = 200
_SAID_ELSEWHERE = ("footnote", "endnote", "comment")
_ABOUT_TABLES = ("PD046", "PD050")


class _Piece(NamedTuple):
    """A block with its claims."""

    block: Block
    claims: Sequence[Claim]

    @property
    def is_outside(self) -> bool:
        roles = {claim.role for claim in self.claims}
        return Role.outside in roles and not roles - {Role.outside, Role.boilerplate}

    @property
    def is_of_form(self) -> bool:
        roles = (Role.value, Role.extra)
        return any(claim.role in roles and claim.path[:1] == ("projects",) for claim in self.claims)

    @property
    def text(self) -> str:
        return "\n".join(claim.text for claim in self.claims)


def told(reading: Reading, layout: Layout, words: Vocabulary, known: Sequence[str]) -> Reading:
    """The reading with a diagnostic for what is outside; texts that are known, and page numbers, are boilerplate."""
    outside = Role.outside
    if not reading.document.projects or all(claim.role is not outside for claim in reading.claims):
        return reading
    accepted = [_pattern(one) for one in known]
    claims = tuple(_accepted(claim, accepted, words) for claim in reading.claims)
    said = {one.place._replace(row=0, column=0) for one in reading.diagnostics if one.code in _ABOUT_TABLES}
    said |= {one.place for one in reading.diagnostics if one.code == "PD041"}
    stretches = _diagnostics(list(_pieces(layout, claims)), words)
    found = [one for one in stretches if one.place._replace(row=0, column=0) not in said]
    ordered = tuple(sorted((*reading.diagnostics, *found), key=lambda one: one.place.order))
    return replace(reading, claims=claims, diagnostics=ordered)


def _pattern(known: str) -> re.Pattern[str]:
    parts = ("".join(part.split()) for part in known.split("*"))
    return re.compile(".*".join(map(re.escape, parts)), re.DOTALL)


def _accepted(claim: Claim, known: Sequence[re.Pattern[str]], words: Vocabulary) -> Claim:
    if claim.role is not Role.outside:
        return claim
    plain = "".join(claim.text.split())
    number = not claim.place.row and words.numbers_page(plain)
    printed = number or words.meaning(claim.text).is_title or words.is_sealed(claim.text)
    if printed or any(one.fullmatch(plain) for one in known):
        return claim._replace(role=Role.boilerplate)
    return claim


def _pieces(layout: Layout, claims: Sequence[Claim]) -> Iterator[_Piece]:
    """The blocks that hold text, each with its claims."""
    by_place: dict[Place, list[Claim]] = {}
    for claim in claims:
        by_place.setdefault(claim.place, []).append(claim)
    for block in layout.blocks:
        places = [block.place] if isinstance(block, Paragraph) else [place for place, _ in block.placed()]
        found = [claim for place in places for claim in by_place.get(place, ())]
        top = _Piece(block, _above(found) if isinstance(block, Grid) else ())
        if top.is_outside and len(top.claims) < len(found):
            yield top
            found = found[len(top.claims) :]
        if found:
            yield _Piece(block, found)


def _above(claims: Sequence[Claim]) -> Sequence[Claim]:
    """The claims of the rows of a grid above its form, a sheet's title and what stands beside it."""
    rows = list(takewhile(lambda one: one.role in (Role.outside, Role.boilerplate), claims))
    return rows if any(one.role is Role.outside for one in rows) else ()


def _diagnostics(pieces: Sequence[_Piece], words: Vocabulary) -> Iterator[Diagnostic]:
    sheets = {piece.block.place.sheet for piece in pieces if piece.is_of_form}
    chapters: list[_Piece] = []
    for is_near, stretch in _stretches(pieces, words):
        size = sum(len("".join(piece.text.split())) for piece in stretch)
        is_chapter = not is_near and (size > LONG or words.beginning("chapters", stretch[0].text))
        if not is_chapter and stretch[0].block.place.sheet in sheets:
            yield _of_stretch(stretch)
        else:
            chapters += stretch
    if chapters:
        size = sum(len("".join(piece.text.split())) for piece in chapters)
        text = chapters[0].text
        message = say("extraction.outside.chapters", size=size, text=quoted(text))
        yield Diagnostic(OUTSIDE, Severity.info, message, _place(chapters[0]), chapters[0].claims[0].text)


def _is_heading(line: Paragraph, words: Vocabulary) -> bool:
    return line.outline > 0 or any(words.beginning(one, line.text) for one in ("chapters", "sections"))


def _of_stretch(stretch: Sequence[_Piece]) -> Diagnostic:
    text = "\n".join(piece.text for piece in stretch)
    key = "extraction.outside.table" if isinstance(stretch[0].block, Grid) else "extraction.outside.text"
    message = say(key, text=quoted(text, _QUOTED))
    return Diagnostic(OUTSIDE, Severity.warning, message, _place(stretch[0]), stretch[0].claims[0].text)


def _place(piece: _Piece) -> Place:
    return piece.claims[0].place


def _stretches(pieces: Sequence[_Piece], words: Vocabulary) -> Iterator[tuple[bool, list[_Piece]]]:
    """What stands together outside, and whether right behind a form; a chapter's heading ends what is near a form."""
    stretch: list[_Piece] = []
    near = False
    part = ""
    for piece in pieces:
        block = piece.block
        story = block.story if isinstance(block, Paragraph) else "body"
        if story in _SAID_ELSEWHERE:
            continue
        where = f"{block.place.part} {block.place.sheet}"
        ends = stretch and (where != part or not piece.is_outside)
        heads = piece.is_outside and isinstance(block, Paragraph) and _is_heading(block, words)
        if ends or (heads and near and stretch):
            yield near, stretch
            stretch = []
        part = where
        if piece.is_outside:
            near = near and not heads
            stretch.append(piece)
        else:
            near = piece.is_of_form or near
    if stretch:
        yield near, stretch

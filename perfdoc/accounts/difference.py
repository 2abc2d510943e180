"""What a Layout holds against what was claimed of it: law 1 as a computation.

A text that holds nothing but white space is no text: it needs no claim, and a claim of it counts for nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from perfdoc.layout import Layout, Paragraph
from perfdoc.report import Claim, Diagnostic, Place, Severity
from perfdoc.texts import say
from perfdoc.visible import fitted

DIFFERS = "PD049"
"""The account of a file does not add up: a fault of perfdoc, which could otherwise lose a text without a word."""


class Kind(StrEnum):
    """How an account can fail to add up."""

    missing = "missing"
    """A text that the file holds was claimed by nobody."""
    surplus = "surplus"
    """A claim says a text that does not stand at its place, or that was claimed there before."""


class Difference(NamedTuple):
    """A piece of text over which the file and the claims disagree."""

    kind: Kind
    place: Place
    text: str

    def diagnostic(self) -> Diagnostic:
        """The difference as an error that quotes the text."""
        quoted = f"“{fitted(self.text, 40)}”"
        key = "accounts.missing" if self.kind is Kind.missing else "accounts.surplus"
        return Diagnostic(DIFFERS, Severity.error, say(key, quoted=quoted), self.place, self.text)


class Piece(NamedTuple):
    """A stretch of a text and its claim, None where it has none. White space between two pieces has none."""

    text: str
    claim: Claim | None


def held(layout: Layout) -> Iterator[tuple[Place, str]]:
    """Every text of a Layout with its place, in its order: paragraphs of all stories, cells shown and hidden."""
    for block in layout.blocks:
        if isinstance(block, Paragraph):
            if block.text and not block.text.isspace():
                yield block.place, block.text
            continue
        place_of = block.place_of
        for row in block.rows:
            for cell in row.cells:
                text = cell.text
                if text and not text.isspace():
                    yield place_of(cell), text


def divide(text: str, claims: Sequence[Claim]) -> tuple[list[Piece], list[Claim]]:
    """A text cut into its claims, in their order, and the claims that do not stand in it.

    The pieces joined are the text. Where two labelled pieces share a line, each is found after the one before it.
    """
    pieces: list[Piece] = []
    surplus: list[Claim] = []
    end = 0
    for claim in claims:
        start = text.find(claim.text, end) if claim.text else -1
        if start < 0:
            surplus.append(claim)
            continue
        if start > end:
            pieces.append(Piece(text[end:start], None))
        pieces.append(Piece(claim.text, claim))
        end = start + len(claim.text)
    if end < len(text):
        pieces.append(Piece(text[end:], None))
    return pieces, surplus


def differences(texts: Iterable[tuple[Place, str]], claims: Iterable[Claim]) -> tuple[Difference, ...]:
    """What a file holds (`held`) and no claim has, and what claims have and it does not hold. Empty by law 1."""
    claimed: dict[Place, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.text and not claim.text.isspace():
            claimed[claim.place].append(claim)
    standing: dict[Place, list[str]] = defaultdict(list)
    for place, text in texts:
        standing[place].append(text)
    found = [one for place, there in standing.items() for one in _at(place, there, claimed.pop(place, []))]
    found += (Difference(Kind.surplus, one.place, one.text) for left in claimed.values() for one in left)
    return tuple(found)


def _at(place: Place, texts: list[str], claims: list[Claim]) -> Iterator[Difference]:
    """One place: whole texts first, each against one claim; then what is left is looked for in pieces."""
    if len(texts) == len(claims) == 1 and texts[0] == claims[0].text:
        return
    whole = Counter(texts) & Counter(claim.text for claim in claims)
    in_claims = Counter(whole)
    left: list[Claim] = []
    for claim in claims:
        if in_claims[claim.text] > 0:
            in_claims[claim.text] -= 1
        else:
            left.append(claim)
    for text in texts:
        if whole[text] > 0:
            whole[text] -= 1
            continue
        pieces, left = divide(text, left)
        for piece in pieces:
            if piece.claim is None and not piece.text.isspace():
                yield Difference(Kind.missing, place, piece.text.strip())
    for claim in left:
        yield Difference(Kind.surplus, place, claim.text)

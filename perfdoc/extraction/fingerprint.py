"""The fingerprint of a file's layout: its labels in order, with the cells that they stand among, whatever it says.

Two files of one bureau's form have one, whatever their values, years, numbers of indicators and projects, and
whichever program saved them; a label or a column more is another. It is taken of what a file reads as before any form
was learnt from it, so that what a learnt form says of its labels doesn't change it.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from perfdoc.extraction.vocabulary.dated import dated
from perfdoc.extraction.vocabulary.keys import key, named
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Layout, Paragraph
from perfdoc.report import Claim, Place, Role

_YEAR = re.compile(r"20\d\d年?度?")
_HIDDEN, _OTHER = "^", ""
_OF_FORM = (Role.value, Role.extra)
_BODY = ("body", "textbox")


def fingerprint(layout: Layout, claims: Iterable[Claim], words: Vocabulary) -> str:
    """16 hexadecimal digits. `claims` are those of a reading by `words` alone, where no form's table was found.

    Of a table each row with a label counts: the labels and, between them, the cells that are none, with those that a
    merge hides told apart; the width of a cell doesn't count, since programs cut the grid as they like. Rows that
    stand again (of another project, or below a page's end) count once.
    """
    by_place: dict[Place, list[Claim]] = {}
    for claim in claims:
        by_place.setdefault(claim.place, []).append(claim)
    rows = dict.fromkeys(row for row in _rows(layout, by_place, words) if any(cell.strip(_HIDDEN) for cell in row))
    return hashlib.sha256(repr([*rows]).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _rows(layout: Layout, claims: Mapping[Place, Sequence[Claim]], words: Vocabulary) -> Iterator[tuple[str, ...]]:
    for block in layout.blocks:
        if isinstance(block, Paragraph):
            if block.story in _BODY:
                yield tuple(_labels(claims.get(block.place, ()), words))
        elif any(one.role in _OF_FORM for place, _ in block.placed() for one in claims.get(place, ())):
            for row in block.rows:
                cells = zip(row.cells, block.places_of(row.cells), strict=True)
                yield tuple(
                    _HIDDEN if cell.continues else " ".join(_labels(claims.get(at, ()), words)) for cell, at in cells
                )


def _labels(claims: Iterable[Claim], words: Vocabulary) -> Iterator[str]:
    """The labels in a cell or a line, those with their values behind them among them."""
    for claim in claims:
        label = _label(claim, words)
        if label:
            yield _YEAR.sub("", dated(key(label) or named(label)))


def _label(claim: Claim, words: Vocabulary) -> str:
    if claim.role is Role.label:
        return claim.text
    if claim.role not in _OF_FORM or len(claim.path) < 3 or claim.path[2] == "indicators":
        return ""
    inline = words.meaning(claim.text).inline
    if inline is not None:
        return inline.label
    own = str(claim.path[-1])
    return own if claim.role is Role.extra and named(claim.text).startswith(own) else ""

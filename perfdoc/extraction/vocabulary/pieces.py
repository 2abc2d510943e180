"""A line cut into pieces that may each be a label with its value."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

COLON = re.compile(r"[:：]")
_GAP = re.compile(r"[ \u3000\xa0\t\n]+")
_WIDE_GAP = re.compile(r"[ \u3000\xa0]{3,}|.*[\t\n]", re.DOTALL)
_BEHIND_GAP = 60
"""Characters behind a gap that may be a label with its value."""
_JOINED = (4, 12)
"""How many characters a label has that is looked for inside of a text."""
_Is = Callable[[str], bool]


def pieces(text: str, is_inline: _Is, is_label: _Is, *, joined: bool = True) -> Iterator[str]:
    """A line cut at its wide gaps, and before labels, also `joined` ones.

    `is_inline` says whether a text is a label with its value, `is_label` whether it is the label of a value.
    """
    start = 0
    for gap in _GAP.finditer(text):
        behind = text[gap.end() : gap.end() + _BEHIND_GAP]
        if _WIDE_GAP.fullmatch(gap[0]) or (
            is_inline(behind) and not is_label(text[start : gap.end()] + _label(behind))
        ):
            yield from _run_together(text[start : gap.start()], is_inline, is_label, joined=joined)
            start = gap.end()
    yield from _run_together(text[start:], is_inline, is_label, joined=joined)


def _label(text: str) -> str:
    """What stands before the first colon: 注 of `备 注：`, which is one label."""
    return COLON.split(text, maxsplit=1)[0]


def _run_together(piece: str, is_inline: _Is, is_label: _Is, *, joined: bool) -> Iterator[str]:
    """A piece cut before each label that a lost gap joined to the value before it: 某医院填报日期：2022年."""
    cuts = [0]
    if joined and is_inline(piece):
        first, *more = (colon.start() for colon in COLON.finditer(piece))
        shortest, longest = _JOINED
        for colon in more:
            starts = range(max(first, cuts[-1], colon - longest) + 1, colon - shortest + 1)
            cuts += next(([start] for start in starts if is_label(piece[start:colon])), [])
    return (piece[a:b] for a, b in pairwise([*cuts, len(piece)]))

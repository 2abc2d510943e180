"""Where two texts differ: line against line, and within a line the characters."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

_LONGEST = 600  # characters (or lines) between what is common at both ends that are compared closely
_SIGN = re.compile(r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*|.", re.S)
_SHORTEST = 2  # a stretch in common between two changes that is shorter than this is noise


class Piece(NamedTuple):
    """A stretch of a text, and whether the other text has it."""

    text: str
    changed: bool


def pieces(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts cut into what they share and what they don't; joined they are the texts. A number is one sign."""
    before, after = _SIGN.findall(old), _SIGN.findall(new)
    head, tail = _ends(before, after)
    ours, theirs = before[head : len(before) - tail], after[head : len(after) - tail]
    same = Piece("".join(before[:head]), False)
    left, right = [same], [same]
    blocks: list[tuple[int, int, int]] = []
    if 0 < len(ours) <= _LONGEST and 0 < len(theirs) <= _LONGEST:
        matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
        blocks = [(block.a, block.b, block.size) for block in matcher.get_matching_blocks() if block.size >= _SHORTEST]
    at, there = 0, 0
    for a, b, size in [*blocks, (len(ours), len(theirs), 0)]:
        left += [Piece("".join(ours[at:a]), True), Piece("".join(ours[a : a + size]), False)]
        right += [Piece("".join(theirs[there:b]), True), Piece("".join(theirs[b : b + size]), False)]
        at, there = a + size, b + size
    same = Piece("".join(before[len(before) - tail :]) if tail else "", False)
    return [piece for piece in (*left, same) if piece.text], [piece for piece in (*right, same) if piece.text]


def lines(old: str, new: str) -> list[tuple[str | None, str | None]]:
    """The lines of both side by side: equal ones, changed ones, and those of one side only (None on the other)."""
    ours, theirs = _split(old), _split(new)
    if max(len(ours), len(theirs)) > _LONGEST:
        return [*((line, None) for line in ours), *((None, line) for line in theirs)]
    found: list[tuple[str | None, str | None]] = []
    for _, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        for step in range(max(b - a, d - c)):
            left = ours[a + step] if a + step < b else None
            found.append((left, theirs[c + step] if c + step < d else None))
    return found


def _split(text: str) -> list[str]:
    return text.split("\n") if text else []


def _ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How much is the same at the beginning, and at the end of what is left."""
    most = min(len(old), len(new))
    head = next((at for at in range(most) if old[at] != new[at]), most)
    most -= head
    tail = next((at for at in range(most) if old[-1 - at] != new[-1 - at]), most)
    return head, tail

"""Changes of a part's bytes."""

from collections.abc import Iterable
from typing import NamedTuple


class Edit(NamedTuple):
    """Bytes to stand in the place of those from `start` to `end`."""

    start: int
    end: int
    data: bytes


def spliced(data: bytes, edits: Iterable[Edit]) -> bytes:
    """The bytes with all edits made, in one pass. Those inside a stretch that goes as a whole go with it.

    Raises ValueError for edits that overlap.
    """
    pieces: list[bytes] = []
    at = 0
    gone = 0
    for edit in sorted(edits, key=lambda each: (each.start, each.start != each.end, -each.end)):
        if edit.start < at:
            if edit.end <= gone:
                continue
            raise ValueError(edit)
        pieces += (data[at : edit.start], edit.data)
        at = edit.end
        if not edit.data:
            gone = edit.end
    return b"".join((*pieces, data[at:]))

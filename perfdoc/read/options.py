"""What a caller may choose about reading a file."""

from __future__ import annotations

from typing import Literal, NamedTuple

TrackChanges = Literal["accept", "reject", "fail"]


class Options(NamedTuple):
    """How a file is to be read.

    `track_changes` says what tracked insertions, deletions and moves become: the text as if all were
    accepted, as if all were rejected, or a ContentLostError as soon as there is one.
    """

    track_changes: TrackChanges = "accept"

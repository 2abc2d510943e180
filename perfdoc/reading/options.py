"""What a caller may choose about reading a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from perfdoc.office import Convert

if TYPE_CHECKING:
    from perfdoc.reading.sources import Sources

TrackChanges = Literal["accept", "reject", "fail"]


TOOL_SECONDS = 25.0
"""Seconds that a helper program (LibreOffice) may take for a file; what it makes must still be read within 30."""


class Options(NamedTuple):
    """How a file is to be read.

    `track_changes` says what tracked insertions, deletions and moves become: the text as if all were
    accepted, as if all were rejected, or a ContentLostError as soon as there is one. `convert` converts what only
    LibreOffice understands. `sources`, where given, takes down what wrote each text of a Word file.
    """

    track_changes: TrackChanges
    convert: Convert
    sources: Sources | None = None

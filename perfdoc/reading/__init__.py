"""Bytes of a file → Layout. What a file is shows in its content, never in its name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast, get_args

from perfdoc.errors import UnreadableError, UsageError
from perfdoc.layout import Layout
from perfdoc.office import Convert, Converter
from perfdoc.reading import codes
from perfdoc.reading.formats import FORMATS, format_of
from perfdoc.reading.options import TOOL_SECONDS, Options, TrackChanges
from perfdoc.reading.sniff import Content, why_unreadable
from perfdoc.report import Diagnostic, Place, Severity
from perfdoc.texts import listed, say

if TYPE_CHECKING:
    from perfdoc.reading.sources import Sources

__all__ = ["FORMATS", "Options", "kind_of", "read", "read_by"]


def kind_of(data: bytes) -> str:
    """The kind (a `Format.kind`) that the bytes are of, or `""`."""
    found = format_of(Content(data))
    return found.kind if found else ""


def read(data: bytes, file: str, *, track_changes: str = "accept", tool_seconds: float = TOOL_SECONDS) -> Layout:
    """Read the bytes of a file; `file` is the name that places and messages carry.

    `tool_seconds` is the time that a helper program (LibreOffice) may take.

    Raises UnreadableError (not a sound file of a known kind, encrypted, over a limit), ContentLostError
    (`track_changes="fail"` and the file has tracked changes), ToolError (a helper program is missing or
    failed), UsageError (no such policy). The message starts with the file's name and is one line.
    """
    return read_by(data, file, track_changes, Converter(tool_seconds))


def read_by(data: bytes, file: str, track_changes: str, convert: Convert, sources: Sources | None = None) -> Layout:
    """`read`, with a converter that other files may have a part in; `sources` takes down what wrote each text."""
    if track_changes not in get_args(TrackChanges):
        raise UsageError(say("reading.policy", given=track_changes))
    content = Content(data)
    found = format_of(content)
    if found is None:
        raise UnreadableError(f"{file}: {why_unreadable(data)}")
    layout = found.reader()(data, file, Options(cast(TrackChanges, track_changes), convert, sources))
    if parts := content.repeated:
        message = say("reading.repeated", parts=listed(parts[:5]))
        notice = Diagnostic(codes.DAMAGED, Severity.warning, message, Place(file))
        return replace(layout, diagnostics=(notice, *layout.diagnostics))
    return layout

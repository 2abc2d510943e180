"""Bytes of a file → Layout. What a file is shows in its content, never in its name."""

from __future__ import annotations

from dataclasses import replace
from typing import cast, get_args

from perfdoc import errors
from perfdoc.layout import Layout
from perfdoc.reading import codes
from perfdoc.reading.formats import FORMATS, format_of
from perfdoc.reading.options import TOOL_SECONDS, Options, TrackChanges
from perfdoc.reading.sniff import Content, why_unreadable
from perfdoc.report import Diagnostic, Place, Severity

__all__ = ["FORMATS", "Options", "kind_of", "read"]


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
    if track_changes not in get_args(TrackChanges):
        raise errors.UsageError(f"track_changes is {track_changes!r}, not one of accept, reject, fail")
    content = Content(data)
    found = format_of(content)
    if found is None:
        raise errors.UnreadableError(f"{file}: {why_unreadable(data)}")
    layout = found.reader()(data, file, Options(cast(TrackChanges, track_changes), tool_seconds))
    if parts := content.repeated:
        message = f"the file holds {', '.join(parts[:5])} more than once, with different contents; the first is read"
        notice = Diagnostic(codes.DAMAGED, Severity.warning, message, Place(file))
        return replace(layout, diagnostics=(notice, *layout.diagnostics))
    return layout

"""Bytes of a file → Layout. What a file is shows in its content, never in its name.

A new format is one function `read(data: bytes, file: str, options: Options) -> Layout` and one row in
`READERS`. The first row whose `sniff` says yes reads the file; a reader's module is imported only then.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import NamedTuple, cast, get_args

from perfdoc import errors
from perfdoc.layout import Layout
from perfdoc.reading import sniff
from perfdoc.reading.options import TOOL_SECONDS, Options, TrackChanges

__all__ = ["READERS", "Options", "Reader", "kind_of", "read"]


class Reader(NamedTuple):
    """A row of the table: the kind's name, how its bytes are known, and `module:function` that reads it."""

    kind: str
    sniff: Callable[[bytes], bool]
    function: str


READERS: tuple[Reader, ...] = (
    Reader("docx", sniff.is_docx, "perfdoc.reading.docx:read"),
    Reader("xlsx", sniff.is_xlsx, "perfdoc.reading.xlsx:read"),
    Reader("odt", sniff.is_odt, "perfdoc.reading.office:read"),
    Reader("ods", sniff.is_ods, "perfdoc.reading.office:read_sheets"),
    Reader("xlsb", sniff.is_xlsb, "perfdoc.reading.office:read_sheets"),
    Reader("xls", sniff.is_xls, "perfdoc.reading.xls:read"),
    Reader("doc", sniff.is_doc, "perfdoc.reading.office:read"),
    Reader("rtf", sniff.is_rtf, "perfdoc.reading.office:read"),
    Reader("flat-opc", sniff.is_flat_opc, "perfdoc.reading.flat_opc:read"),
    Reader("word2003-xml", sniff.is_word2003_xml, "perfdoc.reading.word2003:read"),
    Reader("excel2003-xml", sniff.is_excel2003_xml, "perfdoc.reading.office:read_sheets"),
    Reader("html", sniff.is_html, "perfdoc.reading.html:read"),
    Reader("txt", sniff.is_text, "perfdoc.reading.text:read"),
)
"""All kinds of files that can be read, in the order in which they are tried."""


def kind_of(data: bytes) -> str:
    """The kind (a `Reader.kind`) that the bytes are of, or `""`."""
    row = _row_of(data)
    return row.kind if row else ""


def read(data: bytes, file: str, *, track_changes: str = "accept", tool_seconds: float = TOOL_SECONDS) -> Layout:
    """Read the bytes of a file; `file` is the name that places and messages carry.

    `tool_seconds` is the time that a helper program (LibreOffice) may take.

    Raises UnreadableError (not a sound file of a known kind, encrypted, over a limit), ContentLostError
    (`track_changes="fail"` and the file has tracked changes), ToolError (a helper program is missing or
    failed), UsageError (no such policy). The message starts with the file's name and is one line.
    """
    if track_changes not in get_args(TrackChanges):
        raise errors.UsageError(f"track_changes is {track_changes!r}, not one of accept, reject, fail")
    row = _row_of(data)
    if row is None:
        raise errors.UnreadableError(f"{file}: {sniff.why_unreadable(data)}")
    module, _, function = row.function.partition(":")
    reader = getattr(importlib.import_module(module), function)
    layout: Layout = reader(data, file, Options(cast(TrackChanges, track_changes), tool_seconds))
    return layout


def _row_of(data: bytes) -> Reader | None:
    return next((row for row in READERS if row.sniff(data)), None)

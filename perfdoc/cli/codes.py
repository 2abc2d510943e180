"""Exit codes. What a run of many files returns is the worst of them, never a sum; a higher number is worse."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from perfdoc.errors import ConflictError, ContentLostError, PerfdocError, UsageError

INTERRUPTED = 130
"""Ctrl-C, as a shell reports it: 128 + SIGINT."""
BROKEN_PIPE = 141
"""The reader of our output went away (`perfdoc inspect x.docx | head`): 128 + SIGPIPE."""


class Code(IntEnum):
    """How a run ended."""

    clean = 0
    findings = 1
    """Findings or differences; a file that exists differs and was left alone."""
    usage = 2
    """The command can't be carried out as given, whatever the files hold; an output that can't be written."""
    unreadable = 3
    """An input is missing, damaged, of another kind, or not recognised; a helper program failed on it."""
    lost = 4
    """Going on would have lost content; nothing was written."""
    bug = 70
    """A fault of perfdoc itself (EX_SOFTWARE of sysexits.h)."""


def code_of(error: Exception) -> Code:
    """The code that an exception ends a run with."""
    if isinstance(error, UsageError):
        return Code.usage
    if isinstance(error, ConflictError):
        return Code.findings
    if isinstance(error, ContentLostError):
        return Code.lost
    if isinstance(error, (PerfdocError, OSError, MemoryError)):
        return Code.unreadable
    return Code.bug


def worst(codes: Iterable[int]) -> Code:
    """The worst of many codes; clean for none."""
    return Code(max(codes, default=Code.clean))

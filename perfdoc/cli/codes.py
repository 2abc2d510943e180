"""Exit codes: which there are, and which one an exception ends a run with.

What a run of many files returns is the worst of them, never a sum; a higher number is worse.
"""

from collections.abc import Iterable
from enum import IntEnum

from perfdoc import errors

INTERRUPTED = 130
"""Ctrl-C, as a shell reports it: 128 + SIGINT."""
BROKEN_PIPE = 141
"""The reader of our output went away (`perfdoc inspect x.docx | head`): 128 + SIGPIPE."""


class Code(IntEnum):
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


_ENDINGS: tuple[tuple[type[Exception], Code, str], ...] = (
    (errors.UsageError, Code.usage, "usage"),
    (errors.ConflictError, Code.findings, "conflict"),
    (errors.ContentLostError, Code.lost, "lost"),
    (errors.NotRecognisedError, Code.unreadable, "not-recognised"),
    (errors.SpecError, Code.unreadable, "spec"),
    (errors.FormError, Code.unreadable, "form"),
    (errors.ToolError, Code.unreadable, "tool"),
    (errors.PerfdocError, Code.unreadable, "unreadable"),
    (OSError, Code.unreadable, "unreadable"),
    (MemoryError, Code.unreadable, "unreadable"),
    (Exception, Code.bug, "bug"),
)
"""What an exception ends a run with, and its word under `--format json`; the first row that fits."""


def code_of(error: Exception) -> Code:
    return next(code for kind, code, _ in _ENDINGS if isinstance(error, kind))


def word_of(error: Exception) -> str:
    """The `code` that an exception has among diagnostics in JSON."""
    return next(word for kind, _, word in _ENDINGS if isinstance(error, kind))


def worst(codes: Iterable[int]) -> Code:
    return Code(max(codes, default=Code.clean))

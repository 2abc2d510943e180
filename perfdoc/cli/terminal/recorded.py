"""What is said of a document where it is worked on, kept to be said by the run in its turn."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, NamedTuple

from perfdoc.cli.terminal.printing import Printer

Said = str | bytes | dict[str, Any]
"""Something for standard error (a text, or an object of the JSON array) or, as bytes, for standard output."""


class Voice(NamedTuple):
    """How a run speaks: its format, and which of its standard streams are terminals, where colours may go."""

    format: str
    out: bool
    err: bool
    quiet: bool = False

    @classmethod
    def of(cls, printer: Printer) -> Voice:
        return cls(printer.format, sys.stdout.isatty(), sys.stderr.isatty(), printer.quiet)


class Recorder(Printer):
    """A Printer that keeps all that it is told to say."""

    def __init__(self, voice: Voice) -> None:
        super().__init__()
        self.format, self.quiet = voice.format, voice.quiet
        self._kept: list[Said] = []

    def take(self) -> tuple[Said, ...]:
        kept, self._kept = tuple(self._kept), []
        return kept

    def bytes(self, content: bytes) -> None:
        self._kept.append(content)

    def object(self, found: dict[str, Any]) -> None:
        self._kept.append(found)

    def text(self, text: str) -> None:
        self._kept.append(text)


class _Stream:
    """A stream of this process that calls itself a terminal where that of the run is one."""

    def __init__(self, stream: Any, terminal: bool) -> None:
        self._stream, self._terminal = stream, terminal

    def isatty(self) -> bool:
        return self._terminal

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def recorder(voice: Voice) -> Recorder:
    """A Recorder for the process that does a run's work; texts are made there for the terminals of the run."""
    if (sys.stdout.isatty(), sys.stderr.isatty()) != (voice.out, voice.err):
        sys.stdout = _Stream(sys.stdout, voice.out)
        sys.stderr = _Stream(sys.stderr, voice.err)
    return Recorder(voice)


def replay(printer: Printer, said: Sequence[Said]) -> None:
    for one in said:
        if isinstance(one, bytes):
            printer.bytes(one)
        elif isinstance(one, str):
            printer.text(one)
        else:
            printer.object(one)

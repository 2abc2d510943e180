"""The limits of a file's work in the process of the command, and its last words where the work can't be interrupted."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import click

from perfdoc.cli.codes import Code
from perfdoc.cli.terminal.printing import Printer
from perfdoc.jobs import bounds
from perfdoc.jobs.bounds import GiveUp, OverrunError
from perfdoc.jobs.limits import SECONDS, Limits


@contextmanager
def bounded(name: str, seconds: float = SECONDS) -> Iterator[None]:
    """Raise UnreadableError, which names the file, for work that takes longer than `seconds` or too much memory."""
    context = click.get_current_context(silent=True)
    printer = context.obj if context is not None else None
    with bounds.bounded(name, Limits(seconds), giving_up(printer) if isinstance(printer, Printer) else None):
        yield


def giving_up(printer: Printer) -> GiveUp:
    """End the command with the message and the exit code that an interruption would have given.

    Files that were to follow are not read: only another process could go on, and a run over many files (`-r`) has
    those.
    """

    def end(error: OverrunError) -> None:
        try:
            printer.failure(error)
            printer.finish()
        finally:
            os._exit(Code.unreadable)

    return end

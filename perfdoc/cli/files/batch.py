"""Work on files in the process of the command: one that fails never stops the rest, and each is held to limits."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

import click

from perfdoc.cli.codes import Code
from perfdoc.cli.files.inputs import name_of
from perfdoc.cli.terminal.printing import Printer
from perfdoc.jobs import bounds
from perfdoc.jobs.bounds import GiveUp, OverrunError
from perfdoc.jobs.limits import SECONDS, Limits

if TYPE_CHECKING:
    from perfdoc.jobs.guard import Lost

Item = TypeVar("Item")


def attempt(printer: Printer, item: Item, work: Callable[[Item], int]) -> int:
    """The code of `work(item)`, or of the failure that ended it; the failure is said, with the item's name."""
    try:
        return work(item)
    except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
        raise
    except Exception as error:
        return printer.failure(error, name_of(str(item)))


def each(printer: Printer, items: Sequence[Item], work: Callable[[Item], int]) -> list[int]:
    return [attempt(printer, item, work) for item in printer.progress.over(items)]


def lost(printer: Printer, result: Lost, name: str) -> Code:
    """Say why no result came of an item, and return the code for it."""
    word, code = ("bug", Code.bug) if result.bug else ("unreadable", Code.unreadable)
    printer.ended(word, f"{name}: {result.why}", name)
    return code


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

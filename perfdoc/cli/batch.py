"""Many files in one run: one that fails never stops the rest, and the worst code is the run's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

import click

from perfdoc.cli.codes import Code
from perfdoc.cli.files.inputs import name_of
from perfdoc.cli.terminal.printing import Printer

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
    """The code of each item, one after the other, with a bar on a terminal."""
    return [attempt(printer, item, work) for item in printer.progress.over(items)]


def lost(printer: Printer, result: Lost, name: str) -> Code:
    """Say why no result came of an item, and return the code for it."""
    word, code = ("bug", Code.bug) if result.bug else ("unreadable", Code.unreadable)
    printer.ended(word, f"{name}: {result.why}", name)
    return code

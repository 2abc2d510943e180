"""Where a verb's output goes: to files, of which it says what became of each, or to standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from perfdoc.cli.terminal.printing import Printer
from perfdoc.errors import UsageError
from perfdoc.storage.writing import Outcome, write
from perfdoc.texts import say

if TYPE_CHECKING:
    from perfdoc.summary.tables import Table

STDOUT = "-"


def save(printer: Printer, files: Mapping[Path, bytes], *, force: bool = False, dry_run: bool = False) -> None:
    for path, outcome in write(files, force=force, dry_run=dry_run).items():
        printer.status(said(path, outcome, dry_run))


def said(path: Path | str, outcome: Outcome, dry_run: bool = False) -> str:
    """A line that says what became of a file."""
    return f"{path}: {say(f'cli.would_be.{outcome}' if dry_run else f'cli.was.{outcome}')}"


def put(
    printer: Printer,
    data: bytes | Iterable[str],
    output: Path | None,
    format_: str,
    *,
    force: bool = False,
    dry_run: bool = False,
) -> None:
    """Write a report to a file, and say what became of it, or to standard output."""
    data = data if isinstance(data, bytes) else "".join(data).encode("utf-8", "backslashreplace")
    if output is not None:
        save(printer, {output: data}, force=force, dry_run=dry_run)
    elif format_ == "xlsx":
        to_stdout(printer, data)
    else:
        printer.bytes(data)


def to_stdout(printer: Printer, content: bytes) -> None:
    """A file's bytes to standard output; UsageError where that is a terminal."""
    refuse_terminal()
    printer.bytes(content)


def as_workbook(tables: Sequence[Table]) -> bytes:
    from perfdoc.summary.workbook import workbook  # brings all of rendering, which no other format needs

    return workbook(tables)


def refuse_terminal() -> None:
    """Raise UsageError where standard output is a terminal, which the bytes of a file would only confuse."""
    if sys.stdout.isatty():
        raise UsageError(say("cli.to_a_terminal"))

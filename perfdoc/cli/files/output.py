"""Where a verb's output goes: to files or standard output; and its account of what it read (`--report`)."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from perfdoc.cli.files.inputs import name_of
from perfdoc.cli.terminal.printing import Printer, told
from perfdoc.errors import UsageError
from perfdoc.storage.writing import Outcome, write, write_pieces
from perfdoc.texts import listed, say

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


if TYPE_CHECKING:
    from perfdoc.accounts import Part, Report
    from perfdoc.importing.accounted import Accounted


class ReportFile:
    """What `--report` asks for: a file by its suffix, `-` for JSON on standard output, None for no report.

    A context manager. Raises UsageError for a suffix that no report has, and for a target that is an input.
    """

    def __init__(self, target: str | None, given: Iterable[str] = (), output: str = "") -> None:
        self.target = target
        self.style = style_of(target) if target is not None else ""
        self._report: Report | None = None
        self._files = 0
        if target is None:
            return
        if target == output == STDOUT:
            raise UsageError(say("cli.report.both"))
        for one in given:
            if target != STDOUT and os.path.exists(target) and os.path.exists(one) and os.path.samefile(one, target):  # noqa: PTH110, PTH121
                raise UsageError(say("cli.report.is_read", target=target))
        from perfdoc.accounts import STYLES, Report  # with all that reads: only where a report is asked for

        self._report = Report(STYLES[self.style])

    def part(self, found: Accounted) -> Part | None:
        """The part of a file that was read, to be `put`; None if no report was asked for."""
        if self._report is None:
            return None
        from perfdoc.importing.accounted import part_of

        return part_of(found, self.style, f"f{self._files + 1}")

    def fail(self, file: str, why: Exception | str) -> None:
        if self._report is not None:
            name = name_of(file)
            self._report.fail(name, why if isinstance(why, str) else told(why, name))
            self._files += 1

    def put(self, part: Part | None) -> None:
        if self._report is not None and part is not None:
            self._report.put(part)
            self._files += 1

    def write(self, printer: Printer) -> None:
        """Write the report over what stands there; nothing if none was asked for."""
        if self._report is None or self.target is None:
            return
        if self.target == STDOUT:
            for piece in self._report.pieces():
                printer.data(piece)
        else:
            write_pieces(Path(self.target), self._report.pieces())
            printer.status(say("cli.report.written", target=self.target, n=self._files))

    def __enter__(self) -> ReportFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._report is not None:
            self._report.close()


def style_of(target: str) -> str:
    """The style of a report by the name that it goes to; UsageError where no style has that suffix."""
    from perfdoc.accounts import STYLES

    suffix = "json" if target == STDOUT else target.rpartition(".")[2].lower()
    if suffix not in STYLES or (target != STDOUT and "." not in Path(target).name):
        raise UsageError(say("cli.report.suffix", target=target, known=listed(f".{name}" for name in STYLES)))
    return suffix

"""`perfdoc textconv`: a file as the text that git compares. It never fails: git would refuse to show anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from perfdoc.cli.bounded import bounded
from perfdoc.cli.codes import Code
from perfdoc.cli.terminal.printing import Printer
from perfdoc.jobs.limits import SECONDS

if TYPE_CHECKING:
    from perfdoc.layout import Layout

_SECONDS = 15.0  # for LibreOffice, where a file needs it


@click.command(
    epilog="""\b
Examples:
  perfdoc textconv received.docx
  perfdoc textconv received.xlsx | less
  perfdoc textconv specs/2023

`perfdoc git install` has git call it: git diff, git log -p and git show then read Word and Excel files.
One line for each indicator, below its project. A file without a performance-goal form is shown as its text,
one that can't be read as its size and its digest. Exit code 0 whatever the file is.""",
)
@click.argument("file")
@click.pass_obj
def textconv(printer: Printer, file: str) -> int:
    """Print FILE as the text that `git diff` is to compare."""
    printer.data(text_of(file))
    return Code.clean


def text_of(file: str) -> str:
    """The best text that can be had of a file; never an exception for what the file is."""
    from perfdoc.cli.files.inputs import bytes_of, is_spec_name

    try:
        if Path(file).is_dir():
            return _document(file)
        data = bytes_of(file)
    except Exception as error:
        return f"(perfdoc: {_reason(error)})\n"
    reason = ""
    name = Path(file).name  # git's own copy of a file has another folder each time
    for attempt in (_goals, _plain):
        try:
            return attempt(data, file if is_spec_name(file) else name)
        except Exception as error:
            reason = reason or _reason(error)
    return _opaque(data, reason)


def _goals(data: bytes, file: str) -> str:
    from perfdoc.cli.files.inputs import is_spec_name
    from perfdoc.comparison.goals import goals
    from perfdoc.extraction import extract
    from perfdoc.form_definition import forms
    from perfdoc.reading import kind_of, read

    if is_spec_name(file) and kind_of(data) in ("txt", ""):
        return _document(file)
    with bounded(file, SECONDS / 2):
        reading = extract(read(data, file, tool_seconds=_SECONDS), forms())
    return _joined(goals(reading.document))


def _document(file: str) -> str:
    from perfdoc.cli.files.sources import source
    from perfdoc.comparison.goals import goals

    return _joined(goals(source(file).reading.document))


def _plain(data: bytes, file: str) -> str:
    from perfdoc.reading import read

    with bounded(file, SECONDS / 2):
        return _joined(_lines(read(data, file, tool_seconds=_SECONDS)))


def _lines(layout: Layout) -> Iterator[str]:
    """Paragraphs as they are, a row of a table a line."""
    from perfdoc.layout import Paragraph

    for block in layout.blocks:
        if isinstance(block, Paragraph):
            yield block.text
            continue
        for row in block.rows:
            cells = [" ".join(cell.text.split("\n")) for cell in row.cells if not cell.continues]
            yield " | ".join(cells).rstrip(" |")


def _opaque(data: bytes, reason: str) -> str:
    """Something that differs where the bytes do."""
    from hashlib import sha256

    return f"(perfdoc: {reason})\n{len(data)} bytes, sha256 {sha256(data).hexdigest()}\n"


def _joined(lines: Iterator[str]) -> str:
    from perfdoc.visible import CONTROL

    keep: Callable[[str], str] = lambda line: CONTROL.sub(  # noqa: E731
        lambda found: "\t" if found[0] == "\t" else found[0].encode("unicode_escape").decode("ascii"), line
    )
    text = "\n".join(keep(part) for line in lines for part in line.split("\n")).strip("\n")
    return text + "\n" if text else "(perfdoc: no text in it)\n"


def _reason(error: Exception) -> str:
    from perfdoc.cli.terminal.printing import told

    return " ".join(told(error).split())

"""What is said of a pull: what was changed in each file, what became of the specs, what is in conflict."""

from __future__ import annotations

from perfdoc.cli.codes import Code
from perfdoc.cli.files.inputs import Given
from perfdoc.cli.files.output import said
from perfdoc.cli.terminal.printing import Printer
from perfdoc.cli.terminal.stretches import painted
from perfdoc.comparison import diff, plain
from perfdoc.merging import Combined
from perfdoc.model import Document
from perfdoc.storage.writing import write
from perfdoc.texts import say


def show(printer: Printer, old: Document, new: Document, name: str) -> None:
    """Say what was changed in a file, as `diff` does."""
    difference = diff(old, new)
    if not difference:
        printer.status(say("pulling.nothing", file=name))
        return
    for line in plain.text(difference):
        printer.data(painted(line))
    printer.status(plain.summary([difference]))


def write_out(printer: Printer, given: Given, made: Combined, dry_run: bool) -> int:
    """Write what became of the files, and say it; the exit code."""
    files = {given.folder / name: merged.text.encode() for name, merged in made.files.items()}
    for path, outcome in write(files, force=True, dry_run=dry_run).items():
        printer.status(said(path, outcome, dry_run))
    for name, merged in made.files.items():
        if merged.conflicts:
            printer.status(f"{given.folder / name}: {say('counts.conflicts', n=merged.conflicts)}")
    for first, second in made.displaced:
        printer.status(say("pulling.displaced", project=second.name))
        for line in plain.text(diff(Document(projects=(first,)), Document(projects=(second,)))):
            printer.data(painted(line))
    for name in made.left:
        printer.status(say("pulling.left", file=given.folder / name))
    conflicts = made.displaced or any(merged.conflicts for merged in made.files.values())
    return Code.findings if conflicts else Code.clean

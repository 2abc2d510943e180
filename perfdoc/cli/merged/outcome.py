"""What is said of a pull: what was changed in each file, what became of the specs, what is in conflict."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from perfdoc.cli.codes import Code
from perfdoc.cli.files.output import said as became
from perfdoc.cli.terminal.printing import Printer
from perfdoc.cli.terminal.stretches import painted
from perfdoc.comparison import diff, plain
from perfdoc.merging import Combined, Version
from perfdoc.model import Document
from perfdoc.pulling import Base, Given, Returned, changes_of
from perfdoc.storage.writing import write
from perfdoc.texts import say


def show(printer: Printer, one: Returned, base: Base, version: Version) -> None:
    """Say what was changed in a file, by whom, and what was said of it, as `diff` does."""
    found = changes_of(one, base.threads, version)
    if not found and not any(found.news()):
        printer.status(say("pulling.nothing", file=one.name))
        return
    for line in chain(plain.text(found), plain.news(found)):
        printer.data(painted(line))
    printer.status(plain.summary([found]))


def write_out(printer: Printer, given: Given, texts: Mapping[str, str], made: Combined, dry_run: bool) -> int:
    """Write what became of the files, and say it; the exit code."""
    files = {given.folder / name: text.encode() for name, text in sorted(texts.items())}
    for path, outcome in write(files, force=True, dry_run=dry_run).items():
        printer.status(became(path, outcome, dry_run))
    for name, merged in made.files.items():
        if merged.conflicts:
            printer.status(f"{given.folder / name}: {say('counts.conflicts', n=merged.conflicts)}")
    for first, second in made.displaced:
        printer.status(say("pulling.displaced", project=second.name))
        for line in plain.text(diff(Document(projects=(first,)), Document(projects=(second,)))):
            printer.data(painted(line))
    for name in made.left:
        printer.status(say("pulling.left", file=given.folder / name))
    return Code.findings if made.in_conflict else Code.clean

"""What is said of a pull: what was changed in each file, what became of the specs, what is in conflict."""

from __future__ import annotations

from itertools import chain

from perfdoc.cli.codes import Code
from perfdoc.cli.files.output import save
from perfdoc.cli.terminal.printing import Printer, shortened, shown
from perfdoc.cli.terminal.stretches import painted
from perfdoc.comparison import plain
from perfdoc.merging import Combined, Version
from perfdoc.pulling import Base, Given, Returned, changes_of
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


def write_out(printer: Printer, given: Given, made: Combined, dry_run: bool) -> int:
    """Write what became of the files, and say it; the exit code."""
    files = {given.folder / name: merged.text.encode() for name, merged in sorted(made.files.items())}
    save(printer, files, force=True, dry_run=dry_run)
    for name, merged in made.files.items():
        if merged.conflicts:
            printer.status(f"{given.folder / name}: {say('counts.conflicts', n=merged.conflicts)}")
        for clash in merged.clashes:
            sides = "; ".join(f"{label}: {shortened(text) or say('pulling.none')}" for label, text in clash.sides)
            printer.status(f"  {given.folder / name}:{clash.line}: {shown(str(clash.where))}: {sides}")
    for name in made.left:
        printer.status(say("pulling.left", file=given.folder / name))
    return Code.findings if made.in_conflict else Code.clean

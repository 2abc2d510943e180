"""What `pull` and `merge` share: what is said of changes that are merged into specs, and how they are written."""

from contextlib import closing
from itertools import chain
from pathlib import Path

import perfdoc
from perfdoc.cli.codes import Code
from perfdoc.cli.files.inputs import bytes_of, load_given
from perfdoc.cli.files.output import save
from perfdoc.cli.files.reader import Reader
from perfdoc.cli.files.sources import source
from perfdoc.cli.terminal.difference import painted
from perfdoc.cli.terminal.printing import Printer, shortened, shown
from perfdoc.comparison import plain
from perfdoc.errors import UsageError
from perfdoc.git.command import shows_base
from perfdoc.merging import Combined, Labels, Standing, Version, combined
from perfdoc.model import Document
from perfdoc.pairing import pair_projects
from perfdoc.pulling import Base, Given, Returned, changes_of, version_of
from perfdoc.specs import LISTING
from perfdoc.storage.walk import is_office
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


def merged(printer: Printer, base: Path, ours: Path, theirs: Path) -> int:
    """Merge what are folders, or Word and Excel files: only OURS must be specs, which are written to."""
    if is_office(ours.name):
        raise UsageError(say("cli.merge.ours", file=ours))
    given, old = load_given(str(ours)), source(str(base))
    if is_office(theirs.name):
        known = perfdoc.forms((), given.folder)
        with closing(Reader()) as reader:
            version = version_of(Returned(bytes_of(str(theirs)), str(theirs), known, reader), old.reading.document)
    else:
        version = _of_specs(old.reading.document, base, theirs)
    made = combined(given.standing(), [version], Labels("ours", theirs.name, base.name), show_base=shows_base())
    return write_out(printer, given, made, dry_run=False)


def _of_specs(old: Document, base: Path, theirs: Path) -> Version:
    """A version that is specs, with its comments, and those of the base if that is specs too."""
    new = load_given(str(theirs))
    texts = _texts(new.standing())
    before = [""] * len(texts) if is_office(base.name) else _texts(load_given(str(base)).standing())
    pairs = pair_projects(old.projects, new.reading.document.projects)
    return Version(old, new.reading.document, pairs, (before, texts))


def _texts(standing: Standing) -> list[str]:
    return [standing.texts.get(LISTING, ""), *(standing.texts[name] for name in standing.names)]

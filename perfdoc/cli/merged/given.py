"""Folders, and Word and Excel files, merged as `pull` does it, with a base that the user gives."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import perfdoc
from perfdoc.cli.files.inputs import bytes_of, load_given
from perfdoc.cli.files.reader import Reader
from perfdoc.cli.files.sources import source
from perfdoc.cli.merged.outcome import write_out
from perfdoc.cli.terminal.printing import Printer
from perfdoc.errors import UsageError
from perfdoc.git.command import shows_base
from perfdoc.merging import Labels, Standing, Version, combined
from perfdoc.model import Document
from perfdoc.pairing import pair_projects
from perfdoc.pulling import Returned, version_of
from perfdoc.specs import LISTING
from perfdoc.storage.walk import is_office
from perfdoc.texts import say


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

"""What a run of `perfdoc render` asks of the process that renders, and what it gets back."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from perfdoc.cli.files.output import STDOUT
from perfdoc.cli.terminal.recorded import Said, Voice

BATCH = 64
"""Documents that share a start of LibreOffice, at the most."""
PDF = "pdf"
"""The suffix of what LibreOffice makes of a document's file."""
PREPARE = "perfdoc.cli.verbs.render.group:prepare"
"""The work on a group of documents, by its name."""


class Order(NamedTuple):
    """What is the same for all documents of a run: `to` is the kind of file, where the file's name does not say it.

    `seen` are folders that a worker elsewhere must see, too.
    """

    form: str | None
    pages: str
    strict: bool
    templates: tuple[Path, ...]
    force: bool
    dry_run: bool
    to: str | None = None
    anonymous: bool = False
    comments: bool = False
    trace: bool = False
    voice: Voice = Voice("text", False, False)
    seen: tuple[str, ...] = ()


class Job(NamedTuple):
    """A document (as `load_given` takes it) and the file it goes to: a path, a URL, or `-`.

    `named` is false where the target is still without the suffix of the file's kind, which the form may decide.
    """

    document: str
    target: str
    named: bool = True


class Done(NamedTuple):
    """What was said of some documents, their exit codes, and the seconds that their page numbers took."""

    said: tuple[Said, ...]
    codes: tuple[int, ...]
    seconds: float = 0.0


def suffix_of(target: str) -> str | None:
    """The kind of file that a target's name says, `docx`, `xlsx` or `pdf`; None for `-` and a name without suffix."""
    return Path(target).suffix.lower()[1:] or None if target != STDOUT else None

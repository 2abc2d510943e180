"""Where `perfdoc check --annotate OUT` puts the files with comments."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from perfdoc.cli.files.checked import Job
from perfdoc.cli.files.output import STDOUT
from perfdoc.errors import UsageError
from perfdoc.storage.paths import is_url
from perfdoc.texts import say


class Annotation(NamedTuple):
    """Where annotated files go: `out` is a file, `-`, or with `folder` the folder for many; and their `date`.

    `given` are the paths that were given, whose trees are kept.
    """

    out: str
    folder: bool
    date: str
    given: tuple[str, ...]
    force: bool
    keep: bool


def asked(out: str, given: Sequence[str], date: str, *, force: bool, dry_run: bool) -> Annotation:
    """What `--annotate OUT` asks for: a folder where OUT is one or has no suffix. UsageError for a URL."""
    if is_url(out):
        raise UsageError(say("cli.check.annotate_here", out=out))
    folder = out != STDOUT and (out.endswith(("/", os.sep)) or Path(out).is_dir() or not Path(out).suffix)
    return Annotation(out, folder, date, tuple(given), force, dry_run)


def received_only(jobs: Iterable[Job], to: Annotation) -> Iterator[Job]:
    """The documents without those that an earlier run put into the folder, where that is in one that is checked."""
    out = Path(to.out).resolve()
    within = to.folder and any(Path(one).resolve() in out.parents for one in to.given if not is_url(one))
    return (job for job in jobs if not within or is_url(job.shown) or out not in Path(job.shown).resolve().parents)

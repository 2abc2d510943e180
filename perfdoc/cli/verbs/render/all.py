"""A run of `perfdoc render`: groups of documents, here or side by side, each document's words said in its turn."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from perfdoc.cli.codes import Code
from perfdoc.cli.files.batch import lost
from perfdoc.cli.files.inputs import distinct, folders_below
from perfdoc.cli.files.output import STDOUT
from perfdoc.cli.terminal.printing import Printer
from perfdoc.cli.terminal.progress import Pace
from perfdoc.cli.terminal.recorded import Said, Voice, replay
from perfdoc.errors import UnreadableError
from perfdoc.jobs.chunks import cores
from perfdoc.jobs.guard import Lost
from perfdoc.jobs.limits import UNLIMITED, Limits
from perfdoc.jobs.pool import HERE, Work, results
from perfdoc.storage.naming import folder_name
from perfdoc.storage.paths import base, is_url, joined
from perfdoc.texts import say

_OFFICE = 120.0  # seconds for a group that LibreOffice lays out; it has a limit of its own, below ten times that
_ENDINGS = {Code.clean: "rendered", Code.findings: "left", Code.lost: "refused"}


def render_all(
    printer: Printer, jobs: Iterable[Job], total: int, order: Order, *, executor: str = HERE, workers: int | None = None
) -> int:
    """Render documents, a file each; the worst code of them. `total` is how many they are.

    In processes of their own, without page numbers, one has 26 seconds of processor time. A group that was lost
    there is done again, each document by itself. Raises UsageError for an executor that can't be had.
    """
    order = order._replace(voice=Voice.of(printer))
    work, size = Work(PREPARE, order, UNLIMITED), BATCH
    if executor != HERE:
        paged = order.pages != "none" or order.to == PDF
        size = min(BATCH, -(-total // (workers or cores()))) if paged else 1
        work = work._replace(limits=Limits(_OFFICE) if paged else Limits())
    work = work._replace(executor=executor, workers=workers)
    run, groups = _Run(printer, total, few=executor == HERE), -(-total // size)
    for done in results(work, _groups(jobs, size), groups):
        run.say(done)
    if run.alone:
        for done in results(work, [(job,) for job in run.alone], len(run.alone)):
            run.say(done)
    run.pace.end()
    if run.seconds:
        seconds = run.seconds / (1 if executor == HERE else min(workers or cores(), groups))
        printer.status(say("cli.render.page_numbers", seconds=seconds))
    return run.worst


class _Run:
    """What became of the documents so far, and the `seconds` that page numbers took.

    `alone` are those whose group was lost: each is tried by itself.
    """

    def __init__(self, printer: Printer, total: int, *, few: bool) -> None:
        self.pace = Pace(printer.progress, total, None if few else printer.status)
        self.worst = Code.clean
        self.alone: list[Job] = []
        self.seconds = 0.0
        self._printer = printer

    def say(self, done: Done | Lost) -> None:
        codes: tuple[int, ...]
        if isinstance(done, Done):
            replay(self._printer, done.said)
            codes = done.codes
            self.seconds += done.seconds
        elif len(done.item) > 1:
            self.alone += done.item
            return
        else:
            codes = (lost(self._printer, done, done.item[0].document),)
        for code in map(Code, codes):
            self.worst = max(self.worst, code)
            self.pace.add(_ENDINGS.get(code, "failed"))
        self.pace.tell()


def tree(documents: Sequence[str], folder: str) -> Iterator[Job]:
    """Each document below folders, and the file that it gets in the same tree below `folder`.

    Several folders get one each. Raises UnreadableError for a folder without any document.
    """
    names = distinct([_called(document) for document in documents])
    for document, name in zip(documents, names, strict=True):
        number = 0
        for number, (below, inside) in enumerate(folders_below(document), 1):  # noqa: B007
            parts = [folder_name(part) for part in inside.split("/") if part]
            way = [name, *parts] if len(documents) > 1 or not parts else parts
            yield Job(below, joined(folder, posixpath.join(*way)), named=False)
        if not number:
            raise UnreadableError(say("cli.no_document_below", path=document))


def _called(document: str) -> str:
    name = base(document) if is_url(document) else Path(document).resolve().name
    return folder_name(name)


def _groups(jobs: Iterable[Job], size: int) -> Iterator[tuple[Job, ...]]:
    every = iter(jobs)
    while group := tuple(islice(every, size)):
        yield group


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

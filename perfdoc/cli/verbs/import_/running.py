"""A run of `perfdoc import`: over a few files in this process, or over many with a ledger and a tally."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import perfdoc
from perfdoc.cli.codes import Code
from perfdoc.cli.files.batch import giving_up, lost
from perfdoc.cli.files.inputs import STDIN
from perfdoc.cli.files.output import STDOUT
from perfdoc.cli.files.reader import together
from perfdoc.cli.files.reports import ReportFile
from perfdoc.cli.terminal.printing import Printer
from perfdoc.cli.terminal.progress import Pace
from perfdoc.cli.terminal.recorded import Recorder, Voice, replay
from perfdoc.cli.verbs.import_.asked import PREPARE, Asked, Done
from perfdoc.cli.verbs.import_.tally import Tally, summary
from perfdoc.errors import UsageError
from perfdoc.importing.order import STAGING, Ending, Job, Order
from perfdoc.importing.settings import boilerplate_near
from perfdoc.jobs.chunks import MOST
from perfdoc.jobs.guard import Lost
from perfdoc.jobs.ledger import Entry, Ledger
from perfdoc.jobs.ledger_at import ledger_at
from perfdoc.jobs.limits import TOOL_SHARE, Limits
from perfdoc.jobs.pool import HERE, LOCAL, Results, Work, results, started
from perfdoc.storage import store
from perfdoc.storage.folders import same_folder
from perfdoc.storage.paths import is_url, joined
from perfdoc.storage.walk import NOTHING, Found, Remembered, files_in, is_folder
from perfdoc.storage.writing import write_pieces
from perfdoc.texts import reason, say


def import_few(printer: Printer, jobs: Sequence[Job], order: Order, seconds: float, accounts: ReportFile) -> Code:
    """Import files one after the other, in this process; the worst code of them."""
    order = order._replace(style=accounts.style, tool_seconds=seconds * TOOL_SHARE)
    asked = Asked(order, Voice.of(printer), few=True)
    work = Work(PREPARE, asked, Limits(seconds), HERE, give_up=giving_up(printer))
    pace, worst = Pace(printer.progress, len(jobs)), Code.clean
    with closing(results(work, jobs, len(jobs))) as every:
        for result in every:
            done = _lost(result, printer) if isinstance(result, Lost) else result
            replay(printer, done.said)
            account_for(accounts, done)
            worst = max(worst, Code(done.entry.code))
            pace.add(Ending(done.entry.outcome).name)
            pace.tell()
    pace.end()
    return worst


def import_many(
    printer: Printer,
    given: Sequence[str],
    order: Order,
    *,
    workers: int | None = None,
    executor: str = LOCAL,
    resume: bool = False,
    seconds: float = Limits().seconds,
    summary_to: Path | None = None,
    report: str | None = None,
) -> Code:
    """Import files and all files below folders; the worst code of them.

    `workers` processes (default: one a core) take at most `seconds` for a file. With `resume` a file that the
    ledger knows, unchanged and under the same options, is left alone. Raises UsageError, FormError.
    """
    output = STDOUT if order.output is None else order.output
    _refuse(given, output)
    boilerplate_near(order.near("."))  # settings that make no sense end the run, not each of its files
    total = sum(1 for _ in files_in(given, without=output))
    with ReportFile(report, given, output) as accounts:
        share = seconds * TOOL_SHARE
        order = order._replace(style=accounts.style, tool_seconds=share, staged=True)
        if executor != LOCAL:
            order = order._replace(seen=_to_be_seen(given, order, output))
        asked = Work(PREPARE, Asked(order, Voice.of(printer)), Limits(seconds), executor, workers, together=together)
        with (
            started(asked, total) as work,
            ledger_at(output, joined(output, STAGING), scratch=order.dry_run) as ledger,
            _staging(output, order.dry_run),
        ):
            run = _Run(printer, given, order, output, ledger, accounts, Tally(printer, total))
            try:
                run.work(work, resume)
            except KeyboardInterrupt:
                run.sum_up()
                printer.status(say("cli.import.interrupted"))
                raise
            if summary_to is not None:
                write_pieces(summary_to, summary(ledger.met(), run.tally.counts(), run.tally.code))
        accounts.write(printer)
        run.sum_up()
        return run.tally.code


@dataclass
class _Run:
    """One run over many files."""

    printer: Printer
    given: Sequence[str]
    order: Order
    output: str
    ledger: Ledger
    accounts: ReportFile
    tally: Tally
    digests: dict[tuple[tuple[Path, ...], tuple[str, ...]], bytes] = field(default_factory=dict)

    def work(self, work: Results, resume: bool) -> None:
        """Import every file; say what became of each, in their order."""
        jobs = (self._job(one, resume) for one in self._files())
        most = 1 if self.order.style else MOST  # items of a chunk: parts of a report may be large
        for done in work(jobs, self._landed, most):
            replay(self.printer, done.said)
            account_for(self.accounts, done)

    def sum_up(self) -> None:
        """Say the table of how many files ended how."""
        for text in self.tally.table():
            self.printer.status(text)

    def _landed(self, landed: list[Done | Lost]) -> list[Done]:
        """Files are done: the ledger knows it from now on, and the bar moves."""
        every = [self._known(_lost(one, self.printer) if isinstance(one, Lost) else one) for one in landed]
        self.ledger.put(done.entry for done in every)
        for done in every:
            self.tally.add(done.entry)
        self.tally.tell()
        return every

    def _known(self, done: Done) -> Done:
        """With what the ledger says of it already, if it is done."""
        if not done.entry.again:
            return done
        known = self.ledger.get(done.entry.source)
        assert known is not None, "it was known when the work was handed out"
        return done._replace(entry=known._replace(again=True))

    def _files(self) -> Iterator[Found]:
        """The files, walked anew at each call; each keeps the folder that the ledger knows."""
        ledger = self.ledger
        remembered = NOTHING if ledger.blank else Remembered(ledger.folder, ledger.owner)
        every = files_in(self.given, without=self.output, remembered=remembered, left_out=self.tally.left_out)
        alone = len(self.given) == 1 and not is_folder(self.given[0])
        return (one._replace(folder=".") for one in every) if alone else every

    def _job(self, one: Found, resume: bool) -> Job:
        near = self.order.near(one.folder)
        try:
            boilerplate = boilerplate_near(near)
        except UsageError as error:
            return Job(*one._replace(fault=str(error)))
        folders = perfdoc.form_definition.template_folders(self.order.templates, near)
        options = self.digests.get((folders, boilerplate))
        if options is None:
            options = self.digests[folders, boilerplate] = options_digest(self.order, folders, boilerplate)
        job = Job(*one, boilerplate=boilerplate, options=options)
        known = self.ledger.get(one.key) if resume else None
        if known is None or not known.final or known.options != options:
            return job
        return job._replace(known=known.hash, gave_specs=bool(known.folder))


def options_digest(order: Order, templates: Sequence[Path], boilerplate: Sequence[str]) -> bytes:
    """A digest of all that the result for a file depends on beside its content, and perfdoc itself."""
    digest = hashlib.sha256(repr(("import", 1, order.track_changes, order.strict, *boilerplate)).encode())
    for folder in templates:
        for file in sorted(folder.glob("*/*")):
            if file.is_file():
                digest.update(repr((file.relative_to(folder).as_posix(), file.read_bytes())).encode())
    return digest.digest()


def _to_be_seen(given: Sequence[str], order: Order, output: str) -> tuple[str, ...]:
    """What a worker must find under the same name as we do."""
    folders = [one for one in given if not is_url(one) and Path(one).is_dir()]
    target = [] if order.dry_run or is_url(output) else [output]
    return (*folders, *target, *map(str, order.templates))


def _refuse(given: Sequence[str], output: str) -> None:
    if output == STDOUT:
        raise UsageError(say("cli.import.many"))
    if STDIN in given:
        raise UsageError(say("cli.import.stdin"))
    for one in given:
        if output and not Path(one).is_file() and same_folder(one, output):
            raise UsageError(say("cli.import.same_folder", folder=one))


@contextmanager
def _staging(output: str, dry_run: bool) -> Iterator[None]:
    """The folder for files that are being made: empty, whatever a killed run left there, and gone at the end.

    The ledger's lock is held, so that no other run is using it.
    """
    if dry_run:
        yield
        return
    if is_url(output):
        url = joined(output, STAGING)
        store.remove(url)
        yield
        store.remove(url)
        return
    folder = Path(output, STAGING)
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise UsageError(say("storage.cant_write", path=folder, why=reason(error))) from error
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _lost(result: Lost, printer: Printer) -> Done:
    """What became of a file that no result came of."""
    job: Job = result.item
    recording = Recorder(Voice.of(printer))
    code, ending = lost(recording, result, job.path), Ending.bug if result.bug else Ending.unreadable
    entry = Entry(job.key, options=job.options, outcome=ending, code=code, message=f"{job.path}: {result.why}")
    return Done(job.path, entry, recording.take())


def account_for(accounts: ReportFile, done: Done) -> None:
    """Put a file into the report; what is no office file is counted, but no file to account for."""
    if done.part is not None:
        accounts.put(done.part)
    elif done.entry.outcome != Ending.skipped:
        accounts.fail(done.path, say("cli.report.again") if done.entry.again else done.entry.message)

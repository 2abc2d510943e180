"""A run of `perfdoc import`: over a few files in this process, or over many with a ledger and a tally."""

import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from perfdoc.cli.codes import Code
from perfdoc.cli.files.batch import giving_up, lost
from perfdoc.cli.files.inputs import STDIN
from perfdoc.cli.files.output import STDOUT, ReportFile
from perfdoc.cli.files.reader import together
from perfdoc.cli.terminal.printing import Printer
from perfdoc.cli.terminal.progress import Pace
from perfdoc.cli.terminal.recorded import Recorder, Voice, replay
from perfdoc.cli.verbs.import_ import learned
from perfdoc.cli.verbs.import_.asked import PREPARE, Asked, Done
from perfdoc.cli.verbs.import_.handed import Depends, Handed
from perfdoc.cli.verbs.import_.tally import Tally, summary
from perfdoc.errors import UsageError
from perfdoc.importing.order import STAGING, Ending, Job, Order, Taught, boilerplate_near
from perfdoc.jobs.chunks import MOST
from perfdoc.jobs.guard import Lost
from perfdoc.jobs.ledger import Entry
from perfdoc.jobs.ledger_at import ledger_at
from perfdoc.jobs.limits import TOOL_SHARE, Limits
from perfdoc.jobs.pool import HERE, LOCAL, Results, Work, results, started
from perfdoc.storage import store
from perfdoc.storage.folders import same_folder
from perfdoc.storage.paths import is_url, joined
from perfdoc.storage.walk import files_in
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
            done = lost_file(result, printer) if isinstance(result, Lost) else result
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
    learn: str | None = None,
    seconds: float = Limits().seconds,
    summary_to: Path | None = None,
    report: str | None = None,
) -> Code:
    """Import files and all files below folders; the worst code of them.

    `workers` processes (default: one a core) take at most `seconds` for a file. With `resume` a file that the
    ledger knows, unchanged and under the same options, is left alone. With `learn` forms are learnt first, under that
    name or, where it is empty, named after their titles. Raises UsageError, FormError.
    """
    output = STDOUT if order.output is None else order.output
    began = time.monotonic()
    _refuse(given, output)
    boilerplate_near(order.near("."))  # settings that make no sense end the run, not each of its files
    total = sum(1 for _ in files_in(given, without=output))
    with ReportFile(report, given, output) as accounts:
        share = seconds * TOOL_SHARE
        order = order._replace(style=accounts.style, tool_seconds=share, staged=True)
        if executor != LOCAL:
            order = order._replace(seen=_to_be_seen(given, order, output))
        work_on = partial(_work, printer, seconds=seconds, executor=executor, workers=workers)
        handed = partial(Handed, given, order, output, resume=resume, again=learn is not None)
        taught: dict[str, Taught] = {}
        if resume or learn is not None:
            scratch = order.dry_run or is_url(output)
            with ledger_at(output, joined(output, STAGING), scratch=scratch) as ledger:
                survey = work_on(order._replace(survey=True, style=""))
                taught = learned.forms_made(printer, handed(ledger, Depends(order)), survey, total, learn)
            if executor != LOCAL and taught and not order.dry_run:
                order = order._replace(seen=(*order.seen, str(learned.home_of(order).resolve())))
        with (
            started(work_on(order), total) as work,
            ledger_at(output, joined(output, STAGING), scratch=order.dry_run) as ledger,
            _staging(output, order.dry_run),
        ):
            tally = Tally(printer, total, time.monotonic() - began)
            run = Run(printer, handed(ledger, Depends(order)), accounts, tally)
            try:
                run.work(work)
            except KeyboardInterrupt:
                run.sum_up()
                printer.status(say("cli.import.interrupted"))
                raise
            if summary_to is not None:
                write_pieces(summary_to, summary(ledger.met(), run.tally.counts(), run.tally.code))
            if learn is not None and printer.format == "text":
                printer.data("".join(learned.table(ledger.met(), taught)))
        accounts.write(printer)
        run.sum_up()
        return run.tally.code


def _work(printer: Printer, order: Order, *, seconds: float, executor: str, workers: int | None) -> Work:
    return Work(PREPARE, Asked(order, Voice.of(printer)), Limits(seconds), executor, workers, together=together)


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


@dataclass
class Run:
    printer: Printer
    handed: Handed
    accounts: ReportFile
    tally: Tally

    def work(self, work: Results) -> None:
        most = 1 if self.handed.order.style else MOST  # items of a chunk: parts of a report may be large
        for done in work(self.handed.jobs(self.tally.left_out), self._landed, most):
            replay(self.printer, done.said)
            if done.entry.again and done.entry.code:  # what the exit code is about
                self.printer.status(done.entry.message)
            account_for(self.accounts, done)

    def sum_up(self) -> None:
        for text in self.tally.table():
            self.printer.status(text)

    def _landed(self, landed: list[Done | Lost]) -> list[Done]:
        """Files are done: the ledger knows it from now on, and the bar moves."""
        every = [self._known(lost_file(one, self.printer) if isinstance(one, Lost) else one) for one in landed]
        self.handed.ledger.put(done.entry for done in every)
        for done in every:
            self.tally.add(done.entry)
        self.tally.tell()
        return every

    def _known(self, done: Done) -> Done:
        """With what the ledger says of it already, if it is done; else with the digest of the form it was read with."""
        if not done.entry.again:
            taught = self.handed.depends.taught(done.entry, done.entry.folder or ".")
            return done._replace(entry=done.entry._replace(taught=taught))
        known = self.handed.ledger.get(done.entry.source)
        assert known is not None, "it was known when the work was handed out"
        return done._replace(entry=known._replace(again=True))


def lost_file(result: Lost, printer: Printer) -> Done:
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

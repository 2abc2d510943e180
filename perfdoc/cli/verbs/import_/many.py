"""`perfdoc import` over folders and long lists: processes side by side, a ledger, a tally."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from perfdoc.cli.codes import Code
from perfdoc.cli.files.inputs import STDIN
from perfdoc.cli.files.output import STDOUT, write_pieces
from perfdoc.cli.files.reports import AGAIN, ReportFile
from perfdoc.cli.files.summary import summary
from perfdoc.cli.terminal.printing import Printer, count
from perfdoc.cli.terminal.tally import Tally
from perfdoc.cli.verbs.import_.one import PREPARE, STAGING, Done, Ending, Job, Order
from perfdoc.errors import UsageError
from perfdoc.jobs.entry import Entry
from perfdoc.jobs.found import NOTHING, Found, Remembered, count_files, found, is_folder
from perfdoc.jobs.guard import Lost
from perfdoc.jobs.ledger import Ledger
from perfdoc.jobs.ledger_at import ledger_at
from perfdoc.jobs.limits import TOOL_SHARE, Limits
from perfdoc.jobs.paths import is_url, joined
from perfdoc.jobs.pool import LOCAL, Started, Work, started

_WORDS = {
    Ending.differs: "conflict",
    Ending.lost: "lost",
    Ending.unrecognised: "not-recognised",
    Ending.unreadable: "unreadable",
    Ending.unwritten: "usage",
    Ending.bug: "bug",
}


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
    _refuse(given, order)
    total = count_files(given, without=order.output)
    with ReportFile(report, given, order.output) as accounts:
        share = seconds * TOOL_SHARE
        order = order._replace(style=accounts.style, whole=printer.format == "json", tool_seconds=share)
        if executor != LOCAL:
            order = order._replace(seen=_to_be_seen(given, order))
        with (
            started(Work(PREPARE, order, Limits(seconds), executor, workers), total) as work,
            ledger_at(order.output, joined(order.output, STAGING), scratch=order.dry_run) as ledger,
            _staging(order),
        ):
            run = _Run(printer, given, order, ledger, accounts, total)
            try:
                run.work(work, resume)
            except KeyboardInterrupt:
                run.sum_up()
                printer.status("interrupted; --resume goes on from here")
                raise
            if summary_to is not None:
                write_pieces(summary_to, summary(ledger.met(), run.tally.counts(), run.tally.code))
        accounts.write(printer)
        run.sum_up()
        return run.tally.code


class _Run:
    """One run over many files."""

    def __init__(
        self,
        printer: Printer,
        given: Sequence[str],
        order: Order,
        ledger: Ledger,
        accounts: ReportFile,
        total: int,
    ) -> None:
        self._printer, self._given, self._order, self._options = printer, given, order, options_digest(order)
        self._ledger, self._accounts = ledger, accounts
        self.tally = Tally(printer, total)

    def work(self, work: Started, resume: bool) -> None:
        """Import every file; say what became of each, in their order."""
        most = 1 if self._order.style else None  # parts of a report may be large
        jobs = (self._job(one, resume) for one in self._files())
        for done in work.results(jobs, most=most, landed=self._landed):
            say(self._printer, done, self._order)
            account_for(self._accounts, done)

    def sum_up(self) -> None:
        """Say the table of how many files ended how."""
        for text in self.tally.table():
            self._printer.status(text)

    def _landed(self, landed: list[Done | Lost]) -> list[Done]:
        """Files are done: the ledger knows it from now on, and the bar moves."""
        every = [settled(result, self._ledger, self._options) for result in landed]
        self._ledger.put(done.entry for done in every)
        for done in every:
            self.tally.add(done.entry)
        self.tally.tell()
        return every

    def _files(self) -> Iterator[Found]:
        """The files, walked anew at each call; each keeps the folder that the ledger knows."""
        ledger = self._ledger
        remembered = NOTHING if ledger.blank else Remembered(ledger.folder, ledger.owner)
        every = found(self._given, without=self._order.output, remembered=remembered)
        alone = len(self._given) == 1 and not is_folder(self._given[0])
        return (one._replace(folder=".") for one in every) if alone else every

    def _job(self, one: Found, resume: bool) -> Job:
        known = self._ledger.get(one.key) if resume else None
        if known is None or not known.final or known.options != self._options:
            return Job(*one)
        return Job(*one, known=known.hash, gave_specs=bool(known.folder))


def options_digest(order: Order) -> bytes:
    """A digest of all that the result for a file depends on beside its content, and perfdoc itself."""
    from perfdoc.form_definition import template_folders

    digest = hashlib.sha256(repr(("import", 1, order.track_changes, order.strict)).encode())
    for folder in template_folders(order.templates):
        for file in sorted(folder.glob("*/*")):
            if file.is_file():
                digest.update(repr((file.relative_to(folder).as_posix(), file.read_bytes())).encode())
    return digest.digest()


def _to_be_seen(given: Sequence[str], order: Order) -> tuple[str, ...]:
    """What a worker must find under the same name as we do."""
    folders = [one for one in given if not is_url(one) and Path(one).is_dir()]
    output = [] if order.dry_run or is_url(order.output) else [order.output]
    return (*folders, *output, *map(str, order.templates))


def _refuse(given: Sequence[str], order: Order) -> None:
    if order.output == STDOUT:
        raise UsageError("many files go to a folder: name one with -o")
    if STDIN in given:
        raise UsageError("standard input can't be one of many files: import it by itself")
    for one in given:
        if _same_folder(one, order.output):
            raise UsageError(f"{one}: is to be read and written to; name another folder with -o")


def _same_folder(one: str, other: str) -> bool:
    if is_url(one) or is_url(other):
        return one.rstrip("/") == other.rstrip("/")
    return Path(one).is_dir() and Path(one).resolve() == Path(other).resolve()


@contextmanager
def _staging(order: Order) -> Iterator[None]:
    """The folder for files that are being made: empty, whatever a killed run left there, and gone at the end.

    The ledger's lock is held, so that no other run is using it.
    """
    if order.dry_run:
        yield
        return
    if is_url(order.output):
        from perfdoc.jobs import store

        url = joined(order.output, STAGING)
        store.remove(url)
        yield
        store.remove(url)
        return
    folder = Path(order.output, STAGING)
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder}: can't be written ({error.strerror or error})") from error
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def settled(result: Done | Lost, ledger: Ledger, options: bytes) -> Done:
    """A result with all that the ledger is to hold of it."""
    if isinstance(result, Lost):
        job: Job = result.item
        ending, code = (Ending.bug, Code.bug) if result.bug else (Ending.unreadable, Code.unreadable)
        entry = Entry(job.key, outcome=ending, code=code, message=f"{job.path}: {result.why}")
        return Done(job.path, entry._replace(options=options))
    if result.entry.again:
        known = ledger.get(result.entry.source)
        assert known is not None, "it was known when the work was handed out"
        return result._replace(entry=known._replace(again=True))
    return result._replace(entry=result.entry._replace(options=options))


def say(printer: Printer, done: Done, order: Order) -> None:
    """What there is to be said of one file."""
    entry = done.entry
    if entry.again or entry.outcome == Ending.skipped:
        return
    printer.diagnostics(done.told)
    if done.untold:
        printer.status(f"{done.path}: … and {done.untold} more (perfdoc inspect shows them)")
    if entry.outcome in (Ending.clean, Ending.doubts):
        printer.status(
            f"{done.path} → {_placed(order.output, entry.folder)}: {count(entry.projects, 'project')}, "
            f"{count(entry.indicators, 'indicator')}, {count(entry.doubts, 'doubt')}; files: {done.files}"
        )
    else:
        severity = "error" if entry.code else "info"
        printer.ended(_WORDS[Ending(entry.outcome)], entry.message, done.path, severity)


def _placed(output: str, folder: str) -> str:
    return joined(output, folder) if folder != "." else output


def account_for(accounts: ReportFile, done: Done) -> None:
    """Put a file into the report; what is no office file is counted, but no file to account for."""
    if done.part is not None:
        accounts.put(done.part)
    elif done.entry.outcome != Ending.skipped:
        accounts.fail(done.path, AGAIN if done.entry.again else done.entry.message)

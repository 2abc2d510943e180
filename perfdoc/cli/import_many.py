"""`perfdoc import` over folders and long lists: processes side by side, a ledger, a tally."""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from perfdoc.batch.found import Found, Remembered, found
from perfdoc.batch.guard import Lost
from perfdoc.batch.ledger import Entry, Ledger
from perfdoc.batch.limits import Limits
from perfdoc.batch.run import chunk_size, cores, in_order
from perfdoc.batch.task import Task
from perfdoc.cli.codes import Code
from perfdoc.cli.import_one import PREPARE, Done, Ending, Job, Order
from perfdoc.cli.inputs import STDIN
from perfdoc.cli.output import STDOUT, write_pieces
from perfdoc.cli.printing import Printer, count
from perfdoc.cli.reports import AGAIN, ReportFile
from perfdoc.cli.summary import summary
from perfdoc.cli.tally import Tally
from perfdoc.errors import UsageError

_TOOL_SHARE = 0.8  # of a file's time that a helper program may take: what it makes must be read, too
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
    resume: bool = False,
    seconds: float = Limits().seconds,
    summary_to: Path | None = None,
    report: str | None = None,
) -> Code:
    """Import files and all files below folders; the worst code of them.

    `workers` processes (default: one a core) take at most `seconds` for a file. With `resume` a file that the
    ledger knows, unchanged and under the same options, is left alone. Raises UsageError, FormError.
    """
    with ReportFile(report, given, order.output) as accounts:
        order = order._replace(style=accounts.style)
        return _import_many(printer, given, order, accounts, workers, resume, seconds, summary_to)


def _import_many(
    printer: Printer,
    given: Sequence[str],
    order: Order,
    accounts: ReportFile,
    workers: int | None,
    resume: bool,
    seconds: float,
    summary_to: Path | None,
) -> Code:
    _refuse(given, order)
    options = options_digest(order)
    order = order._replace(tool_seconds=seconds * _TOOL_SHARE, whole=printer.format == "json")
    task = Task(PREPARE, order, Limits(seconds), uuid.uuid4().hex)
    with Ledger(Path(order.output), scratch=order.dry_run) as ledger:
        files = _files(given, order, ledger)
        total = sum(1 for _ in files())
        tally = Tally(printer, total)
        workers = min(workers or cores(), max(total, 1))

        def landed(results: list[Done | Lost]) -> None:
            for result in results:
                entry = settled(result, ledger, options).entry
                ledger.put(entry)
                tally.add(entry)
            tally.tell()

        jobs = (_job(one, ledger if resume else None, options) for one in files())
        executor = ThreadPoolExecutor(workers, "perfdoc-import")
        try:
            chunk = chunk_size(total, workers)
            for result in in_order(jobs, task, executor, workers=workers, chunk=chunk, landed=landed):
                done = settled(result, ledger, options)
                say(printer, done, order)
                account_for(accounts, done)
        except KeyboardInterrupt:
            _sum_up(printer, tally)
            printer.status("interrupted; --resume goes on from here")
            raise
        finally:
            task.close()
            executor.shutdown(cancel_futures=True)
        if summary_to is not None:
            write_pieces(summary_to, summary(ledger.met(), tally.counts(), tally.code))
        accounts.write(printer)
        _sum_up(printer, tally)
        return tally.code


def options_digest(order: Order) -> bytes:
    """A digest of all that the result for a file depends on beside its content, and perfdoc itself."""
    from perfdoc.form import forms

    forms(order.templates)  # its faults are said once, before any process starts
    digest = hashlib.sha256(repr(("import", 1, order.track_changes, order.strict)).encode())
    for folder in order.templates:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                digest.update(repr((file.relative_to(folder).as_posix(), file.read_bytes())).encode())
    return digest.digest()


def _refuse(given: Sequence[str], order: Order) -> None:
    if order.output == STDOUT:
        raise UsageError("many files go to a folder: name one with -o")
    if STDIN in given:
        raise UsageError("standard input can't be one of many files: import it by itself")
    for one in given:
        if os.path.isdir(one) and Path(one).resolve() == Path(order.output).resolve():  # noqa: PTH112
            raise UsageError(f"{one}: is to be read and written to; name another folder with -o")


class _files:  # noqa: N801 - called like the function it stands for
    """The files of a run, walked anew at each call; each keeps the folder that the ledger knows."""

    def __init__(self, given: Sequence[str], order: Order, ledger: Ledger) -> None:
        self._given = given
        self._output = Path(order.output)
        self._remembered = Remembered(ledger.folder, ledger.owner)

    def __call__(self) -> Iterator[Found]:
        every = found(self._given, without=self._output, remembered=self._remembered)
        alone = len(self._given) == 1 and not os.path.isdir(self._given[0])  # noqa: PTH112
        return (one._replace(folder=".") for one in every) if alone else every


def _job(one: Found, ledger: Ledger | None, options: bytes) -> Job:
    known = ledger.get(one.key) if ledger else None
    if known is None or not known.final or known.options != options:
        return Job(*one)
    return Job(*one, known=known.hash, gave_specs=bool(known.folder))


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
            f"{done.path} → {Path(order.output, entry.folder)}: {count(entry.projects, 'project')}, "
            f"{count(entry.indicators, 'indicator')}, {count(entry.doubts, 'doubt')}; files: {done.files}"
        )
    else:
        severity = "error" if entry.code else "info"
        printer.ended(_WORDS[Ending(entry.outcome)], entry.message, done.path, severity)


def account_for(accounts: ReportFile, done: Done) -> None:
    """Put a file into the report; what is no office file is counted, but no file to account for."""
    if done.part is not None:
        accounts.put(done.part)
    elif done.entry.outcome != Ending.skipped:
        accounts.fail(done.path, AGAIN if done.entry.again else done.entry.message)


def _sum_up(printer: Printer, tally: Tally) -> None:
    for text in tally.table():
        printer.status(text)

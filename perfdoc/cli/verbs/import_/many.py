"""One run over many files: what became of each is said in their order, kept in the ledger and counted."""

from __future__ import annotations

from dataclasses import dataclass

from perfdoc.cli.files.batch import lost
from perfdoc.cli.files.reports import ReportFile
from perfdoc.cli.terminal.printing import Printer
from perfdoc.cli.terminal.recorded import Recorder, Voice, replay
from perfdoc.cli.verbs.import_.asked import Done
from perfdoc.cli.verbs.import_.handed import Handed
from perfdoc.cli.verbs.import_.tally import Tally
from perfdoc.importing.order import Ending, Job
from perfdoc.jobs.chunks import MOST
from perfdoc.jobs.guard import Lost
from perfdoc.jobs.ledger import Entry
from perfdoc.jobs.pool import Results
from perfdoc.texts import say


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

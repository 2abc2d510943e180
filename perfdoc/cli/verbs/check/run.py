"""Documents checked, here or side by side: each one's words are said in its turn, what they have is summed up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from perfdoc import texts
from perfdoc.checks import selected
from perfdoc.checks.report import Shown, rechecked
from perfdoc.checks.settings import Settings
from perfdoc.checks.source import Source
from perfdoc.cli.codes import Code
from perfdoc.cli.files.batch import attempt, bounded, lost
from perfdoc.cli.files.checked import Job, Specs, as_shown
from perfdoc.cli.files.output import STDOUT
from perfdoc.cli.files.reader import Reader, together
from perfdoc.cli.terminal.difference import difference
from perfdoc.cli.terminal.findings import as_change, as_github, as_text
from perfdoc.cli.terminal.printing import Printer
from perfdoc.cli.terminal.progress import Pace
from perfdoc.cli.terminal.recorded import Said, Voice, recorder, replay
from perfdoc.cli.verbs.check.annotation import Annotation
from perfdoc.errors import SpecError, UsageError
from perfdoc.jobs.guard import Lost
from perfdoc.jobs.limits import UNLIMITED, Limits
from perfdoc.jobs.pool import HERE, Work, results
from perfdoc.model import Document
from perfdoc.report import Severity
from perfdoc.specs import format_text
from perfdoc.storage.writing import write
from perfdoc.summary.found import Report

PREPARE = f"{__name__}:Checker"
"""The work on one document, by its name."""
_ENDINGS = {Code.clean: "sound", Code.findings: "found"}


class Order(NamedTuple):
    """What is asked for, the same for all documents: `keep` changes no file, `diff` shows what would change.

    Findings below `least` are counted only, and with `statistics` so are all. `asked_to_fix` says that it was --fix
    by which fixes were asked for.
    """

    voice: Voice
    format: str
    fix: bool
    diff: bool
    keep: bool
    least: Severity = Severity.info
    statistics: bool = False
    annotate: Annotation | None = None
    asked_to_fix: bool = False

    @property
    def whole(self) -> bool:
        """Whether the format is written as a whole, at the end, from the findings as they are."""
        return self.format in ("json", "sarif")

    @property
    def reported(self) -> bool:
        """Whether the format is a report by unit and project."""
        return self.format in ("html", "xlsx")


@dataclass
class Found:
    """What documents have: findings by severity and code, how many --fix can mend, and for formats that are written
    as a whole the findings themselves and those that were fixed, or the report. `annotated` counts the documents whose
    file was written with comments, and those that needed none."""

    counts: Counter[tuple[Severity, str]] = field(default_factory=Counter)
    mendable: int = 0
    findings: list[Shown] = field(default_factory=list)
    fixed: list[Shown] = field(default_factory=list)
    report: Report = field(default_factory=Report)
    annotated: Counter[bool] = field(default_factory=Counter)

    def add(self, other: Found) -> None:
        self.counts.update(other.counts)
        self.mendable += other.mendable
        self.findings += other.findings
        self.fixed += other.fixed
        self.report.update(other.report)
        self.annotated.update(other.annotated)


class Run(NamedTuple):
    """What a document is checked with: who says it, what was asked for, and what was found so far."""

    printer: Printer
    order: Order
    found: Found


class Looked(NamedTuple):
    said: tuple[Said, ...]
    code: int
    found: Found


class Checker:
    def __init__(self, order: Order) -> None:
        self._printer, self._order, self._reader = recorder(order.voice), order, Reader()
        self.coming, self.close = self._reader.coming, self._reader.close

    def __call__(self, job: Job) -> Looked:
        run = Run(self._printer, self._order, Found())
        code = attempt(self._printer, job, lambda job: _look(run, job, self._reader))
        job.forget()
        if run.order.reported and not run.found.report.documents:
            run.found.report.unread.append(str(job))
        return Looked(self._printer.take(), code, run.found)


def check_all(run: Run, jobs: Iterable[Job], total: int, *, executor: str = HERE, workers: int | None = None) -> Code:
    """Check documents; the worst code of them. What they have is added to the run's.

    A document has the time and memory of a file, here or in a process of its own. Raises UsageError for an executor
    that can't be had.
    """
    printer, limits = run.printer, UNLIMITED if executor == HERE else Limits()
    pace, worst = Pace(printer.progress, total, None if executor == HERE else printer.status), Code.clean
    for done in results(Work(PREPARE, run.order, limits, executor, workers, together=together), jobs, total):
        if isinstance(done, Lost):
            code = lost(printer, done, str(done.item))
            run.found.report.unread.append(str(done.item))
        else:
            code = Code(done.code)
            replay(printer, done.said)
            run.found.add(done.found)
        worst = max(worst, code)
        pace.add(_ENDINGS.get(code, "failed"))
        pace.tell()
    pace.end()
    return worst


def _look(run: Run, job: Job, reader: Reader) -> int:
    """Check one document; what is found is printed at once in text, and kept for the other formats."""
    order = run.order
    with bounded(job.shown):
        try:
            if order.annotate is not None:
                return _annotate(run, job, reader, order.annotate)
            if isinstance(job, Specs) and (order.fix or order.diff):
                return _mend(run, job)
            if not isinstance(job, Specs) and order.asked_to_fix:
                run.printer.status(texts.say("cli.check.fix_is_for_specs", file=job.shown))
            reading = job.load(reader)
            if not isinstance(job, Specs):
                run.printer.doubts(reading, order.least)
            return _say(run, job.look(), job.settings, reading.document)
        except SpecError as error:
            if not isinstance(job, Specs):
                raise
            return _broken(run, job, error)


def _annotate(run: Run, job: Job, reader: Reader, to: Annotation) -> int:
    from perfdoc.cli.verbs.check.annotated import annotated  # with all that renders

    found, document, made = annotated(run.printer, job, reader, to, run.order.least)
    run.found.annotated[made] += 1
    return Code.clean if to.out == STDOUT else _say(run, found, job.settings, document)


def _broken(run: Run, job: Specs, error: SpecError) -> int:
    """The faults of a spec that can't be loaded, said as findings; an error without any is raised again."""
    if not error.diagnostics:
        raise error
    _say(run, as_shown(error.diagnostics, job.texts), job.settings)
    return Code.unreadable


def _say(run: Run, found: list[Shown], settings: Settings, document: Document | None = None) -> int:
    """Count findings, and print them or keep them, the heaviest first; the code that they give.

    `document` is what they were found in, None for one that can't be loaded.
    """
    run.found.counts.update((one.finding.severity, one.finding.code) for one in found)
    safe = [one for one in found if one.finding.safe and one.finding.edits]
    run.found.mendable += sum(1 for one in safe if one.at and not one.by_hand)
    shown = [one for level in Severity.down_to(run.order.least) for one in found if one.finding.severity == level]
    if run.order.reported:
        run.found.report.add(document, [one.finding for one in shown])
    elif run.order.whole:
        run.found.findings += shown
    elif not run.order.statistics:
        write = as_text if run.order.format == "text" else as_github
        run.printer.data("".join(write(one) for one in shown))
    counts = any(True for _ in selected((one.finding for one in found), settings))
    return Code.findings if counts else Code.clean


def _mend(run: Run, job: Specs) -> int:
    """Apply the safe fixes, or show them; then say what is left."""
    order, printer = run.order, run.printer
    if job.url and not order.diff:
        raise UsageError(texts.say("cli.check.fix_in_store", file=job.shown))
    job.load()
    before = dict(job.texts)
    after, left, made = _mended(job, before)
    if order.diff:
        mended = {file: texts.say("cli.check.mended", file=file) for file in after}
        shown = (difference(before[file], text, file, mended[file]) for file, text in after.items())
        printer.data("".join(shown))
        return Code.findings if after else Code.clean
    if job.text is not None:
        printer.data("".join(after.values()) or job.text)
        return Code.clean
    write({Path(file): text.encode() for file, text in after.items()}, force=True, dry_run=order.keep)
    if order.format == "text" and not printer.quiet:
        printer.data("".join(as_change(one, order.keep) for one in made))
    if order.whole:
        run.found.fixed += made
    return _say(run, left, job.settings, job.load().document)


def _mended(job: Specs, before: Mapping[str, str]) -> tuple[Mapping[str, str], list[Shown], Sequence[Shown]]:
    """The texts that the safe fixes change, comments and all else kept; findings left, and fixes made."""

    def look(texts: Mapping[str, Source]) -> list[Shown]:
        job.texts = {file: source.text for file, source in texts.items()}
        return job.look()

    sources, left, made = rechecked({file: Source(text) for file, text in before.items()}, look)
    changed = {file: source.text for file, source in sources.items() if source.text != before[file]}
    for file, text in changed.items():
        if format_text(before[file], file) == before[file]:  # a value quoted for its sign needs no quotes any more
            changed[file] = format_text(text, file)
    return changed, left, made

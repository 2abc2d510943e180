"""A run of `perfdoc check`: documents looked at here or side by side, each document's words said in its turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from perfdoc.checks.report import Shown
from perfdoc.cli.batch import attempt
from perfdoc.cli.codes import Code
from perfdoc.cli.files.checked import Forms, Job
from perfdoc.cli.terminal.pace import Pace
from perfdoc.cli.terminal.recorded import Said, Voice, recorder, replay
from perfdoc.cli.verbs.check.one import Run, look
from perfdoc.jobs.guard import Lost
from perfdoc.jobs.limits import UNLIMITED, Limits
from perfdoc.jobs.pool import HERE, Work, results

PREPARE = "perfdoc.cli.verbs.check.all:prepare"
"""The work on one document, by its name."""
_WORDS = {Code.clean: "clean", Code.findings: "with findings"}


class Order(NamedTuple):
    """What is the same for all documents of a run: the fields of `Run` that it was asked with."""

    voice: Voice
    format: str
    lang: str | None
    fix: bool
    show: bool
    keep: bool
    templates: Forms


class Looked(NamedTuple):
    """What was said of a document, its code, and how many findings of which severity it has.

    `found` and `fixed` are the findings themselves where the format is one whole.
    """

    said: tuple[Said, ...]
    code: int
    counts: Counter[str]
    mendable: int
    found: list[Shown]
    fixed: list[Shown]


def prepare(order: Order) -> Callable[[Job], Looked]:
    """The work on one document."""
    printer = recorder(order.voice)

    def one(job: Job) -> Looked:
        run = Run(printer, order.format, order.lang, order.fix, order.show, order.keep, (), (), None, order.templates)
        code = attempt(printer, job, lambda job: look(run, job))
        return Looked(printer.take(), code, run.counts, run.mendable, run.found, run.fixed)

    return one


def check_all(run: Run, jobs: Iterable[Job], total: int, *, executor: str = HERE, workers: int | None = None) -> Code:
    """Check documents; the worst code of them. What they have is added to the run's.

    In a process of its own a document has 26 seconds of processor time, here a file received (specs are not held to
    a time). Raises UsageError for an executor that can't be had.
    """
    printer = run.printer
    order = Order(Voice.of(printer), run.format, run.lang, run.fix, run.show, run.keep, run.templates)
    limits = UNLIMITED if executor == HERE else Limits()
    pace, worst = Pace(printer, total, few=executor == HERE), Code.clean
    for done in results(Work(PREPARE, order, limits, executor, workers), jobs, total):
        if isinstance(done, Lost):
            code = Code.bug if done.bug else Code.unreadable
            printer.ended("bug" if done.bug else "unreadable", f"{done.item}: {done.why}", str(done.item))
        else:
            code = Code(done.code)
            replay(printer, done.said)
            run.counts.update(done.counts)
            run.mendable += done.mendable
            run.found += done.found
            run.fixed += done.fixed
        worst = max(worst, code)
        pace.add(_WORDS.get(code, "failed"))
        pace.tell()
    pace.end()
    return worst

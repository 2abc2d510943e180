"""`perfdoc import --learn`: the files are looked at, and each layout that no form draws gets one, before the import."""

import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from perfdoc.cli.files.batch import bounded
from perfdoc.cli.files.output import save
from perfdoc.cli.terminal.printing import Printer
from perfdoc.cli.terminal.progress import Pace
from perfdoc.cli.verbs.import_.asked import Done
from perfdoc.cli.verbs.import_.handed import Depends, Handed
from perfdoc.errors import PerfdocError
from perfdoc.form_definition.loading import forget
from perfdoc.importing.order import WORD, Ending, Job, Lesson, Order, Taught, Teaching
from perfdoc.jobs.guard import Lost
from perfdoc.jobs.ledger import Entry
from perfdoc.jobs.pool import LOCAL, Work, results
from perfdoc.repository.folders import home_near
from perfdoc.storage.paths import from_here
from perfdoc.texts import say

LEARNER = "perfdoc.importing.lessons:Learner"
_TRIED = 3
"""Files of a layout from which a form is tried to be learnt."""
_Rank = tuple[int | str | bytes, ...]


class Layouts:
    """The layouts that no form draws: how many files have each, and those that show most of it."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._best: defaultdict[str, list[tuple[_Rank, Job]]] = defaultdict(list)

    def add(self, job: Job, entry: Entry) -> None:
        """A file was looked at. The same files give the same order, whatever the order they come in."""
        if not entry.layout or entry.form:
            return
        self._counts[entry.layout] += 1
        rank = (entry.kind != WORD, entry.doubts, -min(entry.projects, 2), -entry.indicators, entry.hash, job.key)
        best = self._best[entry.layout]
        best.append((rank, job))
        best.sort()
        del best[_TRIED:]

    def lessons(self) -> list[Lesson]:
        """The layouts, those that most files have first: one that few have may be another with a slip in it."""
        ordered = sorted(self._counts, key=lambda layout: (-self._counts[layout], layout))
        return [Lesson(layout, tuple(job for _, job in self._best[layout])) for layout in ordered]


def forms_made(printer: Printer, handed: Handed, survey: Work, total: int, name: str | None) -> dict[str, Taught]:
    """Before the import: have the tags of forms that were edited by hand follow, and unless `name` is None, `learn`."""
    edited = [] if handed.ledger.blank else handed.depends.edited(handed.ledger.taught())
    if edited:
        _agree(printer, edited, survey.limits.seconds, handed.order.dry_run)
        forget()
        handed.depends = Depends(handed.order)
    return learn(printer, handed, survey, total, name) if name is not None else {}


def learn(printer: Printer, handed: Handed, survey: Work, total: int, name: str) -> dict[str, Taught]:
    """Learn a form for each layout that none draws, and write it; what became of each layout, by its fingerprint."""
    lessons = _layouts(printer, handed, survey, total).lessons()
    if not lessons:
        return {}
    order = handed.order
    with tempfile.TemporaryDirectory(prefix="perfdoc-") as workshop:
        work = Work(LEARNER, Teaching(order, workshop, name), survey.limits, LOCAL, 1)
        found, pace = [], Pace(printer.progress, len(lessons), printer.status)
        with closing(results(work, lessons, len(lessons))) as every:
            for one in every:
                found.append(_lost(one) if isinstance(one, Lost) else one)
                pace.show(len(found), found[-1].form)
        pace.end()
        home = home_of(order)
        files = {
            home / file.relative_to(workshop): file.read_bytes() for file in sorted(Path(workshop).glob("*/form.*"))
        }
        save(printer, files, dry_run=order.dry_run)
    for one in found:
        for note in one.notes:
            printer.status(note)
        if one.why:
            printer.status(say("cli.import.not_learnt", why=one.why))
    forget()
    return {one.layout: one for one in found}


def _lost(one: Lost) -> Taught:
    return Taught(one.item.layout, why=f"{one.item}: {one.why}")


def _agree(printer: Printer, edited: Sequence[Path], seconds: float, dry_run: bool) -> None:
    """Have the tags of forms whose `form.yaml` was edited by hand follow it; one that is unsound is left as it is."""
    from perfdoc.labelling import agreed  # with all that reads: only where a form was edited

    for folder in edited:
        try:
            with bounded(str(folder), seconds):
                found = agreed(folder)
        except PerfdocError as error:
            printer.status(str(error))
            continue
        files = {from_here(folder / name): data for name, data in found.files.items() if name == "form.docx"}
        save(printer, files, force=True, dry_run=dry_run)
        for line in found.said:
            printer.status(line)


def home_of(order: Order) -> Path:
    """The folder that forms which are learnt go to, from the current one where it is in it."""
    return from_here(order.templates[0] if order.templates else home_near(order.near(".")))


def _layouts(printer: Printer, handed: Handed, survey: Work, total: int) -> Layouts:
    """Every file is looked at, but those of which an earlier run has told its layout."""
    layouts, pace = Layouts(), Pace(printer.progress, total, printer.status)
    given: dict[str, Job] = {}

    def unknown() -> Iterator[Job]:
        for job in handed.jobs():
            entry = handed.ledger.get(job.key) if job.known else None
            if entry is not None:
                layouts.add(job, entry)
            else:
                given[job.key] = job
                yield job

    with closing(results(survey, unknown(), total)) as every:
        for one in every:
            if isinstance(one, Lost):
                given.pop(one.item.key)
                continue
            done: Done = one
            layouts.add(given.pop(done.entry.source), done.entry)
            pace.add(Ending(done.entry.outcome).name)
            pace.tell()
    pace.end()
    return layouts


def table(met: Iterable[Entry], taught: Mapping[str, Taught]) -> Iterator[str]:
    """Which file has which form: a line a form, and below it its files."""
    files: defaultdict[str, list[str]] = defaultdict(list)
    for entry in met:
        one = taught.get(entry.layout)
        if entry.projects:
            files[entry.form or (one.form if one is not None else "")].append(entry.source)
    for form, sources in sorted(files.items(), key=lambda each: (not each[0], each[0])):
        yield say("cli.import.form" if form else "cli.import.no_form", form=form, n=len(sources)) + "\n"
        yield from (f"  {source}\n" for source in sources)

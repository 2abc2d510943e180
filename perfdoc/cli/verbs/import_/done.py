"""One imported file as `perfdoc import` tells of it: what is said, its exit code, and its row of the ledger.

This runs where the file was imported, be it the process of the command or one of `perfdoc.jobs`: what goes back is
what is to be said, not the Document.
"""

from collections.abc import Sequence
from pathlib import Path

from perfdoc import specs, texts
from perfdoc.cli.codes import Code, code_of
from perfdoc.cli.files.output import said
from perfdoc.cli.terminal.printing import Printer, told
from perfdoc.cli.terminal.recorded import recorder
from perfdoc.cli.verbs.import_.asked import WORDS, Asked, Done
from perfdoc.errors import NotRecognisedError
from perfdoc.importing.file import Imported, Importer
from perfdoc.importing.folder import Written, packed
from perfdoc.importing.order import Job, Order
from perfdoc.jobs.ledger import Entry
from perfdoc.report import Diagnostic
from perfdoc.storage.paths import joined
from perfdoc.storage.writing import Outcome

_TOLD = 3  # warnings and errors of one file of many that are said; `inspect` shows all


class Importing:
    """The work on one file. Raises FormError and UsageError as `Importer` does."""

    def __init__(self, asked: Asked) -> None:
        self._order, self._say = asked.order, _say_all if asked.few else _say_briefly
        self._import, self._printer = Importer(asked.order), recorder(asked.voice)
        self.coming, self.close = self._import.coming, self._import.close

    def __call__(self, job: Job) -> Done:
        found = self._import(job)
        entry = _entry(found)
        self._say(self._printer, found, self._order, entry)
        return Done(job.path, entry, self._printer.take(), found.part)


def _entry(found: Imported) -> Entry:
    job = found.job
    begun = Entry(job.key, "", found.hash, job.options, found.final, found.ending, 0, found.kind, message=found.foreign)
    if found.again:
        return begun._replace(again=True)
    if found.error is not None:
        unnamed = isinstance(found.error, NotRecognisedError) and not job.named
        code = Code.clean if unnamed else code_of(found.error)
        return begun._replace(code=code, message=told(found.error, job.path))
    if found.reading is None:
        return begun
    projects, diagnostics = found.reading.document.projects, found.reading.diagnostics
    findings = any(one.severity == "error" for one in diagnostics) or (found.written and found.written.conflicts)
    return begun._replace(
        folder=job.folder,
        code=Code.findings if findings else Code.clean,
        form=found.reading.document.form or "",
        layout=found.reading.layout,
        written=packed(found.written.texts) if found.written is not None and found.reading.layout else b"",
        projects=len(projects),
        indicators=sum(len(project.indicators) for project in projects),
        doubts=sum(one.severity != "info" for one in diagnostics),
    )


def _say_all(printer: Printer, found: Imported, order: Order, entry: Entry) -> None:
    """Every diagnostic, what became of each file that is not simply new, and the sum."""
    if found.reading is not None:
        printer.diagnostics(found.reading.diagnostics, brief=True)
    if found.error is not None:
        printer.failure(found.error, found.job.path)
    elif found.reading is not None and order.output is None:
        files = specs.files(found.reading.document)  # in one text: YAML documents, each after its name in a comment
        printer.data("".join(f"--- # {name}\n{text}" for name, text in files.items()))
    elif found.reading is not None and not order.output:
        printer.status(f"{found.job.path}: {_sum(entry, None, order)}")
    elif found.written is not None and order.output is not None:
        _say_lost(printer, found.written)
        for path, outcome in found.written.outcomes.items():
            if outcome is Outcome.replaced or (order.dry_run and outcome is Outcome.written):
                printer.status(said(path, outcome, order.dry_run))
        printer.diagnostics(found.written.left_over)
        printer.status(f"{Path(order.output, entry.folder)}: {_sum(entry, found.written, order)}")


def _say_briefly(printer: Printer, found: Imported, order: Order, entry: Entry) -> None:
    """The first diagnostics and the sum: a line or two for each of many files."""
    path = found.job.path
    if found.again:
        return
    if found.job.passed:
        printer.ended("skipped", f"{path}: {found.job.passed}", path, "info")
    elif found.error is not None:
        _say_some(printer, getattr(found.error, "diagnostics", ()), path)
        printer.ended(WORDS[found.ending], entry.message, path, "error" if entry.code else "info")
    elif found.reading is not None and not order.output:
        _say_some(printer, found.reading.diagnostics, path)
        printer.status(f"{path}: {_sum(entry, None, order)}")
    elif found.reading is not None and found.written is not None and order.output is not None:
        _say_lost(printer, found.written)
        _say_some(printer, (*found.reading.diagnostics, *found.written.left_over), path)
        folder = joined(order.output, entry.folder) if entry.folder != "." else order.output
        printer.status(f"{path} → {folder}: {_sum(entry, found.written, order)}")
        for name, number in found.written.conflicts.items():
            printer.ended("conflict", f"{joined(folder, name)}: {texts.say('counts.conflicts', n=number)}", path)


def _say_lost(printer: Printer, written: Written) -> None:
    if written.lost:
        printer.ended("lost", written.lost, severity="warning")


def _say_some(printer: Printer, found: Sequence[Diagnostic], path: str) -> None:
    if printer.format == "json":
        printer.diagnostics(found)
        return
    weighty = [one for one in found if one.severity != "info"]
    printer.diagnostics(weighty[:_TOLD])
    if len(weighty) > _TOLD:
        printer.status(texts.say("cli.import.more", file=path, n=len(weighty) - _TOLD))


def _sum(entry: Entry, written: Written | None, order: Order) -> str:
    numbers = {"projects": entry.projects, "indicators": entry.indicators, "doubts": entry.doubts}
    sizes = texts.listed(texts.say(f"counts.{name}", n=number) for name, number in numbers.items())
    if written is None:
        return sizes
    every = list(written.outcomes.values())
    how = "to_be" if order.dry_run else "were"
    files = texts.listed(texts.say(f"cli.import.{how}.{one}", n=every.count(one)) for one in Outcome if one in every)
    return texts.say("cli.import.sum", sizes=sizes, files=files)

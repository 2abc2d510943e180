"""`perfdoc score`: the scores of a self-evaluation, with the way to each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click

from perfdoc.checks.report import Shown, in_cell, in_texts
from perfdoc.checks.settings import Settings
from perfdoc.cli.codes import Code, worst
from perfdoc.cli.files.checked import Job, Specs
from perfdoc.cli.files.output import save
from perfdoc.cli.files.reader import Reader, read_each
from perfdoc.cli.files.targets import documents
from perfdoc.cli.options import dry_run_option, force_option, format_choice, templates_option
from perfdoc.cli.params import INPUT
from perfdoc.cli.terminal.difference import difference
from perfdoc.cli.terminal.findings import as_text
from perfdoc.cli.terminal.printing import Printer
from perfdoc.cli.verb import Verb
from perfdoc.cli.verbs.score.scores import as_json_text, as_lines
from perfdoc.errors import UsageError
from perfdoc.report import Reading
from perfdoc.scoring import Sheet, fill
from perfdoc.scoring import score as sheets_of
from perfdoc.specs import rewritten
from perfdoc.texts import say


@dataclass
class Run:
    """One run: what was asked for, and for JSON what was scored so far, a file with its sheets and findings."""

    printer: Printer
    format: str
    writing: bool
    force: bool
    dry_run: bool
    scored: list[tuple[str, Sequence[Sheet], Sequence[Shown]]] = field(default_factory=list)


@click.command(cls=Verb)
@click.argument("paths", metavar="SPEC...", nargs=-1, required=True, type=INPUT)
@click.option("--write", "writing", is_flag=True)
@format_choice("text", "json")
@templates_option
@force_option
@dry_run_option
@click.pass_obj
def score(
    printer: Printer,
    paths: tuple[str, ...],
    writing: bool,
    format_: str,
    templates: tuple[Path, ...],
    force: bool,
    dry_run: bool,
) -> int:
    if (force or dry_run) and not writing:
        raise UsageError(say("cli.score.not_writing"))
    run = Run(printer, format_, writing, force, dry_run)
    codes: list[int] = []
    found = list(documents(printer, paths, lambda _: Settings(), templates, codes))
    codes += read_each(printer, found, lambda job, reader: _score(run, job, reader))
    if format_ == "json":
        printer.data(as_json_text(run.scored))
    return worst(codes)


def _score(run: Run, job: Job, reader: Reader) -> int:
    if not isinstance(job, Specs):
        if run.writing:
            raise UsageError(say("cli.score.received", file=job.shown))
        reading, _ = job.load(reader)
        run.printer.doubts(reading)
        received = sheets_of(reading)
        return _said(run, job.shown, received, [in_cell(one) for sheet in received for one in sheet.findings])
    reading = job.load()
    sheets = _asked(job, reading, sheets_of(reading))
    if run.writing and job.text is not None:  # standard output is the spec's
        run.printer.data("".join(_filled(run, job, reading, sheets).values()) or job.text)
        return Code.clean
    found = [one for sheet in sheets for one in sheet.findings]
    code = _said(run, job.shown, sheets, in_texts(found, job.sources(frozenset(one.place.file for one in found))))
    return worst((code, _written(run, job, reading, sheets))) if run.writing else code


def _asked(job: Specs, reading: Reading, sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets of the files that were asked for, where not all of the document was."""
    return [one for one in sheets if job.only is None or reading.places[one.path].file in job.only]


def _said(run: Run, shown: str, sheets: Sequence[Sheet], found: list[Shown]) -> int:
    run.scored.append((shown, sheets, found))
    if run.format == "text":
        run.printer.data("".join(line for sheet in sheets for line in as_lines(shown, sheet)))
        run.printer.data("".join(as_text(one) for one in found))
    return Code.findings if any(one.finding.severity == "error" for one in found) else Code.clean


def _filled(run: Run, job: Specs, reading: Reading, sheets: Sequence[Sheet]) -> dict[str, str]:
    """The new text of each project's file that gets scores."""
    made: dict[str, str] = {}
    for sheet in sheets:
        project = reading.document.projects[int(sheet.path[1])]
        filled = fill(project, sheet, replace=run.force)
        if filled is not project:
            file = reading.places[sheet.path].file
            made[file] = rewritten(job.texts[file], file, filled)
    return made


def _written(run: Run, job: Specs, reading: Reading, sheets: Sequence[Sheet]) -> int:
    """Write the scores into the project files, or show what would be written."""
    made = _filled(run, job, reading, sheets)
    if run.dry_run and run.format == "text":
        shown = (
            difference(job.texts[file], text, file, say("cli.score.scored", file=file)) for file, text in made.items()
        )
        run.printer.data("".join(shown))
    files = {Path(file): text.encode() for file, text in made.items()}
    save(run.printer, files, force=True, dry_run=run.dry_run)
    return Code.clean

"""`perfdoc score`: the scores of a self-evaluation, with the way to each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from perfdoc.cli.batch import attempt, each
from perfdoc.cli.codes import Code, worst
from perfdoc.cli.options import dry_run_option, force_option, templates_option
from perfdoc.cli.terminal.language import lang_option, language
from perfdoc.cli.terminal.printing import Printer
from perfdoc.errors import UsageError

if TYPE_CHECKING:
    from perfdoc.checks.report import Shown
    from perfdoc.cli.verbs.check.checked import Forms, Job, Specs
    from perfdoc.report import Reading
    from perfdoc.scoring import Sheet


@dataclass
class Run:
    """One run: what was asked for, and for JSON what was scored so far, a file with its sheets and findings."""

    printer: Printer
    format: str
    lang: str
    write: bool
    force: bool
    dry_run: bool
    scored: list[tuple[str, Sequence[Sheet], Sequence[Shown]]] = field(default_factory=list)


@click.command(
    epilog="""\b
Examples:
  perfdoc score specs/2023-self                   every line, how its points come about
  perfdoc score returned.docx --lang zh           … of a received 自评表, in Chinese
  perfdoc score specs/2023-self --write -n        show which scores would be written
  perfdoc score specs/2023-self --write           write those that are not there yet
  perfdoc score specs --format json

\b
The rules are those of 财预〔2020〕10号:
  execution      executed / budget x 10 points (or execution.weight.total), at most all of them;
                 none, where the indicators alone come to 100
  quantitative   met: full points. Short: actual / target x points where more is better (≥),
                 target / actual where less is (≤). A limit of zero that is passed: no points.
                 Better by 30 %: told of
  qualitative    a band, no number: 达成 100-80 %, 部分达成 under 80-60 %, 未达成 under 60 %; a
                 person gives the score, and one that is there is held against the band
  deadlines      kept, or done within the period: full points; late: a person gives under 80 %
Nothing is guessed: without an actual value or points, with units that don't fit or several values
in one target a line is refused, and the finding says why (perfdoc explain PD7). Points are
rounded once, half up, to two decimals. --write fills in score, execution.score.total,
execution.rate.total and the project's score; comments stay. A score that is there stays, unless
--force is given and the rules don't allow it. Exit code 1: there are findings.""",
)
@click.argument("paths", metavar="SPEC...", nargs=-1, required=True)
@click.option("--write", is_flag=True, help="Write the computed scores into the specs, where there are none yet.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Lines for people, or one JSON object on standard output.",
)
@lang_option
@templates_option
@force_option
@dry_run_option
@click.pass_obj
def score(
    printer: Printer,
    paths: tuple[str, ...],
    write: bool,
    format_: str,
    lang: str | None,
    templates: tuple[Path, ...],
    force: bool,
    dry_run: bool,
) -> int:
    """Compute the scores of self-evaluations (绩效自评) in SPECs: folders, project files, received files, or `-`."""
    if (force or dry_run) and not write:
        raise UsageError("--force and -n are about writing: give --write with them")
    from perfdoc.checks.settings import settings_near

    printer.format = format_
    run = Run(printer, format_, language(lang, settings_near(Path()).lang), write, force, dry_run)
    found: list[Job] = []
    codes = [attempt(printer, "", lambda _: _collect(found, paths, templates))]
    codes += each(printer, found, lambda job: _score(run, job))
    if format_ == "json":
        from perfdoc.cli.verbs.score.scores import as_json_text

        printer.data(as_json_text(run.scored, run.lang))
    return worst(codes)


def _collect(found: list[Job], paths: Sequence[str], templates: Forms) -> int:
    from perfdoc.checks.settings import Settings
    from perfdoc.cli.verbs.check.given import jobs

    found.extend(jobs(paths, lambda _: Settings(), templates))
    return Code.clean


def _score(run: Run, job: Job) -> int:
    from perfdoc.checks.report import in_cell, in_texts
    from perfdoc.cli.verbs.check.checked import Specs
    from perfdoc.scoring import score as sheets_of

    if not isinstance(job, Specs):
        if run.write:
            raise UsageError(f"{job.shown}: scores are written into specs; import it first")
        reading, _ = job.load()
        run.printer.diagnostics((one for one in reading.diagnostics if one.severity != "info"), brief=True)
        received = sheets_of(reading)
        return _said(run, job.shown, received, [in_cell(one) for sheet in received for one in sheet.findings])
    reading = job.load()
    sheets = _asked(job, reading, sheets_of(reading))
    if run.write and job.text is not None:  # standard output is the spec's
        run.printer.data("".join(_filled(run, job, reading, sheets).values()) or job.text)
        return Code.clean
    found = [one for sheet in sheets for one in sheet.findings]
    code = _said(run, job.shown, sheets, in_texts(found, job.sources(frozenset(one.place.file for one in found))))
    return worst((code, _written(run, job, reading, sheets))) if run.write else code


def _asked(job: Specs, reading: Reading, sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets of the files that were asked for, where not all of the document was."""
    return [one for one in sheets if job.only is None or reading.places[one.path].file in job.only]


def _said(run: Run, shown: str, sheets: Sequence[Sheet], found: list[Shown]) -> int:
    from perfdoc.cli.terminal.findings import as_text
    from perfdoc.cli.verbs.score.scores import as_lines

    run.scored.append((shown, sheets, found))
    if run.format == "text":
        run.printer.data("".join(line for sheet in sheets for line in as_lines(shown, sheet, run.lang)))
        run.printer.data("".join(as_text(one, run.lang) for one in found))
    return Code.findings if any(one.finding.severity == "error" for one in found) else Code.clean


def _filled(run: Run, job: Specs, reading: Reading, sheets: Sequence[Sheet]) -> dict[str, str]:
    """The new text of each project's file that gets scores."""
    from perfdoc.scoring import fill
    from perfdoc.specs import rewritten

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
    from perfdoc.cli.files.output import said, write
    from perfdoc.cli.terminal.difference import difference

    made = _filled(run, job, reading, sheets)
    if run.dry_run and run.format == "text":
        shown = (difference(job.texts[file], text, file, f"{file} (scored)") for file, text in made.items())
        run.printer.data("".join(shown))
    files = {Path(file): text.encode() for file, text in made.items()}
    for path, outcome in write(files, force=True, dry_run=run.dry_run).items():
        run.printer.status(said(path, outcome, run.dry_run))
    return Code.clean

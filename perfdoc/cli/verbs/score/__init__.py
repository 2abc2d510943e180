"""`perfdoc score`: the scores of a self-evaluation, with the way to each of them."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from perfdoc.checks.report import Shown, in_cell, in_texts
from perfdoc.checks.settings import Settings
from perfdoc.cli.codes import Code, worst
from perfdoc.cli.files.checked import Job, Specs
from perfdoc.cli.files.output import save
from perfdoc.cli.files.reader import Reader
from perfdoc.cli.files.targets import each_document
from perfdoc.cli.params import INPUT, dry_run_option, force_option, format_choice, templates_option
from perfdoc.cli.terminal.difference import difference
from perfdoc.cli.terminal.findings import as_object, as_text
from perfdoc.cli.terminal.printing import Printer, json_text, paint
from perfdoc.cli.verb import Verb
from perfdoc.errors import UsageError
from perfdoc.report import Reading
from perfdoc.scoring import Line, Sheet, fill
from perfdoc.scoring import score as sheets_of
from perfdoc.specs import rewritten
from perfdoc.target import plain
from perfdoc.texts import say
from perfdoc.visible import fitted, width
from perfdoc.visible import shown as visible


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
    code = each_document(printer, paths, lambda _: Settings(), templates, lambda job, reader: _score(run, job, reader))
    if format_ == "json":
        printer.data(as_json_text(run.scored))
    return code


def _score(run: Run, job: Job, reader: Reader) -> int:
    if not isinstance(job, Specs):
        if run.writing:
            raise UsageError(say("cli.score.received", file=job.shown))
        reading = job.load(reader)
        run.printer.doubts(reading)
        received = sheets_of(reading)
        return _said(run, job.shown, received, [in_cell(one) for sheet in received for one in sheet.findings])
    reading = job.load()
    sheets = [one for one in sheets_of(reading) if job.asks(reading.places.get(one.path))]
    if run.writing and job.text is not None:  # standard output is the spec's
        run.printer.data("".join(_filled(run, job, reading, sheets).values()) or job.text)
        return Code.clean
    found = [one for sheet in sheets for one in sheet.findings]
    code = _said(run, job.shown, sheets, in_texts(found, job.sources(frozenset(one.place.file for one in found))))
    return worst((code, _written(run, job, reading, sheets))) if run.writing else code


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


_NAME = 28  # screen columns of a line's name
_POINTS = 14


def as_lines(file: str, sheet: Sheet) -> Iterator[str]:
    """A sheet as lines: the project, each line of the form with its points and the way to them, the total."""
    yield paint(f"{visible(file)}: {visible(sheet.name)}", "1", sys.stdout) + "\n"
    if not sheet.lines:
        return
    for one in sheet.lines:
        points = f"{'-' if one.counted is None else one.counted} / {_plain(one.weight)}"
        yield f"  {_padded(one.name, _NAME)} {points:>{_POINTS}}  {visible(one.reason)}\n"
    between = say("cli.score.between", lowest=sheet.lowest, highest=sheet.highest)
    said = between if sheet.total is None else f"{sheet.total}"
    grade = f"  {sheet.grade}" if sheet.grade else ""
    yield f"  {_padded(say('cli.score.total'), _NAME)} {f'{said} / {_plain(sheet.weights)}':>{_POINTS}}{grade}\n"


def _plain(number: Decimal | None) -> str:
    return "-" if number is None else plain(number)


def _padded(text: str, columns: int) -> str:
    shown = fitted(text, columns)
    return shown + " " * (columns - width(shown))


def as_json_text(scored: Sequence[tuple[str, Sequence[Sheet], Sequence[Shown]]]) -> str:
    files = [
        {"file": file, "projects": [_project(sheet) for sheet in sheets], "findings": [as_object(one) for one in found]}
        for file, sheets, found in scored
    ]
    return json_text({"version": 1, "files": files})


def _project(sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "total": _text(sheet.total),
        "lowest": _text(sheet.lowest) if sheet.lines else None,
        "highest": _text(sheet.highest) if sheet.lines else None,
        "grade": sheet.grade or None,
        "weights": _text(sheet.weights),
        "rate": sheet.rate,
        "lines": [_line(one) for one in sheet.lines],
    }


def _line(one: Line) -> dict[str, Any]:
    numbers = {name: _text(getattr(one, name)) for name in ("weight", "points", "low", "high", "given", "counted")}
    return {
        "name": one.name,
        "path": list(one.path),
        "target": one.target,
        "actual": one.actual,
        **numbers,
        "high_excluded": one.below,
        "rule": one.rule,
        "refused": one.refused,
        "reasoning": one.reason,
    }


def _text(number: Decimal | None) -> str | None:
    return None if number is None else f"{number}"

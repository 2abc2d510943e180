"""`perfdoc check`: what a reviewer would find, at its line or cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from perfdoc.cli.batch import attempt, each
from perfdoc.cli.codes import Code, worst
from perfdoc.cli.language import lang_option, language
from perfdoc.cli.options import dry_run_option, force_option, templates_option
from perfdoc.cli.printing import Printer
from perfdoc.errors import SpecError, UsageError

if TYPE_CHECKING:
    from perfdoc.check.report import Shown
    from perfdoc.check.settings import Settings
    from perfdoc.cli.checked import Forms, Job, Specs


@dataclass
class Run:
    """One run of `check`: what was asked for, and what was found so far."""

    printer: Printer
    format: str
    lang: str | None
    fix: bool
    show: bool
    keep: bool
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    severity: str | None
    templates: Forms
    found: list[Shown] = field(default_factory=list)
    fixed: list[Shown] = field(default_factory=list)
    tongue: str = "en"
    _near: dict[Path, Settings] = field(default_factory=dict)

    def settings(self, folder: Path) -> Settings:
        """The choices for files in a folder: the command line's over the repository's."""
        from perfdoc.check.settings import settings_near

        if folder not in self._near:
            near = settings_near(folder)
            self._near[folder] = near.changed(self.select, self.ignore, self.severity, self.lang)
        return self._near[folder]


@click.command(
    short_help="What a reviewer would find, at its line or cell.",
    epilog="""\b
Examples:
  perfdoc check specs                                  every document below specs/
  perfdoc check received.docx --lang zh                findings at tables, rows and columns
  perfdoc check received.docx --annotate reviewed.docx     findings as Word comments at their cells
  perfdoc check specs --fix                            mend spelling, widths and operators
  perfdoc check specs --diff                           show what --fix would change
  perfdoc check specs --select PD4 --severity warning  only arithmetic; warnings fail the run too
  perfdoc check specs --format sarif > check.sarif

\b
Each finding is one line, file:line:column: severity code: message, with the text and a caret below it.
perfdoc explain CODE says why, and by which regulation. A comment suppresses a finding, with a reason:
  target: ≤5人  # perfdoc: ignore[PD304] the number of places is fixed
behind the value, or on a line of its own above the value or the record; ignore-file[...] for the file.
A repository's choices stand in the nearest perfdoc.yaml (check: select, ignore, severity, levels, lang,
year, scheme, slips) or in [tool.perfdoc.check] of pyproject.toml. Findings go to standard output, in
every format; a clean run prints nothing. Exit code 1: findings of --severity or worse; 3: unreadable.""",
)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--fix", is_flag=True, help="Mend what is safe to mend in specs: spelling, widths, spaces, operators.")
@click.option(
    "--diff", "show", is_flag=True, help="Change nothing; show what --fix would change, exit with 1 if it would."
)
@click.option(
    "--select", multiple=True, metavar="CODES", help="Only these rules: codes or their beginnings (PD3,PD404)."
)
@click.option("--ignore", multiple=True, metavar="CODES", help="Not these rules.")
@click.option(
    "--severity",
    type=click.Choice(["error", "warning", "info"]),
    help="The least severity that makes the exit code 1 (default: error).",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="How findings are written to standard output.",
)
@click.option("--annotate", metavar="OUT.docx", help="Write a Word file with the findings as comments at their cells.")
@lang_option
@templates_option
@force_option
@dry_run_option
@click.pass_obj
def check(
    printer: Printer,
    paths: tuple[str, ...],
    fix: bool,
    show: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    severity: str | None,
    format_: str,
    annotate: str | None,
    lang: str | None,
    templates: tuple[Path, ...],
    force: bool,
    dry_run: bool,
) -> int:
    """Find what a reviewer would find in PATHs: specs (folders, project files), Word and Excel files, or `-`.

    Rules of completeness, classification, values, arithmetic, between projects, and of wording.
    """
    from perfdoc.cli.checked import jobs, only_one

    printer.format = "json" if format_ in ("json", "sarif") else "text"
    run = Run(printer, format_, lang, fix or dry_run, show, show or dry_run, select, ignore, severity, templates)
    run.tongue = language(lang, run.settings(Path()).lang)
    found: list[Job] = []
    codes = [
        attempt(printer, path, lambda one: _collect(found, jobs([one], run.settings, templates)))
        for path in _folders(paths)
    ]
    codes.append(attempt(printer, "", lambda _: _collect(found, jobs(_files(paths), run.settings, templates))))
    if annotate is not None:
        job = only_one(found, "--annotate") if not any(codes) else None
        codes += [_annotate(run, job, annotate, force, dry_run)] if job else []
    else:
        codes += each(printer, found, lambda job: _look(run, job))
    _finish(run)
    return worst(codes)


def _folders(paths: tuple[str, ...]) -> list[str]:
    return [path for path in dict.fromkeys(paths) if Path(path).is_dir()]


def _files(paths: tuple[str, ...]) -> list[str]:
    return [path for path in dict.fromkeys(paths) if not Path(path).is_dir()]


def _collect(found: list[Job], more: object) -> int:
    from collections.abc import Iterable

    assert isinstance(more, Iterable)
    found.extend(more)
    return Code.clean


def _look(run: Run, job: Job) -> int:
    """Check one document; what is found is printed at once in text, and kept for the other formats."""
    from perfdoc.cli.checked import Specs

    if not isinstance(job, Specs):
        reading, form = job.load()
        run.printer.diagnostics((one for one in reading.diagnostics if one.severity != "info"), brief=True)
        return _said(run, job.look(reading, form), job.settings)
    try:
        if run.fix or run.show:
            return _mend(run, job)
        return _said(run, job.look(), job.settings)
    except SpecError as error:
        return _broken(run, job, error)


def _broken(run: Run, job: Specs, error: SpecError) -> int:
    from perfdoc.cli.checked import as_shown

    if not error.diagnostics:
        raise error
    _said(run, as_shown(error.diagnostics, job.texts), job.settings)
    return Code.unreadable


def _said(run: Run, found: list[Shown], settings: Settings) -> int:
    from perfdoc.check import selected
    from perfdoc.cli.findings import as_github, as_text

    run.found += found
    tongue = language(run.lang, settings.lang)
    if run.format in ("text", "github"):
        write = as_text if run.format == "text" else as_github
        run.printer.data("".join(write(one, tongue) for one in found))
    counts = any(True for _ in selected((one.finding for one in found), settings))
    return Code.findings if counts else Code.clean


def _mend(run: Run, job: Specs) -> int:
    """Apply the safe fixes, or show them; then say what is left."""
    from perfdoc.cli.difference import difference
    from perfdoc.cli.findings import as_change
    from perfdoc.cli.mend import mend
    from perfdoc.cli.output import write

    before, after, left, made = mend(job)
    if run.show:
        shown = (difference(before[file], text, file, f"{file} (mended)") for file, text in after.items())
        run.printer.data("".join(shown))
        return Code.findings if after else Code.clean
    tongue = language(run.lang, job.settings.lang)
    if job.text is not None:
        run.printer.data("".join(after.values()) or job.text)
        return Code.clean
    write({Path(file): text.encode() for file, text in after.items()}, force=True, dry_run=run.keep)
    if run.format == "text":
        run.printer.data("".join(as_change(one, tongue, run.keep) for one in made))
    run.fixed += made
    return _said(run, left, job.settings)


def _annotate(run: Run, job: Job, output: str, force: bool, dry_run: bool) -> int:
    return attempt(run.printer, job.shown, lambda _: _write_annotated(run, job, output, force, dry_run))


def _write_annotated(run: Run, job: Job, output: str, force: bool, dry_run: bool) -> int:
    from perfdoc.cli.annotated import annotated
    from perfdoc.cli.output import STDOUT, said, to_stdout, write

    if run.fix and not dry_run:
        raise UsageError("--annotate and --fix are two ways of working: choose one")
    try:
        data, found = annotated(run.printer, job, language(run.lang, job.settings.lang))
    except SpecError as error:
        from perfdoc.cli.checked import Specs

        assert isinstance(job, Specs)
        return _broken(run, job, error)
    if output == STDOUT:
        to_stdout(data)
        return Code.clean
    for path, outcome in write({Path(output): data}, force=force, dry_run=dry_run).items():
        run.printer.status(said(path, outcome, dry_run))
    return _said(run, found, job.settings)


def _finish(run: Run) -> None:
    """What is written once for the run: the whole of JSON and SARIF, and for people how many findings there are."""
    from perfdoc.cli.findings import as_json_text, summary

    if run.format == "json":
        run.printer.data(as_json_text(run.found, run.fixed, run.tongue))
    elif run.format == "sarif":
        from perfdoc.cli.sarif import as_sarif

        run.printer.data(as_sarif(run.found, run.tongue))
    elif run.format == "text" and run.found:
        run.printer.status(summary(run.found, run.tongue))

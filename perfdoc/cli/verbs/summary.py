"""`perfdoc summary`: many documents as one table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from perfdoc.cli.batch import attempt, each
from perfdoc.cli.codes import Code, worst
from perfdoc.cli.options import force_option, templates_option
from perfdoc.cli.terminal.language import lang_option, language
from perfdoc.cli.terminal.printing import Printer

if TYPE_CHECKING:
    from perfdoc.cli.verbs.check.checked import Forms, Job
    from perfdoc.summary import Summary


@click.command(
    epilog="""\b
Examples:
  perfdoc summary specs                           every document below specs/
  perfdoc summary received/*.docx -o summary.xlsx --format xlsx
  perfdoc summary specs returned.xlsx --lang zh --format html -o summary.html
  perfdoc summary specs --format json | jq .total

\b
A row a project: money by source, number of indicators, score where there is one, number of
findings of perfdoc check; then totals by agency and in all, indicators by level 1 and 2 (names
that are in neither scheme are listed as written), findings by rule. Amounts are exact and in
万元, whatever the money unit of each form; an amount that is no number, or has no unit of money,
is in no sum and is listed with its place. JSON: one object with version, unit, projects,
agencies, total, groups, not_added; amounts are texts. Exit code 0, also where there are findings;
3 where a document can't be read (the others are summed up).""",
)
@click.argument("paths", metavar="DOCUMENT...", nargs=-1, required=True)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "xlsx", "html"]),
    default="text",
    show_default=True,
    help="A table for the terminal, one JSON object, a workbook with numbers as numbers, or a page.",
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file.")
@lang_option
@templates_option
@force_option
@click.pass_obj
def summary(
    printer: Printer,
    paths: tuple[str, ...],
    format_: str,
    output: Path | None,
    lang: str | None,
    templates: tuple[Path, ...],
    force: bool,
) -> int:
    """Sum up DOCUMENTs (folders, project files, Word and Excel files, `-`): money, indicators, scores, findings."""
    from perfdoc.checks.settings import settings_near
    from perfdoc.summary import Summary

    printer.format = "json" if format_ == "json" else "text"
    whole = Summary()
    found: list[Job] = []
    codes = [attempt(printer, path, lambda one: _collect(found, one, templates)) for path in dict.fromkeys(paths)]
    codes += each(printer, found, lambda job: _add(whole, job))
    _write(printer, whole, format_, output, language(lang, settings_near(Path()).lang), force)
    return worst(codes)


def _collect(found: list[Job], path: str, templates: Forms) -> int:
    from perfdoc.checks.settings import settings_near
    from perfdoc.cli.verbs.check.given import jobs

    found.extend(jobs([path], settings_near, templates))
    return Code.clean


def _add(whole: Summary, job: Job) -> int:
    """One document's projects; its text is let go of again."""
    from perfdoc.cli.verbs.check.checked import Specs
    from perfdoc.summary import rows

    if isinstance(job, Specs):
        reading, found = job.load(), job.look()
    else:
        reading, form = job.load()
        found = job.look(reading, form)
    pairs = [(one.finding.code, one.finding.path) for one in found]
    for index, row in enumerate(rows(job.shown, reading, pairs)):
        place = reading.places.get(("projects", index))
        if not isinstance(job, Specs) or job.only is None or place is None or place.file in job.only:
            whole.add(row)
    job.forget()
    return Code.clean


def _write(printer: Printer, whole: Summary, format_: str, output: Path | None, lang: str, force: bool) -> None:
    from perfdoc.cli.files.output import said, to_stdout, write

    data = "".join(_text(whole, format_, lang)).encode("utf-8", "backslashreplace") if format_ != "xlsx" else b""
    if format_ == "xlsx":
        from perfdoc.summary import tables
        from perfdoc.summary.workbook import workbook

        data = workbook(tables(whole, lang))
    if output is not None:
        for path, outcome in write({output: data}, force=force).items():
            printer.status(said(path, outcome))
    elif format_ == "xlsx":
        to_stdout(data)
    else:
        printer.bytes(data)


def _text(whole: Summary, format_: str, lang: str) -> Iterable[str]:
    from perfdoc.summary import Table, html, objects, plain, tables

    if format_ == "json":
        return objects.pieces(whole)
    made: Sequence[Table] = tables(whole, lang)
    return html.page(made) if format_ == "html" else plain.text(made)

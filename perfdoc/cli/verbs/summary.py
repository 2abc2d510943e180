"""`perfdoc summary`: many documents as one table."""

from collections.abc import Callable, Iterable
from pathlib import Path

import click

from perfdoc.checks.settings import settings_near
from perfdoc.cli.codes import Code
from perfdoc.cli.files.batch import bounded
from perfdoc.cli.files.checked import Job
from perfdoc.cli.files.output import as_workbook, put
from perfdoc.cli.files.reader import Reader
from perfdoc.cli.files.targets import each_document
from perfdoc.cli.params import FILE, INPUT, force_option, format_choice, output_option, templates_option
from perfdoc.cli.terminal.printing import Printer
from perfdoc.cli.verb import Verb
from perfdoc.errors import UsageError
from perfdoc.summary import Summary, objects, rows, tables
from perfdoc.summary.found import way_to
from perfdoc.summary.tables import page, text
from perfdoc.texts import say


@click.command(cls=Verb)
@click.argument("paths", metavar="DOCUMENT...", nargs=-1, required=True, type=INPUT)
@format_choice("text", "json", "xlsx", "html")
@output_option
@click.option("--findings", "report", metavar="FILE", type=FILE)
@templates_option
@force_option
@click.pass_obj
def summary(
    printer: Printer,
    paths: tuple[str, ...],
    format_: str,
    output: Path | None,
    report: Path | None,
    templates: tuple[Path, ...],
    force: bool,
) -> int:
    if report is not None and format_ not in ("html", "xlsx"):
        raise UsageError(say("summary.no_links", given=format_))
    whole = Summary()
    code = each_document(printer, paths, settings_near, templates, lambda job, reader: _add(whole, job, reader))
    _write(printer, whole, format_, output, report, force)
    return code


def _add(whole: Summary, job: Job, reader: Reader) -> int:
    with bounded(job.shown):
        reading, found = job.load(reader), job.look()
    pairs = [(one.finding.code, one.finding.path) for one in found]
    for index, row in enumerate(rows(job.shown, reading, pairs)):
        if job.asks(reading.places.get(("projects", index))):
            whole.add(row)
    return Code.clean


def _write(
    printer: Printer, whole: Summary, format_: str, output: Path | None, report: Path | None, force: bool
) -> None:
    made = tables(whole, way_to(str(report), output.parent if output else Path()) if report else "")
    formats: dict[str, Callable[[], bytes | Iterable[str]]] = {
        "xlsx": lambda: as_workbook(made),
        "html": lambda: page(made),
        "text": lambda: text(made),
        "json": lambda: objects.pieces(whole),
    }
    put(printer, formats[format_](), output, format_, force=force)

"""`perfdoc import`: Word and text files to specs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from perfdoc.cli.batch import each
from perfdoc.cli.bounded import bounded
from perfdoc.cli.codes import worst
from perfdoc.cli.files.inputs import STDIN, bytes_of, distinct, name_of
from perfdoc.cli.files.output import STDOUT, Outcome, said
from perfdoc.cli.files.reports import Accounted, ReportFile, accounted
from perfdoc.cli.options import (
    account_options,
    dry_run_option,
    force_option,
    format_option,
    many_options,
    side_by_side_options,
    templates_option,
    track_changes_option,
)
from perfdoc.cli.terminal.printing import Printer, count
from perfdoc.errors import UsageError
from perfdoc.jobs.limits import TOOL_SHARE
from perfdoc.jobs.paths import is_url, plain

if TYPE_CHECKING:
    from perfdoc.accounts import Part
    from perfdoc.report import Reading


@click.command(
    "import",
    epilog="""\b
Examples:
  perfdoc import received.docx -o specs/received
  perfdoc import *.docx -o specs                   specs/<name of the file>/ for each
  perfdoc import received/ -r -o specs -j 4        the same tree below specs/
  perfdoc import received/ -r -o specs --resume    again: only what changed
  perfdoc import s3://bucket/in -r -o s3://bucket/specs --executor dask:tcp://10.0.0.5:8786
  perfdoc import received.docx -o specs/received -n
  perfdoc import received.docx -o - | less         the YAML, nothing written
  perfdoc import received.docx -o specs/received -n --report received.html     first look
  perfdoc import received/ -r -o specs --report account.json --strict
  cat received.docx | perfdoc import - -o specs/received

\b
Each text of a file is a value, a label, of the form, extra (kept under its own label), outside
(not part of a form) or unclaimed: a warning names it. --report has the account: every text
counted, what is not a plain value quoted with its place; as .html the tables as in Word,
coloured, with the doubts beside them.

Nothing is ever deleted: project files that DIR has and the document no longer names are listed. Files that
say the same stay as they are, comments and file names included. With --force a file that differs is
replaced, and the comments in it go with it.

\b
A file has 26 seconds (--time-limit) and 950 MB; what takes more is unreadable.

\b
Many files (-r, -j, --resume or --summary):
  Each is read in a process of its own, here or on a worker of a Dask cluster (--executor): one
  that hangs or crashes is unreadable, and the rest goes on. FILE and DIR may be URLs of a store
  (s3://, hdfs://, ...). Hidden files, lock files (~$...) and what is no office file are skipped
  and counted. DIR keeps a ledger, .perfdoc-import.sqlite: with --resume a file of the same
  content that it knows is already done; one that timed out, crashed or met specs that differ is
  tried again. A name that two sources would share gets its suffix: budget.docx/, budget.xlsx/.
  The exit code is the worst of all files, those already done too. A file found below a folder
  that holds no 绩效目标表, or is no office file, is no failure (code 0); one that was named
  itself is (3).""",
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    required=True,
    help="One FILE: its document's folder. Several: the folder for their folders. `-`: standard output.",
)
@track_changes_option
@templates_option
@account_options
@many_options
@side_by_side_options
@force_option
@dry_run_option
@format_option
@click.pass_obj
def import_(
    printer: Printer,
    files: tuple[str, ...],
    output: str,
    track_changes: str,
    templates: tuple[Path, ...],
    report: str | None,
    strict: bool,
    recursive: bool,
    jobs: int | None,
    executor: str | None,
    resume: bool,
    time_limit: float,
    summary: Path | None,
    force: bool,
    dry_run: bool,
) -> int:
    """Read 绩效目标表 from FILEs (what a file is shows in its content) and write them as specs.

    A document's folder gets document.yaml and one file a project; all of its files are written, or none.
    A second run with the same content changes nothing.
    """
    files, output = tuple(dict.fromkeys(map(plain, files))), plain(output)
    if recursive or jobs or executor or resume or summary or any(map(is_url, (*files, output))):
        from perfdoc.cli.verbs.import_.many import import_many
        from perfdoc.cli.verbs.import_.one import Order
        from perfdoc.jobs.pool import LOCAL

        order = Order(output, track_changes, templates, force, dry_run, strict)
        return import_many(
            printer,
            files,
            order,
            workers=jobs,
            executor=executor or LOCAL,
            resume=resume,
            seconds=time_limit,
            summary_to=summary,
            report=report,
        )
    stems = distinct([Path(file).stem if file != STDIN else "stdin" for file in files])
    folders = {
        file: Path(output, stem) if len(files) > 1 else Path(output) for file, stem in zip(files, stems, strict=True)
    }

    def one(file: str) -> int:
        try:
            found, part = _read(file, track_changes, templates, strict, time_limit, accounts)
        except Exception as error:
            accounts.fail(file, error)
            raise
        accounts.put(part)
        if found.refusal is not None:
            raise found.refusal
        assert found.reading is not None
        code = printer.diagnostics(found.reading.diagnostics, brief=True)
        if output == STDOUT:
            printer.data(_stream(found.reading))
        else:
            _write(printer, folders[file], found.reading, force, dry_run)
        return code

    with ReportFile(report, files, output) as accounts:
        code = worst(each(printer, files, one))
        accounts.write(printer)
    return code


def _read(
    file: str, track_changes: str, templates: tuple[Path, ...], strict: bool, seconds: float, accounts: ReportFile
) -> tuple[Accounted, Part | None]:
    from perfdoc.form_definition import forms
    from perfdoc.reading import read

    if file != STDIN and Path(file).is_dir():
        raise UsageError(f"{file}: is a folder; -r imports the files below it")
    data, name = bytes_of(file), name_of(file)
    with bounded(name, seconds):
        layout = read(data, name, track_changes=track_changes, tool_seconds=seconds * TOOL_SHARE)
        found = accounted(layout, forms(templates), strict=strict)
        return found, accounts.part(found)


def _stream(reading: Reading) -> str:
    """All files in one text: YAML documents, each after its name in a comment."""
    from perfdoc import specs

    return "".join(f"--- # {name}\n{text}" for name, text in specs.files(reading.document).items())


def _write(printer: Printer, folder: Path, reading: Reading, force: bool, dry_run: bool) -> None:
    from perfdoc.cli.verbs.import_.written import write_specs

    written = write_specs(folder, reading, force=force, dry_run=dry_run)
    for path, outcome in written.outcomes.items():
        if outcome is Outcome.replaced or (dry_run and outcome is Outcome.written):
            printer.status(said(path, outcome, dry_run))
    printer.diagnostics(written.left_over)
    projects = reading.document.projects
    indicators = sum(len(project.indicators) for project in projects)
    doubts = sum(one.severity != "info" for one in reading.diagnostics)
    printer.status(
        f"{folder}: {count(len(projects), 'project')}, {count(indicators, 'indicator')}, "
        f"{count(doubts, 'doubt')}; files: {written.said(dry_run)}"
    )

"""`perfdoc import`: Word and text files to specs."""

from pathlib import Path

import click

from perfdoc.cli.codes import Code, worst
from perfdoc.cli.files.inputs import STDIN, bytes_of, distinct, name_of
from perfdoc.cli.files.output import STDOUT, ReportFile
from perfdoc.cli.params import (
    FOLDER,
    FOLDER_TO_MAKE,
    account_options,
    dry_run_option,
    force_option,
    format_option,
    many_options,
    side_by_side_options,
    track_changes_option,
)
from perfdoc.cli.terminal.printing import Printer
from perfdoc.cli.verb import Verb
from perfdoc.cli.verbs.import_.running import import_few, import_many
from perfdoc.errors import UsageError
from perfdoc.importing.order import Job, Order, boilerplate_near
from perfdoc.jobs.pool import LOCAL
from perfdoc.storage.paths import is_url, plain
from perfdoc.texts import say


@click.command("import", cls=Verb)
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("-o", "--output", metavar="DIR")
@track_changes_option
@click.option("--templates", metavar="DIR", multiple=True, type=FOLDER_TO_MAKE)
@account_options
@many_options
@side_by_side_options
@click.option("--learn", is_flag=True)
@click.option("--learn-as", metavar="NAME")
@force_option
@dry_run_option
@format_option
@click.pass_context
def import_(
    ctx: click.Context,
    files: tuple[str, ...],
    output: str | None,
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
    learn: bool,
    learn_as: str | None,
    force: bool,
    dry_run: bool,
) -> int:
    if output is None and not dry_run:
        raise click.MissingParameter(ctx=ctx, param=next(one for one in ctx.command.params if one.name == "output"))
    if not (learn or learn_as):
        option = next(one for one in ctx.command.params if one.name == "templates")
        for folder in templates:  # without a lesson nothing would be written there
            FOLDER.convert(folder, option, ctx)
    printer: Printer = ctx.obj
    files, output = tuple(dict.fromkeys(map(plain, files))), plain(output or "")
    order = Order(None if output == STDOUT else output, track_changes, templates, force, dry_run, strict)
    if recursive or jobs or executor or resume or summary or learn or learn_as or any(map(is_url, (*files, output))):
        return import_many(
            printer,
            files,
            order,
            workers=jobs,
            executor=executor or LOCAL,
            resume=resume,
            learn=learn_as or ("" if learn else None),
            seconds=time_limit,
            summary_to=summary,
            report=report,
        )
    with ReportFile(report, files, output) as accounts:
        given, refused = _jobs(printer, files, order, accounts)
        code = worst((*refused, import_few(printer, given, order, time_limit, accounts)))
        accounts.write(printer)
    return code


def _jobs(printer: Printer, files: tuple[str, ...], order: Order, accounts: ReportFile) -> tuple[list[Job], list[Code]]:
    """The files with a folder for each, and the codes of those that can't be taken, which is then said."""
    stems = distinct([Path(file).stem if file != STDIN else "stdin" for file in files])
    found, codes = [], []
    for number, (file, stem) in enumerate(zip(files, stems, strict=True), 1):
        try:
            if file != STDIN and Path(file).is_dir():
                raise UsageError(say("cli.import.folder", file=file))
            folder = stem if len(files) > 1 else "."
            known = boilerplate_near(order.near(folder))
            data = bytes_of(file) if file == STDIN else None
        except Exception as error:
            accounts.fail(file, error)
            codes.append(printer.failure(error, name_of(file)))
        else:
            one = Job(name_of(file), file, folder, named=True, data=data, part=f"f{number}", boilerplate=known)
            found.append(one)
    return found, codes

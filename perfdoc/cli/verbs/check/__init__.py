"""`perfdoc check`: what a reviewer would find, at its line or cell."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache
from itertools import chain, islice
from pathlib import Path

import click

from perfdoc import texts
from perfdoc.checks.settings import Settings, settings_near
from perfdoc.cli.codes import Code, worst
from perfdoc.cli.files.output import as_workbook, put
from perfdoc.cli.files.targets import count_jobs, documents
from perfdoc.cli.params import (
    SEVERITY,
    dry_run_option,
    force_option,
    format_choice,
    output_option,
    side_by_side_options,
    templates_option,
)
from perfdoc.cli.terminal.findings import (
    as_json_text,
    by_severity,
    not_shown,
    statistics_as_json,
    statistics_as_text,
    statistics_of,
    summary,
)
from perfdoc.cli.terminal.printing import Printer
from perfdoc.cli.terminal.recorded import Voice
from perfdoc.cli.terminal.sarif import as_sarif
from perfdoc.cli.verb import Verb
from perfdoc.cli.verbs.check.annotation import asked, received_only
from perfdoc.cli.verbs.check.run import Found, Order, Run, check_all
from perfdoc.errors import UsageError
from perfdoc.jobs.pool import HERE, LOCAL
from perfdoc.report import Severity
from perfdoc.storage.paths import plain
from perfdoc.summary.found import found_tables, page
from perfdoc.texts import say

_SEVERAL = 64  # documents from which on processes of their own are worth their start


@click.command(cls=Verb)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--fix", is_flag=True)
@click.option("--diff", is_flag=True)
@click.option("--select", multiple=True, metavar="CODES")
@click.option("--ignore", multiple=True, metavar="CODES")
@click.option("--severity", type=SEVERITY)
@click.option("--show", type=SEVERITY, default="info")
@click.option("--statistics", is_flag=True)
@click.option("-q", "--quiet", is_flag=True)
@click.option("--exit-zero", is_flag=True)
@format_choice("text", "json", "github", "sarif", "html", "xlsx")
@output_option
@click.option("--annotate", metavar="OUT")
@click.option("--date", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%d %H:%M"]), metavar="DATE")
@side_by_side_options
@templates_option
@force_option
@dry_run_option
@click.pass_obj
def check(
    printer: Printer,
    paths: tuple[str, ...],
    fix: bool,
    diff: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    severity: str | None,
    show: str,
    statistics: bool,
    quiet: bool,
    exit_zero: bool,
    format_: str,
    output: Path | None,
    annotate: str | None,
    date: datetime | None,
    jobs: int | None,
    executor: str | None,
    templates: tuple[Path, ...],
    force: bool,
    dry_run: bool,
) -> int:
    printer.quiet = quiet
    if statistics and format_ not in ("text", "json"):
        raise UsageError(texts.say("statistics.formats", given=format_))
    if output is not None and format_ in ("text", "github"):
        raise UsageError(texts.say("cli.check.no_output", given=format_))
    if diff and format_ in ("html", "xlsx"):
        raise UsageError(texts.say("cli.check.no_report", given=format_))
    if date is not None and annotate is None:
        raise UsageError(texts.say("cli.check.date"))

    @cache
    def settings(folder: Path | None) -> Settings:
        """The choices for files in a folder: the command line's over the repository's."""
        return settings_near(folder).changed(select, ignore, severity)

    given = tuple(map(plain, paths))
    to = None
    if annotate is not None:
        if fix:
            raise UsageError(texts.say("cli.check.annotate_and_fix"))
        to = asked(annotate, given, f"{date:%Y-%m-%d %H:%M}" if date else "", force=force, dry_run=dry_run)
    voice, shown = Voice.of(printer), Severity(show)
    order = Order(voice, format_, fix or dry_run, diff, diff or dry_run, shown, statistics, to, fix)
    run = Run(printer, order, Found())
    refused: list[int] = []
    every = documents(printer, given, settings, templates, refused)
    if to is not None:
        every = received_only(every, to)
        if not to.folder:
            alone = list(every)
            if len(alone) != 1 and not refused:
                raise UsageError(texts.say("cli.one_document", what="--annotate", n=len(alone)))
            every = iter(alone if not refused else [])
    first = [] if jobs or executor else list(islice(every, _SEVERAL))
    if jobs or executor or len(first) == _SEVERAL:
        total, where = count_jobs(paths), executor or LOCAL
    else:
        total, where = len(first), HERE
    code = worst([*refused, check_all(run, chain(first, every), total, executor=where, workers=jobs)])
    write_whole(run, output, force=force, dry_run=dry_run)
    return Code.clean if exit_zero and code == Code.findings else code


def write_whole(run: Run, output: Path | None, *, force: bool = False, dry_run: bool = False) -> None:
    """Write what is written once, to a file or to standard output; then for people how many findings there are.

    Raises ConflictError for a file that differs, without `force`.
    """
    printer, order, found = run.printer, run.order, run.found
    put(printer, _data(run, output.parent if output else Path()), output, order.format, force=force, dry_run=dry_run)
    if order.annotate is not None and order.annotate.folder:
        written, clean = found.annotated[True], found.annotated[False]
        key = "cli.check.to_annotate" if dry_run else "cli.check.annotated"
        printer.status(say(key, n=written, out=order.annotate.out, clean=clean))
    if not order.whole and order.format != "github" and found.counts:
        whole = summary(by_severity(found.counts), found.mendable)
        printer.status(whole + not_shown(found.counts, order.least))


def _data(run: Run, base: Path) -> bytes | Iterable[str]:
    order, found = run.order, run.found
    if order.statistics:
        rows = statistics_of(found.counts, order.least)
        return statistics_as_json(rows) if order.format == "json" else statistics_as_text(rows)
    made: dict[str, Callable[[], bytes | Iterable[str]]] = {
        "xlsx": lambda: as_workbook(found_tables(found.report, base)),
        "html": lambda: page(found.report, base),
        "json": lambda: as_json_text(found.findings, found.fixed),
        "sarif": lambda: as_sarif(found.findings),
    }
    return made[order.format]() if order.format in made else ""

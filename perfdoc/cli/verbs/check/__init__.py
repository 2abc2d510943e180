"""`perfdoc check`: what a reviewer would find, at its line or cell."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from itertools import chain, islice
from pathlib import Path

import click

from perfdoc import texts
from perfdoc.checks.settings import Settings, settings_near
from perfdoc.cli.codes import Code, worst
from perfdoc.cli.files.checked import only_one
from perfdoc.cli.files.targets import count_jobs, documents
from perfdoc.cli.options import (
    dry_run_option,
    force_option,
    format_choice,
    output_option,
    side_by_side_options,
    templates_option,
)
from perfdoc.cli.params import SEVERITY
from perfdoc.cli.terminal.printing import Printer
from perfdoc.cli.terminal.recorded import Voice
from perfdoc.cli.verb import Verb
from perfdoc.cli.verbs.check.annotation import asked, received_only
from perfdoc.cli.verbs.check.run import Found, Order, Run, check_all
from perfdoc.cli.verbs.check.whole import write_whole
from perfdoc.errors import UsageError
from perfdoc.jobs.pool import HERE, LOCAL
from perfdoc.report import Severity
from perfdoc.storage.paths import plain

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
            every = iter([only_one(alone, "--annotate")] if not refused else [])
    first = [] if jobs or executor else list(islice(every, _SEVERAL))
    if jobs or executor or len(first) == _SEVERAL:
        total, where = count_jobs(paths), executor or LOCAL
    else:
        total, where = len(first), HERE
    code = worst([*refused, check_all(run, chain(first, every), total, executor=where, workers=jobs)])
    write_whole(run, output, force=force, dry_run=dry_run)
    return Code.clean if exit_zero and code == Code.findings else code

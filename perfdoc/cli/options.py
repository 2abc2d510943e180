"""Options that several verbs share, each written once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from perfdoc.cli.terminal.printing import Printer

Function = TypeVar("Function", bound=Callable[..., Any])
Decorator = Callable[[Function], Function]


def _chosen(ctx: click.Context, parameter: click.Parameter, value: str) -> str:
    ctx.ensure_object(Printer).format = value
    return value


def format_option(function: Function) -> Function:
    """`--format text|json`: how diagnostics are said."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        is_eager=True,
        expose_value=False,
        callback=_chosen,
        help="Diagnostics on stderr as lines, or as one JSON array (`perfdoc --help` has its keys).",
    )(function)


def force_option(function: Function) -> Function:
    """`--force`: overwrite a file that differs."""
    return click.option("--force", is_flag=True, help="Overwrite files that exist and differ.")(function)


def dry_run_option(function: Function) -> Function:
    """`-n`, `--dry-run`: say what would be written."""
    return click.option("-n", "--dry-run", is_flag=True, help="Do everything but write; say what would be written.")(
        function
    )


def templates_option(function: Function) -> Function:
    """`--templates DIR`: more forms, looked at before those that come with perfdoc."""
    return click.option(
        "--templates",
        metavar="DIR",
        multiple=True,
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="A folder of forms of your own; may be given more than once.",
    )(function)


def track_changes_option(function: Function) -> Function:
    """`--track-changes accept|reject|fail`."""
    return click.option(
        "--track-changes",
        type=click.Choice(["accept", "reject", "fail"]),
        default="accept",
        show_default=True,
        help="What tracked changes of a Word file become: taken as accepted, as rejected, or a refusal.",
    )(function)


def account_options(function: Function) -> Function:
    """`--report FILE`, `--strict`: the account of what was read."""
    options = (
        click.option(
            "--report",
            metavar="FILE",
            help="Write what became of every text of every file to FILE, which is replaced: .html to look at, .json, "
            "or .txt; `-` for JSON on standard output. Written with -n too.",
        ),
        click.option(
            "--strict",
            is_flag=True,
            help="Refuse a file (code 4, nothing of it is written) if any text of it is unclaimed.",
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


def _executor(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    from perfdoc.errors import UsageError
    from perfdoc.jobs.pool import known

    try:
        return known(value)
    except UsageError as error:
        raise click.BadParameter(str(error)) from error


def side_by_side_options(function: Function) -> Function:
    """`-j N`, `--executor NAME`: how many files are worked on at a time, and where."""
    options = (
        click.option(
            "-j",
            "--jobs",
            metavar="N",
            type=click.IntRange(1, 512),
            help="With many files: this many at a time (default: as many as processors).",
        ),
        click.option(
            "--executor",
            metavar="WHERE",
            callback=_executor,
            help="With many files: local, or dask:tcp://HOST:PORT for the workers of a Dask scheduler "
            "(pip install 'perfdoc[dask]'); they see the files by URL or on a share.",
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


def many_options(function: Function) -> Function:
    """The options of an import of many: `-r`, `--resume`, `--time-limit SECONDS`, `--summary FILE`."""
    from perfdoc.jobs.limits import SECONDS

    options = (
        click.option(
            "-r",
            "--recursive",
            is_flag=True,
            help="A FILE may be a folder: import the files below it, each into a folder of its own.",
        ),
        click.option(
            "--resume",
            is_flag=True,
            help="Go on with a run that was stopped, or do only what changed since the last one.",
        ),
        click.option(
            "--time-limit",
            metavar="SECONDS",
            type=click.FloatRange(0.1, 86400),
            default=SECONDS,
            show_default=True,
            help="The time that one file may take before it is given up.",
        ),
        click.option(
            "--summary",
            metavar="FILE",
            type=click.Path(dir_okay=False, path_type=Path),
            help="Write what became of each file to FILE, as JSON; replaced if it is there.",
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function

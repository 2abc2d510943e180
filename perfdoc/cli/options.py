"""Options that several verbs share, each written once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from perfdoc.cli.params import EXECUTOR, FILE_TO_WRITE, FOLDER
from perfdoc.cli.terminal.printing import Printer
from perfdoc.jobs.limits import SECONDS

Function = TypeVar("Function", bound=Callable[..., Any])
Decorator = Callable[[Function], Function]


def _together(*options: Decorator[Any]) -> Decorator[Any]:
    """Several options as one decorator, in help in this order."""

    def decorated(function: Any) -> Any:
        for option in reversed(options):
            function = option(function)
        return function

    return decorated


def format_choice(*choices: str, help: str, expose: bool = True) -> Decorator[Any]:
    """`--format`, the first of the choices by default. With `json` the diagnostics on stderr are JSON, too."""

    def chosen(ctx: click.Context, parameter: click.Parameter, value: str) -> str:
        ctx.ensure_object(Printer).format = "json" if value == "json" else "text"
        return value

    return click.option(
        "--format",
        "format_",
        type=click.Choice(choices),
        default=choices[0],
        show_default=True,
        is_eager=True,
        expose_value=expose,
        callback=chosen,
        help=help,
    )


format_option = format_choice(
    "text",
    "json",
    expose=False,
    help="Diagnostics on stderr as lines, or as one JSON array (`perfdoc --help` has its keys).",
)
force_option = click.option("--force", is_flag=True, help="Overwrite files that exist and differ.")
dry_run_option = click.option(
    "-n", "--dry-run", is_flag=True, help="Do everything but write; say what would be written."
)
output_option = click.option("-o", "--output", type=FILE_TO_WRITE, help="Write to a file.")
templates_option = click.option(
    "--templates",
    metavar="DIR",
    multiple=True,
    type=FOLDER,
    help="A folder of forms of your own; may be given more than once.",
)


def _language(expose: bool) -> Decorator[Any]:
    """`--lang`, for which `cli/language.py` has looked before anything else."""
    return click.option(
        "--lang",
        type=click.Choice(["zh", "en"]),
        expose_value=expose,
        help="Language of the messages (default: the repository's choice, or the locale's).",
    )


lang_option = _language(True)
every_lang_option = _language(False)
track_changes_option = click.option(
    "--track-changes",
    type=click.Choice(["accept", "reject", "fail"]),
    default="accept",
    show_default=True,
    help="What tracked changes of a Word file become: taken as accepted, as rejected, or a refusal.",
)
account_options = _together(
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
side_by_side_options = _together(
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
        type=EXECUTOR,
        help="With many files: local, or dask:tcp://HOST:PORT for the workers of a Dask scheduler "
        "(pip install 'perfdoc[dask]'); they see the files by URL or on a share.",
    ),
)
many_options = _together(
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
        help="The processor time that one file may take before it is given up; by the clock, ten times as much.",
    ),
    click.option(
        "--summary",
        metavar="FILE",
        type=FILE_TO_WRITE,
        help="Write what became of each file to FILE, as JSON; replaced if it is there.",
    ),
)
"""The options of an import of many files."""

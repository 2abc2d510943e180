"""Options that several verbs share, each written once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from perfdoc.cli.params import EXECUTOR, FILE_TO_WRITE, FOLDER, OUTPUT
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


def format_choice(*choices: str, expose: bool = True) -> Decorator[Any]:
    """`--format`, the first of the choices by default. With `json` and `sarif` the diagnostics on stderr are JSON."""

    def chosen(ctx: click.Context, parameter: click.Parameter, value: str) -> str:
        ctx.ensure_object(Printer).format = "json" if value in ("json", "sarif") else "text"
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
    )


format_option = format_choice("text", "json", expose=False)
force_option = click.option("--force", is_flag=True)
dry_run_option = click.option("-n", "--dry-run", is_flag=True)
output_option = click.option("-o", "--output", type=OUTPUT)
templates_option = click.option("--templates", metavar="DIR", multiple=True, type=FOLDER)


track_changes_option = click.option(
    "--track-changes", type=click.Choice(["accept", "reject", "fail"]), default="accept", show_default=True
)
account_options = _together(click.option("--report", metavar="FILE"), click.option("--strict", is_flag=True))
side_by_side_options = _together(
    click.option("-j", "--jobs", metavar="N", type=click.IntRange(1, 512)),
    click.option("--executor", metavar="WHERE", type=EXECUTOR),
)
many_options = _together(
    click.option("-r", "--recursive", is_flag=True),
    click.option("--resume", is_flag=True),
    click.option(
        "--time-limit", metavar="SECONDS", type=click.FloatRange(0.1, 86400), default=SECONDS, show_default=True
    ),
    click.option("--summary", metavar="FILE", type=FILE_TO_WRITE),
)
"""The options of an import of many files."""

"""What verbs take: kinds of arguments as click types, and the options that several verbs share.

What is typed becomes a value once, with one-line errors. What is typed wrongly ends the run with code 2, a revision
that is not there with 3. A file is not opened here, so that one that can't be read does not stop the others of a run.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

import perfdoc
from perfdoc.cli.files.at_revision import At, located
from perfdoc.cli.files.inputs import STDIN
from perfdoc.cli.files.output import STDOUT
from perfdoc.cli.terminal.printing import Printer
from perfdoc.errors import UsageError
from perfdoc.jobs.limits import SECONDS
from perfdoc.report import Severity
from perfdoc.storage.paths import plain
from perfdoc.texts import in_language, say

Parameter = click.Parameter | None
Context = click.Context | None
if TYPE_CHECKING:
    Type = click.ParamType[Any]
else:  # generic only since click 8.2
    Type = click.ParamType


class _Input(Type):
    """A path, a URL, or `-` for standard input."""

    name = "path"

    def convert(self, value: Any, param: Parameter, ctx: Context) -> str:
        """The name, `file://` URLs as the paths that they are."""
        return plain(value)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        return [CompletionItem(incomplete, type="file")]


class _Source(_Input):
    """An input, or `REV:PATH`: a path as a revision of the repository has it."""

    def convert(self, value: Any, param: Parameter, ctx: Context) -> Any:
        """A name, or At for a revision's. UnreadableError (code 3) where it is neither a file nor a revision."""
        return value if isinstance(value, At) else located(plain(value))


class _NoDash(Type):
    """What can't be standard input or output: `-` is refused (code 2). A file or folder so called is `./-`."""

    def convert(self, value: Any, param: Parameter, ctx: Context) -> Any:
        if value == STDIN:
            self.fail(say("cli.no_dash"), param, ctx)
        return super().convert(value, param, ctx)


class _Named(_NoDash, _Input):
    """A path, a URL or a revision; no standard input."""


class _Path(_NoDash, click.Path):
    """A file or folder of this machine."""

    def __init__(self, **known: Any) -> None:
        super().__init__(path_type=Path, **known)


class _Output(click.Path):
    """A file to write, or `-` for standard output, which is what is written to where no file is named."""

    def __init__(self) -> None:
        super().__init__(dir_okay=False, path_type=Path)

    def convert(self, value: Any, param: Parameter, ctx: Context) -> Any:
        return None if value == STDOUT else super().convert(value, param, ctx)


class _Form(Type):
    """The name of a form; whether it is there is known when it is loaded."""

    name = "text"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        folders = perfdoc.form_definition.form_folders(ctx.params.get("templates") or ())
        return [CompletionItem(name) for name in folders if name.startswith(incomplete)]


class _Codes(Type):
    """Codes of diagnostics or their beginnings, one or with commas between."""

    name = "code"

    def convert(self, value: Any, param: Parameter, ctx: Context) -> tuple[str, ...]:
        """The codes in capitals. UsageError for what begins no code."""
        return perfdoc.checks.settings.codes((value,), "explain", perfdoc.meanings.meanings())

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        known = {code: in_language(one.means) for code, one in perfdoc.meanings.meanings().items()}
        known |= {code: in_language(one.title) for code, one in perfdoc.checks.catalogue().items()}
        return [CompletionItem(code, help=said) for code, said in known.items() if code.startswith(incomplete.upper())]


class _Indicator(Type):
    """`一级指标/二级指标/三级指标=指标值`."""

    name = "L1/L2/L3=TARGET"

    def convert(self, value: Any, param: Parameter, ctx: Context) -> perfdoc.Indicator:
        """The indicator. UsageError without three levels, and for `甲/乙/丙>=5`, whose sign belongs to the value."""
        levels, found, target = value.partition("=")
        parts = [part.strip() for part in levels.split("/", 2)]
        if not found or levels.endswith(("≥", "≤", ">", "<", "!")) or len(parts) != 3 or not parts[2]:
            raise UsageError(say("cli.indicator", given=repr(value)))
        return perfdoc.Indicator(level1=parts[0], level2=parts[1], level3=parts[2], target=target.strip())


class _Executor(Type):
    """Where the work on many files runs: here, or on the workers of a scheduler."""

    name = "where"

    def convert(self, value: Any, param: Parameter, ctx: Context) -> str:
        from perfdoc.jobs.pool import known  # only a run over many files needs it

        try:
            return known(value)
        except UsageError as error:
            self.fail(str(error), param, ctx)


INPUT, NAMED, SOURCE, FORM, CODES = _Input(), _Named(), _Source(), _Form(), _Codes()
INDICATOR, EXECUTOR = _Indicator(), _Executor()
SEVERITY = click.Choice([*map(str, Severity)])
YEAR = click.IntRange(1900, 2199)
PATH, FILE, FOLDER = _Path(), _Path(exists=True, dir_okay=False), _Path(exists=True, file_okay=False)
FOLDER_TO_MAKE = _Path(file_okay=False)
"""A folder to write into; what is not there yet is made."""
FILE_TO_WRITE = _Path(dir_okay=False)
OUTPUT = _Output()


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

"""The command `perfdoc`: its verbs, and what an exception that reaches the top becomes."""

import importlib
import io
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from keyword import iskeyword
from pathlib import Path
from types import FrameType
from typing import Any

import click
from click.shell_completion import CompletionItem

import perfdoc
from perfdoc.cli.codes import BROKEN_PIPE, INTERRUPTED, Code
from perfdoc.cli.language import spoken
from perfdoc.cli.params import FOLDER
from perfdoc.cli.terminal.printing import Printer, unwritable
from perfdoc.cli.verb import Verbs
from perfdoc.errors import UsageError
from perfdoc.texts import say

VERBS = (
    "init",
    "render",
    "import",
    "pull",
    "reviews",
    "verify",
    "fmt",
    "check",
    "explain",
    "score",
    "summary",
    "new",
    "diff",
    "rollover",
    "git",
    "textconv",
    "merge",
    "form",
    "inspect",
    "schema",
    "web",
)
"""The verbs in the order in which help lists them. Each is a module of `perfdoc.cli.verbs`, which is imported when
the verb is asked for, and has its line in `texts/help.yaml`."""


class Program(Verbs):
    """A group that imports a verb when it is asked for, and turns what a run ends with into an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = getattr(importlib.import_module(f"perfdoc.cli.verbs.{name}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(say("help.commands")):
            formatter.write_dl([(name, say(f"help.verbs.{name}")) for name in VERBS])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        named = [name for name in VERBS if name.startswith(incomplete)]
        verbs = [CompletionItem(name, help=say(f"help.verbs.{name}")) for name in named]
        return [*verbs, *click.Command.shell_complete(self, ctx, incomplete)]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, and for a verb that is not there, the nearest one."""
        if args and args[0] not in VERBS and not args[0].startswith("-"):
            near = get_close_matches(args[0], VERBS, n=1)
            hint = say("cli.did_you_mean", near=near[0]) if near else ""
            ctx.fail(say("cli.no_command", given=args[0]) + hint)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> int:
        """Run the verb; what it returns is the exit code."""
        printer = ctx.obj = Printer()
        try:
            return int(super().invoke(ctx) or 0)
        except BrokenPipeError:
            _forget_stdout()  # here, since click would take it for findings (code 1)
            return BROKEN_PIPE
        except click.UsageError as error:
            if printer.format == "text":
                raise
            return printer.failure(UsageError(error.format_message()))
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            return printer.failure(error)
        finally:
            printer.finish()

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command as click does, and exit with its code (by SystemExit, also when it is clean)."""
        kwargs = {"prog_name": None, **kwargs, "standalone_mode": False}
        kwargs["prog_name"] = kwargs["prog_name"] or "perfdoc"
        _forgive_encodings()
        inner = super().main
        given = args[0] if args else kwargs.get("args")
        with spoken(sys.argv[1:] if given is None else given):
            sys.exit(_ended(lambda: int(inner(*args, **kwargs) or 0)))


def _ended(run: Callable[[], int]) -> int:
    try:
        code = run()
        sys.stdout.flush()
        return code
    except click.ClickException as error:
        error.show()
        return Code.usage
    except (click.Abort, KeyboardInterrupt, EOFError):
        return INTERRUPTED
    except BrokenPipeError:
        _forget_stdout()
        return BROKEN_PIPE
    except OSError as error:  # of click's own words, or of the last flush
        _forget_stdout()
        return Printer().failure(unwritable(error))


def _forget_stdout() -> None:
    """Nobody reads our output any more: keep the interpreter's last flush from saying so."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):  # a stream without a file
        sys.stdout = io.StringIO()
    finally:
        os.close(nowhere)


def _forgive_encodings() -> None:
    """A character that the terminal's encoding lacks is shown as an escape; it is no reason to stop."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(perfdoc.__version__, prog_name="perfdoc")
@click.option("--templates", "folders", metavar="DIR", multiple=True, type=FOLDER)
@click.pass_context
def program(ctx: click.Context, folders: tuple[Path, ...]) -> None:
    if folders:
        from perfdoc.form_definition import SEARCH

        before = os.environ.get(SEARCH)
        os.environ[SEARCH] = os.pathsep.join([*(str(one.resolve()) for one in folders), *([before] if before else ())])
        ctx.call_on_close(lambda: _put_back(SEARCH, before))


def _put_back(name: str, before: str | None) -> None:
    """The environment as it was, for who calls the program from within a process that goes on."""
    if before is None:
        os.environ.pop(name, None)
    else:
        os.environ[name] = before


class StoppedError(BaseException):
    """Somebody told the process to stop. No Exception: nothing that goes wrong with a file is to be seen in it."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(signal.Signals(number).name)


@contextmanager
def stopping_tidily() -> Iterator[None]:
    """End by SIGTERM or SIGHUP only after all that is inside was left; one that is ignored (nohup) stays so."""
    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    numbers = [number for name in names if signal.getsignal(number := getattr(signal, name)) is signal.SIG_DFL]
    if threading.current_thread() is not threading.main_thread():
        numbers = []

    def stop(number: int, frame: FrameType | None) -> None:
        for one in numbers:
            signal.signal(one, signal.SIG_IGN)  # a second one must not interrupt the tidying up
        raise StoppedError(number)

    for number in numbers:
        signal.signal(number, stop)
    try:
        yield
    except StoppedError as stopped:
        signal.signal(stopped.number, signal.SIG_DFL)
        os.kill(os.getpid(), stopped.number)
    finally:
        for number in numbers:
            signal.signal(number, signal.SIG_DFL)

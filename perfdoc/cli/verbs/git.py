"""`perfdoc git`: git shows Word and Excel files as readable goals, and merges specs by indicator."""

import click

from perfdoc.cli.codes import Code
from perfdoc.cli.files.git_drivers import set_up
from perfdoc.cli.terminal.printing import Printer
from perfdoc.cli.verb import Verbs
from perfdoc.git import drivers
from perfdoc.storage.writing import write
from perfdoc.texts import say


@click.group(cls=Verbs)
def git() -> None:
    """Git shows .docx and .xlsx as readable goals, and merges specs by indicator."""


_everywhere = click.option("--global", "everywhere", is_flag=True)


@git.command()
@_everywhere
@click.pass_obj
def install(printer: Printer, everywhere: bool) -> int:
    set_up(printer, _setup(everywhere))
    return Code.clean


@git.command()
@_everywhere
@click.pass_obj
def uninstall(printer: Printer, everywhere: bool) -> int:
    at = _setup(everywhere)
    at.unset()
    text = at.text()
    new = drivers.without_block(text)
    became = "cli.was.unchanged" if new == text else "cli.git.taken_out" if new.strip() else "cli.git.removed"
    if new != text and new.strip():
        write({at.attributes: drivers.encoded(new)}, force=True)
    elif new != text:
        at.attributes.unlink()
    printer.status(say("cli.git.unset", config=at.config))
    printer.status(f"{at.attributes}: {say(became)}")
    return Code.clean


@git.command()
@_everywhere
@click.pass_obj
def status(printer: Printer, everywhere: bool) -> int:
    at = _setup(everywhere)
    values = {name: at.get(name) for name in drivers.settings("")}
    for name, value in values.items():
        printer.data(f"{name}: {value or say('cli.git.not_set')}\n")
    text = at.text()
    there = drivers.with_block(text) == text
    state = "cli.git.there" if there else "cli.git.old" if drivers.BEGIN in text else "cli.git.no_block"
    printer.data(f"{at.attributes}: {say(state)}\n")
    whole = all(values.values())
    runs = whole and at.runs(values["diff.perfdoc.textconv"].removesuffix(" textconv"))
    if whole and not runs:
        printer.data(say("cli.git.does_not_run") + "\n")
    return Code.clean if there and runs else Code.findings


def _setup(everywhere: bool) -> drivers.Setup:
    return drivers.of_user() if everywhere else drivers.of_repository()

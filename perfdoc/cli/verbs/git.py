"""`perfdoc git`: git shows Word and Excel files as readable goals, and merges specs by indicator."""

from __future__ import annotations

from pathlib import Path

import click

from perfdoc.cli.codes import Code
from perfdoc.cli.terminal.printing import Printer
from perfdoc.cli.verb import Verbs
from perfdoc.git import drivers
from perfdoc.storage.writing import write


@click.group(cls=Verbs)
def git() -> None:
    """Git shows .docx and .xlsx as readable goals, and merges specs by indicator."""


_everywhere = click.option("--global", "everywhere", is_flag=True)


@git.command()
@_everywhere
@click.pass_obj
def install(printer: Printer, everywhere: bool) -> int:
    """Set up textconv, diff and merge drivers."""
    at = _setup(everywhere)
    at.set(drivers.own_command())
    text = at.text()
    new = drivers.with_block(text)
    if new != text:
        _write(at.attributes, new)
    printer.status(f"{at.config}: diff.perfdoc and merge.perfdoc set")
    printer.status(f"{at.attributes}: {'written' if new != text else 'unchanged'}")
    if at.get("core.quotePath") != "false":
        printer.status(f"git config {at.option} core.quotePath false has git show Chinese file names as they are")
    return Code.clean


@git.command()
@_everywhere
@click.pass_obj
def uninstall(printer: Printer, everywhere: bool) -> int:
    """Take away what install did, and nothing else."""
    at = _setup(everywhere)
    at.unset()
    text = at.text()
    new = drivers.without_block(text)
    became = "unchanged" if new == text else "block taken out" if new.strip() else "removed"
    if became == "block taken out":
        _write(at.attributes, new)
    elif became == "removed":
        at.attributes.unlink()
    printer.status(f"{at.config}: diff.perfdoc and merge.perfdoc not set")
    printer.status(f"{at.attributes}: {became}")
    return Code.clean


@git.command()
@_everywhere
@click.pass_obj
def status(printer: Printer, everywhere: bool) -> int:
    """Say what is set up and what is not."""
    at = _setup(everywhere)
    values = {name: at.get(name) for name in drivers.settings("")}
    for name, value in values.items():
        printer.data(f"{name}: {value or 'not set'}\n")
    text = at.text()
    there = drivers.with_block(text) == text
    old = drivers.BEGIN in text
    printer.data(f"{at.attributes}: {'there' if there else 'of another version' if old else 'no block of perfdoc'}\n")
    whole = all(values.values())
    runs = whole and at.runs(values["diff.perfdoc.textconv"].removesuffix(" textconv"))
    if whole and not runs:
        printer.data("the command that is set does not run: perfdoc git install\n")
    return Code.clean if there and runs else Code.findings


def _setup(everywhere: bool) -> drivers.Setup:
    return drivers.of_user() if everywhere else drivers.of_repository()


def _write(path: Path, text: str) -> None:
    write({path: text.encode("utf-8", "surrogateescape")}, force=True)

"""`perfdoc init`: a repository of goals set up in one step."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

import perfdoc
from perfdoc.cli.codes import Code
from perfdoc.cli.files.git_drivers import set_up
from perfdoc.cli.help import examples
from perfdoc.cli.options import dry_run_option, force_option
from perfdoc.cli.params import FOLDER
from perfdoc.cli.terminal.printing import Printer
from perfdoc.git import drivers
from perfdoc.repository import root_of
from perfdoc.samples import CI, ci_of, steps
from perfdoc.storage.writing import write

_SAID = {
    "written": ("written", "would write"),
    "replaced": ("replaced", "would overwrite"),
    "added to": ("added to", "would add to it"),
    "unchanged": ("unchanged", "unchanged"),
    "left": ("is there; left as it is", "is there; left as it is"),
    "lacking": ("is there; left as it is. Add to it:", "is there; left as it is. Add to it:"),
    "outdated": ("of another version; left as it is (--force overwrites)",) * 2,
    "elsewhere": ("not written: pyproject.toml has the settings",) * 2,
    "unfit": ("is not JSON that can be added to; left as it is. Add to it:",) * 2,
}
_UNDONE = ("lacking", "outdated", "unfit")
"""What a person must see to."""


@click.command(epilog=examples("init"))
@click.argument("folder", default=".", type=FOLDER)
@click.option(
    "--ci",
    type=click.Choice(["auto", "github", "gitlab", "none"]),
    default="auto",
    show_default=True,
    help="The sample for CI; auto: by what is there and where the repository was cloned from, else GitHub.",
)
@force_option
@dry_run_option
@click.pass_obj
def init(printer: Printer, folder: Path, ci: CI | Literal["auto"], force: bool, dry_run: bool) -> int:
    """Set up the repository that FOLDER is in (without one, FOLDER): settings, git, editor, pre-commit, CI.

    Says what became of each file. What is there is left as it is or added to, and doing it again changes nothing.
    """
    root = root_of(folder)
    base = _from_here(root or folder.resolve())
    made = list(steps(base, ci_of(base) if ci == "auto" else ci, perfdoc.__version__, force))
    write({one.path: _bytes(one.text) for one in made if one.text is not None}, force=True, dry_run=dry_run)
    for one in made:
        printer.status(f"{one.path}: {_SAID[one.became][dry_run]}")
        if one.add:
            printer.text("".join(f"  {line}\n" for line in one.add.splitlines()))
    if root is None:
        printer.status("no git repository here: git init, then perfdoc git install")
    else:
        set_up(printer, drivers.of_repository(base), dry_run)
    return Code.findings if any(one.became in _UNDONE for one in made) else Code.clean


def _from_here(folder: Path) -> Path:
    """The folder as a person here names it."""
    here = Path.cwd().resolve()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")

"""`perfdoc init`: a repository of goals set up in one step."""

from pathlib import Path
from typing import Literal

import click

import perfdoc
from perfdoc.cli.codes import Code
from perfdoc.cli.files.git_drivers import set_up
from perfdoc.cli.params import FOLDER, dry_run_option, force_option
from perfdoc.cli.terminal.printing import Printer
from perfdoc.cli.verb import Verb
from perfdoc.git import drivers
from perfdoc.repository.folders import root_of
from perfdoc.samples import CI, ci_of, steps
from perfdoc.storage.paths import from_here
from perfdoc.storage.writing import write
from perfdoc.texts import say

_UNDONE = ("lacking", "outdated", "unfit")
"""What a person must see to."""


@click.command(cls=Verb)
@click.argument("folder", default=".", type=FOLDER)
@click.option("--ci", type=click.Choice(["auto", "github", "gitlab", "none"]), default="auto", show_default=True)
@force_option
@dry_run_option
@click.pass_obj
def init(printer: Printer, folder: Path, ci: CI | Literal["auto"], force: bool, dry_run: bool) -> int:
    root = root_of(folder)
    base = from_here(root or folder.resolve())
    made = list(steps(base, ci_of(base) if ci == "auto" else ci, perfdoc.__version__, force))
    write({one.path: drivers.encoded(one.text) for one in made if one.text is not None}, force=True, dry_run=dry_run)
    for one in made:
        planned = dry_run and one.text is not None
        printer.status(say(f"init.would.{one.became}" if planned else f"init.became.{one.became}", path=one.path))
        if one.add:
            printer.text("".join(f"  {line}\n" for line in one.add.splitlines()))
    if root is None:
        printer.status(say("init.no_repository"))
    else:
        set_up(printer, drivers.of_repository(base), dry_run)
    return Code.findings if any(one.became in _UNDONE for one in made) else Code.clean

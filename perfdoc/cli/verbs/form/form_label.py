"""`perfdoc form label`: what a label of a form means."""

from __future__ import annotations

from pathlib import Path

import click

import perfdoc
from perfdoc.cli.codes import Code
from perfdoc.cli.files.output import save
from perfdoc.cli.options import dry_run_option, format_option, templates_option
from perfdoc.cli.params import FORM
from perfdoc.cli.terminal.printing import Printer
from perfdoc.cli.verb import Verb
from perfdoc.errors import UsageError
from perfdoc.form_definition.loading import is_packaged
from perfdoc.labelling import relabelled, unlabelled
from perfdoc.texts import listed, say


@click.command("label", cls=Verb)
@click.argument("name", type=FORM)
@click.argument("label")
@click.argument("path", required=False)
@click.option("--remove", is_flag=True)
@templates_option
@dry_run_option
@format_option
@click.pass_obj
def form_label(
    printer: Printer, name: str, label: str, path: str | None, remove: bool, templates: tuple[Path, ...], dry_run: bool
) -> int:
    if (path is None) is not remove:
        raise UsageError(say("cli.form_label.one"))
    folder = _folder(name, templates)
    made = unlabelled(folder, label) if path is None else relabelled(folder, label, path)
    save(printer, {folder / file: data for file, data in made.files.items()}, force=True, dry_run=dry_run)
    for line in made.said:
        printer.status(line)
    if made.files and not dry_run:
        printer.status(say("labelling.next"))
    return Code.clean


def _folder(name: str, templates: tuple[Path, ...]) -> Path:
    """The folder of a form by its name, or the folder itself; UsageError for one that comes with perfdoc."""
    known = perfdoc.form_definition.form_folders(templates)
    folder = Path(name) if (Path(name) / "form.yaml").is_file() else known.get(name)
    if folder is None:
        raise UsageError(say("forms.unknown", name=repr(name), known=listed(known) or say("forms.none")))
    if is_packaged(folder):
        raise UsageError(say("labelling.packaged", form=folder.name))
    here = Path.cwd().resolve()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder

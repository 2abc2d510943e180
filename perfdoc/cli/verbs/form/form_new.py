"""`perfdoc form new`: a form learnt from a filled-in Word file."""

import re
import sys
from pathlib import Path

import click

import perfdoc
from perfdoc.cli.codes import Code
from perfdoc.cli.files.batch import attempt, bounded
from perfdoc.cli.files.inputs import bytes_of, name_of
from perfdoc.cli.files.output import save
from perfdoc.cli.params import FOLDER_TO_MAKE, INPUT, dry_run_option, force_option, format_option
from perfdoc.cli.terminal.printing import Printer, json_text
from perfdoc.cli.verb import Verb
from perfdoc.errors import UsageError
from perfdoc.learning import Learnt, as_docx, learn_form
from perfdoc.texts import say

_NAME = re.compile(r"\w[\w.-]*")


@click.command("new", cls=Verb)
@click.argument("name")
@click.argument("file", type=INPUT)
@click.option("--templates", metavar="DIR", type=FOLDER_TO_MAKE)
@click.option("--keep-seals", is_flag=True)
@click.option("--no-input", is_flag=True)
@force_option
@dry_run_option
@format_option
@click.pass_obj
def form_new(
    printer: Printer,
    name: str,
    file: str,
    templates: Path | None,
    keep_seals: bool,
    no_input: bool,
    force: bool,
    dry_run: bool,
) -> int:
    if not _NAME.fullmatch(name):
        raise UsageError(say("cli.form_new.name", name=repr(name)))
    folder = (templates or Path("templates")) / name

    def work(given: str) -> int:
        asks = not no_input and printer.format != "json" and sys.stdin.isatty() and sys.stdout.isatty()
        learnt = _learnt(printer, given, name, keep_seals, asks, templates)
        files = {folder / "form.yaml": learnt.description.encode(), folder / "form.docx": learnt.word}
        save(printer, files, force=force, dry_run=dry_run)
        _say(printer, learnt, folder)
        return Code.clean

    return attempt(printer, file, work)


def _learnt(printer: Printer, file: str, name: str, keep_seals: bool, asks: bool, templates: Path | None) -> Learnt:
    """The form; on a terminal what the file leaves open is asked for first."""
    shown = name_of(file)
    with bounded(shown):
        data, kind = as_docx(bytes_of(file), shown)
        if kind:
            printer.status(say("cli.form_new.converted", file=shown, kind=kind))
        known = {key: one for key, one in perfdoc.forms((templates,) if templates else ()).items() if key != name}
        layout = perfdoc.extract(perfdoc.read(data, shown), known).layout
        learnt = learn_form(data, shown, name, layout=layout, keep_seals=keep_seals)
    if not (asks and learnt.questions):
        return learnt
    answers = {}
    for one in learnt.questions:
        answers[one.at] = click.prompt(f"{one}\n{say('cli.form_new.ask')}", default="", show_default=False, err=True)
    return learn_form(data, shown, name, layout=layout, keep_seals=keep_seals, answers=answers)


def _say(printer: Printer, learnt: Learnt, folder: Path) -> None:
    """What was left out and what stays of the old file; what is open, and what to write for it."""
    if printer.format == "json":
        notes = [{"kind": one.key, **one.place.as_object(), "text": one.text} for one in learnt.notes]
        asked = [{**one.place.as_object(), "text": one.text} for one in learnt.questions]
        whole = {"form": learnt.name, "folder": str(folder), "notes": notes, "open": asked}
        printer.data(json_text(whole))
        return
    for note in learnt.notes:
        printer.status(str(note))
    for one in learnt.questions:
        printer.status(f"{one}; {say('cli.form_new.write', folder=folder)}")

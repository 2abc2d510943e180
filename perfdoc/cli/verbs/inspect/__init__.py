"""`perfdoc inspect`: a file as the program sees it, and what it took each piece of text for."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import click

import perfdoc
from perfdoc.accounts import Account, claims_by_place, plain
from perfdoc.cli.codes import Code
from perfdoc.cli.files.batch import attempt, bounded
from perfdoc.cli.files.inputs import bytes_of, folder_of, name_of
from perfdoc.cli.files.reports import ReportFile
from perfdoc.cli.options import format_option, templates_option, track_changes_option
from perfdoc.cli.params import INPUT
from perfdoc.cli.terminal.printing import Printer, json_text, paint
from perfdoc.cli.verb import Verb
from perfdoc.cli.verbs.inspect.commands import commands
from perfdoc.cli.verbs.inspect.drawn import as_object, lines
from perfdoc.importing.accounted import Accounted, accounted
from perfdoc.importing.settings import boilerplate_near
from perfdoc.texts import in_language, listed, say


@click.command(cls=Verb)
@click.argument("file", type=INPUT)
@click.option("--report", metavar="FILE")
@track_changes_option
@templates_option
@format_option
@click.pass_obj
def inspect(printer: Printer, file: str, report: str | None, track_changes: str, templates: tuple[Path, ...]) -> int:
    with ReportFile(report, (file,)) as page:
        return attempt(printer, file, lambda one: _seen(printer, one, page, track_changes, templates))


def _seen(printer: Printer, file: str, page: ReportFile, track_changes: str, templates: tuple[Path, ...]) -> int:
    data, name, asked = bytes_of(file), name_of(file), page.target is not None
    with bounded(name):
        layout = perfdoc.read(data, name, track_changes=track_changes)
        near = folder_of(file)
        known = perfdoc.forms(templates, near)
        found = accounted(layout, known, boilerplate_near(near))
        part = page.part(found)
        todo = commands(found.account, known)
        shown = "" if asked else _as_json(found, todo) if printer.format == "json" else _as_text(found, todo)
    page.put(part)
    page.write(printer)
    if not asked:
        printer.data(shown)
    if found.refusal is not None:
        return printer.failure(found.refusal, layout.file)
    return max(Code.clean, printer.diagnostics(found.account.diagnostics))


def _as_text(read: Accounted, todo: list[str]) -> str:
    layout, found = read.layout, read.account
    claims = claims_by_place(found.claims if found.recognised else ())
    drawn = lines(layout, claims, partial(paint, stream=sys.stdout))
    said = [f"{layout.file}: {listed((layout.kind, plain.summary(found)))}", "", *drawn]
    if found.recognised:
        said += ["", say("cli.inspect.account", n=found.held.characters), *plain.count_lines(found.counts)]
    if todo:
        said += ["", say("cli.inspect.commands"), *(f"  {one}" for one in todo)]
    return "\n".join([*said, *_meanings(found)]) + "\n"


def _meanings(found: Account) -> list[str]:
    codes = {one.code for one in found.diagnostics}
    known = [one for code, one in perfdoc.meanings.meanings().items() if code in codes]
    lines = [
        line
        for one in known
        for line in (
            f"  {one.code}  {in_language(one.means)}",
            f"         {say('explain.do', said=in_language(one.do))}",
        )
    ]
    return ["", say("cli.inspect.codes"), *lines] if known else []


def _as_json(found: Accounted, todo: list[str]) -> str:
    return json_text({**as_object(found.layout, found.account), "commands": todo})

"""`perfdoc new`: a project from a form, added to its document."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

import perfdoc
from perfdoc.cli.codes import Code
from perfdoc.cli.files.output import save
from perfdoc.cli.params import FORM, INDICATOR, PATH, dry_run_option, format_option, templates_option
from perfdoc.cli.terminal.printing import Printer
from perfdoc.cli.verb import Verb
from perfdoc.errors import UsageError
from perfdoc.texts import say

_FIELDS = {
    "name": "name", "agency_code": "agency.code", "agency": "agency.name", "unit": "money_unit",
    "total": "budget.total", "fiscal": "budget.fiscal", "other": "budget.other", "purpose": "purpose",
}  # fmt: skip
"""The options that are one text each, and the fields that they fill."""


@click.command(cls=Verb)
@click.argument("document", type=PATH)
@click.option("--name")
@click.option("--agency")
@click.option("--agency-code")
@click.option("--unit")
@click.option("--total")
@click.option("--fiscal")
@click.option("--other")
@click.option("--purpose")
@click.option("--goal", "goals", multiple=True)
@click.option("--indicator", "indicators", type=INDICATOR, multiple=True)
@click.option("--form", "form_name", type=FORM, metavar="TEXT")
@click.option("--no-input", is_flag=True)
@dry_run_option
@templates_option
@format_option
@click.pass_obj
def new(printer: Printer, /, document: Path, no_input: bool, dry_run: bool, **given: Any) -> int:
    work = perfdoc.new_project
    place = work.place(document, given["form_name"])
    form = perfdoc.form(place.form, given["templates"], place.folder)
    texts: dict[str, str | None] = {path: given[name] for name, path in _FIELDS.items()}
    rows, goals, before = list(given["indicators"]), work.numbered(given["goals"]), place.shared(form)
    if not no_input and sys.stdin.isatty() and sys.stdout.isatty():
        texts |= _asked_texts(form, texts, before)
        goals = goals or work.numbered([*_several(say("cli.new.goals"))])
        rows = rows or list(_asked_rows(form))
    if not (texts["name"] or "").strip():
        raise UsageError(say("cli.new.name"))
    known = {path: before.get(path) if text is None else text for path, text in texts.items()}
    made = place.with_project(work.project(form, known, goals, rows))
    save(printer, made, force=True, dry_run=dry_run)
    return Code.clean


def _asked_texts(form: perfdoc.Form, texts: dict[str, str | None], before: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The fields of the form that were not given, asked for: an empty answer is an empty cell."""
    shown = {field.path for field in form.fields}
    for path, text in texts.items():
        steps = tuple(path.split("."))
        if text is None and (path in shown or steps[0] in shown or path == "name"):
            yield path, _ask(perfdoc.model.title(steps), before.get(path, ""), needed=path == "name")


def _asked_rows(form: perfdoc.Form) -> Iterator[perfdoc.Indicator]:
    for level1, level2 in perfdoc.new_project.kinds(form):
        for level3 in _several(say("cli.new.level3", level1=level1, level2=level2)):
            target = _ask(f"  {level3}: 指标值", "")
            yield perfdoc.Indicator(level1=level1, level2=level2, level3=level3, target=target)


def _ask(label: str, default: str, *, needed: bool = False) -> str:
    while True:
        answer: str = click.prompt(label, default=default, show_default=bool(default), err=True)
        if answer.strip() or not needed:
            return answer.strip()


def _several(label: str) -> Iterator[str]:
    while answer := _ask(label, ""):
        yield answer

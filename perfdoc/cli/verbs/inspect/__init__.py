"""`perfdoc inspect`: a file as the program sees it, and what it took each piece of text for."""

import shlex
import sys
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import partial
from pathlib import Path

import click

import perfdoc
from perfdoc.accounts import Account, claims_by_place, plain
from perfdoc.cli.codes import Code
from perfdoc.cli.files.batch import attempt, bounded
from perfdoc.cli.files.inputs import bytes_of, folder_of, name_of
from perfdoc.cli.files.output import ReportFile
from perfdoc.cli.params import INPUT, format_option, templates_option, track_changes_option
from perfdoc.cli.terminal.printing import Printer, json_text, paint
from perfdoc.cli.verb import Verb
from perfdoc.cli.verbs.inspect.drawn import as_object, lines
from perfdoc.extraction.by_template.templates import words_of
from perfdoc.extraction.outside import OUTSIDE
from perfdoc.extraction.vocabulary.keys import key, looks_like_label, named
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.form_definition import Form
from perfdoc.form_definition.loading import is_packaged
from perfdoc.importing.accounted import Accounted, accounted
from perfdoc.importing.order import boilerplate_near
from perfdoc.model import INDICATOR_PATHS, PROJECT_PATHS
from perfdoc.report import Role, Severity
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


_LIKE = 0.6  # how like a known label a text must be for its path to be proposed


def commands(found: Account, forms: Mapping[str, Form]) -> list[str]:
    """A command a text, in the file's order; before them the one that learns the form, where there is none.

    None for a form that comes with perfdoc, which nobody should change. `PATH` and `NAME` stand for what is to be said.
    """
    if not found.recognised or ((form := forms.get(found.form or "")) is not None and is_packaged(form.folder)):
        return []
    words = words_of(forms.values())
    name = shlex.quote(found.form) if found.form else "NAME"
    made = [
        say("cli.inspect.command.label", form=name, label=shlex.quote(label), path=_path(label, words, of_indicator))
        for label, of_indicator in dict.fromkeys(_labels(found))
    ]
    folder = shlex.quote(Path(found.file).stem)
    learn = say("cli.inspect.command.learn", file=shlex.quote(found.file), folder=folder)
    return [learn, *made] if made and not found.form else made


def _labels(found: Account) -> Iterator[tuple[str, bool]]:
    """The labels of what is in `extra`, and what may be labels in what is left; whether each is of an indicator."""
    told = {one.place for one in found.diagnostics if one.code == OUTSIDE and one.severity is Severity.warning}
    near = False
    for claim in found.claims:
        near = claim.role is Role.outside and (near or claim.place in told)
        if claim.role is Role.extra:
            yield str(claim.path[-1]), "indicators" in claim.path
        elif claim.role is Role.unclaimed or near:
            label = named(claim.text.partition("：")[0].partition(":")[0])
            if looks_like_label(label):
                yield label, False


def _path(label: str, words: Vocabulary, of_indicator: bool) -> str:
    """The path of the known label that is most like this one."""
    paths = words.tables.columns if of_indicator else {one: entry.path for one, entry in words.tables.labels.items()}
    sound = INDICATOR_PATHS if of_indicator else PROJECT_PATHS
    known = {one: path for one, path in paths.items() if path in sound}
    near = get_close_matches(key(label), known, n=1, cutoff=_LIKE)
    return known[near[0]] if near else "PATH"

"""`perfdoc verify`: does a document survive the way to Word or Excel and back, to the byte?"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import click

import perfdoc
from perfdoc.cli.codes import Code, worst
from perfdoc.cli.files.batch import bounded
from perfdoc.cli.files.form_taken import form_taken
from perfdoc.cli.files.inputs import (
    bytes_of,
    documents_at,
    folder_of,
    is_one,
    is_spec_name,
    load_given,
    name_of,
    tell_beside,
    waits,
)
from perfdoc.cli.files.reader import Reader, read_each
from perfdoc.cli.params import INPUT, format_option, templates_option, track_changes_option
from perfdoc.cli.terminal.difference import difference
from perfdoc.cli.terminal.printing import Printer, shown
from perfdoc.cli.verb import Verb
from perfdoc.form_definition import Form
from perfdoc.pulling import Given
from perfdoc.texts import listed, say


@dataclass
class _Run:
    """What was asked for; `loose` are the targets that came back as the form shows them, not as they were written."""

    printer: Printer
    track_changes: str
    to: str | None
    templates: tuple[Path, ...]
    loose: list[str] = field(default_factory=list)


@click.command(cls=Verb)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=INPUT)
@track_changes_option
@click.option("--to", type=click.Choice(["docx", "xlsx"]))
@templates_option
@format_option
@click.pass_obj
def verify(
    printer: Printer, paths: tuple[str, ...], track_changes: str, to: str | None, templates: tuple[Path, ...]
) -> int:
    run = _Run(printer, track_changes, to, templates)
    given = {path: documents_at(path) for path in dict.fromkeys(paths)}
    for path in [path for path, found in given.items() if not is_one(path) and found == [(path, "")] and waits(path)]:
        printer.status(say("cli.none_yet", path=path))
        del given[path]
    if not given:
        return Code.clean
    targets = [target for found in given.values() for target, _ in found]
    codes = read_each(printer, targets, lambda target, reader: _verify(run, target, reader))
    for path, found in given.items():
        tell_beside(printer, path, found)
    held = codes.count(Code.clean)
    what = "some" if held < len(codes) else "values" if run.loose else "bytes"
    printer.data(say(f"cli.verify.held.{what}", held=held, n=len(codes)) + "\n")
    return worst(codes)


def _verify(run: _Run, target: str, reader: Reader) -> int:
    return _verify_spec(run, target) if is_spec_name(target) else _verify_file(run, target, reader)


def _verify_spec(run: _Run, target: str) -> int:
    """Where the document names its form, to the byte; where it names none, as the form shows it that shows most."""
    given, near = load_given(target), folder_of(target)
    document, data = given.reading.document, run.printer.data
    run.printer.diagnostics(given.reading.diagnostics)
    form, named = form_taken(run.printer, given.reading, given.shown, run.templates, near, to=run.to, given=given)
    found = perfdoc.faults(given.reading, form, to=run.to)
    lost = not named and any(one.severity == "warning" for one in found)
    if run.printer.diagnostics(found) != Code.clean or lost:
        return Code.lost
    trip = perfdoc.round_trip.round_trip(
        document, form, given.names, perfdoc.forms(run.templates, near), alone=given.alone, to=run.to, shown=given.shown
    )
    known = say("cli.verify.form" if document.form else "cli.verify.no_form", form=form.name)
    data(f"{shown(given.shown)}: {listed((*_size(document), known))}\n")
    spelling = {
        name: say("cli.verify.as_shown") if trip.said[name] != trip.shown[name] else text
        for name, text in _spelling(given).items()
    }
    same = _compare(run.printer, trip.said if document.form else trip.shown, trip.back, spelling)
    if not same and trip.shown == trip.back:
        data("  " + say("cli.verify.shows_more", form=form.name) + "\n")
    if trip.said != trip.back:
        run.loose.append(given.shown)
    digest = hashlib.sha256(trip.rendered).hexdigest()[:12]
    again = "cli.verify.again" if trip.again else "cli.verify.other"
    data("  " + say(again, n=len(trip.rendered), digest=digest) + "\n")
    if not document.projects:
        data("  " + say("cli.verify.no_projects") + "\n")
    return Code.clean if same and trip.again and document.projects else Code.findings


def _verify_file(run: _Run, target: str, reader: Reader) -> int:
    """A received file, as its form shows it, or where that is none that is known, the form that shows most of it.

    What that one has no place for is said, and not compared.
    """
    data, name, near = bytes_of(target), name_of(target), folder_of(target)
    known = perfdoc.forms(run.templates, near)
    with bounded(name):
        reading = perfdoc.extract(reader(data, name, run.track_changes), known)
    document = reading.document
    code = run.printer.diagnostics(reading.diagnostics, brief=True)
    form, named = form_taken(run.printer, reading, name, run.templates, near, to=run.to)
    found = perfdoc.faults(reading, form, to=run.to)
    if run.printer.diagnostics(found) != Code.clean:
        return Code.lost
    left_out = [one.path for one in found if one.severity == "warning"]
    trip = perfdoc.round_trip.round_trip(
        perfdoc.round_trip.without(document, left_out, form),
        form,
        perfdoc.specs.file_names(document),
        known,
        to=run.to,
        shown=name,
    )
    if trip.shown != trip.said:
        run.loose.append(name)
    doubts = say("cli.verify.doubts", n=sum(one.severity != "info" for one in reading.diagnostics))
    which = say("cli.verify.form" if named else "cli.verify.no_known_form", form=form.name)
    run.printer.data(f"{shown(name)}: {listed((*_size(document), which, doubts))}\n")
    if left_out:
        run.printer.data(f"{say('choice.not_compared', n=len(left_out), form=form.name)}\n")
    same = _written_back(run, data, name, document, known)
    return max(code, Code.clean if _compare(run.printer, trip.shown, trip.back, {}) and same else Code.findings)


def _written_back(run: _Run, data: bytes, name: str, document: perfdoc.Document, known: Mapping[str, Form]) -> bool:
    """Whether a received file with its own values is the same file, to the byte; True also where none may be written.

    Of kinds that nothing is written into, nothing is said.
    """
    if run.track_changes != "accept" or perfdoc.reading.kind_of(data) not in ("docx", "xlsx"):
        return True
    with bounded(name):
        try:
            filled = perfdoc.into(data, document, file=name, known=known)
        except perfdoc.errors.RefusedError as error:
            run.printer.data(f"  {say('cli.verify.into.refused', why=error)}\n")
            return True
    same = filled.data == data
    run.printer.data(f"  {say('cli.verify.into.same' if same else 'cli.verify.into.other', n=len(data))}\n")
    return same


def _compare(printer: Printer, expected: dict[str, str], got: dict[str, str], spelling: dict[str, str]) -> bool:
    """Say file by file whether the two say the same; where not, show the difference."""
    same = True
    for name in dict.fromkeys((*expected, *got)):
        old, new = expected.get(name), got.get(name)
        if old == new:
            printer.data(f"  {shown(name)}: {spelling.get(name) or say('cli.verify.same_yaml')}\n")
            continue
        same = False
        printer.data(f"  {shown(name)}: {say('cli.verify.differs')}\n")
        printer.data(difference(old or "", new or "", name, say("cli.verify.read_back", name=name)))
    return same


def _spelling(given: Given) -> dict[str, str]:
    """For each file on disk how its bytes stand to its canonical text."""
    said: dict[str, str] = {}
    for name, canonical in given.texts().items():
        path = given.folder / name
        if not path.is_file():
            continue
        data = path.read_bytes()
        if data == canonical.encode():
            said[name] = say("cli.verify.same_bytes")
        elif perfdoc.format_text(data.decode("utf-8-sig"), str(path)).encode() == data:
            said[name] = say("cli.verify.own_comments")
        else:
            said[name] = say("cli.verify.other_spelling")
    return said


def _size(document: perfdoc.Document) -> tuple[str, str]:
    indicators = sum(len(project.indicators) for project in document.projects)
    return say("counts.projects", n=len(document.projects)), say("counts.indicators", n=indicators)

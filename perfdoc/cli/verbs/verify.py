"""`perfdoc verify`: does a document survive the way to Word or Excel and back, to the byte?"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from perfdoc.cli.batch import each
from perfdoc.cli.bounded import bounded
from perfdoc.cli.codes import Code, worst
from perfdoc.cli.files.inputs import STDIN, bytes_of, document_folders, is_spec_name, name_of
from perfdoc.cli.options import format_option, templates_option, track_changes_option
from perfdoc.cli.terminal.printing import Printer, count, shown

if TYPE_CHECKING:
    from perfdoc.cli.files.documents import Given
    from perfdoc.form_definition import Form
    from perfdoc.model import Document
    from perfdoc.report import Reading

Forms = tuple[Path, ...]
_AS_SHOWN = "same values; the form also shows, empty, what the file leaves out"


@click.command(
    epilog="""\b
Examples:
  perfdoc verify specs/hexi-court-2023
  perfdoc verify specs                     every document below specs/
  perfdoc verify specs --to xlsx           by way of worksheets
  perfdoc verify received.docx             does its content survive writing and reading?

For specs: rendered to their form's own kind of file, or --to another (in memory), read back, and the YAML of
each file compared to the byte; what was read back is rendered again, and the two files compared to the byte.
Compared is the canonical text, so comments do not count; a file in another spelling is told of, and
`perfdoc fmt` mends it. For other files: imported, rendered, read back, and the YAML of both readings compared.
A document that names no form is compared as the default form shows it, a received file of no known form as
the form with the most places for its values: a cell that it has no value for is an empty cell. Where something
differs the difference is shown, and the exit code is 1.""",
)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@track_changes_option
@click.option("--to", type=click.Choice(["docx", "xlsx"]), help="The kind of file to go by (default: the form's own).")
@templates_option
@format_option
@click.pass_obj
def verify(printer: Printer, paths: tuple[str, ...], track_changes: str, to: str | None, templates: Forms) -> int:
    """Show that nothing changes on the way to Word or Excel and back, for document folders, project files, or files."""
    loose: list[str] = []
    targets = [target for path in dict.fromkeys(paths) for target in _targets(path)]

    def one(target: str) -> int:
        if target != STDIN and is_spec_name(target):
            return _verify_spec(printer, target, to, templates, loose)
        return _verify_file(printer, target, track_changes, to, templates, loose)

    codes = each(printer, targets, one)
    held = codes.count(Code.clean)
    what = "no value changed" if loose else "not a byte of YAML changed"
    printer.data(f"{held} of {len(codes)} held{f': {what}' if held == len(codes) else ''}\n")
    return worst(codes)


def _targets(path: str) -> list[str]:
    """A folder without a document.yaml stands for the documents below it."""
    folder = Path(path)
    if path == STDIN or not folder.is_dir() or (folder / "document.yaml").exists():
        return [path]
    return [str(found) for found in document_folders(folder)] or [path]


def _verify_spec(printer: Printer, target: str, to: str | None, templates: Forms, loose: list[str]) -> int:
    """Where the document names its form, to the byte; where it names none, as the default form shows it."""
    from perfdoc.cli.files.documents import load_given, texts_of
    from perfdoc.form_definition import form

    given = load_given(target)
    document = given.reading.document
    printer.diagnostics(given.reading.diagnostics)
    chosen = form(document.form, templates)
    trip = _round_trip(printer, given.reading, chosen, to, target, templates)
    if trip is None:
        return Code.lost
    back, first = trip
    said = given.texts()
    shows = texts_of(chosen.normal(document), given.names, given.alone)
    got = texts_of(back, given.names, given.alone)
    known = f"form {chosen.name}" if document.form else f"no form named, rendered as {chosen.name}"
    printer.data(f"{shown(target)}: {_size(document)}, {known}\n")
    spelling = {name: _AS_SHOWN if said[name] != shows[name] else text for name, text in _spelling(given).items()}
    same = _compare(printer, said if document.form else shows, got, spelling)
    if not same and shows == got:
        printer.data(f"  the form {chosen.name} shows more than the spec says: write what `+` shows into the spec\n")
    if said != got:
        loose.append(target)
    again = _rendered(back, chosen, to) == first
    digest = hashlib.sha256(first).hexdigest()[:12]
    printer.data(f"  rendered again: {'the same' if again else 'OTHER'} {len(first)} bytes (sha256 {digest}…)\n")
    if not document.projects:
        printer.data("  no projects: there was nothing to compare\n")
    return Code.clean if same and again and document.projects else Code.findings


def _verify_file(
    printer: Printer, target: str, track_changes: str, to: str | None, templates: Forms, loose: list[str]
) -> int:
    from perfdoc.cli.files.documents import texts_of
    from perfdoc.extraction import extract
    from perfdoc.form_definition import form, forms
    from perfdoc.reading import read
    from perfdoc.rendering import roomiest
    from perfdoc.specs import file_names

    data, name = bytes_of(target), name_of(target)
    with bounded(name):
        reading = extract(read(data, name, track_changes=track_changes), forms(templates))
    code = printer.diagnostics(reading.diagnostics, brief=True)
    known_form = reading.document.form
    chosen = form(known_form, templates) if known_form else roomiest(reading, forms(templates).values())
    trip = _round_trip(printer, reading, chosen, to, name, templates)
    if trip is None:
        return Code.lost
    names = file_names(reading.document)
    expected = texts_of(chosen.normal(reading.document), names, False)
    if expected != texts_of(reading.document, names, False):
        loose.append(name)
    doubts = sum(one.severity != "info" for one in reading.diagnostics)
    known = f"form {chosen.name}" if reading.document.form else f"no known form, rendered as {chosen.name}"
    printer.data(f"{shown(name)}: {_size(reading.document)}, {known}, {count(doubts, 'doubt')} in reading it\n")
    same = _compare(printer, expected, texts_of(trip[0], names, False), {})
    return max(code, Code.clean if same else Code.findings)


def _round_trip(
    printer: Printer, reading: Reading, form: Form, to: str | None, name: str, templates: Forms
) -> tuple[Document, bytes] | None:
    """The document read back from its rendering, and the rendering; None where it can't be rendered."""
    from perfdoc.extraction import extract
    from perfdoc.form_definition import forms
    from perfdoc.reading import read
    from perfdoc.rendering import faults

    found = faults(reading, form, to=to)
    if printer.diagnostics(found) != Code.clean:
        return None
    first = _rendered(reading.document, form, to)
    if not reading.document.projects:
        return reading.document, first  # nothing that could be recognised; _verify_spec says so
    back = extract(read(first, f"{name} (rendered)"), forms(templates))
    return back.document, first


def _rendered(document: Document, form: Form, to: str | None) -> bytes:
    from perfdoc.rendering import render

    return render(document, form, to=to)


def _compare(printer: Printer, expected: dict[str, str], got: dict[str, str], spelling: dict[str, str]) -> bool:
    """Say file by file whether the two say the same; where not, show the difference."""
    from perfdoc.cli.terminal.difference import difference

    same = True
    for name in [*expected, *(name for name in got if name not in expected)]:
        old, new = expected.get(name, ""), got.get(name, "")
        if old == new and name in expected and name in got:
            printer.data(f"  {shown(name)}: {spelling.get(name, 'same YAML')}\n")
            continue
        same = False
        printer.data(f"  {shown(name)}: DIFFERS\n")
        printer.data(difference(old, new, name, f"{name} (read back)"))
    return same


def _spelling(given: Given) -> dict[str, str]:
    """For each file on disk how its bytes stand to its canonical text."""
    from perfdoc.specs import format_text

    said: dict[str, str] = {}
    for name, canonical in given.texts().items():
        path = given.folder / name
        if not path.is_file():
            continue
        data = path.read_bytes()
        if data == canonical.encode():
            said[name] = "same bytes"
        elif format_text(data.decode("utf-8-sig"), str(path)).encode() == data:
            said[name] = "same YAML; its comments are its own"
        else:
            said[name] = "same YAML, in another spelling (perfdoc fmt)"
    return said


def _size(document: Document) -> str:
    indicators = sum(len(project.indicators) for project in document.projects)
    return f"{count(len(document.projects), 'project')}, {count(indicators, 'indicator')}"

"""`perfdoc render`: specs to Word."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from perfdoc.cli.batch import attempt, each
from perfdoc.cli.codes import Code, worst
from perfdoc.cli.documents import Given, load_given
from perfdoc.cli.inputs import STDIN, distinct
from perfdoc.cli.options import dry_run_option, force_option, format_option, templates_option
from perfdoc.cli.output import STDOUT, said, to_stdout, write
from perfdoc.cli.printing import Printer
from perfdoc.errors import ToolError, UsageError

if TYPE_CHECKING:
    from perfdoc.form import Form

_BATCH = 16  # documents that share a start of LibreOffice


@click.command(
    short_help="Specs to a Word file.",
    epilog="""\b
Examples:
  perfdoc render specs/hexi-court-2023                 writes hexi-court-2023.docx here
  perfdoc render specs/hexi-court-2023 -o goals.docx
  perfdoc render specs/* --out-dir out                 out/<name of the folder>.docx for each
  perfdoc render specs/a/01-x.yaml -o - > x.docx       one project, to standard output
  perfdoc render - -o x.docx < draft.yaml

The page numbers in the table of contents come from LibreOffice (--pages auto). Where there is none, the
numbers are marked to be updated when Word opens the file, and the command says so. A character that Word
can't hold is an error (exit code 4) and nothing is written; a value that the form has no place for is a
warning, with --strict an error too.""",
)
@click.argument("documents", metavar="DOCUMENT...", nargs=-1, required=True)
@click.option("-o", "--output", metavar="OUT.docx", help="The file to write, for one DOCUMENT; `-`: standard output.")
@click.option("--out-dir", metavar="DIR", help="The folder to write into (default: here).")
@click.option("--form", "form_name", metavar="NAME", help="The form to use instead of the document's own.")
@click.option(
    "--pages",
    type=click.Choice(["auto", "office", "none"]),
    default="auto",
    show_default=True,
    help="Page numbers by LibreOffice: where it is there, always (else fail), or never.",
)
@click.option("--strict", is_flag=True, help="Write nothing (exit code 4) where the form has no place for a value.")
@templates_option
@force_option
@dry_run_option
@format_option
@click.pass_obj
def render(
    printer: Printer,
    documents: tuple[str, ...],
    output: str | None,
    out_dir: str | None,
    form_name: str | None,
    pages: str,
    strict: bool,
    templates: tuple[Path, ...],
    force: bool,
    dry_run: bool,
) -> int:
    """Render DOCUMENTs to Word: a document's folder, a project's file, or `-` (a project on standard input).

    A file that exists and differs is not overwritten without --force; one that is the same is left alone.
    """
    documents = tuple(dict.fromkeys(documents))
    outputs = _outputs(documents, output, out_dir)
    sheets: dict[str, Sheet] = {}

    def prepare(document: str) -> int:
        sheet = _prepared(printer, document, form_name, templates, strict)
        if sheet is None:
            return Code.lost
        sheets[document] = sheet
        return Code.clean

    def finish(document: str) -> int:
        data = sheets.pop(document).data
        if outputs[document] == STDOUT:
            to_stdout(b"" if dry_run else data)
            return Code.clean
        for path, outcome in write({Path(outputs[document]): data}, force=force, dry_run=dry_run).items():
            printer.status(said(path, outcome, dry_run))
        return Code.clean

    codes: list[int] = []
    for batch in printer.progress.over([documents[i : i + _BATCH] for i in range(0, len(documents), _BATCH)]):
        codes += each(printer, batch, prepare)
        codes.append(attempt(printer, "", lambda _: _lay_out(printer, sheets, pages)))
        codes += each(printer, [one for one in batch if one in sheets and sheets[one].data], finish)
        sheets.clear()
    return worst(codes)


@dataclass(slots=True)
class Sheet:
    """A document that can be rendered, and its Word file once it is."""

    given: Given
    form: Form
    data: bytes = b""


def _outputs(documents: tuple[str, ...], output: str | None, out_dir: str | None) -> dict[str, str]:
    """Where each document goes. UsageError where the options don't say it."""
    if output is not None and (len(documents) > 1 or out_dir is not None):
        raise UsageError("-o names the file for one document; give --out-dir for several, and not both")
    if output is not None and output != STDOUT:
        suffix = Path(output).suffix.lower()
        if suffix not in ("", ".docx"):
            raise UsageError(f"{output}: only Word files (.docx) are written, not {suffix}")
        if Path(output).is_dir():
            raise UsageError(f"{output}: is a folder; give --out-dir {output}")
    if output is None and out_dir is None and documents == (STDIN,):
        output = STDOUT
    if output is not None:
        return {documents[0]: output}
    stems = distinct([_stem(document) for document in documents])
    folder = Path(out_dir or "")
    return {document: str(folder / f"{stem}.docx") for document, stem in zip(documents, stems, strict=True)}


def _stem(document: str) -> str:
    """What the Word file is called: as the folder, or as the project's file."""
    path = Path(document)
    if document == STDIN:
        return "stdin"
    if path.is_dir() or path.name == "document.yaml":
        return (path if path.is_dir() else path.parent).resolve().name or "document"
    return path.stem


def _prepared(
    printer: Printer, document: str, form_name: str | None, templates: tuple[Path, ...], strict: bool
) -> Sheet | None:
    """The document and its form; None where content would be lost, which has then been said."""
    from perfdoc.form import form
    from perfdoc.render import faults

    given = load_given(document)
    chosen = form(form_name or given.reading.document.form, templates)
    printer.diagnostics(given.reading.diagnostics)
    found = faults(given.reading, chosen)
    if printer.diagnostics(found) == Code.clean and not (strict and any(d.severity == "warning" for d in found)):
        return Sheet(given, chosen)
    printer.status(f"{given.shown}: not rendered, since content would be lost")
    return None


def _lay_out(printer: Printer, sheets: dict[str, Sheet], pages: str) -> int:
    """Render what is prepared: all documents of one form by one start of LibreOffice."""
    from perfdoc.render import paged, render

    if pages == "none":
        for sheet in sheets.values():
            sheet.data = render(sheet.given.reading.document, sheet.form)
        return Code.clean
    for form in {sheet.form.name: sheet.form for sheet in sheets.values()}.values():
        group = [sheet for sheet in sheets.values() if sheet.form.name == form.name]
        files, found = paged([sheet.given.reading.document for sheet in group], form)
        if pages == "office" and found:
            raise ToolError("; ".join(one.message for one in found))
        printer.diagnostics(found)
        for sheet, data in zip(group, files, strict=True):
            sheet.data = data
    return Code.clean

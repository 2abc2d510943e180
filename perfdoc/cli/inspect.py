"""`perfdoc inspect`: a file as the program sees it, and what it took each piece of text for."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from perfdoc.cli.codes import Code
from perfdoc.cli.inputs import bytes_of, name_of
from perfdoc.cli.options import format_option, templates_option, track_changes_option
from perfdoc.cli.printing import Printer, count, paint

if TYPE_CHECKING:
    from perfdoc.layout import Layout
    from perfdoc.report import Reading


@click.command(
    short_help="What the program sees in a file, and what it took it for.",
    epilog="""\b
Examples:
  perfdoc inspect received.docx
  perfdoc inspect received.docx | less -S
  perfdoc inspect --format json received.docx | jq '.counts'
  cat received.docx | perfdoc inspect -

A label, "of the form" (printed text), a value (→ where it went), "outside" (not part of a form): each
piece of text has one of these. NOT CLAIMED is text that ended up nowhere; a diagnostic quotes it.
With --format json all of it is one object on standard output: file, kind, recognised, form, projects,
blocks (paragraphs and grids with their cells, each with its claims), counts, diagnostics.""",
)
@click.argument("file")
@track_changes_option
@templates_option
@format_option
@click.pass_obj
def inspect(printer: Printer, file: str, track_changes: str, templates: tuple[Path, ...]) -> int:
    """Show FILE as the program sees it: paragraphs, tables with merged cells drawn, places, and claims.

    The tool for "why did it not read my file". `-` is standard input.
    """
    from perfdoc import errors
    from perfdoc.extract import extract
    from perfdoc.form import forms
    from perfdoc.read import read

    layout = read(bytes_of(file), name_of(file), track_changes=track_changes)
    reading, code = None, Code.clean
    try:
        reading = extract(layout, forms(templates))
    except errors.NotRecognisedError as error:
        code = printer.failure(error, layout.file)
    printer.data(_as_json(layout, reading) if printer.format == "json" else _as_text(layout, reading))
    return max(code, printer.diagnostics(reading.diagnostics)) if reading else code


def _as_text(layout: Layout, reading: Reading | None) -> str:
    from perfdoc.cli import account

    claims = account.claims_by_place(reading.claims if reading else ())
    colour = partial(paint, stream=sys.stdout)
    lines = [f"{layout.file}: {layout.kind}{_summary(reading)}", "", *account.lines(layout, claims, colour)]
    if reading is not None:
        lines += ["", *_counted(account.counts(reading.claims))]
    return "\n".join(lines) + "\n"


def _summary(reading: Reading | None) -> str:
    if reading is None:
        return ", no form recognised"
    projects = reading.document.projects
    indicators = sum(len(project.indicators) for project in projects)
    sizes = f"{count(len(projects), 'project')}, {count(indicators, 'indicator')}"
    return f", form {reading.document.form or 'unknown'}, {sizes}"


def _counted(counts: dict[str, dict[str, int]]) -> list[str]:
    total = sum(entry["characters"] for entry in counts.values())
    rows = [
        f"  {role:<12}{entry['characters']:>8} characters in {entry['pieces']:>5} pieces"
        for role, entry in counts.items()
    ]
    return [f"Account of {total} characters:", *rows]


def _as_json(layout: Layout, reading: Reading | None) -> str:
    import json

    from perfdoc.cli import account

    return json.dumps(account.as_object(layout, reading), ensure_ascii=False, indent=2) + "\n"

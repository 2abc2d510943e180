"""`perfdoc rollover`: last year's goals as next year's draft."""

from __future__ import annotations

from pathlib import Path

import click

import perfdoc
from perfdoc.cli.codes import Code
from perfdoc.cli.files.inputs import is_spec_name, load_given
from perfdoc.cli.files.output import save
from perfdoc.cli.files.sources import At, source
from perfdoc.cli.options import dry_run_option, format_option, templates_option
from perfdoc.cli.params import SOURCE, YEAR
from perfdoc.cli.terminal.printing import Printer, shown
from perfdoc.cli.verb import Verb
from perfdoc.errors import ConflictError, UsageError
from perfdoc.texts import say


@click.command(cls=Verb)
@click.argument("document", type=SOURCE)
@click.option("--year", type=YEAR, required=True, help="The year of the draft.")
@click.option("--from", "since", type=YEAR, help="The year of DOCUMENT, where it can't be told.")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The new document's folder.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="The marks' language.")
@dry_run_option
@templates_option
@format_option
@click.pass_obj
def rollover(
    printer: Printer,
    document: str | At,
    year: int,
    since: int | None,
    output: Path,
    lang: str,
    dry_run: bool,
    templates: tuple[Path, ...],
) -> int:
    """Make the draft for another year of DOCUMENT: a folder, a project's file, or a Word or Excel file."""
    _must_be_free(output)
    reading, names, given = _last_year(document, templates)
    printer.diagnostics((one for one in reading.diagnostics if one.severity != "info"), brief=True)
    draft = perfdoc.rollover.rollover(reading.document, year, since=since, names=names)
    made = {output / name: text.encode() for name, text in perfdoc.rollover.texts(draft, given, lang).items()}
    save(printer, made, dry_run=dry_run)
    number = sum(map(len, draft.marks))
    size = say("counts.projects", n=len(draft.document.projects))
    printer.status(say("cli.rollover.done", projects=size, since=draft.since, year=year, n=number))
    if not dry_run and number:
        printer.status(f"grep -rn '# perfdoc:' {shown(str(output))}")
    return Code.clean


def _must_be_free(output: Path) -> None:
    if output.is_dir() and any(output.iterdir()):
        raise ConflictError(say("cli.rollover.not_empty", folder=output))
    if output.exists() and not output.is_dir():
        raise UsageError(say("cli.rollover.file", path=output))


def _last_year(
    document: str | At, templates: tuple[Path, ...]
) -> tuple[perfdoc.Reading, tuple[str, ...] | None, dict[str, str] | None]:
    """The reading, the project files' names, and their texts with document.yaml first (for the comments in them)."""
    if isinstance(document, At) or not is_spec_name(document):
        return source(document, templates).reading, None, None
    one, specs = load_given(document), perfdoc.specs
    given = {specs.LISTING: "" if one.alone else specs.read_text(one.folder / specs.LISTING)}
    given |= {name: specs.read_text(one.folder / name) for name in one.names}
    return one.reading, one.names, given

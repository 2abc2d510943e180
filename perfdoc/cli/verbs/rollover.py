"""`perfdoc rollover`: last year's goals as next year's draft."""

from pathlib import Path
from typing import NamedTuple

import click

import perfdoc
from perfdoc.cli.codes import Code, worst
from perfdoc.cli.files.at_revision import At
from perfdoc.cli.files.batch import attempt
from perfdoc.cli.files.inputs import distinct, documents_at, is_spec_name, load_given, tell_beside
from perfdoc.cli.files.output import save
from perfdoc.cli.files.reader import Reader, read_each
from perfdoc.cli.files.sources import source
from perfdoc.cli.params import PATH, SOURCE, YEAR, dry_run_option, format_option, templates_option
from perfdoc.cli.terminal.printing import Printer, shown
from perfdoc.cli.verb import Verb
from perfdoc.errors import ConflictError, UsageError
from perfdoc.rollover import LANGUAGES
from perfdoc.storage.naming import folder_name, stem
from perfdoc.storage.paths import base
from perfdoc.storage.writing import write
from perfdoc.texts import say

MARKS = "PD904"
"""The rule that finds marks."""


class _Job(NamedTuple):
    document: str | At
    target: Path

    def __str__(self) -> str:
        return self.document.given if isinstance(self.document, At) else self.document


class _Order(NamedTuple):
    """What is asked for, the same for all documents; `one` says that there is but one, of which every file is told."""

    year: int
    since: int | None
    marks: str
    dry_run: bool
    templates: tuple[Path, ...]
    one: bool


@click.command(cls=Verb)
@click.argument("documents", metavar="DOCUMENT...", nargs=-1, required=True, type=SOURCE)
@click.option("--year", type=YEAR, required=True)
@click.option("--from", "since", type=YEAR)
@click.option("-o", "--output", metavar="DIR", type=PATH, required=True)
@click.option("--marks", type=click.Choice(LANGUAGES))
@click.option("--lang", type=click.Choice(LANGUAGES), hidden=True)
@dry_run_option
@templates_option
@format_option
@click.pass_obj
def rollover(
    printer: Printer,
    documents: tuple[str | At, ...],
    year: int,
    since: int | None,
    output: Path,
    marks: str | None,
    lang: str | None,
    dry_run: bool,
    templates: tuple[Path, ...],
) -> int:
    if lang is not None:
        printer.status(say("cli.rollover.renamed"))
    jobs, refused = _jobs(printer, dict.fromkeys(documents), output)
    one = [job.target for job in jobs] == [output]
    order = _Order(year, since, marks or lang or LANGUAGES[0], dry_run, templates, one)
    left = 0

    def draft(job: _Job, reader: Reader) -> int:
        nonlocal left
        left += _drafted(printer, job, order, reader)
        return Code.clean

    codes = read_each(printer, jobs, draft)
    if left and not dry_run:
        printer.status(f"perfdoc check --select {MARKS} {shown(str(output))}")
    return worst((*refused, *codes))


def _jobs(printer: Printer, given: dict[str | At, None], output: Path) -> tuple[list[_Job], list[int]]:
    """Each document with its folder, and the codes of arguments that stand for none, which is then said."""
    found: list[_Job] = []
    codes: list[int] = []
    names = distinct([_named(one) for one in given])
    for one, name in zip(given, names, strict=True):
        folder = output / name if len(given) > 1 else output

        def add(one: str | At, folder: Path = folder) -> int:
            if isinstance(one, At):
                found.append(_Job(one, folder))
                return Code.clean
            below = documents_at(one, without=str(output))
            tell_beside(printer, one, below, str(output))
            ways = distinct([_way(document, way) for document, way in below])
            found.extend(_Job(document, folder / way) for (document, _), way in zip(below, ways, strict=True))
            return Code.clean

        codes.append(attempt(printer, one, add))
    return found, codes


def _named(document: str | At) -> str:
    """What the folder of a document's draft is called: as its folder, or as its file without the suffix."""
    if isinstance(document, At):
        return folder_name(stem(base(document.path)))
    path = Path(document)
    return folder_name(path.resolve().name if path.is_dir() else stem(path.name))


def _way(document: str, way: str) -> str:
    """The way to a draft from the output: as the document's from the folder that was given."""
    folders = way.split("/")[:-1]
    return "/".join((*map(folder_name, folders), _named(document))) if way else ""


def _drafted(printer: Printer, job: _Job, order: _Order, reader: Reader) -> int:
    """Draft a document and say so; the number of marks in it."""
    _must_be_free(job.target)
    reading, names, given = _last_year(job.document, order.templates, reader)
    printer.doubts(reading)
    draft = perfdoc.rollover.rollover(reading.document, order.year, since=order.since, names=names)
    texts = perfdoc.rollover.texts(draft, given, order.marks)
    made = {job.target / name: text.encode() for name, text in texts.items()}
    if order.one:
        save(printer, made, dry_run=order.dry_run)
    else:
        write(made, dry_run=order.dry_run)
    number = sum(map(len, draft.marks))
    key = "cli.rollover.would" if order.dry_run else "cli.rollover.done"
    size = say("counts.projects", n=len(draft.document.projects))
    told = say(key, projects=size, since=draft.since, year=order.year, n=number)
    printer.status(told if order.one else f"{job.target}: {told}")
    return number


def _must_be_free(output: Path) -> None:
    if output.is_dir() and any(output.iterdir()):
        raise ConflictError(say("cli.rollover.not_empty", folder=output))
    if output.exists() and not output.is_dir():
        raise UsageError(say("cli.rollover.file", path=output))


def _last_year(
    document: str | At, templates: tuple[Path, ...], reader: Reader
) -> tuple[perfdoc.Reading, tuple[str, ...] | None, dict[str, str] | None]:
    """The reading, the project files' names, and their texts with document.yaml first (for the comments in them)."""
    if isinstance(document, At) or not is_spec_name(document):
        return source(document, templates, reader).reading, None, None
    one, specs = load_given(document), perfdoc.specs
    given = {specs.LISTING: "" if one.alone else specs.read_text(one.folder / specs.LISTING)}
    given |= {name: specs.read_text(one.folder / name) for name in one.names}
    return one.reading, one.names, given

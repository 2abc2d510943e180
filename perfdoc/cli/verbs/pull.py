"""`perfdoc pull`: what reviewers changed in the files that they sent back goes into the specs."""

from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path

import click

import perfdoc
from perfdoc.cli.codes import Code
from perfdoc.cli.files.at_revision import located
from perfdoc.cli.files.batch import bounded
from perfdoc.cli.files.inputs import bytes_of, folders_below, load_given, name_of
from perfdoc.cli.files.output import save
from perfdoc.cli.files.reader import Reader
from perfdoc.cli.files.sources import source
from perfdoc.cli.merged import show, write_out
from perfdoc.cli.params import INPUT, NAMED, dry_run_option, templates_option
from perfdoc.cli.terminal.printing import Printer
from perfdoc.cli.verb import Verb
from perfdoc.errors import NotRecognisedError, SpecError, UnreadableError, UsageError
from perfdoc.git.command import shows_base
from perfdoc.merging import Version
from perfdoc.pulling import Base, Given, Returned, at_revision, candidates, found_base, pulled, version_of
from perfdoc.reviews import Answer, answered, answers, opinions, with_threads
from perfdoc.storage.paths import is_url
from perfdoc.texts import listed, say


@click.command(cls=Verb)
@click.argument("files", metavar="RETURNED...", nargs=-1, required=True, type=INPUT)
@click.option("-d", "--document", metavar="DOCUMENT", type=NAMED)
@click.option("--base", metavar="FILE|REV", type=NAMED)
@templates_option
@dry_run_option
@click.pass_obj
def pull(
    printer: Printer,
    files: tuple[str, ...],
    document: str | None,
    base: str | None,
    templates: tuple[Path, ...],
    dry_run: bool,
) -> int:
    groups: dict[str, list[Returned]] = {}
    given: dict[str, Given] = {}
    tables: dict[str, tuple[Answer, ...]] = {}
    with closing(Reader()) as reader:
        for number, file in enumerate(files, 1):
            reader.coming(files[number:])
            data, name = bytes_of(file), name_of(file)
            try:
                folder = _document_of(data, name, document, reader)
                if folder not in given:
                    given[folder] = load_given(folder)
                known = perfdoc.forms(templates, given[folder].folder)
                with bounded(name):
                    one = Returned(data, name, known, reader)
                groups.setdefault(folder, []).append(one)
            except (NotRecognisedError, UsageError):
                tables[name] = answers(reader(data, name))
                if not tables[name]:
                    raise
    codes = [_pulled(printer, given[one], some, base, dry_run, templates) for one, some in groups.items()]
    folders = [document] if document is not None else [folder for folder, _ in folders_below(".")]
    codes += [pull_answers(printer, file, table, folders, dry_run) for file, table in tables.items()]
    return max(codes)


def _document_of(data: bytes, file: str, document: str | None, reader: Reader) -> str:
    """The document that was given, or the only one below the current folder, or the one there that the file names."""
    if document is not None:
        if is_url(document):
            raise UsageError(say("pulling.store", given=document))
        if not Path(document).exists():
            raise UnreadableError(say("cli.no_document_below", path=document))
        return document
    below = [folder for folder, _ in folders_below(".")]
    if len(below) == 1:
        return below[0]
    trace = reader(data, file).trace
    named = [folder for folder in below if trace is not None and _was_in(folder, trace.digest)]
    if len(named) == 1:
        return named[0]
    if named:
        raise UsageError(say("pulling.several_below", file=file, folders=listed(named)))
    raise UsageError(say("pulling.none_below", file=file))


def _was_in(folder: str, digest: str) -> bool:
    """Whether a document has, or had at some commit, the contents of this digest."""
    with suppress(SpecError):
        return any(perfdoc.specs.digest(one.document) == digest for one in candidates(load_given(folder)))
    return False


def _pulled(
    printer: Printer,
    given: Given,
    some: Sequence[Returned],
    base: str | None,
    dry_run: bool,
    templates: tuple[Path, ...],
) -> int:
    versions: list[Version] = []
    bases: list[Base] = []
    for one in some:
        origin = found_base(one, given) if base is None else _given_base(given, base, templates)
        printer.doubts(one.reading)
        printer.status(say(f"pulling.base.{origin.how}", file=one.name, name=origin.name))
        versions.append(version_of(one, origin.document))
        bases.append(origin)
        show(printer, one, origin, versions[-1])
    found = pulled(given, some, bases, versions, show_base=shows_base())
    if not found.files and any(one.base != one.document for one in versions):
        printer.status(say("pulling.there", folder=given.shown))
    return write_out(printer, given, found, dry_run)


def pull_answers(printer: Printer, file: str, table: Sequence[Answer], folders: Sequence[str], dry_run: bool) -> Code:
    """Put the answers of a table into the documents whose comments it has, and say how many there are."""
    files: dict[Path, bytes] = {}
    number = 0
    for folder in folders:
        given = load_given(folder)
        new = answered(opinions(given.threads(), given.reading), table)
        standing = given.standing()
        made = with_threads(standing.texts, standing.names, new)
        number += len(new)
        files |= {given.folder / name: text.encode() for name, text in made.items() if text != standing.texts[name]}
    printer.status(say("pulling.answers", file=file, answers=say("counts.answers", n=number)))
    save(printer, files, force=True, dry_run=dry_run)
    return Code.clean


def _given_base(given: Given, base: str, templates: tuple[Path, ...]) -> Base:
    """The base that the user names: a file or folder, `REV:PATH`, or the document as a revision has it."""
    if not Path(base).exists() and ":" not in base:
        there = at_revision(given, base)
        if there is None:
            raise UsageError(say("pulling.no_revision", given=base, folder=given.shown))
        return there._replace(how="given")
    named = source(located(base), templates)
    return Base(named.name, named.reading.document, named.threads, "given")

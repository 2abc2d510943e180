"""`perfdoc pull`: what reviewers changed in the files that they sent back goes into the specs."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path

import click

import perfdoc
from perfdoc.cli.files.batch import bounded
from perfdoc.cli.files.history import candidates
from perfdoc.cli.files.inputs import Given, bytes_of, folders_below, load_given
from perfdoc.cli.files.reader import Reader
from perfdoc.cli.options import dry_run_option, templates_option
from perfdoc.cli.params import INPUT
from perfdoc.cli.terminal.printing import Printer
from perfdoc.cli.verb import Verb
from perfdoc.cli.verbs.pull.made_from import made_from
from perfdoc.cli.verbs.pull.outcome import show, write_out
from perfdoc.errors import SpecError, UnreadableError, UsageError
from perfdoc.git.command import text_of
from perfdoc.merging import Labels, Standing, Version, combined
from perfdoc.pulling import Returned, returned, version_of
from perfdoc.specs import LISTING, read_text
from perfdoc.storage.paths import is_url
from perfdoc.texts import say


@click.command(cls=Verb)
@click.argument("files", metavar="RETURNED...", nargs=-1, required=True, type=INPUT)
@click.option("-d", "--document", metavar="DOCUMENT", type=INPUT)
@click.option("--base", metavar="FILE|REV")
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
    """Take what was changed in RETURNED files into the specs that they were made from, and nothing else."""
    groups: dict[str, list[Returned]] = {}
    given: dict[str, Given] = {}
    with closing(Reader()) as reader:
        for number, file in enumerate(files, 1):
            reader.coming(files[number:])
            folder = _document_of(file, document, reader)
            if folder not in given:
                given[folder] = load_given(folder)
            known = perfdoc.forms(templates, given[folder].folder)
            with bounded(file):
                groups.setdefault(folder, []).append(returned(bytes_of(file), file, known, reader))
        return max(_pulled(printer, given[one], some, base, dry_run, templates) for one, some in groups.items())


def _document_of(file: str, document: str | None, reader: Reader) -> str:
    """The document that was given, or the only one below the current folder, or the one there that the file names."""
    if document is not None:
        if is_url(document) or not Path(document).exists():
            raise UsageError(say("pulling.store", given=document)) if is_url(document) else _missing(document)
        return document
    below = [folder for folder, _ in folders_below(".")]
    if len(below) == 1:
        return below[0]
    trace = reader(bytes_of(file), file).trace
    if trace is not None:
        for folder in below:
            with suppress(SpecError):
                if any(perfdoc.specs.digest(one.document) == trace.digest for one in candidates(load_given(folder))):
                    return folder
    raise UsageError(say("pulling.none_below", file=file))


def _missing(document: str) -> UnreadableError:
    return UnreadableError(say("cli.no_document_below", path=document))


def _pulled(
    printer: Printer,
    given: Given,
    some: Sequence[Returned],
    base: str | None,
    dry_run: bool,
    templates: tuple[Path, ...],
) -> int:
    """Pull the files of one document; the exit code."""
    versions: list[Version] = []
    names: list[str] = []
    for one in some:
        found = made_from(one, given, base, templates)
        printer.diagnostics((d for d in one.reading.diagnostics if d.severity != "info"), brief=True)
        printer.status(say(f"pulling.base.{found.how}", file=one.name, name=found.name))
        version = version_of(one, found.document)
        versions.append(version)
        names.append(found.name)
        show(printer, version.base, version.document, one.name)
    labels = Labels("ours", ", ".join(Path(one.name).name for one in some), ", ".join(dict.fromkeys(names)))
    show_base = text_of("config", "--get", "merge.conflictStyle").strip() in ("diff3", "zdiff3")
    made = combined(_standing(given), versions, labels, show_base=show_base)
    return write_out(printer, given, made, dry_run)


def _standing(given: Given) -> Standing:
    names = given.names if given.alone else (LISTING, *given.names)
    return Standing(given.reading.document, given.names, {one: read_text(given.folder / one) for one in names})

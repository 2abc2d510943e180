"""`perfdoc diff`: two documents, or two revisions of them, compared by meaning."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import chain
from pathlib import Path

import click

from perfdoc.cli.codes import Code
from perfdoc.cli.files.at_revision import located
from perfdoc.cli.files.batch import bounded
from perfdoc.cli.files.inputs import STDIN
from perfdoc.cli.files.reader import Reader
from perfdoc.cli.files.sources import Pair, of_range, source
from perfdoc.cli.params import INPUT, format_choice, output_option, templates_option
from perfdoc.cli.terminal.difference import painted
from perfdoc.cli.terminal.printing import Printer, json_text
from perfdoc.cli.verb import Verb
from perfdoc.comparison import Difference, attributed, html, plain, said
from perfdoc.comparison import diff as compare
from perfdoc.errors import UsageError
from perfdoc.git.revisions import asked_range
from perfdoc.storage.writing import write
from perfdoc.texts import say


@click.command(cls=Verb)
@click.argument("sides", metavar="A B | REV[..REV] [--] [PATH]...", nargs=-1, required=True, type=INPUT)
@format_choice("text", "json", "html")
@output_option
@click.option("--force", is_flag=True)
@click.option("--stat", is_flag=True)
@click.option("--changes-only", is_flag=True)
@click.option("-q", "--quiet", is_flag=True)
@click.option("--exit-code/--no-exit-code", default=True)
@templates_option
@click.pass_obj
def diff(
    printer: Printer,
    sides: tuple[str, ...],
    format_: str,
    output: Path | None,
    force: bool,
    stat: bool,
    changes_only: bool,
    quiet: bool,
    exit_code: bool,
    templates: tuple[Path, ...],
) -> int:
    if changes_only and format_ != "html":
        raise UsageError(say("cli.diff.changes_only"))
    pairs = _pairs(sides, templates)
    for pair in pairs:
        for one in (pair.old, pair.new):
            printer.doubts(one.reading)
    found = [_compared(pair) for pair in pairs]
    if not quiet:
        pieces: Iterable[str]
        if format_ == "html":
            named = [(pair.old.name, pair.new.name, one) for pair, one in zip(pairs, found, strict=True)]
            pieces = html.page(named, changes_only=changes_only)
        else:
            pieces = _json(pairs, found) if format_ == "json" else _text(pairs, found, stat, output is not None)
        if output is not None:
            write({output: "".join(pieces).encode("utf-8", "backslashreplace")}, force=force)
        else:
            for piece in pieces:
                printer.data(piece)
    return Code.findings if exit_code and any(found) else Code.clean


def _compared(pair: Pair) -> Difference:
    with bounded(pair.name):
        old, new = pair.old.reading.document, pair.new.reading.document
        found = attributed(compare(old, new), pair.new.reading)
        return replace(found, said=said(pair.old.threads, pair.new.threads, new))


def _pairs(sides: Sequence[str], templates: tuple[Path, ...]) -> list[Pair]:
    asked = asked_range(sides) if sides[0] != STDIN else None
    if asked is not None:
        return of_range(asked, templates)
    if len(sides) != 2:
        raise UsageError(say("cli.diff.two", n=len(sides)))
    if sides[0] == sides[1] == STDIN:
        raise UsageError(say("cli.diff.both"))
    with closing(Reader()) as reader:
        reader.coming(sides[1:])
        old, new = (source(located(side), templates, reader) for side in sides)
    return [Pair(f"{old.name} → {new.name}", old, new)]


def _json(pairs: Sequence[Pair], found: Sequence[Difference]) -> Iterable[str]:
    documents = [
        {"old": pair.old.name, "new": pair.new.name, **one.as_object()} for pair, one in zip(pairs, found, strict=True)
    ]
    yield json_text({"same": not any(found), "documents": documents})


def _text(pairs: Sequence[Pair], found: Sequence[Difference], stat: bool, to_file: bool) -> Iterable[str]:
    for pair, one in zip(pairs, found, strict=True):
        if not one and not any(one.news()):
            continue
        if len(pairs) > 1:
            yield painted([plain.Stretch(pair.name, "changed-heading")], plain=to_file)
        for line in plain.stat(one) if stat else chain(plain.text(one), plain.news(one)):
            yield painted(line, plain=to_file)
    if any(found):
        yield plain.summary(found) + "\n"

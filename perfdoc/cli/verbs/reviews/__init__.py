"""`perfdoc reviews`: the review comments of specs and of received files."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from perfdoc.checks.settings import Settings
from perfdoc.cli.codes import Code
from perfdoc.cli.files.checked import Job
from perfdoc.cli.files.output import as_workbook, put
from perfdoc.cli.files.reader import Reader
from perfdoc.cli.files.targets import each_document
from perfdoc.cli.params import INPUT, force_option, format_choice, output_option, templates_option
from perfdoc.cli.terminal.printing import Printer, json_text
from perfdoc.cli.verb import Verb
from perfdoc.reviews import Opinion, opinions
from perfdoc.reviews.opinions import heads, rows
from perfdoc.summary import Table
from perfdoc.summary.tables import page
from perfdoc.texts import say
from perfdoc.visible import shown


@click.command(cls=Verb)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=INPUT)
@click.option("--open", "only_open", is_flag=True)
@format_choice("text", "json", "xlsx", "html")
@output_option
@templates_option
@force_option
@click.pass_obj
def reviews(
    printer: Printer,
    paths: tuple[str, ...],
    only_open: bool,
    format_: str,
    output: Path | None,
    templates: tuple[Path, ...],
    force: bool,
) -> int:
    found: list[Opinion] = []

    def add(job: Job, reader: Reader) -> int:
        every = opinions(job.threads(), job.load(reader))
        found.extend(one for one in every if job.asks(one.thread.place) and not (only_open and one.thread.resolved))
        return Code.clean

    code = each_document(printer, paths, lambda _: Settings(), templates, add)
    _write(printer, found, format_, output, force)
    count, left = len(found), sum(not one.thread.resolved for one in found)
    counted = say("reviews.counts", threads=say("counts.opinions", n=count), open=left)
    printer.status(counted if count else say("reviews.none"))
    return code


def _write(printer: Printer, found: Sequence[Opinion], format_: str, output: Path | None, force: bool) -> None:
    table = Table("reviews", say("reviews.title"), heads(), tuple(rows(found)), filtered=True)
    made: dict[str, Callable[[], bytes | Iterable[str]]] = {
        "xlsx": lambda: as_workbook([table]),
        "html": lambda: page([table], table.title),
        "text": lambda: _lines(found),
        "json": lambda: json_text([_object(one) for one in found]),
    }
    put(printer, made[format_](), output, format_, force=force)


def _lines(found: Sequence[Opinion]) -> Iterator[str]:
    """A line for each comment with its place, state and author, and one for each reply below it."""
    for one in found:
        thread = one.thread
        state = say("reviews.resolved" if thread.resolved else "reviews.open")
        about = shown(" ".join(filter(None, (one.project, one.about))))
        yield f"{thread.place}: {state}: {_said(*thread.said)}  [{about}]\n"
        for reply in thread.replies:
            yield f"    ↳ {_said(*reply)}\n"


def _said(author: str, date: str, text: str) -> str:
    who = shown(author) or say("reviews.somebody")
    return f"{f'{date} ' if date else ''}{who}: {shown(' '.join(text.split()))}"


def _object(one: Opinion) -> dict[str, Any]:
    thread = one.thread
    return {
        **thread.place.as_object(),
        "path": list(thread.path),
        "project": one.project,
        "about": one.about,
        **thread.said._asdict(),
        "resolved": thread.resolved,
        "replies": [reply._asdict() for reply in thread.replies],
    }

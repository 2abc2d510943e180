"""`perfdoc reviews`: the review comments of specs and of received files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from perfdoc.checks.settings import Settings
from perfdoc.cli.codes import Code, worst
from perfdoc.cli.files.checked import Job, Specs
from perfdoc.cli.files.output import as_workbook, put
from perfdoc.cli.files.reader import Reader, read_each
from perfdoc.cli.files.targets import documents
from perfdoc.cli.options import force_option, format_choice, output_option, templates_option
from perfdoc.cli.params import INPUT
from perfdoc.cli.terminal.printing import Printer, json_text
from perfdoc.cli.verb import Verb
from perfdoc.reviews import Opinion, opinions, threads_at, threads_of
from perfdoc.reviews.opinions import heads, rows
from perfdoc.summary import Table, columns
from perfdoc.texts import say
from perfdoc.visible import shown


@dataclass
class _Run:
    only_open: bool
    found: list[Opinion] = field(default_factory=list)


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
    run, codes = _Run(only_open), list[int]()
    found = list(documents(printer, paths, lambda _: Settings(), templates, codes))
    codes += read_each(printer, found, lambda job, reader: _add(run, job, reader))
    _write(printer, run.found, format_, output, force)
    count, left = len(run.found), sum(not one.thread.resolved for one in run.found)
    counted = say("reviews.counts", threads=say("counts.opinions", n=count), open=left)
    printer.status(counted if count else say("reviews.none"))
    return worst(codes)


def _add(run: _Run, job: Job, reader: Reader) -> int:
    if isinstance(job, Specs):
        reading = job.load()
        threads = threads_at(reading, job.texts)
    else:
        reading, _ = job.load(reader)
        threads = threads_of(reading)
    for one in opinions(threads, reading):
        asked = not isinstance(job, Specs) or job.only is None or one.thread.place.file in job.only
        if asked and not (run.only_open and one.thread.resolved):
            run.found.append(one)
    job.forget()
    return Code.clean


def _write(printer: Printer, found: Sequence[Opinion], format_: str, output: Path | None, force: bool) -> None:
    table = Table("reviews", say("reviews.title"), heads(), tuple(rows(found)), filtered=True)
    if format_ == "xlsx":
        data = as_workbook([table])
    elif format_ == "html":
        data = "".join(columns.page([table], table.title)).encode("utf-8", "backslashreplace")
    else:
        data = "".join(_lines(found) if format_ == "text" else _json(found)).encode("utf-8", "backslashreplace")
    put(printer, data, output, format_, force=force)


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


def _json(found: Sequence[Opinion]) -> str:
    """An array: place, path, project, about, author, date, text, resolved, replies; dates as `2024-03-02 15:04`."""
    return json_text([_object(one) for one in found])


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

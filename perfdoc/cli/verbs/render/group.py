"""A few documents rendered together, with one start of LibreOffice, wherever that is done."""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import perfdoc
from perfdoc import rendering
from perfdoc.cli.codes import Code
from perfdoc.cli.files.batch import attempt
from perfdoc.cli.files.form_taken import form_taken
from perfdoc.cli.files.inputs import STDIN, bytes_of, folder_of, load_given, name_of
from perfdoc.cli.files.output import STDOUT, refuse_terminal, said, save
from perfdoc.cli.terminal.printing import Printer
from perfdoc.cli.terminal.recorded import recorder
from perfdoc.cli.verbs.render.all import PDF, Done, Job, Order, suffix_of
from perfdoc.errors import ToolError, UsageError
from perfdoc.filling.writing import with_trace
from perfdoc.form_definition import Form
from perfdoc.layout import Trace
from perfdoc.office import Source, find
from perfdoc.original.remarks.comments import commented
from perfdoc.pulling import Given
from perfdoc.rendering import faults, kind_of, paged, portable, render, unknown_pages
from perfdoc.reviews import placed
from perfdoc.specs import digest
from perfdoc.storage.paths import is_url, joined, must_be_seen
from perfdoc.storage.writing import put
from perfdoc.texts import say

_STAGING = ".perfdoc-render.tmp"
"""The folder beside a file in a store where it is made, if the store renames."""


@dataclass(slots=True)
class Sheet:
    """A document that can be rendered, where it goes, and its file once it is."""

    given: Given
    form: Form
    kind: str
    target: str
    to: str
    """The suffix of the file: its kind, or pdf."""
    data: bytes = b""
    unknown: ToolError | None = None
    """Why the page numbers are not known, where it is this document's."""
    failed: ToolError | None = None
    """Why there is no PDF."""


def prepare(order: Order) -> Callable[[Sequence[Job]], Done]:
    """The work on a group. Raises UsageError where this process does not see what it must."""
    must_be_seen(order.seen)
    printer = recorder(order.voice)

    def some(jobs: Sequence[Job]) -> Done:
        codes, seconds = rendered(printer, jobs, order)
        return Done(printer.take(), tuple(codes), seconds)

    return some


def rendered(printer: Printer, jobs: Sequence[Job], order: Order) -> tuple[list[int], float]:
    """Render documents, all with one start of LibreOffice; the code of each, and the seconds for page numbers."""
    sheets: dict[str, Sheet] = {}
    seconds = 0.0
    targets = {job.document: job for job in jobs}

    def load(document: str) -> int:
        sheet = _loaded(printer, targets[document], order)
        if sheet is None:
            return Code.lost
        sheets[document] = sheet
        return Code.clean

    def lay_out(some: Sequence[Sheet]) -> None:
        nonlocal seconds
        seconds += _lay_out(printer, some, order)

    def finish(document: str) -> int:
        if not sheets[document].data:  # what is wrong with one of several is said of that one
            lay_out([sheets[document]])
        sheet = sheets.pop(document)
        if sheet.failed:
            raise sheet.failed
        if sheet.unknown and order.pages == "office":
            raise sheet.unknown
        printer.diagnostics([unknown_pages(sheet.unknown, sheet.given.shown)] if sheet.unknown else ())
        if order.comments:
            sheet.data = with_comments(sheet.data, sheet.given, sheet.to, {sheet.form.name: sheet.form})
        return written(printer, sheet.data, sheet.target, order)

    codes = {document: attempt(printer, document, load) for document in targets}
    if len(sheets) > 1:
        with contextlib.suppress(Exception):
            lay_out([*sheets.values()])
    codes |= {document: attempt(printer, document, finish) for document in [*sheets]}
    return [*codes.values()], seconds


def _loaded(printer: Printer, job: Job, order: Order) -> Sheet | None:
    """The document and its form; None where content would be lost, which has then been said."""
    given = load_given(job.document)
    to = order.to or (suffix_of(job.target) if job.named else None)
    printer.diagnostics(given.reading.diagnostics)
    reading, shown = given.reading, given.shown
    wanted = None if to == PDF else to
    chosen, named = form_taken(
        printer, reading, shown, order.templates, folder_of(job.document), asked=order.form, to=wanted, given=given
    )
    kind = kind_of(chosen, wanted)
    found = faults(reading, chosen, to=kind)
    broken = printer.diagnostics(found) != Code.clean
    lost = (order.strict or not named) and any(one.severity == "warning" for one in found)
    if not (broken or lost):
        return Sheet(given, chosen, kind, job.target if job.named else f"{job.target}.{to or kind}", to or kind)
    key = "choice.refused" if not (broken or named) else "cli.render.lost"
    printer.status(say(key, document=shown))
    return None


def _lay_out(printer: Printer, sheets: Sequence[Sheet], order: Order) -> float:
    """Render what is loaded, all documents of one form by one start of LibreOffice; the seconds for page numbers."""
    for sheet in sheets:
        if order.pages == "none" or sheet.kind != "docx":
            document = sheet.given.reading.document
            sheet.data = render(document, sheet.form, to=sheet.kind, anonymous=order.anonymous)
    words, seconds = [sheet for sheet in sheets if not sheet.data], 0.0
    for one in {sheet.form.name: sheet.form for sheet in words}.values():
        group = [sheet for sheet in words if sheet.form.name == one.name]
        found = paged([sheet.given.reading.document for sheet in group], one, anonymous=order.anonymous)
        seconds += found.seconds
        missing = order.pages != "office" and find() is None
        printer.diagnostics([unknown_pages(why) for why in found.unknown[:1] if why and missing])  # said of all at once
        for sheet, data, why in zip(group, found.files, found.unknown, strict=True):
            sheet.data, sheet.unknown = data, None if missing else why
    wanted = [sheet for sheet in sheets if sheet.to == PDF]
    made = portable([Source(sheet.data, sheet.kind) for sheet in wanted])
    for sheet, pdf in zip(wanted, made, strict=True):
        sheet.data, sheet.failed = (sheet.data, pdf) if isinstance(pdf, ToolError) else (pdf, None)
    return seconds


def written(printer: Printer, data: bytes, target: str, order: Order) -> int:
    if target == STDOUT:
        refuse_terminal()
        printer.bytes(b"" if order.dry_run else data)
        return Code.clean
    if is_url(target):
        staging = joined(target.rpartition("/")[0], _STAGING)
        (outcome,) = put({target: data}, staging, force=order.force, dry_run=order.dry_run).values()
        printer.status(said(target, outcome, order.dry_run))
        return Code.clean
    save(printer, {Path(target): data}, force=order.force, dry_run=order.dry_run)
    return Code.clean


def with_comments(data: bytes, given: Given, kind: str, known: Mapping[str, Form]) -> bytes:
    """The file with the review comments of the specs, each at its value. UsageError where it is no Word file."""
    if kind != "docx":
        raise UsageError(say("cli.render.comments", document=given.shown))
    threads = given.threads()
    if not threads:
        return data
    reading = perfdoc.extract(perfdoc.read(data, given.shown), known)
    return commented(data, placed(threads, reading), given.shown)


def render_into(printer: Printer, job: Job, old: str, order: Order, *, prune: bool) -> int:
    """Write the file, and say each change. With --strict nothing is written (`lost`) where a value has no place.

    Raises UsageError for options that make no sense with it, RefusedError where the file can't be written right.
    """
    if order.form or order.to not in (None, PDF):
        raise UsageError(say("cli.render.into_form"))
    if job.document == old == STDIN:
        raise UsageError(say("cli.diff.both"))
    target, suffix = job.target, suffix_of(old) if old != STDIN else None
    portable = PDF in (order.to, suffix_of(target) if job.named else None)
    if not job.named:
        target = f"{target}.{order.to or suffix or 'docx'}"
    elif target != STDOUT and suffix in ("docx", "xlsx") and suffix_of(target) not in (None, suffix, PDF):
        raise UsageError(say("cli.render.into_kind", output=target, old=old))
    given = load_given(job.document)
    printer.diagnostics(given.reading.diagnostics)
    near = folder_of(job.document)
    known = perfdoc.forms(order.templates, near)
    filled = perfdoc.into(bytes_of(old), given.reading.document, file=name_of(old), known=known, prune=prune)
    printer.diagnostics(filled.diagnostics)
    if order.strict and any(one.code == "PD071" for one in filled.diagnostics):
        printer.status(say("cli.render.lost", document=given.shown))
        return Code.lost
    for change in filled.changes:
        if printer.format == "json":
            printer.object(change.as_object())
        printer.status(str(change))
    if not filled.changes:
        printer.status(say("filling.nothing", file=name_of(old)))
    data, kind = filled.data, perfdoc.reading.kind_of(filled.data)
    if order.comments:
        data = with_comments(data, given, PDF if portable else kind, known)
    if order.trace:
        form = perfdoc.extract(perfdoc.read(data, name_of(old)), known).document.form
        data = with_trace(data, name_of(old), Trace(form or "", digest(given.reading.document)))
    if portable:
        (made,) = rendering.portable([Source(data, kind)])
        if isinstance(made, ToolError):
            raise made
        data = made
    return written(printer, data, target, order)

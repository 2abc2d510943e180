"""`perfdoc render SPEC --into OLD`: a received file with the values of a document, everything else of it kept."""

import perfdoc
from perfdoc import rendering
from perfdoc.cli.codes import Code
from perfdoc.cli.files.inputs import STDIN, bytes_of, folder_of, load_given, name_of
from perfdoc.cli.files.output import STDOUT
from perfdoc.cli.terminal.printing import Printer
from perfdoc.cli.verbs.render.all import PDF, Job, Order, suffix_of
from perfdoc.cli.verbs.render.group import with_comments, written
from perfdoc.errors import ToolError, UsageError
from perfdoc.filling.tracing import with_trace
from perfdoc.layout import Trace
from perfdoc.office import Source
from perfdoc.specs import digest
from perfdoc.texts import say


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

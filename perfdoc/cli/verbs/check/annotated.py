"""A Word file with findings as comments at their cells: a file received, or the rendered document of a spec."""

from __future__ import annotations

from perfdoc.checks.located import Located
from perfdoc.checks.report import Shown, fixed_value
from perfdoc.cli.files.checked import Job, Specs
from perfdoc.cli.terminal.printing import Printer
from perfdoc.errors import UsageError
from perfdoc.extraction import extract
from perfdoc.form_definition import form, forms
from perfdoc.original.comments import commented
from perfdoc.reading import kind_of, read
from perfdoc.rendering import paged, unknown_pages
from perfdoc.report import Place, Reading, Thread
from perfdoc.reviews import FINDER
from perfdoc.texts import say


def annotated(printer: Printer, job: Job) -> tuple[bytes, list[Shown]]:
    """The Word file's bytes and the findings. UsageError for a file that is neither a spec nor a Word file."""
    if isinstance(job, Specs):
        found = job.look()
        data, reading = _rendered(printer, job)
        located = Located(reading)
        remarks = [_remark(each, located.place(each.finding.path)) for each in found]
        return commented(data, remarks, job.shown), found
    received, form = job.load()
    if kind_of(job.data) != "docx":
        raise UsageError(say("cli.check.no_comments", file=job.shown))
    found = job.look(received, form)
    remarks = [_remark(each, each.finding.place) for each in found]
    return commented(job.data, remarks, job.shown), found


def _rendered(printer: Printer, job: Specs) -> tuple[bytes, Reading]:
    """The spec's document as a Word file, and what is read from it."""
    document = job.load().document
    (data,), (unknown,), _ = paged([document], form(document.form, job.templates, job.near))
    printer.diagnostics([unknown_pages(unknown)] if unknown else ())
    return data, extract(read(data, say("cli.check.rendered", file=job.shown)), forms(job.templates, job.near))


def _remark(each: Shown, place: Place) -> Thread:
    one = each.finding
    lines = [f"{one.code} {one.message}"]
    new = fixed_value(one)
    if new is not None and "\n" not in new:
        lines.append(say("cli.check.suggested", new=new))
    return Thread(FINDER, "", "\n".join(lines), place=place)

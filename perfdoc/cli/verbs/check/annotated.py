"""A Word file with findings as comments at their cells: a file received, or the rendered document of a spec."""

from __future__ import annotations

from perfdoc.checks.located import Located
from perfdoc.checks.report import Shown, fixed_value
from perfdoc.cli.files.checked import Job, Specs
from perfdoc.cli.terminal.printing import Printer
from perfdoc.errors import UsageError
from perfdoc.extraction import extract
from perfdoc.form_definition import form, forms
from perfdoc.reading import kind_of, read
from perfdoc.rendering import paged, unknown_pages
from perfdoc.rendering.word.comments import Remark
from perfdoc.rendering.word.comments import annotated as with_comments
from perfdoc.report import Place, Reading


def annotated(printer: Printer, job: Job, lang: str) -> tuple[bytes, list[Shown]]:
    """The Word file's bytes and the findings. UsageError for a file that is neither a spec nor a Word file."""
    if isinstance(job, Specs):
        found = job.look()
        data, reading = _rendered(printer, job)
        located = Located(reading)
        remarks = [_remark(each, located.place(each.finding.path), lang) for each in found]
        return with_comments(data, remarks, job.shown), found
    received, form = job.load()
    if kind_of(job.data) != "docx":
        raise UsageError(f"{job.shown}: comments can be put into Word files (.docx) and renderings of specs only")
    found = job.look(received, form)
    remarks = [_remark(each, each.finding.place, lang) for each in found]
    return with_comments(job.data, remarks, job.shown), found


def _rendered(printer: Printer, job: Specs) -> tuple[bytes, Reading]:
    """The spec's document as a Word file, and what is read from it."""
    document = job.load().document
    (data,), (unknown,), _ = paged([document], form(document.form, job.templates))
    printer.diagnostics([unknown_pages(unknown)] if unknown else ())
    return data, extract(read(data, f"{job.shown} (rendered)"), forms(job.templates))


def _remark(each: Shown, place: Place, lang: str) -> Remark:
    one = each.finding
    lines = [f"{one.code} {one.message(lang)}"]
    new = fixed_value(one)
    if new is not None and "\n" not in new:
        lines.append(f"{'建议改为：' if lang == 'zh' else 'Suggested: '}{new}")
    quote = one.value.split("\n")[0].strip()
    in_body = place.table and not place.part
    return Remark(place.table if in_body else 0, place.row, place.column, quote, "\n".join(lines))

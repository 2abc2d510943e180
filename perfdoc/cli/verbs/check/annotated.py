"""Files with findings as comments at their places: files received, or the rendered documents of specs."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from perfdoc.checks.catalogue import catalogue
from perfdoc.checks.located import Located
from perfdoc.checks.report import Shown, fixed_value
from perfdoc.cli.files.checked import Job, Received, Specs
from perfdoc.cli.files.inputs import bytes_of
from perfdoc.cli.files.output import STDOUT, save, to_stdout
from perfdoc.cli.files.reader import Reader
from perfdoc.cli.terminal.printing import Printer
from perfdoc.cli.verbs.check.annotation import Annotation
from perfdoc.errors import UsageError
from perfdoc.extraction import extract
from perfdoc.form_definition import form, forms
from perfdoc.model import Document
from perfdoc.original.remarks.comments import commented
from perfdoc.original.remarks.notes import noted
from perfdoc.reading import read
from perfdoc.rendering import paged, unknown_pages
from perfdoc.rendering.archive import moment_of_build
from perfdoc.report import Place, Reading, Severity, Thread
from perfdoc.reviews import FINDER
from perfdoc.storage.paths import base, is_url
from perfdoc.texts import in_language, say


def annotated(
    printer: Printer, job: Job, reader: Reader, to: Annotation, least: Severity
) -> tuple[list[Shown], Document, bool]:
    """A document's findings, itself, and whether its file was written: where many are asked for only with comments.

    Findings below `least` are no comments. Raises SpecError; UsageError for a file that can't have
    comments, ConflictError for one that differs, without `force`.
    """
    converted = False
    if isinstance(job, Specs):
        document, found, kind = job.load().document, job.look(), "docx"
    else:
        job.data, kind, converted = _package(job, reader)
        printer.doubts(job.load(reader), least)
        document, found = job.load().document, job.look()
    shown = [one for one in found if one.finding.severity in Severity.down_to(least)]
    if to.folder and not shown:
        return found, document, False
    if converted:
        printer.status(say("cli.check.converted", file=job.shown, kind=kind))
    made = _of_specs(printer, job, shown, to) if isinstance(job, Specs) else _of_received(job, shown, kind, to)
    if to.out == STDOUT:
        to_stdout(printer, made)
        return found, document, True
    target = _target(job, kind, to)
    if isinstance(job, Received) and not is_url(job.given) and target.resolve() == Path(job.given).resolve():
        raise UsageError(say("cli.check.annotate_itself", file=job.shown))
    save(printer, {target: made}, force=to.force, dry_run=to.keep)
    return found, document, True


def _of_specs(printer: Printer, job: Specs, found: Sequence[Shown], to: Annotation) -> bytes:
    data, reading = _rendered(printer, job)
    located = Located(reading)
    return commented(data, [_remark(one, located.place(one.finding.path), to) for one in found], job.shown)


def _of_received(job: Received, found: Sequence[Shown], kind: str, to: Annotation) -> bytes:
    remarks = [_remark(one, one.finding.place, to) for one in found]
    return noted(job.data, remarks, job.shown) if kind == "xlsx" else commented(job.data, remarks, job.shown)


def _package(job: Received, reader: Reader) -> tuple[bytes, str, bool]:
    """The bytes of a received file as they can have comments, their kind, and whether they were made by LibreOffice.

    UsageError for a file of which there are none, UnreadableError for one that is no file of a known kind.
    """
    data = job.data or bytes_of(job.given)
    made, kind = reader.as_package(data)
    if not kind:
        reader(data, job.shown)  # UnreadableError for what is no file of a known kind
        raise UsageError(say("cli.check.no_comments", file=job.shown))
    return made, kind, made is not data


def _target(job: Job, kind: str, to: Annotation) -> Path:
    """Where the file of a document goes: in the folder as in the tree that was given."""
    if not to.folder:
        if Path(to.out).suffix.lower() not in (f".{kind}", f".{kind[:-1]}m"):
            raise UsageError(say("cli.check.other_kind", file=job.shown, kind=kind, out=to.out))
        return Path(to.out)
    way = _way(job.shown, to.given)
    suffix = Path(way).suffix.lower()
    if isinstance(job, Specs) or suffix not in (f".{kind}", f".{kind[:-1]}m"):
        way += f".{kind}"
    return Path(to.out, way)


def _way(shown: str, given: Sequence[str]) -> str:
    """A document's way from the folder that was given; several folders have one each."""
    folders = [one for one in given if is_url(one) or Path(one).is_dir()]
    for one in sorted(folders, key=len, reverse=True):
        start = one.rstrip("/" + os.sep)
        if one == "." or shown == one or shown.startswith((f"{start}/", f"{start}{os.sep}")):
            inside = shown[len(start) + 1 :] if one != "." else shown.removeprefix("./")
            name = base(start) if is_url(one) else Path(one).resolve().name
            parts = ([name] if len(folders) > 1 or not inside else []) + ([inside] if inside else [])
            return "/".join(parts)
    return shown if shown.startswith("<") else base(shown.replace(os.sep, "/"))


def _rendered(printer: Printer, job: Specs) -> tuple[bytes, Reading]:
    """The spec's document as a Word file, and what is read from it."""
    document = job.load().document
    (data,), (unknown,), _ = paged([document], form(document.form, job.templates, job.near))
    printer.diagnostics([unknown_pages(unknown)] if unknown else ())
    return data, extract(read(data, say("cli.check.rendered", file=job.shown)), forms(job.templates, job.near))


def _of_build() -> str:
    """SOURCE_DATE_EPOCH as comments have dates, in UTC; "" without it: no clock is asked."""
    moment = moment_of_build()
    return "" if moment is None else f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d %H:%M}"


def _remark(each: Shown, place: Place, to: Annotation) -> Thread:
    """A comment: the finding with its severity, the fix, the regulations behind the rule."""
    one = each.finding
    lines = [
        say("cli.check.remark", severity=say(f"summary.severities.{one.severity}"), code=one.code, said=one.message)
    ]
    new = fixed_value(one)
    if new is not None and "\n" not in new:
        lines.append(say("cli.check.suggested", new=new))
    entry = catalogue().get(one.code)
    lines += [say("cli.check.basis", said=in_language(basis)) for basis in (entry.basis if entry else ())]
    return Thread(FINDER, to.date or _of_build(), "\n".join(lines), place=place)

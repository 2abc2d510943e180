"""The whole work of importing one file, and what became of it (Imported)."""

import contextlib
import hashlib
import shlex
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from perfdoc.accounts import Part
from perfdoc.errors import (
    ConflictError,
    ContentLostError,
    NotRecognisedError,
    PerfdocError,
    UnreadableError,
    UsageError,
)
from perfdoc.form_definition import TARGET_PARTS, Form, forms
from perfdoc.importing.accounted import Accounted, accounted, part_of
from perfdoc.importing.folder import Written, has_specs, unpacked, write_specs
from perfdoc.importing.order import STAGING, Ending, Job, Order
from perfdoc.model import Indicator, Project, texts, title
from perfdoc.office import Convert, Converter, Source
from perfdoc.reading import kind_of, read_by, sniff
from perfdoc.reading.office import source_of
from perfdoc.report import Diagnostic, Path, Place, Reading, Severity
from perfdoc.storage import store
from perfdoc.storage.content import bytes_of
from perfdoc.storage.paths import is_url, joined, must_be_seen
from perfdoc.storage.walk import PACKAGES, is_office
from perfdoc.texts import say

_NO_PACKAGE = ("txt", "html")
"""Kinds that no program writes into a file of such a name; what a damaged file is replaced by."""
_HEAD = 4096  # bytes by which most of what is no office file is known


class Imported(NamedTuple):
    """What became of a file: `reading` and `written`, or `error`.

    `kind` and `hash` (SHA-256) are of its content, empty for one that was not read whole. `foreign` says what a file
    is that is no office file and was passed over; `again`, that its content is known and its specs are there.
    """

    job: Job
    ending: Ending
    kind: str = ""
    hash: bytes = b""
    reading: Reading | None = None
    written: Written | None = None
    error: Exception | None = None
    foreign: str = ""
    again: bool = False
    part: Part | None = None

    @property
    def final(self) -> bool:
        """Whether the same content would end so again, whatever the output holds."""
        if self.error is None:
            return True
        return bool(self.hash) and isinstance(self.error, (UnreadableError, NotRecognisedError, ContentLostError))


class Importer:
    """`import_file` for the files of a run. FormError where a form is unsound, UsageError for a folder not `seen`."""

    def __init__(self, order: Order) -> None:
        must_be_seen(order.seen)
        forms(order.templates, order.near("."))
        self._order, self._converter = order, Converter(order.tool_seconds)
        self.close = self._converter.close

    def coming(self, jobs: Sequence[Job]) -> None:
        """Know which files follow the next one: those that need LibreOffice share one."""
        self._converter.coming = lambda to: _to_convert(jobs, self._order, to)

    def __call__(self, job: Job) -> Imported:
        return import_file(job, self._order, self._converter)


def import_file(job: Job, order: Order, convert: Convert) -> Imported:
    """Read, extract and account for a file, and write its specs, all of them or none. Only MemoryError is raised."""
    begun = Imported(job, Ending.clean)
    try:
        if job.fault:
            raise UnreadableError(job.fault)
        if job.passed:
            return begun._replace(ending=Ending.skipped, foreign=job.passed)
        data, kind, foreign = _content(job)
        if foreign:
            return begun._replace(ending=Ending.skipped, foreign=foreign)
        begun = begun._replace(kind=kind, hash=hashlib.sha256(data).digest())
        if _is_done(job, order, begun.hash):
            return begun._replace(again=True)
        layout = read_by(data, job.path, order.track_changes, convert)
        known = forms(order.templates, order.near(job.folder))
        found = accounted(layout, known, job.boilerplate, strict=order.strict)
        begun = begun._replace(part=_part(found, order, job))
        if found.refusal is not None:
            raise _of_content(found.refusal, job, kind)
        assert found.reading is not None
        reading = _with_unplaced(found.reading, known)
        begun = begun._replace(reading=reading)
        doubts = any(one.severity != "info" for one in reading.diagnostics)
        begun = begun._replace(ending=Ending.doubts if doubts else Ending.clean)
        if not order.output or order.survey:
            return begun
        return begun._replace(written=_written(order, job, reading, begun.hash))
    except MemoryError:
        raise
    except Exception as error:
        return begun._replace(ending=_ending(error), error=error)


def _to_convert(jobs: Sequence[Job], order: Order, to: str) -> Iterator[Source]:
    """The files that LibreOffice will be asked to convert, as far as that shows before they are read."""
    for job in jobs:
        with contextlib.suppress(PerfdocError, OSError):  # it is told when it is the file's turn
            data = _content(job)[0] if not job.fault else b""
            found = source_of(data) if data else None
            if found and found[1] == to and not _is_done(job, order, hashlib.sha256(data).digest()):
                yield found[0]


def _is_done(job: Job, order: Order, digest: bytes) -> bool:
    return digest == job.known and (not job.gave_specs or has_specs(_folder(order, job)))


def _part(found: Accounted, order: Order, job: Job) -> Part | None:
    """The file's part of the report, under a name that no other key has."""
    name = job.part or f"f{hashlib.sha256(job.key.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
    return part_of(found, order.style, name) if order.style else None


def _of_content(error: PerfdocError, job: Job, kind: str) -> PerfdocError:
    """The refusal of a file, where the name promises a document of Word or Excel and nothing of one is in it."""
    if isinstance(error, NotRecognisedError) and kind in _NO_PACKAGE and job.path.lower().endswith(PACKAGES):
        suffix = job.path[job.path.rindex(".") :]
        return UnreadableError(say(f"folders.not_by_content.{kind}", file=job.path, suffix=suffix))
    return error


def _content(job: Job) -> tuple[bytes, str, str]:
    """The bytes of a file, its kind, and what it is instead if it is no office file and nobody named it.

    Of most such files no more than the head is read.
    """
    nameless = not job.named and not is_office(job.path)  # what is called as an office file is to be one
    if nameless:
        with contextlib.suppress(OSError, ValueError):
            head = _head(job.path)
            told_by_the_head = not head.startswith((b"PK", b"\xd0\xcf\x11\xe0"))
            if told_by_the_head and sniff.is_foreign(head) and not kind_of(head):
                return b"", "", sniff.why_unreadable(head)
    data = job.data if job.data is not None else bytes_of(job.path)  # which says why, where it can't be opened
    kind = kind_of(data)
    foreign = not kind and nameless and sniff.is_foreign(data)
    return data, kind, sniff.why_unreadable(data) if foreign else ""


def _head(path: str) -> bytes:
    """The beginning of a file; of one in a store only where its name does not promise that all of it is wanted."""
    if not is_url(path):
        with open(path, "rb") as stream:  # noqa: PTH123
            return stream.read(_HEAD)
    return b"PK" if is_office(path) else store.head(path, _HEAD)


def _with_unplaced(reading: Reading, known: Mapping[str, Form]) -> Reading:
    """The reading with what a form that was learnt from another file of the same layout has no place for."""
    form = known.get(reading.document.form or "")
    if form is None or not form.layouts:
        return reading
    found = (*reading.diagnostics, *unplaced_values(reading, form))
    return replace(reading, diagnostics=tuple(sorted(found, key=lambda one: one.place.order)))


def _folder(order: Order, job: Job) -> str:
    assert order.output is not None
    return joined(order.output, job.folder) if job.folder != "." else order.output


def _written(order: Order, job: Job, reading: Reading, digest: bytes) -> Written:
    assert order.output is not None
    folder = _folder(order, job)
    try:
        return write_specs(
            folder,
            reading,
            before=unpacked(job.before) if job.of == digest else None,
            force=order.force,
            dry_run=order.dry_run,
            staging=joined(order.output, STAGING) if order.staged or is_url(order.output) else None,
        )
    except ConflictError as error:
        if is_url(folder) or job.data is not None or not has_specs(folder):
            raise
        names = {"file": shlex.quote(job.path), "folder": shlex.quote(folder)}
        raise ConflictError(say("importing.pull", said=error, **names)) from error


def _ending(error: Exception) -> Ending:
    if isinstance(error, NotRecognisedError):
        return Ending.unrecognised
    if isinstance(error, ConflictError):
        return Ending.differs
    if isinstance(error, ContentLostError):
        return Ending.lost
    if isinstance(error, UsageError):
        return Ending.unwritten
    return Ending.unreadable if isinstance(error, (PerfdocError, OSError)) else Ending.bug


def unplaced_values(reading: Reading, form: Form) -> Iterator[Diagnostic]:
    """PD071 (warning) for each of them; of a column's the first. `render` leaves them out."""
    columns = {*form.column_paths, *(("target",) if form.column_paths & {*TARGET_PARTS} else ())}
    fields = {*form.paths, *(("agency.code", "agency.name") if "agency" in form.paths else ())}
    told: set[str] = set()
    for number, project in enumerate(reading.document.projects):
        yield from _of(project, fields, ("projects", number), reading, form, told)
        for row, indicator in enumerate(project.indicators):
            yield from _of(indicator, columns, ("projects", number, "indicators", row), reading, form, told)


def _of(
    record: Project | Indicator, placed: Collection[str], at: Path, reading: Reading, form: Form, told: set[str]
) -> Iterator[Diagnostic]:
    for steps, text in texts(record):
        name = ".".join(steps)
        variable = f"{'indicator' if isinstance(record, Indicator) else 'project'}.{name}"
        if not text or name in placed or (isinstance(record, Indicator) and variable in told):
            continue
        told.add(variable)
        field = title(steps, type(record))
        message = say("rendering.no_place", form=form.name, field=field, variable=variable)
        place = reading.places.get((*at, *steps)) or next(iter(reading.places.values()), Place(""))
        yield Diagnostic("PD071", Severity.warning, message, place, text, (*at, *steps))

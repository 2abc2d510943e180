"""One file of many, imported: what runs in a process of `perfdoc.jobs`, and says everything as values."""

from __future__ import annotations

import contextlib
import hashlib
import platform
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from perfdoc.cli.codes import Code, code_of
from perfdoc.errors import (
    ConflictError,
    ContentLostError,
    NotRecognisedError,
    PerfdocError,
    UnreadableError,
    UsageError,
)
from perfdoc.jobs.entry import Entry
from perfdoc.jobs.paths import is_url, joined

if TYPE_CHECKING:
    from perfdoc.accounts import Part
    from perfdoc.cli.files.reports import Accounted
    from perfdoc.report import Diagnostic, Reading

_HEAD = 4096  # bytes by which most of what is no office file is known
_OFFICE = (".docx", ".docm", ".xlsx", ".xlsm", ".xls", ".doc", ".wps", ".et", ".rtf", ".odt", ".ods")
_TOLD = 3  # warnings and errors of a file that are said; `inspect` shows all
STAGING = ".perfdoc-import.tmp"
"""The folder in the output where files are made that are not yet in their places."""
PREPARE = "perfdoc.cli.verbs.import_.one:prepare"
"""`prepare` as a process of `perfdoc.jobs` finds it."""


class Ending(StrEnum):
    """How the import of a file ended; the value is what the summary calls it."""

    clean = "read cleanly"
    doubts = "with doubts"
    differs = "left alone: specs differ"
    lost = "refused: content would be lost"
    unrecognised = "not recognised"
    unreadable = "unreadable"
    unwritten = "can't be written"
    bug = "faults of perfdoc"
    skipped = "skipped: other files"


class Order(NamedTuple):
    """What is the same for all files of a run; `whole` asks for every diagnostic, `style` for a part of a report.

    `seen` are the folders that a worker on another machine must see, too.
    """

    output: str
    track_changes: str = "accept"
    templates: tuple[Path, ...] = ()
    force: bool = False
    dry_run: bool = False
    strict: bool = False
    style: str = ""
    whole: bool = False
    tool_seconds: float = 25.0
    seen: tuple[str, ...] = ()


class Job(NamedTuple):
    """A file to import: as `Found`, with the digest of what was imported already and whether that gave specs."""

    path: str
    key: str
    folder: str
    fault: str = ""
    named: bool = False
    known: bytes = b""
    gave_specs: bool = False


class Done(NamedTuple):
    """What became of a file. `told` are the diagnostics to say, `untold` how many more warnings and errors.

    `part` is its part of the report, if one was asked for and the file could be read.
    """

    path: str
    entry: Entry
    told: tuple[Diagnostic, ...] = ()
    untold: int = 0
    files: str = ""
    part: Part | None = None


def prepare(order: Order) -> Callable[[Job], Done]:
    """The work on one file. Raises FormError where a form of `templates` is unsound, UsageError for one not `seen`."""
    from perfdoc.form_definition import forms

    for folder in order.seen:
        if not Path(folder).is_dir():
            raise UsageError(
                f"{folder}: is not there on {platform.node()}, a worker; name it by URL, or mount it there, too"
            )

    known = forms(order.templates)

    def one(job: Job) -> Done:
        begun, part = Entry(job.key), None
        try:
            if job.fault:
                raise UnreadableError(job.fault)
            data, kind, foreign = _content(job.path)
            if foreign:
                return _skipped(job, begun, foreign)
            begun = begun._replace(kind=kind, hash=hashlib.sha256(data).digest())
            if begun.hash == job.known and (not job.gave_specs or _has_specs(order, job)):
                return Done(job.path, begun._replace(again=True))
            found = _read(job.path, data)
            part = _part(found, order.style, job.key)
            if found.refusal is not None:
                raise found.refusal
            assert found.reading is not None
            return _written(order, job, begun, found.reading)._replace(part=part)
        except MemoryError:
            raise  # its process is replaced
        except Exception as error:
            return _failed(job, begun, error, order.whole)._replace(part=part)

    def _read(path: str, data: bytes) -> Accounted:
        from perfdoc.cli.files.reports import accounted
        from perfdoc.reading import read

        layout = read(data, path, track_changes=order.track_changes, tool_seconds=order.tool_seconds)
        return accounted(layout, known, strict=order.strict)

    return one


def _part(found: Accounted, style: str, key: str) -> Part | None:
    """The file's part of the report, under a name that no other key has."""
    from perfdoc.cli.files.reports import part_of

    name = f"f{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
    return part_of(found, style, name) if style else None


def _content(path: str) -> tuple[bytes, str, str]:
    """The bytes of a file, its kind, and `""`; or no bytes and what it is, if that is no office file at all.

    Of most such files no more than the head is read.
    """
    from perfdoc.cli.files.inputs import bytes_of
    from perfdoc.reading import kind_of, sniff

    with contextlib.suppress(OSError, ValueError):
        head = _head(path)
        told_by_the_head = not head.startswith((b"PK", b"\xd0\xcf\x11\xe0"))
        if told_by_the_head and sniff.is_foreign(head) and not kind_of(head):
            return b"", "", sniff.why_unreadable(head)
    data = bytes_of(path)  # which says why, where it can't be opened
    kind = kind_of(data)
    return data, kind, sniff.why_unreadable(data) if not kind and sniff.is_foreign(data) else ""


def _head(path: str) -> bytes:
    """The beginning of a file; of one in a store only where its name does not promise that all of it is wanted."""
    if not is_url(path):
        with open(path, "rb") as stream:  # noqa: PTH123
            return stream.read(_HEAD)
    if path.lower().endswith(_OFFICE):
        return b"PK"
    from perfdoc.jobs import store

    return store.head(path, _HEAD)


def _has_specs(order: Order, job: Job) -> bool:
    if not is_url(order.output):
        return Path(order.output, job.folder, "document.yaml").is_file()
    from perfdoc.jobs import store

    return store.exists(joined(order.output, f"{job.folder}/document.yaml"))


def _skipped(job: Job, begun: Entry, what: str) -> Done:
    """A file that is no office file: nothing wrong below a folder, but not what naming it asks for."""
    ending = Ending.unreadable if job.named else Ending.skipped
    code = Code.unreadable if job.named else Code.clean
    return Done(job.path, begun._replace(outcome=ending, code=code, final=True, message=what))


def _written(order: Order, job: Job, begun: Entry, reading: Reading) -> Done:
    folder, staging = joined(order.output, job.folder), joined(order.output, STAGING)
    if is_url(folder):
        from perfdoc.cli.verbs.import_.written import put_specs

        written = put_specs(folder, reading, force=order.force, dry_run=order.dry_run, staging=staging)
    else:
        from perfdoc.cli.verbs.import_.written import write_specs

        written = write_specs(Path(folder), reading, force=order.force, dry_run=order.dry_run, staging=Path(staging))
    found = (*reading.diagnostics, *written.left_over)
    doubts = sum(one.severity != "info" for one in reading.diagnostics)
    projects = reading.document.projects
    entry = begun._replace(
        folder=job.folder,
        final=True,
        outcome=Ending.doubts if doubts else Ending.clean,
        code=Code.findings if any(one.severity == "error" for one in found) else Code.clean,
        projects=len(projects),
        indicators=sum(len(project.indicators) for project in projects),
        doubts=doubts,
    )
    return Done(job.path, entry, *_told(found, order.whole), files=written.said(order.dry_run))


def _failed(job: Job, begun: Entry, error: Exception, whole: bool) -> Done:
    from perfdoc.cli.terminal.printing import told

    code, ending = code_of(error), _ending(error)
    if isinstance(error, NotRecognisedError) and not job.named:
        code = Code.clean
    entry = begun._replace(
        outcome=ending,
        code=code,
        final=bool(begun.hash) and isinstance(error, (UnreadableError, NotRecognisedError, ContentLostError)),
        message=told(error, job.path),
    )
    return Done(job.path, entry, *_told(getattr(error, "diagnostics", ()), whole))


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


def _told(found: tuple[Diagnostic, ...], whole: bool) -> tuple[tuple[Diagnostic, ...], int]:
    if whole:
        return found, 0
    weighty = [one for one in found if one.severity != "info"]
    return tuple(weighty[:_TOLD]), max(0, len(weighty) - _TOLD)

"""The process that works for the page: one thing asked after the other, each under the limits of a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from perfdoc import specs
from perfdoc.errors import PerfdocError, ToolError
from perfdoc.filling import into
from perfdoc.form_definition import Form, form, forms
from perfdoc.form_definition.loading import refreshed
from perfdoc.importing.file import Imported, Importer
from perfdoc.importing.meaning import meant
from perfdoc.importing.order import Ending
from perfdoc.model import Document
from perfdoc.office import Source
from perfdoc.rendering import chosen, kind_of, paged, portable, render
from perfdoc.report import Severity
from perfdoc.storage.writing import Outcome
from perfdoc.texts import say, speaking
from perfdoc.web.work.looking import looked_at_file, looked_at_specs
from perfdoc.web.work.painting import painted
from perfdoc.web.work.reviewing import reviewed
from perfdoc.web.work.wanted import Asked, Done, Filled, Into, Look, Make, Mean, Paint, Read, Review

PREPARE = f"{__name__}:Hand"
"""The work, by its name."""


class Hand:
    """What works in the process."""

    def __init__(self, context: None) -> None:
        pass

    def __call__(self, asked: Asked) -> Any:
        """What was asked for; a PerfdocError is a result, too."""
        with speaking(asked.language):
            try:
                refreshed(_near(asked))
                return self._done(asked)
            except (PerfdocError, OSError) as error:
                return error

    def _done(self, asked: Asked) -> Any:
        match asked:
            case Look():
                return _looked(asked)
            case Make():
                return made(Path(asked.path), asked.to)
            case Paint():
                path = Path(asked.path)
                if asked.data is not None:
                    return painted(asked.data, path.suffix[1:].lower(), asked.claims)
                data, suffix = (made(path, "docx"), "docx") if path.is_dir() else (path.read_bytes(), path.suffix[1:])
                return painted(data, suffix.lower(), asked.claims)
            case Into():
                return _filled(asked)
            case Read():
                return _read(asked)
            case Review():
                return reviewed(asked)
            case Mean():
                return meant(asked.job, asked.order, asked.label, asked.path)


def _looked(asked: Look) -> Any:
    path = Path(asked.path)
    if not path.is_dir():
        return looked_at_file(path.read_bytes(), path.name, path.parent)
    if asked.drawn:
        return looked_at_file(made(path, "docx", pages=False), f"{path.name}.docx", path)
    return looked_at_specs(path, asked.texts)


def _filled(asked: Into) -> Filled:
    file, folder = Path(asked.file), Path(asked.path)
    found = into(file.read_bytes(), specs.load(folder).document, file=file.name, known=forms(near=folder))
    lost = [str(one) for one in found.diagnostics if one.severity is not Severity.info]
    return Filled(found.data, tuple(map(str, found.changes)), tuple(lost))


def _near(asked: Asked) -> Path | None:
    """Where the forms are looked for."""
    if isinstance(asked, (Read, Mean)):
        return asked.order.near(asked.job.folder)
    path = Path(asked.path)
    return path if path.is_dir() else path.parent


def _read(asked: Read) -> Done:
    if asked.job.before:
        tried = _imported(asked._replace(order=asked.order._replace(dry_run=True)))
        if tried.written and tried.written.conflicts:  # markers are for who has an editor
            return Done(Ending.differs, say("web.labels.conflict", file=asked.job.key))
    found = _imported(asked)
    changed = found.written is not None and any(one != Outcome.unchanged for one in found.written.outcomes.values())
    return Done(found.ending, str(found.error or ""), changed)


def _imported(asked: Read) -> Imported:
    importer = Importer(asked.order)
    try:
        return importer(asked.job)
    finally:
        importer.close()


def form_of(document: Document, near: Path, to: str | None = None) -> Form:
    """The form that a document names, or the one that shows most of it."""
    if document.form:
        return form(document.form, near=near)
    return chosen(document, forms(near=near).values(), to=to).form


def made(folder: Path, to: str, *, pages: bool = True) -> bytes:
    """A document's file: docx with its page numbers where LibreOffice knows them, xlsx, or pdf by LibreOffice."""
    document = specs.load(folder).document
    wanted = None if to == "pdf" else to
    form = form_of(document, folder, wanted)
    kind = kind_of(form, wanted)
    if kind == "xlsx" or form.is_list or not pages:
        data = render(document, form, to=kind)
    else:
        data = paged([document], form).files[0]
    made = portable([Source(data, kind)])[0] if to == "pdf" else data
    if isinstance(made, ToolError):
        raise made
    return made

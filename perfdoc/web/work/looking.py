"""A file or a folder of specs, read: what it says, how it looks, and what to look at in it."""

import hashlib
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from perfdoc import specs
from perfdoc.accounts.html import drawn
from perfdoc.accounts.words import path_words, place_words
from perfdoc.checks import findings
from perfdoc.checks.finding import Finding
from perfdoc.checks.report import in_texts, name_hint, unsuppressed
from perfdoc.checks.settings import settings_near
from perfdoc.checks.source import Source
from perfdoc.checks.subject import Subject
from perfdoc.errors import NotRecognisedError, SpecError
from perfdoc.extraction.outside import OUTSIDE
from perfdoc.form_definition import Form, forms
from perfdoc.importing.accounted import accounted
from perfdoc.importing.order import boilerplate_near
from perfdoc.model import Document
from perfdoc.reading import read
from perfdoc.report import Diagnostic, Place, Severity, Thread
from perfdoc.reviews import threads_at, threads_of
from perfdoc.specs.comments import MARK
from perfdoc.specs.gathered import gather
from perfdoc.web.work.results import Looked, Note, State

DRAWN = "o"
"""How the ids in a drawn document begin."""


def looked_at_file(data: bytes, name: str, folder: Path) -> Looked:
    """What a received file says; `folder` is where forms and settings are looked for."""
    known = forms(near=folder)
    found = accounted(read(data, name), known, boilerplate_near(folder))
    page, anchors = drawn(found.account, found.layout, DRAWN)
    doubts = [
        _note("outside" if one.code == OUTSIDE else "doubt", one, anchors.get(one.place, ""), number)
        for number, one in enumerate(found.account.diagnostics, 1)
    ]
    notes = [one for one in doubts if one.severity is not Severity.info]
    claims = found.account.claims
    if found.reading is None:
        state = State.unrecognised if isinstance(found.refusal, NotRecognisedError) else State.unreadable
        return Looked(state, str(found.refusal), None, tuple(notes), page, claims)
    document = found.reading.document
    chosen = settings_near(folder)
    for one in findings(found.reading, known.get(document.form or ""), chosen, name_hint(name)):
        notes.append(_found(one, place_words(one.place)))
    kinds = {one.kind for one in notes}
    state = State.outside if "outside" in kinds else State.doubts if "doubt" in kinds else State.clean
    year = Subject(document, known.get(document.form or ""), name_hint(name), chosen, True).year or 0
    asked, said = _open(threads_of(found.reading)), _digest(document, known)
    layout = found.reading.layout
    return Looked(state, "", document, tuple(notes), page, claims, {}, (), year, layout, asked, said)


def looked_at_specs(path: Path, given: Mapping[str, str]) -> Looked:
    """What a folder of specs says, or a project's file by itself, its findings and its comments; `given` stands for
    files of it, by their names."""
    folder = path if path.is_dir() else path.parent
    texts = {(folder / name).as_posix(): text for name, text in given.items()}
    try:
        reading = specs.load(path, texts)
    except SpecError as error:
        notes = [_note("finding", one, "", 0) for one in error.diagnostics]
        return Looked(State.unreadable, str(error.diagnostics[0] if error.diagnostics else error), notes=tuple(notes))
    document, chosen, hint = reading.document, settings_near(folder), name_hint(path.resolve().name)
    known = forms(near=folder)
    every = findings(reading, known.get(document.form or ""), chosen, hint)
    sources = {file: Source(text) for file, text in texts.items()}
    shown = unsuppressed(in_texts(every, sources), sources, chosen)
    notes = [_note("finding", one, "", 0) for one in reading.diagnostics if one.severity is not Severity.info]
    notes += [_found(one.finding, _line(one.finding.place)) for one in shown]
    names = specs.names_of(reading, folder) if path.is_dir() else (path.name,)
    for index, name in enumerate(names):
        notes += _comments(texts[(folder / name).as_posix()], index)
    own = {posixpath.relpath(file, folder.as_posix()): text for file, text in texts.items()}
    year = Subject(document, known.get(document.form or ""), hint, chosen, False).year or 0
    asked, said = _open(threads_at(reading, texts)), _digest(document, known)
    return Looked(State.clean, "", document, tuple(notes), "", (), own, names, year, "", asked, said)


def _open(threads: Iterable[Thread]) -> int:
    return sum(not one.resolved for one in threads)


def _digest(document: Document, known: Mapping[str, Form]) -> bytes:
    """What the document says as its form shows it: what was read from a file is that already."""
    form = known.get(document.form or "")
    shown = form.normal(document) if form else document
    return hashlib.sha256(repr(shown.projects).encode("utf-8", "surrogatepass")).digest()


def _line(place: Place) -> str:
    return f"{posixpath.basename(place.file)}:{place.line}"


def _note(kind: str, one: Diagnostic, anchor: str, number: int) -> Note:
    where = place_words(one.place) if kind != "finding" else _line(one.place)
    return Note(kind, one.severity, one.code, one.message, where, one.path, anchor, number, one.quote)


def _found(one: Finding, where: str) -> Note:
    words = path_words(one.path)
    return Note("finding", one.severity, one.code, one.message, words or where, one.path)


def _comments(text: str, index: int) -> Iterable[Note]:
    """What people wrote into a spec beside its values; what perfdoc reads or wrote itself is none of it."""
    if "#" not in text:
        return
    for path, lines in gather(text).lists():
        yield from _said(lines, ("projects", index, *path))


def _said(lines: Iterable[str], path: tuple[str | int, ...]) -> Iterator[Note]:
    words = [
        one.lstrip("# ") for one in lines if one and not one.startswith(MARK) and "yaml-language-server" not in one
    ]
    if words:
        yield Note("comment", Severity.info, "", "\n".join(words), path_words(path), path)

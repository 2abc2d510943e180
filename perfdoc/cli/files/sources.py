"""What a comparison is given: specs, folders, Word and Excel files, and any of them as a revision has it."""

import posixpath
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import perfdoc
from perfdoc.cli.files.at_revision import At
from perfdoc.cli.files.batch import bounded
from perfdoc.cli.files.checked import Forms, Read
from perfdoc.cli.files.inputs import MAX_BYTES, STDIN, bytes_of, folder_of, is_spec_name, load_given, name_of
from perfdoc.errors import SpecError, UnreadableError
from perfdoc.git import revisions
from perfdoc.git.revisions import Range, Revision
from perfdoc.pulling import Source, folder_of_texts, project_of_bytes
from perfdoc.reviews import threads_of
from perfdoc.storage.walk import OFFICE, YAML, is_office
from perfdoc.texts import say


class Pair(NamedTuple):
    """Two documents to compare, and what they are called together."""

    name: str
    old: Source
    new: Source


def source(given: str | At, forms: Forms = (), read: Read = perfdoc.read) -> Source:
    """The document of what a name stands for; `read` reads a file that is no spec and of no revision."""
    if isinstance(given, At):
        return of_revision(given, forms)
    if is_spec_name(given):
        with bounded(given):
            found = load_given(given)
            return Source(given, found.reading, found.threads())
    return _of_bytes(bytes_of(given), name_of(given), forms, folder_of(given), read)


def _of_bytes(data: bytes, name: str, forms: Forms, near: Path | None, read: Read = perfdoc.read) -> Source:
    """The document of a file's bytes: any kind that can be read, or on standard input a project's spec, too."""
    fault = None
    if name == name_of(STDIN) and perfdoc.reading.kind_of(data) == "txt":
        try:
            return project_of_bytes(data, name)
        except SpecError as error:
            fault = error
    try:
        with bounded(name):
            reading = perfdoc.extract(read(data, name), perfdoc.forms(forms, near))
            return Source(name, reading, threads_of(reading))
    except UnreadableError:
        if fault is None:
            raise
    raise fault


def of_revision(at: At, forms: Forms = ()) -> Source:
    """The document that a commit has at a path. UnreadableError where it has none."""
    commit, path, name = at.commit, at.path.strip("/"), at.given
    kind = revisions.kind(commit, path)
    if not kind:
        raise UnreadableError(say("cli.sources.not_in_it", name=name))
    if kind == "tree":
        return _folder_of_revision(commit, path, name)
    folder = posixpath.dirname(path)
    if posixpath.basename(path) == perfdoc.specs.LISTING:
        return _folder_of_revision(commit, folder, posixpath.dirname(name))._replace(name=name)
    entries = revisions.entries(commit, folder)
    entry = {own: one for own, one in entries.items() if posixpath.join(folder, own) == path}
    if not entry:
        raise UnreadableError(say("cli.sources.link", name=name))
    (data,) = revisions.contents(entry, MAX_BYTES).values()
    if path.lower().endswith(YAML):
        return project_of_bytes(data, name)
    return _of_bytes(data, name, forms, revisions.top() / folder)


def _folder_of_revision(commit: str, folder: str, shown: str) -> Source:
    wanted = {own: one for own, one in revisions.entries(commit, folder).items() if own.endswith(YAML)}
    return folder_of_texts(revisions.contents(wanted, MAX_BYTES), shown)


def of_range(asked: Range, forms: Forms = ()) -> list[Pair]:
    """Each document that differs between two commits (or a commit and the working tree), below the paths asked for.

    A project's file belongs to the document that lists it; where a side has no such document, it has nothing.
    """
    old, new = asked.old, asked.new
    paths = [revisions.from_top(path) for path in asked.paths]
    for path, given in zip(paths, asked.paths, strict=True):
        if path and not _there(old, path) and not _there(new, path):
            raise UnreadableError(say("cli.sources.neither_side", given=given))
    files = revisions.changed(old.commit, new.commit, list(asked.paths))
    every = dict.fromkeys(filter(None, (_document_of(file, old, new, paths) for file in files)))
    return [Pair(one, _side(old, one, forms), _side(new, one, forms)) for one in every]


def _there(side: Revision, path: str) -> bool:
    if side.commit == revisions.WORKING:
        return (revisions.top() / path).exists()
    return bool(revisions.kind(side.commit, path))


def _document_of(file: str, old: Revision, new: Revision, asked: Sequence[str]) -> str:
    """The document that a changed file belongs to: its folder, itself, or nothing where it is no document at all."""
    if is_office(file) or file in asked:
        return file
    if not file.endswith(YAML):
        return ""
    folder = posixpath.dirname(file)
    while True:
        listing = posixpath.join(folder, perfdoc.specs.LISTING)
        if file == listing or _there(old, listing) or _there(new, listing):
            return folder or "."
        if not folder:
            return ""
        folder = posixpath.dirname(folder)


def _side(side: Revision, path: str, forms: Forms) -> Source:
    working = side.commit == revisions.WORKING
    name = path if working else f"{side.name}:{path}"
    folder = not path.lower().endswith((*OFFICE, *YAML))
    if not _there(side, posixpath.join(path, perfdoc.specs.LISTING) if folder else path):
        return Source(name, perfdoc.Reading(perfdoc.Document()))
    if working:
        return source(str(revisions.top() / path), forms)
    return of_revision(At(side.commit, "" if path == "." else path, name), forms)

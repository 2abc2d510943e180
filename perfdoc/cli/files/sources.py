"""What a comparison is given: specs, folders, Word and Excel files, and any of them as a revision has it."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from perfdoc.cli.bounded import bounded
from perfdoc.cli.files.inputs import STDIN, bytes_of, is_spec_name, name_of
from perfdoc.errors import UnreadableError

if TYPE_CHECKING:
    from perfdoc.cli.files.repository import Revision
    from perfdoc.report import Reading

Forms = tuple[Path, ...]


class Source(NamedTuple):
    """A document and what it is called."""

    name: str
    reading: Reading


def source(given: str, forms: Forms = ()) -> Source:
    """The document of a path, `-` or `REV:PATH`. A file that is there is taken before a revision of that name."""
    if given != STDIN and not os.path.lexists(given) and ":" in given:
        from perfdoc.cli.files import repository

        name, _, path = given.partition(":")
        commit = repository.revision(name)
        if commit is not None:
            if path.startswith(("./", "../")) or path == ".":
                path = repository.within(repository.prefix(), path)
            return of_revision(commit, path, given, forms)
        if os.sep not in name:
            raise UnreadableError(f"{given}: there is no such file, and {name} is no revision of a repository here")
    if given != STDIN and is_spec_name(given):
        from perfdoc.cli.files.documents import load_given

        return Source(given, load_given(given).reading)
    return Source(name_of(given), of_bytes(bytes_of(given), name_of(given), forms))


def of_bytes(data: bytes, name: str, forms: Forms = ()) -> Reading:
    """The document of a file's bytes, a project's spec or any kind that can be read."""
    from perfdoc.extraction import extract
    from perfdoc.form_definition import forms as known
    from perfdoc.reading import kind_of, read

    if name == "<stdin>" and kind_of(data) == "txt":
        from perfdoc.errors import SpecError
        from perfdoc.specs import load_project
        from perfdoc.yamltree import decode

        try:
            return load_project(decode(data, name), name)
        except SpecError as error:
            fault = error
        try:
            return extract(read(data, name), known(forms))
        except UnreadableError:
            raise fault from None
    with bounded(name):
        return extract(read(data, name), known(forms))


def of_revision(commit: str, path: str, name: str, forms: Forms = ()) -> Source:
    """The document that a commit has at a path (from the top). UnreadableError where it has none."""
    from perfdoc import specs
    from perfdoc.cli.files import repository
    from perfdoc.yamltree import decode

    path = path.strip("/")
    kind = repository.kind(commit, path)
    if not kind:
        raise UnreadableError(f"{name}: the revision has no such file or folder")
    if kind == "blob" and posixpath.basename(path) != specs.LISTING:
        folder = posixpath.dirname(path)
        entry = {
            own: one for own, one in repository.entries(commit, folder).items() if posixpath.join(folder, own) == path
        }
        if not entry:
            raise UnreadableError(f"{name}: a link, which is not followed")
        (data,) = repository.contents(entry).values()
        if is_spec_name(path):
            return Source(name, specs.load_project(decode(data, name), name))
        return Source(name, of_bytes(data, name, forms))
    folder = path if kind == "tree" else posixpath.dirname(path)
    wanted = {own: one for own, one in repository.entries(commit, folder).items() if own.endswith((".yaml", ".yml"))}
    texts = repository.contents(wanted)
    shown = name if kind == "tree" else posixpath.dirname(name)
    if specs.LISTING not in texts:
        specs.load_files({}, shown)  # says so
    listed = decode(texts[specs.LISTING], f"{shown}/{specs.LISTING}")

    def text_of(own: str) -> str:
        if own not in texts:
            raise FileNotFoundError(own)
        return decode(texts[own], f"{shown}/{own}")

    beside = [own for own in texts if "/" not in own]
    return Source(name, specs.load_document(listed, f"{shown}/{specs.LISTING}", text_of, beside))


class Pair(NamedTuple):
    """Two documents to compare, and what they are called together."""

    name: str
    old: Source
    new: Source


def of_range(old: Revision, new: Revision, paths: Sequence[str], forms: Forms = ()) -> list[Pair]:
    """Each document that differs between two commits (or a commit and the working tree), below `paths`.

    A project's file belongs to the document that lists it; where a side has no such document, it has nothing.
    """
    from perfdoc.cli.files import repository

    asked = [repository.from_top(path) for path in paths]
    for path, given in zip(asked, paths, strict=True):
        if path and not _there(old, path) and not _there(new, path):
            raise UnreadableError(f"{given}: neither side has such a file or folder")
    files = repository.changed(old.commit, new.commit, list(paths))
    pairs = []
    for one in dict.fromkeys(filter(None, (_document_of(file, old, new, asked) for file in files))):
        shown = one or "."
        pairs.append(Pair(shown, _side(old, one, forms), _side(new, one, forms)))
    return pairs


def _there(side: Revision, path: str) -> bool:
    from perfdoc.cli.files import repository

    if side.commit == repository.WORKING:
        return (repository.top() / path).exists()
    return bool(repository.kind(side.commit, path))


_READABLE = (".docx", ".xlsx", ".xls", ".doc", ".odt", ".ods", ".rtf")


def _document_of(file: str, old: Revision, new: Revision, asked: Sequence[str]) -> str:
    """The document that a changed file belongs to: its folder, itself, or nothing where it is no document at all."""
    from perfdoc.specs import LISTING

    if file.lower().endswith(_READABLE) or file in asked:
        return file
    if not file.endswith((".yaml", ".yml")):
        return ""
    folder = posixpath.dirname(file)
    while True:
        listing = posixpath.join(folder, LISTING)
        if file == listing or _there(old, listing) or _there(new, listing):
            return folder or "."
        if not folder:
            return ""
        folder = posixpath.dirname(folder)


def _side(side: Revision, path: str, forms: Forms) -> Source:
    from perfdoc.cli.files import repository
    from perfdoc.model import Document
    from perfdoc.report import Reading
    from perfdoc.specs import LISTING

    working = side.commit == repository.WORKING
    name = path if working else f"{side.name}:{path}"
    folder = not path.lower().endswith((*_READABLE, ".yaml", ".yml"))
    if not _there(side, posixpath.join(path, LISTING) if folder else path):
        return Source(name, Reading(Document()))
    if working:
        return source(str(repository.top() / path), forms)
    return of_revision(side.commit, "" if path == "." else path, name, forms)

"""What a returned file was made from: the document, as it was then, of which it shows the contents."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple

from perfdoc.errors import SpecError
from perfdoc.git.history import State, states
from perfdoc.merging.same import same_projects, same_rows
from perfdoc.model import Document, Project, texts
from perfdoc.pulling.loaded import Given, folder_of_texts, project_of_bytes
from perfdoc.pulling.returned import Returned
from perfdoc.report import Thread
from perfdoc.specs import digest
from perfdoc.storage.content import MAX_BYTES
from perfdoc.storage.walk import YAML
from perfdoc.texts import say


class Base(NamedTuple):
    """A document that a file may have been made from, what that is called, and its review comments.

    `how` says by what it was found (trace, contents, given); empty before it is.
    """

    name: str
    document: Document
    threads: tuple[Thread, ...] = ()
    how: str = ""


def base_of(one: Returned, candidates: Iterable[Base]) -> Base | None:
    """The base among the candidates, which are looked at in their order, or None where none is it.

    It is the one that the file names, else one of which the file shows the contents without its tracked changes.
    What was typed into the file without being tracked is never taken for contents of a base.
    """
    seen: list[Base] = []
    for candidate in candidates:
        seen.append(candidate)
        for document in _named(candidate.document) if one.digest else ():
            if digest(document) == one.digest:
                return candidate._replace(document=document, how="trace")
    untouched = one.untouched
    for candidate in seen:
        for document in _named(candidate.document):
            if _alike(document, untouched) and _says_the_same(one, document, untouched):
                return candidate._replace(document=document, how="contents")
    return None


def kept_of(base: Document, shown: Document) -> float:
    """The share (0 to 1) of a base's values that a file still shows; 1 of a base without any."""
    every = kept = 0
    pairs = dict(same_projects(base.projects, shown.projects))
    for at, project in enumerate(base.projects):
        there = shown.projects[pairs[at]] if at in pairs else Project()
        ours, theirs = dict(texts(project)), dict(texts(there))
        rows = dict(same_rows(project.indicators, there.indicators))
        for number, row in enumerate(project.indicators):
            other = there.indicators[rows[number]] if number in rows else None
            ours.update({(str(number), *path): text for path, text in texts(row)})
            theirs.update({(str(number), *path): text for path, text in (texts(other) if other else ())})
        said = {path: text for path, text in ours.items() if text.strip()}
        every += len(said)
        kept += sum(theirs.get(path) == text for path, text in said.items())
    return kept / every if every else 1.0


def _named(document: Document) -> Iterator[Document]:
    """What may have been rendered of a document: the whole, or one project by its own file."""
    yield document
    if len(document.projects) > 1 or document.title:
        for project in document.projects:
            alone = project.model_copy(update={"heading": None, "bookmarks": None})
            yield Document(form=document.form, projects=(alone,))


def _alike(document: Document, other: Document) -> bool:
    """Whether two documents may say the same: projects of the same names."""
    ours, theirs = (sorted((one.name or "").strip() for one in each.projects) for each in (document, other))
    return ours == theirs


def _says_the_same(one: Returned, document: Document, untouched: Document) -> bool:
    return _contents(document) == _contents(untouched) or _contents(one.shows(document)) == _contents(untouched)


def _contents(document: Document) -> list[Project]:
    return [one.model_copy(update={"heading": None, "bookmarks": None}) for one in document.projects]


def candidates(given: Given) -> Iterator[Base]:
    """The document as its files stand, then as every commit of its repository has it, newest first.

    States that are no sound specs are passed over.
    """
    yield Base(say("pulling.standing"), given.reading.document, given.threads())
    yield from _committed(given, states(given.folder, YAML, MAX_BYTES))


def at_revision(given: Given, revision: str) -> Base | None:
    """The document as a revision has it; None where the name stands for none, or that has no such document."""
    return next(_committed(given, states(given.folder, YAML, MAX_BYTES, revision)), None)


def _committed(given: Given, every: Iterator[State]) -> Iterator[Base]:
    for state in every:
        shown = f"{state.commit}:{given.folder}"
        with suppress(SpecError):
            if given.alone:
                name = given.names[0]
                found = project_of_bytes(state.files.get(name, b""), f"{shown}/{name}")
            else:
                found = folder_of_texts(state.files, shown)
            yield Base(state.commit, found.reading.document, found.threads)

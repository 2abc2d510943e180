"""What a returned file was made from: the document as it stands or stood; and what it becomes with what was changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from perfdoc.errors import ContentLostError, SpecError, UsageError
from perfdoc.git.revisions import State, states
from perfdoc.merging import Combined, Labels, Version, combined
from perfdoc.merging.same import same_projects, same_rows
from perfdoc.model import Document, Project, texts
from perfdoc.pulling.loaded import Given, folder_of_texts, project_of_bytes
from perfdoc.pulling.returned import Returned
from perfdoc.report import Thread
from perfdoc.reviews import moved, threads_of, with_threads
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
            if not _alike(document, untouched):
                continue
            said = _contents(untouched)
            if _contents(document) == said or _contents(one.shows(document)) == said:
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


_LEAST = 0.5
"""The share of a base's values that a file must still show: below it, an old file was used for something else."""


def found_base(one: Returned, given: Given, otherwise: Base | None = None) -> Base:
    """What a file was made from. UsageError where that is not to be found and there is nothing to take `otherwise`.

    ContentLostError for an old file.
    """
    found = base_of(one, candidates(given)) or otherwise
    if found is None:
        raise UsageError(say("pulling.no_base", file=one.name, folder=given.shown))
    share = kept_of(one.shows(found.document), one.reading.document)
    if share < _LEAST:
        raise ContentLostError(say("pulling.old", file=one.name, name=found.name, share=share))
    return found


def pulled(
    given: Given,
    some: Sequence[Returned],
    bases: Sequence[Base],
    versions: Sequence[Version],
    *,
    show_base: bool = False,
    said: Sequence[Sequence[Thread]] | None = None,
) -> Combined:
    """The document with what was changed in files, `versions` of their `bases`, and with the comments in them.

    `said` are the comments of each that are taken, by default all; they have the paths of the file.
    """
    threads = said if said is not None else [threads_of(one.reading) for one in some]

    def commented(texts: Mapping[str, str], names: Sequence[str], document: Document) -> Mapping[str, str]:
        for one, base, own in zip(some, bases, threads, strict=True):
            if own:
                texts = with_threads(texts, names, moved(own, one.reading.document, document), base.threads)
        return texts

    files = [one.name for one in some]
    short = [Path(one).name for one in files]
    named = files if len({*short}) < len({*files}) else short
    called = [one._replace(name=name) for one, name in zip(versions, named, strict=True)]
    labels = Labels("ours", base=", ".join(dict.fromkeys(one.name for one in bases)))
    return combined(given.standing(), called, labels, show_base=show_base, commented=commented)

"""The comments of two versions of a document: which are new, and where each stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from perfdoc.comparison.change import Change, Said
from perfdoc.model import Document, Indicator, Project, title
from perfdoc.pairing import pair_threads, united
from perfdoc.report import Path, Thread
from perfdoc.texts import say


def said(old: Sequence[Thread], new: Sequence[Thread], document: Document) -> tuple[Said, ...]:
    """The comments of the new side, whose Document it is; those that only the old one has are not told."""
    before = pair_threads(old, new)
    return tuple(
        Said(one, _change(old[before[at]] if at in before else None, one), " / ".join(_where(one.path, document)))
        for at, one in enumerate(new)
    )


def _change(old: Thread | None, new: Thread) -> Change:
    if old is None:
        return Change.added
    same = united(old, old, new) == old  # what a format can't say, or a program saved otherwise, was not changed
    return Change.same if same else Change.changed


def _where(path: Path, document: Document) -> Iterable[str]:
    """The project, the indicator and the field that a path leads to; the document where it leads to none."""
    match path:
        case ("projects", int(at), *rest) if at < len(document.projects):
            project = document.projects[at]
            yield project.name or say("comparison.no_name")
            yield from _within(rest, project)
        case _:
            yield say("comparison.whole_document")


def _within(path: Sequence[str | int], project: Project) -> Iterator[str]:
    match path:
        case ("indicators", int(at), *rest) if at < len(project.indicators):
            yield project.indicators[at].level3 or say("comparison.indicator", n=at + 1)
            if rest and rest != ["level3"]:
                yield title(tuple(map(str, rest)), Indicator)
        case [] | ["indicators", *_]:
            pass
        case _:
            yield title(tuple(map(str, path)), Project)

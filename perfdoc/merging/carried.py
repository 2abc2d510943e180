"""What was changed in a file, carried over to the document that the file was made from.

A form shows a document in its own way: what it has no place for is not there, an absent value is an empty cell. So a
file is compared with what the same form shows of the document, and only what differs there is carried over.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from perfdoc.merging import records
from perfdoc.merging.items import Row, merged
from perfdoc.merging.same import same_projects
from perfdoc.merging.sides import Sides, text
from perfdoc.model import Document, Project

Headings = Callable[[Project, int], str]
"""The text that stands above a project at a position (from 1): its own heading, or the form's."""
_NUMBER = re.compile(r"^\s*[0-9０-９]+\s*[.．、]\s*")


class Version(NamedTuple):
    """A document that was made from a base; `pairs` are the indices (in the base, here) of its projects that are one.

    `texts` are those of the files of the base, and of the document, whose comments count: document.yaml first, then
    one for each project. Documents that are no YAML have none. `name` is what the version is called behind markers.
    """

    base: Document
    document: Document
    pairs: Sequence[tuple[int, int]]
    texts: tuple[Sequence[str], Sequence[str]] = ((), ())
    name: str = ""


def carried(base: Document, shown: Document, received: Document, heading: Headings) -> Version:
    """The base with what differs between what a form shows of it and what was received.

    Headings and bookmarks count as changed only where they say something else than the form, or the base, does: a
    number that is another since a project was added is no change.
    """
    three = (shown.projects, base.projects, received.projects)
    rows = merged(three, same_projects, lambda one: (one.name, one.agency), _project)
    kept = [row for row in rows if row.sides.theirs is not None]
    projects = [_presented(row, three, heading) for row in kept]
    title = text(shown.title, base.title, received.title).theirs
    pairs = [(row.indices[1], at) for at, row in enumerate(kept) if row.indices[1] is not None]
    return Version(base, base.model_copy(update={"title": title, "projects": tuple(projects)}), pairs)


def _project(shown: Project | None, base: Project, received: Project) -> Sides[Project]:
    return records.project(shown or Project(), base, received).sides


def _presented(row: Row[Project], three: Sequence[Sequence[Project]], heading: Headings) -> Project:
    _, ours, theirs = row.indices
    made = row.sides.theirs
    assert made is not None
    if theirs is None:  # the form does not show it
        return made
    received = three[2][theirs]
    usual = made.model_copy(update={"heading": None})
    said = _bare(heading(received, theirs + 1))
    if ours is None:
        own = None if said == _bare(heading(usual, 1)) else received.heading
        return made.model_copy(update={"heading": own, "bookmarks": None})
    base = three[1][ours]
    same = received.heading is None and base.heading is None
    same = same or said in (_bare(heading(base, 1)), _bare(heading(usual, 1)), "")
    kept = base.heading if same else received.heading
    return made.model_copy(update={"heading": kept, "bookmarks": base.bookmarks})


def _bare(text: str) -> str:
    return _NUMBER.sub("", text).strip()

"""The review comments of received files, and where they belong in another version of the document."""

from __future__ import annotations

from collections.abc import Iterable

from perfdoc.model import Document
from perfdoc.pairing import pair_indicators, pair_projects
from perfdoc.report import Path, Reading, Thread

FINDER = "perfdoc"
"""The author of the comments that `check --annotate` writes."""


def threads_of(reading: Reading) -> tuple[Thread, ...]:
    """The comments that people wrote in a file; of the findings that `check --annotate` wrote those with an answer."""
    return tuple(one for one in reading.threads if one.author != FINDER or one.replies)


def moved(threads: Iterable[Thread], old: Document, new: Document) -> tuple[Thread, ...]:
    """Threads about values of one version, with the paths of these in another: those of the same project and row.

    What is about a row that is no more is about its project, and about the document where that is no more either.
    """
    projects = dict(pair_projects(old.projects, new.projects))
    rows = {
        (here, one): other
        for here, there in projects.items()
        for one, other in pair_indicators(old.projects[here].indicators, new.projects[there].indicators)
    }

    def path(here: Path) -> Path:
        if here[:1] != ("projects",) or len(here) < 2:
            return here
        there = projects.get(int(here[1]))
        if there is None:
            return ()
        if here[2:3] != ("indicators",) or len(here) < 4:
            return ("projects", there, *here[2:])
        row = rows.get((int(here[1]), int(here[3])))
        return ("projects", there) if row is None else ("projects", there, "indicators", row, *here[4:])

    return tuple(one._replace(path=path(one.path)) for one in threads)

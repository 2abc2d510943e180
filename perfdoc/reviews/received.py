"""The review comments of received files, and where they belong in another version of the document."""

from collections.abc import Iterable

from perfdoc.model import Document
from perfdoc.pairing import pair_indicators, pair_projects
from perfdoc.report import Path, Place, Reading, Thread

FINDER = "perfdoc"
"""The author of the comments that `check --annotate` writes."""


def threads_of(reading: Reading) -> tuple[Thread, ...]:
    """The comments that people wrote in a file; of the findings that `check --annotate` wrote those with an answer."""
    return tuple(one for one in reading.threads if one.author != FINDER or one.replies)


def moved(threads: Iterable[Thread], old: Document, new: Document) -> tuple[Thread, ...]:
    """Threads about values of one version, with the paths of these in another: those of the same project and row.

    What is about a row that is no more is about its project, and about the document where that is no more either; of
    documents with one project each it is that one.
    """
    alone = len(old.projects) == len(new.projects) == 1
    projects = {0: 0} if alone else dict(pair_projects(old.projects, new.projects))
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


def placed(threads: Iterable[Thread], reading: Reading) -> tuple[Thread, ...]:
    """Threads at the places that their values have in a file, which `reading` is what it says.

    What is about a group hangs at the first value of it, what is about a project at its heading, else its name. A value
    that the file has no place for stands by the row, or the project, that it is in; the document by its title.
    """
    first: dict[Path, Place] = {}
    for path, place in reading.places.items():
        for length in range(1, len(path) + 1):
            first.setdefault(path[:length], place)

    def place_of(path: Path) -> Place:
        if not path:
            return first.get(("title",), Place(""))
        of_project = [(*path, "heading"), (*path, "name")] if len(path) == 2 and path[0] == "projects" else []
        beside = [(*path[:-1], "level3")] if path[-1] == "description" else []
        found = next((first[one] for one in (*of_project, path, *beside) if one in first), None)
        return found or place_of(path[:-1])

    return tuple(one._replace(place=place_of(one.path)) for one in threads)

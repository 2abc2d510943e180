"""Last year's goals as next year's draft: years moved, numbers untouched, what a person must look at marked.

Marks are comments (`# perfdoc: …`) at the values that they are about. Nothing but the years is ever changed; what the
last year came to (execution, results, actual values, scores, reasons) is left out, and its cells are empty.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from perfdoc.errors import UsageError
from perfdoc.model import Document
from perfdoc.rollover.movement import Mark, Movement, comment
from perfdoc.specs.commented import Line, lines_of, with_comments
from perfdoc.specs.comments import Comments, is_mark
from perfdoc.specs.gathered import gather
from perfdoc.specs.listing import LISTING, listing
from perfdoc.specs.project_files import file_names
from perfdoc.texts import say
from perfdoc.years import own_year, years


class Draft(NamedTuple):
    """Next year's document, its project files' names, and the marks of each project."""

    document: Document
    names: tuple[str, ...]
    marks: tuple[tuple[Mark, ...], ...]
    since: int
    year: int


def year_of(document: Document) -> int | None:
    """The year that a document is about: its own (`year:`), else the one that its names, periods and deadlines
    speak of most.

    A name counts twice: a project over several years has the year of its form in its name.
    """
    own = own_year(document)
    if own is not None:
        return own
    found: Counter[int] = Counter()
    for text in (document.title, *(one.name for one in document.projects)):
        found.update(year.number for year in years(text or "", name=True) * 2)
    for project in document.projects:
        for row in project.indicators:
            found.update(year.number for year in years(row.target or ""))
    return max(found, key=lambda year: (found[year], year)) if found else None


def rollover(document: Document, year: int, *, since: int | None = None, names: Sequence[str] | None = None) -> Draft:
    """The draft for `year` of a document for `since` (by default the year that it speaks of most).

    `names` are the project files' names, whose years move too. UsageError where no year can be told, or both are one.
    """
    known = since or year_of(document)
    if known is None:
        raise UsageError(say("rollover.no_year"))
    if known == year:
        raise UsageError(say("rollover.same_year", year=year))
    movement = Movement(known, year)
    made = [movement.project(one) for one in document.projects]
    projects = tuple(project for project, _ in made)
    title, _ = movement.named(document.title)
    draft = document.model_copy(update={"title": title, "projects": projects})
    chosen = tuple(movement.named(name)[0] or name for name in names or ())
    if len({name.casefold() for name in chosen}) != len(projects):
        chosen = file_names(draft)
    return Draft(draft, chosen, tuple(marks for _, marks in made), known, year)


def texts(draft: Draft, given: Mapping[str, str] | None = None, language: str = "zh") -> dict[str, str]:
    """The draft's files: name → canonical text with its marks.

    `given` are last year's files by their names, document.yaml first and the others in order: their comments stay,
    but for the marks of another rollover.
    """
    sources = list((given or {}).values())
    lines = [lines_of(listing(draft.document, draft.names)), *map(lines_of, draft.document.projects)]
    marks: list[tuple[Mark, ...]] = [(), *draft.marks]
    made: dict[str, str] = {}
    for index, name in enumerate((LISTING, *draft.names)):
        found = _comments(sources[index] if index < len(sources) else "", lines[index])
        for one in marks[index]:
            found.above.setdefault(one.path, []).append(comment(one, draft.since, draft.year, language))
        made[name] = with_comments(lines[index], found)
    return made


def _comments(text: str, lines: Sequence[Line]) -> Comments:
    """The user's comments, and a place for more at every entry."""
    found = gather(text) if "#" in text else Comments()
    for _, lines_there in found.lists():
        lines_there[:] = [one for one in lines_there if not is_mark(one)]
    known = set(found.order)
    for line in lines:
        for length in range(1, len(line.path) + 1):
            if line.path[:length] not in known:
                known.add(line.path[:length])
                found.order.append(line.path[:length])
    return found

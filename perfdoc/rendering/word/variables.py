"""What a template sees: a Document's values under the names that stand in `form.docx`.

`None` prints as nothing. What the model leaves to the form (heading, bookmarks) is filled in here, and so is
what a template can't know by itself: where a merge starts, and on which page a project stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from perfdoc.form_definition import Form
from perfdoc.model import Agency, Budget, Document, Execution, Indicator, Project, Sources


class Extras(dict[str, str]):
    """Labels that the model has no field for, with their texts; one that is not there prints as nothing."""

    def __missing__(self, label: str) -> str:
        return ""


class IndicatorView(NamedTuple):
    """`indicator`: a row. A `starts_…` is true where its level differs from the row's above."""

    level1: str
    level2: str
    level3: str
    description: str
    target: str
    weight: str
    actual: str
    score: str
    reason: str
    starts_level1: bool
    starts_level2: bool
    extra: Mapping[str, str]


class ProjectView(NamedTuple):
    """`project`: a project as its document presents it. `section` and `anchor` are its bookmarks' names."""

    name: str
    year: str
    department: str
    agency: Agency
    money_unit: str
    budget: Budget
    execution: Execution
    purpose: str
    goals: str
    results: str
    indicators: Sequence[IndicatorView]
    score: str
    extra: Mapping[str, str]
    heading: str
    page: int
    section: str
    section_id: int
    anchor: str
    anchor_id: int


class DocumentView(NamedTuple):
    """`document`: `stale` is `true` where the page numbers are guesses that Word is to put right."""

    title: str
    projects: Sequence[ProjectView]
    stale: str


_NAMES = {
    "document": {*DocumentView._fields},
    "project": {*ProjectView._fields},
    "indicator": {*IndicatorView._fields},
    "project.agency": {*Agency.model_fields},
    "project.budget": {*Budget.model_fields},
    "project.execution": {*Execution.model_fields},
    **{f"project.execution.{name}": {*Sources.model_fields} for name in Execution.model_fields},
}


def is_value(variable: str) -> bool:
    """Whether a template may ask for `project.budget.total` and the like; other names are its own affair."""
    steps = variable.split(".")
    return all(steps[n] in _NAMES.get(".".join(steps[:n]), steps) for n in range(1, len(steps)))


def values_of(record: str) -> frozenset[str]:
    """What a template may ask a record for: of `project.agency` the code and the name; nothing for what is none."""
    return frozenset(_NAMES.get(record, ()))


def document_view(
    document: Document,
    form: Form,
    bookmarks: Sequence[tuple[str, str]],
    pages: Sequence[int] | None,
    first_id: int,
) -> DocumentView:
    """The view of a document; `first_id` is the first bookmark id that the template itself does not use."""
    shown = guess(document) if pages is None else pages
    projects = [
        _project(project, form.heading_of(project, position), names, page, first_id + 2 * position - 2)
        for position, (project, names, page) in enumerate(zip(document.projects, bookmarks, shown, strict=True), 1)
    ]
    return DocumentView(document.title or "", projects, "true" if pages is None else "false")


def guess(document: Document) -> list[int]:
    """The page on which each project probably begins: 28 lines of contents a page, 22 indicators a page."""
    page = 2 + (len(document.projects) + 1) // 28
    pages = []
    for project in document.projects:
        pages.append(page)
        page += 1 + len(project.indicators) // 22
    return pages


def _project(project: Project, heading: str, names: tuple[str, str], page: int, number: int) -> ProjectView:
    return ProjectView(
        project.name or "",
        project.year or "",
        project.department or "",
        project.agency,
        project.money_unit or "",
        project.budget,
        project.execution,
        project.purpose or "",
        project.goals or "",
        project.results or "",
        _indicators(project.indicators),
        project.score or "",
        Extras(project.extra),
        heading,
        page,
        names[0],
        number,
        names[1],
        number + 1,
    )


def _indicators(rows: Sequence[Indicator]) -> list[IndicatorView]:
    views: list[IndicatorView] = []
    above1: str | None = None
    above2: str | None = None
    for row in rows:
        level1, level2 = row.level1 or "", row.level2 or ""
        starts = level1 != above1
        views.append(
            IndicatorView(
                level1,
                level2,
                row.level3 or "",
                row.described or "",
                row.target or "",
                row.weight or "",
                row.actual or "",
                row.score or "",
                row.reason or "",
                starts,
                starts or level2 != above2,
                Extras(row.extra),
            )
        )
        above1, above2 = level1, level2
    return views

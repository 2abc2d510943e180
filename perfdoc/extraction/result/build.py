"""Claims → Reading: the Document and the place of each of its values, built once from what was claimed."""

from collections.abc import Iterable, Sequence
from typing import Any

from perfdoc.extraction.result.claims import Settled
from perfdoc.extraction.result.project import Project
from perfdoc.form_definition import Form
from perfdoc.model import Document, Execution
from perfdoc.report import Claim, Diagnostic, Path, Place, Reading

_OF_INDICATOR = 5
"""Steps to a field of an indicator: `("projects", 0, "indicators", 3, "target")`."""


def built(
    said: Iterable[Settled],
    projects: Sequence[Project],
    diagnostics: Iterable[Diagnostic],
    form: Form | None,
    default: Form | None,
) -> Reading:
    """The reading of a file. A text has its place where it begins.

    `form` is the form that was found; without one, a heading that the `default` form would derive is left out.
    """
    claims: list[Claim] = []
    places: dict[Path, Place] = {}
    records = _Records(projects)
    for claim, value, goes_on in said:
        _, place, text, path = claim
        if text and not text.isspace():
            claims.append(claim)
        if not path:
            continue
        if value is None:
            if not text:
                places.setdefault(path, place)  # where a value would stand that is not written at all
            continue
        if not goes_on:
            places[path] = place
        if not (len(path) == _OF_INDICATOR and path[2] == "indicators"):
            records.put(path, value, goes_on=goes_on)
    document = records.document(form)
    document = _plain_headings(document, default) if form is None else form.normal(document)
    ordered = tuple(sorted(diagnostics, key=lambda one: one.place.order))
    return Reading(document, places, ordered, tuple(claims))


class _Records:
    """The values of a Document as pydantic takes them, in records that stand where a path leads."""

    def __init__(self, projects: Sequence[Project]) -> None:
        self.projects = projects
        self.of_projects = [_project(one) for one in projects]
        self.top: dict[str, Any] = {"form": None, "title": None, "projects": self.of_projects}

    def put(self, path: Path, text: str, *, goes_on: bool) -> None:
        """Put a text in its record, or behind what stands there."""
        record: Any = self.top
        for step in path[:-1]:
            record = record[step]
        name = path[-1]
        record[name] = f"{record[name]}\n{text}" if goes_on else text

    def document(self, form: Form | None) -> Document:
        """The Document of all that was put; `form` tells the bookmark that goes with an anchor which stands alone."""
        for n, (record, project) in enumerate(zip(self.of_projects, self.projects, strict=True)):
            section = form.section(n + 1) if form is not None and project.anchor else ""
            record["bookmarks"] = project.bookmarks or ((section, project.anchor) if section else None)
            record["indicators"] = tuple(record["indicators"])
        return Document.model_validate({**self.top, "projects": tuple(self.of_projects)})


def _project(project: Project) -> dict[str, Any]:
    """The record of a project with its indicators, and with nothing else in it but the records within it."""
    groups: dict[str, Any] = {name: {} for name in ("agency", "budget", "extra")}
    groups["execution"] = {name: {} for name in Execution.model_fields}
    return {**groups, "indicators": [{**texts, "extra": {}} for texts in project.records]}


def _plain_headings(document: Document, default: Form | None) -> Document:
    if default is None:
        return document
    projects = []
    for position, project in enumerate(document.projects, 1):
        bare = project.model_copy(update={"heading": None})
        projects.append(bare if project.heading == default.heading_of(bare, position) else project)
    return document.model_copy(update={"projects": tuple(projects)})

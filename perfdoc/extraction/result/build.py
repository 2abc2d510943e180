"""Claims → Reading: the Document and the place of each of its values, built once from what was claimed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from perfdoc.extraction.result.claims import Said
from perfdoc.extraction.result.project import Project
from perfdoc.form_definition import Form
from perfdoc.model import Document
from perfdoc.report import Claim, Diagnostic, Path, Place, Reading


def built(
    said: Iterable[Claim | Said],
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
    for one in said:
        claim, value, goes_on = (one, one.text, False) if isinstance(one, Claim) else one
        _, place, text, path = claim
        if text and not text.isspace():
            claims.append(claim)
        if not path:
            continue
        if value is None:
            if not text:
                places.setdefault(path, place)  # where a value would stand that is not written at all
            continue
        records.put(path, value, goes_on)
        if not goes_on:
            places[path] = place
    document = records.document(form)
    document = _plain_headings(document, default) if form is None else form.normal(document)
    ordered = tuple(sorted(diagnostics, key=lambda one: one.place.order))
    return Reading(document, places, ordered, tuple(claims))


class _Records:
    """The values of a Document as pydantic takes them."""

    def __init__(self, projects: Sequence[Project]) -> None:
        self.projects = projects
        self.top: dict[str, Any] = {"form": None, "title": None}
        self.of_projects: list[dict[str, Any]] = [{} for _ in projects]
        self.indicators: list[list[dict[str, Any]]] = [[{} for _ in range(one.indicators)] for one in projects]

    def put(self, path: Path, text: str, goes_on: bool) -> None:
        """Put a text in its record, or behind what stands there."""
        record, steps = self._record(path)
        for step in steps[:-1]:
            record = record.setdefault(step, {})
        name = steps[-1]
        record[name] = f"{record[name]}\n{text}" if goes_on else text

    def _record(self, path: Any) -> tuple[dict[str, Any], tuple[str, ...]]:
        """The record that a path leads to, and the way to go within it."""
        if len(path) == 1:
            return self.top, path
        if path[2] == "indicators":
            return self.indicators[path[1]][path[3]], path[4:]
        return self.of_projects[path[1]], path[2:]

    def document(self, form: Form | None) -> Document:
        """The Document of all that was put; `form` tells the bookmark that goes with an anchor which stands alone."""
        for n, (record, project) in enumerate(zip(self.of_projects, self.projects, strict=True)):
            section = form.section(n + 1) if form is not None and project.anchor else ""
            record["bookmarks"] = project.bookmarks or ((section, project.anchor) if section else None)
            record["indicators"] = tuple(self.indicators[n])
        return Document.model_validate({**self.top, "projects": tuple(self.of_projects)})


def _plain_headings(document: Document, default: Form | None) -> Document:
    if default is None:
        return document
    projects = []
    for position, project in enumerate(document.projects, 1):
        bare = project.model_copy(update={"heading": None})
        projects.append(bare if project.heading == default.heading_of(bare, position) else project)
    return document.model_copy(update={"projects": tuple(projects)})

"""Claims → Reading: the Document and the place of each of its values, built once from what was claimed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from perfdoc.extraction.result.claims import Said
from perfdoc.extraction.result.project import Project
from perfdoc.form_definition import Form
from perfdoc.model import Document
from perfdoc.report import Claim, Diagnostic, Path, Place, Reading

_TITLE: Path = ("title",)


def built(
    said: Iterable[Said],
    projects: Sequence[Project],
    diagnostics: Iterable[Diagnostic],
    form: Form | None,
    default: Form | None,
) -> Reading:
    """The reading of a file. A text has its place where it begins.

    `form` is the form that was found; without one, a heading that the `default` form would derive is left out.
    """
    claims: list[Claim] = []
    texts: dict[Path, str] = {}
    places: dict[Path, Place] = {}
    for claim, value, goes_on in said:
        if claim.text and not claim.text.isspace():
            claims.append(claim)
        path = claim.path
        if value is None:
            if path and not claim.text:
                places.setdefault(path, claim.place)  # where a value would stand that is not written at all
            continue
        if goes_on:
            texts[path] = f"{texts[path]}\n{value}"
        else:
            texts[path], places[path] = value, claim.place
    document = _document(texts, projects, form)
    document = _plain_headings(document, default) if form is None else form.normal(document)
    ordered = tuple(sorted(diagnostics, key=lambda one: one.place.order))
    return Reading(document, places, ordered, tuple(claims))


def _document(texts: Mapping[Path, str], projects: Sequence[Project], form: Form | None) -> Document:
    records: list[dict[str, Any]] = [{} for _ in projects]
    indicators: list[list[dict[str, Any]]] = [[{} for _ in range(one.indicators)] for one in projects]
    for path, text in texts.items():
        if path == _TITLE:
            continue
        position: Any = path[1]
        record, steps = records[position], path[2:]
        if steps[0] == "indicators":
            number: Any = steps[1]
            record, steps = indicators[position][number], steps[2:]
        for step in steps[:-1]:
            record = record.setdefault(str(step), {})
        record[str(steps[-1])] = text
    for n, project in enumerate(projects):
        section = form.section(n + 1) if form is not None and project.anchor else ""
        records[n]["bookmarks"] = project.bookmarks or ((section, project.anchor) if section else None)
        records[n]["indicators"] = tuple(indicators[n])
    return Document.model_validate({"form": None, "title": texts.get(_TITLE), "projects": tuple(records)})


def _plain_headings(document: Document, default: Form | None) -> Document:
    if default is None:
        return document
    projects = []
    for position, project in enumerate(document.projects, 1):
        bare = project.model_copy(update={"heading": None})
        projects.append(bare if project.heading == default.heading_of(bare, position) else project)
    return document.model_copy(update={"projects": tuple(projects)})

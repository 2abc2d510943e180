"""What stands in the way of a Document becoming a Word file of a form, said before anything is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from perfdoc.form import Form
from perfdoc.model import Document, Indicator, Project, texts
from perfdoc.render.template import template_of
from perfdoc.render.text import UNHOLDABLE, names_of, shown
from perfdoc.report import Diagnostic, Path, Place, Reading, Severity

_NAME = re.compile(r"[^\W\d]\w{0,39}")
"""A bookmark's name as Word takes it: a letter or `_`, then letters, digits and `_`, 40 characters at most."""


def faults(reading: Reading, form: Form) -> tuple[Diagnostic, ...]:
    """Everything about a Document that a Word file of the form can't hold, each with its place.

    PD070 (error): a character that no Word file holds. PD071 (warning): a value that the form has no place
    for. PD072 (error): a bookmark's name that Word does not take, or that stands twice. FormError where the
    form's template is not sound.
    """
    document = reading.document
    known = variables(form)
    found: list[Diagnostic] = []
    for path, variable, text in _values(document):
        if UNHOLDABLE.search(text):
            found.append(
                Diagnostic(
                    "PD070",
                    Severity.error,
                    f"a Word file can't hold {names_of(text)}; remove it from {variable}",
                    _place(reading.places, path),
                    shown(text),
                    path,
                )
            )
        if variable not in known:
            found.append(
                Diagnostic(
                    "PD071",
                    Severity.warning,
                    f"form {form.name} has no place for {variable}; its text is left out",
                    _place(reading.places, path),
                    shown(text),
                    path,
                )
            )
    found.extend(_bookmarks(document, form, reading.places))
    return tuple(found)


def variables(form: Form) -> frozenset[str]:
    """The names that a form's template prints or asks for: `document.title`, `project.budget.total`, ….

    A template calls its loops' variables `project` and `indicator`. FormError where it is not sound.
    """
    return template_of(form).variables


def misnamed(pairs: Iterable[tuple[str, str]]) -> bool:
    """Whether the name of a bookmark would make the file unsound: one that Word does not take, or takes twice."""
    names = [name for pair in pairs for name in pair]
    return len({name.casefold() for name in names}) < len(names) or not all(map(_NAME.fullmatch, names))


def _values(document: Document) -> Iterator[tuple[Path, str, str]]:
    """Path, variable and text of every value that is not empty, in the document's order."""
    if document.title:
        yield ("title",), "document.title", document.title
    for number, project in enumerate(document.projects):
        yield from _of_project(("projects", number), project)


def _of_project(path: Path, project: Project) -> Iterator[tuple[Path, str, str]]:
    yield from _of_record(path, "project", project)
    for number, indicator in enumerate(project.indicators):
        yield from _of_record((*path, "indicators", number), "indicator", indicator)


def _of_record(path: Path, record: str, of: Project | Indicator) -> Iterator[tuple[Path, str, str]]:
    for steps, text in texts(of):
        if text:
            yield (*path, *steps), ".".join((record, *map(shown, steps))), text


def _bookmarks(document: Document, form: Form, places: Mapping[Path, Place]) -> Iterator[Diagnostic]:
    pairs = form.bookmarks_of(document)
    if not misnamed(pairs):
        return
    seen: dict[str, str] = {}
    for number, pair in enumerate(pairs):
        for which, name in enumerate(pair):
            path: Path = ("projects", number, "bookmarks", which)
            if not _NAME.fullmatch(name):
                fault = "is not one that Word takes: a letter or _ first, then letters, digits and _, 40 at most"
            elif name.casefold() in seen:
                fault = f"stands twice: Word takes it for the same as {seen[name.casefold()]!r}"
            else:
                seen[name.casefold()] = name
                continue
            message = f"the bookmark {shown(name)!r} {fault}"
            yield Diagnostic("PD072", Severity.error, message, _place(places, path), shown(name), path)


def _place(places: Mapping[Path, Place], path: Path) -> Place:
    """The place of a value, or of the nearest thing around it that has one."""
    for end in range(len(path), -1, -1):
        if path[:end] in places:
            return places[path[:end]]
    return Place("document")

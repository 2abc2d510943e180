"""Models as the canonical text of their files."""

from __future__ import annotations

from collections.abc import Sequence

from perfdoc.model import Document, Project
from perfdoc.specs.lines import Line, lines_of, text_of
from perfdoc.specs.listing import Listing, listing

KEPT_IN_LISTING = frozenset({"heading", "bookmarks"})
"""Fields of a Project that are keys of `document.yaml`, not of the project's own file."""


def dump_project(project: Project) -> str:
    """The canonical text of a project file. `heading` and `bookmarks` are not in it: see `dump_document`.

    ContentLostError, naming the path, for a character that YAML can't hold (half of a surrogate pair).
    """
    return text_of(record_lines(project))


def dump_document(document: Document, names: Sequence[str]) -> str:
    """The canonical text of `document.yaml` for a document whose projects are in files of these names."""
    return text_of(record_lines(listing(document, tuple(names))))


def record_lines(record: Project | Listing) -> list[Line]:
    """The lines of a file's record, in the model's order."""
    if isinstance(record, Project):
        return lines_of(record, "project")
    lines = lines_of(record, "document")
    if not record.projects:
        lines.append(Line(("projects",), "", "projects: []", ""))  # what a document can't be without
    return lines

"""Names of project files: safe on Windows, Linux, in zips and on the command line, and stable."""

from __future__ import annotations

from collections.abc import Sequence

from perfdoc.model import Document
from perfdoc.specs.emit import dump_document, dump_project
from perfdoc.specs.listing import LISTING
from perfdoc.storage.naming import safe


def file_name(project_name: str, position: int, count: int) -> str:
    """The file of the project at `position` (from 1) of `count`: `01-<project name>.yaml`, its name made safe."""
    text = safe(project_name)
    number = f"{position:0{max(2, len(str(count)))}}"
    return f"{number}-{text}.yaml" if text else f"{number}.yaml"


def file_names(document: Document) -> tuple[str, ...]:
    """The files of a document's projects, in order; all different, whatever the projects are called."""
    count = len(document.projects)
    return tuple(file_name(p.name or "", at, count) for at, p in enumerate(document.projects, 1))


def files(document: Document, names: Sequence[str] | None = None) -> dict[str, str]:
    """A whole folder: file name → canonical text, `document.yaml` first, then one file a project.

    `names` are the project files' names where they are to be kept; derived from the projects otherwise.
    """
    chosen = tuple(names) if names is not None else file_names(document)
    folder = {LISTING: dump_document(document, chosen)}
    folder.update(zip(chosen, map(dump_project, document.projects), strict=True))
    return folder

"""Names of project files: safe on Windows, Linux, in zips and on the command line, and stable."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from perfdoc.model import Document
from perfdoc.specs.emit import dump_document, dump_project
from perfdoc.specs.listing import LISTING

_MOST_BYTES = 120  # ext4 and zip allow 255; a folder before it and a sync tool's suffix must fit too
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')


def safe(name: str) -> str:
    """`name` without what Windows or a zip can't hold in one, of at most 120 bytes; `""` if nothing is left.

    What they can't hold becomes `-`, white space one space, what can't be seen goes, dots at the ends too.
    """
    text = _FORBIDDEN.sub("-", unicodedata.normalize("NFC", name))
    text = " ".join("".join(char for char in text if char.isspace() or not _unseen(char)).split())
    return text.encode()[:_MOST_BYTES].decode(errors="ignore").strip(" .")


def file_name(project_name: str, position: int, count: int) -> str:
    """The file of the project at `position` (from 1) of `count`: `01-<project name>.yaml`, its name made safe."""
    text = safe(project_name)
    number = f"{position:0{max(2, len(str(count)))}}"
    return f"{number}-{text}.yaml" if text else f"{number}.yaml"


def _unseen(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Cn", "Co")


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

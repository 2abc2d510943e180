"""A document's folder as its files: names of project files, the texts of a Document, what document.yaml names."""

import hashlib
import os.path
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from perfdoc.errors import SpecError
from perfdoc.model import Document
from perfdoc.report import Diagnostic, Place, Reading, Severity
from perfdoc.specs.emit import dump_document, dump_project
from perfdoc.specs.folder import inside, read_text, sound_names
from perfdoc.specs.listing import LISTING
from perfdoc.storage.content import all_of
from perfdoc.storage.naming import safe
from perfdoc.storage.walk import YAML
from perfdoc.texts import say
from perfdoc.yamltree import MOST_BYTES, parse


def file_name(project_name: str, position: int, count: int) -> str:
    """The file of the project at `position` (from 1) of `count`: `01-<project name>.yaml`.

    Its name is made safe on Windows, on Linux, in zips and on the command line.
    """
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


def digest(document: Document) -> str:
    """SHA-256, in hexadecimal, of a document's canonical files one behind the other, as `files` has them.

    Neither comments nor the names that its files have in a folder change it, nor the form that it names, which says
    nothing of its contents. ContentLostError as of `dump_project`.
    """
    texts = files(document.model_copy(update={"form": None}))
    return hashlib.sha256("".join(texts.values()).encode()).hexdigest()


def names_of(reading: Reading, folder: Path) -> tuple[str, ...]:
    """The project files' names, relative to `folder`, as document.yaml has them."""
    files = [reading.places["projects", index].file for index in range(len(reading.document.projects))]
    return tuple(os.path.relpath(file, folder).replace(os.sep, "/") for file in files)


def texts_of(document: Document, names: tuple[str, ...], alone: bool) -> dict[str, str]:
    """The canonical texts of a document under these names, without document.yaml for a project `alone`."""
    texts = files(document, names if len(names) == len(document.projects) else None)
    if alone:
        del texts[LISTING]
    return texts


def standing(folder: str) -> dict[str, bytes]:
    """The YAML files in a folder of a store, by name. OSError where it can't be reached; none where it is not there."""
    return all_of(folder, YAML, MOST_BYTES)


class Listed(NamedTuple):
    """What a document.yaml names, nothing else of it looked at: its form, the project files that are there, faults."""

    form: str | None
    names: tuple[str, ...]
    faults: tuple[Diagnostic, ...]


def listed_files(folder: Path) -> Listed | None:
    """What the folder's document.yaml names; None where it is not there or not YAML at all. SpecError as read_text."""
    path = folder / LISTING
    if not path.is_file():
        return None
    file = path.as_posix()
    tree = parse(read_text(path), file)
    if tree.diagnostics:
        return None
    faults: list[Diagnostic] = []
    names: list[str] = []
    for index, name in sound_names(tree, file, faults):
        try:
            inside(folder, name)
            names.append(name)
        except FileNotFoundError:
            place = Place(file, *tree.marks["projects", index, "spec"])
            faults.append(Diagnostic("PD013", Severity.error, say("specs.no_file", name=name), place))
        except SpecError as error:
            faults.extend(error.diagnostics)
    form = tree.value.get("form") if isinstance(tree.value, dict) else None
    return Listed(form if isinstance(form, str) and form else None, tuple(names), tuple(faults))

"""A document's folder as its files: what document.yaml names, and the texts of a Document under given names."""

from __future__ import annotations

import os.path
from pathlib import Path
from typing import NamedTuple

from perfdoc.errors import SpecError
from perfdoc.model import Document
from perfdoc.report import Diagnostic, Place, Reading, Severity
from perfdoc.specs.commented import with_comments
from perfdoc.specs.comments import gather
from perfdoc.specs.emit import lines_of
from perfdoc.specs.folder import inside, read_text, sound_names
from perfdoc.specs.listing import LISTING, Entry, Listing
from perfdoc.specs.project_files import files
from perfdoc.specs.validate import record
from perfdoc.storage.content import all_of
from perfdoc.yamltree import MOST_BYTES, parse


def names_of(reading: Reading, folder: Path) -> tuple[str, ...]:
    """The project files' names, relative to `folder`, as document.yaml has them."""
    count = len(reading.document.projects)
    return tuple(
        os.path.relpath(reading.places["projects", index].file, folder).replace(os.sep, "/") for index in range(count)
    )


def texts_of(document: Document, names: tuple[str, ...], alone: bool) -> dict[str, str]:
    """The canonical texts of a document under these names, without document.yaml for a project `alone`."""
    texts = files(document, names if len(names) == len(document.projects) else None)
    if alone:
        del texts[LISTING]
    return texts


def standing(folder: str) -> dict[str, bytes]:
    """The YAML files in a folder of a store, by name. OSError where it can't be reached; none where it is not there."""
    return all_of(folder, (".yaml", ".yml"), MOST_BYTES)


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
            faults.append(Diagnostic("PD013", Severity.error, f"there is no file {name}", place))
        except SpecError as error:
            faults.extend(error.diagnostics)
    form = tree.value.get("form") if isinstance(tree.value, dict) else None
    return Listed(form if isinstance(form, str) and form else None, tuple(names), tuple(faults))


def with_entry(text: str, name: str) -> str:
    """The text of a sound document.yaml with one project more, its comments where they were."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    listing, _ = record(Listing, parse(plain, LISTING), LISTING)
    assert listing is not None  # it was loaded before
    more = listing.model_copy(update={"projects": (*listing.projects, Entry(spec=name))})
    return with_comments(lines_of(more), gather(plain))

"""The documents that a verb is given: a folder, a project's file, or `-` for a project on standard input."""

from __future__ import annotations

import os.path
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from perfdoc.cli.inputs import STDIN, bytes_of, name_of

if TYPE_CHECKING:
    from perfdoc.report import Reading


class Given(NamedTuple):
    """A document, where it came from, and what its files are called.

    `names` are the project files' names, relative to `folder`; `alone` marks a project's file by itself,
    which has no document.yaml of its own. `stem` is what an output of it is called.
    """

    shown: str
    reading: Reading
    folder: Path
    names: tuple[str, ...]
    alone: bool
    stem: str

    def texts(self) -> dict[str, str]:
        """The canonical text of each of its files, by name; document.yaml only where it has one."""
        return texts_of(self.reading.document, self.names, self.alone)


def load_given(given: str) -> Given:
    """The document of a path or `-`. Raises SpecError with every fault of every file."""
    from perfdoc import spec

    if given == STDIN:
        from perfdoc.yamltree import decode

        shown = name_of(given)
        reading = spec.load_project(decode(bytes_of(given), shown), shown)
        return Given(shown, reading, Path(), ("stdin.yaml",), True, "stdin")
    path = Path(given)
    reading = spec.load(path)
    if path.is_dir() or path.name == spec.LISTING:
        folder = path if path.is_dir() else path.parent
        return Given(given, reading, folder, names_of(reading, folder), False, folder.resolve().name or "document")
    form = _form_beside(path)
    if form is not None:
        from dataclasses import replace

        reading = replace(reading, document=reading.document.model_copy(update={"form": form}))
    return Given(given, reading, path.parent, (path.name,), True, path.stem)


def names_of(reading: Reading, folder: Path) -> tuple[str, ...]:
    """The project files' names as document.yaml has them."""
    count = len(reading.document.projects)
    return tuple(
        os.path.relpath(reading.places["projects", index].file, folder).replace(os.sep, "/") for index in range(count)
    )


def texts_of(document: object, names: tuple[str, ...], alone: bool) -> dict[str, str]:
    """`spec.files` of a document under these names, without document.yaml for a project `alone`."""
    from perfdoc import spec
    from perfdoc.model import Document

    assert isinstance(document, Document)
    texts = spec.files(document, names if len(names) == len(document.projects) else None)
    if alone:
        del texts[spec.LISTING]
    return texts


def _form_beside(path: Path) -> str | None:
    """The form of the document.yaml beside a project's file, if it lists the file; a broken one lists nothing."""
    from perfdoc import spec
    from perfdoc.errors import SpecError

    listing = path.parent / spec.LISTING
    if not listing.is_file():
        return None
    try:
        form, names = listed(listing)
    except SpecError:
        return None
    return form if path.name in names else None


def listed(listing: Path) -> tuple[str | None, list[str]]:
    """The form and the project files that a document.yaml names, nothing else of it looked at.

    Raises SpecError where it is not YAML at all.
    """
    from perfdoc.errors import SpecError
    from perfdoc.yamltree import decode, parse

    file = listing.as_posix()
    tree = parse(decode(bytes_of(str(listing)), file), file)
    if tree.diagnostics:
        raise SpecError(diagnostics=tree.diagnostics)
    value = tree.value if isinstance(tree.value, dict) else {}
    projects = value.get("projects")
    entries = projects if isinstance(projects, list) else []
    names = [entry.get("spec") for entry in entries if isinstance(entry, dict)]
    form = value.get("form")
    return (
        form if isinstance(form, str) and form else None,
        [name for name in names if isinstance(name, str) and name],
    )

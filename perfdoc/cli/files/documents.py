"""The documents that a verb is given: a folder, a project's file, or `-` for a project on standard input."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from perfdoc.cli.files.inputs import STDIN, bytes_of, name_of
from perfdoc.importing.folder import names_of, standing
from perfdoc.storage.paths import base, is_url, joined

if TYPE_CHECKING:
    from perfdoc.report import Diagnostic, Reading


_DEEPEST = 100  # folders in folders; a store may list more without end


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
    from perfdoc import specs

    if given == STDIN:
        from perfdoc.yamltree import decode

        shown = name_of(given)
        reading = specs.load_project(decode(bytes_of(given), shown), shown)
        return Given(shown, reading, Path(), ("stdin.yaml",), True, "stdin")
    if is_url(given):
        return _by_url(given)
    path = Path(given)
    reading = specs.load(path)
    if path.is_dir() or path.name == specs.LISTING:
        folder = path if path.is_dir() else path.parent
        return Given(given, reading, folder, names_of(reading, folder), False, folder.resolve().name or "document")
    form = _form_beside(path)
    if form is not None:
        from dataclasses import replace

        reading = replace(reading, document=reading.document.model_copy(update={"form": form}))
    return Given(given, reading, path.parent, (path.name,), True, path.stem)


def _by_url(given: str) -> Given:
    """The document of a folder in a store, of its document.yaml, or of a project's file there."""
    from perfdoc import specs
    from perfdoc.errors import UnreadableError
    from perfdoc.yamltree import decode

    name = base(given)
    if name.lower().endswith((".yaml", ".yml")) and name != specs.LISTING:
        reading = specs.load_project(decode(bytes_of(given), given), given)
        return Given(given, reading, Path(), (name,), True, Path(name).stem)
    folder = given.rpartition("/")[0] if name == specs.LISTING else given.rstrip("/")
    try:
        texts = {own: decode(data, joined(folder, own)) for own, data in standing(folder).items()}
    except OSError as error:
        raise UnreadableError(f"{given}: {error.strerror or error}") from error
    reading = specs.load_files(texts, folder)
    return Given(given, reading, Path(folder), names_of(reading, Path(folder)), False, base(folder) or "document")


def folders_below(given: str) -> Iterator[tuple[str, str]]:
    """The folders with a document.yaml: the one that is given, a path or a URL, and those below it, in order.

    Each with its way from the given one, with slashes, "" for that one itself. Hidden ones are left out. OSError
    where a store can't be looked into.
    """
    from perfdoc.cli.files.inputs import document_folders

    if not is_url(given):
        for path in document_folders(Path(given)):
            inside = path.relative_to(Path(given)).as_posix()
            yield str(path), "" if inside == "." else inside
        return
    from perfdoc import specs
    from perfdoc.storage import store

    waiting = [""]
    while waiting:
        inside = waiting.pop()
        folder = joined(given, inside).rstrip("/")
        found = store.listed(folder)
        if specs.LISTING in found.files:
            yield folder, inside
        deeper = [f"{inside}/{name}".lstrip("/") for name in reversed(found.folders) if not name.startswith(".")]
        waiting += deeper if inside.count("/") < _DEEPEST else []


def texts_of(document: object, names: tuple[str, ...], alone: bool) -> dict[str, str]:
    """`specs.files` of a document under these names, without document.yaml for a project `alone`."""
    from perfdoc import specs
    from perfdoc.model import Document

    assert isinstance(document, Document)
    texts = specs.files(document, names if len(names) == len(document.projects) else None)
    if alone:
        del texts[specs.LISTING]
    return texts


def _form_beside(path: Path) -> str | None:
    """The form of the document.yaml beside a project's file, if it lists the file; a broken one lists nothing."""
    from perfdoc.errors import SpecError

    try:
        listed = listed_files(path.parent)
    except SpecError:
        return None
    return listed.form if listed is not None and path.name in listed.names else None


class Listed(NamedTuple):
    """What a document.yaml names, nothing else of it looked at: its form, the project files that are there, faults."""

    form: str | None
    names: tuple[str, ...]
    faults: tuple[Diagnostic, ...]


def listed_files(folder: Path) -> Listed | None:
    """What the folder's document.yaml names; None where it is not there or not YAML at all."""
    from perfdoc import specs
    from perfdoc.errors import SpecError
    from perfdoc.report import Diagnostic, Place, Severity
    from perfdoc.yamltree import parse

    path = folder / specs.LISTING
    if not path.is_file():
        return None
    file = path.as_posix()
    tree = parse(specs.read_text(path), file)
    if tree.diagnostics:
        return None
    faults: list[Diagnostic] = []
    names: list[str] = []
    for index, name in specs.sound_names(tree, file, faults):
        try:
            specs.inside(folder, name)
            names.append(name)
        except FileNotFoundError:
            place = Place(file, *tree.marks["projects", index, "spec"])
            faults.append(Diagnostic("PD013", Severity.error, f"there is no file {name}", place))
        except SpecError as error:
            faults.extend(error.diagnostics)
    form = tree.value.get("form") if isinstance(tree.value, dict) else None
    return Listed(form if isinstance(form, str) and form else None, tuple(names), tuple(faults))

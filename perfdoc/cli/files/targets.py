"""The documents that the paths and URLs given to `check`, `score` and `summary` stand for, one by one."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import perfdoc
from perfdoc.checks.settings import Settings
from perfdoc.cli.files.checked import Forms, Job, Received, Specs
from perfdoc.cli.files.documents import folders_below
from perfdoc.cli.files.inputs import STDIN, bytes_of, document_folders, is_spec_name, name_of
from perfdoc.cli.terminal.printing import Printer
from perfdoc.errors import SpecError, UnreadableError
from perfdoc.specs import listed_files
from perfdoc.storage.paths import is_url
from perfdoc.storage.walk import files_in, is_folder
from perfdoc.yamltree import decode

_RECEIVED = (".docx", ".docm", ".dotx", ".xlsx", ".xlsm", ".xls", ".doc", ".wps", ".et", ".odt", ".ods", ".rtf")
_NOT_SPECS = ("document.yaml", "perfdoc.yaml", "perfdoc.yml")


class Drawn:
    """The documents that paths stand for, one by one as they are needed; folders first.

    What is wrong with a path is said when its turn comes, and its code is in `codes`.
    """

    def __init__(
        self, printer: Printer, paths: Sequence[str], settings: Callable[[Path], Settings], templates: Forms
    ) -> None:
        self.codes: list[int] = []
        self._printer, self._settings, self._templates = printer, settings, templates
        self._every = self._draw(dict.fromkeys(paths))

    def __iter__(self) -> Iterator[Job]:
        return self._every

    def __next__(self) -> Job:
        return next(self._every)

    def _draw(self, paths: Iterable[str]) -> Iterator[Job]:
        files: list[str] = []
        for path in paths:
            if is_url(path) or Path(path).is_dir():
                yield from self._attempted([path])
            else:
                files.append(path)
        yield from self._attempted(files)

    def _attempted(self, paths: Sequence[str]) -> Iterator[Job]:
        try:
            yield from jobs(paths, self._settings, self._templates)
        except Exception as error:
            self.codes.append(self._printer.failure(error, paths[0] if len(paths) == 1 else ""))


def count_jobs(paths: Sequence[str]) -> int:
    """How many documents paths stand for, or about: nothing is opened for it."""
    number = 0
    for path in dict.fromkeys(paths):
        if not is_url(path) and Path(path).is_dir():
            with contextlib.suppress(UnreadableError):
                number += sum(1 for _ in _in_folder(path, lambda _: Settings(), ()))
        else:
            number += 1
    return number


def _loose(folder: Path, files: list[str], settings: Settings, templates: Forms) -> Iterator[Job]:
    """Projects' files: those that a document.yaml beside them lists are looked at within their document."""
    try:
        listed = listed_files(folder)
    except SpecError:
        listed = None
    names = frozenset(listed.names) if listed else frozenset()
    together = [file for file in files if Path(file).name in names]
    if together:
        asked = frozenset((folder / Path(file).name).as_posix() for file in together)
        within = Specs(together[0], folder, settings, templates, asked)
        try:
            within.load()
        except SpecError:  # a fault in another file of the document must not hide what is in those asked for
            yield from (Specs(file, Path(file), settings, templates) for file in together)
        else:
            yield within
    for file in files:
        if file not in together:
            yield Specs(file, Path(file), settings, templates)


def jobs(paths: Sequence[str], settings: Callable[[Path], Settings], templates: Forms) -> Iterator[Job]:
    """The documents that paths stand for. Projects' files of one document are looked at together."""
    loose: dict[Path, list[str]] = {}
    for path in dict.fromkeys(paths):
        folder = Path(path)
        if is_url(path):
            yield from _in_store(path, settings(Path()), templates)
        elif path == STDIN:
            yield _standard_input(settings(Path()), templates)
        elif folder.is_dir():
            yield from _in_folder(path, settings, templates)
        elif is_spec_name(path) and folder.name != "document.yaml":
            loose.setdefault(folder.parent, []).append(path)
        elif folder.name == "document.yaml" and folder.exists():
            yield Specs(path, folder.parent, settings(folder.parent), templates)
        else:
            yield Received(path, path, settings(folder.parent), templates)
    for folder, files in loose.items():
        yield from _loose(folder, files, settings(folder), templates)


def _standard_input(settings: Settings, templates: Forms) -> Job:
    data, name = bytes_of(STDIN), name_of(STDIN)
    if perfdoc.reading.kind_of(data) in ("", "txt"):
        return Specs(name, Path(), settings, templates, text=decode(data, name))
    return Received(name, STDIN, settings, templates, data)


def _in_folder(path: str, settings: Callable[[Path], Settings], templates: Forms) -> Iterator[Job]:
    """Each document below a folder; where there is none, projects' files, then the files received."""
    found = False
    for folder in document_folders(Path(path)):
        found = True
        yield Specs(str(folder), folder, settings(folder), templates)
    if found:
        return
    for file in _files_below(path, (".yaml", ".yml")):
        if file.name not in _NOT_SPECS:
            found = True
            yield Specs(str(file), file, settings(file.parent), templates)
    for file in _files_below(path, _RECEIVED):
        found = True
        yield Received(str(file), str(file), settings(file.parent), templates)
    if not found:
        raise _nothing(path)


def _files_below(path: str, suffixes: tuple[str, ...]) -> Iterator[Path]:
    """The files below a folder whose names end so, those of a folder before those of its folders."""
    for root, inner, names in os.walk(path):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        for name in sorted(names):
            if name.lower().endswith(suffixes) and not name.startswith((".", "~$")):
                yield Path(root, name)


def _in_store(url: str, settings: Settings, templates: Forms) -> Iterator[Job]:
    """What a URL stands for: a document, those below it, or the files received below it."""
    if not is_folder(url):
        if is_spec_name(url):
            yield Specs(url, Path(), settings, templates, url=url.removesuffix("/document.yaml"))
        else:
            yield Received(url, url, settings, templates)
        return
    found = False
    for folder, _ in folders_below(url):
        found = True
        yield Specs(folder, Path(), settings, templates, url=folder)
    for one in () if found else files_in([url]):
        if one.path.lower().endswith(_RECEIVED):
            found = True
            yield Received(one.path, one.path, settings, templates)
    if not found:
        raise _nothing(url)


def _nothing(path: str) -> UnreadableError:
    return UnreadableError(
        f"{path}: there is no document.yaml, project file, Word or Excel file in this folder or below"
    )

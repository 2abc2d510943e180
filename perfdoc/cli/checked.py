"""What `perfdoc check` is given, as documents to look at: specs with their texts, and files received."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from perfdoc.cli.bounded import bounded
from perfdoc.cli.inputs import STDIN, bytes_of, document_folders, is_spec_name, name_of
from perfdoc.errors import SpecError, UnreadableError, UsageError
from perfdoc.report import Diagnostic

if TYPE_CHECKING:
    from perfdoc.check.report import Shown
    from perfdoc.check.settings import Settings
    from perfdoc.check.source import Source
    from perfdoc.form import Form
    from perfdoc.report import Reading

_RECEIVED = (".docx", ".docm", ".dotx", ".xlsx", ".xlsm", ".xls", ".doc", ".wps", ".et", ".odt", ".ods", ".rtf")
_NOT_SPECS = ("document.yaml", "perfdoc.yaml", "perfdoc.yml")

Forms = tuple[Path, ...]


@dataclass
class Specs:
    """A document's folder or a project's file. `only` are the files that were asked for, where not all of them were."""

    shown: str
    path: Path
    settings: Settings
    templates: Forms = ()
    only: frozenset[str] | None = None
    text: str | None = None
    texts: dict[str, str] = field(default_factory=dict)
    _loaded: tuple[dict[str, str], Reading] | None = None

    def __str__(self) -> str:
        return self.shown

    @property
    def listing(self) -> Path | None:
        """The `document.yaml`, None for a project's file by itself."""
        return self.path / "document.yaml" if self.text is None and self.path.is_dir() else None

    def load(self) -> Reading:
        """The document; its files are read once and then kept in `texts`. SpecError with every fault."""
        if self._loaded is None or self._loaded[0] is not self.texts:
            reading = self._load()
            self._loaded = (self.texts, reading)
        return self._loaded[1]

    def _load(self) -> Reading:
        from perfdoc import spec

        if self.listing is None:
            file = self.shown if self.text is not None else self.path.as_posix()
            if file not in self.texts:
                self.texts[file] = self.text if self.text is not None else spec.read_text(self.path)
            return spec.load_project(self.texts[file], file)
        folder, file = self.path, self.listing.as_posix()

        def read(name: str) -> str:
            inside = posixpath.join(posixpath.dirname(file), name)
            if inside not in self.texts:
                self.texts[inside] = spec.read_text(spec.inside(folder, name))
            return self.texts[inside]

        if file not in self.texts:
            self.texts[file] = spec.read_text(self.listing)
        return spec.load_document(self.texts[file], file, read, self._beside)

    @cached_property
    def _beside(self) -> list[str]:
        return sorted(each.name for each in self.path.iterdir() if each.suffix.lower() in (".yaml", ".yml"))

    def look(self) -> list[Shown]:
        """The findings in the texts as they are now, suppressed ones left out."""
        from perfdoc.check import findings
        from perfdoc.check.report import in_texts, name_hint, unsuppressed
        from perfdoc.form import form

        reading = self.load()
        chosen = form(reading.document.form, self.templates)
        hint = name_hint(str(self.path.resolve()) if self.text is None else "")
        found = findings(reading, chosen, self.settings, hint)
        sources = self.sources(frozenset(one.place.file for one in found))
        shown = unsuppressed(in_texts(found, sources), sources, self.settings)
        shown += as_shown([one for one in reading.diagnostics if self.settings.wants(one.code)], self.texts)
        return [one for one in shown if self.only is None or one.finding.place.file in self.only]

    def sources(self, wanted: frozenset[str]) -> dict[str, Source]:
        """The texts that something is found in, or that have comments for us."""
        from perfdoc.check.source import Source

        return {file: Source(text) for file, text in self.texts.items() if file in wanted or "perfdoc:" in text}


@dataclass
class Received:
    """A Word or Excel file, or any other that can be read; findings stand at its cells."""

    shown: str
    given: str
    settings: Settings
    templates: Forms = ()
    data: bytes = b""

    def __str__(self) -> str:
        return self.shown

    def load(self) -> tuple[Reading, Form | None]:
        """What the file says, and its form if it is a known one."""
        from perfdoc.extract import extract
        from perfdoc.form import forms
        from perfdoc.read import read

        self.data = self.data or bytes_of(self.given)
        known = forms(self.templates)
        with bounded(self.shown):
            reading = extract(read(self.data, self.shown), known)
        return reading, known.get(reading.document.form or "")

    def look(self, reading: Reading, form: Form | None) -> list[Shown]:
        """The findings at their cells."""
        from perfdoc.check import findings
        from perfdoc.check.report import in_cell, name_hint

        return [in_cell(one) for one in findings(reading, form, self.settings, name_hint(self.shown))]


Job = Specs | Received


def jobs(paths: Sequence[str], settings: Callable[[Path], Settings], templates: Forms) -> Iterator[Job]:
    """The documents that paths stand for. Projects' files of one document are looked at together."""
    loose: dict[Path, list[str]] = {}
    for path in dict.fromkeys(paths):
        folder = Path(path)
        if path == STDIN:
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
    from perfdoc.read import kind_of
    from perfdoc.yamltree import decode

    data, name = bytes_of(STDIN), name_of(STDIN)
    if kind_of(data) in ("", "txt"):
        return Specs(name, Path(), settings, templates, text=decode(data, name))
    return Received(name, STDIN, settings, templates, data)


def _in_folder(path: str, settings: Callable[[Path], Settings], templates: Forms) -> Iterator[Job]:
    folders = list(document_folders(Path(path)))
    for folder in folders:
        yield Specs(str(folder), folder, settings(folder), templates)
    if folders:
        return
    found: list[Path] = []
    for root, inner, names in os.walk(path):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        found += [Path(root) / name for name in sorted(names) if not name.startswith((".", "~$"))]
    specs = [file for file in found if file.suffix.lower() in (".yaml", ".yml") and file.name not in _NOT_SPECS]
    received = [file for file in found if file.suffix.lower() in _RECEIVED]
    if not specs and not received:
        raise UnreadableError(
            f"{path}: there is no document.yaml, project file, Word or Excel file in this folder or below"
        )
    for file in specs:
        yield Specs(str(file), file, settings(file.parent), templates)
    for file in received:
        yield Received(str(file), str(file), settings(file.parent), templates)


def _loose(folder: Path, files: list[str], settings: Settings, templates: Forms) -> Iterator[Job]:
    """Projects' files: those that a document.yaml beside them lists are looked at within their document."""
    from perfdoc.cli.documents import listed_files

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


def as_shown(found: Sequence[Diagnostic], texts: Mapping[str, str]) -> list[Shown]:
    """Faults of a spec that can't be loaded, shown as findings are."""
    from perfdoc.check.finding import Finding
    from perfdoc.check.report import Shown
    from perfdoc.check.source import Source

    shown = []
    for one in found:
        line = Source(texts[one.place.file]).line(one.place.line) if one.place.file in texts else ""
        column = max(one.place.column - 1, 0)
        both = (one.message, one.message)
        finding = Finding(one.code, one.severity, one.path, one.place, one.quote, None, both)
        shown.append(Shown(finding, line, (column, column + 1)))
    return shown


def only_one(found: Sequence[Job], what: str) -> Job:
    """The one document that was given; UsageError for several."""
    if len(found) != 1:
        raise UsageError(f"{what} is for one document, here are {len(found)}")
    return found[0]

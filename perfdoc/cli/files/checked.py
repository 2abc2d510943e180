"""What `check`, `score` and `summary` look at: specs with their texts, and files received."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import perfdoc
from perfdoc import specs
from perfdoc.checks import findings
from perfdoc.checks.finding import Finding
from perfdoc.checks.report import Shown, in_cell, in_texts, name_hint, unsuppressed
from perfdoc.checks.settings import Settings
from perfdoc.checks.source import Source
from perfdoc.cli.files.batch import bounded
from perfdoc.cli.files.inputs import bytes_of, folder_of, is_spec_name, texts_at
from perfdoc.form_definition import Form
from perfdoc.layout import Layout
from perfdoc.report import Diagnostic, Place, Reading, Thread
from perfdoc.reviews import threads_at, threads_of
from perfdoc.storage.paths import base

Forms = tuple[Path, ...]
Read = Callable[[bytes, str], Layout]


@dataclass
class Specs:
    """A document's folder or a project's file. `only` are the files that were asked for, where not all of them were.

    One in a store has a `url`, and no path.
    """

    shown: str
    path: Path
    settings: Settings
    templates: Forms = ()
    only: frozenset[str] | None = None
    text: str | None = None
    url: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    _loaded: tuple[dict[str, str], Reading] | None = None

    def __str__(self) -> str:
        return self.shown

    def __getstate__(self) -> dict[str, object]:
        """What goes to another process: not what was loaded, which it can load itself."""
        return {**self.__dict__, "texts": {}, "_loaded": None}

    @property
    def near(self) -> Path | None:
        return folder_of(self.url or str(self.path))

    def load(self, read: Read = perfdoc.read) -> Reading:
        """The document; its files are read once and then kept in `texts`. SpecError with every fault."""
        if self._loaded is None or self._loaded[0] is not self.texts:
            reading = self._load()
            self._loaded = (self.texts, reading)
        return self._loaded[1]

    def _load(self) -> Reading:
        name = self.url or self.shown
        if self.text is not None:
            self.texts.setdefault(name, self.text)
        elif not self.url:
            return specs.load(self.path, self.texts)
        elif not self.texts:
            self.texts |= texts_at(self.url)
        if self.text is not None or is_spec_name(name):
            return specs.load_project(self.texts[name], name)
        return specs.load_files({base(name): text for name, text in self.texts.items()}, self.url)

    def threads(self) -> Sequence[Thread]:
        return threads_at(self.load(), self.texts)

    def asks(self, place: Place | None) -> bool:
        """Whether what stands at a place was asked for, where not all files of the document were."""
        return self.only is None or place is None or place.file in self.only

    def look(self) -> list[Shown]:
        """The findings in the texts as they are now, suppressed ones left out."""
        reading = self.load()
        chosen = perfdoc.form(reading.document.form, self.templates, self.near)
        hint = name_hint(self.url or (str(self.path.resolve()) if self.text is None else ""))
        found = findings(reading, chosen, self.settings, hint)
        sources = self.sources(frozenset(one.place.file for one in found))
        shown = unsuppressed(in_texts(found, sources), sources, self.settings)
        shown += as_shown([one for one in reading.diagnostics if self.settings.wants(one.code)], self.texts)
        return [one for one in shown if self.asks(one.finding.place)]

    def forget(self) -> None:
        """Let go of what was loaded: a run over many documents keeps none of them."""
        self.texts, self._loaded = {}, None

    def sources(self, wanted: frozenset[str]) -> dict[str, Source]:
        """The texts that something is found in, or that have comments for us."""
        return {file: Source(text) for file, text in self.texts.items() if file in wanted or "perfdoc:" in text}


@dataclass
class Received:
    """A Word or Excel file, or any other that can be read; findings stand at its cells."""

    shown: str
    given: str
    settings: Settings
    templates: Forms = ()
    data: bytes = b""
    _loaded: tuple[Reading, Form | None] | None = None

    def __str__(self) -> str:
        return self.shown

    def load(self, read: Read = perfdoc.read) -> Reading:
        return self._known(read)[0]

    def _known(self, read: Read = perfdoc.read) -> tuple[Reading, Form | None]:
        if self._loaded is None:
            self.data = self.data or bytes_of(self.given)
            known = perfdoc.forms(self.templates, folder_of(self.given))
            with bounded(self.shown):
                reading = perfdoc.extract(read(self.data, self.shown), known)
            self._loaded = reading, known.get(reading.document.form or "")
        return self._loaded

    def look(self) -> list[Shown]:
        return [in_cell(one) for one in findings(*self._known(), self.settings, name_hint(self.shown))]

    def threads(self) -> Sequence[Thread]:
        return threads_of(self.load())

    def asks(self, place: Place | None) -> bool:
        return True

    def forget(self) -> None:
        self.data, self._loaded = b"", None


Job = Specs | Received


def as_shown(found: Sequence[Diagnostic], texts: Mapping[str, str]) -> list[Shown]:
    """Faults of a spec that can't be loaded, shown as findings are."""
    shown = []
    for one in found:
        line = Source(texts[one.place.file]).line(one.place.line) if one.place.file in texts else ""
        column = max(one.place.column - 1, 0)
        finding = Finding(one.code, one.severity, one.path, one.place, one.quote, None, one.message)
        shown.append(Shown(finding, line, (column, column + 1)))
    return shown

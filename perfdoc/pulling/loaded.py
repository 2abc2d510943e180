"""A document that was loaded, with all that its files say beside it, and how it is loaded from this machine's files."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from perfdoc import specs
from perfdoc.errors import SpecError
from perfdoc.merging import Standing
from perfdoc.report import Reading, Thread
from perfdoc.reviews import threads_at
from perfdoc.specs import LISTING
from perfdoc.yamltree import decode


class Given(NamedTuple):
    """A document, where it came from, and what its files are called.

    `names` are the project files' names, relative to `folder`; `alone` marks a project's file by itself,
    which has no document.yaml of its own. `stem` is what an output of it is called. `sources` are the texts of its
    files as they stand, by the files' names in places.
    """

    shown: str
    reading: Reading
    folder: Path
    names: tuple[str, ...]
    alone: bool
    stem: str
    sources: Mapping[str, str]

    def texts(self) -> dict[str, str]:
        """The canonical text of each of its files, by name; document.yaml only where it has one."""
        return specs.texts_of(self.reading.document, self.names, self.alone)

    def threads(self) -> tuple[Thread, ...]:
        return threads_at(self.reading, self.sources)

    def standing(self) -> Standing:
        names = self.names if self.alone else (specs.LISTING, *self.names)
        texts = {one: specs.read_text(self.folder / one) for one in names}
        return Standing(self.reading.document, self.names, texts, [one.name for one in self.folder.iterdir()])


def loaded(given: str) -> Given:
    """The document of a folder, of its document.yaml, or of a project's file. SpecError with every fault."""
    path = Path(given)
    texts: dict[str, str] = {}
    reading = specs.load(path, texts)
    if path.is_dir() or path.name == specs.LISTING:
        folder = path if path.is_dir() else path.parent
        names = specs.names_of(reading, folder)
        return Given(given, reading, folder, names, False, folder.resolve().name or "document", texts)
    form = _form_beside(path)
    if form is not None:
        reading = replace(reading, document=reading.document.model_copy(update={"form": form}))
    return Given(given, reading, path.parent, (path.name,), True, path.stem, texts)


def _form_beside(path: Path) -> str | None:
    """The form of the document.yaml beside a project's file, if it lists the file."""
    listed = listed_in(path.parent)
    return listed.form if listed is not None and path.name in listed.names else None


def listed_in(folder: Path) -> specs.Listed | None:
    """What the document.yaml in a folder lists; None where there is none. A broken one lists nothing."""
    try:
        return specs.listed_files(folder)
    except SpecError:
        return None


class Source(NamedTuple):
    """A document, what it is called, and the review comments on it."""

    name: str
    reading: Reading
    threads: tuple[Thread, ...] = ()


def project_of_bytes(data: bytes, name: str) -> Source:
    text = decode(data, name)
    reading = specs.load_project(text, name)
    return Source(name, reading, threads_at(reading, {name: text}))


def folder_of_texts(texts: Mapping[str, bytes], shown: str) -> Source:
    """The document of a folder's YAML files, by their path within; only the files that it lists are decoded."""
    if LISTING not in texts:
        specs.load_files({}, shown)  # says so
    inside = shown.rstrip("/")
    listing = f"{inside}/{LISTING}"
    decoded = {listing: decode(texts[LISTING], listing)}

    def text_of(own: str) -> str:
        if own not in texts:
            raise FileNotFoundError(own)
        file = f"{inside}/{own}"
        return decoded.setdefault(file, decode(texts[own], file))

    beside = [own for own in texts if "/" not in own]
    reading = specs.load_document(decoded[listing], listing, text_of, beside)
    return Source(shown, reading, threads_at(reading, decoded))

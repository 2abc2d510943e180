"""A document written to its folder, of this machine or of a store: all files or none, what says the same untouched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from perfdoc import specs
from perfdoc.errors import SpecError
from perfdoc.importing.loss import Loss, loss, told
from perfdoc.model import Document
from perfdoc.report import Diagnostic, Place, Reading, Severity
from perfdoc.storage import store
from perfdoc.storage.paths import base, is_url, joined
from perfdoc.storage.putting import put
from perfdoc.storage.writing import Outcome, writable, write
from perfdoc.texts import say
from perfdoc.yamltree import decode


class Written(NamedTuple):
    """What became (or would become) of each file of a document's folder, and the files that are left over in it.

    `lost` says what goes with files that are replaced, "" where nothing does.
    """

    outcomes: Mapping[Path, Outcome] | Mapping[str, Outcome]
    left_over: tuple[Diagnostic, ...]
    lost: str = ""


def write_specs(
    folder: str, reading: Reading, *, force: bool = False, dry_run: bool = False, staging: str | None = None
) -> Written:
    """Write a document to its folder, a path or a URL; files that say the same already stay as they are.

    `staging` is a folder for files that are not yet in their places; a store needs one. In a store document.yaml is
    written last, and files that were put stay where a later one can't be. With `force` a file that differs is
    replaced; where that loses something which git has not, a copy stays beside it. Raises ConflictError where a file
    differs, without `force`; UsageError where one can't be written.
    """
    if is_url(folder):
        assert staging is not None
        return _put(folder, reading, force, dry_run, staging)
    path = Path(folder)
    there = _there(partial(specs.load, path / specs.LISTING), path, reading)
    texts = specs.files(reading.document, there.same_projects)
    same = {path / name for name, text in texts.items() if there.texts.get(name) == text}
    contents = {name: text.encode() for name, text in texts.items()}
    lost = _loss(folder, there, reading, contents, _standing(path, contents)) if force else None
    outcomes = write(
        {path / name: content for name, content in {**(lost.kept if lost else {}), **contents}.items()},
        force=force,
        dry_run=dry_run,
        same=lambda file, _: file in same,
        staging=Path(staging) if staging is not None else None,
    )
    left = (file.as_posix() for file in sorted(path.glob("*.yaml")) if file.name not in texts)
    return Written(outcomes, tuple(_left(left)), told(lost, folder, dry_run) if lost else "")


def has_specs(folder: str) -> bool:
    """Whether a folder, a path or a URL, has a document.yaml."""
    if is_url(folder):
        return store.exists(joined(folder, specs.LISTING))
    return Path(folder, specs.LISTING).is_file()


def _put(folder: str, reading: Reading, force: bool, dry_run: bool, staging: str) -> Written:
    with writable(folder):
        old = specs.standing(folder)
    there = _there(
        lambda: specs.load_files({name: decode(data, name) for name, data in old.items()}, folder),
        Path(folder),
        reading,
    )
    named = {name: text.encode() for name, text in specs.files(reading.document, there.same_projects).items()}
    lost = _loss(folder, there, reading, named, old) if force else None
    contents = {joined(folder, name): content for name, content in {**(lost.kept if lost else {}), **named}.items()}
    outcomes = put(
        contents,
        lambda url: old.get(base(url)),
        staging,
        force=force,
        dry_run=dry_run,
        same=lambda url, content: there.texts.get(base(url)) == content.decode("utf-8", "replace"),
    )
    left = (joined(folder, name) for name in sorted(old))
    left_over = tuple(_left(url for url in left if url not in contents))
    return Written(outcomes, left_over, told(lost, folder, dry_run) if lost else "")


class _There(NamedTuple):
    """What a folder says already: canonical texts by file, its document, its projects' files.

    `same_projects` are these where they name the same projects as what is written.
    """

    texts: Mapping[str, str]
    document: Document | None = None
    names: tuple[str, ...] = ()
    same_projects: tuple[str, ...] | None = None


def _there(load: Callable[[], Reading], folder: Path, reading: Reading) -> _There:
    try:
        given = load()
    except SpecError:  # also for a folder without document.yaml
        return _There({})
    names = specs.names_of(given, folder)
    same = [p.name for p in given.document.projects] == [p.name for p in reading.document.projects]
    return _There(specs.files(given.document, names), given.document, names, names if same else None)


def _standing(folder: Path, names: Iterable[str]) -> Mapping[str, bytes]:
    """The bytes of the files of these names that are there."""
    files = {name: folder / name for name in names}
    return {name: file.read_bytes() for name, file in files.items() if file.is_file()}


def _loss(
    folder: str, there: _There, reading: Reading, new: Mapping[str, bytes], old: Mapping[str, bytes]
) -> Loss | None:
    """What is lost with the files that differ from the new ones."""
    differing = {name: old[name] for name in new if name in old and old[name] != new[name]}
    replaced = {name: data for name, data in differing.items() if there.texts.get(name) != new[name].decode()}
    return loss(folder, there.document, reading.document, there.names, replaced)


def _left(files: Iterable[str]) -> list[Diagnostic]:
    message = say("importing.left")
    return [Diagnostic("PD016", Severity.warning, message, Place(file)) for file in files]

"""A document written to its folder, of this machine or of a store: all files or none, what says the same untouched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from perfdoc import specs
from perfdoc.errors import SpecError
from perfdoc.report import Diagnostic, Place, Reading, Severity
from perfdoc.storage import store
from perfdoc.storage.paths import base, is_url, joined
from perfdoc.storage.putting import put
from perfdoc.storage.writing import Outcome, writable, write
from perfdoc.texts import say
from perfdoc.yamltree import decode

Names = tuple[str, ...] | None


class Written(NamedTuple):
    """What became (or would become) of each file of a document's folder, and the files that are left over in it."""

    outcomes: Mapping[Path, Outcome] | Mapping[str, Outcome]
    left_over: tuple[Diagnostic, ...]


def write_specs(
    folder: str, reading: Reading, *, force: bool = False, dry_run: bool = False, staging: str | None = None
) -> Written:
    """Write a document to its folder, a path or a URL; files that say the same already stay as they are.

    `staging` is a folder for files that are not yet in their places; a store needs one. In a store document.yaml is
    written last, and files that were put stay where a later one can't be. Raises ConflictError where a file differs,
    without `force`; UsageError where one can't be written.
    """
    if is_url(folder):
        assert staging is not None
        return _put(folder, reading, force, dry_run, staging)
    path = Path(folder)
    there, names = _there(partial(specs.load, path / specs.LISTING), path, reading)
    texts = specs.files(reading.document, names)
    same = {path / name for name, text in texts.items() if there.get(name) == text}
    outcomes = write(
        {path / name: text.encode() for name, text in texts.items()},
        force=force,
        dry_run=dry_run,
        same=lambda file, _: file in same,
        staging=Path(staging) if staging is not None else None,
    )
    left = (file.as_posix() for file in sorted(path.glob("*.yaml")) if file.name not in texts)
    return Written(outcomes, tuple(_left(left)))


def has_specs(folder: str) -> bool:
    """Whether a folder, a path or a URL, has a document.yaml."""
    if is_url(folder):
        return store.exists(joined(folder, specs.LISTING))
    return Path(folder, specs.LISTING).is_file()


def _put(folder: str, reading: Reading, force: bool, dry_run: bool, staging: str) -> Written:
    with writable(folder):
        old = specs.standing(folder)
    there, names = _there(
        lambda: specs.load_files({name: decode(data, name) for name, data in old.items()}, folder),
        Path(folder),
        reading,
    )
    contents = {joined(folder, name): text.encode() for name, text in specs.files(reading.document, names).items()}
    outcomes = put(
        contents,
        lambda url: old.get(base(url)),
        staging,
        force=force,
        dry_run=dry_run,
        same=lambda url, content: there.get(base(url)) == content.decode(),
    )
    left = (joined(folder, name) for name in sorted(old))
    return Written(outcomes, tuple(_left(url for url in left if url not in contents)))


def _there(load: Callable[[], Reading], folder: Path, reading: Reading) -> tuple[Mapping[str, str], Names]:
    """What the folder says already (canonical texts by file), and its files' names if they name the same projects."""
    try:
        given = load()
    except SpecError:  # also for a folder without document.yaml
        return {}, None
    names = specs.names_of(given, folder)
    same = [p.name for p in given.document.projects] == [p.name for p in reading.document.projects]
    return specs.files(given.document, names), names if same else None


def _left(files: Iterable[str]) -> list[Diagnostic]:
    message = say("importing.left")
    return [Diagnostic("PD016", Severity.warning, message, Place(file)) for file in files]

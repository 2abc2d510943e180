"""A document written to its folder, of this machine or of a store: all files or none, what says the same untouched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from perfdoc import specs
from perfdoc.errors import SpecError
from perfdoc.importing.before import NOTHING, remade
from perfdoc.importing.loss import Loss, loss, told
from perfdoc.report import Diagnostic, Place, Reading, Severity
from perfdoc.storage import store
from perfdoc.storage.paths import base, is_url, joined
from perfdoc.storage.putting import put
from perfdoc.storage.writing import Outcome, compared, plan, writable, write
from perfdoc.texts import say
from perfdoc.yamltree import decode

Names = tuple[str, ...] | None


class Written(NamedTuple):
    """What became (or would become) of each file of a document's folder, and the files that are left over in it.

    `texts` are the canonical texts of the document by file; `conflicts` are the files with which what stood there
    conflicts, and how often. `lost` says what goes with files that are replaced, "" where nothing does.
    """

    outcomes: Mapping[Path, Outcome] | Mapping[str, Outcome]
    left_over: tuple[Diagnostic, ...]
    texts: Mapping[str, str]
    conflicts: Mapping[str, int]
    lost: str = ""


def write_specs(
    folder: str,
    reading: Reading,
    *,
    before: Mapping[str, str] | None = None,
    force: bool = False,
    dry_run: bool = False,
    staging: str | None = None,
) -> Written:
    """Write a document to its folder, a path or a URL; files that say the same already stay as they are.

    `before` is what an earlier run wrote there: a file that is still so is replaced, one that was edited is merged
    with what the document says now, unless `force` replaces it. `staging` is a folder for files that are not yet in
    their places; a store needs one. In a store document.yaml is written last, and files that were put stay where a
    later one can't be. With `force` a file that differs is replaced; where that loses something which git has not, a
    copy stays beside it. Raises ConflictError where a file differs, without `force`; UsageError where one can't be
    written.
    """
    if is_url(folder):
        assert staging is not None
        return _put(folder, reading, before or {}, force, dry_run, staging)
    path = Path(folder)
    there, names, given = _there(partial(specs.load, path / specs.LISTING), path, reading, before)
    texts = specs.files(reading.document, names)
    standing = {name: text for name in before or {} if (text := _standing(path / name)) is not None}
    again = remade(before or {}, standing, texts) if not force else NOTHING
    contents = {path / name: again.texts.get(name, text).encode() for name, text in texts.items()}

    old = {name: file.read_bytes() for name in texts if force and (file := path / name).is_file()}
    lost = _loss(folder, given, reading, texts, old, there) if force else None
    contents |= {path / name: content for name, content in (lost.kept if lost else {}).items()}

    def same(file: Path, content: bytes) -> bool:
        return file.name in texts and there.get(file.name) == texts[file.name]

    plan({file: text for file, text in contents.items() if file.name not in again.texts}, force=force, same=same)
    outcomes = write(
        contents,
        force=force or bool(again.texts),
        dry_run=dry_run,
        same=same,
        staging=Path(staging) if staging is not None else None,
    )
    left = (file.as_posix() for file in sorted(path.glob("*.yaml")) if file.name not in texts)
    said = told(lost, folder, dry_run) if lost else ""
    return Written(outcomes, tuple(_left(left)), texts, again.conflicts, said)


def _loss(
    folder: str,
    given: Reading | None,
    reading: Reading,
    new: Mapping[str, str],
    old: Mapping[str, bytes],
    there: Mapping[str, str],
) -> Loss | None:
    """What is lost with the files that are to say something else now; `there` are the canonical texts of what is."""
    replaced = {
        name: old[name]
        for name, text in new.items()
        if name in old and old[name] != text.encode() and there.get(name) != text
    }
    return loss(folder, given, reading.document, replaced)


def _standing(file: Path) -> str | None:
    try:
        return file.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return None


def has_specs(folder: str) -> bool:
    """Whether a folder, a path or a URL, has a document.yaml."""
    if is_url(folder):
        return store.exists(joined(folder, specs.LISTING))
    return Path(folder, specs.LISTING).is_file()


def _put(folder: str, reading: Reading, before: Mapping[str, str], force: bool, dry_run: bool, staging: str) -> Written:
    with writable(folder):
        old = specs.standing(folder)
    there, names, given = _there(
        lambda: specs.load_files({name: decode(data, name) for name, data in old.items()}, folder),
        Path(folder),
        reading,
        before,
    )
    texts = specs.files(reading.document, names)
    standing = {name: data.decode(errors="replace") for name, data in old.items()}
    again = remade(before, standing, texts) if not force else NOTHING
    contents = {joined(folder, name): again.texts.get(name, text).encode() for name, text in texts.items()}

    lost = _loss(folder, given, reading, texts, old, there) if force else None
    contents |= {joined(folder, name): content for name, content in (lost.kept if lost else {}).items()}

    def same(url: str, content: bytes) -> bool:
        return base(url) in texts and there.get(base(url)) == texts[base(url)]

    others = {url: text for url, text in contents.items() if base(url) not in again.texts}
    compared(others, {url: old.get(base(url)) for url in others}, force=force, same=same)
    outcomes = put(
        contents,
        lambda url: old.get(base(url)),
        staging,
        force=force or bool(again.texts),
        dry_run=dry_run,
        same=same,
    )
    left = (joined(folder, name) for name in sorted(old))
    left_over = tuple(_left(url for url in left if url not in contents))
    return Written(outcomes, left_over, texts, again.conflicts, told(lost, folder, dry_run) if lost else "")


def _there(
    load: Callable[[], Reading], folder: Path, reading: Reading, before: Mapping[str, str] | None
) -> tuple[Mapping[str, str], Names, Reading | None]:
    """What the folder says already: canonical texts by file, its files' names if they are to be kept, what is read.

    They are where they name the same projects, or as many as were written `before` for the same file.
    """
    try:
        given = load()
    except SpecError:  # also for a folder without document.yaml
        return {}, None, None
    names = specs.names_of(given, folder)
    old, new = given.document.projects, reading.document.projects
    same = [p.name for p in old] == [p.name for p in new] or (before and len(old) == len(new))
    return specs.files(given.document, names), names if same else None, given


def _left(files: Iterable[str]) -> list[Diagnostic]:
    message = say("importing.left")
    return [Diagnostic("PD016", Severity.warning, message, Place(file)) for file in files]

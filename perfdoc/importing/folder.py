"""A document written to its folder, of this machine or of a store: all files or none, what says the same untouched."""

import json
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from perfdoc import specs
from perfdoc.errors import SpecError
from perfdoc.importing.loss import loss, told
from perfdoc.merging import Labels, merge
from perfdoc.report import Diagnostic, Place, Reading, Severity
from perfdoc.storage import store
from perfdoc.storage.paths import is_url, joined
from perfdoc.storage.writing import Outcome, put, writable, write
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
    remote, before = is_url(folder), before or {}
    with writable(folder):
        stored = specs.standing(folder) if remote else {}
    there, names, given = _there(folder, stored, reading, before)
    texts = specs.files(reading.document, names)
    old = stored if remote else _standing(Path(folder), texts if force or before else ())
    again = NOTHING if force or not before else remade(before, dict(_decoded(old)), texts)
    contents = {name: again.texts.get(name, text).encode() for name, text in texts.items()}
    same = {name for name, text in texts.items() if there.get(name) == text}
    changed = {name: old[name] for name in texts if name in old and name not in same and old[name] != contents[name]}
    lost = loss(folder, given, reading.document, changed) if force else None
    over = contents if force else again.texts
    outcomes = _written(folder, {**contents, **(lost.kept if lost else {})}, old, over, same, dry_run, staging)
    beside = stored if remote else [file.name for file in Path(folder).glob("*.yaml")]
    left = tuple(_left(folder, name) for name in sorted(beside) if name not in texts)
    return Written(outcomes, left, texts, again.conflicts, told(lost, folder, dry_run) if lost else "")


def _written(
    folder: str,
    contents: Mapping[str, bytes],
    old: Mapping[str, bytes],
    over: Collection[str],
    same: Collection[str],
    dry_run: bool,
    staging: str | None,
) -> Mapping[Path, Outcome] | Mapping[str, Outcome]:
    """Write files by their names; those of `over` may be replaced, and those of `same` say already what they shall."""
    if not is_url(folder):
        paths = {Path(folder, name): name for name in contents}
        return write(
            {path: contents[name] for path, name in paths.items()},
            force=[path for path, name in paths.items() if name in over],
            dry_run=dry_run,
            same=lambda path, _: paths[path] in same,
            staging=Path(staging) if staging is not None else None,
        )
    assert staging is not None
    urls = {joined(folder, name): name for name in contents}
    return put(
        {url: contents[name] for url, name in urls.items()},
        staging,
        standing=lambda url: old.get(urls[url]),
        force=[url for url, name in urls.items() if name in over],
        dry_run=dry_run,
        same=lambda url, _: urls[url] in same,
    )


def _standing(folder: Path, names: Iterable[str]) -> dict[str, bytes]:
    found = {}
    for name in names:
        with suppress(OSError):
            found[name] = (folder / name).read_bytes()
    return found


def _decoded(files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    for name, data in files.items():
        with suppress(UnicodeDecodeError):
            yield name, data.decode()


def has_specs(folder: str) -> bool:
    """Whether a folder, a path or a URL, has a document.yaml."""
    if is_url(folder):
        return store.exists(joined(folder, specs.LISTING))
    return Path(folder, specs.LISTING).is_file()


def _there(
    folder: str, stored: Mapping[str, bytes], reading: Reading, before: Mapping[str, str]
) -> tuple[Mapping[str, str], Names, Reading | None]:
    """What the folder says already: canonical texts by file, its files' names if they are to be kept, what is read.

    They are where they name the same projects, or as many as were written `before` for the same file.
    """
    try:
        if is_url(folder):
            given = specs.load_files({name: decode(data, name) for name, data in stored.items()}, folder)
        else:
            given = specs.load(Path(folder, specs.LISTING))
    except SpecError:  # also for a folder without document.yaml
        return {}, None, None
    names = specs.names_of(given, Path(folder))
    old, new = given.document.projects, reading.document.projects
    same = [p.name for p in old] == [p.name for p in new] or (before and len(old) == len(new))
    return specs.files(given.document, names), names if same else None, given


def _left(folder: str, name: str) -> Diagnostic:
    file = joined(folder, name) if is_url(folder) else Path(folder, name).as_posix()
    return Diagnostic("PD016", Severity.warning, say("importing.left"), Place(file))


class Remade(NamedTuple):
    """Texts by file that may take the place of what stands there, and the files with conflicts: how many."""

    texts: Mapping[str, str]
    conflicts: Mapping[str, int]


NOTHING = Remade({}, {})


def packed(texts: Mapping[str, str]) -> bytes:
    return zlib.compress(json.dumps(dict(texts), ensure_ascii=False).encode("utf-8", "surrogatepass"))


def unpacked(data: bytes) -> dict[str, str]:
    """The inverse of `packed`; nothing for no bytes."""
    found: dict[str, str] = json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass")) if data else {}
    return found


def remade(before: Mapping[str, str], standing: Mapping[str, str], now: Mapping[str, str]) -> Remade:
    """What a file says `now` in place of what was written `before`, by what is `standing` there.

    What nobody has edited is replaced; what somebody has is merged with it, conflicts marked as `perfdoc merge` marks
    them. Left out is a file that was not written before, or that is no sound spec now.
    """
    texts: dict[str, str] = {}
    conflicts: dict[str, int] = {}
    called = Labels(say("importing.sides.ours"), say("importing.sides.theirs"), say("importing.sides.base"))
    for name in now.keys() & before.keys() & standing.keys():
        if before[name] in (standing[name], now[name]):
            texts[name] = now[name] if standing[name] == before[name] else standing[name]
            continue
        try:
            made = merge(before[name], standing[name], now[name], name, called)
        except SpecError:
            continue
        texts[name] = made.text
        if made.conflicts:
            conflicts[name] = made.conflicts
    return Remade(texts, conflicts)

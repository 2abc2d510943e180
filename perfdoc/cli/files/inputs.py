"""What is given to read: files, folders, `-` for standard input, and the documents that they are."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import perfdoc
from perfdoc.cli.terminal.printing import Printer
from perfdoc.errors import UnreadableError
from perfdoc.repository.folders import SETTINGS
from perfdoc.storage import content
from perfdoc.storage.folders import folders_from
from perfdoc.storage.naming import free, key_of
from perfdoc.storage.paths import base, is_url, joined
from perfdoc.storage.walk import YAML, files_in, is_office
from perfdoc.texts import listed, reason, say

if TYPE_CHECKING:
    from perfdoc.pulling import Given

STDIN = "-"
MAX_BYTES = content.MAX_BYTES


def name_of(given: str) -> str:
    return "<stdin>" if given == STDIN else given


def bytes_of(given: str) -> bytes:
    """The bytes of a file, of what stands at a URL, or of standard input for `-`.

    Raises UnreadableError where there is none or it may not be read, UsageError for a folder.
    """
    return content.capped(sys.stdin.buffer, name_of(given)) if given == STDIN else content.bytes_of(given)


def folder_of(given: str) -> Path | None:
    """The folder in which the forms and settings of what is given are looked for first; None for the current one."""
    if given == STDIN or is_url(given):
        return None
    path = Path(given)
    return path if path.is_dir() else path.parent


def is_spec_name(given: str) -> bool:
    """Whether the name is one of a spec: a folder, or a YAML file."""
    return given != STDIN and (given.lower().endswith(YAML) or Path(given).is_dir())


def load_given(given: str) -> Given:
    """The document of a path, a URL or `-`. Raises SpecError with every fault of every file."""
    if given == STDIN:
        shown = name_of(given)
        text = perfdoc.yamltree.decode(bytes_of(given), shown)
        reading = perfdoc.specs.load_project(text, shown)
        return perfdoc.pulling.Given(shown, reading, Path(), ("stdin.yaml",), True, "stdin", {shown: text})
    if is_url(given):
        return _by_url(given)
    return perfdoc.pulling.loaded(given)


def texts_at(url: str) -> dict[str, str]:
    """The texts of specs in a store, by their URLs: a project's file, or a document's folder, which its document.yaml
    stands for, too. UnreadableError where the store can't be reached."""
    if _is_project(url):
        return {url: perfdoc.yamltree.decode(bytes_of(url), url)}
    folder = _folder_at(url)
    try:
        there = perfdoc.specs.standing(folder)
    except OSError as error:
        raise UnreadableError(f"{url}: {reason(error)}") from error
    return {joined(folder, own): perfdoc.yamltree.decode(data, joined(folder, own)) for own, data in there.items()}


def _is_project(url: str) -> bool:
    return url.lower().endswith(YAML) and base(url) != perfdoc.specs.LISTING


def _folder_at(url: str) -> str:
    return url.rpartition("/")[0] if base(url) == perfdoc.specs.LISTING else url.rstrip("/")


def _by_url(given: str) -> Given:
    """The document of a folder in a store, of its document.yaml, or of a project's file there."""
    texts, name = texts_at(given), base(given)
    if _is_project(given):
        reading = perfdoc.specs.load_project(texts[given], given)
        return perfdoc.pulling.Given(given, reading, Path(), (name,), True, Path(name).stem, texts)
    folder = _folder_at(given)
    reading = perfdoc.specs.load_files({base(url): text for url, text in texts.items()}, folder)
    names = perfdoc.specs.names_of(reading, Path(folder))
    return perfdoc.pulling.Given(given, reading, Path(folder), names, False, base(folder) or "document", texts)


def folders_below(given: str) -> Iterator[tuple[str, str]]:
    """The folders with a document.yaml: the one that is given, a path or a URL, and those below it, in order.

    Each with its way from the given one, with slashes, "" for that one itself. Hidden ones are left out. OSError
    where a store can't be looked into.
    """
    return ((folder, way) for folder, way, names in walked(given) if perfdoc.specs.LISTING in names)


def is_one(given: str) -> bool:
    """Whether an argument stands for one document, and not for those below a folder."""
    return given == STDIN or not Path(given).is_dir() or Path(given, perfdoc.specs.LISTING).exists()


def waits(given: str) -> bool:
    """Whether an argument is a folder with settings of its own: where it holds no document yet, that is no fault."""
    return not is_url(given) and Path(given, SETTINGS).is_file()


def documents_at(given: str, without: str | None = None) -> list[tuple[str, str]]:
    """The documents that an argument stands for, each with its way from there: itself, or those below a folder.

    Of a folder without documents it is the Word and Excel files in it and below, and where there are none of them
    either the folder itself: loading it says so. What is in the folder `without` is left out.
    """
    if is_one(given):
        return [(given, "")]
    below = [*walked(given, without)]
    found = [(folder, way) for folder, way, names in below if perfdoc.specs.LISTING in names]
    files = [(str(Path(folder, name)), f"{way}/{name}".lstrip("/")) for folder, way, names in below for name in names]
    return found or [one for one in files if is_office(one[0])] or [(given, "")]


def walked(given: str, without: str | None = None) -> Iterator[tuple[str, str, list[str]]]:
    """As `folders_below`, but every folder, with the names of its files in order; broken links are among them."""
    remote = is_url(given)
    for one in folders_from(given.rstrip("/") if remote else given, without):
        if one.shut is not None and remote:
            raise one.shut
        broken = [name for name, (fault, _) in one.odd.items() if fault and not remote]
        yield one.path if remote else str(Path(one.path)), one.way, sorted([*one.files, *broken])


def distinct(names: Sequence[str]) -> list[str]:
    """The names, later ones numbered (`x`, `x-2`) where a file system that ignores case would take two for one."""
    taken: dict[str, str] = {}
    for name in names:
        chosen = free(name, taken.__contains__)
        taken[key_of(chosen)] = chosen
    return [*taken.values()]


def tell_beside(printer: Printer, given: str, found: Sequence[tuple[str, str]], without: str = "") -> None:
    """As `tell_aside`, where an argument is a folder that stands for these documents."""
    if not is_one(given):
        tell_aside(printer, given, received=not is_spec_name(found[0][0]), without=without or None)


def tell_aside(printer: Printer, folder: str, *, received: bool | None, without: str | None = None) -> None:
    """Say what of a folder of this machine was not looked at: a line for each link, and one that counts.

    `received` says that office files were looked at; else it is they that are counted, and nothing but they. A verb
    that is about specs alone has None for it: nothing is counted.
    """
    if not folder or is_url(folder) or not Path(folder).is_dir():
        return
    hidden: Counter[str] = Counter()
    aside: Counter[str] = Counter()
    for one in files_in([folder], without=without, left_out=lambda number: hidden.update(all=number)):
        if one.passed or (one.fault and not is_office(one.path)):
            printer.status(one.fault or f"{one.path}: {one.passed}")
        elif received is not None and is_office(one.path) != received and not one.path.lower().endswith(YAML):
            aside[PurePath(one.path).suffix.lower()] += 1
    said = left_aside(aside, hidden.total() if received else 0)
    if said:
        printer.status(f"{folder}: {said}")


def left_aside(files: Counter[str], hidden: int) -> str:
    """What was left aside, counted: files by suffix, hidden and lock files; nothing for none."""
    each = (
        say("folders.suffix" if suffix else "folders.no_suffix", n=number, suffix=suffix)
        for suffix, number in sorted(files.items())
    )
    parts = [say("folders.files", n=files.total(), suffixes=listed(each))] if files else []
    parts += [say("folders.hidden", n=hidden)] if hidden else []
    return say("folders.aside", parts=listed(parts)) if parts else ""

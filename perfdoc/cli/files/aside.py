"""What a verb that looks for documents below a folder leaves aside there: said, so that a folder hides nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path, PurePath

from perfdoc.cli.files.inputs import is_one, is_spec_name
from perfdoc.cli.terminal.printing import Printer
from perfdoc.storage.paths import is_url
from perfdoc.storage.walk import YAML, files_in, is_office
from perfdoc.texts import listed, say


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

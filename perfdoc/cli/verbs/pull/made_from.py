"""What a returned file was made from: as the user says, or as is found."""

from __future__ import annotations

from pathlib import Path

from perfdoc.cli.files.at_revision import located
from perfdoc.cli.files.sources import source
from perfdoc.errors import UsageError
from perfdoc.pulling import Base, Given, Returned, at_revision, found_base
from perfdoc.texts import say


def made_from(one: Returned, given: Given, base: str | None, templates: tuple[Path, ...]) -> Base:
    """What a file was made from. UsageError where that is not to be found, ContentLostError for an old file."""
    if base is not None:
        return _given_base(given, base, templates)
    return found_base(one, given)


def _given_base(given: Given, base: str, templates: tuple[Path, ...]) -> Base:
    """The base that the user names: a file or folder, `REV:PATH`, or the document as a revision has it."""
    if not Path(base).exists() and ":" not in base:
        there = at_revision(given, base)
        if there is None:
            raise UsageError(say("pulling.no_revision", given=base, folder=given.shown))
        return there._replace(how="given")
    named = source(located(base), templates)
    return Base(named.name, named.reading.document, named.threads, "given")

"""What a returned file was made from: as the user says, or as is found."""

from __future__ import annotations

from pathlib import Path

from perfdoc.cli.files.at_revision import located
from perfdoc.cli.files.history import at_revision, candidates
from perfdoc.cli.files.inputs import Given
from perfdoc.cli.files.sources import source
from perfdoc.errors import ContentLostError, UsageError
from perfdoc.pulling import Base, Returned, base_of, kept_of
from perfdoc.texts import say

_LEAST = 0.5
"""The share of a base's values that a file must still show: below it, an old file was used for something else."""


def made_from(one: Returned, given: Given, base: str | None, templates: tuple[Path, ...]) -> Base:
    """What a file was made from. UsageError where that is not to be found, ContentLostError for an old file."""
    if base is not None:
        return _given_base(given, base, templates)
    found = base_of(one, candidates(given))
    if found is None:
        raise UsageError(say("pulling.no_base", file=one.name, folder=given.shown))
    share = kept_of(one.shows(found.document), one.reading.document)
    if share < _LEAST:
        raise ContentLostError(say("pulling.old", file=one.name, name=found.name, share=share))
    return found


def _given_base(given: Given, base: str, templates: tuple[Path, ...]) -> Base:
    """The base that the user names: a file or folder, `REV:PATH`, or the document as a revision has it."""
    if not Path(base).exists() and ":" not in base:
        there = at_revision(given, base)
        if there is None:
            raise UsageError(say("pulling.no_revision", given=base, folder=given.shown))
        return Base(there.name, there.document, "given", there.threads)
    named = source(located(base), templates)
    return Base(named.name, named.reading.document, "given", named.threads)

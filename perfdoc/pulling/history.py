"""A document as it stands and as it stood: what a file that comes back may have been made from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from perfdoc.errors import SpecError
from perfdoc.git.history import State, states
from perfdoc.pulling.base import Base
from perfdoc.pulling.loaded import Given
from perfdoc.pulling.unwritten import folder_of_texts, project_of_bytes
from perfdoc.storage.content import MAX_BYTES
from perfdoc.storage.walk import YAML
from perfdoc.texts import say


def candidates(given: Given) -> Iterator[Base]:
    """The document as its files stand, then as every commit of its repository has it, newest first.

    States that are no sound specs are passed over.
    """
    yield Base(say("pulling.standing"), given.reading.document, given.threads())
    yield from _committed(given, states(given.folder, YAML, MAX_BYTES))


def at_revision(given: Given, revision: str) -> Base | None:
    """The document as a revision has it; None where the name stands for none, or that has no such document."""
    return next(_committed(given, states(given.folder, YAML, MAX_BYTES, revision)), None)


def _committed(given: Given, every: Iterator[State]) -> Iterator[Base]:
    for state in every:
        shown = f"{state.commit}:{given.folder}"
        with suppress(SpecError):
            if given.alone:
                name = given.names[0]
                found = project_of_bytes(state.files.get(name, b""), f"{shown}/{name}")
            else:
                found = folder_of_texts(state.files, shown)
            yield Base(state.commit, found.reading.document, found.threads)

"""A document as it stands and as it stood: what a file that comes back may have been made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import perfdoc
from perfdoc.cli.files.inputs import MAX_BYTES, Given
from perfdoc.cli.files.sources import folder_of_texts
from perfdoc.errors import SpecError
from perfdoc.git.history import State, states
from perfdoc.model import Document
from perfdoc.pulling import Candidate
from perfdoc.texts import say

_YAML = (".yaml", ".yml")


def candidates(given: Given) -> Iterator[Candidate]:
    """The document as its files stand, then as every commit of its repository has it, newest first.

    States that are no sound specs are passed over.
    """
    yield Candidate(say("pulling.standing"), given.reading.document)
    yield from _committed(given, states(given.folder, _YAML, MAX_BYTES))


def at_revision(given: Given, revision: str) -> Candidate | None:
    """The document as a revision has it; None where the name stands for none, or that has no such document."""
    return next(_committed(given, states(given.folder, _YAML, MAX_BYTES, revision)), None)


def _committed(given: Given, every: Iterator[State]) -> Iterator[Candidate]:
    for state in every:
        try:
            document = _document(given, state.files, f"{state.commit}:{given.folder}")
        except SpecError:
            continue
        yield Candidate(state.commit, document)


def _document(given: Given, files: Mapping[str, bytes], shown: str) -> Document:
    if not given.alone:
        return folder_of_texts(files, shown).reading.document
    name = given.names[0]
    text = perfdoc.yamltree.decode(files.get(name, b""), f"{shown}/{name}")
    return perfdoc.specs.load_project(text, f"{shown}/{name}").document

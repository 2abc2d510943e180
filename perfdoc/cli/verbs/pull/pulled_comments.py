"""The review comments of returned files, put into the specs above what they are about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from perfdoc.model import Document
from perfdoc.pulling import Base, Returned
from perfdoc.reviews import moved, threads_of, with_threads


class Conversation:
    """The review comments of some files, each file with what it was made from."""

    def __init__(self, some: Sequence[Returned], bases: Sequence[Base]) -> None:
        self._said = [
            (threads_of(one.reading), one.reading.document, base) for one, base in zip(some, bases, strict=True)
        ]

    def within(self, texts: Mapping[str, str], names: Sequence[str], document: Document) -> dict[str, str]:
        """The files of a document (name → text) with the comments; a file without news stays as it is."""
        made = dict(texts)
        for threads, there, base in self._said:
            if threads:
                made = with_threads(made, names, moved(threads, there, document), base.threads)
        return made

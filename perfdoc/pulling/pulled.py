"""Files that came back, taken into the specs that they were made from: the base of each, and what the files become."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from perfdoc.errors import ContentLostError, UsageError
from perfdoc.merging import Combined, Labels, Version, combined
from perfdoc.model import Document
from perfdoc.pulling.base import Base, base_of, kept_of
from perfdoc.pulling.history import candidates
from perfdoc.pulling.loaded import Given
from perfdoc.pulling.returned import Returned
from perfdoc.report import Thread
from perfdoc.reviews import moved, threads_of, with_threads
from perfdoc.texts import say

_LEAST = 0.5
"""The share of a base's values that a file must still show: below it, an old file was used for something else."""


class Pulled(NamedTuple):
    """What became of a document: the texts of the files that say something else now, by name, and how that came."""

    texts: Mapping[str, str]
    made: Combined


def found_base(one: Returned, given: Given, otherwise: Base | None = None) -> Base:
    """What a file was made from. UsageError where that is not to be found and there is nothing to take `otherwise`.

    ContentLostError for an old file.
    """
    found = base_of(one, candidates(given)) or otherwise
    if found is None:
        raise UsageError(say("pulling.no_base", file=one.name, folder=given.shown))
    share = kept_of(one.shows(found.document), one.reading.document)
    if share < _LEAST:
        raise ContentLostError(say("pulling.old", file=one.name, name=found.name, share=share))
    return found


def pulled(
    given: Given,
    some: Sequence[Returned],
    bases: Sequence[Base],
    versions: Sequence[Version],
    *,
    show_base: bool = False,
    said: Sequence[Sequence[Thread]] | None = None,
) -> Pulled:
    """The document with what was changed in files, `versions` of their `bases`, and with the comments in them.

    `said` are the comments of each that are taken, by default all; they have the paths of the file.
    """
    labels = Labels("ours", _named(Path(one.name).name for one in some), _named(one.name for one in bases))
    threads = said if said is not None else [threads_of(one.reading) for one in some]

    def within(texts: Mapping[str, str], names: Sequence[str], document: Document) -> dict[str, str]:
        """The files with the comments; a file without news stays as it is."""
        made = dict(texts)
        for one, base, own in zip(some, bases, threads, strict=True):
            if own:
                made = with_threads(made, names, moved(own, one.reading.document, document), base.threads)
        return made

    standing = given.standing()
    made = combined(standing, versions, labels, show_base=show_base)
    if made.in_conflict:  # no comment goes between markers: it goes to what it is about as that stands
        texts = within(standing.texts, standing.names, standing.document)
        made = combined(standing._replace(texts=texts), versions, labels, show_base=show_base)
    else:
        texts = {**standing.texts, **{name: merged.text for name, merged in made.files.items()}}
        texts = within(texts, made.names, made.document)
    changed = {name: text for name, text in texts.items() if standing.texts.get(name) != text}
    if made.in_conflict:
        changed |= {name: merged.text for name, merged in made.files.items()}
    return Pulled(changed, made)


def _named(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(names))

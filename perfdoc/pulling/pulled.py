"""Files that came back, taken into the specs that they were made from: the base of each, and what the files become."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from perfdoc.errors import ContentLostError, UsageError
from perfdoc.merging import Combined, Labels, Version, combined
from perfdoc.model import Document
from perfdoc.pulling.base import Base, base_of, candidates, kept_of
from perfdoc.pulling.loaded import Given
from perfdoc.pulling.returned import Returned
from perfdoc.report import Thread
from perfdoc.reviews import moved, threads_of, with_threads
from perfdoc.texts import say

_LEAST = 0.5
"""The share of a base's values that a file must still show: below it, an old file was used for something else."""


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
) -> Combined:
    """The document with what was changed in files, `versions` of their `bases`, and with the comments in them.

    `said` are the comments of each that are taken, by default all; they have the paths of the file.
    """
    threads = said if said is not None else [threads_of(one.reading) for one in some]

    def commented(texts: Mapping[str, str], names: Sequence[str], document: Document) -> Mapping[str, str]:
        for one, base, own in zip(some, bases, threads, strict=True):
            if own:
                texts = with_threads(texts, names, moved(own, one.reading.document, document), base.threads)
        return texts

    files = [one.name for one in some]
    short = [Path(one).name for one in files]
    named = files if len({*short}) < len({*files}) else short
    called = [one._replace(name=name) for one, name in zip(versions, named, strict=True)]
    labels = Labels("ours", base=", ".join(dict.fromkeys(one.name for one in bases)))
    return combined(given.standing(), called, labels, show_base=show_base, commented=commented)

"""A file that came back: what was changed in it, and what the specs become with the changes that are taken."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from perfdoc.form_definition import forms
from perfdoc.jobs.limits import TOOL_SHARE, Limits
from perfdoc.office import Converter
from perfdoc.pulling import Base, Given, Returned, changes_of, choices, found_base, loaded, pulled, taken, version_of
from perfdoc.reading import read_by
from perfdoc.reviews import threads_of
from perfdoc.texts import say
from perfdoc.web.work.wanted import Review, Reviewed


def reviewed(asked: Review) -> Reviewed:
    """The changes of a file, and the texts that the specs have with those that are taken. Raises PerfdocError."""
    given = loaded(asked.path)
    with closing(Converter(Limits().seconds * TOOL_SHARE)) as convert:
        known = forms(near=Path(asked.path))
        one = Returned(asked.data, asked.name, known, lambda data, name, how: read_by(data, name, how, convert))
        return _reviewed(asked, given, one)


def _reviewed(asked: Review, given: Given, one: Returned) -> Reviewed:
    base = found_base(one, given, Base(say("pulling.standing"), given.reading.document, given.threads(), "given"))
    version = version_of(one, base.document)
    found = changes_of(one, base.threads, version)
    threads = threads_of(one.reading)
    every = tuple(choices(found))
    keys = frozenset(one.key for one in every) if asked.keys is None else asked.keys
    mine = [one for at, one in enumerate(threads) if asked.keys is None or f"c{at}" in asked.keys]
    made = pulled(given, [one], [base], [taken(version, found, keys)], said=[mine])
    texts = {name: merged.text for name, merged in made.files.items()}
    conflicts = {name: merged.text for name, merged in made.files.items() if merged.conflicts}
    return Reviewed(base.name, base.how == "given", every, tuple(found.said), texts, conflicts, tuple(made.left))

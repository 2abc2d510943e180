"""A file that came back: what was changed in it, and what the specs become with the changes that are taken."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from perfdoc.comparison import attributed, diff, said
from perfdoc.form_definition import forms
from perfdoc.jobs.limits import TOOL_SHARE, Limits
from perfdoc.office import Converter
from perfdoc.pulling import Base, Given, Returned, choices, found_base, loaded, pulled, returned, taken, version_of
from perfdoc.reading import read_by
from perfdoc.reviews import moved, threads_of
from perfdoc.texts import say
from perfdoc.web.work.wanted import Review, Reviewed


def reviewed(asked: Review) -> Reviewed:
    """The changes of a file, and the texts that the specs have with those that are taken. Raises PerfdocError."""
    given = loaded(asked.path)
    with closing(Converter(Limits().seconds * TOOL_SHARE)) as convert:
        known = forms(near=Path(asked.path))
        one = returned(asked.data, asked.name, known, lambda data, name, how: read_by(data, name, how, convert))
        return _reviewed(asked, given, one)


def _reviewed(asked: Review, given: Given, one: Returned) -> Reviewed:
    base = found_base(one, given, Base(say("pulling.standing"), given.reading.document, "given", given.threads()))
    version = version_of(one, base.document)
    found = attributed(diff(version.base, version.document), one.reading)
    threads = threads_of(one.reading)
    found = replace(
        found, said=said(base.threads, moved(threads, one.reading.document, version.document), version.document)
    )
    every = tuple(choices(found))
    keys = frozenset(one.key for one in every) if asked.keys is None else asked.keys
    mine = [one for at, one in enumerate(threads) if asked.keys is None or f"c{at}" in asked.keys]
    made = pulled(given, [one], [base], [taken(version, found, keys)], said=[mine])
    conflicts = {name: merged.text for name, merged in made.made.files.items() if merged.conflicts}
    return Reviewed(
        base.name, base.how == "given", every, tuple(found.said), made.texts, conflicts, tuple(made.made.left)
    )

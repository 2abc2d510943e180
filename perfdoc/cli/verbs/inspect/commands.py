"""The commands that say what the texts mean that a file left in `extra`, outside of its form or unclaimed."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

from perfdoc.accounts import Account
from perfdoc.extraction.by_template.templates import words_of
from perfdoc.extraction.outside import OUTSIDE
from perfdoc.extraction.vocabulary.keys import key, looks_like_label, named
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.form_definition import Form
from perfdoc.form_definition.loading import is_packaged
from perfdoc.model import INDICATOR_PATHS, PROJECT_PATHS
from perfdoc.report import Role, Severity
from perfdoc.texts import say

_LIKE = 0.6  # how like a known label a text must be for its path to be proposed


def commands(found: Account, forms: Mapping[str, Form]) -> list[str]:
    """A command a text, in the file's order; before them the one that learns the form, where there is none.

    None for a form that comes with perfdoc, which nobody should change. `PATH` and `NAME` stand for what is to be said.
    """
    if not found.recognised or ((form := forms.get(found.form or "")) is not None and is_packaged(form.folder)):
        return []
    words = words_of(forms.values())
    name = shlex.quote(found.form) if found.form else "NAME"
    made = [
        say("cli.inspect.command.label", form=name, label=shlex.quote(label), path=_path(label, words, of_indicator))
        for label, of_indicator in dict.fromkeys(_labels(found))
    ]
    folder = shlex.quote(Path(found.file).stem)
    learn = say("cli.inspect.command.learn", file=shlex.quote(found.file), folder=folder)
    return [learn, *made] if made and not found.form else made


def _labels(found: Account) -> Iterator[tuple[str, bool]]:
    """The labels of what is in `extra`, and what may be labels in what is left; whether each is of an indicator."""
    told = {one.place for one in found.diagnostics if one.code == OUTSIDE and one.severity is Severity.warning}
    near = False
    for claim in found.claims:
        near = claim.role is Role.outside and (near or claim.place in told)
        if claim.role is Role.extra:
            yield str(claim.path[-1]), "indicators" in claim.path
        elif claim.role is Role.unclaimed or near:
            label = named(claim.text.partition("：")[0].partition(":")[0])
            if looks_like_label(label):
                yield label, False


def _path(label: str, words: Vocabulary, of_indicator: bool) -> str:
    """The path of the known label that is most like this one."""
    paths = words.tables.columns if of_indicator else {one: entry.path for one, entry in words.tables.labels.items()}
    sound = INDICATOR_PATHS if of_indicator else PROJECT_PATHS
    known = {one: path for one, path in paths.items() if path in sound}
    near = get_close_matches(key(label), known, n=1, cutoff=_LIKE)
    return known[near[0]] if near else "PATH"

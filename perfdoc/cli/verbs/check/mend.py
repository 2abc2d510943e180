"""The safe fixes of `perfdoc check` applied to the texts of specs, comments and all else kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from perfdoc.checks.report import Shown, rechecked
from perfdoc.checks.source import Source
from perfdoc.cli.files.checked import Specs
from perfdoc.specs import format_text


class Mended(NamedTuple):
    """Texts as they were and as they are to be, by file, only those that change; findings left; fixes made."""

    before: Mapping[str, str]
    after: Mapping[str, str]
    left: list[Shown]
    made: list[Shown]


def mend(job: Specs) -> Mended:
    """Apply the safe fixes, in memory. SpecError where the document can't be loaded."""
    job.load()
    before = dict(job.texts)

    def look(texts: Mapping[str, Source]) -> list[Shown]:
        job.texts = {file: source.text for file, source in texts.items()}
        return job.look()

    sources, left, made = rechecked({file: Source(text) for file, text in before.items()}, look)
    changed = {file: source.text for file, source in sources.items() if source.text != before[file]}
    after = {file: _canonical(before[file], text, file) for file, text in changed.items()}
    return Mended(before, after, left, made)


def _canonical(before: str, after: str, file: str) -> str:
    """A text that was canonical stays so: a value that was quoted for its sign needs no quotes any more."""
    return format_text(after, file) if format_text(before, file) == before else after

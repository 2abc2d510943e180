"""Paragraphs laid along those of a form: blank lines and lines without their text may be missing or more."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from perfdoc.extraction.by_template.align import Step, align
from perfdoc.extraction.by_template.pattern import TextPattern
from perfdoc.layout import Paragraph

Fits = Callable[[TextPattern, Paragraph], bool]
Laid = list[tuple[int, TextPattern]]


def laid(steps: Sequence[Step[TextPattern]], lines: list[Paragraph], fits: Fits) -> tuple[list[Paragraph], Laid | None]:
    """The lines that were laid, and for each its step's index and its pattern; None where they are another form's."""
    found = align(_blanks_kept(steps), lines, fits)
    if found is None:
        found = align(steps, lines, fits)
    if found is not None:
        return lines, found
    lines = [p for p in lines if p.text.strip()]
    kept = [n for n, step in enumerate(steps) if not step.patterns[0].is_blank]
    bare = [s._replace(optional=s.optional or not s.patterns[0].label) for s in (steps[n] for n in kept)]
    short = align(bare, lines, fits)
    return lines, None if short is None else [(kept[n], pattern) for n, pattern in short]


def _blanks_kept(steps: Sequence[Step[TextPattern]]) -> list[Step[TextPattern]]:
    """The steps with a blank line between others taken as there: a loop over a text's lines does not take it."""
    return [
        step._replace(optional=False) if n and step.optional and step.patterns[0].is_blank else step
        for n, step in enumerate(steps)
    ]

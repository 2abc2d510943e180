"""Paragraphs laid along those of a form: blank lines and lines without their text may be missing or more."""

from collections.abc import Callable, Sequence

from perfdoc.extraction.by_template.align import Step, align
from perfdoc.extraction.by_template.pattern import TextPattern
from perfdoc.layout import Paragraph

Steps = Sequence[Step[TextPattern]]
Fits = Callable[[TextPattern, Paragraph], bool]
Laid = list[tuple[int, Paragraph, TextPattern]]
"""Lines in order, each with the number of its step and its pattern."""


def laid(steps: Steps, lines: Sequence[Paragraph], fits: Fits) -> Laid | None:
    """The lines that stand where the form's do; None where they are another form's."""
    found = align(_blanks_kept(steps), lines, fits) or align(steps, lines, fits)
    if found is None:
        lines = [p for p in lines if p.text.strip()]
        kept = [n for n, step in enumerate(steps) if not step.patterns[0].is_blank]
        bare = [s._replace(optional=s.optional or not s.patterns[0].label) for s in (steps[n] for n in kept)]
        short = align(bare, lines, fits)
        found = None if short is None else [(kept[n], pattern) for n, pattern in short]
    if found is None:
        return None
    return [(n, line, pattern) for (n, pattern), line in zip(found, lines, strict=True)]


def _blanks_kept(steps: Steps) -> list[Step[TextPattern]]:
    """The steps with a blank line between others taken as there: a loop over a text's lines does not take it."""
    return [
        Step(step.patterns, False, step.repeats) if n and step.optional and step.patterns[0].is_blank else step
        for n, step in enumerate(steps)
    ]

"""Check a form: whether `form.yaml` and the template agree, and whether a rendered document reads back the same.

Rendering stops at the first fault of a template; here all are collected, each with its place and what to do.
"""

from collections.abc import Callable
from pathlib import Path

from perfdoc.errors import FormError, UnreadableError
from perfdoc.form_definition import Form
from perfdoc.form_lint.advice import fault
from perfdoc.form_lint.declared import Declared, declared
from perfdoc.form_lint.merges import merges
from perfdoc.form_lint.pairs import pairs
from perfdoc.form_lint.structure import broken, structure
from perfdoc.form_lint.tag_names import names
from perfdoc.form_lint.trial import trial
from perfdoc.form_lint.workbook import cells, unknown
from perfdoc.rendering.lists.list_template import list_template
from perfdoc.rendering.word.tags import Stretch, stretches
from perfdoc.rendering.word.word_template import template_of
from perfdoc.report import Diagnostic, Place, Severity
from perfdoc.texts import reason, say

__all__ = ["lint"]


def lint(folder: Path) -> tuple[Diagnostic, ...]:
    """Everything that is wrong with the form in a folder, in the order of places: PD075–PD089.

    Places are lines of `form.yaml`, and paragraphs or cells of `form.docx` or of a list's `form.xlsx`.
    """
    ours = declared(folder)
    found = list(ours.faults)
    word, workbook = folder / "form.docx", folder / "form.xlsx"
    if word.is_file() or not workbook.is_file():
        found += _of_word(ours, word)
    else:
        found += _of_list(ours, workbook)
    return tuple(sorted(found, key=lambda one: (one.place.order, one.code)))


def _of_word(ours: Declared, word: Path) -> list[Diagnostic]:
    if not word.is_file():
        return [fault("PD075", "form_lint.no_template", Place(str(word)))]
    try:
        parts = stretches(word.read_bytes(), str(word))
    except (OSError, FormError) as error:
        return [_unsound(error, word)]
    return _agreed(ours, parts, [*structure(parts), *names(parts), *merges(parts)], template_of)


def _of_list(ours: Declared, workbook: Path) -> list[Diagnostic]:
    try:
        parts = cells(workbook)
    except (OSError, FormError, UnreadableError) as error:
        return [_unsound(error, workbook)]
    return _agreed(ours, parts, [*broken(parts), *unknown(parts)], list_template)


def _agreed(
    ours: Declared, parts: list[Stretch], found: list[Diagnostic], compiled: Callable[[Form], object]
) -> list[Diagnostic]:
    """What was found in a template, and how it stands to `form.yaml`; the trial where nothing else is wrong."""
    form = ours.form
    if form is None:
        return found
    found = [*found, *pairs(ours, parts)]
    if any(one.severity is Severity.error for one in (*found, *ours.faults)):
        return found
    try:
        compiled(form)
        return [*found, *trial(form, parts)]
    except FormError as error:
        return [*found, _unsound(error, form.document)]


def _unsound(error: Exception, file: Path) -> Diagnostic:
    """PD087, at the file, which is not named again."""
    if isinstance(error, OSError):
        said = say("specs.cannot_be_read", reason=reason(error))
    else:
        said = str(error).removeprefix(f"{file}: ")
    return fault("PD087", "form_lint.said", Place(str(file)), said=said)

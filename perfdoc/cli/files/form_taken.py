"""The form that `render` and `verify` take for a document, and what is said where nobody has named one."""

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import perfdoc
from perfdoc.cli.files.inputs import STDIN
from perfdoc.cli.terminal.printing import Printer
from perfdoc.form_definition import Form
from perfdoc.pulling import Given, listed_in
from perfdoc.rendering import Choice, chosen
from perfdoc.report import Diagnostic, Place, Severity
from perfdoc.specs import LISTING
from perfdoc.storage.paths import is_url
from perfdoc.texts import listed, say

_NAMED = 3  # forms that would show as much
_MOST = 200  # documents beside one that are asked for their form


def form_taken(
    printer: Printer,
    reading: perfdoc.Reading,
    shown: str,
    templates: tuple[Path, ...],
    near: Path | None,
    *,
    asked: str | None = None,
    to: str | None = None,
    given: Given | None = None,
) -> tuple[Form, bool]:
    """The form that is asked for or that the document names; else the one that shows most of it, which is then said.

    Behind it, whether somebody named it. Forms are looked for `near` the document; `given` is where it came from, if it
    is a spec.
    """
    name = asked or reading.document.form
    if name:
        return perfdoc.form(name, templates, near), True
    known = perfdoc.forms(templates, near).values()
    choice = chosen(reading.document, known, to=to, neighbours=lambda: _neighbours(given))
    message = say("choice.taken", form=choice.form.name, why=_why(choice))
    printer.diagnostics([Diagnostic("PD069", Severity.info, message, Place(shown))])
    return choice.form, False


def _why(choice: Choice) -> str:
    key = "most" if not choice.tied else "near" if choice.near else "first"
    tied = listed(choice.tied[:_NAMED])
    if len(choice.tied) > _NAMED:
        tied = say("choice.and_more", shown=tied, n=len(choice.tied) - _NAMED)
    return say(f"choice.why.{key}", shown=choice.shown, values=choice.values, tied=tied)


def _neighbours(given: Given | None) -> Mapping[str, int]:
    """How many documents beside one are of each form."""
    if given is None or given.shown == STDIN or is_url(given.shown):
        return {}
    folder = given.folder.resolve()
    own = _form_of(folder) if given.alone else None
    return {own: _MOST} if own else _forms_below(folder.parent, folder.parent.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _forms_below(folder: Path, changed: int) -> Mapping[str, int]:
    found = (_form_of(file.parent) for file in sorted(folder.glob(f"*/{LISTING}"))[:_MOST])
    return Counter(name for name in found if name)


def _form_of(folder: Path) -> str | None:
    found = listed_in(folder)
    return found.form if found is not None else None

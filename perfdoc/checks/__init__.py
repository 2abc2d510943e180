"""Document + Form → what a reviewer would find. Rules are functions; what is said of them is data under `rules/`.

>>> reading = perfdoc.load("specs/hexi-court-2023")
>>> for one in check(reading, perfdoc.form(reading.document.form)): print(one)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perfdoc.checks.catalogue import Entry, catalogue
from perfdoc.checks.finding import Edit, Finding, Hit
from perfdoc.checks.located import Located
from perfdoc.checks.rules import RULES
from perfdoc.checks.settings import Settings
from perfdoc.checks.subject import Subject
from perfdoc.form_definition import Form
from perfdoc.model import Document
from perfdoc.report import Diagnostic, Reading, Severity

__all__ = ["RULES", "Edit", "Entry", "Finding", "Hit", "Settings", "catalogue", "check", "findings"]


def findings(
    reading: Reading | Document, form: Form | None = None, settings: Settings | None = None, hint: str = ""
) -> tuple[Finding, ...]:
    """What the rules find, in the order of places.

    A Reading gives places to the findings, a Document alone does not. `form` is the document's form. `hint` is
    the name of the file or folder, which often holds the year.
    """
    chosen = settings or Settings()
    known = reading if isinstance(reading, Reading) else Reading(reading)
    subject = Subject(known.document, form, hint, chosen, bool(known.claims))
    located = Located(known)
    found: list[Finding] = []
    for code, look in RULES.items():
        if chosen.wants(code):
            found += [_finding(hit, code, catalogue()[code], chosen, located) for hit in look(subject)]
    found.sort(key=lambda one: one.order)
    return tuple(found)


def check(
    reading: Reading | Document, form: Form | None = None, settings: Settings | None = None, lang: str = "en"
) -> tuple[Diagnostic, ...]:
    """`findings` as Diagnostics, their messages in `zh` or `en`."""
    return tuple(one.diagnostic(lang) for one in findings(reading, form, settings))


def _finding(hit: Hit, code: str, entry: Entry, settings: Settings, located: Located) -> Finding:
    place, value = located.place(hit.path), located.text(hit.path)
    related = tuple((path, located.place(path), located.text(path)) for path in hit.related)
    level, messages, safe = settings.level(code), entry.say(hit.values, hit.variant), entry.fix == "safe"
    return Finding(code, level, hit.path, place, value, hit.span, messages, hit.edits, safe, related)


def selected(found: Iterable[Finding], settings: Settings) -> Iterator[Finding]:
    """Those findings that count for the exit code."""
    return (one for one in found if one.severity in Severity.down_to(settings.severity))

"""Document + Form → what a reviewer would find. Rules are functions; what is said of them is data under `rules/`.

>>> reading = perfdoc.load("specs/hexi-court-2023")
>>> for one in check(reading, perfdoc.form(reading.document.form)): print(one)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from perfdoc.check import (
    arithmetic,
    budget,
    classification,
    completeness,
    dates,
    projects,
    spelling,
    typography,
    values,
    wording,
)
from perfdoc.check.catalogue import Entry, catalogue
from perfdoc.check.finding import Edit, Finding, Hit, Rule
from perfdoc.check.settings import Settings
from perfdoc.check.subject import Subject
from perfdoc.form import Form
from perfdoc.model import Document
from perfdoc.report import Diagnostic, Path, Place, Reading

__all__ = ["RULES", "Edit", "Entry", "Finding", "Hit", "Rule", "Settings", "catalogue", "check", "findings"]

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            *completeness.RULES,
            *classification.RULES,
            *values.RULES,
            *dates.RULES,
            *spelling.RULES,
            *budget.RULES,
            *arithmetic.RULES,
            *projects.RULES,
            *wording.RULES,
            *typography.RULES,
        )
    )
)
"""All rules in the order of their codes; `catalogue()` has what is said of each."""


def findings(
    reading: Reading | Document, form: Form | None = None, settings: Settings | None = None, hint: str = ""
) -> tuple[Finding, ...]:
    """What the rules find, in the order of places.

    A Reading gives places to the findings, a Document alone does not. `form` is the document's form. `hint` is
    the name of the file or folder, which often holds the year.
    """
    chosen = settings or Settings()
    known = reading if isinstance(reading, Reading) else Reading(reading)
    subject = Subject(
        known.document, form, hint, chosen.year, chosen.scheme, lenient=bool(known.claims), slips=chosen.slips
    )
    found: list[Finding] = []
    for rule in RULES:
        if chosen.wants(rule.code):
            entry = catalogue()[rule.code]
            found += [_finding(hit, rule.code, entry, chosen, known) for hit in rule.look(subject)]
    found.sort(key=lambda one: one.order)
    return tuple(found)


def check(
    reading: Reading | Document, form: Form | None = None, settings: Settings | None = None, lang: str = "en"
) -> tuple[Diagnostic, ...]:
    """`findings` as Diagnostics, their messages in `zh` or `en`."""
    return tuple(one.diagnostic(lang) for one in findings(reading, form, settings))


def _finding(hit: Hit, code: str, entry: Entry, settings: Settings, reading: Reading) -> Finding:
    related = tuple((path, place_of(reading.places, path), value_of(reading.document, path)) for path in hit.related)
    return Finding(
        code,
        settings.level(code),
        hit.path,
        place_of(reading.places, hit.path),
        value_of(reading.document, hit.path),
        hit.span,
        entry.say(hit.values, hit.variant),
        hit.edits,
        entry.fix == "safe",
        related,
    )


def place_of(places: Mapping[Path, Place], path: Path) -> Place:
    """Where a value stands, or, where there is none, what it would stand in."""
    while path and path not in places:
        path = path[:-1]
    return places.get(path) or Place("")


def value_of(document: Document, path: Path) -> str:
    """The text at a path of the document, `""` where there is none."""
    at: object = document
    for part in path:
        if isinstance(part, int):
            at = at[part] if isinstance(at, tuple) and part < len(at) else None
        elif isinstance(at, Mapping):
            at = at.get(part)
        else:
            at = getattr(at, part, None)
    return at if isinstance(at, str) else ""


def selected(found: Iterable[Finding], settings: Settings) -> Iterator[Finding]:
    """Those findings that count for the exit code."""
    order = ("info", "warning", "error")
    return (one for one in found if order.index(one.severity) >= order.index(settings.severity))

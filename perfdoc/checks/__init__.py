"""Document + Form → what a reviewer would find. Rules are functions; what is said of them is data under `rules/`.

>>> reading = perfdoc.load("specs/hexi-court-2023")
>>> for one in check(reading, perfdoc.form(reading.document.form)): print(one)
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from perfdoc.checks.catalogue import Entry, catalogue
from perfdoc.checks.doubt import Doubts
from perfdoc.checks.finding import Edit, Finding, Hit, Span
from perfdoc.checks.located import Located
from perfdoc.checks.rules import RULES
from perfdoc.checks.settings import Settings
from perfdoc.checks.subject import Subject
from perfdoc.checks.word_lists import regex
from perfdoc.form_definition import Form
from perfdoc.model import Document
from perfdoc.report import Diagnostic, Reading, Severity
from perfdoc.texts import Language, language, say, speaking

__all__ = ["RULES", "Edit", "Entry", "Finding", "Hit", "Settings", "catalogue", "check", "findings"]


def findings(
    reading: Reading | Document, form: Form | None = None, settings: Settings | None = None, hint: str = ""
) -> tuple[Finding, ...]:
    """What the rules find, in the order of places.

    A Reading gives places to the findings, a Document alone does not. `form` is the document's form. `hint` is
    the name of the file or folder, which often holds the year. Where the reading was in doubt, a finding says so and
    is no error.
    """
    chosen = settings or Settings()
    known = reading if isinstance(reading, Reading) else Reading(reading)
    subject = Subject(known.document, form, hint, chosen, bool(known.claims))
    located, doubts = Located(known), Doubts(known)
    found: list[Finding] = []
    for code, look in RULES.items():
        if chosen.wants(code):
            hits = (hit for hit in look(subject) if not _is_printed(hit, located))
            found += [_finding(hit, code, chosen, located, doubts) for hit in hits]
    found.sort(key=lambda one: one.order)
    return tuple(found)


def check(
    reading: Reading | Document,
    form: Form | None = None,
    settings: Settings | None = None,
    lang: Language | None = None,
) -> tuple[Diagnostic, ...]:
    """`findings` as Diagnostics, their messages in `zh` or `en` (where neither is given, in English)."""
    with speaking(lang or language()):
        return tuple(one.diagnostic() for one in findings(reading, form, settings))


def _is_printed(hit: Hit, located: Located) -> bool:
    """Whether a hit is at what the form prints at the end of an indicator's name, a hint of its value (≥**万元)."""
    if hit.path[-1] != "level3" or hit.span is None:
        return False
    start, end = hit.span
    return any(first <= start and end <= last for first, last in _printed(located.text(hit.path)))


@lru_cache(maxsize=64)
def _printed(name: str) -> tuple[Span, ...]:
    return tuple(found.span() for found in regex("printed_hints").finditer(name))


def _finding(hit: Hit, code: str, settings: Settings, located: Located, doubts: Doubts) -> Finding:
    place, value, entry = located.place(hit.path), located.text(hit.path), catalogue()[code]
    related = tuple((path, located.place(path), located.text(path)) for path in hit.related)
    level, message, safe = settings.level(code), entry.say(hit.values, hit.variant), entry.fix == "safe"
    # what is missed, or does not add up, may be what was not understood elsewhere in the table
    doubted = doubts.codes(place, wide=not value or any("budget" in path for path in (hit.path, *hit.related)))
    if level is Severity.error and (doubted or not hit.certain):
        level = Severity.warning
    if doubted:
        message += say("checks.doubt", codes=doubted)
    return Finding(code, level, hit.path, place, value, hit.span, message, hit.edits, safe, related)


def selected(found: Iterable[Finding], settings: Settings) -> Iterator[Finding]:
    """Those findings that count for the exit code."""
    return (one for one in found if one.severity in Severity.down_to(settings.severity))

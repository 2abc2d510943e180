"""A Document as plain lines, one for each thing that it says: what `git diff` compares for a Word or Excel file."""

from __future__ import annotations

from collections.abc import Iterator

from perfdoc.diff.words import title
from perfdoc.model import Document, Indicator, Project

MARK = "== "
"""What a project's first line begins with; git shows it at the head of each change."""


def goals(document: Document) -> Iterator[str]:
    """The lines. An indicator is one line with its levels, so that a change of it says what it is a change of."""
    if document.title:
        yield f"{title(('title',))}: {_flat(document.title)}"
    for one in document.projects:
        yield from _project(one)


def _project(one: Project) -> Iterator[str]:
    yield ""
    yield f"{MARK}{_flat(one.name or '')}".rstrip()
    agency = f"{one.agency.code or ''} {one.agency.name or ''}".strip()
    yield from _line(title(("agency",)), agency)
    for name in ("total", "fiscal", "other"):
        amount = getattr(one.budget, name)
        yield from _line(title(("budget", name)), f"{amount} {one.money_unit or ''}".strip() if amount else "")
    yield from _line(title(("purpose",)), one.purpose)
    for label, text in one.extra.items():
        yield from _line(_flat(label), text)
    if one.goals:
        yield f"{title(('goals',))}:"
        yield from (f"  {line}".rstrip() for line in one.goals.splitlines())
    for row in one.indicators:
        yield _indicator(row)


def _line(name: str, text: str | None) -> Iterator[str]:
    if text:
        yield f"{name}: {_flat(text)}"


def _indicator(one: Indicator) -> str:
    levels = " / ".join(_flat(level) for level in (one.level1, one.level2, one.level3) if level)
    described = f"（{_flat(one.description)}）" if one.description else ""
    more = "".join(f"；{_flat(label)} {_flat(text)}" for label, text in one.extra.items() if text)
    return f"{levels}{described}: {_flat(one.target or '')}{more}".rstrip()


def _flat(text: str) -> str:
    return " ".join(text.split("\n")) if "\n" in text else text

"""Findings of many documents as one report: each with its unit and project, sums by unit and by rule."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from perfdoc.checks.catalogue import catalogue
from perfdoc.checks.finding import Finding
from perfdoc.checks.report import fixed_value
from perfdoc.meanings import meanings
from perfdoc.model import Document, Project
from perfdoc.page import rendered
from perfdoc.report import Place, Severity, column_letters
from perfdoc.storage.paths import is_url
from perfdoc.summary.row import unit_of
from perfdoc.summary.tables import Cell, Link, Table, headed, printed
from perfdoc.texts import in_language, say

_LEVELS = tuple(Severity)
_LONGEST = 200  # characters of a text that is quoted


class FoundRow(NamedTuple):
    """A finding with its unit and its project ("" for none, or for a document that has no project of that place)."""

    unit: str
    project: str
    severity: Severity
    code: str
    place: Place
    message: str
    text: str
    fix: str


@dataclass
class Report:
    """What documents have: their findings, how many there are, the projects of each unit, and what was not read."""

    rows: list[FoundRow] = field(default_factory=list)
    documents: int = 0
    clean: int = 0
    projects: Counter[str] = field(default_factory=Counter)
    unread: list[str] = field(default_factory=list)

    def add(self, document: Document | None, found: Sequence[Finding]) -> None:
        """Take one more document in, None for one that can't be loaded and has faults instead."""
        projects = document.projects if document else ()
        self.documents += 1
        self.clean += not found
        self.projects.update(map(unit_of, projects))
        self.rows += (_row(one, projects) for one in found)

    def update(self, other: Report) -> None:
        self.rows += other.rows
        self.documents += other.documents
        self.clean += other.clean
        self.projects.update(other.projects)
        self.unread += other.unread


def _row(one: Finding, projects: Sequence[Project]) -> FoundRow:
    at = one.path[1] if len(one.path) > 1 and one.path[0] == "projects" else 0
    project = projects[at] if isinstance(at, int) and at < len(projects) else None
    quoted, fix = (each[:_LONGEST] + "…" * (len(each) > _LONGEST) for each in (one.quote, fixed_value(one) or ""))
    name = (project.name or "").strip() if project else ""
    unit = unit_of(project) if project else ""
    return FoundRow(unit, name, one.severity, one.code, one.place, one.message, quoted, fix)


def href(place: Place, base: Path) -> str:
    """The way from a folder to a place: its file, with the line or cell as fragment; "" for none (`<stdin>`)."""
    if not place.file or place.file.startswith("<"):
        return ""
    at = f"L{place.line}" if place.line else ""
    if place.sheet:
        at = f"'{place.sheet}'!{column_letters(place.column)}{place.row}" if place.row and place.column else ""
    way = way_to(place.file, base)
    return f"{way}#{quote(at, safe='!')}" if at else way


def way_to(file: str, base: Path) -> str:
    """A file as a URI relative to a folder, as itself where it is a URL."""
    if is_url(file):
        return quote(file, safe="/:@")
    try:
        return quote(Path(os.path.relpath(file, base)).as_posix())
    except ValueError:  # another drive of Windows
        return Path(file).absolute().as_uri()


def found_tables(report: Report, base: Path) -> tuple[Table, ...]:
    """The tables of a workbook: all findings, sums by unit and by rule, what was not read.

    Links lead from the folder `base` to the places.
    """
    made = (_findings(report, base), _units(report), _rules(report), _unread(report))
    return tuple(one for one in made if one.rows or one.key == "list")


def page(report: Report, base: Path) -> Iterator[str]:
    """The findings as one HTML page, in pieces: sums by unit, what is found in each unit's projects, sums by rule."""
    units = [
        (unit, [(project, list(those)) for project, those in groupby(rows, lambda row: row.project)])
        for unit, rows in groupby(_sorted(report), lambda row: row.unit)
    ]
    return rendered(
        "summary/findings.html.j2",
        title=say("summary.found.title"),
        report=report,
        counts=Counter(row.severity for row in report.rows),
        levels=_LEVELS,
        by_unit=_units(report, anchors=True),
        by_rule=_rules(report),
        units=units,
        printed=printed,
        href=lambda place: href(place, base),
    )


def _sorted(report: Report) -> list[FoundRow]:
    """By unit, those with the most errors first; in it by project, the heaviest first, as a reader meets them."""
    order = {unit: at for at, unit in enumerate(_by_weight(report))}
    return sorted(
        report.rows, key=lambda row: (order[row.unit], row.project, _LEVELS.index(row.severity), row.place.order)
    )


def _by_weight(report: Report) -> list[str]:
    counts = _counted(report.rows, lambda row: row.unit)
    units = dict.fromkeys((*report.projects, *counts))
    return sorted(units, key=lambda unit: [-counts.get(unit, Counter())[level] for level in _LEVELS])


def _counted(rows: Iterable[FoundRow], by: Callable[[FoundRow], str]) -> Mapping[str, Counter[Severity]]:
    counts: dict[str, Counter[Severity]] = {}
    for row in rows:
        counts.setdefault(by(row), Counter())[row.severity] += 1
    return counts


def _levels(counts: Counter[Severity]) -> tuple[Cell, ...]:
    return (*(counts[level] for level in _LEVELS), counts.total())


_LEVEL_HEADS = ("errors", "warnings", "infos", "findings")


def _units(report: Report, *, anchors: bool = False) -> Table:
    counts = _counted(report.rows, lambda row: row.unit)
    rows: list[tuple[Cell, ...]] = []
    for number, unit in enumerate(_by_weight(report), 1):
        name = unit or say("summary.nameless")
        shown = Link(name, f"#u{number}") if anchors and unit in counts else name
        rows.append((shown, report.projects[unit], *_levels(counts.get(unit, Counter()))))
    whole = Counter(row.severity for row in report.rows)
    sums = (say("summary.total", n=report.projects.total()), report.projects.total(), *_levels(whole))
    heads = headed("agency", "projects", *_LEVEL_HEADS)
    return Table("units", say("summary.titles.units"), heads, (*rows, sums) if rows else (), 1)


def _rules(report: Report) -> Table:
    counts = _counted(report.rows, lambda row: row.code)
    rows: list[tuple[Cell, ...]] = []
    for code in sorted(counts):
        entry, meaning = catalogue().get(code), meanings().get(code)
        title = in_language(entry.title) if entry else in_language(meaning.means) if meaning else ""
        why = in_language(entry.why) if entry else in_language(meaning.do) if meaning else ""
        basis = "\n".join(map(in_language, entry.basis)) if entry else ""
        rows.append((code, title, *_levels(counts[code]), why, basis))
    heads = headed("code", "rule", *_LEVEL_HEADS, "reason", "basis")
    return Table("rules", say("summary.titles.findings"), heads, tuple(rows))


def _findings(report: Report, base: Path) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for number, row in enumerate(_sorted(report), 1):
        severity = say(f"summary.severities.{row.severity}")
        to = href(row.place, base)
        place = Link(str(row.place), to) if to else str(row.place)
        rows.append((number, severity, row.unit, row.project, row.code, row.message, row.text, row.fix, place))
    heads = headed("number", "severity", "agency", "name", "code", "finding", "value", "suggestion", "place")
    return Table("list", say("summary.titles.list"), heads, tuple(rows), filtered=True)


def _unread(report: Report) -> Table:
    rows = tuple((name,) for name in report.unread)
    return Table("unread", say("summary.titles.unread"), headed("file"), rows)

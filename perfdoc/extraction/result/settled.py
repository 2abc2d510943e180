"""Which label has each field of a project, once all of them are known: named values become claims with paths."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from perfdoc.extraction.result.claims import Findings, Named, Repeated, Said, Settled, quoted
from perfdoc.extraction.result.project import EXTRA, Project
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.report import Claim, Path, Role, Severity
from perfdoc.texts import say

_INITIAL, _BUDGET = "execution.initial.", "budget."
_DEPARTMENT, _AGENCY, _CODE = "department", "agency.name", "agency.code"


def numbered(label: str, taken: Container[str], numbers: dict[str, int]) -> str:
    """`label`, or with the first number from 2 on that makes it none of `taken`: `备注 (2)`.

    `numbers` remembers how far each label has come, so that one that repeats without end costs no more each time.
    """
    if label not in taken:
        return label
    number = numbers.get(label, 1) + 1
    while f"{label} ({number})" in taken:
        number += 1
    numbers[label] = number
    return f"{label} ({number})"


def settled(findings: Findings, projects: Sequence[Project], words: Vocabulary) -> Iterator[Settled]:
    """Every claim of a file in its order, each with its path; what is to be said of values goes to the findings."""
    ways = [_ways(project) for project in projects]
    helps = cache(words.helps)
    implied: list[Said] = []
    for one in findings.found:
        said: Settled
        if isinstance(one, Claim):
            said = one, one.text, False
        elif isinstance(one, Said):
            said = one
        elif isinstance(one, Repeated):
            said = Claim(Role.value, one.place, one.text, ways[one.project][one.of].path), None, False
        else:
            said, project = _named(one, ways[one.project][one.number], findings), projects[one.project]
            if one.field == _AGENCY and one.value and project.holders.get(_AGENCY) == one.number:
                code, name = _split(project, one, words)
                if code is not None and not project.values.get(_CODE):
                    yield Said(Claim(Role.value, one.place, "", project.path("agency", "code")), code)
                said = said[0], name, said[2]
            implied += _agency(project, one, words) if one.field == _DEPARTMENT else ()
        claim, value, _ = said
        if value and claim.path and claim.text and helps(value) and claim.path != ("title",):
            message = say("extraction.is_help", text=quoted(value))
            findings.doubt("PD051", Severity.warning, message, claim.place, value, claim.path)
        yield said
    yield from implied


def _named(one: Named, way: _Way, findings: Findings) -> Settled:
    path, gives = way
    if one.doubt is not None:
        findings.diagnostics.append(replace(one.doubt, path=path))
    role = one.role or (Role.extra if path[2] == "extra" else Role.value)
    return Claim(role, one.place, one.text, path), one.value if gives else None, one.follows is not None


class _Way(NamedTuple):
    """Where a named value goes, and whether it is what stands there."""

    path: Path
    gives: bool = True


def _ways(project: Project) -> list[_Way]:
    """Where each named value of a project goes: to its field, if it has that, else to `extra` under its label."""
    renamed = _initial_as_budget(project)
    several = _of_several_governments(project)
    taken = {field.removeprefix(EXTRA) for field in project.values if field.startswith(EXTRA)}
    numbers: dict[str, int] = {}
    ways: list[_Way] = []
    for one in project.named:
        if one.follows is not None:
            ways.append(ways[one.follows])
        elif project.holders.get(one.field) == one.number and one.number not in several:
            field = renamed.get(one.field, one.field)
            ways.append(_Way(project.path(*field.split(".")), field not in renamed.values() or one.field in renamed))
        elif (one.number in project.free and not (one.value or "").strip()) or (
            one.weak and not one.text and one.field
        ):
            # A blank cell, and filled in elsewhere; or what nothing here says, and another label does.
            ways.append(_Way(project.path(*one.field.split(".")), gives=False))
        else:
            extra = one.field.startswith(EXTRA)
            name = numbered(one.field.removeprefix(EXTRA) if extra else one.label or one.field or "?", taken, numbers)
            taken.add(name)
            ways.append(_Way(project.path("extra", name)))
    return ways


def _of_several_governments(project: Project) -> frozenset[int]:
    """The numbers of amounts of which each is one level of government's, where there are several: none is the whole."""
    said = [one for one in project.named if (one.value or "").strip()]
    given = {one.number: one.label for one in said if project.words.meaning(one.label).is_like("one_government")}
    return frozenset(given) if len(set(given.values())) > 1 else frozenset()


def _initial_as_budget(project: Project) -> dict[str, str]:
    """The fields of 年初预算数 with those of the budget, where a form has no other budget."""
    held = {field: text for field, text in project.values.items() if field.startswith(_BUDGET)}
    if project.whole or "budget.total" in held or any((text or "").strip() for text in held.values()):
        return {}
    return {field: field.replace(_INITIAL, _BUDGET) for field in project.holders if field.startswith(_INITIAL)}


def _split(project: Project, agency: Named, words: Vocabulary) -> tuple[str | None, str]:
    """The code and the name of an agency whose cell begins with its code, if no other label has another code."""
    text, held = agency.value or "", project.values.get(_CODE)
    code, name = words.split_agency(text) if agency.coded else words.split_marked(text)
    return (code, name) if code is not None and held in (None, "", code) else (None, text)


def _agency(project: Project, department: Named, words: Vocabulary) -> Iterable[Said]:
    """A 主管部门 that is the agency itself, or stands for it, tells its name and code too.

    It stays the department as well, so that a form that has both cells prints what was read.
    """
    if project.whole or project.holders.get(_DEPARTMENT) != department.number:
        return
    text = department.value or ""
    first = next(one.label for one in project.named if one.field == _DEPARTMENT)
    if not first or not text.strip():
        return
    split = words.split_agency if words.meaning(first).is_identity else words.split_marked
    code, name = split(text)
    held = project.values.get(_AGENCY)
    if held not in (None, "", name, text):
        return
    if not held:
        yield Said(Claim(Role.value, department.place, "", project.path("agency", "name")), name)
    if code is not None and not project.values.get(_CODE):
        yield Said(Claim(Role.value, department.place, "", project.path("agency", "code")), code)

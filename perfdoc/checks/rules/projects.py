"""PD5xx: what does not fit between a document and its projects, and between projects."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator

from perfdoc.checks.finding import Edit, Hit
from perfdoc.checks.row import Row
from perfdoc.checks.subject import Case, Subject
from perfdoc.checks.word_lists import regex
from perfdoc.report import Path
from perfdoc.target import Target, same_meaning
from perfdoc.target.number import small_number

_MOST_ALIKE = 50  # projects whose names begin alike that are compared with a text
_SHORTEST = 6  # characters of a name that is looked for in texts; shorter ones are words


def same(text: str) -> str:
    """A name for comparing: without white space, widths made one."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _named(heading: str) -> tuple[int | None, str]:
    """Number and project's name in a heading: `2.法院办案业务费绩效目标表`."""
    found = regex("heading_begin").match(heading)
    given = found["number"] if found else None
    rest = heading[found.end() if found and given else 0 :]
    end = regex("heading_end").search(rest)
    return small_number(given) if given else None, rest[: end.start()] if end else rest


def heading_names_other(subject: Subject) -> Iterator[Hit]:
    """PD501: the heading names another project."""
    by_name = {same(case.project.name or ""): case for case in subject.cases}
    for case in subject.cases:
        heading, name = case.project.heading, case.project.name
        if not heading or not (name or "").strip() or subject.form is None:
            continue
        if heading == subject.form.heading_of(case.project.model_copy(update={"heading": None}), case.index + 1):
            continue
        _, named = _named(heading)
        if not named.strip() or same(named) == same(name or "") or same(name or "") in same(heading):
            continue
        other = by_name.get(same(named))
        values = {"heading": named.strip(), "name": name or "", "number": str(other.index + 1 if other else 0)}
        span = (heading.find(named), heading.find(named) + len(named))
        edits = (Edit(case.at("heading"), *span, name or ""),)
        yield Hit(case.at("heading"), span, values, edits, (case.at("name"),), "other" if other else "")


def heading_numbers(subject: Subject) -> Iterator[Hit]:
    """PD502: headings are not numbered in order."""
    numbers = {case.index: _named(case.project.heading)[0] for case in subject.cases if case.project.heading}
    offsets = Counter(number - index - 1 for index, number in numbers.items() if number is not None)
    offsets[0] += len(subject.cases) - len(numbers)
    usual = offsets.most_common(1)[0][0] if offsets else 0
    for index, number in numbers.items():
        if number is not None and number != index + 1 + usual:
            path = ("projects", index, "heading")
            at = (subject.cases[index].project.heading or "").find(str(number))
            span = (at, at + len(str(number))) if at >= 0 else None
            right = str(index + 1 + usual)
            edits = (Edit(path, *span, right),) if span else ()
            yield Hit(path, span, {"number": str(number), "right": right}, edits)


def same_name(subject: Subject) -> Iterator[Hit]:
    """PD503: a project stands twice."""
    first: dict[tuple[str, str], int] = {}
    for case in subject.cases:
        name = case.project.name or ""
        before = first.setdefault((same(name), same(case.project.agency.name or "")), case.index)
        if name.strip() and before != case.index:
            values = {"name": name, "number": str(before + 1)}
            yield Hit(case.at("name"), values=values, related=(("projects", before, "name"),))


def same_indicator(subject: Subject) -> Iterator[Hit]:
    """PD504: an indicator stands twice."""
    for case in subject.cases:
        first: dict[tuple[str, ...], Row] = {}
        for row in case.rows:
            if not row.name:
                continue
            one = row.indicator
            more = (same(text) for text in one.extra.values() if not text.isdigit())
            before = first.setdefault((same(row.name), same(one.description or ""), *more), row)
            if before is not row:
                values = {"name": row.name, "number": str(before.number), "value": before.value, "here": row.value}
                variant = "" if same_meaning(before.target, row.target) else "differs"
                yield Hit(row.at("level3"), values=values, related=(before.at("level3"),), variant=variant)


def promised_twice(subject: Subject) -> Iterator[Hit]:
    """PD505: the same thing promised by two projects."""
    first: dict[tuple[str, Target], Row] = {}
    for row, quantity in subject.quantities:
        if row.kind != "quantity" or quantity.unit in ("", "%") or len(row.name) < 4 or quantity.base.number <= 1:
            continue
        other = first.setdefault((same(row.name), row.target.meaning()), row)
        if other.path[1] != row.path[1]:
            values = {**row.said, "number": str(int(other.path[1]) + 1)}
            yield Hit(row.at("level3"), values=values, related=(other.at("level3"),))


def copied_goals(subject: Subject) -> Iterator[Hit]:
    """PD506: goals copied from another project."""
    first: dict[str, int] = {}
    for case in subject.cases:
        goals = same(case.project.goals or "")
        before = first.setdefault(goals, case.index)
        if len(goals) >= 8 and before != case.index:
            at = ("projects", before, "goals")
            yield Hit(case.at("goals"), values={"number": str(before + 1)}, related=(at,))


def agencies(subject: Subject) -> Iterator[Hit]:
    """PD507: agency code and name do not match."""
    agencies = ((case, case.project.agency) for case in subject.cases)
    pairs = [(case, same(of.code), same(of.name)) for case, of in agencies if of.code and of.name]
    names: defaultdict[str, Counter[str]] = defaultdict(Counter)
    codes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for _, code, name in pairs:
        names[code][name] += 1
        codes[name][code] += 1
    for case, code, name in pairs:
        usual_name = names[code].most_common(1)[0][0]
        usual_code = codes[name].most_common(1)[0][0]
        if name != usual_name:
            yield Hit(case.at("agency", "name"), values={"code": code, "name": name, "usual": usual_name})
        elif code != usual_code:
            values = {"code": code, "name": name, "usual": usual_code}
            yield Hit(case.at("agency", "code"), values=values, variant="code")


def money_units(subject: Subject) -> Iterator[Hit]:
    """PD508: projects with different units of money."""
    units = Counter((case.project.money_unit or "").strip() for case in subject.cases if case.money_factor)
    if len(units) < 2:
        return
    usual = units.most_common(1)[0][0]
    for case in subject.cases:
        unit = (case.project.money_unit or "").strip()
        if case.money_factor and unit != usual:
            yield Hit(case.at("money_unit"), values={"unit": unit, "usual": usual})


def bookmarks(subject: Subject) -> Iterator[Hit]:
    """PD509: a bookmark stands twice."""
    first: dict[str, int] = {}
    for case in subject.cases:
        for at, name in enumerate(case.project.bookmarks or ()):
            if name.casefold() in first:
                path: Path = (*case.at("bookmarks"), at)
                yield Hit(path, values={"name": name, "number": str(first[name.casefold()] + 1)})
            first.setdefault(name.casefold(), case.index)


def names_other_project(subject: Subject) -> Iterator[Hit]:
    """PD510: the text names another project."""
    by_start: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for case in subject.cases:
        plain = (case.project.name or "").strip()
        if len(plain) >= _SHORTEST:
            by_start[plain[:_SHORTEST]].append((plain, case.index))
    for case in subject.cases:
        for name in ("purpose", "goals"):
            text = getattr(case.project, name) or ""
            for at in range(len(text) - _SHORTEST + 1):
                known = by_start.get(text[at : at + _SHORTEST])
                if known:
                    yield from _named_at(case, case.at(name), text, at, known)


def _named_at(case: Case, path: Path, text: str, at: int, known: list[tuple[str, int]]) -> Iterator[Hit]:
    """The longest of these names that stands at an offset, unless it is part of the project's own."""
    there = [(name, index) for name, index in known[:_MOST_ALIKE] if text.startswith(name, at)]
    if there:
        name, index = max(there, key=lambda each: len(each[0]))
        if index != case.index and name not in (case.project.name or ""):
            yield Hit(path, (at, at + len(name)), {"name": name, "number": str(index + 1)})

"""PD5xx: what does not fit between a document and its projects, and between projects."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator
from typing import TypeVar

from perfdoc.checks.finding import Edit, Hit
from perfdoc.checks.row import Row
from perfdoc.checks.subject import Case, Subject
from perfdoc.checks.word_lists import regex
from perfdoc.report import Path
from perfdoc.target import same_meaning
from perfdoc.target.number import small_number

T = TypeVar("T")
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


def _again(keyed: Iterable[tuple[Hashable, T]]) -> Iterator[tuple[T, T]]:
    """What has the key of an earlier one: the earlier one, and it."""
    first: dict[Hashable, T] = {}
    for key, one in keyed:
        if (before := first.setdefault(key, one)) is not one:
            yield before, one


def same_name(subject: Subject) -> Iterator[Hit]:
    """PD503: a project stands twice."""
    named = [case for case in subject.cases if (case.project.name or "").strip()]
    keyed = ((f"{same(case.project.name or '')}\n{same(case.project.agency.name or '')}", case) for case in named)
    for before, case in _again(keyed):
        values = {"name": case.project.name or "", "number": str(before.index + 1)}
        yield Hit(case.at("name"), values=values, related=(before.at("name"),))


def same_indicator(subject: Subject) -> Iterator[Hit]:
    """PD504: an indicator stands twice."""
    for case in subject.cases:
        for before, row in _again((_alike(row), row) for row in case.rows if row.name):
            values = {"name": row.name, "number": str(before.number), "value": before.value, "here": row.value}
            variant = "" if same_meaning(before.target, row.target) else "differs"
            yield Hit(row.at("level3"), values=values, related=(before.at("level3"),), variant=variant)


def _alike(row: Row) -> tuple[str, ...]:
    """What two indicators that are one have in common; columns of numbers may differ."""
    one = row.indicator
    more = (same(text) for text in one.extra.values() if not text.isdigit())
    return (same(row.name), same(one.description or ""), *more)


def promised_twice(subject: Subject) -> Iterator[Hit]:
    """PD505: the same thing promised by two projects."""
    counted = (
        ((same(row.name), row.target.meaning()), row)
        for row, quantity in subject.quantities
        if row.kind == "quantity" and quantity.unit not in ("", "%") and len(row.name) >= 4 and quantity.base.number > 1
    )
    for other, row in _again(counted):
        if other.path[1] != row.path[1]:
            values = {**row.said, "number": str(int(other.path[1]) + 1)}
            yield Hit(row.at("level3"), values=values, related=(other.at("level3"),))


def copied_goals(subject: Subject) -> Iterator[Hit]:
    """PD506: goals copied from another project."""
    keyed = ((same(case.project.goals or ""), case) for case in subject.cases)
    for before, case in _again(each for each in keyed if len(each[0]) >= 8):
        yield Hit(case.at("goals"), values={"number": str(before.index + 1)}, related=(before.at("goals"),))


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
    named = ((case, at, name) for case in subject.cases for at, name in enumerate(case.project.bookmarks or ()))
    for (before, *_), (case, at, name) in _again((each[2].casefold(), each) for each in named):
        yield Hit((*case.at("bookmarks"), at), values={"name": name, "number": str(before.index + 1)})


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

"""The comparison of two documents. `perfdoc.pairing` finds what belongs together; here is what differs."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from pydantic import BaseModel

from perfdoc.comparison.change import Change, Difference, IndicatorChange, ProjectChange, Said, Value
from perfdoc.form_definition import forms
from perfdoc.model import INDICATOR_PATHS, PROJECT_PATHS, Document, Indicator, Project, Text, decimal, texts, title
from perfdoc.pairing import in_order, out_of_order, pair_indicators, pair_projects, pair_threads, united
from perfdoc.report import Path, Thread
from perfdoc.target import Quantity, convert, parse
from perfdoc.target.units import EXACT
from perfdoc.texts import say
from perfdoc.years import only_years

_NUMBER = re.compile(r"^\s*[0-9０-９]+\s*[.．、]\s*")
_NAMES = frozenset({"name", "title", "heading", "level3", "description"})
_PROJECT = tuple(tuple(path.split(".")) for path in PROJECT_PATHS)
_MONEY = frozenset({"budget", "execution"})
_POINTS = frozenset({"weight", "rate", "score"})
_QUANTITIES = frozenset({"target", "actual", "weight", "score"})
T = TypeVar("T")


def diff(old: Document, new: Document) -> Difference:
    """Everything that the new document says otherwise than the old one."""
    pairs = pair_projects(old.projects, new.projects)
    moved = out_of_order(pairs)
    projects = tuple(
        _project(here, there, _at(old.projects, here), _at(new.projects, there), here in moved)
        for here, there in in_order(pairs, len(old.projects), len(new.projects))
    )
    titles = tuple(_value(("title",), old.title or "", new.title or "", Document))
    return Difference(old, new, titles, projects)


def _at(items: Sequence[T], index: int | None) -> T | None:
    return None if index is None else items[index]


def _project(
    here: int | None, there: int | None, old: Project | None, new: Project | None, moved: bool
) -> ProjectChange:
    ours, theirs = old.indicators if old else (), new.indicators if new else ()
    if old is not None and new is not None and old == new:
        same = tuple(IndicatorChange(n, n, one, one) for n, one in enumerate(ours))
        return ProjectChange(here, there, old, new, moved, indicators=same)
    pairs = pair_indicators(ours, theirs) if old and new else []
    shifted = out_of_order(pairs)
    rows = []
    for a, b in in_order(pairs, len(ours), len(theirs)):
        was, now = _at(ours, a), _at(theirs, b)
        differing = tuple(_indicator_values(was, now)) if was and now and was != now else ()
        rows.append(IndicatorChange(a, b, was, now, a in shifted, differing))
    values = tuple(_project_values(old, new)) if old and new else ()
    return ProjectChange(here, there, old, new, moved, values, indicators=tuple(rows))


def _project_values(old: Project, new: Project) -> Iterator[Value]:
    ours, theirs = dict(texts(old)), dict(texts(new))
    for path in _PROJECT:
        before, after = ours.get(path) or "", theirs.get(path) or ""
        if before != after and path[0] in _MONEY:
            amount, unit = _between(_money(before, path, old), _money(after, path, new))
            yield Value(path, title(path), before, after, amount, unit)
        else:
            yield from _value(path, before, after, Project)
    yield from _extra(old.extra, new.extra)
    yield from _value(("heading",), _heading(old), _heading(new), Project)


def _money(text: str, path: tuple[str, ...], project: Project) -> Quantity | None:
    """An amount in the project's money; rates and points have no unit."""
    return _amount(decimal(text), "" if path[1] in _POINTS else project.money_unit)


def _heading(project: Project) -> str:
    """What the heading says beside its number and its project's name: nothing, or the other name."""
    if not project.heading:
        return ""
    said = _NUMBER.sub("", project.heading)
    for one in forms().values():
        said = said.removesuffix(one.heading.text.partition("{name}")[2] if one.heading else "")
    return "" if said == (project.name or "") else project.heading


def _indicator_values(old: Indicator, new: Indicator) -> Iterator[Value]:
    for name in INDICATOR_PATHS:
        before, after = getattr(old, name) or "", getattr(new, name) or ""
        if name == "description":
            # A description that repeats the name changes with it; saying so twice would tell nothing.
            repeats = old.description is None and new.description is None
            before, after = ("", "") if repeats else (old.described, new.described)
        if before != after and name in _QUANTITIES:
            amount, unit = _between(parse(before).quantity, parse(after).quantity)
            years = only_years(before, after) if amount is None else None
            yield Value((name,), title((name,), Indicator), before, after, amount, unit, years)
        else:
            yield from _value((name,), before, after, Indicator)
    yield from _extra(old.extra, new.extra)


def _value(path: tuple[str, ...], before: str, after: str, record: type[BaseModel]) -> Iterator[Value]:
    if before != after:
        years = only_years(before, after, name=path[-1] in _NAMES)
        yield Value(path, title(path, record), before, after, years=years)


def _extra(old: Mapping[str, Text], new: Mapping[str, Text]) -> Iterator[Value]:
    """The labels whose texts differ, in the old order and then the new one's."""
    for name in dict.fromkeys((*old, *new)):
        before, after = old.get(name) or "", new.get(name) or ""
        if before != after:
            amount, unit = _between(_amount(decimal(before), ""), _amount(decimal(after), ""))
            yield Value(("extra", name), name, before, after, amount, unit, only_years(before, after))


def _amount(number: Decimal | None, unit: Text) -> Quantity | None:
    return None if number is None else Quantity(number, unit or "")


def _between(old: Quantity | None, new: Quantity | None) -> tuple[Decimal | None, str]:
    """New minus old in the new one's unit, where both measure the same; percents differ by 个百分点."""
    if old is None or new is None:
        return None, ""
    same = old if (old.unit, old.per) == (new.unit, new.per) else convert(old, new.unit, new.per)
    if same is None or same.number == new.number:
        return None, ""
    unit = "个百分点" if new.whole_unit == "%" else new.whole_unit
    return EXACT.subtract(new.number, same.number), unit


def said(old: Sequence[Thread], new: Sequence[Thread], document: Document) -> tuple[Said, ...]:
    """The comments of the new side, whose Document it is; those that only the old one has are not told."""
    before = pair_threads(old, new)
    return tuple(
        Said(one, _change(old[before[at]] if at in before else None, one), " / ".join(_where(one.path, document)))
        for at, one in enumerate(new)
    )


def _change(old: Thread | None, new: Thread) -> Change:
    if old is None:
        return Change.added
    same = united(old, old, new) == old  # what a format can't say, or a program saved otherwise, was not changed
    return Change.same if same else Change.changed


def _where(path: Path, document: Document) -> Iterable[str]:
    """The project, the indicator and the field that a path leads to; the document where it leads to none."""
    match path:
        case ("projects", int(at), *rest) if at < len(document.projects):
            project = document.projects[at]
            yield project.name or say("comparison.no_name")
            yield from _within(rest, project)
        case _:
            yield say("comparison.whole_document")


def _within(path: Sequence[str | int], project: Project) -> Iterator[str]:
    match path:
        case ("indicators", int(at), *rest) if at < len(project.indicators):
            yield project.indicators[at].level3 or say("comparison.indicator", n=at + 1)
            if rest and rest != ["level3"]:
                yield title(tuple(map(str, rest)), Indicator)
        case [] | ["indicators", *_]:
            pass
        case _:
            yield title(tuple(map(str, path)), Project)

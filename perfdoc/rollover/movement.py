"""A project moved from one year to another, with marks: comments at the values that a person must look at."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

from perfdoc.model import Budget, Execution, Indicator, Project, Sources, Text
from perfdoc.report import Path
from perfdoc.specs.comments import MARK
from perfdoc.target import Kind, Target, dimension, parse
from perfdoc.yamltree import packaged
from perfdoc.years import Year, moved, years

LANGUAGES = ("zh", "en")


class Mark(NamedTuple):
    """Something to look at: where in the project, and what is to be said of it (a key of words.yaml, what fills it)."""

    path: Path
    word: str
    text: str = ""


@cache
def _data() -> dict[str, Any]:
    return packaged("perfdoc.rollover", "words.yaml")


def comment(mark: Mark, since: int, year: int, language: str = "zh") -> str:
    words: str = _data()["words"][mark.word][language]
    text = " ".join(mark.text.split())
    return MARK + words.format(old=since, new=year, text=text, word=text, years=text)


class Movement:
    def __init__(self, since: int, year: int) -> None:
        self.since, self.year = since, year

    def named(self, text: Text) -> tuple[Text, bool]:
        new = moved(text or "", self._exact, name=True)
        return (new, True) if new != (text or "") else (text, False)

    def project(self, one: Project) -> tuple[Project, tuple[Mark, ...]]:
        """The project for the other year, and what is to be looked at."""
        marks: list[Mark] = []
        name, changed = self.named(one.name)
        if changed:
            marks.append(Mark(("name",), "name"))
        marks += [Mark(("name",), "once", word) for word in _data()["once"] if word in (one.name or "")][:1]
        marks += _left(one.name, ("name",), self._exact, name=True)
        if any(getattr(one.budget, name) for name in Budget.model_fields):
            marks.append(Mark(("budget",), "budget"))
        marks += _left(one.department, ("department",), self._exact)
        prose = {field: self._prose(getattr(one, field), (field,), marks) for field in ("purpose", "goals")}
        extra = {label: self._prose(text, ("extra", label), marks) or "" for label, text in one.extra.items()}
        if one.indicators:
            marks.append(Mark(("indicators",), "numbers"))
        rows = tuple(self._indicator(row, ("indicators", at), marks) for at, row in enumerate(one.indicators))
        update: dict[str, object] = {**prose, "name": name, "extra": extra, "indicators": rows, "bookmarks": None}
        update |= {"year": self._year(one.year), "results": _emptied(one.results), "score": _emptied(one.score)}
        update["execution"] = _to_come(one.execution)
        return one.model_copy(update={**update, "heading": self.named(one.heading)[0]}), tuple(marks)

    def _indicator(self, one: Indicator, path: Path, marks: list[Mark]) -> Indicator:
        update: dict[str, object] = {}
        for field in ("level3", "description"):
            text = getattr(one, field)
            new, changed = self.named(text)
            if changed:
                update[field] = new
                marks.append(Mark((*path, field), "name"))
            marks += _left(text, (*path, field), self._exact, name=True)
        update["target"] = self._target(one.target, (*path, "target"), marks)
        update |= {field: _emptied(getattr(one, field)) for field in ("actual", "score", "reason")}
        update["extra"] = {
            label: self._prose(text, (*path, "extra", label), marks) or "" for label, text in one.extra.items()
        }
        return one.model_copy(update=update)

    def _target(self, text: Text, path: Path, marks: list[Mark]) -> Text:
        target = parse(text or "")
        if target.kind in (Kind.period, Kind.deadline):
            return self._when(target, path, marks)
        marks += (Mark(path, word) for word in _words(target))
        return self._prose(text, path, marks)

    def _when(self, target: Target, path: Path, marks: list[Mark]) -> str:
        """A period or deadline: it may begin in the year before, or end in the one after."""
        start, end = (date.year if date else None for date in (target.start, target.end))
        several = start is not None and end is not None and end - start > 1
        to: Callable[[Year], int] = (lambda year: year.number) if several else self._near
        new = moved(target.text, to)
        if new != target.text:
            marks.append(Mark(path, "when", target.text))
            made = parse(new)
            before = [date.exists for date in (target.start, target.end) if date]
            missing = [date for date in (made.start, made.end) if date and not date.exists]
            if all(before) and missing:
                marks.append(Mark(path, "date", str(missing[0].year)))
        marks += _left(target.text, path, to)
        return new

    def _prose(self, text: Text, path: Path, marks: list[Mark]) -> Text:
        if not text:
            return text
        new = moved(text, self._exact)
        if new != text:
            marks.append(Mark(path, "text"))
        marks += _left(text, path, self._exact)
        return new

    def _year(self, text: Text) -> Text:
        """The form's year, be it written as a bare number."""
        return re.sub(rf"(?<![0-9]){self.since}(?![0-9])", str(self.year), text) if text else text

    def _exact(self, year: Year) -> int:
        """The form's own year moves, with the other end of a school year (2022-2023学年).

        A range over more years is the project's own: whether it goes on is for a person to say.
        """
        ends = (year.number,) if year.other is None else (year.number, year.other)
        moves = self.since in ends and max(ends) - min(ends) <= 1
        return year.number + self.year - self.since if moves else year.number

    def _near(self, year: Year) -> int:
        return year.number + self.year - self.since if abs(year.number - self.since) <= 1 else year.number


def _left(text: Text, path: Path, to: Callable[[Year], int], *, name: bool = False) -> Iterator[Mark]:
    """A mark where the text has years that stay as they are."""
    left = sorted({each.number for each in years(text or "", name=name) if to(each) == each.number})
    if left:
        yield Mark(path, "other", "、".join(map(str, left)))


def _emptied(text: Text) -> Text:
    return text and ""


def _to_come(execution: Execution) -> Execution:
    """The money table of a year that is still to come: the points that it will be scored with stay."""
    emptied = {}
    for name in Execution.model_fields.keys() - {"weight"}:
        column = getattr(execution, name)
        texts = {source: _emptied(getattr(column, source)) for source in Sources.model_fields}
        emptied[name] = column.model_copy(update=texts)
    return execution.model_copy(update=emptied)


def _words(target: Target) -> Iterator[str]:
    """What is to be said of a value that is no date."""
    for one in target.parts or (target,):
        if one.kind is Kind.change:
            yield "base"
        elif one.kind in (Kind.empty, Kind.placeholder):
            yield "blank"
        elif one.quantity is not None and dimension(one.quantity) == ("元", ()):
            yield "money"

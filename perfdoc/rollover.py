"""Last year's goals as next year's draft: years moved, numbers untouched, what a person must look at marked.

Marks are comments (`# perfdoc: …`) at the values that they are about; nothing but the years is ever changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from perfdoc.errors import UsageError
from perfdoc.model import Document, Indicator, Project, Text
from perfdoc.report import Path
from perfdoc.spec.comments import Comments, gather
from perfdoc.spec.emit import Line, project_lines, record_lines
from perfdoc.spec.format import with_comments
from perfdoc.spec.listing import listing
from perfdoc.spec.names import LISTING, file_names
from perfdoc.target import Kind, Target, dimension, parse
from perfdoc.years import moved, years

MARK = "# perfdoc: "
_KEPT = "# perfdoc: ignore["
_ONCE = ("结转", "一次性", "搬迁", "购置", "修缮", "建设", "改造", "尾款")
"""Words in a project's name that speak of something which may be over after a year."""
WORDS: Mapping[str, tuple[str, str]] = {
    "name": ("名称中的年份由 {old} 改为 {new}，请核对", "the year in the name is now {new}, it was {old}"),
    "once": (
        "名称含“{word}”：{new} 年是否还有这个项目？",
        "“{word}” in the name: will there be this project in {new}?",
    ),
    "when": ("年份已改，原为：{text}", "the years were moved; it was: {text}"),
    "text": ("文字中的年份由 {old} 改为 {new}，请通读", "the year in this text is now {new}, it was {old}: read it"),
    "other": ("另有年份 {years} 没有改动，请核对", "other years were left as they are: {years}"),
    "date": ("{new} 年没有这一天", "there is no such day in {new}"),
    "budget": ("金额仍是 {old} 年的，请填 {new} 年的数", "these are the amounts of {old}: enter those of {new}"),
    "numbers": ("以下数值均为 {old} 年的，请逐项确认", "the numbers below are those of {old}: confirm each of them"),
    "money": ("金额仍是 {old} 年的，应与 {new} 年预算相符", "an amount of {old}: it must fit the budget of {new}"),
    "base": ("与上年相比的指标：基数已是 {old} 年的实际数", "compared with the year before: its base is now {old}"),
    "blank": ("去年没有填写", "was not filled in last year"),
}
LANGUAGES = ("zh", "en")


class Mark(NamedTuple):
    """Something to look at: where in the project, and what is to be said of it (a key of WORDS, and what fills it)."""

    path: Path
    word: str
    text: str = ""


class Draft(NamedTuple):
    """Next year's document, its project files' names, and the marks of each project."""

    document: Document
    names: tuple[str, ...]
    marks: tuple[tuple[Mark, ...], ...]
    since: int
    year: int


def year_of(document: Document) -> int | None:
    """The year that a document is about: the one that its names, periods and deadlines speak of most.

    A name counts twice: a project over several years has the year of its form in its name.
    """
    found: Counter[int] = Counter()
    for text in (document.title, *(one.name for one in document.projects)):
        found.update(year.number for year in years(text or "", name=True) * 2)
    for project in document.projects:
        for row in project.indicators:
            found.update(year.number for year in years(row.target or ""))
    return max(found, key=lambda year: (found[year], year)) if found else None


def rollover(document: Document, year: int, *, since: int | None = None, names: Sequence[str] | None = None) -> Draft:
    """The draft for `year` of a document for `since` (by default the year that it speaks of most).

    `names` are the project files' names, whose years move too. UsageError where no year can be told, or both are one.
    """
    known = since or year_of(document)
    if known is None:
        raise UsageError("the document names no year; say which one it is for (--from YEAR)")
    if known == year:
        raise UsageError(f"the document is for {year} already; name another year")
    movement = _Movement(known, year)
    made = [movement.project(one) for one in document.projects]
    projects = tuple(project for project, _ in made)
    title, _ = movement.named(document.title)
    draft = document.model_copy(update={"title": title, "projects": projects})
    chosen = tuple(movement.named(name)[0] or name for name in names or ())
    if len({name.casefold() for name in chosen}) != len(projects):
        chosen = file_names(draft)
    return Draft(draft, chosen, tuple(marks for _, marks in made), known, year)


def texts(draft: Draft, given: Mapping[str, str] | None = None, language: str = "zh") -> dict[str, str]:
    """The draft's files: name → canonical text with its marks.

    `given` are last year's files by their names, document.yaml first and the others in order: their comments stay,
    but for the marks of another rollover.
    """
    sources = list((given or {}).values())
    lines = [record_lines(listing(draft.document, draft.names)), *map(project_lines, draft.document.projects)]
    marks: list[tuple[Mark, ...]] = [(), *draft.marks]
    made: dict[str, str] = {}
    for index, name in enumerate((LISTING, *draft.names)):
        found = _comments(sources[index] if index < len(sources) else "", lines[index])
        for one in marks[index]:
            found.above.setdefault(one.path, []).append(said(one, draft, language))
        made[name] = with_comments(lines[index], found)
    return made


def said(mark: Mark, draft: Draft, language: str = "zh") -> str:
    """A mark as a comment."""
    words = WORDS[mark.word][LANGUAGES.index(language)]
    text = " ".join(mark.text.split())
    return MARK + words.format(old=draft.since, new=draft.year, text=text, word=text, years=text)


def _comments(text: str, lines: Sequence[Line]) -> Comments:
    """The user's comments, and a place for more at every entry."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    found = gather(text) if "#" in text else Comments()
    for slot in (found.above, found.behind, found.foot):
        for path, said_there in slot.items():
            slot[path] = [one for one in said_there if not one.startswith(MARK) or one.startswith(_KEPT)]
    known = set(found.order)
    for line in lines:
        for length in range(1, len(line.path) + 1):
            if line.path[:length] not in known:
                known.add(line.path[:length])
                found.order.append(line.path[:length])
    return found


class _Movement:
    """From one year to another."""

    def __init__(self, since: int, year: int) -> None:
        self.since, self.year = since, year

    def named(self, text: Text) -> tuple[Text, bool]:
        """A name with the year moved, and whether it was."""
        new = moved(text or "", self._exact, name=True)
        return (new, True) if new != (text or "") else (text, False)

    def project(self, one: Project) -> tuple[Project, tuple[Mark, ...]]:
        """The project for the other year, and what is to be looked at."""
        marks: list[Mark] = []
        name, changed = self.named(one.name)
        if changed:
            marks.append(Mark(("name",), "name"))
        marks += [Mark(("name",), "once", word) for word in _ONCE if word in (one.name or "")][:1]
        marks += self._others(one.name, ("name",), name=True)
        if any((one.budget.total, one.budget.fiscal, one.budget.other)):
            marks.append(Mark(("budget",), "budget"))
        prose = {field: self._prose(getattr(one, field), (field,), marks) for field in ("purpose", "goals")}
        extra = {label: self._prose(text, ("extra", label), marks) or "" for label, text in one.extra.items()}
        if one.indicators:
            marks.append(Mark(("indicators",), "numbers"))
        rows = tuple(self._indicator(row, ("indicators", at), marks) for at, row in enumerate(one.indicators))
        update = {**prose, "name": name, "extra": extra, "indicators": rows, "bookmarks": None}
        return one.model_copy(update={**update, "heading": self.named(one.heading)[0]}), tuple(marks)

    def _indicator(self, one: Indicator, path: Path, marks: list[Mark]) -> Indicator:
        update: dict[str, object] = {}
        for field in ("level3", "description"):
            text = getattr(one, field)
            new, changed = self.named(text)
            if changed:
                update[field] = new
                marks.append(Mark((*path, field), "name"))
            marks += self._others(text, (*path, field), name=True)
        update["target"] = self._target(one.target, (*path, "target"), marks)
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
        new = moved(target.text, self._near)
        if new != target.text:
            marks.append(Mark(path, "when", target.text))
            made = parse(new)
            before = [date.exists for date in (target.start, target.end) if date]
            if all(before) and not all(date.exists for date in (made.start, made.end) if date):
                marks.append(Mark(path, "date"))
        left = sorted({each.number for each in years(target.text) if self._near(each.number) == each.number})
        if left:
            marks.append(Mark(path, "other", "、".join(map(str, left))))
        return new

    def _prose(self, text: Text, path: Path, marks: list[Mark]) -> Text:
        if not text:
            return text
        new = moved(text, self._exact)
        if new != text:
            marks.append(Mark(path, "text"))
        marks += self._others(text, path)
        return new

    def _others(self, text: Text, path: Path, *, name: bool = False) -> Iterator[Mark]:
        left = sorted({each.number for each in years(text or "", name=name)} - {self.since})
        if left:
            yield Mark(path, "other", "、".join(map(str, left)))

    def _exact(self, number: int) -> int:
        return self.year if number == self.since else number

    def _near(self, number: int) -> int:
        return number + self.year - self.since if abs(number - self.since) <= 1 else number


def _words(target: Target) -> Iterator[str]:
    """What is to be said of a value that is no date."""
    for one in target.parts or (target,):
        if one.kind is Kind.change:
            yield "base"
        elif one.kind in (Kind.empty, Kind.placeholder):
            yield "blank"
        elif one.quantity is not None and dimension(one.quantity) == ("元", ()):
            yield "money"

"""The result of a comparison: Difference, ProjectChange, IndicatorChange, Value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from perfdoc.model import Document, Indicator, Project
from perfdoc.report import Thread

T = TypeVar("T")


class Change(StrEnum):
    """What became of a project or an indicator. One that only moved is `moved`; `changed` ones may have moved too."""

    same = "same"
    added = "added"
    removed = "removed"
    moved = "moved"
    changed = "changed"


class By(NamedTuple):
    """Who changed something, and when at last: `2024-03-02T15:04:00Z`, as a Word file has it, "" where it has none."""

    author: str
    date: str

    def __str__(self) -> str:
        return " ".join(filter(None, (self.author, self.date.replace("T", " ")[:16])))


@dataclass(frozen=True, slots=True)
class Value:
    """A value that differs. `path` leads to it from its record: `("budget", "total")`, `("extra", label)`.

    `title` is what the field calls it: 预算数, 指标值; an extra's is its label.

    `amount` is new minus old where both are amounts or quantities of one kind, in `unit`. `years` is the first
    year of each where nothing but the years differs. `by` are the authors of a tracked change, where it was one.
    """

    path: tuple[str, ...]
    title: str
    old: str
    new: str
    amount: Decimal | None = None
    unit: str = ""
    years: tuple[int, int] | None = None
    by: tuple[By, ...] = ()

    def as_object(self) -> dict[str, Any]:
        """For JSON: the difference as text, so that it stays exact."""
        return {
            "path": list(self.path),
            "old": self.old,
            "new": self.new,
            "difference": None if self.amount is None else f"{self.amount:f}",
            "unit": self.unit,
            "years": list(self.years) if self.years else None,
            "by": [one._asdict() for one in self.by],
        }


@dataclass(frozen=True, slots=True)
class _Pair(Generic[T]):
    """What stands on one side or on both. Indices count from 0 and are None where a side has none.

    `moved` says that it stands in another order than the others that both sides have. `by` are the authors of the
    tracked change that put it in or took it out.
    """

    old_index: int | None
    new_index: int | None
    old: T | None
    new: T | None
    moved: bool = False
    values: tuple[Value, ...] = ()
    by: tuple[By, ...] = ()

    _name: ClassVar[str]
    """The field that is its name."""

    @property
    def kind(self) -> Change:
        if self.old is None or self.new is None:
            return Change.added if self.old is None else Change.removed
        if self._differs():
            return Change.changed
        return Change.moved if self.moved else Change.same

    @property
    def renamed(self) -> bool:
        """Whether it has another name now, years aside."""
        return any(value.path == (self._name,) and not value.years for value in self.values)

    @property
    def either(self) -> T:
        """The new one, or the old one where it is gone."""
        one = self.new or self.old
        assert one is not None
        return one

    def _differs(self) -> bool:
        return bool(self.values)

    def _head(self) -> dict[str, Any]:
        return {
            "change": str(self.kind),
            "moved": self.moved,
            "renamed": self.renamed,
            "old": self.old_index,
            "new": self.new_index,
            "by": [one._asdict() for one in self.by],
        }


@dataclass(frozen=True, slots=True)
class IndicatorChange(_Pair[Indicator]):
    _name = "level3"

    def as_object(self) -> dict[str, Any]:
        """For JSON; positions from 0, null where a side has none."""
        named = {name: getattr(self.either, name) for name in ("level1", "level2", "level3", "target")}
        return {**self._head(), **named, "values": [value.as_object() for value in self.values]}


@dataclass(frozen=True, slots=True)
class ProjectChange(_Pair[Project]):
    """A project of one side or both; `indicators` has those of both sides as one list, unchanged ones too."""

    indicators: tuple[IndicatorChange, ...] = ()

    _name = "name"

    def _differs(self) -> bool:
        return bool(self.values) or any(self.changed())

    def changed(self) -> Iterator[IndicatorChange]:
        """The indicators that are not the same as before, at the same place."""
        return (one for one in self.indicators if one.kind is not Change.same)

    def as_object(self) -> dict[str, Any]:
        """For JSON: unchanged indicators are left out."""
        return {
            **self._head(),
            "name": self.either.name,
            "values": [value.as_object() for value in self.values],
            "indicators": [one.as_object() for one in self.changed()],
        }


class Counts(NamedTuple):
    """How many were added, removed, changed, moved (and nothing else), and are the same."""

    added: int = 0
    removed: int = 0
    changed: int = 0
    moved: int = 0
    same: int = 0

    @classmethod
    def of(cls, changes: Iterable[IndicatorChange | ProjectChange]) -> Counts:
        return cls(**Counter(str(one.kind) for one in changes))


class Said(NamedTuple):
    """A comment of the new side: whether the old one has it (`added`, `changed`, `same`), and where it stands.

    `changed` ones have another text, other replies or another state than before. `where` is for people: project,
    indicator, field.
    """

    thread: Thread
    change: Change
    where: str

    def as_object(self) -> dict[str, Any]:
        """For JSON: `path` counts from 0."""
        one = self.thread
        return {
            "change": str(self.change),
            "path": list(one.path),
            "where": self.where,
            "author": one.author,
            "date": one.date,
            "text": one.text,
            "resolved": one.resolved,
            "replies": [each._asdict() for each in one.replies],
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """Two documents and what differs between them; false where they say the same. `said` are the new one's comments."""

    old: Document
    new: Document
    values: tuple[Value, ...] = ()
    projects: tuple[ProjectChange, ...] = ()
    said: tuple[Said, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.values) or any(True for _ in self.changed())

    def changed(self) -> Iterator[ProjectChange]:
        """The projects that are not the same as before, at the same place."""
        return (one for one in self.projects if one.kind is not Change.same)

    def news(self) -> Iterator[Said]:
        return (one for one in self.said if one.change is not Change.same)

    def counted(self) -> tuple[Counts, Counts]:
        """Projects and indicators; those of a project added or removed count too."""
        return Counts.of(self.projects), Counts.of(row for one in self.projects for row in one.indicators)

    def as_object(self) -> dict[str, Any]:
        """For JSON: unchanged projects and indicators are counted and left out."""
        projects, indicators = self.counted()
        return {
            "same": not self,
            "summary": {"projects": projects._asdict(), "indicators": indicators._asdict()},
            "values": [value.as_object() for value in self.values],
            "projects": [one.as_object() for one in self.changed()],
            "comments": [one.as_object() for one in self.said],
        }

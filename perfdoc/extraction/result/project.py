"""A project while its cells are being claimed: the values so far, each with its place."""

from __future__ import annotations

from collections.abc import Container
from functools import lru_cache
from typing import Any, NamedTuple

from perfdoc.extraction.vocabulary.keys import key, keys
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.report import Path, Place, Role

_INITIAL = "execution.initial."


class Moved(NamedTuple):
    """A claim whose text went elsewhere after all: the path and place that it was claimed with, and what it is now."""

    path: Path
    place: Place
    role: Role
    now: Path


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


@lru_cache(maxsize=256)
def _steps(dotted: str) -> tuple[str, ...]:
    return tuple(dotted.split("."))


class Draft:
    """The values of one project so far; `values` has dotted paths of the model, `places` is the whole Document's."""

    __slots__ = (
        "_labels",
        "_numbers",
        "anchor",
        "bookmarks",
        "captions",
        "department",
        "extra",
        "heading",
        "indicators",
        "moved",
        "places",
        "position",
        "trusted",
        "values",
    )

    def __init__(self, position: int, places: dict[Path, Place]) -> None:
        self.position = position
        self.values: dict[str, str | None] = {}
        self.extra: dict[str, str] = {}
        self.indicators: list[dict[str, Any]] = []
        self.places = places
        self.heading: str | None = None
        self.bookmarks: tuple[str, str] | None = None
        self.anchor = ""  # the contents' bookmark, where it stands without the section's
        self.department = ""  # the label that named the department, where a label did
        # Made by a program that writes real merges: an empty level is an empty cell, not "as above".
        self.trusted = False
        self.moved: list[Moved] = []
        self._numbers: dict[str, int] = {}
        self.captions: set[str] = set()  # fields that lines above the table named: the table knows better
        self._labels: dict[str, str] = {}  # the label that each field was named by

    def path(self, *steps: str | int) -> Path:
        """The full path of a value of this project."""
        return ("projects", self.position, *steps)

    def set(self, dotted: str, text: str | None, place: Place) -> Path:
        """Put a value in its field and say where it stands."""
        path = self.path(*_steps(dotted))
        self.values[dotted] = text
        self.places[path] = place
        return path

    def set_extra(self, label: str, text: str, place: Place) -> Path:
        """Keep a text that the model has no field for under its own label; a label met again is numbered."""
        name = numbered(label, self.extra, self._numbers)
        self.extra[name] = text
        path = self.path("extra", name)
        self.places[path] = place
        return path

    def put(self, field: str, label: str, text: str, place: Place, words: Vocabulary) -> Path:
        """Put what a label names in its field (a path of the model, or `agency`), or in `extra`.

        The first label that names a field keeps it, unless its cell is blank and the other's is not, or the
        other speaks of the year (年度资金总额 beside 资金总额). An agency's cell may begin with its code.
        """
        if field.startswith("extra."):
            return self.set_extra(field.removeprefix("extra."), text, place)
        if field == "money_unit" and not words.is_money(text) and text.strip():
            field = "agency.name" if key(words.unit_or_agency) in keys(label) else ""
        if field == "department" and not self.department:
            self.department = label
        if field == "agency" and not (self.values.get("agency.name") or "").strip():
            code, name = words.split_agency(text)
        elif field == "agency.name" and self._gives_way(field, label, text, words):
            self._displace(field)
            code, name = words.split_marked(text)
        elif field and field != "agency" and self._gives_way(field, label, text, words):
            self._displace(field)
            self._labels[field] = label
            return self.set(field, (text or None) if field == "agency.code" else text, place)
        else:
            return self.set_extra(label or field or "?", text, place)
        if code is not None and not self.values.get("agency.code"):
            self.set("agency.code", code, place)
        elif code is not None and code != self.values.get("agency.code"):
            code = None
        self._labels["agency.name"] = label
        return self.set("agency.name", name if code is not None else text, place)

    def put_title(self, line: str, place: Place, words: Vocabulary) -> tuple[Role, Path]:
        """What a form's own title, or the line below it, is: it may tell the year, `（2023年度）` says nothing else."""
        year = words.year(line)
        if not year or (self.values.get("year") or "").strip():
            return Role.boilerplate, ()
        path = self.set("year", year, place)
        return (Role.value, path) if words.is_year(line) else (Role.boilerplate, ())

    def _gives_way(self, field: str, label: str, text: str, words: Vocabulary) -> bool:
        """Whether a field is free for a label's text."""
        if field not in self.values:
            return True
        held = (self.values[field] or "").strip()
        if not held or not text.strip():
            return not held and bool(text.strip())
        if field in self.captions:
            return True
        if not (field.startswith("budget.") or field == "goals"):
            return False
        return words.is_annual(label) and not words.is_annual(self._labels.get(field, ""))

    def _displace(self, field: str) -> None:
        """Let a label's text go to `extra`, for a label that names the field better."""
        self.captions.discard(field)
        held = self.values.get(field)
        if not held or not held.strip():
            return
        was = self.path(*field.split("."))
        at = self.places[was]
        now = self.set_extra(self._labels.get(field) or field, held, at)
        self.moved.append(Moved(was, at, Role.extra, now))

    def close(self, words: Vocabulary) -> list[Moved]:
        """All is claimed: a 主管部门 that is the agency itself, or stands for it, tells its name and code too.

        It stays the department as well, so that a form that has both cells prints what was read. Returns the claims
        that have another path than they were made with.
        """
        text = self.values.get("department") if self.department else None
        if text and text.strip():
            split = words.split_agency if words.is_identity(self.department) else words.split_marked
            code, name = split(text)
            place = self.places[self.path("department")]
            if self.values.get("agency.name") in (None, "", name):
                if not self.values.get("agency.name"):
                    self.set("agency.name", name, place)
                if code is not None and not self.values.get("agency.code"):
                    self.set("agency.code", code, place)
        self._only_budget()
        return self.moved

    def _only_budget(self) -> None:
        """年初预算数 is the budget of a form that has no other."""
        held = {field: text for field, text in self.values.items() if field.startswith("budget.")}
        if "budget.total" in held or any((text or "").strip() for text in held.values()):
            return
        for field in [field for field in self.values if field.startswith(_INITIAL)]:
            was = self.path(*field.split("."))
            place = self.places.pop(was)
            now = self.set(field.replace(_INITIAL, "budget."), self.values.pop(field), place)
            self.moved.append(Moved(was, place, Role.value, now))

    def record(self, section: str) -> dict[str, Any]:
        """The project as pydantic takes it; `section` is the bookmark to go with an anchor that stands alone."""
        record: dict[str, Any] = {"indicators": tuple(self.indicators)}
        for dotted, text in self.values.items():
            within, (*groups, leaf) = record, _steps(dotted)
            for group in groups:
                within = within.setdefault(group, {})
            within[leaf] = text
        if self.extra:
            record["extra"] = self.extra
        alone = (section, self.anchor) if section and self.anchor else None
        record["heading"], record["bookmarks"] = self.heading, self.bookmarks or alone
        return record

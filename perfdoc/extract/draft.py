"""A project while its cells are being claimed, and the account of all that was claimed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from perfdoc.extract.vocabulary import Vocabulary
from perfdoc.layout import Cell, Grid
from perfdoc.report import Claim, Diagnostic, Path, Place, Role, Severity


class Draft:
    """The values of one project so far, each with its place; `values` has dotted paths of the model."""

    __slots__ = (
        "anchor",
        "bookmarks",
        "department",
        "extra",
        "heading",
        "indicators",
        "places",
        "position",
        "trusted",
        "values",
    )

    def __init__(self, position: int) -> None:
        self.position = position
        self.values: dict[str, str | None] = {}
        self.extra: dict[str, str] = {}
        self.indicators: list[dict[str, Any]] = []
        self.places: dict[Path, Place] = {}
        self.heading: str | None = None
        self.bookmarks: tuple[str, str] | None = None
        self.anchor = ""  # the contents' bookmark, where it stands without the section's
        # The key in `extra` of a 主管部门 cell, until it is known whether the agency is another one.
        self.department = ""
        # Made by a program that writes real merges: an empty level is an empty cell, not "as above".
        self.trusted = False

    def path(self, *steps: str | int) -> Path:
        """The full path of a value of this project."""
        return ("projects", self.position, *steps)

    def set(self, dotted: str, text: str | None, place: Place) -> Path:
        """Put a value in its field and say where it stands."""
        path = self.path(*dotted.split("."))
        self.values[dotted] = text
        self.places[path] = place
        return path

    def set_extra(self, label: str, text: str, place: Place) -> Path:
        """Keep a text that the model has no field for under its own label; a label met again is numbered."""
        name, n = label, 1
        while name in self.extra:
            n += 1
            name = f"{label} ({n})"
        self.extra[name] = text
        path = self.path("extra", name)
        self.places[path] = place
        return path

    def put(self, field: str, label: str, text: str, place: Place, words: Vocabulary) -> Path:
        """Put what a label names in its field (a path of the model, `agency` or `department`), or in `extra`.

        The first label that names a field keeps it. An agency's cell may begin with its code.
        """
        if field == "agency" and "agency.name" not in self.values:
            code, name = words.split_agency(text)
            if code is not None and self.values.get("agency.code") is None:
                self.set("agency.code", code, place)
            return self.set("agency.name", name if code is not None else text, place)
        if field and field not in ("agency", "department") and field not in self.values:
            return self.set(field, (text or None) if field == "agency.code" else text, place)
        path = self.set_extra(label or field or "?", text, place)
        if field == "department" and not self.department:
            self.department = str(path[-1])
        return path

    def close(self, words: Vocabulary) -> Path | None:
        """All is claimed: a 主管部门 that is the agency itself, or stands for it, becomes the agency.

        Returns the path in `extra` that it had, or None.
        """
        if not self.department:
            return None
        code, name = words.split_agency(self.extra[self.department])
        if self.values.get("agency.name", name) != name:
            return None
        was = self.path("extra", self.department)
        place = self.places.pop(was)
        del self.extra[self.department]
        self.department = ""
        if "agency.name" not in self.values:
            self.set("agency.name", name, place)
        if code is not None and self.values.get("agency.code") is None:
            self.set("agency.code", code, place)
        return was

    def record(self, section: str) -> dict[str, Any]:
        """The project as pydantic takes it; `section` is the bookmark to go with an anchor that stands alone."""
        record: dict[str, Any] = {"indicators": tuple(self.indicators)}
        for dotted, text in self.values.items():
            head, _, leaf = dotted.partition(".")
            if leaf:
                record.setdefault(head, {})[leaf] = text
            else:
                record[head] = text
        if self.extra:
            record["extra"] = self.extra
        alone = (section, self.anchor) if section and self.anchor else None
        record["heading"], record["bookmarks"] = self.heading, self.bookmarks or alone
        return record


class Account:
    """Every piece of text of the file with the one role it has, and the diagnostics that came up."""

    def __init__(self) -> None:
        self.claims: list[Claim] = []
        self.diagnostics: list[Diagnostic] = []

    def claim(self, role: Role, place: Place, text: str, path: Path = ()) -> None:
        """Give a piece of text its role."""
        self.claims.append(Claim(role, place, text, path))

    def cell(self, role: Role, grid: Grid, cell: Cell, path: Path = ()) -> None:
        """Give a cell its role; a blank cell needs none."""
        if cell.text and not cell.text.isspace():
            self.claims.append(Claim(role, grid.place_of(cell), cell.text, path))

    def doubt(
        self, code: str, severity: Severity, message: str, place: Place, quote: str = "", path: Path = ()
    ) -> None:
        """Say something about the content."""
        self.diagnostics.append(Diagnostic(code, severity, message, place, quote, path))

    def unclaimed(self, grid: Grid, cell: Cell, why: str) -> None:
        """A cell that nothing was made of: kept in the account, quoted in a diagnostic."""
        self.cell(Role.unclaimed, grid, cell)
        place = grid.place_of(cell)
        self.doubt("PD040", Severity.warning, f"{why}: {quoted(cell.text)}", place, cell.text)

    def outside(self, grids: Iterable[Grid]) -> None:
        """Tables that are no forms: counted and listed, not lost."""
        for grid in grids:
            for row in grid.rows:
                for cell in row.cells:
                    self.cell(Role.outside, grid, cell)


def quoted(text: str, length: int = 40) -> str:
    """A text in one line for a message, cut where it is long."""
    line = text.replace("\n", "⏎").replace("\t", "⇥")
    return f"“{line}”" if len(line) <= length else f"“{line[:length]}…”"

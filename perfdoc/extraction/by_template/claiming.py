"""Claiming what fits a form's skeleton: every text by its position, in order, once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from perfdoc.extraction.by_template.matching import Fit
from perfdoc.extraction.by_template.pattern import AGENCY, TITLE, TextPattern
from perfdoc.extraction.by_template.skeleton import RowPattern, sheet_cells
from perfdoc.extraction.result.claims import Account
from perfdoc.extraction.result.project import Draft
from perfdoc.extraction.vocabulary.keys import key
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Cell, Grid, Paragraph, Row
from perfdoc.report import Claim, Path, Place, Role, Severity

_new = tuple.__new__
_VALUE, _LABEL = Role.value, Role.label  # a member of an enumeration is slow to look up
_COLUMN, _FIELD = "indicator.", "project."
_EXTRA = "extra."
_LEVELS = ("level1", "level2", "level3")


class Claiming:
    """Puts the texts of one project in their fields, and says of each what it was taken for."""

    def __init__(self, draft: Draft, account: Account, words: Vocabulary) -> None:
        self.draft, self.account, self.words = draft, account, words
        self.lines: set[str] = set()
        """Fields whose text a loop writes line by line, and which have begun."""
        self.title: tuple[str, Place] | None = None

    def text(self, want: TextPattern, cell: Cell, place: Place, *, line: bool = False) -> tuple[bool, Path]:
        """Put the values of a text that fits a pattern in their fields: (whether it has any, the last one's path)."""
        path: Path = ()
        values = want.values(cell, self.words)
        for name, text in values:
            if name.startswith(_FIELD):
                path = self.field(name.removeprefix(_FIELD), text, place, line=line) or path
            elif name == TITLE:
                self.title, path = (text or "", place), ("title",)
        code = values[0][1] if want.names == AGENCY and not cell.runs else None
        if want.is_doubtful(cell.text, values) or (code and not self.words.is_usual_code(code)):
            self.account.doubt(
                "PD048",
                Severity.warning,
                "values that share a cell could be cut in another way",
                place,
                cell.text,
                path,
            )
        return want.valued, path

    def field(self, name: str, text: str | None, place: Place, *, line: bool = False) -> Path:
        """Put a text in a field of the project. One that the form shows again must say the same."""
        draft, held = self.draft, self._held(name)
        if line and name in self.lines:
            text = f"{held}\n{text}"
        elif held not in (None, "", text):
            if text:
                message = f"the project's {name} stands in another place with another text; that one is kept"
                self.account.doubt("PD042", Severity.warning, message, place, text)
            return ()
        if line:
            self.lines.add(name)
        if name == "heading":
            draft.heading = text
            draft.places[draft.path(name)] = place
            return draft.path(name)
        if name.startswith(_EXTRA):
            label = name.removeprefix(_EXTRA)
            draft.extra[label] = text or ""
            draft.places[draft.path("extra", label)] = place
            return draft.path("extra", label)
        return draft.set(name, text, place)

    def _held(self, name: str) -> str | None:
        if name.startswith(_EXTRA):
            return self.draft.extra.get(name.removeprefix(_EXTRA))
        if name == "heading":
            return self.draft.heading
        return self.draft.values.get(name)


def claim_fitted(grid: Grid, fit: Fit, claiming: Claiming) -> None:
    """Claim a grid that fits."""
    records = _Records(grid, fit, claiming)
    for row, pattern in zip(grid.rows, fit.rows, strict=True):
        if pattern.record:
            records.row(row, pattern)
        elif pattern.group:
            records.group(row, pattern)
        else:
            cells = sheet_cells(pattern, row.cells) if fit.sheet else row.cells
            _claim_row(grid, pattern, cells, claiming)


def _claim_row(grid: Grid, pattern: RowPattern, cells: Sequence[Cell], claiming: Claiming) -> None:
    """Claim a row of labels and the project's values."""
    draft, claims = claiming.draft, claiming.account.claims
    values, line = draft.values, pattern.line
    for want, cell, place in zip(pattern.cells, cells, grid.places_of(cells), strict=True):
        text, field = cell.text, want.field
        # The usual cells are done here: calls for each of them take longer than what is done.
        if cell.continues or (want.names and (line or not field or field in values)):
            _claim_cell(grid, want, cell, claiming, line=line)
        elif field:
            path: Path = ("projects", draft.position, *want.steps)
            values[field] = text
            draft.places[path] = place
            if text and not text.isspace():
                claims.append(_new(Claim, (_VALUE, place, text, path)))
        elif text and not text.isspace():
            claims.append(_new(Claim, (_LABEL, place, text, ())))


def _claim_cell(grid: Grid, want: TextPattern, cell: Cell, claiming: Claiming, *, line: bool) -> None:
    account = claiming.account
    if cell.continues:
        if cell.text.strip():
            account.unclaimed(grid, cell, "text hidden by a merged cell")
        return
    place = grid.place_of(cell)
    valued, path = claiming.text(want, cell, place, line=line)
    if cell.text and not cell.text.isspace():
        role = Role.boilerplate if not valued else _VALUE if path else Role.unclaimed
        account.claim(Role.extra if "extra" in path else role, place, cell.text, path)


class _Records:
    """The rows of indicators of one grid: each becomes a record; a merged level speaks for the rows it covers."""

    def __init__(self, grid: Grid, fit: Fit, claiming: Claiming) -> None:
        self.grid, self.claiming = grid, claiming
        self.draft, self.account = claiming.draft, claiming.account
        last = self.draft.indicators[-1] if self.draft.indicators else {}
        self.above = {name: text for name, text in last.items() if isinstance(text, str)}
        self.head = fit.pattern.head
        # Whether an empty level is an empty cell, and not one that was left out because it says the same.
        self.whole = grid.merges and self.draft.trusted
        self.told: dict[str, str] = {}  # the levels that a row of their own names
        # A head that the file repeats by itself is never typed again by hand: a row like it is a record.
        self.retyped = not self.draft.trusted and not any(row.header for row in grid.rows)

    def row(self, row: Row, pattern: RowPattern) -> None:
        """Claim the row of an indicator."""
        cells = row.cells
        if self.retyped and self.head and self.head == tuple(key(cell.text) for cell in cells):
            for cell in cells:
                self.account.cell(Role.label, self.grid, cell)
            return
        if not self.draft.trusted and self._is_unfilled(row, pattern):
            return
        draft, claims, grid = self.draft, self.account.claims, self.grid
        position, number, places = draft.position, len(draft.indicators), draft.places
        record: dict[str, Any] = dict(self.told)
        for want, name, cell, place in zip(pattern.cells, pattern.columns, cells, grid.places_of(cells), strict=False):
            if not name:
                self._besides(record, draft.path("indicators", number), want, cell)
                continue
            text = cell.text
            path: Path = ("projects", position, "indicators", number, name)
            if cell.continues:
                if text.strip():
                    self.account.unclaimed(grid, cell, "text hidden by a merged cell")
                text = self._inherited(name, cell)
            elif text:
                claims.append(_new(Claim, (_VALUE, place, text, path)))
            elif name in _LEVELS and (want.levels or not self.whole):
                text = self._as_above(name, cell, quiet=want.levels)
            places[path] = place
            record[name] = text
        self.above = record
        draft.indicators.append(record)

    def _is_unfilled(self, row: Row, pattern: RowPattern) -> bool:
        """Claim a row that nobody filled in: the levels that a form came with hold for the rows below it."""
        named = list(zip(pattern.columns, pattern.cells, row.cells, strict=False))
        if any(
            cell.text.strip() and not cell.continues and name not in _LEVELS[:2] and any(want.names)
            for name, want, cell in named
        ):
            return False
        for name, _, cell in named:
            if name in _LEVELS and cell.text.strip() and not cell.continues:
                self.above = {**self.above, name: cell.text}
            self.account.cell(Role.label, self.grid, cell)
        return True

    def group(self, row: Row, pattern: RowPattern) -> None:
        """Claim a row that names a level of the indicators below it."""
        for want, cell in zip(pattern.cells, row.cells, strict=False):
            values = [] if cell.continues or not want.names else want.values(cell, self.claiming.words)
            for name, text in values:
                self.told[name.removeprefix(_COLUMN)] = text or ""
            self.account.cell(Role.label if not values else Role.value, self.grid, cell)

    def _besides(self, record: dict[str, Any], base: Path, want: TextPattern, cell: Cell) -> None:
        """A cell of an indicator's row that is not one value of its: a label, several values, the project's."""
        if cell.continues:
            if cell.text.strip():
                self.account.unclaimed(self.grid, cell, "text hidden by a merged cell")
            for name in want.names:
                if name.startswith(_COLUMN) and (own := name[len(_COLUMN) :]) in self.above:
                    record[own] = self.above[own]
            return
        place, role = self.grid.place_of(cell), Role.label if want.label else Role.boilerplate
        path: Path = ()
        if want.names:
            valued, path = self.claiming.text(want, cell, place)
            for name, text in want.values(cell, self.claiming.words):
                if name.startswith(f"{_COLUMN}{_EXTRA}"):
                    label = name.removeprefix(f"{_COLUMN}{_EXTRA}")
                    path = (*base, "extra", label)
                    record.setdefault("extra", {})[label] = text or ""
                elif name.startswith(_COLUMN):
                    path = (*base, name[len(_COLUMN) :])
                    record[name[len(_COLUMN) :]] = text
                self.draft.places.setdefault(path, place)
            role = Role.boilerplate if not valued else Role.value if path else Role.unclaimed
        self.account.cell(Role.extra if "extra" in path else role, self.grid, cell, path)

    def _inherited(self, name: str, cell: Cell) -> str:
        if name not in self.above:
            place = self.grid.place_of(cell)
            self.account.doubt("PD043", Severity.warning, "a merged cell goes on with nothing above it", place)
        return self.above.get(name, "")

    def _as_above(self, name: str, cell: Cell, *, quiet: bool) -> str:
        above = self.above.get(name, "")
        if above and self.grid.merges and not quiet:
            message = f"an empty level is read as the one above it, “{above}”"
            self.account.doubt("PD044", Severity.info, message, self.grid.place_of(cell))
        return above


def claim_paragraph(want: TextPattern, paragraph: Paragraph, claiming: Claiming, *, line: bool) -> None:
    """Claim a paragraph that fits a pattern; `line` says that a loop writes a text in it line by line."""
    role, text, place = Role.boilerplate, paragraph.text, paragraph.place
    path: Path = ()
    if want.names:
        valued, path = claiming.text(want, Cell(text, 0, 0), place, line=line)
        role = Role.boilerplate if not valued else Role.value if path else Role.unclaimed
    if text.strip():
        claiming.account.claim(Role.extra if "extra" in path else role, place, text, path)

"""Claiming a table that fits a form's skeleton: every cell by its position, in order, once."""

from __future__ import annotations

from typing import Any, NamedTuple

from perfdoc.extract.account import Account
from perfdoc.extract.draft import Draft
from perfdoc.extract.skeleton import CellPattern, GridPattern, RowPattern, pieces_of
from perfdoc.extract.vocabulary import Vocabulary, key
from perfdoc.layout import Cell, Grid, Row
from perfdoc.report import Claim, Role, Severity

_new = tuple.__new__
_VALUE = Role.value  # a member named `value` is slow to look up
_COLUMN = "indicator."
_FIELD = "project."
_AGENCY = ("project.agency.code", "project.agency.name")


def claim_fitted(
    grid: Grid,
    pattern: GridPattern,
    roles: list[RowPattern | None],
    draft: Draft,
    account: Account,
    words: Vocabulary,
) -> None:
    """Claim a whole grid into the draft. `roles` is what `pattern.match(grid)` gave."""
    fill = _Rows(grid, pattern, draft, account)
    for row, role in zip(grid.rows, roles, strict=True):
        if role is None:
            fill.row(row)
        else:
            for want, cell in zip(role.cells, row.cells, strict=True):
                _claim_fixed(grid, want, cell, draft, account, words)


def _claim_fixed(grid: Grid, want: CellPattern, cell: Cell, draft: Draft, account: Account, words: Vocabulary) -> None:
    if want.continues:
        if cell.text.strip():
            account.unclaimed(grid, cell, "text hidden by a merged cell")
        return
    if not want.variables:
        account.cell(Role.label, grid, cell)
        return
    place = grid.place_of(cell)
    path: tuple[str | int, ...] = ()
    for name, text in _values(want, cell, words):
        if name.startswith(_FIELD):
            path = draft.set(name.removeprefix(_FIELD), text, place)
    account.cell(Role.value if path else Role.boilerplate, grid, cell, path)


def _values(want: CellPattern, cell: Cell, words: Vocabulary) -> list[tuple[str, str | None]]:
    """(variable, text) of each variable of a cell; of several in one, those before the last may be absent."""
    names = want.variables
    if len(names) == 1 and not any(want.pieces):
        return [(names[0], cell.text)]
    styles = dict(want.styles)
    if cell.runs and len(names) > 1 and all(style in styles for style, run in cell.runs if run):
        texts = dict.fromkeys(names, "")
        for style, run in cell.runs:
            if run:
                texts[styles[style]] += run
        return [(n, texts[n] or (None if n != names[-1] else "")) for n in names]
    if names == _AGENCY:
        return list(zip(names, words.split_agency(cell.text), strict=True))
    found = pieces_of(want, cell.text) or (cell.text,)
    return list(zip(names, found, strict=False))


class _Column(NamedTuple):
    """A column of the indicators: its name (`""`: not of the indicator), as a step of a path, and whether a level."""

    name: str
    step: tuple[str, ...]
    is_level: bool

    @classmethod
    def of(cls, name: str) -> _Column:
        return cls(name, (name,), name.startswith("level"))


class _Rows:
    """The rows of indicators of one grid: each becomes a record; a merged level speaks for the rows it covers."""

    def __init__(self, grid: Grid, pattern: GridPattern, draft: Draft, account: Account) -> None:
        self.grid, self.draft, self.account = grid, draft, account
        names = [next((v for v in c.variables if v.startswith(_COLUMN)), "") for c in pattern.columns]
        self.columns = [_Column.of(name.removeprefix(_COLUMN)) for name in names]
        self.above = self._last_levels()
        head = next((row for row in reversed(pattern.head) if any(c.label for c in row.cells)), None)
        self.head = tuple(c.label for c in head.cells) if head else ()
        # A head that the file repeats by itself is never typed again by hand: a row like it is a record.
        self.retyped = not any(row.header for row in grid.rows)

    def _last_levels(self) -> dict[str, str]:
        last = self.draft.indicators[-1] if self.draft.indicators else {}
        return {name: text for name, text in last.items() if isinstance(text, str)}

    def row(self, row: Row) -> None:
        cells = row.cells
        if self.retyped and self.head == tuple(key(cell.text) for cell in cells):
            for cell in cells:
                self.account.cell(Role.label, self.grid, cell)
            return
        draft, claims, grid = self.draft, self.account.claims, self.grid
        base, places = draft.path("indicators", len(draft.indicators)), draft.places
        record: dict[str, Any] = {}
        for (name, step, is_level), cell in zip(self.columns, cells, strict=True):
            text = cell.text
            if not name:
                if text:
                    self.account.cell(Role.boilerplate, grid, cell)
                continue
            place = grid.place_of(cell)
            path = base + step
            if cell.continues:
                if text.strip():
                    self.account.unclaimed(grid, cell, "text hidden by a merged cell")
                text = self._inherited(name, cell)
            elif text:
                claims.append(_new(Claim, (_VALUE, place, text, path)))
            elif is_level and not (grid.merges and draft.trusted):
                text = self._as_above(name, cell)
            places[path] = place
            record[name] = text
        self.above = record
        draft.indicators.append(record)

    def _inherited(self, name: str, cell: Cell) -> str:
        if name not in self.above:
            self.account.doubt(
                "PD043",
                Severity.warning,
                "a merged cell goes on with nothing above it",
                self.grid.place_of(cell),
            )
        return self.above.get(name, "")

    def _as_above(self, name: str, cell: Cell) -> str:
        above = self.above.get(name, "")
        if above and self.grid.merges:
            self.account.doubt(
                "PD044",
                Severity.info,
                f"an empty level is read as the one above it, “{above}”",
                self.grid.place_of(cell),
            )
        return above

"""The tables of a project that fit a form's skeleton, and the rows of indicators in them."""

from collections.abc import Mapping, Sequence

from perfdoc.extraction.by_template.claiming import Claiming, claim_row
from perfdoc.extraction.by_template.matching import Fit
from perfdoc.extraction.by_template.pattern import DIVIDED, TextPattern
from perfdoc.extraction.by_template.skeleton import RowPattern, row_fits, sheet_cells
from perfdoc.extraction.result.project import EXTRA, LAST
from perfdoc.extraction.vocabulary.keys import key
from perfdoc.extraction.vocabulary.target_parts import whole
from perfdoc.layout import Cell, Grid, Row
from perfdoc.report import Claim, Path, Place, Role, Severity
from perfdoc.texts import say

_COLUMN = "indicator."
_LEVELS = ("level1", "level2", "level3")
_NONE: set[int] = set()  # for a row without blocks, which takes no cell; never added to
_VALUE = Role.value  # looked up once: asking an enum for a member takes longer than making a claim


def claim_table(grid: Grid, fit: Fit, claiming: Claiming) -> None:
    """Claim a grid that fits."""
    records = _Records(grid, fit, claiming)
    for row, pattern, following in zip(grid.rows, fit.rows, [*fit.rows[1:], None], strict=True):
        if pattern.record:
            records.row(row, pattern)
        elif pattern.group:
            records.group(row, pattern, higher=following is not None and following.group)
        else:
            cells = sheet_cells(pattern, row.cells) if fit.sheet else row.cells
            claim_row(grid, pattern, cells, claiming)


class _Records:
    """The rows of indicators of one grid: each becomes a record; a merged level speaks for the rows it covers."""

    def __init__(self, grid: Grid, fit: Fit, claiming: Claiming) -> None:
        self.grid, self.claiming = grid, claiming
        self.project, self.findings = claiming.project, claiming.findings
        self.above = dict(self.project.above.get(LAST, {}))
        self.head = fit.pattern.head
        self.groups = [one for step in fit.pattern.steps for one in step.patterns if one.group]
        # Whether an empty level is an empty cell, and not one that was left out because it says the same.
        self.whole = grid.merges and self.project.trusted
        self.told: dict[str, tuple[str, Place]] = {}
        """The levels that a row of their own names."""
        # A head that the file repeats by itself is never typed again by hand: a row like it is a record.
        self.retyped = not self.project.trusted and not any(row.header for row in grid.rows)

    def row(self, row: Row, pattern: RowPattern) -> None:
        """Claim the row of an indicator."""
        cells = row.cells
        if self.retyped and self.head and self.head == tuple(key(cell.text) for cell in cells):
            self.findings.cells(Role.label, self.grid, cells)
            return
        if not self.project.trusted and self._is_unfilled(row, pattern):
            return
        if pattern.blocks is None:
            self._record(cells, pattern)
            return
        label, names = pattern.blocks
        taken: set[int] = set()
        for name in names:
            own = [n for n, want in enumerate(pattern.cells) if want.block == name]
            if len(names) == 1 or any(pattern.columns[n] not in _LEVELS[:2] and cells[n].text.strip() for n in own):
                self._record(cells, pattern, (label, name), taken)
        self.findings.cells(Role.label, self.grid, (cell for n, cell in enumerate(cells) if n not in taken))

    def _record(
        self, cells: Sequence[Cell], pattern: RowPattern, of: tuple[str, str] | None = None, taken: set[int] = _NONE
    ) -> None:
        """Claim an indicator; `of` is the label that tells blocks apart, and its block there.

        The cells that are `taken` it shares with an indicator beside it: their texts are claimed.
        """
        project, found, new = self.project, self.findings.found, tuple.__new__
        base = _, position, _, number = project.path("indicators", project.indicators)
        record: dict[str, str | None] = {}
        if of is not None:
            self.findings.claim(Role.extra, self.grid.place_of(cells[0]), "", (*base, "extra", of[0]), of[1])
        for name, (text, place) in self.told.items():
            record[name] = text
            if name not in pattern.columns:
                found.append(Claim(_VALUE, place, "", (*base, name)))
        places = self.grid.places_of(cells)
        for n, (want, name, cell, place) in enumerate(zip(pattern.cells, pattern.columns, cells, places, strict=False)):
            if of is not None and want.block not in ("", of[1]):
                continue
            if not name:
                if n not in taken:
                    self._beside(record, base, want, cell, place)
                continue
            text, value = cell.text, cell.text
            if cell.continues:
                value, text = self._inherited(name, cell), ""
            elif not text and name in _LEVELS and (want.levels or not self.whole):
                value = self._as_above(name, cell, record, quiet=want.levels)
            elif name == DIVIDED:
                name, value = "target", self._whole(value, cells, pattern, want.block)
            record[name] = value
            path = "projects", position, "indicators", number, name
            found.append(new(Claim, (_VALUE, place, "" if n in taken else text, path)))
        if of is not None:
            taken.update(n for n, want in enumerate(pattern.cells) if want.block in ("", of[1]))
        self.above = record
        project.add_indicator(record)

    def _whole(self, value: str, cells: Sequence[Cell], pattern: RowPattern, block: str) -> str:
        """The 指标值 of a cell and those that say its operator and its unit."""
        words = self.claiming.words
        own = ((want, cell) for want, cell in zip(pattern.cells, cells, strict=False) if want.block in ("", block))
        named = ((name, cell.text) for want, cell in own for name in want.names if name.startswith(_COLUMN + EXTRA))
        said = ((name.removeprefix(_COLUMN + EXTRA), text) for name, text in named)
        parts = [(role, text) for label, text in said if (role := words.meaning(label).column) in ("operator", "unit")]
        return whole(value, parts, words)

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
            self.findings.cell(Role.label, self.grid, cell)
        return True

    def group(self, row: Row, pattern: RowPattern, *, higher: bool) -> None:
        """Claim a row that names a level of the indicators below it.

        Where rows of two levels look alike, the one that stands right above another is of the `higher` level.
        """
        fitting = [one for one in self.groups if row_fits(self.grid.merges, one, row.cells)]
        pattern = pattern if higher or len(fitting) < 2 else fitting[-1]
        for want, cell in zip(pattern.cells, row.cells, strict=False):
            values = [] if cell.continues or not want.names else want.values(cell, self.claiming.words)
            for name, text in values:
                self.told[name.removeprefix(_COLUMN)] = text or "", self.grid.place_of(cell)
            self.findings.cell(Role.label if not values else Role.value, self.grid, cell)

    def _beside(self, record: dict[str, str | None], base: Path, want: TextPattern, cell: Cell, place: Place) -> None:
        """A cell of an indicator's row that is not one value of its: a label, several values, the project's."""
        if cell.continues:
            if cell.text.strip():
                self.findings.unclaimed(self.grid, cell, "extraction.unclaimed.hidden")
            for name in want.names:
                if name.startswith(_COLUMN) and (text := self.above.get(own := name.removeprefix(_COLUMN))) is not None:
                    record[own] = text
                    self.findings.claim(Role.value, place, "", (*base, own), "")
            return
        if not want.names:
            self.findings.cell(Role.label if want.label else Role.boilerplate, self.grid, cell)
            return
        given = self.claiming.text(want, cell, place)
        for name, text in want.values(cell, self.claiming.words):
            if name.startswith(_COLUMN):
                own = name.removeprefix(_COLUMN)
                if own.startswith(EXTRA):
                    given.append(((*base, "extra", own.removeprefix(EXTRA)), text or "", False))
                else:
                    record[own] = text
                    given.append(((*base, own), text, False))
        self.claiming.say(want, given, place, cell.text)

    def _inherited(self, name: str, cell: Cell) -> str:
        if cell.text.strip():
            self.findings.unclaimed(self.grid, cell, "extraction.unclaimed.hidden")
        if name not in self.above:
            self.findings.in_air(self.grid.place_of(cell))
        return self.above.get(name) or ""

    def _as_above(self, name: str, cell: Cell, record: Mapping[str, str | None], *, quiet: bool) -> str:
        """What an empty level is read as: the one above it, where the levels before it are those of the row above.

        A level3 is an indicator's own: it holds for two rows only in a column that has merges, or can have none.
        """
        above = self.above.get(name) or ""
        if not above or not self.grid.merges or quiet:
            return "" if self._is_renewed(name, record) else above
        own = name == _LEVELS[-1] and not self._is_merged(cell.column)
        empty = own or self._is_renewed(name, record)
        message = say("extraction.level.left_empty" if empty else "extraction.level.as_above", above=above)
        self.findings.doubt("PD044", Severity.info, message, self.grid.place_of(cell))
        return "" if empty else above

    def _is_renewed(self, name: str, record: Mapping[str, str | None]) -> bool:
        """Whether a level before this one is another than that of the row above."""
        before = _LEVELS[: _LEVELS.index(name)]
        return any((record.get(one) or "") != (self.above.get(one) or "") for one in before if one in record)

    def _is_merged(self, column: int) -> bool:
        """Whether a cell of a column is merged with those below it."""
        return any(cell.continues for row in self.grid.rows for cell in row.cells if cell.column == column)

"""Claiming what fits a form's skeleton: every text by its position, in order, once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from perfdoc.extraction.by_template.matching import Fit
from perfdoc.extraction.by_template.pattern import AGENCY, DIVIDED, TITLE, TextPattern
from perfdoc.extraction.by_template.skeleton import RowPattern, sheet_cells
from perfdoc.extraction.result.project import EXTRA, LAST, Project
from perfdoc.extraction.vocabulary.keys import key
from perfdoc.extraction.vocabulary.target_parts import whole
from perfdoc.layout import Cell, Grid, Paragraph, Row
from perfdoc.report import Claim, Path, Place, Role, Severity
from perfdoc.texts import say

_COLUMN, _FIELD = "indicator.", "project."
_LEVELS = ("level1", "level2", "level3")
# Looked up once: asking an enum for a member takes longer than making a claim.
_VALUE, _LABEL, _EXTRA = Role.value, Role.label, Role.extra


Value = tuple[Path, str | None, bool]
"""A value in a text: its path, its text (None: not written at all), whether it is that path's next line."""


@cache
def _steps(name: str) -> tuple[str, tuple[str, ...]]:
    """The field of a project that a template names, and the steps to it."""
    field = name.removeprefix(_FIELD)
    return field, ("extra", field.removeprefix(EXTRA)) if field.startswith(EXTRA) else tuple(field.split("."))


class Claiming:
    """Claims the texts of one project as its form's template has them."""

    def __init__(self, project: Project) -> None:
        self.project, self.findings, self.words = project, project.findings, project.words
        self.lines: set[str] = set()
        """Fields whose text a loop writes line by line, and which have begun."""

    def text(self, want: TextPattern, cell: Cell, place: Place, *, line: bool = False) -> list[Value]:
        """The values of the document and the project in a text that fits a pattern."""
        given: list[Value] = []
        values = want.values(cell, self.words)
        for name, text in values:
            if name.startswith(_FIELD):
                value = self._field(name, text, place, line=line)
                if value is not None:
                    given.append(value)
            elif name == TITLE:
                given.append((("title",), self.findings.title(text or ""), False))
        if want.exact is None:
            return given  # the cell is one value
        code = values[0][1] if want.names == AGENCY and not cell.runs else None
        if want.is_doubtful(cell.text, values) or (code and not self.words.is_usual_code(code)):
            message, path = say("extraction.could_be_cut"), given[-1][0] if given else ()
            self.findings.doubt("PD048", Severity.warning, message, place, cell.text, path)
        return given

    def _field(self, name: str, text: str | None, place: Place, *, line: bool) -> Value | None:
        """A text of a field of the project. One that the form shows again must say the same, and gives no value."""
        field, steps = _steps(name)
        values = self.project.values
        held = values.get(field)
        goes_on = line and field in self.lines
        if not goes_on and held not in (None, "", text):
            if text:
                message = say("extraction.differs.field", name=field)
                self.findings.doubt("PD042", Severity.warning, message, place, text)
            return None
        values[field] = f"{held}\n{text}" if goes_on else text
        if line:
            self.lines.add(field)
        return ("projects", self.project.position, *steps), text, goes_on

    def say(self, want: TextPattern, given: Sequence[Value], place: Place, text: str) -> None:
        """Claim a text with the values that it gives; the last of them is what the claim names."""
        if not given:
            self.findings.claim(Role.unclaimed if want.valued else Role.boilerplate, place, text)
            return
        for path, value, goes_on in given[:-1]:
            self.findings.claim(_VALUE, place, "", path, value, goes_on=goes_on)
        path, value, goes_on = given[-1]
        self.findings.claim(_EXTRA if "extra" in path else _VALUE, place, text, path, value, goes_on=goes_on)


def claim_table(grid: Grid, fit: Fit, claiming: Claiming) -> None:
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
    findings = claiming.findings
    for want, cell, place in zip(pattern.cells, cells, grid.places_of(cells), strict=True):
        if cell.continues:
            if cell.text.strip():
                findings.unclaimed(grid, cell, "extraction.unclaimed.hidden")
        elif want.names:
            claiming.say(want, claiming.text(want, cell, place, line=pattern.line), place, cell.text)
        elif cell.text:
            findings.claim(_LABEL, place, cell.text)


def claim_paragraph(want: TextPattern, paragraph: Paragraph, claiming: Claiming, *, line: bool) -> None:
    """Claim a paragraph that fits a pattern; `line` says that a loop writes a text in it line by line."""
    text, place = paragraph.text, paragraph.place
    given = claiming.text(want, Cell(text, 0, 0), place, line=line) if want.names else []
    claiming.say(want, given, place, text)


class _Records:
    """The rows of indicators of one grid: each becomes a record; a merged level speaks for the rows it covers."""

    def __init__(self, grid: Grid, fit: Fit, claiming: Claiming) -> None:
        self.grid, self.claiming = grid, claiming
        self.project, self.findings = claiming.project, claiming.findings
        self.above = dict(self.project.above.get(LAST, {}))
        self.head = fit.pattern.head
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
            for cell in cells:
                self.findings.cell(Role.label, self.grid, cell)
            return
        if not self.project.trusted and self._is_unfilled(row, pattern):
            return
        project, found, new = self.project, self.findings.found, tuple.__new__
        base = _, position, _, number = project.path("indicators", project.indicators)
        record: dict[str, str | None] = {}
        for name, (text, place) in self.told.items():
            record[name] = text
            if name not in pattern.columns:
                found.append(Claim(_VALUE, place, "", (*base, name)))
        places = self.grid.places_of(cells)
        for want, name, cell, place in zip(pattern.cells, pattern.columns, cells, places, strict=False):
            if not name:
                self._beside(record, base, want, cell, place)
                continue
            text, value = cell.text, cell.text
            if cell.continues:
                value, text = self._inherited(name, cell), ""
            elif not text and name in _LEVELS and (want.levels or not self.whole):
                value = self._as_above(name, cell, record, quiet=want.levels)
            elif name == DIVIDED:
                name, value = "target", self._whole(value, cells, pattern)
            record[name] = value
            path = "projects", position, "indicators", number, name
            found.append(new(Claim, (_VALUE, place, text, path)))
        self.above = record
        project.add_indicator(record)

    def _whole(self, value: str, cells: Sequence[Cell], pattern: RowPattern) -> str:
        """The 指标值 of a cell and those that say its operator and its unit."""
        words = self.claiming.words
        named = ((cell, name) for want, cell in zip(pattern.cells, cells, strict=False) for name in want.names)
        said = (
            (name.removeprefix(_COLUMN).removeprefix(EXTRA), cell.text)
            for cell, name in named
            if name.startswith(_COLUMN + EXTRA)
        )
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

    def group(self, row: Row, pattern: RowPattern) -> None:
        """Claim a row that names a level of the indicators below it."""
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

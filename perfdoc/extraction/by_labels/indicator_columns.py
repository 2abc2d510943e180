"""Tables whose indicators are columns: rows of levels and names at the top, then a line for each unit."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from perfdoc.extraction.by_labels.captions import Caption
from perfdoc.extraction.by_labels.flat_list import claim_captions
from perfdoc.extraction.by_labels.heads.columns import LEVELS, by_column
from perfdoc.extraction.by_labels.row_kinds import own_cells
from perfdoc.extraction.result.claims import Findings
from perfdoc.extraction.result.project import Project
from perfdoc.extraction.vocabulary.keys import looks_like_label, named
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Cell, Grid, Row
from perfdoc.report import Role

_MOST_LEVELS = 2  # rows of levels above the names
_VALUED = re.compile(r"[≥≤≧≦<>＜＞=＝\d]")
"""What tells an indicator with its value from its name."""


class IndicatorColumn(NamedTuple):
    """A column with the values of one indicator: the cells of the head that name its levels."""

    column: int
    levels: dict[str, Cell]


class IndicatorColumns(NamedTuple):
    """Such a table: its head from row `first` to before `end`, the head of the units, of other columns, and of each
    indicator.
    """

    grid: Grid
    first: int
    end: int
    unit: Cell
    others: tuple[Cell, ...]
    indicators: tuple[IndicatorColumn, ...]

    def claim(
        self, captions: Sequence[Caption], begin: Callable[[], Project], findings: Findings, words: Vocabulary
    ) -> None:
        """Claim every cell: a project for each line. `captions` stand above it and hold for all of them."""
        grid, before = self.grid, len(findings.found)
        held = [*captions, *claim_captions(grid, grid.rows[: self.first], findings, words)]
        for row in grid.rows[self.first : self.end]:
            findings.cells(Role.label, grid, row.cells)
        for row in grid.rows[self.end :]:
            unit = by_column(row.cells).get(self.unit.column)
            filled = [one for one in own_cells(row) if one is not unit]
            if unit is None or not unit.text.strip() or not filled:
                continue
            if words.meaning(unit.text).is_total:
                findings.cells(Role.outside, grid, own_cells(row))
                continue
            project = begin()
            for caption in held:
                project.name(*caption)
            _claim_line(self, row, unit, project, words)
        findings.rest(grid, before)


def indicator_columns(grid: Grid, words: Vocabulary) -> IndicatorColumns | None:
    """The table that a grid is, or None where its indicators are no columns."""
    for index, row in enumerate(grid.rows[: len(grid.rows) - 2]):
        own = own_cells(row)
        levels = [cell for cell in own if words.meaning(cell.text).is_level]
        beside = [cell for cell in own if cell not in levels]
        if len(own) > 1 and levels and all(cell.column < levels[0].column for cell in beside[:1]):
            return _table(grid, index, levels, beside, words)
    return None


def _table(
    grid: Grid, first: int, levels: Sequence[Cell], beside: Sequence[Cell], words: Vocabulary
) -> IndicatorColumns | None:
    """The table whose head begins at row `first` with these levels, and other heads beside them."""
    columns = {c for cell in levels for c in range(cell.column, cell.column + cell.colspan)}
    rows = [levels]
    while len(rows) <= _MOST_LEVELS and first + len(rows) < len(grid.rows):
        below = [cell for cell in own_cells(grid.rows[first + len(rows)]) if cell.column in columns]
        rows.append(below)
        if not below or not all(words.meaning(cell.text).is_level for cell in below):
            break
    end, names = first + len(rows), rows[-1]
    apart = all(cell.colspan == 1 and looks_like_label(cell.text) for cell in names)
    apart = apart and not all(_VALUED.search(cell.text) for cell in names)
    if len(names) < 2 or not apart or any(words.meaning(cell.text).is_level for cell in names):
        return None
    heads = [*beside, *(c for r in grid.rows[first + 1 : end] for c in own_cells(r) if c.column not in columns)]
    units = [cell for cell in heads if _heads_units(cell, words)]
    if len(units) != 1 or end >= len(grid.rows) or units[0].column in {cell.column for cell in names}:
        return None
    over = [by_column(tuple(cell for cell in row)) for row in rows]
    made = []
    for cell in names:
        found = [one for row in over[:-1] if (one := row.get(cell.column)) is not None]
        first_level = bool(found) and words.meaning(found[0].text).is_first_level
        of = LEVELS if first_level else LEVELS[1:]
        made.append(IndicatorColumn(cell.column, {**dict(zip(of[:-1], found, strict=False)), LEVELS[2]: cell}))
    others = tuple(cell for cell in heads if cell is not units[0])
    return IndicatorColumns(grid, first, end, units[0], others, tuple(made))


def _heads_units(cell: Cell, words: Vocabulary) -> bool:
    said = words.meaning(cell.text)
    return said.is_unit_head or (said.label is not None and said.label.path in ("agency.name", "agency"))


def _claim_line(table: IndicatorColumns, row: Row, unit: Cell, project: Project, words: Vocabulary) -> None:
    """Claim the line of a unit."""
    grid, findings, cells = table.grid, project.findings, by_column(row.cells)
    entry = words.meaning(table.unit.text).label
    field = entry.path if entry is not None and entry.path else "agency.name"
    project.name(field, named(table.unit.text), unit.text, grid.place_of(unit), text=unit.text)
    for head in table.others:
        cell, said = cells.get(head.column), words.meaning(head.text)
        if cell is None or cell.continues or not cell.text.strip():
            continue
        if said.column == "index":
            findings.cell(Role.boilerplate, grid, cell)
            continue
        path = said.label.path if said.label is not None else ""
        if not path and said.budgets_in_list and project.is_empty("budget.total"):
            path = "budget.total"
        money_unit = said.money_unit(known=path == "budget.total")
        if money_unit and project.is_empty("money_unit"):
            project.name("money_unit", "", money_unit, grid.place_of(head))
        project.name(path, named(head.text), cell.text, grid.place_of(cell), text=cell.text)
    for column in table.indicators:
        cell = cells.get(column.column)
        if cell is None or cell.column != column.column or cell.continues or not cell.text.strip():
            continue  # the unit has no such goal
        base = project.path("indicators", project.indicators)
        for name, head in column.levels.items():
            findings.claim(Role.value, grid.place_of(head), "", (*base, name), "")
        findings.claim(Role.value, grid.place_of(cell), cell.text, (*base, "target"), cell.text)
        project.add_indicator({**{name: head.text for name, head in column.levels.items()}, "target": cell.text})

"""Outlines: one column names units, projects, levels and indicators, each on a row of its own below the other."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from perfdoc.extraction.by_labels.captions import Caption
from perfdoc.extraction.by_labels.flat_list import claim_captions
from perfdoc.extraction.by_labels.heads.columns import Head, HeadCell, by_column
from perfdoc.extraction.by_labels.indicators import IndicatorRows
from perfdoc.extraction.by_labels.row_kinds import RowKinds, own_cells
from perfdoc.extraction.result.claims import Findings
from perfdoc.extraction.result.project import Project
from perfdoc.extraction.vocabulary.keys import key, named
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Cell, Grid
from perfdoc.report import Role

_TOP = 5
"""Rows of a grid among which the head is looked for."""
_NAMES = 2
"""Rows that may stand above the levels of a project: its unit's name and its own."""


class Outline(NamedTuple):
    """Such a table: its head, and the rows (indexes) that name something above the levels of each project."""

    grid: Grid
    head: Head
    names: tuple[tuple[int, ...], ...]

    def claim(
        self, captions: Sequence[Caption], begin: Callable[[], Project], findings: Findings, words: Vocabulary
    ) -> None:
        """Claim every cell. `captions` stand above it and hold for all of its projects."""
        grid, before = self.grid, len(findings.found)
        held = [*captions, *claim_captions(grid, grid.rows[: self.head.row], findings, words)]
        findings.cells(Role.label, grid, grid.rows[self.head.row].cells)
        firsts = {names[0]: names for names in self.names}
        unit: Cell | None = None
        at = self.head.row + 1
        while at < len(grid.rows):
            if at in firsts:
                *units, name = (grid.rows[n] for n in firsts[at])
                unit = own_cells(units[0])[0] if units else unit
                # A unit's own sum is no project's.
                findings.cells(Role.outside, grid, (cell for row in units for cell in own_cells(row)[1:]))
                rows = IndicatorRows(grid, self.head, words, findings, project := begin())
                self._name(project, own_cells(name), unit, shown=bool(units))
                for caption in held:
                    project.name(*caption)
                at += len(firsts[at])
                continue
            rows.claim(grid.rows[at], rows.kinds.kind(grid.rows[at]))
            at += 1
        findings.rest(grid, before)

    def _name(self, project: Project, row: Sequence[Cell], unit: Cell | None, *, shown: bool) -> None:
        """Name what the row of a project says of it; `unit` is the nearest one above, `shown` right above."""
        own = row[0]
        project.name("name", self.head.cells[0].label, own.text, self.grid.place_of(own), text=own.text)
        if unit is not None:
            text = unit.text if shown else ""
            project.name("agency.name", "", unit.text, self.grid.place_of(unit), text=text)
        for cell, head in ((c, h) for c in row[1:] for h in self.head.cells if h.first <= c.column <= h.last):
            said = project.words.meaning(head.label)
            budget = (said.budgets_in_list or said.is_budget_head) and project.is_empty("budget.total")
            field = "budget.total" if budget else ""
            project.name(field, named(head.label), cell.text, self.grid.place_of(cell), text=cell.text)


def outline(grid: Grid, words: Vocabulary) -> Outline | None:
    """The table that a grid is, or None where it is no outline."""
    for index, row in enumerate(grid.rows[:_TOP]):
        own = own_cells(row)
        roles = [words.meaning(cell.text).column or "" for cell in own]
        if "target" not in roles[1:] or set(roles) & {"level1", "level2", "index"}:
            continue
        cells = [
            HeadCell(role, "", "".join(c.text.split()), c.column, c.column + c.colspan - 1)
            for role, c in zip(("level3", *roles[1:]), own, strict=True)
        ]
        head = Head(index, 1, tuple(cells), frozenset(key(c.text) for c in own), (), own[0].column)
        names = tuple(_names(grid, head, words))
        return Outline(grid, head, names) if names and names[0][0] == index + 1 else None
    return None


def _names(grid: Grid, head: Head, words: Vocabulary) -> Iterator[tuple[int, ...]]:
    """The rows right above each first level that has other names than levels over it, up to the head or a value."""
    kinds = RowKinds(grid, head, words)
    lone = [kinds.lone_level(row) for row in grid.rows]
    target = next(cell.first for cell in head.cells if cell.role == "target")
    for n, level in enumerate(lone):
        if level is None or not words.meaning(level.text).is_first_level:
            continue
        above: list[int] = []
        for m in range(n - 1, head.row, -1):
            own, value = own_cells(grid.rows[m]), by_column(grid.rows[m].cells).get(target)
            blank = value is None or not value.text.strip()
            if lone[m] or not own or own[0].column != head.start or not blank or len(above) == _NAMES:
                break
            above.insert(0, m)
        if above:
            yield tuple(above)

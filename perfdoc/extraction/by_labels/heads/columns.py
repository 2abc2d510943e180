"""The columns of an indicator table, and what its head says of them."""

from __future__ import annotations

from typing import NamedTuple

from perfdoc.layout import Cell, Grid

LEVELS = ("level1", "level2", "level3")
CORE = frozenset((*LEVELS, "target"))
BESIDE = ("weight", "actual", "score", "reason")
"""The columns beside an indicator's own: what it weighs and what became of it."""
OWNERS = ("name", "agency.name", "department")
"""The fields of which one, as a column, makes a list: what its lines are about."""
OVER = "·"
"""What stands in a head's label between the text of the head above it and its own."""
EXTRA = "extra."
"""How the field of a flat list's column begins that the model has no field for, and that is the project's."""


class HeadCell(NamedTuple):
    """A column: `role` is a column of the vocabulary, `field` a path of the project (flat lists); both may be empty.

    `label` is the head's own text, `text` that of the heads above it and its own.
    """

    role: str
    field: str
    label: str
    first: int
    last: int
    block: int = 0

    @property
    def path(self) -> tuple[str, ...]:
        """The way to the field inside a project."""
        if self.field.startswith(EXTRA):
            return "extra", self.field.removeprefix(EXTRA)
        return tuple(self.field.split("."))


class Head(NamedTuple):
    """The head found at `row` (index into the grid's rows), `depth` rows high; `keys` are those of its texts.

    `blocks` names the side-by-side blocks of indicators (中期 | 年度), empty where there is one. `start` is the
    first grid column right of a label at the side of the table, `side` that label.
    """

    row: int
    depth: int
    cells: tuple[HeadCell, ...]
    keys: frozenset[str]
    blocks: tuple[str, ...]
    start: int
    side: str = ""

    @property
    def flat(self) -> bool:
        """Whether the project's own fields are columns too: one line an indicator, many projects."""
        return any(cell.field in OWNERS for cell in self.cells)

    def is_typed_again(self, other: Head) -> bool:
        """Whether another head is this one, which a page or a person typed again farther down."""
        return (self.keys, self.cells, self.blocks) == (other.keys, other.cells, other.blocks)

    def moved(self, columns: int) -> Head:
        """This head over a table that begins so many grid columns farther right."""
        cells = tuple(c._replace(first=c.first + columns, last=c.last + columns) for c in self.cells)
        return self._replace(cells=cells, start=self.start + columns) if columns else self


def extent(grid: Grid) -> tuple[int, int]:
    """The first grid column that has a cell, and how many columns there are from it to the last one."""
    ends = [(row.cells[0].column, row.cells[-1].column + row.cells[-1].colspan) for row in grid.rows if row.cells]
    first = min((begin for begin, _ in ends), default=1)
    return first, max((end for _, end in ends), default=first) - first


def by_column(cells: tuple[Cell, ...]) -> dict[int, Cell]:
    """The cell that covers each grid column of a row."""
    return {column: cell for cell in cells for column in range(cell.column, cell.column + min(cell.colspan, 4096))}

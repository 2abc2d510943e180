"""The rows of a table that hold indicators: what each says, which cell has which value, what stands beside them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, auto
from functools import cached_property

from perfdoc.layout import Cell, Grid
from perfdoc.model import Indicator, texts
from perfdoc.report import Path, Place

LEVELS = ("level1", "level2")
Key = tuple[str | int, ...]
"""A value in a row: `("target",)`, `("extra", label)`; of the second indicator of several side by side with 1 behind,
and so on. A level that they share is that of the first.
"""
Says = Mapping[Key, str]
"""What a row says."""
OWN: tuple[Key, ...] = (("level3",), ("target",), ("description",))


def said(indicator: Indicator) -> dict[Key, str]:
    """What an indicator says that stands in a row by itself."""
    found: dict[Key, str] = {path: text for path, text in texts(indicator) if text}
    return found | ({("description",): indicator.described} if indicator.described else {})


def block_of(key: Key) -> int:
    """Which of the indicators of a row a value is of, from 0."""
    return key[-1] if isinstance(key[-1], int) else 0


def keyed(key: Key, block: int, held: Collection[Key]) -> Key:
    """The key of a value of an indicator in a block; `held` are the keys that cells of its table have."""
    own = (*key, block) if block else key
    return key if key[0] in LEVELS and own not in held else own


def same(one: Says, other: Says, names: Sequence[str]) -> bool:
    """Whether two rows say the same of these names."""
    return all(one.get((name,), "") == other.get((name,), "") for name in names)


class Way(IntEnum):
    """How a column says a level of several rows: merged, once above blank cells, or on each; the first found counts."""

    merged = auto()
    blank = auto()
    repeated = auto()


@dataclass
class Line:
    """A row, and what it says. `numbers` are the indices of its indicators in the project, by blocks from the left.

    `cells` has the columns of its values, `away` the places of those that stand on another row (a level on a row of
    its own), `parts` the further columns of a value that is divided over several.
    """

    row: int
    numbers: dict[int, int] = field(default_factory=dict)
    says: Says = field(default_factory=dict)
    cells: dict[Key, int] = field(default_factory=dict)
    away: dict[Key, Place] = field(default_factory=dict)
    parts: dict[Key, list[int]] = field(default_factory=dict)
    bare: bool = False
    """It shows no indicator, and never will."""

    @property
    def is_blank(self) -> bool:
        """It shows no indicator yet."""
        return not self.numbers and not self.bare

    def path(self, key: Key) -> Path:
        """The path of a value from the indicators on."""
        block = block_of(key)
        number = self.numbers.get(block, next(iter(self.numbers.values()), 0))
        return (number, *(key[:-1] if block else key))


class Stretch:
    """The rows of one table that hold a project's indicators, in order, and its columns."""

    def __init__(self, grid: Grid, lines: Sequence[Line]) -> None:
        self.grid, self.lines = grid, [*lines]
        self.by_number = {number: line for line in lines for number in line.numbers.values()}
        self.keys: dict[int, list[Key]] = {}
        """The values that each column shows."""
        self._of_width: dict[tuple[int, int], list[Key]] = {}
        for line in lines:
            for key, column in line.cells.items():
                cell = self.cell(line.row, column)
                for known in (
                    self.keys.setdefault(column, []),
                    self._of_width.setdefault((column, cell.colspan if cell else 0), []),
                ):
                    known += [] if key in known else [key]
        self.blanks: list[Line] = []
        """Rows that show no indicator yet, among and below the lines."""

    @cached_property
    def of_group(self) -> Mapping[tuple[str, ...], list[Line]]:
        """The lines by their levels, both and the first, in the order of their rows."""
        found: dict[tuple[str, ...], list[Line]] = defaultdict(list)
        for line in sorted(self.lines, key=lambda each: each.row):
            group = tuple(line.says.get((name,), "") for name in LEVELS)
            found[group].append(line)
            found[group[:1]].append(line)
        return dict(found)

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell that begins in a column of a row."""
        if not 1 <= row <= len(self.grid.rows):
            return None
        return next((cell for cell in self.grid.rows[row - 1].cells if cell.column == column), None)

    def keys_of(self, cell: Cell) -> list[Key] | None:
        """The values that a cell shows: those of cells as wide in its column, if there are any."""
        return self._of_width.get((cell.column, cell.colspan)) or self.keys.get(cell.column)

    @cached_property
    def anchors(self) -> Mapping[tuple[int, int], Cell]:
        """The cell that each cell of a vertical merge belongs to, by row and column; none for one in mid-air."""
        found: dict[tuple[int, int], Cell] = {}
        for row in self.grid.rows:
            for cell in row.cells:
                if not cell.continues and cell.rowspan > 1:
                    found.update({(cell.row + n, cell.column): cell for n in range(cell.rowspan)})
        return found

    @cached_property
    def ways(self) -> Mapping[int, Way]:
        """How each column of levels says one of several rows; the columns that do not show it do as the others."""
        found: dict[int, Way] = {}
        columns = {column for line in self.lines for key, column in line.cells.items() if key[0] in LEVELS}
        for before, line in zip((None, *self.lines), self.lines, strict=False):
            for key, column in line.cells.items():
                way = self._way(before, line, key, column) if key[0] in LEVELS else None
                if way is not None:
                    found[column] = min(found.get(column, way), way)
        usual = next(iter(found.values()), Way.merged)
        return {column: found.get(column, usual) for column in columns}

    def _way(self, before: Line | None, line: Line, key: Key, column: int) -> Way | None:
        cell = self.cell(line.row, column)
        if cell is None or cell.continues or cell.rowspan > 1:
            return Way.merged if cell else None
        if not cell.text.strip():
            return Way.blank if line.says.get(key) else None
        above = self.cell(before.row, column) if before is not None else None
        return Way.repeated if above is not None and above.text == cell.text else None

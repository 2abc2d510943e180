"""The rows of a table that hold indicators: which cell has which value, and what the cells beside them are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, auto
from functools import cached_property

from perfdoc.extraction.by_labels.table import recognised
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.filling.values import Texts
from perfdoc.layout import Cell, Grid
from perfdoc.model import INDICATOR_PATHS, Indicator
from perfdoc.report import Place

LEVELS = ("level1", "level2")
Key = tuple[str, ...]
"""A value within an indicator: `("target",)`, `("extra", label)`."""
_MOST_BLOCKS = 8
_OWN: tuple[Key, ...] = (("level3",), ("target",), ("description",))


def value(indicator: Indicator, key: Key) -> str:
    """The text of an indicator that a cell shows, "" where it says nothing."""
    if key[0] == "extra":
        return indicator.extra.get(key[1], "")
    return indicator.described if key == ("description",) else getattr(indicator, key[0]) or ""


def same(one: Indicator, other: Indicator, names: Sequence[str]) -> bool:
    """Whether two indicators say the same of these names."""
    return all((getattr(one, name) or "") == (getattr(other, name) or "") for name in names)


class Way(IntEnum):
    """How a column says a level of several rows: merged, once above blank cells, or on each; the first found counts."""

    merged = auto()
    blank = auto()
    repeated = auto()


@dataclass
class Line:
    """A row that shows an indicator; `number` is its index in the project, None for a row that shows none.

    `cells` has the columns of its values, `away` the places of those that stand on another row (a level on a row of
    its own), `parts` the further columns of a value that is divided over several.
    """

    number: int | None
    row: int
    cells: dict[Key, int] = field(default_factory=dict)
    away: dict[Key, Place] = field(default_factory=dict)
    parts: dict[Key, list[int]] = field(default_factory=dict)
    bare: bool = False


class Stretch:
    """The rows of one table that hold a project's indicators, in order, and its columns."""

    def __init__(self, grid: Grid, lines: Sequence[Line], indicators: Sequence[Indicator]) -> None:
        self.grid, self.lines, self.indicators = grid, [*lines], [*indicators]
        self.by_number = {line.number: line for line in lines if line.number is not None}
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
            one = self.indicators[line.number] if line.number is not None else Indicator()
            found[one.level1 or "", one.level2 or ""].append(line)
            found[one.level1 or "",].append(line)
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
            said = line.number is not None and value(self.indicators[line.number], key)
            return Way.blank if said else None
        above = self.cell(before.row, column) if before is not None else None
        return Way.repeated if above is not None and above.text == cell.text else None


def stretches(known: Texts, project: int, words: Vocabulary) -> list[Stretch]:
    """The stretches of a project's indicators, in the file's order, one for each block where they stand side by side.

    Where it has no indicators, the blank rows under a head in its tables are stretches of no lines.
    """
    indicators = known.reading.document.projects[project].indicators
    found: dict[tuple[Place, int], list[Line]] = defaultdict(list)
    for number, indicator in enumerate(indicators):
        table, line = _line(known, project, number, indicator)
        block = sum(other.row == line.row for n in range(_MOST_BLOCKS) for other in found.get((table, n), ())[-1:])
        if table in known.grids:
            found[table, block].append(line)
    made = [Stretch(known.grids[table], lines, indicators) for (table, _), lines in found.items()]
    grids = [one.grid for one in made] or known.grids_of(project)
    side_by_side = len(made) > len({grid.place for grid in grids})
    made = made or [Stretch(grid, (), ()) for grid in grids]
    for stretch in () if side_by_side else made:
        _add_blanks(stretch, words)
    return [stretch for stretch in made if stretch.lines or stretch.blanks]


def _add_blanks(stretch: Stretch, words: Vocabulary) -> None:
    """Name the columns that no line says anything in, and find the blank rows among and below the lines."""
    grid = stretch.grid
    heads = recognised(grid, words).heads
    lines = {line.row for line in stretch.lines}
    above = [head for index, head in heads.items() if index < min(lines, default=len(grid.rows))]
    if not above or above[-1].flat or above[-1].blocks:
        return
    head = above[-1]
    for one in head.cells:
        key: Key = (one.role,) if one.role in INDICATOR_PATHS else ("extra", one.label)
        known = any(key in keys for keys in stretch.keys.values())
        if one.first not in stretch.keys and not known and one.role not in ("index", "group") and not one.field:
            stretch.keys[one.first] = [key]
    own = [column for column, keys in stretch.keys.items() if keys[0] in _OWN]
    for row in grid.rows[head.row + head.depth :]:
        cells = {cell.column: cell for cell in row.cells}
        blank = all(
            column in cells and not cells[column].text.strip() and not cells[column].continues for column in own
        )
        if row.cells and row.cells[0].row not in lines:
            if not (own and blank):
                break
            here = {keys[0]: column for column, keys in stretch.keys.items() if column in cells}
            stretch.blanks.append(Line(None, row.cells[0].row, here))


def _line(known: Texts, project: int, number: int, indicator: Indicator) -> tuple[Place, Line]:
    base = ("projects", project, "indicators", number)
    keys: list[Key] = [(name,) for name in INDICATOR_PATHS]
    keys += [("extra", label) for label in indicator.extra]
    places = {key: at for key in keys if (at := known.shown((*base, *key)))}
    own = next((places[key][0] for key in _OWN if key in places), None)
    if own is None:
        own = Counter(at[0]._replace(column=0) for at in places.values()).most_common(1)[0][0] if places else Place("")
    line = Line(number, own.row)
    for key, at in places.items():
        here = [place for place in at if place._replace(column=0) == own._replace(column=0)]
        if here and key[0] in LEVELS and len(at) > len(here):
            here = here[:1]
        if here:
            first, *rest = sorted(place.column for place in here)
            line.cells[key] = first
            if rest:
                line.parts[key] = rest
        else:
            line.away[key] = at[0]
    return own._replace(row=0, column=0), line

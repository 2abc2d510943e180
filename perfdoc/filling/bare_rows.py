"""Rows that show no indicator, among those that do: `……`, a level with nothing beside it, a head said again.

They go with the rows of their group, and take part in its merges; none is added or left out.
"""

from collections.abc import Sequence

from perfdoc.filling.cell_texts import Row
from perfdoc.filling.lines import LEVELS, Line, Says, Stretch, Way, same
from perfdoc.layout import Cell

_NEAREST: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (LEVELS, LEVELS),
    (LEVELS[:1], LEVELS),
    ((), LEVELS[:1]),
)
"""Tried in order: the levels by which a row is one that a bare row goes with (its group's, its first level's, any),
and those in which rows behind that one must be like it to stay before the bare row."""


def with_bare(stretch: Stretch, rows: Sequence[Row]) -> list[Row]:
    """The rows to be with those that show no indicator, which become lines of the stretch."""
    found, taken = [*rows], {row.line.row for row in rows}
    for line in _bare(stretch, taken):
        at, own = _place(line, found)
        found.insert(at, Row(own, line))
    stretch.lines.sort(key=lambda line: line.row)
    return found


def _bare(stretch: Stretch, taken: set[int]) -> list[Line]:
    """The rows between the first and the last line, and those behind that go on with its levels."""
    shown = {line.row: line for line in stretch.lines}
    if not shown:
        return []
    made, last = [], max(shown)
    for row in stretch.grid.rows[min(shown) - 1 :]:
        number = row.cells[0].row if row.cells else 0
        levels = {name: cell for cell in row.cells for name in LEVELS if (name,) in (stretch.keys_of(cell) or ())}
        if number > last and not any(cell.continues for cell in levels.values()):
            break
        if number and number not in shown and number not in taken:
            own = {name: _level(stretch, shown, cell, name) for name, cell in levels.items()} | _above(stretch, number)
            says: Says = {(name,): text for name, text in own.items() if text}
            line = Line(number, says=says, cells={(n,): c.column for n, c in levels.items()}, bare=True)
            stretch.lines.append(line)
            shown[number] = line
            made.append(line)
    return made


def _above(stretch: Stretch, number: int) -> dict[str, str]:
    """The levels that a row says of the lines below it."""
    place = stretch.grid.place._replace(row=number)
    for line in stretch.lines:
        for name in LEVELS:
            at = line.away.get((name,))
            if at is not None and at._replace(column=0) == place:
                return {each: line.says.get((each,), "") for each in LEVELS[: LEVELS.index(name) + 1]}
    return {}


def _level(stretch: Stretch, shown: dict[int, Line], cell: Cell, name: str) -> str:
    """The level that a cell says, by itself or by what stands above it."""
    row = stretch.anchors.get((cell.row, cell.column), cell).row
    if row == cell.row and not cell.text.strip() and stretch.ways.get(cell.column) is Way.blank:
        row -= 1
    line = shown.get(row) if row < cell.row else None
    return line.says.get((name,), "") if line is not None else cell.text.strip()


def _place(line: Line, rows: Sequence[Row]) -> tuple[int, Says]:
    """Where a bare row goes among the rows to be, and the levels that it has there."""
    own = line.says
    for names, run in _NEAREST:
        mates = [at for at, row in enumerate(rows) if any(same(one, own, names) for one in _said(row))]
        if not mates:
            continue
        still = [at for at in mates if same(rows[at].new, own, names)] or mates
        at = min(
            still, key=lambda at: (rows[at].copied, rows[at].line.row > line.row, abs(rows[at].line.row - line.row))
        )
        own = {**own, **{(name,): rows[at].new.get((name,), "") for name in names}}
        behind = [not row.copied and row.line.row > line.row for row in rows]
        if behind[at]:
            while at and rows[at - 1].copied and same(rows[at - 1].new, rows[at].new, LEVELS):
                at -= 1
            return at, own
        at += 1
        while at < len(rows) and same(rows[at].new, rows[at - 1].new, run) and not behind[at]:
            at += 1
        return at, own
    return 0, own


def _said(row: Row) -> list[Says]:
    """What a row is to say, and what it says if it is kept."""
    return [row.new] if row.copied or row.line.is_blank else [row.new, row.line.says]

"""The head of an indicator table: which column of the grid holds what."""

from __future__ import annotations

from typing import NamedTuple

from perfdoc.extract.vocabulary import Vocabulary, key
from perfdoc.layout import Cell, Grid, Row

_CORE = frozenset(("level1", "level2", "level3", "target"))


class HeadCell(NamedTuple):
    """A column: `role` is a column of the vocabulary, `field` a path of the project (flat lists); both may be empty."""

    role: str
    field: str
    label: str
    first: int
    last: int
    block: int = 0


class Head(NamedTuple):
    """The head found at `row` (index into the grid's rows), `depth` rows high; `keys` tell it when typed again.

    `blocks` names the side-by-side blocks of indicators (中期 | 年度), empty where there is one.
    """

    row: int
    depth: int
    cells: tuple[HeadCell, ...]
    keys: frozenset[str]
    blocks: tuple[str, ...]

    @property
    def flat(self) -> bool:
        """Whether the project's own fields are columns too: one line an indicator, many projects."""
        return any(cell.field == "name" for cell in self.cells)

    def is_repeated_by(self, row: Row) -> bool:
        """Whether a row only types this head again."""
        texts = [key(cell.text) for cell in row.cells if not cell.continues and cell.text.strip()]
        return len(texts) > 1 and all(text in self.keys for text in texts)


def head_at(grid: Grid, index: int, words: Vocabulary) -> Head | None:
    """The head of an indicator table whose first row is `grid.rows[index]`, or None."""
    row = grid.rows[index]
    found = _cells_of(row, words)
    if len({cell.role for cell in found if cell.role in _CORE}) < 2:
        return None
    depth = _depth(grid, index, found)
    for below in grid.rows[index + 1 : index + depth]:
        found = _refined(found, _cells_of(below, words))
    cells, blocks = _in_blocks(found, grid, index, words)
    if "level3" not in {c.role for c in cells}:
        cells = _lowest_level_named(cells)
    keys = frozenset(key(c.text) for r in grid.rows[index : index + depth] for c in r.cells if c.text.strip())
    return Head(index, depth, cells, keys, blocks)


def _cells_of(row: Row, words: Vocabulary) -> list[HeadCell]:
    found = []
    for cell in row.cells:
        if cell.continues or not cell.text.strip():
            continue
        role = words.column(cell.text) or ""
        entry = words.label(cell.text) if not role else None
        group = entry is not None and entry.group and not entry.path
        if group and not role:
            role = "group"
        field = entry.path if entry and entry.path else ""
        label = "".join(cell.text.split())
        found.append(HeadCell(role, field, label, cell.column, cell.column + cell.colspan - 1))
    return found


def _depth(grid: Grid, index: int, found: list[HeadCell]) -> int:
    """Rows of the head: as many as all of its levels span. (One alone may be merged with what a page cut off.)"""
    levels = {c.first for c in found if c.role.startswith("level")} or {c.first for c in found if c.role in _CORE}
    return min((cell.rowspan for cell in grid.rows[index].cells if cell.column in levels), default=1)


def _refined(above: list[HeadCell], below: list[HeadCell]) -> list[HeadCell]:
    """Heads of two rows: a cell below speaks for its columns, under the name of the cell above it."""
    kept = [a for a in above if not any(a.first <= b.first <= a.last for b in below)]
    for b in below:
        over = next((a for a in above if a.first <= b.first <= a.last), None)
        label = b.label if b.role or over is None else f"{over.label}·{b.label}"
        kept.append(b._replace(label=label))
    return sorted(kept, key=lambda cell: cell.first)


def _in_blocks(
    found: list[HeadCell], grid: Grid, index: int, words: Vocabulary
) -> tuple[tuple[HeadCell, ...], tuple[str, ...]]:
    """Number the blocks of indicators that stand side by side: a role met again begins the next one."""
    seen: set[str] = set()
    block, cells, starts = 0, [], [found[0].first]
    for cell in found:
        if cell.role in seen and cell.role in ("level3", "target", "level1", "level2"):
            block += 1
            seen = set()
            starts.append(cell.first)
        if cell.role:
            seen.add(cell.role)
        cells.append(cell._replace(block=block))
    if not block:
        return tuple(cells), ()
    return tuple(cells), tuple(
        _over(grid, index, start, words) or str(n) for n, start in enumerate(_named_from(cells, starts), 1)
    )


def _named_from(cells: list[HeadCell], starts: list[int]) -> list[int]:
    """A column of each block that is its own: the first level3 or target in it."""
    return [
        next((c.first for c in cells if c.block == n and c.role in ("level3", "target")), start)
        for n, start in enumerate(starts)
    ]


def _over(grid: Grid, index: int, column: int, words: Vocabulary) -> str:
    """The nearest head above a column (中期目标, 年度目标): the name of a block. Empty where there is none."""
    for row in reversed(grid.rows[max(0, index - 4) : index]):
        for cell in row.cells:
            if cell.column <= column < cell.column + cell.colspan and words.heads(cell.text):
                return "".join(cell.text.split())
    return ""


def _lowest_level_named(cells: tuple[HeadCell, ...]) -> tuple[HeadCell, ...]:
    """A table without a 三级指标 head: an unnamed column beside the levels, before the target, is it."""
    target = next((n for n, c in enumerate(cells) if c.role == "target"), len(cells))
    for n in range(target - 1, -1, -1):
        if not cells[n].role and not cells[n].field:
            return (*cells[:n], cells[n]._replace(role="level3"), *cells[n + 1 :])
    return cells


def by_column(cells: tuple[Cell, ...]) -> dict[int, Cell]:
    """The cell that covers each grid column of a row."""
    return {column: cell for cell in cells for column in range(cell.column, cell.column + min(cell.colspan, 4096))}

"""The head of an indicator table: which column of the grid holds what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from perfdoc.extract.blocks import in_blocks
from perfdoc.extract.vocabulary import Vocabulary, key
from perfdoc.layout import Cell, Grid, Row

CORE = frozenset(("level1", "level2", "level3", "target"))
OWNERS = ("name", "agency.name", "department")
"""The fields of which one, as a column, makes a list: what its lines are about."""
EXTRA = "extra."
"""How the field of a flat list's column begins that the model has no field for, and that is the project's."""
_LEVELS = ("level1", "level2", "level3")


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


class Head(NamedTuple):
    """The head found at `row` (index into the grid's rows), `depth` rows high; `keys` tell it when typed again.

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

    def is_repeated_by(self, row: Row) -> bool:
        """Whether a row only types this head again."""
        texts = [key(cell.text) for cell in row.cells if not cell.continues and cell.text.strip()]
        return len(texts) > 1 and all(text in self.keys for text in texts)


def head_at(grid: Grid, index: int, words: Vocabulary) -> Head | None:
    """The head of an indicator table that has its levels, or its level3 and target, in `grid.rows[index]`, or None."""
    row = grid.rows[index]
    own = [cell for cell in row.cells if cell.text and not cell.continues and not cell.text.isspace()]
    if len(own) < 2:
        return None
    core = {role for cell in own if (role := words.column(cell.text)) in CORE}
    if len(core) < 2 and not any((entry := words.label(cell.text)) and entry.path == "goals" for cell in own):
        return None
    found = _spread([_cell_of(cell, words) for cell in own], row, grid.columns)
    if len(core) < 2 and not _lists_projects(found):
        return None
    top = _top(grid, index, found, words)
    depth = _depth(grid, index, found, words)
    for above in reversed(grid.rows[top:index]):
        over = [_cell_of(c, words) for c in above.cells if not c.continues and c.text.strip()]
        found = _under_heads(found, _spread(over, above, grid.columns), words)
    for below in grid.rows[index + 1 : index + depth]:
        found = _refined(found, [_cell_of(c, words) for c in below.cells if not c.continues and c.text.strip()])
    found = _misspelt_level_named(found)
    if not any(cell.role in CORE or cell.field == "name" for cell in found):
        return None  # the row below has other names for all of its columns
    found, start, side = _without_side(found)
    if not any(cell.role == "level3" for cell in found):
        found = _lowest_level_named(found, grid.rows[index + depth : index + depth + 2])
    cells, blocks = in_blocks(_with_project_columns(found), grid, top, words)
    rows = grid.rows[top : index + depth]
    keys = frozenset(key(c.text) for r in rows for c in r.cells if c.text.strip())
    return Head(top, index + depth - top, cells, keys, blocks, start, side)


def _cell_of(cell: Cell, words: Vocabulary) -> HeadCell:
    role = words.column(cell.text) or ""
    entry = words.label(cell.text) if not role else None
    if entry is not None and entry.group and not entry.path:
        role = "group"
    field = entry.path if entry else ""
    return HeadCell(role, field, "".join(cell.text.split()), cell.column, cell.column + cell.colspan - 1)


def _spread(found: list[HeadCell], row: Row, columns: int) -> list[HeadCell]:
    """Heads with the blank columns at their right that no merge gives to another: merges that were lost."""
    blank = {c.column for c in row.cells if not c.text.strip() and not c.continues}
    spread = []
    for n, cell in enumerate(found):
        end = found[n + 1].first if n + 1 < len(found) else columns + 1
        last = cell.last
        while last + 1 < end and last + 1 in blank:
            last += 1
        spread.append(cell._replace(last=last))
    return spread


def _lists_projects(found: Sequence[HeadCell]) -> bool:
    """Whether a row is the head of a list of projects and their goals, a line a project."""
    fields = {cell.field for cell in found if cell.field}
    others = sum(not cell.field and not cell.role for cell in found)
    return len(fields) > 2 and {"name", "goals"} <= fields and 2 * others <= len(fields)


# Heads of several rows


def _top(grid: Grid, index: int, found: Sequence[HeadCell], words: Vocabulary) -> int:
    """The first row of the head: a row above belongs to it where its cells reach down, or only name columns."""
    start = min(cell.first for cell in found if cell.role in CORE or cell.role == "group" or cell.field)
    if any(cell.role in _LEVELS for cell in found):
        start = min(cell.first for cell in found if cell.role in _LEVELS)
    top = index
    while top > 0:
        every = [c for c in grid.rows[top - 1].cells if not c.continues and c.text.strip()]
        own = [c for c in every if c.column + c.colspan > start]
        reaching = [c for c in every if c.row + c.rowspan - 1 > index]
        reaches = any(c.column >= start for c in reaching) or bool(reaching and _all_named(every, words))
        blank = any(not c.continues and not c.text.strip() for c in grid.rows[index].cells if c.column >= start)
        named = len(own) > 1 and _all_named(own, words) and any(words.column(c.text) for c in own)
        if not reaches and not (named and blank):
            break
        top -= 1
        if not reaches:
            break
    return top


def _all_named(cells: Sequence[Cell], words: Vocabulary) -> bool:
    return all(words.column(c.text) or words.heads(c.text) or words.label(c.text) is not None for c in cells)


def _depth(grid: Grid, index: int, found: Sequence[HeadCell], words: Vocabulary) -> int:
    """Rows of the head: as many as all of its levels span. (One alone may be merged with what a page cut off.)

    Where nothing is merged, the row below belongs to it that only divides columns (符号, 单位).
    """
    levels = {c.first for c in found if c.role in _LEVELS} or {c.first for c in found if c.role in CORE}
    spans = min((cell.rowspan for cell in grid.rows[index].cells if cell.column in levels), default=1)
    depth, level = spans, max(levels, default=grid.columns)
    while spans == 1 and index + depth < len(grid.rows) and _divides(grid.rows[index + depth], level, words):
        depth += 1
    return depth


def _divides(row: Row, level: int, words: Vocabulary) -> bool:
    """Whether a row right of the levels only holds heads, and none in the levels' own columns."""
    own = [cell for cell in row.cells if not cell.continues and cell.text.strip()]
    if not own or any(cell.column <= level for cell in own):
        return False
    return all(words.column(cell.text) in ("operator", "unit", "target") or words.heads(cell.text) for cell in own)


def _under_heads(found: list[HeadCell], above: Iterable[HeadCell], words: Vocabulary) -> list[HeadCell]:
    """A row of heads with the row above it: what reaches down is a head too, what spans several names them."""
    kept = list(found)
    for a in above:
        below = [n for n, cell in enumerate(kept) if a.first <= cell.first and cell.last <= a.last]
        if not below:
            if not any(cell.first <= a.last and a.first <= cell.last for cell in kept):
                kept.append(a)
            continue
        for n in below:
            if not kept[n].role and not kept[n].field:
                field = a.field if words.is_total(kept[n].label) else ""
                kept[n] = kept[n]._replace(label=f"{a.label}·{kept[n].label}", field=field)
    return sorted(kept, key=lambda cell: cell.first)


def _refined(above: Sequence[HeadCell], below: Sequence[HeadCell]) -> list[HeadCell]:
    """Heads of two rows: a cell below speaks for its columns, under the name of the cell above it.

    What a 指标值 is divided into has the 指标值 itself in the column that says nothing else.
    """
    kept: list[HeadCell] = []
    for a in above:
        parts = [b for b in below if a.first <= b.first <= a.last]
        if not parts:
            kept.append(a)
            continue
        named = [b if b.role or b.field else b._replace(label=f"{a.label}·{b.label}") for b in parts]
        gaps = [c for c in range(a.first, a.last + 1) if not any(b.first <= c <= b.last for b in parts)]
        if a.role == "target" and not any(b.role == "target" for b in named):
            if gaps:
                named.append(a._replace(first=gaps[0], last=gaps[0]))
            elif {b.role for b in named} & {"operator", "unit"}:
                n = next((n for n, b in enumerate(named) if not b.role), None)
                named = [b._replace(role="target") if i == n else b for i, b in enumerate(named)]
        kept += named
    kept += [b for b in below if not any(a.first <= b.first <= a.last for a in above)]
    return sorted(kept, key=lambda cell: cell.first)


def _without_side(found: Sequence[HeadCell]) -> tuple[list[HeadCell], int, str]:
    """The heads without the label at the side of the table, the first column that is not the side's, that label."""
    levels = [cell.first for cell in found if cell.role in _LEVELS] or [c.first for c in found if c.role in CORE]
    first = min(levels, default=0)
    if any(cell.field == "name" or (cell.field in OWNERS and cell.first < first) for cell in found):
        return list(found), 1, ""
    kept = [c._replace(field="", role="group" if c.first < first and c.role != "index" else c.role) for c in found]
    start = min((cell.first for cell in kept if cell.role != "group"), default=1)
    return kept, start, next((c.label for c in kept if c.role == "group" and c.first < start), "")


def _with_project_columns(found: Sequence[HeadCell]) -> list[HeadCell]:
    """The columns of a flat list left of the indicators' are the project's, also those without a field."""
    cells = list(found)
    if not any(cell.field in OWNERS for cell in cells):
        return cells
    end = min((cell.first for cell in cells if cell.role in CORE), default=0)
    fields: set[str] = set()
    for n, cell in enumerate(cells):
        if (cell.field and cell.field in fields) or (not cell.role and not cell.field and cell.first < end):
            field = EXTRA + cell.label
            cells[n] = cell._replace(field="" if field in fields else field)
        fields.add(cells[n].field)
    return cells


def _misspelt_level_named(found: Sequence[HeadCell]) -> list[HeadCell]:
    """A head that names nothing, in the place of the one upper level that is missing, is it (一级指旧文标)."""
    cells = list(found)
    at = {cell.role: n for n, cell in enumerate(cells)}
    missing = [level for level in ("level1", "level2") if level not in at]
    if len(missing) != 1 or "level3" not in at:
        return cells
    beside = at["level2"] - 1 if missing == ["level1"] else at["level1"] + 1
    if 0 <= beside < at["level3"] and not cells[beside].role and not cells[beside].field:
        cells[beside] = cells[beside]._replace(role=missing[0])
    return cells


def _lowest_level_named(found: Sequence[HeadCell], rows: Iterable[Row]) -> list[HeadCell]:
    """A table without a 三级指标 head: an unnamed column beside the levels, before the target, is it."""
    cells = list(found)
    target = next((n for n, c in enumerate(cells) if c.role == "target"), len(cells))
    levels = [n for n, c in enumerate(cells[:target]) if c.role in ("level1", "level2")]
    last = levels[-1] if levels else -1
    for n in range(target - 1, last, -1):
        if cells[n].role in ("", "group") and not cells[n].field:
            cells[n] = cells[n]._replace(role="level3")
            return cells
    if not levels:
        return cells
    # The last level's head spans the column of what has no head, or leaves it without one.
    after = cells[last + 1].first if last + 1 < len(cells) else 0
    own = {c.column for row in rows for c in row.cells if c.text.strip()}
    inner = [c for c in range(cells[last].first + 1, after) if c in own]
    if inner:
        first = inner[0]
        label = cells[last].label if cells[last].last >= first else ""
        level3 = HeadCell("level3", "", label, first, max(first, after - 1))
        cells[last] = cells[last]._replace(last=min(cells[last].last, first - 1))
        cells.insert(last + 1, level3)
    return cells


def by_column(cells: tuple[Cell, ...]) -> dict[int, Cell]:
    """The cell that covers each grid column of a row."""
    return {column: cell for cell in cells for column in range(cell.column, cell.column + min(cell.colspan, 4096))}

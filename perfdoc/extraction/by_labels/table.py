"""What a table is by its labels: a form, a list of projects, the rest of the table before it, or none of these."""

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

from perfdoc.extraction.by_labels.heads.columns import Head, extent
from perfdoc.extraction.by_labels.heads.head import head_at
from perfdoc.extraction.by_labels.project_starts import names
from perfdoc.extraction.by_labels.row_kinds import RowKind, RowKinds, farther_by_levels, own_cells
from perfdoc.extraction.vocabulary.keys import key, looks_like_label
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Cell, Grid


class Table(NamedTuple):
    """A grid with what its labels show: the heads of its indicator tables, by the index of their first row (those
    typed again among them), and the fields that labels outside of these name, with the first row of each.
    """

    grid: Grid
    heads: Mapping[int, Head]
    labels: Mapping[str, int]

    @property
    def flat(self) -> bool:
        """Whether it is a list, one line an indicator, of many projects."""
        return any(head.flat for head in self.heads.values())

    @property
    def names(self) -> frozenset[str]:
        """The keys of the texts in the row of the first 项目名称: one is a project's name."""
        named = self.grid.rows[self.labels["name"]].cells if "name" in self.labels else ()
        return frozenset(key(cell.text) for cell in named)


def recognised(grid: Grid, words: Vocabulary) -> Table:
    """The heads and labels of a grid."""
    heads = heads_of(grid, words)
    flat = any(head.flat for head in heads.values())
    labels: dict[str, int] = {}
    for index, row in enumerate(grid.rows[: min(heads) if flat else len(grid.rows)]):
        for cell in row.cells:
            entry = words.meaning(cell.text).label
            if entry is None and (inline := words.meaning(cell.text).inline):
                entry = inline.entry
            if entry is not None and entry.path:
                labels.setdefault(entry.path, index)
    return Table(grid, heads, labels)


def heads_of(grid: Grid, words: Vocabulary) -> dict[int, Head]:
    """The heads of a grid's indicator tables by the index of their first row."""
    heads: dict[int, Head] = {}
    end = 0
    for index in range(len(grid.rows)):
        head = head_at(grid, index, words, partial(_goes_on, grid, index, heads, words)) if index >= end else None
        if head is not None:
            heads[head.row] = head
            end = head.row + head.depth
    return heads


def _goes_on(grid: Grid, index: int, heads: Mapping[int, Head], words: Vocabulary) -> bool:
    """Whether a row and the one above it are an indicator's under the last head."""
    if not heads:
        return False
    head = heads[max(heads)]
    kinds = RowKinds(grid, head, words)
    at_head = index == head.row + head.depth
    return all(kinds.kind(row) is RowKind.record for row in grid.rows[index - 1 + at_head : index + 1])


def is_form(table: Table, following: Grid | None, within: bool, words: Vocabulary) -> bool:
    """Whether a table is (a part of) a form: it has an indicator table, or names goals of something.

    `following` is the next table, `within` whether a form stands before.
    """
    if table.heads:
        return True
    if listed_goals(table, words) is not None:
        return False
    if "goals" in table.labels and (within or len(table.labels) > 1):
        return True
    if following is not None and "name" in table.labels and any(names(row, words) for row in table.grid.rows):
        after = recognised(following, words)
        same = following.columns == table.grid.columns and len(table.grid.rows) < 4
        return bool(after.heads) and "name" not in after.labels and (len(table.labels) > 2 or same)
    return False


def is_frame(grid: Grid, inner: Grid | None, words: Vocabulary) -> bool:
    """Whether a table only lays a form out, which stands in one of its cells."""
    if inner is None or inner.within is None or inner.within._replace(row=0, column=0) != grid.place:
        return False
    around, within = recognised(grid, words), recognised(inner, words)
    return not around.heads and not around.labels and (bool(within.heads) or "goals" in within.labels)


def listed_goals(table: Table, words: Vocabulary) -> Cell | None:
    """The goals' head where all labels of a table head columns of a list, and no column has names; else None."""
    grid, index = table.grid, table.labels.get("goals")
    if table.heads or index is None or index + 1 >= len(grid.rows):
        return None
    for other in table.labels.values():
        caption = other < index and all(words.meaning(cell.text).label is None for cell in own_cells(grid.rows[other]))
        if other != index and not caption:
            return None
    own = own_cells(grid.rows[index])
    after = index + max((cell.rowspan for cell in own), default=1)
    below = own_cells(grid.rows[after]) if after < len(grid.rows) else []
    labels = sum(words.meaning(cell.text).label is not None for cell in own)
    lists = len(own) > 2 or (len(own) == 2 == labels)
    if not lists or not all(looks_like_label(cell.text) for cell in own) or len(below) < 2:
        return None
    columns = {column for cell in own for column in range(cell.column, cell.column + cell.colspan)}
    if any(cell.column not in columns or words.meaning(cell.text).label is not None for cell in below):
        return None
    return next(cell for cell in own if (entry := words.meaning(cell.text).label) is not None and entry.path == "goals")


def goes_on(table: Table, before: Grid, words: Vocabulary) -> Head | None:
    """The head of the table `before` that this one, cut off by a page, goes on under; None if it does not.

    It is as wide, wherever its rows start (`w:gridBefore`), or has its levels and texts below the head's columns.
    It begins with that head typed again, or with rows of indicators: a merge that goes on in mid-air, a level,
    or blank ones before level3.
    """
    grid = table.grid
    if not grid.rows or 0 in table.labels.values():
        return None
    heads = heads_of(before, words)
    head = heads[max(heads)] if heads else None
    if head is None or head.flat:
        return None
    (first, width), (first_before, width_before) = extent(grid), extent(before)
    farther = first - first_before if width == width_before else farther_by_levels(grid, head, words)
    if farther is None:
        return None
    head = head.moved(farther)
    again = table.heads.get(0)
    if again is not None and again.keys == head.keys:
        return again  # typed again it may stand in other columns: what is below it does too
    rows = grid.rows[: min(table.heads, default=len(grid.rows))]
    last = head.cells[-1].first
    level = any(words.meaning(cell.text).is_level for row in rows for cell in row.cells if cell.column < last)
    below = own_cells(grid.rows[0])
    level3 = next((cell.first for cell in head.cells if cell.role == "level3"), 0)
    blank = len(below) > 1 and below[0].column == level3 > head.start
    return head if level or blank or any(cell.continues for cell in grid.rows[0].cells) else None

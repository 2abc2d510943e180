"""Forms that stand side by side on one worksheet, with a blank column between them."""

from itertools import pairwise

from perfdoc.extraction.by_labels.row_kinds import own_cells
from perfdoc.extraction.by_labels.table import is_form, recognised
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Cell, Grid, Row

_TOP = 100
"""Rows of a sheet in which its forms name their projects."""


def parts(grid: Grid, words: Vocabulary) -> tuple[Grid, ...]:
    """The forms of a sheet from left to right, each as a grid of its own; the grid itself where it has one.

    They name their projects in one row, nothing but a title reaches over the columns between them, and each is a form
    by itself.
    """
    if not grid.place.sheet:
        return (grid,)
    names = next((found for row in grid.rows[:_TOP] if len(found := _names(row, words)) > 1), [])
    if not names:
        return (grid,)
    cuts = [_blank_between(grid, one, other) for one, other in pairwise(names)]
    if not all(cuts):
        return (grid,)
    ends = [*cuts, grid.columns + 1]
    made = tuple(_part(grid, first, end) for first, end in zip([1, *cuts], ends, strict=True))
    return made if all(is_form(recognised(part, words), None, False, words) for part in made) else (grid,)


def _names(row: Row, words: Vocabulary) -> list[int]:
    """The columns of a row's labels of names with a value beside them: none where the row heads a list."""
    own = own_cells(row) if len(row.cells) > 3 else []
    found = [n for n, cell in enumerate(own) if (entry := words.meaning(cell.text).label) and entry.path == "name"]
    if any(n + 1 == len(own) or words.meaning(own[n + 1].text).label is not None for n in found):
        return []
    return [own[n].column for n in found]


def _blank_between(grid: Grid, first: int, other: int) -> int:
    """The last column between two others that no text stands in, but for a row with one text; 0 where there is none."""
    taken = {column for row in grid.rows if len(own := own_cells(row)) > 1 for cell in own for column in _over(cell)}
    return next((column for column in range(other - 1, first, -1) if column not in taken), 0)


def _over(cell: Cell) -> range:
    return range(cell.column, cell.column + cell.colspan)


def _part(grid: Grid, first: int, end: int) -> Grid:
    rows = (row._replace(cells=tuple(c for c in row.cells if first <= c.column < end)) for row in grid.rows)
    return Grid(tuple(rows), end - 1, grid.place, grid.merges, within=grid.within)

"""A Grid as the boxes that HTML can draw: real spans, no two boxes in one place, no cell lost.

HTML moves a cell that would stand where another one spans; a Layout made of a damaged file may ask for that.
Here the cell at the top left gives way: it ends above the row, or left of the column, where the next begins.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from perfdoc.layout import Cell, Grid


@dataclass(eq=False, slots=True)
class Box:
    """A cell to draw, at `top` to `bottom` (indices of the grid's rows), `left` to `right` (its columns).

    `under` are the cells that it hides: those that continue it downwards, and any that stand in its place.
    """

    cell: Cell
    top: int
    bottom: int
    left: int
    right: int
    under: list[Cell] = field(default_factory=list)


def boxes(grid: Grid) -> list[list[Box]]:
    """For each row of the grid the boxes that begin in it, from left to right."""
    placed: list[list[Box]] = []
    above: list[Box] = []  # those that reach into this row, from left to right, none over another
    last = len(grid.rows) - 1
    for index, row in enumerate(grid.rows):
        here: list[Box] = []
        if row.cells:
            above = [box for box in above if box.bottom >= index]
            lefts = [box.left for box in above]
            for cell in sorted(row.cells, key=lambda one: one.column):
                _place(cell, index, last, above, lefts, here)
        placed.append(here)
        if here:
            reaching = [box for box in above if box.bottom > index]
            going_on = [box for box in here if box.bottom > index]
            if going_on or len(reaching) < len(above):
                above = sorted(reaching + going_on, key=lambda box: box.left)
    return placed


def _place(cell: Cell, index: int, last: int, above: list[Box], lefts: list[int], here: list[Box]) -> None:
    """Make the cell a box of this row, or put it under the box that stands there."""
    left, right = cell.column, cell.column + max(cell.colspan, 1) - 1
    if here and here[-1].right >= left:
        if here[-1].left == left:
            here[-1].under.append(cell)
            return
        here[-1].right = left - 1
    at = bisect_left(lefts, left)
    if at and above[at - 1].right >= left:
        at -= 1
    over = above[at] if at < len(above) and above[at].left <= left else None
    if cell.continues and over is not None and over.bottom >= index:
        over.under.append(cell)
        return
    while at < len(above) and above[at].left <= right:
        above[at].bottom = min(above[at].bottom, index - 1)
        at += 1
    # Nothing goes on below a cell that only goes on itself: what it belongs to is out of sight.
    bottom = index if cell.continues else min(index + max(cell.rowspan, 1) - 1, last)
    here.append(Box(cell, index, bottom, left, right))


def columns(placed: Sequence[Sequence[Box]], width: int) -> list[int]:
    """The grid columns at which some box begins or has ended, sorted: all that a table needs to have columns for.

    A sheet may be thousands of columns wide with a text in three of them.
    """
    found = {1, width + 1}
    for row in placed:
        for box in row:
            found.add(box.left)
            found.add(box.right + 1)
    return sorted(found)


def gaps(here: Sequence[Box], above: Sequence[Box], end: int) -> Iterator[tuple[Box | None, int, int]]:
    """A row from left to right: each box that begins in it, and each stretch (None, left, right) that nobody has.

    `above` are the boxes of earlier rows that reach into it; they are drawn already.
    """
    at = 1
    drawn = [(box.left, box.right, None) for box in above]
    for left, right, box in sorted([*drawn, *((box.left, box.right, box) for box in here)], key=lambda one: one[0]):
        if left > at:
            yield None, at, left - 1
        if box is not None:
            yield box, left, right
        at = max(at, right + 1)
    if at < end:
        yield None, at, end - 1

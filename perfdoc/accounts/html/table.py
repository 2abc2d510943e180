"""A Grid as an HTML table: real spans, numbered rows, each cell coloured by what it became.

HTML moves a cell that would stand where another one spans; a Layout made of a damaged file may ask for that.
Here the cell at the top left gives way: it ends above the row, or left of the column, where the next begins.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from perfdoc.accounts.html.texts import Shown, Texts
from perfdoc.accounts.words import place_words
from perfdoc.layout import Cell, Grid
from perfdoc.report import Path, Role
from perfdoc.texts import say

_SPANS = 1000  # the widest cell that HTML knows


class Slot(NamedTuple):
    """A cell of the page, or a stretch of a row that no cell has (`text` None).

    `goes_on`: it continues the one above; `under` are the rows and texts of the cells that it hides.
    """

    wide: int
    high: int = 1
    text: Shown | None = None
    goes_on: bool = False
    under: Sequence[tuple[int, Shown]] = ()


class DrawnRow(NamedTuple):
    """A row with its number; `slots` None for rows without any cell, which are counted and not drawn."""

    label: str
    wide: int
    slots: Sequence[Slot] | None = None
    hidden: bool = False
    header: bool = False


class Table:
    """One Grid as the page shows it, row by row."""

    def __init__(self, grid: Grid, texts: Texts) -> None:
        self.grid, self.texts = grid, texts
        self.name = place_words(grid.place)
        self.within, self.outside = self._subject()
        self.placed = boxes(grid)
        self.edges = {edge: n for n, edge in enumerate(columns(self.placed, grid.columns))}

    def about(self) -> Iterator[str]:
        if self.outside:
            yield say("accounts.page.outside")
        if self.within and isinstance(self.within[1], int):
            names = self.texts.account.projects
            name = names[self.within[1]] if self.within[1] < len(names) else ""
            yield f"{say('accounts.counted.projects', number=self.within[1] + 1)} {name}"
        if not self.grid.merges:
            yield say("accounts.page.plain")

    def parts(self) -> Iterator[tuple[str, Iterator[DrawnRow]]]:
        """`thead` and `tbody` with their rows. A head repeats on each page; it is none where a cell leaves it."""
        rows = self.grid.rows
        head = next((n for n, row in enumerate(rows) if not row.header), len(rows))
        if any(box.bottom >= head for here in self.placed[:head] for box in here):
            head = 0
        if head:
            yield "thead", self._rows(0, head)
        if head < len(rows):
            yield "tbody", self._rows(head, len(rows))

    def _subject(self) -> tuple[Path, bool]:
        """The one project that the grid is about (its path, or nothing), and whether all of it is outside."""
        projects: set[Path] = set()
        roles: set[Role] = set()
        for row in self.grid.rows:
            for cell in row.cells:
                for claim in self.texts.claims.get(self.grid.place_of(cell), ()) if cell.text else ():
                    roles.add(claim.role)
                    if len(claim.path) > 2 and claim.path[0] == "projects":
                        projects.add(claim.path[:2])
        return projects.pop() if len(projects) == 1 else (), roles == {Role.outside}

    def _rows(self, first: int, end: int) -> Iterator[DrawnRow]:
        above: list[Box] = []
        wide = min(max(len(self.edges) - 1, 1), _SPANS)
        drawn = first
        for index in range(first, end):
            here, row = self.placed[index], self.grid.rows[index]
            above = [box for box in above if box.bottom >= index]
            if not here and not above:
                continue
            if drawn < index:
                yield DrawnRow(_numbers(drawn + 1, index), wide)
            slots = [self._slot(index, *gap) for gap in gaps(here, above, max(self.edges))]
            yield DrawnRow(str(index + 1), wide, slots, row.hidden, row.header)
            above += [box for box in here if box.bottom > index]
            drawn = index + 1
        if drawn < end:
            yield DrawnRow(_numbers(drawn + 1, end), wide)

    def _slot(self, index: int, box: Box | None, left: int, right: int) -> Slot:
        wide = min(self.edges[right + 1] - self.edges[left], _SPANS)
        if box is None:
            return Slot(wide)
        cell = box.cell
        text = self.texts.show(self.grid.place_of(cell), cell.text, within=self.within, tagged=not self.outside)
        return Slot(wide, box.bottom - index + 1, text, cell.continues, list(self._under(box.under)))

    def _under(self, cells: Sequence[Cell]) -> Iterator[tuple[int, Shown]]:
        """The texts of cells that another one hides, those without any left out."""
        for cell in cells:
            place = self.grid.place_of(cell)
            if (cell.text and not cell.text.isspace()) or place in self.texts.doubts:
                yield cell.row, self.texts.show(place, cell.text, "under", within=self.within)


def _numbers(first: int, last: int) -> str:
    return f"{first}" if first == last else f"{first}–{last}"


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

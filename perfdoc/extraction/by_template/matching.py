"""Which tables of a file are which form's: a form whose tables of a project all fit comes before one of whose one fits.

Where several forms fit whole, the one wins that fits the most projects of the file, then the one that the file says
it was made by, then the one whose other texts (a title, a note) stand in the file.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perfdoc.extraction.by_template.pattern import fixed_text
from perfdoc.extraction.by_template.skeleton import GridPattern, RowPattern, SheetPattern, Skeleton
from perfdoc.layout import Grid, Layout, Paragraph

_FEWEST = 2
"""Fixed texts that a table must have to be known by them."""


class Fit(NamedTuple):
    """A table that is a form's: the `number`th (from 0) of its tables, or a worksheet that has all of a project.

    `rows` has a pattern for each row. `whole` says that the project's other tables stand around it.
    """

    skeleton: Skeleton
    number: int
    rows: list[RowPattern]
    whole: bool = True
    sheet: bool = False

    @property
    def pattern(self) -> GridPattern | SheetPattern:
        """The table of the template."""
        return self.skeleton.sheet if self.sheet else self.skeleton.grids[self.number]

    @property
    def begins(self) -> bool:
        """Whether a project begins with it."""
        return self.number == 0

    @property
    def ends(self) -> bool:
        """Whether it is the last table of its project."""
        return self.sheet or self.number == len(self.skeleton.grids) - 1


_Project = list[Fit]


def matched(layout: Layout, skeletons: Sequence[Skeleton]) -> list[Fit | None]:
    """For each grid of a layout the form's table that it is, or None."""
    grids = list(layout.grids())
    able = [one for one in skeletons if one.labels >= _FEWEST]
    found: list[Fit | None] = []
    undecided: list[tuple[int, list[_Project]]] = []
    while len(found) < len(grids):
        at = len(found)
        ways = _best([way for one in able if (way := _project(one, grids, at))])
        if ways:
            undecided.append((at, ways))
            found += ways[0]
        else:
            found.append(_alone(skeletons, grids[at], found[-1] if found else None))
    if any(len(ways) > 1 for _, ways in undecided):
        for at, way in _decided(undecided, layout):
            found[at : at + len(way)] = way
    return found


def _project(skeleton: Skeleton, grids: Sequence[Grid], at: int) -> _Project:
    """The tables of a whole project from a grid on; none where they are not this form's."""
    if grids[at].place.sheet:
        rows = skeleton.sheet.match(grids[at])
        return [] if rows is None else [Fit(skeleton, 0, rows, sheet=True)]
    way: _Project = []
    for number, pattern in enumerate(skeleton.grids):
        rows = pattern.match(grids[at + len(way)]) if at + len(way) < len(grids) else None
        if rows is not None:
            way.append(Fit(skeleton, number, rows))
        elif not pattern.optional:
            return []
    return way


def _best(ways: list[_Project]) -> list[_Project]:
    """The ways that explain most: with the most tables, then the most fixed texts, then the fewest odd merges."""
    if len(ways) < 2:
        return ways
    weights = [(len(way), sum(fit.pattern.labels for fit in way)) for way in ways]
    return [way for way, weight in zip(ways, weights, strict=True) if weight == max(weights)]


def _decided(undecided: Sequence[tuple[int, list[_Project]]], layout: Layout) -> Iterator[tuple[int, _Project]]:
    """Of several ways at each place the one whose form fits best over the whole file."""
    votes = Counter(way[0].skeleton.form.name for _, ways in undecided for way in ways)
    said = {fixed_text(block.text) for block in layout.blocks if isinstance(block, Paragraph)}

    def weight(way: _Project) -> tuple[int, bool, int]:
        one = way[0].skeleton
        fixed = [text.label for gap in one.gaps for step in gap for text in step.patterns if text.label]
        there = sum(1 if text in said else -1 for text in fixed)
        return votes[one.form.name], layout.template == one.form.name, there

    for at, ways in undecided:
        yield at, max(ways, key=weight)


def _alone(skeletons: Sequence[Skeleton], grid: Grid, before: Fit | None) -> Fit | None:
    """A table that fits by itself, where the tables around it are not those of its form."""
    if grid.place.sheet:
        return None
    ordered = sorted(skeletons, key=lambda one: before is None or one is not before.skeleton) if before else skeletons
    for one in ordered:
        for number, pattern in enumerate(one.grids):
            rows = pattern.match(grid) if pattern.labels >= _FEWEST else None
            if rows is not None:
                return Fit(one, number, rows, whole=False)
    return None

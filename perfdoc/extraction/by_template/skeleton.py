"""A form's skeleton: which text of a filled-in form is which value, read off the form's own Word template.

The template's paragraphs and cells hold labels and `{{ variables }}`, so the file that renders a form also tells
where each value stands: paragraphs and tables in their order, rows before, in and after a loop. What fits is
claimed in order, each text once: a value that equals a label shifts nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from perfdoc.extraction.by_template.align import Step, align
from perfdoc.extraction.by_template.pattern import TextPattern
from perfdoc.form_definition import Form
from perfdoc.form_definition.blocks import Blocks
from perfdoc.layout import Cell, Grid

_Cells = tuple[Cell, ...]


class RowPattern(NamedTuple):
    """A row of the template, or a paragraph (one cell).

    `record` marks the row of an indicator, `columns` has the name of the value in each of its cells (`""`: none that
    is the whole cell) and `fixed` the cells of it that are not any text. `group` marks a row that only names a level
    of the indicators below it, `line` one that a loop repeats for each line of a text. `blocks` are those of the loop
    that a record stands in.
    """

    cells: tuple[TextPattern, ...]
    record: bool = False
    group: bool = False
    line: bool = False
    columns: tuple[str, ...] = ()
    fixed: tuple[int, ...] = ()
    blocks: Blocks | None = None


class GridPattern(NamedTuple):
    """A table of the template. `labels` counts its fixed texts, `head` is the last row of labels above the loop."""

    steps: tuple[Step[RowPattern], ...]
    labels: int
    head: tuple[str, ...] = ()
    optional: bool = False

    def match(self, grid: Grid) -> list[RowPattern] | None:
        """For each row its pattern, or None where the grid is another table."""
        found = align(self.steps, [row.cells for row in grid.rows], partial(row_fits, grid.merges))
        return None if found is None else [pattern for _, pattern in found]


class Skeleton(NamedTuple):
    """A form as its template shows it.

    `grids` are the tables of one project in order and `gaps` the paragraphs above, between and below them; `front`
    and `back` stand around all projects. `margins` are headers, footers and the like; `title_style` is the style of
    the document's title. `sheet` has rows for all that a project has on a worksheet.
    """

    form: Form
    front: tuple[Step[TextPattern], ...]
    gaps: tuple[tuple[Step[TextPattern], ...], ...]
    grids: tuple[GridPattern, ...]
    back: tuple[Step[TextPattern], ...]
    margins: tuple[TextPattern, ...]
    title_style: str
    sheet: SheetPattern

    def __hash__(self) -> int:
        """By identity: made once for a form, and all that is in it takes longer to look through than a small file."""
        return id(self)

    @property
    def labels(self) -> int:
        """How many fixed texts its tables have."""
        return sum(grid.labels for grid in self.grids)

    def texts(self) -> Iterator[TextPattern]:
        """Every text of it, those around the projects first."""
        for part in (self.front, *self.gaps, self.back):
            for step in part:
                yield from step.patterns
        for grid in self.grids:
            for row in grid.steps:
                for pattern in row.patterns:
                    yield from pattern.cells


class SheetPattern(NamedTuple):
    """A project on a worksheet of its own: a paragraph is a row of one cell, the tables stand below one another.

    `front` and `back` are the rows of the document, which stand on the first sheet and on the last one.
    """

    steps: tuple[Step[RowPattern], ...]
    labels: int
    head: tuple[str, ...]
    front: tuple[Step[RowPattern], ...]
    back: tuple[Step[RowPattern], ...]

    def match(self, grid: Grid) -> list[RowPattern] | None:
        """For each row its pattern, or None where the sheet is not one project of this form.

        First as perfdoc makes a sheet; then with cells and blank rows left out, as other programs do.
        """
        front, back = self.front, self.back
        rows = [row.cells for row in grid.rows]
        for steps in ((*front, *self.steps, *back), self.steps, (*front, *self.steps), (*self.steps, *back)):
            found = _along(steps, rows, partial(row_fits, True))
            if found is not None:
                return found
            if not (front or back):
                break
        loose = [s._replace(optional=s.optional or _is_blank(s)) for s in self.steps]
        around = [[s._replace(optional=True) for s in part] for part in (front, back)]
        return _along((*around[0], *loose, *around[1]), rows, _sheet_row_fits)


def _along(
    steps: Sequence[Step[RowPattern]], rows: Sequence[_Cells], fits: Callable[[RowPattern, _Cells], bool]
) -> list[RowPattern] | None:
    """For each row its pattern. A sheet ends with its last text: lines that may be blank may be missing behind it."""
    labelled = [n for n, step in enumerate(steps, 1) if step.patterns[0].record or _has_label(step)]
    free = sum(not step.varies for step in steps[max(labelled, default=0) :])
    for missing in range(free + 1):
        found = align(steps, (*rows, *[_NO_ROW] * missing) if missing else rows, fits)
        if found is not None:
            return [pattern for _, pattern in found[: len(rows)]]
    return None


_NO_ROW = (Cell("", 0, 0),)


def _has_label(step: Step[RowPattern]) -> bool:
    return any(cell.label for cell in step.patterns[0].cells)


def _is_blank(step: Step[RowPattern]) -> bool:
    return all(cell.is_blank for cell in step.patterns[0].cells)


def row_fits(merges: bool, pattern: RowPattern, cells: _Cells) -> bool:
    """Whether a row's cells are those of a pattern; `merges` says that the file knows hidden cells."""
    wanted = pattern.cells
    if len(wanted) != len(cells):
        return False
    if pattern.record:
        return not pattern.fixed or all(
            cells[n].continues or not cells[n].text or wanted[n].takes(cells[n].text) for n in pattern.fixed
        )
    for want, cell in zip(wanted, cells, strict=True):
        continues = cell.continues
        if merges and want.continues != continues:
            return False
        if continues or (want.names and want.exact is None):
            continue
        if not want.takes(cell.text):
            return False
    return True


def sheet_cells(pattern: RowPattern, cells: _Cells) -> _Cells:
    """The cells of a worksheet's row as many as the pattern has: a sheet ends where its texts do."""
    wanted = len(pattern.cells)
    if len(cells) > wanted and not any(cell.text.strip() or cell.continues for cell in cells[wanted:]):
        return cells[:wanted]
    if len(cells) < wanted:
        last = cells[-1] if cells else Cell("", 0, 0)
        start = last.column + last.colspan
        return (*cells, *(Cell("", last.row, start + n) for n in range(wanted - len(cells))))
    return cells


def _sheet_row_fits(pattern: RowPattern, cells: _Cells) -> bool:
    return row_fits(True, pattern, sheet_cells(pattern, cells))


@lru_cache(maxsize=64)
def boilerplate(skeletons: tuple[Skeleton, ...]) -> frozenset[str]:
    """The fixed texts of headers and footers of forms, as `fixed_text` gives them."""
    return frozenset(one.label for skeleton in skeletons for one in skeleton.margins if one.label)

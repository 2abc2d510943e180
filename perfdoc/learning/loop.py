"""Where the indicators of a project stand in the file's tables, and the loop that takes their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from lxml import etree

from perfdoc.errors import FormError
from perfdoc.extraction.vocabulary.keys import named
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Cell, Grid, Row
from perfdoc.learning.labels import column_named
from perfdoc.learning.sample_rows import (
    Group,
    Line,
    Sample,
    at,
    is_spare,
    levels_started,
    made,
    most_alike,
    text_of,
)
from perfdoc.learning.simplified import remove
from perfdoc.learning.stands import Stand, Value
from perfdoc.learning.written import Span, Writing, look_beside, paragraphs_of, tag_of
from perfdoc.model import Project
from perfdoc.reading.docx.namespaces import TBL, TR, P, T
from perfdoc.report import Place, Role
from perfdoc.texts import say

_LEVELS = ("level1", "level2")


class Loop(NamedTuple):
    """The columns of a loop: the path and the label of each; the texts of rows that went with the others.

    `joined` are the tables that went on with the first one, as a page had cut it: the loop stands for their rows too.
    `spare` is the number of empty rows below that went.
    """

    columns: dict[str, str]
    dropped: tuple[str, ...]
    joined: tuple[Place, ...]
    spare: int


class Indicators:
    """The indicators of one project of a file. `cells` are the elements of cells by their number."""

    def __init__(
        self,
        number: int,
        project: Project,
        found: Mapping[Place, Stand],
        cells: Mapping[int, etree._Element],
    ) -> None:
        self.number, self.project, self.found, self.cells = number, project, found, cells

    def loop(self, grids: Sequence[Grid], words: Vocabulary) -> Loop | None:
        """Put the loop in place of their rows; None where the file has none. FormError where none can be made."""
        tables = [(grid, lines) for grid in grids if self._held(lines := self._lines(grid))]
        if not tables:
            return None
        grid, lines = tables[0]
        starts = list(levels_started([row.model_dump() for row in self.project.indicators]))
        body = [line for line in lines if line.indicator is not None]
        columns = self._columns(grid, body, words)
        samples = [self._sample(grid, line, columns, starts) for line in body]
        groups = {line.level: Group(line.element, line.level) for line in lines if line.level}
        rows = made(most_alike(samples), [groups[level] for level in _LEVELS if level in groups])
        first = next(n for n, line in enumerate(lines) if line.indicator is not None or line.level)
        last = max(n for n, line in enumerate(lines) if line.indicator is not None)
        spare = len([*takewhile(lambda one: is_spare(one, body[-1]), lines[last + 1 :])])
        last += spare
        anchor = lines[first].element
        for row in rows:
            anchor.addprevious(row)
        dropped = [*self._dropped(grid, lines[first : last + 1], lines[:first], columns)]
        for line in lines[first : last + 1]:
            remove(line.element)
        for _, more in tables[1:]:
            _cut(more, lines[:first])
        joined = tuple(other.place for other, _ in tables[1:])
        labels = {path: label for n in sorted(columns) for path, label in columns[n].items()}
        return Loop(labels, tuple(dropped), joined, spare)

    def empty(self, grids: Sequence[Grid], words: Vocabulary) -> Loop | None:
        """A loop in a table whose indicators nobody has filled in: its first empty row has the look.

        None where no table has the heads of indicators; FormError where there is no row below them.
        """
        for grid in grids:
            lines = self._lines(grid)
            for line, below in zip(lines, [*lines[1:], None], strict=True):
                heads = {cell.column: cell.text for cell in line.row.cells if not cell.continues}
                paths = {column: column_named(text, words) for column, text in heads.items()}
                if not {"level3", "target"} <= set(paths.values()):
                    continue
                place = grid.place_of(line.row.cells[0])
                if below is None or text_of(below) or not all(at(below.row, column) for column in paths):
                    raise FormError(say("learning.no_row", place=place))
                return self._emptied(lines[lines.index(below) :], heads, paths)
        return None

    def _emptied(self, lines: Sequence[Line], heads: Mapping[int, str], paths: Mapping[int, str | None]) -> Loop:
        first = lines[0]
        own = {cell.column: paths.get(cell.column) or "" for cell in first.row.cells}
        own |= {n: f"extra.{named(heads[n])}" for n in own if not own[n] and heads.get(n, "").strip()}
        for cell in first.row.cells:
            if own[cell.column] and not cell.continues:
                self._name(cell, own[cell.column])
        going_on = tuple(cell.continues for cell in first.row.cells)
        names = tuple((own[cell.column],) if own[cell.column] else () for cell in first.row.cells)
        sample = Sample(first.element, going_on, names, (False,) * len(going_on), frozenset(_LEVELS))
        for row in made([sample], []):
            first.element.addprevious(row)
        for line in takewhile(lambda one: is_spare(one, first), lines):
            remove(line.element)
        return Loop({path: heads.get(column, "") for column, path in own.items() if path}, (), (), 0)

    def _held(self, lines: Sequence[Line]) -> bool:
        return any(line.indicator is not None for line in lines)

    def _lines(self, grid: Grid) -> list[Line]:
        lines = []
        for row in grid.rows:
            cell = next((self.cells[one.number] for one in row.cells if one.number in self.cells), None)
            if cell is not None:
                element = next(cell.iterancestors(TR))
                lines.append(Line(row, element, *self._indicator(grid, row)))
        return lines

    def _indicator(self, grid: Grid, row: Row) -> tuple[int | None, str]:
        """The indicator that a row is, and the level that it names for those below it."""
        numbers: set[int] = set()
        levels: set[str] = set()
        for cell in row.cells:
            for value in self._values(grid, cell):
                if value.path[4] in _LEVELS:
                    levels.add(str(value.path[4]))
                else:
                    numbers.add(int(value.path[3]))
        if len(numbers) > 1:
            raise FormError(say("learning.several_in_row", place=grid.place_of(row.cells[0])))
        return next(iter(numbers), None), "" if numbers else max(levels, default="")

    def _values(self, grid: Grid, cell: Cell) -> Iterator[Value]:
        stand = self.found.get(grid.place_of(cell))
        for value in stand.values if stand is not None else ():
            if value.path[:3] == ("projects", self.number, "indicators"):
                yield value

    def _columns(self, grid: Grid, body: Sequence[Line], words: Vocabulary) -> dict[int, dict[str, str]]:
        """The paths, and the labels, of each grid column that has values of indicators, or a head and nothing else."""
        found: dict[int, dict[str, str]] = {}
        heads = self._heads(grid, body[0].row.cells[0].row)
        for line in body:
            for cell in line.row.cells:
                for value in self._values(grid, cell):
                    path = ".".join(map(str, value.path[4:]))
                    found.setdefault(cell.column, {})[path] = heads.get(cell.column, "")
        used = {path for paths in found.values() for path in paths}
        for cell in body[0].row.cells:
            head = heads.get(cell.column, "")
            blank = all(
                not one.text.strip() and not one.continues for line in body for one in at(line.row, cell.column)
            )
            path = (column_named(head, words) or f"extra.{named(head)}") if head else ""
            if cell.column not in found and blank and path and path not in used and path != "target":
                found[cell.column] = {path: head}
                used.add(path)
                for line in body:
                    for one in at(line.row, cell.column):
                        self._name(one, path)
            elif cell.column not in found:
                self._number([one for line in body for one in at(line.row, cell.column)])
        return found

    def _number(self, cells: Sequence[Cell]) -> None:
        """Have the loop count where the cells of a column count the rows."""
        if [cell.text.strip() for cell in cells] != [str(n) for n in range(1, 1 + len(cells))]:
            return
        for cell in cells:
            writing = Writing(paragraphs_of(self.cells[cell.number]))
            start = writing.text.find(cell.text.strip())
            if start >= 0:
                writing.put([Span(start, start + len(cell.text.strip()), "{{ loop.index }}")])

    def _name(self, cell: Cell, path: str) -> None:
        """Write the tag of a column into a cell that nothing stands in."""
        tag = f"{{{{ {tag_of(('projects', 0, 'indicators', 0, *path.split('.', 1)))} }}}}"
        element = self.cells[cell.number]
        Writing(paragraphs_of(element)[:1]).put([Span(0, 0, tag)], look_beside(element))

    def _heads(self, grid: Grid, before: int) -> dict[int, str]:
        """The label right above the indicators in each column of the grid."""
        heads: dict[int, str] = {}
        for row in grid.rows[: before - 1]:
            for cell in row.cells:
                stand = self.found.get(grid.place_of(cell))
                if stand is not None and Role.label in stand.roles and not cell.continues:
                    heads |= dict.fromkeys(range(cell.column, cell.column + cell.colspan), cell.text)
        return heads

    def _sample(
        self, grid: Grid, line: Line, columns: Mapping[int, Mapping[str, str]], starts: Sequence[frozenset[str]]
    ) -> Sample:
        cells = line.row.cells
        names = [tuple(str(v.path[4]) for v in self._values(grid, cell)) for cell in cells]
        own = [tuple(columns.get(cell.column, ())) for cell in cells]
        return Sample(
            line.element,
            tuple(cell.continues for cell in cells),
            tuple(found or alike for found, alike in zip(names, own, strict=True)),
            tuple(not cell.text.strip() for cell in cells),
            starts[line.indicator or 0],
        )

    def _dropped(
        self, grid: Grid, lines: Sequence[Line], above: Sequence[Line], columns: Mapping[int, Mapping[str, str]]
    ) -> Iterator[str]:
        """The texts of rows that are no indicator's and go with them. FormError for heads of another kind.

        A head that is typed again is dropped without a word.
        """
        heads = {text_of(line) for line in above}
        for line in lines:
            if line.indicator is not None or line.level or not text_of(line) or text_of(line) in heads:
                continue
            cells = [c for c in line.row.cells if not c.continues and not {*columns.get(c.column, ())} & {*_LEVELS}]
            labels = [c for c in cells if Role.label in self.found[grid.place_of(c)].roles]
            if len(labels) > 1:
                raise FormError(say("learning.two_blocks", place=grid.place_of(labels[0]), text=labels[0].text))
            yield text_of(line)


def _cut(lines: Sequence[Line], above: Sequence[Line]) -> None:
    """Take the rows of indicators out of a table that goes on with the first one; all of it, if it has no other."""
    rest = [line for line in lines if line.indicator is None and not line.level]
    heads = {text_of(line) for line in above}
    others = [line for line in rest if text_of(line) and text_of(line) not in heads]
    if others:
        for line in lines:
            if line not in others:
                remove(line.element)
        return
    table = next(lines[0].element.iterancestors(TBL))
    before = table.getprevious()
    while before is not None and before.tag == P and not any(text.text for text in before.iter(T)):
        blank, before = before, before.getprevious()
        remove(blank)
    remove(table)

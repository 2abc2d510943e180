"""Where the indicators of a project stand in the file's tables, and the loop that takes their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from lxml import etree

from perfdoc.errors import FormError
from perfdoc.extraction.by_labels.table import heads_of
from perfdoc.extraction.vocabulary.keys import named
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Grid, Row
from perfdoc.learning.indicators.column_tags import Columns, column_named
from perfdoc.learning.indicators.lines import (
    LEVELS,
    Line,
    cells_at,
    cut,
    is_spare,
    levels_printed,
    levels_started,
    said_in,
    text_of,
    unfilled,
)
from perfdoc.learning.indicators.sample_rows import Group, Sample, made, most_alike, tag_over, unlike, unmerged
from perfdoc.learning.simplified import remove
from perfdoc.learning.stands import Stand
from perfdoc.model import Project
from perfdoc.reading.docx.namespaces import TR
from perfdoc.report import Place, Role
from perfdoc.texts import say

Told = tuple[str, Place, str]
"""What is to be said of a form, as a Note has it."""


class Loop(NamedTuple):
    """The columns of a loop, the path and the label of each, and what its rows are that is not as in the file."""

    columns: dict[str, str]
    notes: tuple[Told, ...] = ()


class Indicators:
    """The indicators of one project of a file. `cells` are the elements of cells by their number."""

    def __init__(
        self,
        number: int,
        project: Project,
        found: Mapping[Place, Stand],
        cells: Mapping[int, etree._Element],
        words: Vocabulary,
    ) -> None:
        self.project, self.found, self.cells, self.words = project, found, cells, words
        self.columns = Columns(number, found, cells, words)
        own = (value.path for stand in found.values() for value in stand.values if value.path[1:2] == (number,))
        printed = ("extra", words.tables.period) in (path[4:] for path in own)
        texts = [row.extra.get(words.tables.period, "") for row in project.indicators]
        self.blocks = [""] * len(texts) if printed else texts
        """Of each indicator the block that it stands in, where there are several: its period."""

    def loops(self, grids: Sequence[Grid]) -> Iterator[Loop]:
        """Put a loop in place of their rows, one for each block below others. FormError where none can be made."""
        tables = [(grid, self._lines(grid)) for grid in grids]
        tables = [(grid, lines) for grid, lines in tables if any(line.indicators for line in lines)]
        for names in self._names([grid for grid, _ in tables]) if tables else ():
            yield self._loop(tables, names)

    def _names(self, grids: Sequence[Grid]) -> list[tuple[str, ...]]:
        """For each loop the names of its blocks: of one, of all that stand side by side; none where all are one."""
        found = tuple(dict.fromkeys(filter(None, self.blocks)))
        heads = [head for grid in grids for head in heads_of(grid, self.words).values()]
        beside = next((head.blocks for head in heads if head.blocks and {*found} <= {*head.blocks}), ())
        return [(one,) for one in found] if found and not beside else [beside if found else ()]

    def _loop(self, tables: Sequence[tuple[Grid, list[Line]]], names: tuple[str, ...]) -> Loop:
        held = [(grid, lines) for grid, lines in tables if any(self._is_of(line, names) for line in lines)]
        grid, lines = held[0]
        if any(str(one.tag).endswith("}txbxContent") for one in lines[0].element.iterancestors()):
            raise FormError(say("learning.in_box", place=grid.place))
        body = [line for line in lines if self._is_of(line, names)]
        sides = self.columns.sides(grid, names)
        columns = self.columns.of(grid, body, sides)
        starts = levels_started([self.project.indicators[line.indicators[0]].model_dump() for line in body])
        samples = [self._sample(grid, line, columns, levels) for line, levels in zip(body, starts, strict=True)]
        first = next(n for n, line in enumerate(lines) if self._is_of(line, names) or line.level)
        last = max(n for n, line in enumerate(lines) if self._is_of(line, names))
        groups = {line.level: Group(line.element, line.level) for line in lines[first:last] if line.level}
        over = tag_over(self.words.tables.period, names)
        alike = most_alike(samples)
        rows = made(alike, [groups[level] for level in LEVELS if level in groups], over)
        last += len([*takewhile(lambda one: is_spare(one, body[-1]), lines[last + 1 :])])
        anchor = lines[first].element
        for row in rows:
            anchor.addprevious(row)
        notes = [*self._dropped(grid, lines[first : last + 1], lines[:first], columns)]
        notes += [("joined", other.place, "") for other, _ in held[1:]]
        notes += self._alike(grid, next(line.row for line in body if line.element is alike[0].element), alike)
        for line in lines[first : last + 1]:
            remove(line.element)
        for _, more in held[1:]:
            cut(more, lines[:first])
        del lines[: last + 1]
        labels = {f"extra.{self.words.tables.period}": ""} if names else {}
        for n in sorted(columns):
            labels.update({path: label for path, label in columns[n].items() if path not in labels})
        labels |= {level: "" for level in groups if level not in labels}
        return Loop(labels, tuple(notes))

    def _is_of(self, line: Line, names: tuple[str, ...]) -> bool:
        return bool(line.indicators) and (not names or self.blocks[line.indicators[0]] in names)

    def empty(self, grids: Sequence[Grid]) -> Iterator[Loop]:
        """A loop in a table whose indicators nobody has filled in: its empty rows have the look.

        Levels may be printed in them. None at all where no table has the heads of indicators; FormError where there
        is no such row below them.
        """
        for grid in grids:
            lines = self._lines(grid)
            for n, line in enumerate(lines):
                heads = {cell.column: cell.text for cell in line.row.cells if not cell.continues}
                paths = {column: column_named(text, self.words) for column, text in heads.items()}
                if not {"level3", "target"} <= set(paths.values()):
                    continue
                rows = unfilled(lines[n + 1 :], paths)
                if not rows or not all(cells_at(rows[0].row, column) for column in paths):
                    raise FormError(say("learning.no_row", place=grid.place_of(line.row.cells[0])))
                yield self._emptied(grid, rows, heads, paths)
                return

    def _emptied(
        self, grid: Grid, lines: Sequence[Line], heads: Mapping[int, str], paths: Mapping[int, str | None]
    ) -> Loop:
        own = {cell.column: paths.get(cell.column) or "" for cell in lines[0].row.cells}
        own |= {n: f"extra.{named(heads[n])}" for n in own if not own[n] and heads.get(n, "").strip()}
        printed = [line for line in lines if text_of(line)]
        body = lines[: lines.index(printed[-1]) + 1] if printed else lines[:1]
        samples = [
            Sample(
                line.element,
                tuple(cell.continues for cell in line.row.cells),
                tuple(tuple(filter(None, (own.get(cell.column),))) for cell in line.row.cells),
                tuple(own.get(cell.column) in LEVELS and not cell.text.strip() for cell in line.row.cells),
                starts,
            )
            for line, starts in zip(body, levels_started([*levels_printed(body, own)]), strict=True)
        ]
        for cell in (cell for line in body for cell in line.row.cells if own.get(cell.column) and not cell.continues):
            self.columns.name(cell, own[cell.column])
        for row in made(most_alike(samples), [], tag_over("", ())):
            lines[0].element.addprevious(row)
        for line in lines:
            remove(line.element)
        notes = tuple(("rows", grid.place._replace(row=line.row.cells[0].row), said_in(line)) for line in printed)
        return Loop({path: heads.get(column, "") for column, path in own.items() if path}, notes)

    def _lines(self, grid: Grid) -> list[Line]:
        lines = []
        for row in grid.rows:
            cell = next((self.cells[one.number] for one in row.cells if one.number in self.cells), None)
            if cell is not None:
                element = next(cell.iterancestors(TR))
                lines.append(Line(row, element, *self._indicators(grid, row)))
        return lines

    def _indicators(self, grid: Grid, row: Row) -> tuple[tuple[int, ...], str]:
        """The indicators that a row is, one of each block, and the level that it names for those below it."""
        numbers: set[int] = set()
        levels: set[str] = set()
        for cell in row.cells:
            for value in self.columns.values(grid, cell):
                if value.path[4] in LEVELS:
                    levels.add(str(value.path[4]))
                else:
                    numbers.add(int(value.path[3]))
        if len(numbers) > len({self.blocks[n] for n in numbers}):
            raise FormError(say("learning.several_in_row", place=grid.place_of(row.cells[0])))
        return tuple(sorted(numbers)), "" if numbers else max(levels, default="")

    def _sample(
        self, grid: Grid, line: Line, columns: Mapping[int, Mapping[str, str]], starts: frozenset[str]
    ) -> Sample:
        cells = line.row.cells
        names = [tuple(dict.fromkeys(str(v.path[4]) for v in self.columns.values(grid, cell))) for cell in cells]
        own = [tuple(columns.get(cell.column, ())) for cell in cells]
        return Sample(
            line.element,
            tuple(cell.continues for cell in cells),
            tuple(found or alike for found, alike in zip(names, own, strict=True)),
            tuple(not cell.text.strip() for cell in cells),
            starts,
        )

    def _dropped(
        self, grid: Grid, lines: Sequence[Line], above: Sequence[Line], columns: Mapping[int, Mapping[str, str]]
    ) -> Iterator[Told]:
        """The rows that are no indicator's and go with them. FormError for heads of another kind.

        A head that is typed again is dropped without a word.
        """
        heads = {text_of(line) for line in above}
        spare = 0
        for line in lines:
            if line.indicators or line.level or text_of(line) in heads:
                continue
            spare += not text_of(line)
            cells = [c for c in line.row.cells if not c.continues and not {*columns.get(c.column, ())} & {*LEVELS}]
            labels = [c for c in cells if Role.label in self.found[grid.place_of(c)].roles]
            if len(labels) > 1:
                raise FormError(say("learning.two_blocks", place=grid.place_of(labels[0]), text=labels[0].text))
            if said := said_in(line):
                yield "rows", grid.place._replace(row=line.row.cells[0].row), said
        if spare:
            yield "spare", grid.place, str(spare)

    def _alike(self, grid: Grid, row: Row, samples: Sequence[Sample]) -> Iterator[Told]:
        """The columns whose cells look or are merged in another way than the form has them: it has one of each kind."""
        heads = self.columns.heads(grid, row.cells[0].row)
        for kind, columns in (("looks", unlike(samples)), ("apart", unmerged(samples))):
            names = dict.fromkeys(heads.get(row.cells[n].column, "").strip() for n in columns)
            if text := "、".join(filter(None, names)):
                yield kind, grid.place, text

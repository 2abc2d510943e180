"""Where the indicators of a project stand in the file's tables, and the loop that takes their place."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from perfdoc.errors import FormError
from perfdoc.extraction.by_labels.table import heads_of
from perfdoc.extraction.vocabulary.keys import named
from perfdoc.layout import Grid, Row
from perfdoc.learning.cleaned import Told
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
from perfdoc.learning.indicators.sample_rows import Sample, SampleRows, tag_over
from perfdoc.learning.tagged_page import Page
from perfdoc.report import Role
from perfdoc.texts import say


class Loop(NamedTuple):
    """The columns of a loop, the path and the label of each, and what its rows are that is not as in the file."""

    columns: dict[str, str]
    notes: tuple[Told, ...] = ()


class Indicators:
    """The indicators of one project of a file."""

    def __init__(self, number: int, page: Page) -> None:
        self.page, self.found, self.words = page, page.found, page.words
        self.project = page.document.projects[number]
        self.columns = Columns(number, page)
        own = (value.path for one in self.found.values() for value in one.values if value.path[1:2] == (number,))
        printed = ("extra", self.words.tables.period) in (path[4:] for path in own)
        texts = [row.extra.get(self.words.tables.period, "") for row in self.project.indicators]
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
        spans, cell = self.page.spans, self.page.element(grid.place_of(lines[0].row.cells[0]))
        if any(spans.names[each].removeprefix("w:") == "txbxContent" for each in spans.around(cell)):
            raise FormError(say("learning.in_box", place=grid.place))
        body = [line for line in lines if self._is_of(line, names)]
        sides = self.columns.sides(grid, names)
        columns = self.columns.of(grid, body, sides)
        starts = levels_started([self.project.indicators[line.indicators[0]].model_dump() for line in body])
        samples = [self._sample(grid, line, columns, levels) for line, levels in zip(body, starts, strict=True)]
        first = next(n for n, line in enumerate(lines) if self._is_of(line, names) or line.level)
        last = max(n for n, line in enumerate(lines) if self._is_of(line, names))
        groups = {line.level: line for line in lines[first:last] if line.level}
        over = tag_over(self.words.tables.period, names)
        rows = SampleRows(self.page, grid, samples)
        made = rows.made([groups[level] for level in LEVELS if level in groups], over)
        last += len([*takewhile(lambda one: is_spare(one, body[-1]), lines[last + 1 :])])
        notes = [*self._dropped(grid, lines[first : last + 1], lines[:first], columns)]
        notes += [("joined", other.place, "") for other, _ in held[1:]]
        notes += self._alike(grid, rows)
        self.page.put_rows(grid, [line.number for line in lines[first : last + 1]], made)
        for other, more in held[1:]:
            cut(self.page, other, more, lines[:first])
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
        columns = {column: {path: heads.get(column, "")} for column, path in own.items() if path}
        starts = levels_started([*levels_printed(body, own)])
        samples = [self._sample(grid, line, columns, levels) for line, levels in zip(body, starts, strict=True)]
        for cell in (cell for line in body for cell in line.row.cells if own.get(cell.column) and not cell.continues):
            self.columns.name(grid, cell, own[cell.column])
        made = SampleRows(self.page, grid, samples).made([], tag_over("", ()))
        self.page.put_rows(grid, [line.number for line in lines], made)
        notes = tuple(("rows", grid.place._replace(row=line.number), said_in(line)) for line in printed)
        return Loop({path: head for held in columns.values() for path, head in held.items()}, notes)

    def _lines(self, grid: Grid) -> list[Line]:
        return [Line(row, *self._indicators(grid, row)) for row in grid.rows if row.cells and row.cells[0].number]

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
            line.row,
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

    def _alike(self, grid: Grid, rows: SampleRows) -> Iterator[Told]:
        """The columns whose cells look or are merged in another way than the form has them: it has one of each kind."""
        heads = self.columns.heads(grid, rows.samples[0].row.cells[0].row)
        for kind, cells in (("looks", rows.unlike()), ("apart", rows.unmerged())):
            names = dict.fromkeys(heads.get(cell.column, "").strip() for cell in cells)
            if text := "、".join(filter(None, names)):
                yield kind, grid.place, text

"""The rows of a table as a project's indicators see them."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from types import SimpleNamespace
from typing import NamedTuple

from perfdoc.extraction.vocabulary.keys import key
from perfdoc.layout import Cell, Grid, Row
from perfdoc.learning.tagged_page import Page
from perfdoc.rendering.word.variables import with_starts

LEVELS = ("level1", "level2")
"""The levels that several indicators may share."""


class Line(NamedTuple):
    """A row of a table: the indicators (from 0) that it is, and the level that it names for others."""

    row: Row
    indicators: tuple[int, ...]
    level: str

    @property
    def number(self) -> int:
        """Its number in the table, from 1."""
        return self.row.cells[0].row


def levels_started(levels: Sequence[Mapping[str, str]]) -> Iterator[frozenset[str]]:
    """Of each indicator, by its levels, which of them begin with it, as a template is told."""
    rows = [SimpleNamespace(**{level: one.get(level) or "" for level in LEVELS}) for one in levels]
    for row in with_starts(rows):
        yield frozenset(level for level in LEVELS if getattr(row, f"starts_{level}"))


def cells_at(row: Row, column: int) -> list[Cell]:
    """The cells of a row that begin in a column of the grid: one, or none."""
    return [cell for cell in row.cells if cell.column == column]


def text_of(line: Line) -> str:
    """What a row says, as texts are compared; as it stands where nothing is left of that."""
    text = "".join(cell.text for cell in line.row.cells if not cell.continues)
    return key(text) or text


def is_spare(line: Line, last: Line) -> bool:
    """Whether a row is one that nobody filled in: as many cells as the last one, and nothing in them."""
    return not text_of(line) and len(line.row.cells) == len(last.row.cells)


def unfilled(lines: Sequence[Line], paths: Mapping[int, str | None]) -> list[Line]:
    """The first rows, all of as many cells, in which nothing but levels stands; `paths` are what the columns hold."""
    found: list[Line] = []
    for line in lines:
        filled = (cell for cell in line.row.cells if cell.text.strip() and not cell.continues)
        other = line.indicators or any(paths.get(cell.column) not in LEVELS for cell in filled)
        if other or len(line.row.cells) != len(lines[0].row.cells):
            break
        found.append(line)
    return found


def levels_printed(lines: Sequence[Line], paths: Mapping[int, str]) -> Iterator[dict[str, str]]:
    """The levels of each row that nobody filled in: those that it prints, else those above."""
    above: dict[str, str] = {}
    for line in lines:
        printed = {paths.get(cell.column, ""): cell.text.strip() for cell in line.row.cells if not cell.continues}
        above = above | {level: printed[level] for level in LEVELS if printed.get(level)}
        yield above


def said_in(line: Line) -> str:
    """The texts of a row as a person is told them."""
    return " | ".join(cell.text.strip() for cell in line.row.cells if not cell.continues and cell.text.strip())


def cut(page: Page, grid: Grid, lines: Sequence[Line], above: Sequence[Line]) -> None:
    """Take the rows of indicators out of a table that goes on with the first one; all of it, if it has no other."""
    rest = [line for line in lines if not line.indicators and not line.level]
    heads = {text_of(line) for line in above}
    others = [line for line in rest if text_of(line) and not any(head.endswith(text_of(line)) for head in heads)]
    gone = [line for line in lines if line not in others]
    if others:
        page.put_rows(grid, [line.number for line in gone], [])
        return
    spans = page.spans
    cell = page.element(grid.place_of(lines[0].row.cells[0]))
    table = next(each for each in spans.around(cell) if spans.names[each] == "w:tbl")
    before = [each for each in spans.children(spans.parents[table]) if each < table]
    blanks = takewhile(lambda each: spans.names[each] == "w:p" and not spans.says(each), reversed(before))
    for each in (table, *blanks):
        page.cut(each, (grid.place_of(cell) for line in lines for cell in line.row.cells))

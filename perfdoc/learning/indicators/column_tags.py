"""What the columns of the indicators hold: the value of each by its head, and tags where nothing stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from perfdoc.extraction.by_labels.table import heads_of
from perfdoc.extraction.vocabulary.keys import named
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Cell, Grid
from perfdoc.learning.indicators.lines import LEVELS, Line, cells_at
from perfdoc.learning.stands import Stand, Value
from perfdoc.learning.written import Span, Writing, look_beside, paragraphs_of, tag_of
from perfdoc.model import Indicator
from perfdoc.reading.docx.namespaces import T
from perfdoc.report import Place, Role


class Columns:
    """The columns of one project's indicators. `cells` are the elements of cells by their number."""

    def __init__(
        self, number: int, found: Mapping[Place, Stand], cells: Mapping[int, etree._Element], words: Vocabulary
    ) -> None:
        self.number, self.found, self.cells, self.words = number, found, cells, words

    def values(self, grid: Grid, cell: Cell) -> Iterator[Value]:
        """The values of the project's indicators that a cell holds."""
        stand = self.found.get(grid.place_of(cell))
        for value in stand.values if stand is not None else ():
            if value.path[:3] == ("projects", self.number, "indicators"):
                yield value

    def of(self, grid: Grid, body: Sequence[Line], sides: Mapping[int, str]) -> dict[int, dict[str, str]]:
        """The paths, and the labels, of each grid column that has values of indicators, or a head and nothing else."""
        found: dict[int, dict[str, str]] = {}
        heads = self.heads(grid, body[0].row.cells[0].row)
        for cell in (cell for line in body for cell in line.row.cells):
            for value in self.values(grid, cell):
                path = ".".join(map(str, value.path[4:]))
                found.setdefault(cell.column, {})[path] = heads.get(cell.column, "")
        used = {(sides.get(column), path) for column, paths in found.items() for path in paths}
        for cell in (cell for cell in body[0].row.cells if cell.column not in found):
            head, side = heads.get(cell.column, ""), sides.get(cell.column)
            path = (column_named(head, self.words) or f"extra.{named(head)}") if head else ""
            below = [one for line in body for one in cells_at(line.row, cell.column)]
            free = all(not one.text.strip() and not one.continues for one in below) or (side and path in LEVELS)
            if free and path and (side, path) not in used and (side or path != "target"):
                found[cell.column] = {path: head}
                used.add((side, path))
                for one in below:
                    self.name(one, path)
            else:
                self._number(below)
        for cell in (cell for line in body for cell in line.row.cells if cell.column in sides):
            _within(self.cells[cell.number], sides[cell.column])
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

    def name(self, cell: Cell, path: str) -> None:
        """Write the tag of a column into a cell that nothing stands in."""
        tag = f"{{{{ {tag_of(('projects', 0, 'indicators', 0, *path.split('.', 1)))} }}}}"
        element = self.cells[cell.number]
        writing = Writing(paragraphs_of(element)[:1])
        writing.put([Span(0, len(writing.text), tag)], look_beside(element))

    def heads(self, grid: Grid, before: int) -> dict[int, str]:
        """The label right above the indicators in each column of the grid."""
        heads: dict[int, str] = {}
        for row in grid.rows[: before - 1]:
            for cell in row.cells:
                stand = self.found.get(grid.place_of(cell))
                if stand is not None and Role.label in stand.roles and not cell.continues:
                    heads |= dict.fromkeys(range(cell.column, cell.column + cell.colspan), cell.text)
        return heads

    def sides(self, grid: Grid, names: tuple[str, ...]) -> dict[int, str]:
        """The block of each column of the grid where several stand side by side; none for what they share."""
        head = next((one for one in heads_of(grid, self.words).values() if one.blocks == names), None)
        if head is None or not names:
            return {}
        often = Counter(cell.role for cell in head.cells)
        own = [cell for cell in head.cells if cell.role not in LEVELS or often[cell.role] > 1]
        return {n: names[cell.block] for cell in own for n in range(cell.first, cell.last + 1)}


def column_named(head: str, words: Vocabulary) -> str:
    """The field of an indicator that a head names; empty for another column, as the operator's or the unit's is."""
    column = words.meaning(head).column or ""
    return column if column in Indicator.model_fields else ""


def _within(cell: etree._Element, block: str) -> None:
    """Have the tags of a cell ask for the values of the indicator in a block, of several side by side."""
    for text in cell.iter(T):
        text.text = (text.text or "").replace("{{ indicator.", f'{{{{ indicator.blocks["{block}"].')

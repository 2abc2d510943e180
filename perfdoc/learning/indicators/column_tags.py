"""What the columns of the indicators hold: the value of each by its head, and tags where nothing stands."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from perfdoc.extraction.by_labels.table import heads_of
from perfdoc.extraction.vocabulary.keys import named
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Cell, Grid
from perfdoc.learning.indicators.lines import LEVELS, Line, cells_at
from perfdoc.learning.located import tag_of
from perfdoc.learning.stands import Value
from perfdoc.learning.tagged_page import Page
from perfdoc.model import Indicator
from perfdoc.report import Role


class Columns:
    """The columns of one project's indicators."""

    def __init__(self, number: int, page: Page) -> None:
        self.number, self.page, self.found, self.words = number, page, page.found, page.words

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
                    self.name(grid, one, path)
            else:
                self._number(grid, below)
        for cell in (cell for line in body for cell in line.row.cells if cell.column in sides):
            self.page.retag(grid.place_of(cell), "{{ indicator.", f'{{{{ indicator.blocks["{sides[cell.column]}"].')
        return found

    def _number(self, grid: Grid, cells: Sequence[Cell]) -> None:
        """Have the loop count where the cells of a column count the rows."""
        if [cell.text.strip() for cell in cells] == [str(n) for n in range(1, 1 + len(cells))]:
            for cell in cells:
                self.page.tag(grid.place_of(cell), "{{ loop.index }}")

    def name(self, grid: Grid, cell: Cell, path: str) -> None:
        """Write the tag of a column into a cell that nothing stands in."""
        tag = tag_of(("projects", 0, "indicators", 0, *path.split(".", 1)))
        self.page.tag(grid.place_of(cell), f"{{{{ {tag} }}}}")

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

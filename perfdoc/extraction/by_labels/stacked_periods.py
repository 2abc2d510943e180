"""Blocks of indicators below each other, each for a period of its own: 长期绩效指标 above 年度绩效指标."""

from perfdoc.extraction.by_labels.row_kinds import own_cells
from perfdoc.extraction.by_labels.sections import Section
from perfdoc.extraction.by_labels.table import Table
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Cell
from perfdoc.report import Place


class StackedPeriods:
    """The periods of a project's blocks, by the rows with which they begin; none where it has not got several."""

    def __init__(self, table: Table, section: Section, words: Vocabulary) -> None:
        self.words = words
        self._begins: dict[int, tuple[str, Place]] = {}
        start = min((head.start for head in table.heads.values()), default=0)
        for line in (line for part in section.parts for line in part.lines):
            cell = self._side(own_cells(table.grid.rows[line.at]), start)
            if cell is not None:
                self._begins[line.at] = words.meaning(cell.text).stacked_period, table.grid.place_of(cell)
        if len({period for period, _ in self._begins.values()}) < 2:
            self._begins = {}
        self._now: tuple[str, Place] | None = None

    def at(self, index: int) -> tuple[str, Place] | None:
        """The period of a row, and where it is named; rows are asked for in their order."""
        self._now = self._begins.get(index, self._now)
        return self._now

    def _side(self, own: list[Cell], start: int) -> Cell | None:
        """The cell of a row that names a period: at the side of the table, or alone in its row."""
        if not own or not (own[0].column < start or len(own) == 1):
            return None
        return own[0] if self.words.meaning(own[0].text).stacked_period else None

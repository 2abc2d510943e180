"""Rows of labels and values: which block they stand in, whether they head columns, stand under heads, or are pairs."""

from collections.abc import Container, Sequence

from perfdoc.extraction.by_labels.label_rows.beside import TEXTS, filled, from_text, named_twice
from perfdoc.extraction.by_labels.label_rows.label_pairs import LabelPairs, Side
from perfdoc.extraction.by_labels.label_rows.named_values import NamedValues
from perfdoc.extraction.by_labels.label_rows.row_heads import are_heads, heads_pairs
from perfdoc.extraction.by_labels.label_rows.rows_under_heads import RowsUnderHeads
from perfdoc.extraction.by_labels.label_rows.stacked_lines import parted
from perfdoc.extraction.result.project import Project
from perfdoc.extraction.vocabulary.keys import looks_like_label
from perfdoc.extraction.vocabulary.tables import Entry
from perfdoc.layout import Cell, Grid
from perfdoc.report import Role


class LabelRows:
    """Reads rows of labels and values. A label takes the next cell as its value, whatever that cell says."""

    def __init__(self, grid: Grid, project: Project, stops: Container[int] = frozenset()) -> None:
        self.grid, self.project, self.words, self.findings = grid, project, project.words, project.findings
        self.stops = stops  # the rows that are another reader's: no value of a head stands there
        self.values = NamedValues(grid, project)
        self.pairs = LabelPairs(self.values)
        self.under_heads = RowsUnderHeads(self.values)
        self.sides = self.pairs.sides

    def row(self, index: int) -> None:
        """Claim every cell of the row at `index`, line by line where its cells hold a row in each line."""
        for cells in parted(self._cells(index), self.words):
            self._row(from_text(cells), index)

    def _row(self, cells: list[Cell], index: int) -> None:
        for side in self.sides:
            if cells and side.text == cells[0].text and cells[0].column <= side.last:
                self.findings.cell(Role.label, self.grid, cells[0])  # typed again on each row, in place of a merge
                cells = from_text(cells[1:])
        if not cells:
            return
        if not self.sides or cells[0].column <= self.sides[-1].last:
            self.sides[:] = [side for side in self.sides if side.last < cells[0].column]
            if not named_twice(cells, self.pairs.labels, self.words):
                self.pairs.labels = {}
            if (
                self.under_heads.over
                and self.under_heads.row_of_heads < index - 1
                and not self.under_heads.goes_on(cells)
            ):
                self.under_heads.close()
        if self.under_heads.row(cells, index, self._below(cells, index)):
            return
        cells = self._opened(cells, index)
        if heads_pairs(cells, self._below(cells, index), self.words):
            self.findings.cells(Role.label, self.grid, cells)
            self.under_heads.close()
            return
        alone = index + 1 in self.stops and filled(cells) == 2  # a label and a value that says what labels say
        if not alone and are_heads(cells, self._below(cells, index), self.words):
            self.under_heads.head(cells, index, self._below(cells, index))
        elif cells:
            self.pairs.row(cells)

    def _cells(self, index: int) -> list[Cell]:
        rows = self.grid.rows
        return [cell for cell in rows[index].cells if not cell.continues] if index < len(rows) else []

    def _below(self, cells: Sequence[Cell], index: int) -> list[Cell]:
        """The cells of the next row that stand below these."""
        first = cells[0].column if cells else 1
        return [cell for cell in self._cells(index + 1) if cell.column >= first]

    # Labels that open a block of rows

    def _opened(self, cells: list[Cell], index: int) -> list[Cell]:
        """The row without the labels that only open a block; the block is open from here on."""
        while cells and (entry := self._opens(cells, index)) is not None:
            self.values.label(cells[0], money=self._is_money(cells[1:]))
            self.sides.append(Side(cells[0].column + cells[0].colspan - 1, entry.of, cells[0].text))
            self.pairs.labels = {}
            self.under_heads.close()
            rest = cells[1:]
            heads = from_text(rest)
            if are_heads(heads, self._below(heads, index), self.words):
                return heads
            cells = rest
            if cells and not cells[0].text.strip():
                break
        return cells

    def _is_money(self, cells: Sequence[Cell]) -> bool:
        """Whether the first text beside a label that opens a block names an amount of money."""
        first = next((cell.text for cell in cells if cell.text.strip()), "")
        entry = self.words.meaning(first).label
        named = entry is not None and entry.path.startswith("budget.")
        return named or self.words.meaning(first).money_column is not None

    def _opens(self, cells: Sequence[Cell], index: int) -> Entry | None:
        """The entry of a row's first label where it only opens a block, else None.

        It is a group, or a label with a label beside it: one merged down over rows that have labels of their
        own, or one before a whole number of pairs.
        """
        first, rest = cells[0], cells[1:]
        entry = self.words.meaning(first.text).label
        own = [cell for cell in rest if cell.text.strip()]
        if entry is not None and entry.group and not entry.path:
            pair = len(own) == 1 or (len(own) % 2 == 1 and self.words.meaning(own[1].text).names_value)
            lone = pair and not self._spans(first, index) and not self.words.meaning(own[0].text).is_named
            return None if lone and not entry.of else entry
        if not own or (entry is None and not looks_like_label(first.text)):
            return None
        text, beside = self.words.meaning(own[0].text), self.words.meaning(rest[0].text)
        if (text.money_column is not None or text.is_head) and self.words.meaning(first.text).money_column:
            return None  # heads of one table of money
        if entry is not None and entry.path in TEXTS and beside.is_placeholder and len(own) > 1:
            return entry._replace(of=entry.path)  # 绩效目标 | 目标1 | its text
        pairs = len(rest) > 1 and len(rest) % 2 == 0
        if self._spans(first, index) and own[0].rowspan < max(2, first.rowspan):
            heads = from_text(rest)
            named = beside.is_named or (beside.is_head and len(own) == 2)
            below = self._below(heads, index)
            opens = are_heads(heads, below, self.words) or heads_pairs(heads, below, self.words)
            opens = opens or (named and (len(rest) > 1 or beside.inline is not None))
            if not opens and (entry is None or not entry.path):
                opens = pairs and looks_like_label(rest[0].text)
            return entry or Entry(group=True) if opens else None
        named = beside.is_past or (beside.label is not None and bool(beside.label.path) and not beside.money_column)
        value = self.words.meaning(rest[1].text if len(rest) > 1 else "")
        valued = bool(value.text.strip()) and value.label is None and not value.is_head
        return entry if entry is not None and entry.path and pairs and named and valued else None

    def _spans(self, cell: Cell, index: int) -> bool:
        """Whether a label stands beside several rows: merged over them, or with blank cells below it."""
        if cell.rowspan > 1:
            return True
        if self.words.meaning(cell.text).label is None and self.words.meaning(cell.text).is_head:
            return False  # a head with a blank value below it
        below = next((c for c in self._cells(index + 1) if c.column == cell.column), None)
        if below is None or not from_text(self._cells(index + 1)):
            return False
        return not below.text.strip() or below.text == cell.text

"""The rows and cells of a worksheet: the elements inside of `sheetData` (ECMA-376 part 1, 18.3.1.80)."""

from __future__ import annotations

from itertools import pairwise
from typing import ClassVar

from perfdoc.errors import UnreadableError
from perfdoc.layout import Cell
from perfdoc.reading import codes
from perfdoc.reading.excel.cell_text import CellTexts
from perfdoc.reading.excel.grid import MAX_CELLS, MAX_ROW, SheetRow, blank, column_number, too_many
from perfdoc.reading.excel.strings import String, StringReader
from perfdoc.reading.excel.xml_part import Attributes, is_true
from perfdoc.report import Severity

MAX_SHOWN = 2**26
"""Characters that a sheet shows; a shared string is written once and may be shown in every cell."""
MAX_FORMULAS = 10_000
"""Shared formulas of a sheet that are kept to be quoted."""


class RowReader(StringReader):
    """Makes rows of the elements inside of `sheetData`; `rows` are those with text, as the file has them.

    Its methods raise ValueError for a row or a column that no sheet has.
    """

    def __init__(self, texts: CellTexts) -> None:
        super().__init__(texts.keep_struck)
        self.rows: list[SheetRow] = []
        self.texts = texts
        self._formulas: dict[str, str] = {}
        self._held = 0
        self._shown = 0
        self._row = self._column = 0
        self._row_hidden = False
        self._cells: list[Cell] = []
        self._begin_cell({})

    def in_order(self) -> list[SheetRow]:
        """The rows by number; a row that the file has in two pieces becomes one."""
        if all(a.number < b.number for a, b in pairwise(self.rows)):
            return self.rows
        joined: dict[int, SheetRow] = {}
        for row in sorted(self.rows, key=lambda row: row.number):
            first = joined.setdefault(row.number, row)
            if first is not row:
                for cell in row.cells:
                    if cell.text:
                        self._place(first.cells, cell)
        return list(joined.values())

    def _begin_row(self, attributes: Attributes) -> None:
        """A row whose number is not written follows the row before (18.3.1.73)."""
        number = attributes.get("r")
        self._row = int(number) if number else self._row + 1
        if not 0 < self._row <= MAX_ROW:
            raise ValueError(f"{number!r} is not a row")
        self._row_hidden = is_true(attributes.get("hidden"))
        self._column = 0
        self._cells = []

    def _end_row(self) -> None:
        if self._cells:
            self._held += len(self._cells)
            if self._held > MAX_CELLS:
                raise self._too_many()
            self._shown += sum(len(cell.text) for cell in self._cells)
            if self._shown > MAX_SHOWN:
                what = f"sheet {self.texts.sheet} shows more than {MAX_SHOWN >> 20} million characters"
                raise UnreadableError(f"{self.texts.diagnostics.file}: {what}")
            self.rows.append(SheetRow(self._row, self._cells, self._row_hidden))

    def _begin_cell(self, attributes: Attributes) -> None:
        """A cell whose reference is not written follows the cell before."""
        reference = attributes.get("r")
        self._column = column_number(reference.rstrip("0123456789")) if reference else self._column + 1
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s", "0")
        self._value = ""
        self._string: String | None = None
        self._formula: str | None = None

    def _end_value(self) -> None:
        self._value = self.text

    def _end_string(self) -> None:
        self._string = self.string()

    def _begin_formula(self, attributes: Attributes) -> None:
        self._formula_key = attributes.get("si", "")

    def _end_formula(self) -> None:
        """A formula that is shared stands only in its first cell (18.3.1.40)."""
        key, text = self._formula_key, self.text
        if text and key and len(self._formulas) < MAX_FORMULAS:
            self._formulas[key] = text
        self._formula = text or self._formulas.get(key, "shared with another cell")

    def _end_cell(self) -> None:
        row, column = self._row, self._column
        if self._string is not None:
            string = self.texts.of_string(self._style, self._string, row, column)
        elif self._value:
            string = self.texts.of_value(self._kind, self._style, self._value, row, column)
        else:
            if self._formula is not None and self._kind != "str":
                self.texts.not_calculated(self._formula, row, column)
            return
        if string.text:
            runs = tuple(("", run) for run in string.runs) if string.runs else ()
            cell = Cell(string.text, row, column, 1, 1, False, runs)
            if column == len(self._cells) + 1:
                self._cells.append(cell)
            else:
                self._place(self._cells, cell)

    def _place(self, cells: list[Cell], cell: Cell) -> None:
        """Put a cell that is not the next one of its row where it belongs."""
        held = len(cells)
        if cell.column > held:
            if self._held + cell.column > MAX_CELLS:
                raise self._too_many()
            cells.extend(blank(cell.row, column) for column in range(held + 1, cell.column))
            cells.append(cell)
        elif not cells[cell.column - 1].text:
            cells[cell.column - 1] = cell
        else:
            message = "the file has this cell twice; the first one is read"
            self.texts.say(codes.DAMAGED, Severity.warning, message, cell.row, cell.column, cell.text)

    def _too_many(self) -> UnreadableError:
        return too_many(self.texts.diagnostics.at(self.texts.sheet))

    BEGINS: ClassVar = StringReader.BEGINS | {
        "row": _begin_row,
        "c": _begin_cell,
        "is": StringReader.begin_string,
        "f": _begin_formula,
    }
    ENDS: ClassVar = StringReader.ENDS | {
        "v": _end_value,
        "c": _end_cell,
        "row": _end_row,
        "is": _end_string,
        "f": _end_formula,
    }

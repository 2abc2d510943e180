"""The cells of a sheet while it is read, and what a cell shows whose value is no plain number or text."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from perfdoc.errors import UnreadableError
from perfdoc.layout import Cell
from perfdoc.reading import codes
from perfdoc.reading.excel.grid import MAX_CELLS, MAX_COLUMN, SheetRow, blank, too_many
from perfdoc.reading.excel.remarks import Remarks, short
from perfdoc.reading.excel.said import say_number
from perfdoc.reading.excel.strings import plain
from perfdoc.reading.excel.styles import Styles
from perfdoc.reading.excel.xmlpart import Attributes
from perfdoc.report import Severity

MAX_SHOWN = 2**26
"""Characters that a sheet shows; a shared string is written once and may be shown in every cell."""
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?\d*")


class Columns(dict[str, int]):
    """Letters of a column → its number; ValueError for what is no column."""

    def __missing__(self, letters: str) -> int:
        match = _REFERENCE.fullmatch(letters)
        if match is None:
            raise ValueError(f"{letters!r} is not a cell")
        column = 0
        for letter in match[1].upper():
            column = column * 26 + ord(letter) - 64
        if column > MAX_COLUMN:
            raise ValueError(f"{letters!r} is not a cell")
        self[letters] = column
        return column


class Cells:
    """The rows of one sheet while its part is read, and the rare cases of what a cell holds."""

    def __init__(self, sheet: str, strings: list[str], styles: Styles, remarks: Remarks) -> None:
        self.sheet = sheet
        self.strings = strings
        self.styles = styles
        self.remarks = remarks
        self.rows: list[SheetRow] = []
        self.last_row = 0
        self._formulas: dict[str, str] = {}
        self._held = 0
        self._shown = 0

    def add(self, row: SheetRow) -> None:
        """A row that is complete."""
        self._held += len(row.cells)
        if self._held > MAX_CELLS:
            raise too_many(self.remarks.at(self.sheet))
        self._shown += sum([len(cell[0]) for cell in row.cells])
        if self._shown > MAX_SHOWN:
            what = f"sheet {self.sheet} shows more than {MAX_SHOWN >> 20} million characters"
            raise UnreadableError(f"{self.remarks.file}: {what}")
        self.rows.append(row)

    def say(self, code: str, severity: Severity, message: str, row: int, column: int, quote: str) -> None:
        """A remark on one cell."""
        self.remarks.say(code, severity, message, self.remarks.at(self.sheet, row, column), quote)

    def formula(self, attributes: Attributes, text: str) -> str:
        """A cell's formula; one that is shared stands only in its first cell (18.3.1.40)."""
        key = attributes.get("si", "")
        if text and key and len(self._formulas) < 10_000:
            self._formulas[key] = text
        return text or self._formulas.get(key, "shared with another cell")

    def shown(self, kind: str, style: str, value: str, row: int, column: int) -> str:
        """The text of a cell that is neither a plain number nor a shared string (18.18.11)."""
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(value, value.upper())
        if kind == "e":
            message = f"the cell shows the error {short(value)}, not a value"
            self.say(codes.ERROR_VALUE, Severity.warning, message, row, column, value)
            return value
        if kind == "d":
            return self._iso_date(style, value)
        if kind == "s":  # an index past the end
            message = f"the cell refers to shared string {short(value)}, which the file does not have"
            self.say(codes.DAMAGED, Severity.warning, message, row, column, value)
            return ""
        return plain(value)

    def under(self, form: Callable[[str], str], text: str, row: int, column: int) -> str:
        """A text under a number format that has a section for text."""
        shown = form(text)
        if text not in shown:
            message = f"the cell's number format hides its text {short(text)}"
            self.say(codes.HIDDEN, Severity.info, message, row, column, text)
        return shown

    def _iso_date(self, style: str, value: str) -> str:
        """A date that is stored as one (strict files): shown by its number format, or as written."""
        try:
            when = datetime.fromisoformat(value) if "T" in value or "-" in value else _at(value)
        except ValueError:
            return value
        first = datetime(1904, 1, 1) if self.styles.date1904 else datetime(1899, 12, 30)
        days = (when.replace(tzinfo=None) - first) / timedelta(days=1)
        form = self.styles[style].form
        return form.number(days) if form.is_date and days >= 0 else value

    def not_calculated(self, formula: str, row: int, column: int) -> None:
        """A formula whose result is not in the file."""
        message = f"the formula has no stored result; open the file in Excel and save it: ={short(formula)}"
        self.say(codes.NOT_CALCULATED, Severity.warning, message, row, column, f"={formula}")

    def unusual(self, style: str, raw: str, text: str, row: int, column: int) -> None:
        """A number whose text is empty, or that is long: say what the text does not."""
        with suppress(ValueError):
            place = self.remarks.at(self.sheet, row, column)
            say_number(float(raw), text, self.styles[style].is_general, place, self.remarks)

    def place(self, cells: list[Cell], cell: Cell) -> None:
        """Put a cell that is not the next one of its row where it belongs."""
        column = cell.column
        held = len(cells)
        if column > held:
            if self._held + column > MAX_CELLS:
                raise too_many(self.remarks.at(self.sheet))
            cells.extend(blank(cell.row, at) for at in range(held + 1, column))
            cells.append(cell)
        elif not cells[column - 1].text:
            cells[column - 1] = cell
        else:
            message = "the file has this cell twice; the first one is read"
            self.say(codes.DAMAGED, Severity.warning, message, cell.row, column, cell.text)


def _at(value: str) -> datetime:
    return datetime.combine(date(1899, 12, 30), time.fromisoformat(value))

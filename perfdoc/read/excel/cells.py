"""The cells of a worksheet's part: the hot path of reading a workbook."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from perfdoc.errors import UnreadableError
from perfdoc.layout import Cell
from perfdoc.read import codes
from perfdoc.read.excel.grid import MAX_CELLS, MAX_COLUMN, MAX_ROW, SheetRow, blank, too_many
from perfdoc.read.excel.remarks import Remarks, short
from perfdoc.read.excel.said import say_number
from perfdoc.read.excel.strings import plain
from perfdoc.read.excel.styles import Styles
from perfdoc.read.excel.xmlpart import Attributes, is_true
from perfdoc.report import Severity

MAX_TEXT = 2**20
"""Characters of one cell; Excel's own limit is 32,767."""
MAX_SHOWN = 2**26
"""Characters that a sheet shows; a shared string is written once and may be shown in every cell."""
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?\d*")

Start = Callable[[str, Attributes], None]
End = Callable[[str], None]
OtherEnd = Callable[[str, str], None]
"""Told of an element's name and the text since the last start tag."""


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


def row_number(text: str | None, before: int) -> int:
    """The number of a row; one that is not written follows the row before (18.3.1.73)."""
    number = int(text) if text else before + 1
    if not 0 < number <= MAX_ROW:
        raise ValueError(f"{text!r} is not a row")
    return number


def cell_handlers(sheet: Cells, prefix: str, other_start: Start, other_end: OtherEnd) -> tuple[Start, End, End]:
    """Handlers of start tags, end tags and text for the elements of cells; others go to `other_*`.

    Long for a function: what its parts share are variables of a closure, which cost half of attributes.
    """
    c, v, t, row_tag, f, phonetic = (prefix + name for name in ("c", "v", "t", "row", "f", "rPh"))
    strings, styles, columns, new = sheet.strings, sheet.styles, Columns(), tuple.__new__
    count = len(strings)
    text_tags = (v, t)
    silent = (f"{prefix}is", f"{prefix}r", f"{prefix}rPr")
    cells: list[Cell] = []
    row = column = cut = 0
    hidden = said = False
    kind = style = ""
    text = ""
    value: str | None = None
    formula: str | None = None
    formula_attributes: Attributes = {}

    def start(name: str, attributes: Attributes) -> None:
        nonlocal text, value, formula, kind, style, column, row, cut, cells, hidden, said, formula_attributes
        if name == c:
            get = attributes.get
            reference = get("r")
            column = column + 1 if reference is None else columns[reference[:cut]]
            kind = get("t", "n")
            style = get("s", "0")
            value = formula = None
        elif name in text_tags:
            text = ""
        elif name == row_tag:
            number = attributes.get("r")
            row = sheet.last_row = row_number(number, sheet.last_row)
            cut = -len(number) if number else MAX_COLUMN
            column = 0
            cells = []
            hidden = is_true(attributes.get("hidden"))
        elif name in silent:
            pass
        elif name == f:
            text = ""
            formula_attributes = attributes
        elif name == phonetic:
            said = True
        else:
            text = ""
            other_start(name, attributes)

    def end(name: str) -> None:
        nonlocal value, formula, said
        if name == v:
            value = text
        elif name == c:
            if not value:
                if formula is not None and kind != "str":
                    sheet.not_calculated(formula, row, column)
                return
            if kind == "s" and value.isdecimal() and (index := int(value)) < count:
                shown = strings[index]
                if form := styles[style].text:
                    shown = sheet.under(form, shown, row, column)
            elif kind == "n":
                shown = styles[style][value]
                if len(value) > 11 or not shown:
                    sheet.unusual(style, value, shown, row, column)
            elif kind == "inlineStr" or kind == "str":
                shown = plain(value) if "_x" in value or "\r" in value else value
                if form := styles[style].text:
                    shown = sheet.under(form, shown, row, column)
            else:
                shown = sheet.shown(kind, style, value, row, column)
            if shown:
                cell = new(Cell, (shown, row, column, 1, 1, False, ()))
                if column == len(cells) + 1:
                    cells.append(cell)
                else:
                    sheet.place(cells, cell)
        elif name == t:
            if not said:
                value = value + text if value else text
        elif name == row_tag:
            if cells:
                sheet.add(SheetRow(row, cells, hidden))
        elif name in silent:
            pass
        elif name == f:
            formula = sheet.formula(formula_attributes, text)
        elif name == phonetic:
            said = False
        else:
            other_end(name, text)

    def data(more: str) -> None:
        nonlocal text
        text = text + more if text else more
        if len(text) > MAX_TEXT:
            raise ValueError(f"a text of more than {MAX_TEXT} characters")

    return start, end, data

"""What the cells of a worksheet show: their values under their formats (ECMA-376 part 1, 18.3.1.4 and 18.18.11)."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from perfdoc.reading import codes
from perfdoc.reading.excel.cell_formats import CellFormat
from perfdoc.reading.excel.diagnostics import Diagnostics, short
from perfdoc.reading.excel.strings import RichText, plain
from perfdoc.reading.number_format import NumberFormat, general
from perfdoc.report import Severity
from perfdoc.texts import say

_BOOLEANS = {"1": "TRUE", "0": "FALSE"}
_LARGEST = 1e308


class CellTexts:
    """The texts of the cells of one sheet, and what is to be said of them.

    `shows_zeros` is False for a sheet whose view does not display them (sheetView's showZeros). `keep_struck` says
    whether a cell whose font is struck through is read.
    """

    def __init__(
        self,
        sheet: str,
        strings: list[str],
        formats: Mapping[str, CellFormat],
        diagnostics: Diagnostics,
        keep_struck: bool,
        date1904: bool = False,
    ) -> None:
        self.sheet = sheet
        self.shows_zeros = True
        self.diagnostics = diagnostics
        self.keep_struck = keep_struck
        self._strings = strings
        self._formats = formats
        self._date1904 = date1904

    def of_value(self, kind: str, style: str, value: str, row: int, column: int) -> str:
        """The text of a cell of type `kind` (`t`) and style (`s`), by what its `v` holds."""
        if kind == "s":
            return self.of_string(style, self._shared(value, row, column), row, column)
        if kind in ("str", "inlineStr"):
            return self.of_string(style, plain(value), row, column)
        form = self._formats[style]
        if kind == "n":
            text = self._number(value, form.number_format, row, column)
        elif kind == "d":
            text = self._iso_date(value, form.number_format)
        elif kind == "b":
            text = _BOOLEANS.get(value, value.upper())
        else:
            text = self._error(value, row, column) if kind == "e" else plain(value)
        return self._without_struck(text, row, column) if form.struck else text

    def of_string(self, style: str, string: str, row: int, column: int) -> str:
        """The text of a cell that holds a string, under its format, whose number format may have a section for text."""
        form = self._formats[style]
        show = form.number_format.text
        if show is not None and string:
            shown = show(string)
            if string not in shown:
                message = say("excel.hides_text", text=short(string))
                self.say(codes.HIDDEN, Severity.info, message, row, column, string)
            if shown != string:
                string = RichText(shown, (), string.rich, string.struck) if isinstance(string, RichText) else shown
        rich = isinstance(string, RichText) and string.rich
        return self._without_struck(string, row, column) if form.struck or rich else string

    def not_calculated(self, formula: str, row: int, column: int) -> None:
        """Say that the result of a formula is not in the file."""
        message = say("excel.not_calculated", formula=short(formula))
        self.say(codes.NOT_CALCULATED, Severity.warning, message, row, column, f"={formula}")

    def say(self, code: str, severity: Severity, message: str, row: int, column: int, quote: str) -> None:
        """A diagnostic of one cell."""
        self.diagnostics.add(code, severity, message, self.diagnostics.at(self.sheet, row, column), quote)

    def _number(self, raw: str, form: NumberFormat, row: int, column: int) -> str:
        try:
            value = float(raw)
        except ValueError:
            return raw.strip()  # not a number, whatever the cell calls itself: what is there is shown
        if not abs(value) < _LARGEST:
            return raw.strip()
        text = form.number(value) if value or self.shows_zeros else ""
        if not text:
            message = say("excel.hides_value", value=f"{value:.15g}")
            self.say(codes.HIDDEN, Severity.info, message, row, column, f"{value:.15g}")
        elif form.number is general and "E+" in text and abs(value) < 1e15 and value == int(value):
            message = say("excel.shortened", text=text, value=f"{value:.0f}")
            self.say(codes.SHORTENED, Severity.warning, message, row, column, f"{value:.0f}")
        return text

    def _shared(self, value: str, row: int, column: int) -> str:
        if value.isdecimal() and int(value) < len(self._strings):
            return self._strings[int(value)]
        message = say("excel.no_string", given=short(value))
        self.say(codes.DAMAGED, Severity.warning, message, row, column, value)
        return ""

    def _error(self, value: str, row: int, column: int) -> str:
        message = say("excel.error_value", text=short(value))
        self.say(codes.ERROR_VALUE, Severity.warning, message, row, column, value)
        return value

    def _iso_date(self, value: str, form: NumberFormat) -> str:
        """A date that is stored as one (strict files): shown by its number format, or as written."""
        try:
            if "T" in value or "-" in value:
                when = datetime.fromisoformat(value)
            else:
                when = datetime.combine(date(1899, 12, 30), time.fromisoformat(value))
        except ValueError:
            return value
        first = datetime(1904, 1, 1) if self._date1904 else datetime(1899, 12, 30)
        days = (when.replace(tzinfo=None) - first) / timedelta(days=1)
        return form.number(days) if form.is_date and days >= 0 else value

    def _without_struck(self, string: str, row: int, column: int) -> str:
        """Say what is struck through; the runs of a string that have a format have their own, not the cell's."""
        struck = string.struck if isinstance(string, RichText) and string.rich else string
        if struck.strip():
            key = "reading.struck.read" if self.keep_struck else "reading.struck.left_out"
            message = say(key, text=short(struck))
            self.say(codes.TRACKED, Severity.warning, message, row, column, str(struck))
        return string if struck is not string or self.keep_struck else ""

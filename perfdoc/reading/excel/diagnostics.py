"""What is to be said of a workbook while it is read, with a bound on how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from perfdoc.errors import ContentLostError
from perfdoc.layout import Cell
from perfdoc.reading import codes
from perfdoc.reading.excel.grid import Hidden, SheetRow
from perfdoc.reading.options import Options
from perfdoc.report import Diagnostic, Place, Severity, column_letters

MAX_EACH = 200
"""Diagnostics of one code on one sheet; the rest are counted in one more."""
_LONG = 200  # characters of a quote; a cell may hold 32,767


class Diagnostics:
    """Diagnostics of one file, in the order in which they were said."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._said: list[Diagnostic] = []
        self._count: Counter[tuple[str, str]] = Counter()

    def add(self, code: str, severity: Severity, message: str, place: Place, quote: str = "") -> None:
        """One diagnostic; past `MAX_EACH` of its code on its sheet it is only counted."""
        key = (code, place.sheet)
        self._count[key] += 1
        if self._count[key] <= MAX_EACH:
            self._said.append(Diagnostic(code, severity, message, place, quote))

    def at(self, sheet: str, row: int = 0, column: int = 0) -> Place:
        """A place on a sheet of this file."""
        return Place(self.file, sheet=sheet, row=row, column=column)

    def all(self) -> tuple[Diagnostic, ...]:
        """All that was said, and how much more was to be said."""
        more = [
            Diagnostic(
                codes.MORE,
                Severity.warning,
                f"{count - MAX_EACH} more diagnostics {code} on this sheet are not listed",
                Place(self.file, sheet=sheet),
            )
            for (code, sheet), count in self._count.items()
            if count > MAX_EACH
        ]
        return (*self._said, *more)

    def refuse_struck(self, options: Options) -> None:
        """Raise ContentLostError where text is struck through and the policy is to fail on what is deleted."""
        struck = [one for one in self._said if one.code == codes.TRACKED]
        if struck and options.track_changes == "fail":
            message = f"{self.file}: struck-through text in cells, and the policy is to fail on it"
            raise ContentLostError(message, struck[:50])


def short(text: str) -> str:
    """The beginning of a text, for a message in one line."""
    line = " ".join(text.split())
    return line if len(line) <= _LONG else line[: _LONG - 1] + "…"


def say_hidden(sheet: str, hidden: bool, rows: list[SheetRow], columns: list[int], diagnostics: Diagnostics) -> None:
    """Say which parts of a sheet that hold text are not displayed; they are read all the same."""
    if hidden and rows:
        message = "the sheet is hidden; it is read all the same"
        diagnostics.add(codes.HIDDEN, Severity.info, message, diagnostics.at(sheet))
    hidden_rows = [row.number for row in rows if row.hidden]
    if hidden_rows:
        message = f"hidden rows {row_ranges(hidden_rows)}; they are read all the same"
        diagnostics.add(codes.HIDDEN, Severity.info, message, diagnostics.at(sheet, hidden_rows[0], 1))
    if columns:
        with_text = {cell.column for row in rows for cell in row.cells if cell.text}
        used = sorted(with_text.intersection(columns))
        if used:
            message = f"hidden columns {column_ranges(used)}; they are read all the same"
            diagnostics.add(codes.HIDDEN, Severity.info, message, diagnostics.at(sheet, 1, used[0]))


def hidden_by_merge(diagnostics: Diagnostics, sheet: str) -> Hidden:
    """What to do with a text that a merged range hides: say it."""

    def say(anchor: Cell, cell: Cell) -> None:
        message = f"a merged cell hides this text, which is not read: {short(cell.text)}"
        place = diagnostics.at(sheet, cell.row, cell.column)
        diagnostics.add(codes.MERGED, Severity.warning, message, place, cell.text)

    return say


def say_number(value: float, text: str, is_general: bool, place: Place, diagnostics: Diagnostics) -> None:
    """Say what the text of a number does not: that it is hidden, or a whole number that lost its last digits."""
    if not text:
        message = f"the cell's number format hides its value {value:.15g}"
        diagnostics.add(codes.HIDDEN, Severity.info, message, place, f"{value:.15g}")
    elif is_general and "E+" in text and abs(value) < 1e15 and value == int(value):
        message = f"shown as {text}; the cell holds {value:.0f}"
        diagnostics.add(codes.SHORTENED, Severity.warning, message, place, f"{value:.0f}")


def say_struck(text: str, kept: bool, place: Place, diagnostics: Diagnostics) -> None:
    """Say what is struck through: somebody deleted it and wanted it to be seen."""
    message = f"struck-through text is {'read' if kept else 'left out'}: {short(text)}"
    diagnostics.add(codes.TRACKED, Severity.warning, message, place, text)


def say_comment(place: Place, author: str, text: str, diagnostics: Diagnostics) -> None:
    """Say what a comment says; Excel itself begins the text with the author's name."""
    who = author.strip()
    by = f" by {short(who)}" if who and not text.startswith(who) else ""
    diagnostics.add(codes.COMMENT, Severity.info, f"comment{by}: {short(text)}", place, text)


def row_ranges(numbers: Iterable[int]) -> str:
    """3, 4, 5, 9 as `3-5, 9`; a long list is cut off with its count."""
    return _listed([f"{a}-{b}" if b > a else f"{a}" for a, b in _runs(numbers)])


def column_ranges(numbers: Iterable[int]) -> str:
    """3, 4, 5, 9 as `C-E, I`."""
    letters = column_letters
    return _listed([f"{letters(a)}-{letters(b)}" if b > a else letters(a) for a, b in _runs(numbers)])


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _listed(ranges: list[str]) -> str:
    kept = ", ".join(ranges[:20])
    return kept if len(ranges) <= 20 else f"{kept} and {len(ranges) - 20} more"

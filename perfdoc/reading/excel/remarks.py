"""What is to be said of a workbook while it is read, with a bound on how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from perfdoc.reading import codes
from perfdoc.report import Diagnostic, Place, Severity, column_letters

MAX_EACH = 200
"""Diagnostics of one code on one sheet; the rest are counted in one more."""
_LONG = 200  # characters of a quote; a cell may hold 32,767


class Remarks:
    """Diagnostics of one file, in the order in which they were said."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._said: list[Diagnostic] = []
        self._count: Counter[tuple[str, str]] = Counter()

    def say(self, code: str, severity: Severity, message: str, place: Place, quote: str = "") -> None:
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


def short(text: str) -> str:
    """The beginning of a text, for a message in one line."""
    line = " ".join(text.split())
    return line if len(line) <= _LONG else line[: _LONG - 1] + "…"


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

"""At which cells of a worksheet notes hang, and what they say."""

from collections.abc import Sequence
from typing import NamedTuple

from perfdoc.original.spans import Spans
from perfdoc.reading.excel.grid import Range, range_of
from perfdoc.report import Thread, column_letters

_LAST_COLUMN = 16_384


class Note(NamedTuple):
    """A note at a cell, which counts from 1."""

    row: int
    column: int
    text: str

    @property
    def cell(self) -> str:
        """`B3`."""
        return f"{column_letters(self.column)}{self.row}"


def merges(spans: Spans) -> list[Range]:
    """The merged cells of a sheet's part."""
    found = (range_of(spans.value(each, "ref") or "") for each in spans.inside(0, "mergeCell"))
    return [each for each in found if each]


def placed(threads: Sequence[Thread], taken: set[str], merged: Sequence[Range]) -> list[Note]:
    """One note a cell, at the next one of its row that is shown and not `taken`, where that has one already.

    What a merge hides is the merge's first cell. The cells of the notes are taken, too, then.
    """

    def first(row: int, column: int) -> tuple[int, int]:
        found = (one for one in merged if one.left <= column <= one.right and one.top <= row <= one.bottom)
        return next(((one.top, one.left) for one in found), (row, column))

    def free(row: int, column: int) -> bool:
        return first(row, column) == (row, column) and f"{column_letters(column)}{row}" not in taken

    texts: dict[tuple[int, int], list[str]] = {}
    for one in threads:
        said = (one.said, *one.replies)
        lines = [f"{' '.join(filter(None, (each.author, each.date)))}:\n{each.text}" for each in said]
        texts.setdefault(first(one.place.row or 1, one.place.column or 1), []).extend(lines)
    notes = []
    for (row, column), those in texts.items():
        at = next((n for n in range(column, _LAST_COLUMN + 1) if free(row, n)), column)
        about = [] if at == column else [f"→ {column_letters(column)}{row}"]
        notes.append(Note(row, at, "\n\n".join((*about, *those))))
        taken.add(notes[-1].cell)
    return notes

"""What a sheet is made of: rows of styled cells on columns, merged ranges, heights. Nothing here knows Word."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from perfdoc.rendering.sheet.fonts import Font
from perfdoc.rendering.sheet.looks import NO_BORDER, Border, PageLook

MOST_TEXT = 32_767
"""Characters of a cell, as Excel counts them: in UTF-16."""
_HIGHEST = 409.0
"""Points of the highest row that Excel has (409.5)."""


class CellStyle(NamedTuple):
    """How a cell looks, and what it holds: text (`number` is ""), or a number in that format, such as `#,##0.00`.

    Texts are wrapped. Borders: top, left, bottom, right.
    """

    font: Font
    align: str = "left"
    vertical: str = "center"
    rotation: int = 0
    indent: int = 0
    fill: str = ""
    borders: tuple[Border, Border, Border, Border] = (NO_BORDER,) * 4
    number: str = ""


class SheetCell(NamedTuple):
    """A cell from `column` (from 1) over `span` columns, `text` "" for none. `parts` are values that it is made of.

    Where the style has a format of numbers, `text` is the number as XML has it (`-1234.5`).
    """

    column: int
    span: int
    text: str
    style: CellStyle
    parts: tuple[str, ...] = ()


@dataclass(slots=True)
class SheetRow:
    """A row: its cells, its height in points, and whether it is printed on each page."""

    cells: list[SheetCell] = field(default_factory=list)
    height: float = 0
    fixed: bool = False
    header: bool = False


class Range(NamedTuple):
    """Merged cells, corners included, from 1."""

    top: int
    left: int
    bottom: int
    right: int


class Sheet(NamedTuple):
    """A worksheet: widths of its columns in points, rows from 1, merged ranges, the page it is printed on.

    `marks` are (name, row) of defined names that stand at the first cell of a row; the first `frozen` rows stay in
    view.
    """

    name: str
    widths: tuple[float, ...]
    rows: list[SheetRow]
    merges: list[Range]
    page: PageLook
    marks: tuple[tuple[str, int], ...] = ()
    frozen: int = 0


def utf16(text: str) -> int:
    """How long Excel finds a text: characters beyond the first plane count twice."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def lines_of(text: str, width: float, size: float) -> int:
    """How many lines a text takes in a column of `width` points at a font's `size`.

    A Chinese character is as wide as the font's size, a Latin one about half of it; GB 18030 has two bytes for the
    one and one for the other. A line that is broken loses a little at its end.
    """
    half = max(2, int((width - 5) / size * 2))
    count = 0
    for line in text.split("\n"):
        halves = len(line.encode("gb18030", "replace"))
        count += 1 if halves <= half else -int(-halves * 1.03 // (half & ~1))
    return count


def spread(rows: list[SheetRow], needed: float) -> None:
    """Make rows that a merged cell covers as high together as its text needs."""
    lacking = needed - sum(row.height for row in rows)
    free = [row for row in rows if not row.fixed]
    if lacking > 0 and free:
        for row in free:
            row.height = min(row.height + lacking / len(free), _HIGHEST)


def raise_to(row: SheetRow, needed: float) -> None:
    """Make a row at least as high as a text needs."""
    if not row.fixed:
        row.height = min(max(row.height, needed), _HIGHEST)

"""What a sheet is made of: its name, rows of styled cells on columns, merged ranges, the page. Nothing here knows Word.

Lengths are in points.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from perfdoc.rendering.characters import utf16

_HIGHEST = 409.0
"""Points of the highest row that Excel has (409.5)."""

Border = tuple[str, str]
"""A line: its style (`thin`; "" for none) and its colour (six hexadecimal digits, or "" for automatic)."""
NO_BORDER: Border = ("", "")
SIDES = ("top", "left", "bottom", "right")


class Font(NamedTuple):
    """A font: `size` in points, `color` six hexadecimal digits or "" for automatic."""

    name: str
    size: float
    bold: bool = False
    italic: bool = False
    underline: bool = False
    color: str = ""


class CellStyle(NamedTuple):
    """How a cell looks, and what it holds: text (`number` is ""), or a number in that format, such as `#,##0.00`.

    Texts are wrapped. The borders are in the order of `SIDES`.
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

    Where the style has a format of numbers, `text` is the number as XML has it (`-1234.5`). `link` is the relative URI
    that the cell leads to, "" for none.
    """

    column: int
    span: int
    text: str
    style: CellStyle
    parts: tuple[str, ...] = ()
    link: str = ""


@dataclass(slots=True)
class SheetRow:
    """A row: its cells, its height, whether that is fixed, and whether the row is printed on each page."""

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


class Page(NamedTuple):
    """A page: its size, its margins (left, right, top, bottom, header, footer)."""

    width: float = 595.3
    height: float = 841.9
    margins: tuple[float, float, float, float, float, float] = (79.4, 79.4, 72, 72, 42.5, 42.5)


class Sheet(NamedTuple):
    """A worksheet: widths of its columns, rows from 1, merged ranges, the page it is printed on.

    `marks` are (name, row) of defined names that stand at the first cell of a row; the first `frozen` rows stay in
    view. One that is `filtered` has a filter on each column of its first row.
    """

    name: str
    widths: tuple[float, ...]
    rows: list[SheetRow]
    merges: list[Range]
    page: Page
    marks: tuple[tuple[str, int], ...] = ()
    frozen: int = 0
    filtered: bool = False


def raise_to(row: SheetRow, needed: float) -> None:
    """Make a row at least as high as a text needs."""
    if not row.fixed:
        row.height = min(max(row.height, needed), _HIGHEST)


def spread(rows: list[SheetRow], needed: float) -> None:
    """Make rows that a merged cell covers as high together as its text needs."""
    lacking = needed - sum(row.height for row in rows)
    free = [row for row in rows if not row.fixed]
    if lacking > 0 and free:
        for row in free:
            row.height = min(row.height + lacking / len(free), _HIGHEST)


_LONGEST = 31
_WIDE = str.maketrans("[]:*?/\\", "［］：＊？／＼")
"""What no name of a sheet may hold, and what stands for it: the same sign in full width."""
_RESERVED = "history"
_GONE = re.compile(r"[\x00-\x1f\x7f-\x9f\s]+")


def sheet_names(names: Iterable[str]) -> list[str]:
    """A name of at most 31 UTF-16 units for each, none twice whatever the case; `2` for a second without a name."""
    taken: dict[str, int] = {_RESERVED: 1}
    found: list[str] = []
    for position, name in enumerate(names, 1):
        plain = _GONE.sub(" ", name.translate(_WIDE)).strip(" '") or str(position)
        stem = _cut(plain, _LONGEST)
        free, count = stem, taken.get(stem.casefold(), 1)
        while free.casefold() in taken:
            count += 1
            mark = f"({count})"
            free = _cut(plain, _LONGEST - len(mark)) + mark
        taken[stem.casefold()] = count
        taken.setdefault(free.casefold(), 1)
        found.append(free)
    return found


def _cut(name: str, most: int) -> str:
    """The beginning of a name, of at most so many UTF-16 units; an apostrophe may not end it."""
    name = name[:most]
    while utf16(name) > most:
        name = name[:-1]
    return name.rstrip(" '") or "_"

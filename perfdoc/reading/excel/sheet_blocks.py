"""A sheet's blocks, whatever its file format: headers, bookmarks, the Grid, text boxes, footers."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from perfdoc.layout import Block, Paragraph
from perfdoc.reading import codes
from perfdoc.reading.excel.diagnostics import Diagnostics
from perfdoc.reading.excel.grid import Range, SheetRow, make_grid
from perfdoc.report import Severity, column_letters
from perfdoc.texts import listed, say

_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d{1,3}|(?P<one>.))', re.DOTALL | re.IGNORECASE)


class Worksheet(NamedTuple):
    """What a worksheet holds.

    `rows` are those with text, in order. `margins` are (story, text) of headers and footers, `hidden_columns`
    numbers in order.
    """

    rows: list[SheetRow]
    merges: list[Range]
    margins: list[tuple[str, str]]
    hidden_columns: list[int]


def blocks_of(
    sheet: Worksheet,
    name: str,
    boxes: Iterable[Paragraph],
    diagnostics: Diagnostics,
    area: Range | None = None,
    titles: frozenset[int] = frozenset(),
    bookmarks: tuple[str, ...] = (),
) -> Iterator[Block]:
    """The blocks of a worksheet of that name; `area`, `titles` and `bookmarks` as of `book.Sheet`."""
    place = diagnostics.at(name)
    yield from _margins(sheet, "header", name, diagnostics)
    if bookmarks:
        yield Paragraph("", place, bookmarks=bookmarks)
    if sheet.rows:
        yield make_grid(sheet.rows, sheet.merges, place, diagnostics, area, titles)
    yield from boxes
    yield from _margins(sheet, "footer", name, diagnostics)


def _margins(sheet: Worksheet, story: str, name: str, diagnostics: Diagnostics) -> Iterator[Paragraph]:
    place = diagnostics.at(name)._replace(part=story)
    for text in dict.fromkeys(text for one, text in sheet.margins if one == story):
        yield Paragraph(text, place, story=story)


def margin_texts(code: str, sheet: str) -> list[str]:
    """The left, middle and right text of a header or footer (18.3.1.39); page numbers, dates and fonts left out."""
    sections = {"L": "", "C": "", "R": ""}
    side = "C"
    at = 0
    for match in _CODE.finditer(code):
        sections[side] += code[at : match.start()]
        at = match.end()
        one = (match["one"] or "").upper()
        if one in sections:
            side = one
        else:
            sections[side] += {"&": "&", "A": sheet}.get(one, "")
    sections[side] += code[at:]
    return [text.strip() for text in sections.values() if text.strip()]


def say_hidden(sheet: Worksheet, name: str, hidden: bool, diagnostics: Diagnostics) -> None:
    """Say which parts of a sheet that hold text are not displayed; they are read all the same."""

    def add(message: str, row: int = 0, column: int = 0) -> None:
        diagnostics.add(codes.HIDDEN, Severity.info, message, diagnostics.at(name, row, column))

    if hidden and sheet.rows:
        add(say("excel.hidden_sheet"))
    rows = [row.number for row in sheet.rows if row.hidden]
    if rows:
        add(say("excel.hidden_rows", which=_ranges(rows, str)), rows[0], 1)
    hidden_columns = frozenset(sheet.hidden_columns)
    cells = (cell for row in sheet.rows for cell in row.cells) if hidden_columns else ()
    if columns := {cell.column for cell in cells if cell.text and cell.column in hidden_columns}:
        add(say("excel.hidden_columns", which=_ranges(sorted(columns), column_letters)), 1, min(columns))


def say_not_read(kind: str, name: str, diagnostics: Diagnostics) -> None:
    """Say that a sheet is no worksheet, but of another kind."""
    key = f"excel.sheet.{kind}" if kind in ("chart", "macro", "module", "dialog") else "excel.sheet.other"
    diagnostics.add(codes.PICTURE, Severity.info, say(key, kind=kind), diagnostics.at(name))


def _ranges(numbers: Iterable[int], name: Callable[[int], str]) -> str:
    """3, 4, 5, 9 as `3-5, 9`; a long list is cut off with its count."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    kept = listed(f"{name(a)}-{name(b)}" if b > a else name(a) for a, b in runs[:20])
    return kept if len(runs) <= 20 else say("excel.and_more", shown=kept, n=len(runs) - 20)

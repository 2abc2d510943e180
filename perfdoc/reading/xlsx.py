"""Reader of .xlsx, .xlsm, .xltx and .xltm: one Grid for each sheet, with the text that its cells show.

ECMA-376 part 1, clause 18, transitional or strict. Around a sheet's Grid stand its headers before, its text
boxes and footers after it, as paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from perfdoc.layout import Block, Layout, Paragraph
from perfdoc.reading import codes
from perfdoc.reading.excel.beside import read_beside
from perfdoc.reading.excel.book import Book, Sheet, read_book
from perfdoc.reading.excel.cells import Cells
from perfdoc.reading.excel.grid import SheetRow, fill, make_grid
from perfdoc.reading.excel.remarks import Remarks
from perfdoc.reading.excel.said import hidden_by_merge, margins, say_hidden
from perfdoc.reading.excel.sheet import read_sheet
from perfdoc.reading.excel.strings import Parted
from perfdoc.reading.options import Options
from perfdoc.reading.package import Package
from perfdoc.report import Severity


def read(data: bytes, file: str, options: Options) -> Layout:
    """A workbook's sheets in order, hidden ones too. Raises UnreadableError."""
    package = Package(data, file)
    remarks = Remarks(file)
    blocks: list[Block] = []
    book = read_book(package, remarks)
    for sheet in book.sheets:
        if sheet.kind in ("worksheet", "xlMacrosheet"):
            blocks.extend(_sheet(book, sheet, remarks))
        else:
            message = f"a {sheet.kind.removesuffix('sheet')} sheet: not read"
            remarks.say(codes.PICTURE, Severity.info, message, remarks.at(sheet.name))
    return Layout(file, "xlsx", tuple(blocks), remarks.all(), *package.properties())


def _sheet(book: Book, sheet: Sheet, remarks: Remarks) -> Iterator[Block]:
    cells = Cells(sheet.name, book.strings, book.styles.for_sheet(), remarks)
    around = read_sheet(book.package, sheet.part, cells)
    rows = in_order(cells.rows, cells)
    say_hidden(sheet.name, sheet.hidden, rows, around.hidden_columns, remarks)
    place = remarks.at(sheet.name)
    beside = read_beside(book.package, sheet.part, sheet.name, remarks)
    yield from margins(around.margins, "header", sheet.name, remarks)
    if sheet.names.bookmarks:
        yield Paragraph("", place, bookmarks=sheet.names.bookmarks)
    if rows:
        fill(rows, sheet.names.area)
        if book.has_parted:
            part_cells(rows)
        yield make_grid(rows, around.merges, place, hidden_by_merge(remarks, sheet.name), sheet.names.titles)
    yield from beside
    yield from margins(around.margins, "footer", sheet.name, remarks)


def in_order(rows: list[SheetRow], cells: Cells) -> list[SheetRow]:
    """The rows by number; a row that the file has in two pieces becomes one."""
    if all(a.number < b.number for a, b in pairwise(rows)):
        return rows
    joined: dict[int, SheetRow] = {}
    for row in sorted(rows, key=lambda row: row.number):
        first = joined.setdefault(row.number, row)
        if first is not row:
            for cell in row.cells:
                if cell.text:
                    cells.place(first.cells, cell)
    return list(joined.values())


def part_cells(rows: list[SheetRow]) -> None:
    """Give cells whose string is in parts the runs that they show."""
    for row in rows:
        for at, cell in enumerate(row.cells):
            if isinstance(cell.text, Parted):
                runs = tuple(("", run) for run in cell.text.runs)
                row.cells[at] = cell._replace(text=str(cell.text), runs=runs)

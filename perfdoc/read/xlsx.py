"""Reader of .xlsx, .xlsm, .xltx and .xltm: one Grid for each sheet, with the text that its cells show.

ECMA-376 part 1, clause 18, transitional or strict. Around a sheet's Grid stand its headers before, its text
boxes and footers after it, as paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from perfdoc.layout import Block, Cell, Layout, Paragraph
from perfdoc.read import codes
from perfdoc.read.excel.beside import read_beside
from perfdoc.read.excel.book import Book, Sheet, read_book
from perfdoc.read.excel.cells import Cells
from perfdoc.read.excel.collector import paused
from perfdoc.read.excel.grid import Hidden, SheetRow, make_grid
from perfdoc.read.excel.remarks import Remarks, column_ranges, row_ranges, short
from perfdoc.read.excel.sheet import Around, read_sheet
from perfdoc.read.options import Options
from perfdoc.read.package import Package
from perfdoc.report import Severity


def read(data: bytes, file: str, options: Options) -> Layout:
    """A workbook's sheets in order, hidden ones too. Raises UnreadableError."""
    package = Package(data, file)
    remarks = Remarks(file)
    blocks: list[Block] = []
    with paused():
        book = read_book(package, remarks)
        for sheet in book.sheets:
            if sheet.kind in ("worksheet", "xlMacrosheet"):
                blocks.extend(_sheet(book, sheet, remarks))
            else:
                message = f"a {sheet.kind.removesuffix('sheet')} sheet: not read"
                remarks.say(codes.PICTURE, Severity.info, message, remarks.at(sheet.name))
    return Layout(file, "xlsx", tuple(blocks), remarks.all())


def _sheet(book: Book, sheet: Sheet, remarks: Remarks) -> Iterator[Block]:
    cells = Cells(sheet.name, book.strings, book.styles.for_sheet(), remarks)
    around = read_sheet(book.package, sheet.part, cells)
    rows = in_order(cells.rows, cells)
    say_hidden(sheet.name, sheet.hidden, rows, around.hidden_columns, remarks)
    place = remarks.at(sheet.name)
    beside = read_beside(book.package, sheet.part, sheet.name, remarks)
    yield from _margins(around, "header", sheet.name, remarks)
    if rows:
        yield make_grid(rows, around.merges, place, hidden_by_merge(remarks, sheet.name), sheet.titles)
    yield from beside
    yield from _margins(around, "footer", sheet.name, remarks)


def _margins(around: Around, story: str, sheet: str, remarks: Remarks) -> Iterator[Paragraph]:
    place = remarks.at(sheet)._replace(part=story)
    texts = dict.fromkeys(text for where, text in around.margins if where == story)
    return (Paragraph(text, place, story=story) for text in texts)


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


def say_hidden(sheet: str, hidden: bool, rows: list[SheetRow], columns: list[int], remarks: Remarks) -> None:
    """Say which parts of a sheet that hold text are not displayed; they are read all the same."""
    if hidden and rows:
        message = "the sheet is hidden; it is read all the same"
        remarks.say(codes.HIDDEN, Severity.info, message, remarks.at(sheet))
    hidden_rows = [row.number for row in rows if row.hidden]
    if hidden_rows:
        message = f"hidden rows {row_ranges(hidden_rows)}; they are read all the same"
        remarks.say(codes.HIDDEN, Severity.info, message, remarks.at(sheet, hidden_rows[0], 1))
    used = sorted(set(columns).intersection(c.column for row in rows for c in row.cells if c.text)) if columns else []
    if used:
        message = f"hidden columns {column_ranges(used)}; they are read all the same"
        remarks.say(codes.HIDDEN, Severity.info, message, remarks.at(sheet, 1, used[0]))


def hidden_by_merge(remarks: Remarks, sheet: str) -> Hidden:
    """What to do with a text that a merged range hides: say it."""

    def say(anchor: Cell, cell: Cell) -> None:
        message = f"a merged cell hides this text, which is not read: {short(cell.text)}"
        place = remarks.at(sheet, cell.row, cell.column)
        remarks.say(codes.MERGED, Severity.warning, message, place, cell.text)

    return say

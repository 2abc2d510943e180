"""Reader of .xlsx, .xlsm, .xltx and .xltm: one Grid for each sheet, with the text that its cells show.

ECMA-376 part 1, clause 18, transitional or strict. Around a sheet's Grid stand its headers before, its text
boxes and footers after it, as paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfdoc.layout import Block, Layout, Paragraph
from perfdoc.reading import codes
from perfdoc.reading.excel.book import Book, Sheet, read_book
from perfdoc.reading.excel.cell_text import CellTexts
from perfdoc.reading.excel.diagnostics import Diagnostics, hidden_by_merge, say_hidden
from perfdoc.reading.excel.drawings import read_drawings
from perfdoc.reading.excel.grid import fill, make_grid
from perfdoc.reading.excel.header_footer import margin_paragraphs
from perfdoc.reading.excel.worksheet import read_worksheet
from perfdoc.reading.options import Options
from perfdoc.reading.package import Package
from perfdoc.report import Severity


def read(data: bytes, file: str, options: Options) -> Layout:
    """A workbook's sheets in order, hidden ones too.

    Raises UnreadableError, and ContentLostError (policy `fail` and text that is struck through).
    """
    package = Package(data, file)
    diagnostics = Diagnostics(file)
    keep_struck = options.track_changes == "reject"
    blocks: list[Block] = []
    book = read_book(package, diagnostics, keep_struck)
    for sheet in book.sheets:
        if sheet.kind in ("worksheet", "xlMacrosheet"):
            texts = CellTexts(sheet.name, book.strings, book.formats, diagnostics, keep_struck)
            blocks.extend(_sheet(book, sheet, texts))
        else:
            message = f"a {sheet.kind.removesuffix('sheet')} sheet: not read"
            diagnostics.add(codes.PICTURE, Severity.info, message, diagnostics.at(sheet.name))
    diagnostics.refuse_struck(options)
    return Layout(file, "xlsx", tuple(blocks), diagnostics.all(), *package.properties())


def _sheet(book: Book, sheet: Sheet, texts: CellTexts) -> Iterator[Block]:
    diagnostics = texts.diagnostics
    read = read_worksheet(book.package, sheet.part, texts)
    rows = read.rows
    say_hidden(sheet.name, sheet.hidden, rows, read.hidden_columns, diagnostics)
    place = diagnostics.at(sheet.name)
    boxes = read_drawings(book.package, sheet.part, sheet.name, diagnostics)
    yield from margin_paragraphs(read.margins, "header", place)
    if sheet.names.bookmarks:
        yield Paragraph("", place, bookmarks=sheet.names.bookmarks)
    if rows:
        fill(rows, sheet.names.area)
        yield make_grid(rows, read.merges, place, hidden_by_merge(diagnostics, sheet.name), sheet.names.titles)
    yield from boxes
    yield from margin_paragraphs(read.margins, "footer", place)

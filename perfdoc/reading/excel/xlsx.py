"""Reader of .xlsx, .xlsm, .xltx and .xltm: one Grid for each sheet, with the text that its cells show.

ECMA-376 part 1, clause 18, transitional or strict. Around a sheet's Grid stand its headers before, its text
boxes and footers after it, as paragraphs.
"""

from perfdoc.layout import Block, Layout
from perfdoc.reading.excel.book import read_book
from perfdoc.reading.excel.cell_text import CellTexts
from perfdoc.reading.excel.diagnostics import Diagnostics
from perfdoc.reading.excel.drawings import Drawings
from perfdoc.reading.excel.sheet_blocks import blocks_of, say_hidden, say_not_read
from perfdoc.reading.excel.worksheet import read_worksheet
from perfdoc.reading.options import Options
from perfdoc.reading.package import Package
from perfdoc.reading.threads import assembled


def read(data: bytes, file: str, options: Options) -> Layout:
    """A workbook's sheets in order, hidden ones too.

    Raises UnreadableError, and ContentLostError (policy `fail` and text that is struck through).
    """
    package = Package(data, file)
    diagnostics = Diagnostics(file)
    keep_struck = options.track_changes == "reject"
    blocks: list[Block] = []
    book = read_book(package, diagnostics, keep_struck)
    for one in book.sheets:
        if one.kind in ("worksheet", "xlMacrosheet"):
            texts = CellTexts(one.name, book.strings, book.formats, diagnostics, keep_struck, book.formats.date1904)
            sheet = read_worksheet(package, one.part, texts)
            say_hidden(sheet, one.name, one.hidden, diagnostics)
            boxes = Drawings(package, one.name, diagnostics).boxes(one.part)
            blocks.extend(blocks_of(sheet, one.name, boxes, diagnostics, one.area, one.titles, one.bookmarks))
        else:
            say_not_read(one.kind.removesuffix("sheet"), one.name, diagnostics)
    diagnostics.refuse_struck(options)
    about = (*package.properties(), package.trace(), assembled(diagnostics.remarks))
    return Layout(file, "xlsx", tuple(blocks), diagnostics.all(), *about)

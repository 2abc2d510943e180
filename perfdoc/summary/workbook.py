"""A summary as a workbook: a sheet a table, numbers as numbers, the head frozen and repeated on each page."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfdoc.errors import UsageError
from perfdoc.rendering.archive import moment_of_build
from perfdoc.rendering.characters import MOST_TEXT, lines_of, utf16
from perfdoc.rendering.workbook.book import Book
from perfdoc.rendering.workbook.sheet import CellStyle, Font, Page, Sheet, SheetCell, SheetRow, sheet_names
from perfdoc.summary.tables import Cell, Link, Table
from perfdoc.texts import say
from perfdoc.unholdable import UNHOLDABLE
from perfdoc.visible import width

_FONT = Font("宋体", 10)
_LINKED = _FONT._replace(underline=True, color="0563C1")
_BORDERS = (("thin", ""),) * 4
_BODY = CellStyle(_FONT, borders=_BORDERS)
_BOLD = CellStyle(_FONT._replace(bold=True), fill="EEF0F3", borders=_BORDERS)
_WHOLE, _AMOUNT = "#,##0", "#,##0.00####"
_PAGE = Page(841.9, 595.3, (36, 36, 43.2, 43.2, 21.6, 21.6))  # A4, upright the other way
_WIDEST = 60  # columns of text
_POINTS = 6  # of a column of text
_LINE = 13.5  # points
_MOST_ROWS = 1_048_576  # of a sheet, its head among them
_EXACT = 15  # digits that a cell's number has (IEEE 754); what has more is a text


def workbook(tables: Sequence[Table]) -> bytes:
    """The file; the same bytes for the same tables (`SOURCE_DATE_EPOCH` dates it).

    UsageError for a table that has more rows than a sheet.
    """
    for table in tables:
        if len(table.rows) >= _MOST_ROWS:
            raise UsageError(say("summary.many_rows", title=table.title, n=len(table.rows), most=_MOST_ROWS))
    book = Book(tables[0].title if tables else "", "")
    names = sheet_names(table.title.replace("（", "(").split("(")[0].strip() for table in tables)
    for table, name in zip(tables, names, strict=True):
        book.add(_sheet(table, name))
    return book.finish(moment_of_build())


def _sheet(table: Table, name: str) -> Sheet:
    widths = tuple(_POINTS * wide for wide in _widths(table))
    rows = [_row(table.heads, _BOLD, widths, header=True)]
    sums = len(table.rows) - table.sums
    rows += [_row(row, _BOLD if at >= sums else _BODY, widths) for at, row in enumerate(table.rows)]
    return Sheet(name, widths, rows, [], _PAGE, frozen=1, filtered=table.filtered)


def _row(cells: Sequence[Cell], style: CellStyle, widths: Sequence[float], header: bool = False) -> SheetRow:
    made = [_cell(at, cell, style) for at, cell in enumerate(cells, 1)]
    lines = max(lines_of(cell.text, wide, _FONT.size) for cell, wide in zip(made, widths, strict=True))
    return SheetRow(made, min(_LINE * lines + 4, 409), header=header)


def _cell(column: int, cell: Cell, style: CellStyle) -> SheetCell:
    if isinstance(cell, int | Decimal) and len(Decimal(cell).as_tuple().digits) <= _EXACT:
        form = _WHOLE if isinstance(cell, int) else _AMOUNT
        number = f"{cell:f}" if isinstance(cell, Decimal) else f"{cell}"
        return SheetCell(column, 1, number, style._replace(number=form, align="right"))
    text = UNHOLDABLE.sub("\ufffd", "" if cell is None else str(cell))[:MOST_TEXT]
    while utf16(text) > MOST_TEXT:
        text = text[: MOST_TEXT - utf16(text)]
    if isinstance(cell, Link):
        return SheetCell(column, 1, text, style._replace(font=_LINKED), link=cell.to)
    return SheetCell(column, 1, text, style)


def _widths(table: Table) -> Iterator[int]:
    for at, head in enumerate(table.heads):
        texts = (head, *("" if row[at] is None else f"{row[at]}" for row in table.rows))
        yield min(_WIDEST, max(map(width, texts)) + 3)

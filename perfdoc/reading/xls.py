"""Reader of .xls and .et, the binary workbooks of Excel 5 to 2003 and of WPS: one Grid for each sheet.

By xlrd, which knows cells, number formats and merges; what it passes over (text boxes, headers, footers)
is read from the records themselves, [MS-XLS] 2.4.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from math import isfinite

import xlrd
from xlrd.biffh import XLRDError, error_text_from_code
from xlrd.formatting import std_format_strings

from perfdoc.errors import PerfdocError, UnreadableError
from perfdoc.layout import Block, Cell, Layout
from perfdoc.reading import codes
from perfdoc.reading.excel.biff import Strays, other_sheets, strays, workbook
from perfdoc.reading.excel.grid import Range, SheetRow, blank, make_grid
from perfdoc.reading.excel.remarks import Remarks, short
from perfdoc.reading.excel.said import hidden_by_merge, margins, say_comment, say_hidden, say_number
from perfdoc.reading.number_format import BUILTIN, NumberFormat, general, number_format
from perfdoc.reading.ole import leads_in_circles
from perfdoc.reading.options import Options
from perfdoc.report import Severity

_REGIONAL = frozenset((14, 15, 16, 17, 18, 19, 20, 21, 22, *range(27, 37), *range(50, 59)))
"""Ids of formats that follow the region; xlrd fills in the American ones where the file has none."""


def read(data: bytes, file: str, options: Options) -> Layout:
    """A workbook's sheets in order, hidden ones too. Raises UnreadableError."""
    remarks = Remarks(file)
    if leads_in_circles(data):
        raise UnreadableError(
            f"{file}: the workbook is damaged (a chain of its sectors, or its directory, is a circle)"
        )
    try:
        book = _open(data)
        records = workbook(data)
        blocks = list(_blocks(book, strays(records), remarks))
        for name, kind in other_sheets(records):
            remarks.say(codes.PICTURE, Severity.info, f"a {kind} sheet: not read", remarks.at(name))
    except PerfdocError:
        raise
    except XLRDError as error:
        raise UnreadableError(f"{file}: {_reason(str(error))}") from error
    except Exception as error:  # xlrd meets damaged records with whatever Python raises there
        what = short(str(error)) or type(error).__name__
        raise UnreadableError(f"{file}: the workbook is damaged ({what})") from error
    return Layout(file, "xls", tuple(blocks), remarks.all())


def _open(data: bytes) -> xlrd.Book:
    """The workbook; one that names no code page and is not ASCII is Chinese."""
    for encoding in (None, "gb18030"):
        try:
            return xlrd.open_workbook(
                file_contents=data,
                formatting_info=True,
                ragged_rows=True,
                logfile=io.StringIO(),
                encoding_override=encoding,
            )
        except UnicodeDecodeError:
            if encoding:
                raise
    raise AssertionError("the loop returns or raises")


def _reason(message: str) -> str:
    if "encrypted" in message.lower():
        return "the workbook is encrypted; open it with its password and save it without one"
    return f"not a workbook that can be read: {short(message)}"


def _blocks(book: xlrd.Book, around: list[Strays], remarks: Remarks) -> Iterator[Block]:
    formats = _formats(book)
    for at, sheet in enumerate(book.sheets()):
        rows = list(_rows(book, sheet, formats, remarks))
        hidden_columns = sorted(c + 1 for c, info in sheet.colinfo_map.items() if info.hidden)
        say_hidden(sheet.name, sheet.visibility != 0, rows, hidden_columns, remarks)
        for (row, column), note in sorted(sheet.cell_note_map.items()):
            say_comment(remarks.at(sheet.name, row + 1, column + 1), note.author, note.text, remarks)
        stray = around[at] if at < len(around) else Strays()
        yield from margins(stray.margins, "header", sheet.name, remarks)
        if rows:
            merges = [Range(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells]
            place = remarks.at(sheet.name)
            yield make_grid(rows, merges, place, hidden_by_merge(remarks, sheet.name))
        yield from stray.boxes(sheet.name, remarks)
        yield from margins(stray.margins, "footer", sheet.name, remarks)


def _formats(book: xlrd.Book) -> Callable[[int], NumberFormat]:
    """Index of a cell's style → its number format."""
    known: dict[int, NumberFormat] = {}

    def of(style: int) -> NumberFormat:
        key = book.xf_list[style].format_key
        found = known.get(key)
        if found is None:
            record = book.format_map.get(key)
            code = record.format_str if record is not None else None
            if code is None or (key in _REGIONAL and code == std_format_strings.get(key)):
                code = BUILTIN.get(key, "General")
            found = known[key] = number_format(code, bool(book.datemode))
        return found

    return of


def _rows(
    book: xlrd.Book, sheet: xlrd.sheet.Sheet, formats: Callable[[int], NumberFormat], remarks: Remarks
) -> Iterator[SheetRow]:
    for index in range(sheet.nrows):
        row = index + 1
        cells: list[Cell] = []
        types, values = sheet.row_types(index), sheet.row_values(index)
        for at, (kind, value) in enumerate(zip(types, values, strict=True)):
            if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) or value == "":
                continue
            text = _text(kind, value, formats(sheet.cell_xf_index(index, at)), sheet, (row, at + 1), remarks)
            if text:
                cells.extend(blank(row, column) for column in range(len(cells) + 1, at + 1))
                cells.append(Cell(text, row, at + 1))
        if cells:
            info = sheet.rowinfo_map.get(index)
            yield SheetRow(row, cells, bool(info is not None and info.hidden))


def _text(
    kind: int,
    value: object,
    form: NumberFormat,
    sheet: xlrd.sheet.Sheet,
    at: tuple[int, int],
    remarks: Remarks,
) -> str:
    place = remarks.at(sheet.name, *at)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and not isfinite(value):
        kind, value = xlrd.XL_CELL_ERROR, 0x24  # #NUM!, which Excel shows for it ([MS-XLS] 2.5.10)
    if kind == xlrd.XL_CELL_ERROR:
        text = error_text_from_code.get(int(str(value)), "#N/A")
        message = f"the cell shows the error {text}, not a value"
        remarks.say(codes.ERROR_VALUE, Severity.warning, message, place, text)
        return text
    if isinstance(value, float):
        text = "" if value == 0 and not getattr(sheet, "show_zero_values", 1) else form.number(value)
        say_number(value, text, form.number is general, place, remarks)
        return text
    written = str(value).replace("\r\n", "\n").replace("\r", "\n")
    text = form.text(written) if form.text else written
    if written not in text:
        message = f"the cell's number format hides its text {short(written)}"
        remarks.say(codes.HIDDEN, Severity.info, message, place, written)
    return text

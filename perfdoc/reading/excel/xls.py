"""Reader of .xls and .et, the binary workbooks of Excel 5 to 2003 and of WPS: one Grid for each sheet.

By xlrd, which knows cells, number formats and merges; what it passes over (text boxes, headers, footers)
is read from the records themselves, [MS-XLS] 2.4.
"""

import io
from collections.abc import Iterator
from math import isfinite
from typing import Any

import xlrd
from xlrd.biffh import XLRDError, error_text_from_code
from xlrd.formatting import std_format_strings

from perfdoc.errors import PerfdocError
from perfdoc.layout import Block, Cell, Layout
from perfdoc.reading.broken import unreadable
from perfdoc.reading.excel.biff import Strays, other_sheets, strays
from perfdoc.reading.excel.cell_formats import CellFormat
from perfdoc.reading.excel.cell_text import CellTexts
from perfdoc.reading.excel.diagnostics import Diagnostics
from perfdoc.reading.excel.grid import Range, SheetRow, widen
from perfdoc.reading.excel.sheet_blocks import Worksheet, blocks_of, say_hidden, say_not_read
from perfdoc.reading.excel.strings import RichText
from perfdoc.reading.number_format import BUILTIN, number_format
from perfdoc.reading.ole import SIGNATURE, stream, trace
from perfdoc.reading.options import Options
from perfdoc.reading.superscript import superscript
from perfdoc.reading.threads import assembled

_REGIONAL = frozenset((14, 15, 16, 17, 18, 19, 20, 21, 22, *range(27, 37), *range(50, 59)))
"""Ids of formats that follow the region; xlrd fills in the American ones where the file has none."""
_SUPERSCRIPT = 1  # Font.sss, [MS-XLS] 2.4.122


class DamagedWorkbookError(Exception):
    """xlrd can't read the workbook."""


def read(data: bytes, file: str, options: Options) -> Layout:
    """A workbook's sheets in order, hidden ones too.

    Raises UnreadableError, ContentLostError (policy `fail` and text that is struck through), DamagedWorkbookError.
    """
    records = stream(data, "Workbook", "Book") if data.startswith(SIGNATURE) else data
    diagnostics = Diagnostics(file)
    try:
        blocks = tuple(_blocks(_open(records), strays(records), diagnostics, options.track_changes == "reject"))
        for name, kind in other_sheets(records):
            say_not_read(kind, name, diagnostics)
    except PerfdocError:
        raise
    except Exception as error:  # xlrd meets damaged records with whatever Python raises there
        if isinstance(error, XLRDError) and "encrypted" in str(error).lower():
            raise unreadable(file, "excel.encrypted") from error
        raise DamagedWorkbookError from error
    diagnostics.refuse_struck(options)
    threads = assembled(diagnostics.remarks)
    return Layout(file, "xls", blocks, diagnostics.all(), trace=trace(data), threads=threads)


def _open(records: bytes) -> xlrd.Book:
    """The workbook of a stream of records; one that names no code page and is not ASCII is Chinese."""

    options: dict[str, Any] = {"formatting_info": True, "ragged_rows": True, "logfile": io.StringIO()}
    try:
        return xlrd.open_workbook(file_contents=records, **options)
    except UnicodeDecodeError:
        return xlrd.open_workbook(file_contents=records, encoding_override="gb18030", **options)


def _blocks(book: xlrd.Book, around: list[Strays], diagnostics: Diagnostics, keep_struck: bool) -> Iterator[Block]:
    formats = _Formats(book)
    for at, sheet in enumerate(book.sheets()):
        texts = CellTexts(sheet.name, [], formats, diagnostics, keep_struck)
        texts.shows_zeros = bool(getattr(sheet, "show_zero_values", 1))
        stray = around[at] if at < len(around) else Strays([], [])
        merges = [Range(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells]
        hidden_columns = sorted(c + 1 for c, info in sheet.colinfo_map.items() if info.hidden)
        read = Worksheet(list(_rows(book, sheet, texts)), merges, stray.margins, hidden_columns)
        say_hidden(read, sheet.name, sheet.visibility != 0, diagnostics)
        for (row, column), note in sorted(sheet.cell_note_map.items()):
            diagnostics.comment(diagnostics.at(sheet.name, row + 1, column + 1), note.author, note.text)
        yield from blocks_of(read, sheet.name, stray.boxes(diagnostics.at(sheet.name)), diagnostics)


class _Formats(dict[str, CellFormat]):
    """Index of a cell's style → its format."""

    def __init__(self, book: xlrd.Book) -> None:
        self._book = book

    def __missing__(self, style: str) -> CellFormat:
        book, form = self._book, self._book.xf_list[int(style)]
        record = book.format_map.get(form.format_key)
        code = record.format_str if record is not None else None
        if code is None or (form.format_key in _REGIONAL and code == std_format_strings.get(form.format_key)):
            code = BUILTIN.get(form.format_key, "General")
        struck = any(font.struck_out for font in book.font_list[form.font_index : form.font_index + 1])
        made = self[style] = CellFormat(number_format(code, bool(book.datemode)), struck)
        return made


def _rows(book: xlrd.Book, sheet: xlrd.sheet.Sheet, texts: CellTexts) -> Iterator[SheetRow]:
    """The rows of a sheet that hold text."""
    for index in range(sheet.nrows):
        cells: list[Cell] = []
        for at, (kind, value) in enumerate(zip(sheet.row_types(index), sheet.row_values(index), strict=True)):
            if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) or value == "":
                continue
            style = sheet.cell_xf_index(index, at)
            runs = sheet.rich_text_runlist_map.get((index, at))
            if runs and isinstance(value, str):
                string = _rich(book, value, [(0, book.xf_list[style].font_index), *runs], texts.keep_struck)
                shown = texts.of_string(str(style), string, index + 1, at + 1)
            else:
                shown = shown_value(texts, kind, value, str(style), index + 1, at + 1)
            if shown:
                widen(cells, index + 1, at)
                cells.append(Cell(str(shown), index + 1, at + 1))
        if cells:
            info = sheet.rowinfo_map.get(index)
            yield SheetRow(index + 1, cells, bool(info is not None and info.hidden))


def shown_value(texts: CellTexts, kind: int, value: object, style: str, row: int, column: int) -> str:
    """What a cell of xlrd's shows that holds no runs."""
    if kind == xlrd.XL_CELL_BOOLEAN:
        return texts.of_value("b", style, "1" if value else "0", row, column)
    if isinstance(value, float) and not isfinite(value):
        kind, value = xlrd.XL_CELL_ERROR, 0x24  # #NUM!, which Excel shows for it ([MS-XLS] 2.5.10)
    if kind == xlrd.XL_CELL_ERROR:
        return texts.of_value("e", style, error_text_from_code.get(int(str(value)), "#N/A"), row, column)
    if isinstance(value, float):
        return texts.of_value("n", style, repr(value), row, column)
    return texts.of_string(style, _lines(str(value)), row, column)


def _rich(book: xlrd.Book, text: str, runs: list[tuple[int, int]], keep_struck: bool) -> str:
    """A text whose runs (first UTF-16 unit, font) are as displayed, and what is struck through of it."""
    units = text.encode("utf-16-le", "surrogatepass")
    ends = [start for start, _ in runs[1:]] + [len(units)]
    shown = struck = ""
    for (start, number), end in zip(runs, ends, strict=True):
        run = units[2 * start : 2 * end].decode("utf-16-le", "replace")
        fonts = book.font_list[number : number + 1]
        is_struck = any(font.struck_out for font in fonts)
        if is_struck:
            struck += run
        if keep_struck or not is_struck:
            shown += superscript(run) if any(font.escapement == _SUPERSCRIPT for font in fonts) else run
    return RichText(_lines(shown), rich=True, struck=struck)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")

"""Reader of .xls and .et, the binary workbooks of Excel 5 to 2003 and of WPS: one Grid for each sheet.

By xlrd, which knows cells, number formats and merges; what it passes over (text boxes, headers, footers)
is read from the records themselves, [MS-XLS] 2.4. What xlrd can't read goes by way of LibreOffice.
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
from perfdoc.reading import codes, office
from perfdoc.reading.excel.biff import Strays, other_sheets, strays
from perfdoc.reading.excel.diagnostics import (
    Diagnostics,
    hidden_by_merge,
    say_comment,
    say_hidden,
    say_number,
    say_struck,
    short,
)
from perfdoc.reading.excel.grid import Range, SheetRow, blank, make_grid
from perfdoc.reading.excel.header_footer import margin_paragraphs
from perfdoc.reading.number_format import BUILTIN, NumberFormat, general, number_format
from perfdoc.reading.ole import SIGNATURE, stream
from perfdoc.reading.options import Options
from perfdoc.reading.superscript import superscript
from perfdoc.report import Severity

_REGIONAL = frozenset((14, 15, 16, 17, 18, 19, 20, 21, 22, *range(27, 37), *range(50, 59)))
"""Ids of formats that follow the region; xlrd fills in the American ones where the file has none."""
_SUPERSCRIPT = 1  # Font.sss, [MS-XLS] 2.4.122


def read(data: bytes, file: str, options: Options) -> Layout:
    """A workbook's sheets in order, hidden ones too.

    Raises UnreadableError, ContentLostError (policy `fail` and text that is struck through), and what the reader by
    way of LibreOffice raises.
    """
    records = stream(data, "Workbook", "Book") if data.startswith(SIGNATURE) else data
    diagnostics = Diagnostics(file)
    try:
        book = _open(records)
        blocks = list(_blocks(book, strays(records), diagnostics, options))
        for name, kind in other_sheets(records):
            diagnostics.add(codes.PICTURE, Severity.info, f"a {kind} sheet: not read", diagnostics.at(name))
    except PerfdocError:
        raise
    except Exception as error:  # xlrd meets damaged records with whatever Python raises there
        if isinstance(error, XLRDError) and "encrypted" in str(error).lower():
            what = "the workbook is encrypted; open it with its password and save it without one"
            raise UnreadableError(f"{file}: {what}") from error
        return _by_libreoffice(data, file, options)
    diagnostics.refuse_struck(options)
    return Layout(file, "xls", tuple(blocks), diagnostics.all())


def _by_libreoffice(data: bytes, file: str, options: Options) -> Layout:
    if office.is_missing():
        what = "the workbook is damaged; LibreOffice may still be able to read it, but is not on this machine"
        raise UnreadableError(f"{file}: {what}")
    try:
        return office.read_sheets(data, file, options)
    except UnreadableError as error:
        raise UnreadableError(f"{file}: the workbook is damaged; LibreOffice could not read it either") from error


def _open(records: bytes) -> xlrd.Book:
    """The workbook of a stream of records; one that names no code page and is not ASCII is Chinese."""

    def opened(encoding: str | None) -> xlrd.Book:
        return xlrd.open_workbook(
            file_contents=records,
            formatting_info=True,
            ragged_rows=True,
            logfile=io.StringIO(),
            encoding_override=encoding,
        )

    try:
        return opened(None)
    except UnicodeDecodeError:
        return opened("gb18030")


def _blocks(book: xlrd.Book, around: list[Strays], diagnostics: Diagnostics, options: Options) -> Iterator[Block]:
    formats = _formats(book)
    for at, sheet in enumerate(book.sheets()):
        texts = _Texts(book, sheet, formats, diagnostics, options.track_changes == "reject")
        rows = list(texts.rows())
        hidden_columns = sorted(c + 1 for c, info in sheet.colinfo_map.items() if info.hidden)
        say_hidden(sheet.name, sheet.visibility != 0, rows, hidden_columns, diagnostics)
        for (row, column), note in sorted(sheet.cell_note_map.items()):
            say_comment(diagnostics.at(sheet.name, row + 1, column + 1), note.author, note.text, diagnostics)
        place = diagnostics.at(sheet.name)
        stray = around[at] if at < len(around) else Strays()
        yield from margin_paragraphs(stray.margins, "header", place)
        if rows:
            merges = [Range(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells]
            yield make_grid(rows, merges, place, hidden_by_merge(diagnostics, sheet.name))
        yield from stray.boxes(place)
        yield from margin_paragraphs(stray.margins, "footer", place)


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


class _Texts:
    """The rows of one sheet with the texts that its cells show."""

    def __init__(
        self,
        book: xlrd.Book,
        sheet: xlrd.sheet.Sheet,
        formats: Callable[[int], NumberFormat],
        diagnostics: Diagnostics,
        keep_struck: bool,
    ) -> None:
        self._book = book
        self._sheet = sheet
        self._formats = formats
        self._diagnostics = diagnostics
        self._keep_struck = keep_struck

    def rows(self) -> Iterator[SheetRow]:
        """The rows that hold text."""
        sheet = self._sheet
        for index in range(sheet.nrows):
            row = index + 1
            cells: list[Cell] = []
            for at, (kind, value) in enumerate(zip(sheet.row_types(index), sheet.row_values(index), strict=True)):
                if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) or value == "":
                    continue
                text = self._shown(kind, value, index, at)
                if text:
                    cells.extend(blank(row, column) for column in range(len(cells) + 1, at + 1))
                    cells.append(Cell(text, row, at + 1))
            if cells:
                info = sheet.rowinfo_map.get(index)
                yield SheetRow(row, cells, bool(info is not None and info.hidden))

    def _shown(self, kind: int, value: object, row: int, column: int) -> str:
        """The text of a cell without what is struck through; row and column count from 0."""
        style = self._sheet.cell_xf_index(row, column)
        font = self._book.xf_list[style].font_index
        struck = ""
        runs = self._sheet.rich_text_runlist_map.get((row, column)) if isinstance(value, str) else None
        if runs and isinstance(value, str):
            value, struck = self._runs(value, [(0, font), *runs])
        text = self._text(kind, value, self._formats(style), (row + 1, column + 1)) if value != "" else ""
        if not runs and self._is_struck(font):
            text, struck = (text if self._keep_struck else ""), text
        if struck.strip():
            place = self._diagnostics.at(self._sheet.name, row + 1, column + 1)
            say_struck(struck, self._keep_struck, place, self._diagnostics)
        return text

    def _runs(self, text: str, runs: list[tuple[int, int]]) -> tuple[str, str]:
        """A text whose runs (first UTF-16 unit, font) are as displayed, and what is struck through of it."""
        units = text.encode("utf-16-le", "surrogatepass")
        ends = [start for start, _ in runs[1:]] + [len(units)]
        shown = struck = ""
        for (start, font), end in zip(runs, ends, strict=True):
            run = units[2 * start : 2 * end].decode("utf-16-le", "replace")
            if self._is_struck(font):
                struck += run
            if self._keep_struck or not self._is_struck(font):
                shown += superscript(run) if self._is_raised(font) else run
        return shown, struck

    def _is_struck(self, font: int) -> bool:
        return any(one.struck_out for one in self._book.font_list[font : font + 1])

    def _is_raised(self, font: int) -> bool:
        return any(one.escapement == _SUPERSCRIPT for one in self._book.font_list[font : font + 1])

    def _text(self, kind: int, value: object, form: NumberFormat, at: tuple[int, int]) -> str:
        place = self._diagnostics.at(self._sheet.name, *at)
        if kind == xlrd.XL_CELL_BOOLEAN:
            return "TRUE" if value else "FALSE"
        if isinstance(value, float) and not isfinite(value):
            kind, value = xlrd.XL_CELL_ERROR, 0x24  # #NUM!, which Excel shows for it ([MS-XLS] 2.5.10)
        if kind == xlrd.XL_CELL_ERROR:
            text = error_text_from_code.get(int(str(value)), "#N/A")
            message = f"the cell shows the error {text}, not a value"
            self._diagnostics.add(codes.ERROR_VALUE, Severity.warning, message, place, text)
            return text
        if isinstance(value, float):
            text = "" if value == 0 and not getattr(self._sheet, "show_zero_values", 1) else form.number(value)
            say_number(value, text, form.number is general, place, self._diagnostics)
            return text
        written = str(value).replace("\r\n", "\n").replace("\r", "\n")
        text = form.text(written) if form.text else written
        if written not in text:
            message = f"the cell's number format hides its text {short(written)}"
            self._diagnostics.add(codes.HIDDEN, Severity.info, message, place, written)
        return text

"""Rows of a sheet by pattern (`pieces`), with the same outcome as the handlers of `cells`."""

from __future__ import annotations

import re
from collections.abc import Callable

from perfdoc.layout import Cell
from perfdoc.read.excel.cells import Cells, Columns
from perfdoc.read.excel.grid import SheetRow
from perfdoc.read.excel.pieces import ATTRIBUTES, CHARS, TEXT, Pieces, unescaped
from perfdoc.read.excel.strings import plain


def _cell(group: str) -> str:
    """The pattern of a cell; `group` begins what is to be captured."""
    column, style = rf'r="{group}[A-Z]{{1,3}})[0-9]{{1,7}}"', rf'(?: s="{group}[0-9]{{1,6}})")?+'
    kind = rf'(?: t="{group}n|s|str|inlineStr|b)")?+'
    value = rf"(?:<f>{TEXT}</f>)?+<v>{group}{CHARS.removesuffix('*+')}++)</v>"
    string = rf'<is><t(?: xml:space="preserve")?+>{group}{TEXT})</t></is>'
    return rf"<c {column}{style}{kind}(?:/>|>(?:{value}|{string}|<v></v>|<v/>)?+</c>)"


_CELL = re.compile(_cell("("))
_NUMBER = "[1-9][0-9]{0,5}"  # rows past 999,999 are the parser's, which knows where a sheet ends
_ROW = re.compile(
    rf'\s*+(?:<row r="{_NUMBER}"{ATTRIBUTES}/>\s*+)*+'
    rf'<row r="({_NUMBER})"({ATTRIBUTES})>((?:{_cell("(?:")})*+)'
)
_HIDDEN = re.compile(r' hidden="(?:1|true)"')


def row_pieces(cells: Cells, parse: Callable[[bytes], object]) -> Pieces:
    """The way of a sheet's bytes to its parser, past which rows of the usual shapes go into `cells`."""
    return Pieces(re.compile(rb"<sheetData>"), b"</sheetData", "</row>", _Rows(cells).take, parse)


class _Rows:
    """Reads rows into `cells`."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._columns = Columns()

    def take(self, piece: str) -> bool:
        """Read a row, without its end tag; whether it is of a usual shape."""
        match = _ROW.fullmatch(piece)
        if match is None:
            return False
        self._row(int(match[1]), _HIDDEN.search(match[2]) is not None, match[3])
        return True

    def _row(self, row: int, hidden: bool, body: str) -> None:
        sheet, columns, new = self._cells, self._columns, tuple.__new__
        strings, styles = sheet.strings, sheet.styles
        count = len(strings)
        sheet.last_row = row
        made: list[Cell] = []
        following = 1
        for letters, style, kind, value, text in _CELL.findall(body):
            style = style or "0"
            if text:
                value = unescaped(text) if "&" in text else text
            elif not value:
                continue
            if not kind or kind == "n":
                shown = styles[style][value]
                if len(value) > 11 or not shown:
                    sheet.unusual(style, value, shown, row, columns[letters])
            elif kind == "b" or (kind == "s" and not (value.isdecimal() and int(value) < count)):
                shown = sheet.shown(kind, style, value, row, columns[letters])
            else:
                shown = strings[int(value)] if kind == "s" else plain(value) if "_x" in value else value
                if form := styles[style].text:
                    shown = sheet.under(form, shown, row, columns[letters])
            if shown:
                column = columns[letters]
                cell = new(Cell, (shown, row, column, 1, 1, False, ()))
                if column == following:
                    made.append(cell)
                else:
                    sheet.place(made, cell)
                following = len(made) + 1
        if made:
            sheet.add(SheetRow(row, made, hidden))

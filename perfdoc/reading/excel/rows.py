"""Rows of a sheet by pattern (`pieces`), with the same outcome as the handlers of `cells`."""

from __future__ import annotations

import re
from collections.abc import Callable

from perfdoc.layout import Cell
from perfdoc.reading.excel.cells import Cells, Columns
from perfdoc.reading.excel.grid import SheetRow
from perfdoc.reading.excel.pieces import ATTRIBUTES, CHARS, TEXT, Pieces, unescaped
from perfdoc.reading.excel.strings import plain

_PLACE = r'r="([A-Z]{1,3})[0-9]{1,7}"(?: s="([0-9]{1,6})")?+(?: t="(n|s|str|inlineStr|b)")?+'
_VALUE = rf"(?:<f>{TEXT}</f>)?+<v>({CHARS.removesuffix('*+')}++)</v>"
_STRING = rf'<is><t(?: xml:space="preserve")?+>({TEXT})</t></is>'
_CELL = re.compile(rf"<c {_PLACE}(?:/>|>(?:{_VALUE}|{_STRING}|<v></v>|<v/>)?+</c>)")
_LETTERS, _STYLE, _KIND, _RAW, _TYPED = (slice(n, None, _CELL.groups + 1) for n in range(1, _CELL.groups + 1))
_BETWEEN = slice(0, None, _CELL.groups + 1)
"""Where a row that is split at its cells has the groups of each, and what stands between them."""
_NUMBER = "[1-9][0-9]{0,5}"  # rows past 999,999 are the parser's, which knows where a sheet ends
_ROW = re.compile(rf'\s*+(?:<row r="{_NUMBER}"{ATTRIBUTES}/>\s*+)*+<row r="({_NUMBER})"({ATTRIBUTES})>')
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
        match = _ROW.match(piece)
        if match is None:
            return False
        parts = _CELL.split(piece[match.end() :])
        if any(parts[_BETWEEN]):
            return False
        self._row(int(match[1]), _HIDDEN.search(match[2]) is not None, parts)
        return True

    def _row(self, row: int, hidden: bool, parts: list[str]) -> None:
        sheet, columns, new = self._cells, self._columns, tuple.__new__
        strings, styles = sheet.strings, sheet.styles
        count = len(strings)
        sheet.last_row = row
        made: list[Cell] = []
        following = 1
        found = zip(parts[_LETTERS], parts[_STYLE], parts[_KIND], parts[_RAW], parts[_TYPED], strict=True)
        for letters, style, kind, value, text in found:
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
                cell = new(Cell, (shown, row, column, 1, 1, False, (), 0))
                if column == following:
                    made.append(cell)
                else:
                    sheet.place(made, cell)
                following = len(made) + 1
        if made:
            sheet.add(SheetRow(row, made, hidden))

"""The elements of a worksheet's rows and cells, as the parser tells of them: the hot path of reading a workbook."""

from __future__ import annotations

from collections.abc import Callable

from perfdoc.layout import Cell
from perfdoc.reading.excel.cells import Cells, Columns
from perfdoc.reading.excel.grid import MAX_COLUMN, MAX_ROW, SheetRow
from perfdoc.reading.excel.strings import plain
from perfdoc.reading.excel.xmlpart import Attributes, is_true

MAX_TEXT = 2**20
"""Characters of one cell; Excel's own limit is 32,767."""

Start = Callable[[str, Attributes], None]
End = Callable[[str], None]
OtherEnd = Callable[[str, str], None]
"""Told of an element's name and the text since the last start tag."""


def row_number(text: str | None, before: int) -> int:
    """The number of a row; one that is not written follows the row before (18.3.1.73)."""
    number = int(text) if text else before + 1
    if not 0 < number <= MAX_ROW:
        raise ValueError(f"{text!r} is not a row")
    return number


def cell_handlers(sheet: Cells, prefix: str, other_start: Start, other_end: OtherEnd) -> tuple[Start, End, End]:
    """Handlers of start tags, end tags and text for the elements of cells; others go to `other_*`.

    Long for a function: what its parts share are variables of a closure, which cost half of attributes.
    """
    c, v, t, row_tag, f, phonetic = (prefix + name for name in ("c", "v", "t", "row", "f", "rPh"))
    strings, styles, columns, new = sheet.strings, sheet.styles, Columns(), tuple.__new__
    count = len(strings)
    text_tags = (v, t)
    silent = (f"{prefix}is", f"{prefix}r", f"{prefix}rPr")
    cells: list[Cell] = []
    row = column = cut = 0
    hidden = said = False
    kind = style = ""
    text = ""
    value: str | None = None
    formula: str | None = None
    formula_attributes: Attributes = {}

    def start(name: str, attributes: Attributes) -> None:
        nonlocal text, value, formula, kind, style, column, row, cut, cells, hidden, said, formula_attributes
        if name == c:
            get = attributes.get
            reference = get("r")
            column = column + 1 if reference is None else columns[reference[:cut]]
            kind = get("t", "n")
            style = get("s", "0")
            value = formula = None
        elif name in text_tags:
            text = ""
        elif name == row_tag:
            number = attributes.get("r")
            row = sheet.last_row = row_number(number, sheet.last_row)
            cut = -len(number) if number else MAX_COLUMN
            column = 0
            cells = []
            hidden = is_true(attributes.get("hidden"))
        elif name in silent:
            pass
        elif name == f:
            text = ""
            formula_attributes = attributes
        elif name == phonetic:
            said = True
        else:
            text = ""
            other_start(name, attributes)

    def end(name: str) -> None:
        nonlocal value, formula, said
        if name == v:
            value = text
        elif name == c:
            if not value:
                if formula is not None and kind != "str":
                    sheet.not_calculated(formula, row, column)
                return
            if kind == "s" and value.isdecimal() and (index := int(value)) < count:
                shown = strings[index]
                if form := styles[style].text:
                    shown = sheet.under(form, shown, row, column)
            elif kind == "n":
                shown = styles[style][value]
                if len(value) > 11 or not shown:
                    sheet.unusual(style, value, shown, row, column)
            elif kind == "inlineStr" or kind == "str":
                shown = plain(value) if "_x" in value or "\r" in value else value
                if form := styles[style].text:
                    shown = sheet.under(form, shown, row, column)
            else:
                shown = sheet.shown(kind, style, value, row, column)
            if shown:
                cell = new(Cell, (shown, row, column, 1, 1, False, (), 0))
                if column == len(cells) + 1:
                    cells.append(cell)
                else:
                    sheet.place(cells, cell)
        elif name == t:
            if not said:
                value = value + text if value else text
        elif name == row_tag:
            if cells:
                sheet.add(SheetRow(row, cells, hidden))
        elif name in silent:
            pass
        elif name == f:
            formula = sheet.formula(formula_attributes, text)
        elif name == phonetic:
            said = False
        else:
            other_end(name, text)

    def data(more: str) -> None:
        nonlocal text
        text = text + more if text else more
        if len(text) > MAX_TEXT:
            raise ValueError(f"a text of more than {MAX_TEXT} characters")

    return start, end, data

"""A worksheet's part: its rows and cells, and what stands around them (ECMA-376 part 1, 18.3)."""

from itertools import pairwise

from perfdoc.layout import Cell
from perfdoc.reading import codes
from perfdoc.reading.broken import NotSoundError
from perfdoc.reading.excel.cell_text import CellTexts
from perfdoc.reading.excel.grid import MAX_CELLS, MAX_COLUMN, MAX_ROW, Range, SheetRow, column_number, range_of, widen
from perfdoc.reading.excel.sheet_blocks import Worksheet, margin_texts
from perfdoc.reading.excel.strings import RichText, StringReader, plain
from perfdoc.reading.excel.xml_part import Attributes, is_true
from perfdoc.reading.package import Package
from perfdoc.report import Severity
from perfdoc.texts import say

MAX_MERGES = 1_000_000
MAX_SHOWN = 2**26
"""Characters that a sheet shows; a shared string is written once and may be shown in every cell."""
MAX_FORMULAS = 10_000
"""Shared formulas of a sheet that are kept to be quoted."""

_DIGITS = "0123456789"


def read_worksheet(package: Package, name: str, texts: CellTexts) -> Worksheet:
    """Read a worksheet's part. Raises UnreadableError."""
    reader = _WorksheetReader(package, name, texts)
    reader.read()
    if not reader.is_worksheet:
        raise package.unreadable("excel.no_worksheet", part=name)
    hidden = [column for column, is_hidden in enumerate(reader.hidden_columns) if is_hidden]
    return Worksheet(reader.in_order(), reader.merges, reader.margins, hidden)


class _WorksheetReader(StringReader):
    """Reads a worksheet's part; `rows` are those with text, as the file has them.

    Its methods raise NotSoundError for a row or a column that no sheet has.
    """

    def __init__(self, package: Package, part: str, texts: CellTexts) -> None:
        super().__init__(package, part, texts.keep_struck)
        self.is_worksheet = False
        self.rows: list[SheetRow] = []
        self.merges: list[Range] = []
        self.margins: list[tuple[str, str]] = []
        self.hidden_columns = bytearray(MAX_COLUMN + 1)
        """Of each column's number, whether it is hidden."""
        self.texts = texts
        self._formulas: dict[str, str] = {}
        self._held = self._shown = 0
        self._row = self._column = 0
        self._row_hidden = False
        self._cells: list[Cell] = []
        self.begin_c({})

    def in_order(self) -> list[SheetRow]:
        """The rows by number; a row that the file has in two pieces becomes one."""
        if all(a.number < b.number for a, b in pairwise(self.rows)):
            return self.rows
        joined: dict[int, SheetRow] = {}
        for row in sorted(self.rows, key=lambda row: row.number):
            first = joined.setdefault(row.number, row)
            if first is not row:
                for cell in row.cells:
                    if cell.text:
                        self._place(first.cells, cell)
        return list(joined.values())

    def begin_worksheet(self, _: Attributes) -> None:
        self.is_worksheet = True

    begin_macrosheet = begin_worksheet  # the root of Excel 4 macros: [MS-OFFMACRO2] 2.2.1.4

    def begin_sheetview(self, attributes: Attributes) -> None:
        if attributes.get("showZeros") in ("0", "false"):
            self.texts.shows_zeros = False

    def begin_col(self, attributes: Attributes) -> None:
        if is_true(attributes.get("hidden")):
            first, last = max(int(attributes.get("min", "1")), 1), min(int(attributes.get("max", "1")), MAX_COLUMN)
            if first <= last:
                self.hidden_columns[first : last + 1] = b"\1" * (last + 1 - first)

    def begin_mergecell(self, attributes: Attributes) -> None:
        if len(self.merges) < MAX_MERGES and (found := range_of(attributes.get("ref", ""))):
            self.merges.append(found)

    def end_oddheader(self) -> None:
        self.margins.extend(("header", text) for text in margin_texts(plain(self.text), self.texts.sheet))

    end_firstheader = end_evenheader = end_oddheader

    def end_oddfooter(self) -> None:
        self.margins.extend(("footer", text) for text in margin_texts(plain(self.text), self.texts.sheet))

    end_firstfooter = end_evenfooter = end_oddfooter

    def begin_row(self, attributes: Attributes) -> None:
        """A row whose number is not written follows the row before (18.3.1.73)."""
        number = attributes.get("r")
        self._row = int(number) if number else self._row + 1
        if not 0 < self._row <= MAX_ROW:
            raise NotSoundError(say("excel.no_row", given=number))
        self._row_hidden = is_true(attributes.get("hidden"))
        self._column = 0
        self._cells = []

    def end_row(self) -> None:
        if self._cells:
            self._held += len(self._cells)
            self._limit(self._held)
            if self._shown > MAX_SHOWN:
                raise self.package.unreadable("excel.much_shown", sheet=self.texts.sheet, most=MAX_SHOWN >> 20)
            self.rows.append(SheetRow(self._row, self._cells, self._row_hidden))

    def begin_c(self, attributes: Attributes) -> None:
        """A cell whose reference is not written follows the cell before."""
        self._attributes = attributes
        self._value = ""
        self._string: str | None = None
        self._formula: str | None = None

    def end_v(self) -> None:
        self._value = self.text

    def end_is(self) -> None:
        self._string = self.string()

    def begin_f(self, attributes: Attributes) -> None:
        self._formula_key = attributes.get("si", "")

    def end_f(self) -> None:
        """A formula that is shared stands only in its first cell (18.3.1.40)."""
        key, text = self._formula_key, self.text
        if text and key and len(self._formulas) < MAX_FORMULAS:
            self._formulas[key] = text
        self._formula = text or self._formulas.get(key) or say("excel.shared_formula")

    def end_c(self) -> None:
        attributes, cells, row = self._attributes, self._cells, self._row
        reference = attributes.get("r")
        self._column = column = column_number(reference.rstrip(_DIGITS)) if reference else self._column + 1
        if self._string is not None:
            text = self.texts.of_string(attributes.get("s", "0"), self._string, row, column)
        elif self._value:
            kind, style = attributes.get("t", "n"), attributes.get("s", "0")
            text = self.texts.of_value(kind, style, self._value, row, column)
        else:
            if self._formula is not None and attributes.get("t") != "str":
                self.texts.not_calculated(self._formula, row, column)
            return
        if text:
            self._shown += len(text)
            if isinstance(text, RichText):
                cell = Cell(str(text), row, column, runs=tuple(("", run) for run in text.runs))
            else:
                cell = Cell(text, row, column)
            if column == len(cells) + 1:
                cells.append(cell)
            else:
                self._place(cells, cell)

    def _place(self, cells: list[Cell], cell: Cell) -> None:
        """Put a cell that is not the next one of its row where it belongs."""
        if cell.column > len(cells):
            self._limit(self._held + cell.column)
            widen(cells, cell.row, cell.column - 1)
            cells.append(cell)
        elif not cells[cell.column - 1].text:
            cells[cell.column - 1] = cell
        else:
            message = say("excel.twice")
            self.texts.say(codes.DAMAGED, Severity.warning, message, cell.row, cell.column, cell.text)

    def _limit(self, cells: int) -> None:
        if cells > MAX_CELLS:
            raise self.package.unreadable("excel.many_cells", sheet=self.texts.sheet, most=MAX_CELLS)

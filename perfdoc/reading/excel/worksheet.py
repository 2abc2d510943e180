"""A worksheet's part: its rows, and what stands around them (ECMA-376 part 1, 18.3)."""

from __future__ import annotations

from itertools import accumulate
from typing import ClassVar, NamedTuple

from perfdoc.reading.excel.cell_text import CellTexts
from perfdoc.reading.excel.grid import MAX_COLUMN, Range, SheetRow, range_of
from perfdoc.reading.excel.header_footer import margin_texts
from perfdoc.reading.excel.rows import RowReader
from perfdoc.reading.excel.strings import plain
from perfdoc.reading.excel.xml_part import Attributes, is_true
from perfdoc.reading.package import Package

MAX_MERGES = 1_000_000


class Worksheet(NamedTuple):
    """What a worksheet's part holds.

    `rows` are those with text, in order. `margins` are (story, text) of headers and footers, `hidden_columns`
    numbers in order.
    """

    rows: list[SheetRow]
    merges: list[Range]
    margins: list[tuple[str, str]]
    hidden_columns: list[int]


def read_worksheet(package: Package, name: str, texts: CellTexts) -> Worksheet:
    """Read a worksheet's part. Raises UnreadableError."""
    reader = _WorksheetReader(texts)
    reader.read(package, name)
    if not reader.is_worksheet:
        raise package.unreadable(f"{name} is no worksheet")
    return Worksheet(reader.in_order(), reader.merges, reader.margins, reader.hidden.numbers())


class _WorksheetReader(RowReader):
    """Reads a worksheet's part."""

    def __init__(self, texts: CellTexts) -> None:
        super().__init__(texts)
        self.is_worksheet = False
        self.merges: list[Range] = []
        self.margins: list[tuple[str, str]] = []
        self.hidden = _ColumnRanges()

    def _root(self, _: Attributes) -> None:
        self.is_worksheet = True

    def _view(self, attributes: Attributes) -> None:
        if attributes.get("showZeros") in ("0", "false"):
            self.texts.shows_zeros = False

    def _columns(self, attributes: Attributes) -> None:
        if is_true(attributes.get("hidden")):
            self.hidden.add(int(attributes.get("min", "1")), int(attributes.get("max", "1")))

    def _merge(self, attributes: Attributes) -> None:
        if len(self.merges) < MAX_MERGES and (found := range_of(attributes.get("ref", ""))):
            self.merges.append(found)

    def _header(self) -> None:
        self.margins.extend(("header", text) for text in margin_texts(plain(self.text), self.texts.sheet))

    def _footer(self) -> None:
        self.margins.extend(("footer", text) for text in margin_texts(plain(self.text), self.texts.sheet))

    BEGINS: ClassVar = RowReader.BEGINS | {
        **dict.fromkeys(("worksheet", "macrosheet"), _root),  # the root of Excel 4 macros: [MS-OFFMACRO2] 2.2.1.4
        "sheetView": _view,
        "col": _columns,
        "mergeCell": _merge,
    }
    ENDS: ClassVar = RowReader.ENDS | {
        **dict.fromkeys(("firstHeader", "oddHeader", "evenHeader"), _header),
        **dict.fromkeys(("firstFooter", "oddFooter", "evenFooter"), _footer),
    }


class _ColumnRanges:
    """Ranges of columns, however many and however long."""

    def __init__(self) -> None:
        self._begins = [0] * (MAX_COLUMN + 2)
        """How many more ranges hold a column than hold the one before."""

    def add(self, first: int, last: int) -> None:
        first, last = max(first, 1), min(last, MAX_COLUMN)
        if first <= last:
            self._begins[first] += 1
            self._begins[last + 1] -= 1

    def numbers(self) -> list[int]:
        return [column for column, many in enumerate(accumulate(self._begins)) if many]

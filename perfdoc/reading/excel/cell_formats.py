"""How the cells of a workbook are formatted: number formats, and fonts that are struck through."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from perfdoc.errors import UnreadableError
from perfdoc.reading.excel.xml_part import Attributes, PartReader, is_true
from perfdoc.reading.number_format import BUILTIN, NumberFormat, number_format
from perfdoc.reading.package import Package

MAX_FORMATS = 200_000
"""Cell formats of a workbook; Excel's own limit is 65,490."""


class CellFormat(NamedTuple):
    """A cell's number format, and whether its font is struck through."""

    number_format: NumberFormat
    struck: bool = False


class CellFormats:
    """The cell formats of a workbook, each compiled when a cell asks for it."""

    def __init__(self, date1904: bool) -> None:
        self.date1904 = date1904
        self.codes: dict[str, str] = {}
        """numFmtId → the code that the file defines for it."""
        self.struck_fonts: list[bool] = []
        """Of each font, whether it is struck through."""
        self.indexes: list[tuple[str, str]] = []
        """(numFmtId, fontId) of each cell format, in order."""
        self._compiled: dict[str, CellFormat] = {}

    def __getitem__(self, style: str) -> CellFormat:
        """The format of a cell's style, as its XML gives it (`s`); General for an index that is none."""
        found = self._compiled.get(style)
        if found is None:
            found = self._compiled[style] = self._compile(style)
        return found

    def _compile(self, style: str) -> CellFormat:
        known = style.isdecimal() and len(style) < 9 and int(style) < len(self.indexes)
        number, font = self.indexes[int(style)] if known else ("0", "0")
        code = self.codes.get(number) or (BUILTIN.get(int(number)) if number.isdecimal() else None)
        struck = font.isdecimal() and len(font) < 9 and self.struck_fonts[int(font) : int(font) + 1] == [True]
        return CellFormat(number_format(code or "General", self.date1904), struck)


class _Styles(PartReader):
    """Reads the styles part (ECMA-376 part 1, 18.8)."""

    def __init__(self, too_many: UnreadableError, formats: CellFormats) -> None:
        super().__init__()
        self._too_many = too_many
        self._formats = formats
        self._within = ""

    def _begin_fonts(self, _: Attributes) -> None:
        self._within = "fonts"

    def _begin_cell_formats(self, _: Attributes) -> None:
        self._within = "cellXfs"

    def _end_list(self) -> None:
        self._within = ""

    def _number_format(self, attributes: Attributes) -> None:
        self._formats.codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")

    def _font(self, _: Attributes) -> None:
        if self._within == "fonts":
            self._formats.struck_fonts.append(False)

    def _strike(self, attributes: Attributes) -> None:
        if self._within == "fonts" and self._formats.struck_fonts:
            self._formats.struck_fonts[-1] = is_true(attributes.get("val", "1"))

    def _cell_format(self, attributes: Attributes) -> None:
        if self._within == "cellXfs":
            self._formats.indexes.append((attributes.get("numFmtId", "0"), attributes.get("fontId", "0")))
            if len(self._formats.indexes) > MAX_FORMATS:
                raise self._too_many

    BEGINS: ClassVar = {
        "fonts": _begin_fonts,
        "font": _font,
        "strike": _strike,
        "cellXfs": _begin_cell_formats,
        "xf": _cell_format,
        "numFmt": _number_format,
    }
    ENDS: ClassVar = {"fonts": _end_list, "cellXfs": _end_list}


def read_cell_formats(package: Package, name: str, date1904: bool) -> CellFormats:
    """The cell formats of the styles part; no name, no formats: every number is General. Raises UnreadableError."""
    formats = CellFormats(date1904)
    if name:
        _Styles(package.unreadable(f"{name} has more than {MAX_FORMATS:,} cell formats"), formats).read(package, name)
    return formats

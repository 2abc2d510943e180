"""How the cells of a workbook are formatted: number formats, and fonts that are struck through."""

from typing import NamedTuple

from perfdoc.reading.excel.xml_part import is_true
from perfdoc.reading.number_format import BUILTIN, NumberFormat, number_format
from perfdoc.reading.package import Package

MAX_FORMATS = 200_000
"""Cell formats of a workbook; Excel's own limit is 65,490."""


class CellFormat(NamedTuple):
    """A cell's number format, and whether its font is struck through."""

    number_format: NumberFormat
    struck: bool = False


class CellFormats(dict[str, CellFormat]):
    """A cell's style, as its XML gives it (`s`) → its format; General for an index that is none.

    Read from the styles part (ECMA-376 part 1, 18.8); without its name every number is General. Raises UnreadableError.
    """

    def __init__(self, package: Package, part: str, date1904: bool) -> None:
        self.date1904 = date1904
        self._codes: dict[str, str] = {}
        self._struck_fonts: list[bool] = []
        self._indexes: list[tuple[str, str]] = []
        if not part:
            return
        root = package.tree(part)
        for one in root.iterfind("{*}numFmts/{*}numFmt"):
            self._codes[one.get("numFmtId", "")] = one.get("formatCode", "")
        for font in root.iterfind("{*}fonts/{*}font"):
            strike = font.find("{*}strike")
            self._struck_fonts.append(strike is not None and is_true(strike.get("val", "1")))
        self._indexes = [(xf.get("numFmtId", "0"), xf.get("fontId", "0")) for xf in root.iterfind("{*}cellXfs/{*}xf")]
        if len(self._indexes) > MAX_FORMATS:
            raise package.unreadable("excel.many_formats", part=part, most=MAX_FORMATS)

    def __missing__(self, style: str) -> CellFormat:
        known = style.isdecimal() and len(style) < 9 and int(style) < len(self._indexes)
        number, font = self._indexes[int(style)] if known else ("0", "0")
        code = self._codes.get(number) or (BUILTIN.get(int(number)) if number.isdecimal() else None)
        struck = font.isdecimal() and len(font) < 9 and self._struck_fonts[int(font) : int(font) + 1] == [True]
        made = self[style] = CellFormat(number_format(code or "General", self.date1904), struck)
        return made

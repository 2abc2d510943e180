"""The number formats of a workbook's cell styles."""

from __future__ import annotations

import re

from perfdoc.reading.excel.xmlpart import Attributes, Part, local
from perfdoc.reading.number_format import BUILTIN, NumberFormat, general, number_format
from perfdoc.reading.package import Package

AS_WRITTEN = re.compile(r"[1-9][0-9]*+(?:\.[0-9]*[1-9])?|0\.[0-9]*[1-9]")
"""Numbers of at most 11 characters that General shows as a sheet's XML writes them."""
MAX_FORMATS = 200_000
"""Cell formats of a workbook; Excel's own limit is 65,490."""
MAX_KEPT = 4096
"""Numbers of one format whose text is kept: percents, weights and dates repeat, amounts do not."""


class Shown(dict[str, str]):
    """Number as a sheet's XML writes it → text as the cell shows it, under one number format."""

    def __init__(self, form: NumberFormat, zeros: bool = True) -> None:
        super().__init__()
        self.form = form
        self.zeros = zeros
        self.is_general = form.number is general
        self.text = form.text

    def __missing__(self, raw: str) -> str:
        if self.is_general and len(raw) <= 11 and AS_WRITTEN.fullmatch(raw):
            text = raw
        else:
            try:
                number = float(raw)
                if number or self.zeros:
                    text = self.form.number(number) if abs(number) < 1e308 else raw.strip()
                else:
                    text = ""
            except ValueError:  # not a number, whatever the cell calls itself: what is there is shown
                text = raw.strip()
        if len(self) < MAX_KEPT:
            self[raw] = text
        return text


class Styles(dict[str, Shown]):
    """Index of a cell's style, as its XML writes it → how a number shows under that style.

    `ids` are the numFmtId of cellXfs in order, `codes` the codes that the file defines for ids. `zeros`
    is False on a sheet that does not display them (sheetView's showZeros).
    """

    def __init__(self, ids: list[str], codes: dict[str, str], date1904: bool) -> None:
        super().__init__()
        self._ids = ids
        self._codes = codes
        self.date1904 = date1904
        self._by_id: dict[str, Shown] = {}
        self._zeros = True

    def for_sheet(self) -> Styles:
        """The same styles, for another sheet."""
        return Styles(self._ids, self._codes, self.date1904)

    def hide_zeros(self) -> None:
        """From now on a zero shows nothing."""
        self._zeros = False
        self._by_id.clear()
        self.clear()

    def __missing__(self, style: str) -> Shown:
        known = style.isdecimal() and len(style) < 9 and int(style) < len(self._ids)
        number = self._ids[int(style)] if known else "0"
        shown = self._by_id.get(number)
        if shown is None:
            code = self._codes.get(number) or (BUILTIN.get(int(number)) if number.isdecimal() else None)
            shown = self._by_id[number] = Shown(number_format(code or "General", self.date1904), self._zeros)
        self[style] = shown
        return shown


def read_styles(package: Package, name: str, date1904: bool) -> Styles:
    """The styles part (ECMA-376 part 1, 18.8); no name, no styles: every number is General."""
    codes: dict[str, str] = {}
    ids: list[str] = []
    within = ""

    def start(element: str, attributes: Attributes) -> None:
        nonlocal within
        element = local(element)
        if element in ("numFmts", "cellXfs", "dxfs"):
            within = element
        elif element == "numFmt" and within == "numFmts":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif element == "xf" and within == "cellXfs":
            ids.append(attributes.get("numFmtId", "0"))
            if len(ids) > MAX_FORMATS:
                raise package.unreadable(f"{name} has more than {MAX_FORMATS:,} cell formats")

    def end(element: str) -> None:
        nonlocal within
        if local(element) == within:
            within = ""

    if name:
        part = Part(package, name)
        part.parser.StartElementHandler = start
        part.parser.EndElementHandler = end
        part.run()
    return Styles(ids, codes, date1904)

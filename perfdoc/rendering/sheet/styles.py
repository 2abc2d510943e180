"""The styles of a workbook that perfdoc makes (ECMA-376 part 1, 18.8)."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TypeVar
from xml.sax.saxutils import quoteattr

from perfdoc.rendering.sheet.cells import CellStyle
from perfdoc.rendering.sheet.fonts import Font
from perfdoc.rendering.sheet.looks import SIDES, Border

_One = TypeVar("_One", bound=Hashable)
_TEXT = 49  # the number format `@`
_SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_FIRST_FORMAT = 164  # numbers below it are Excel's own (18.8.30)
_NORMAL = Font("宋体", 11)
"""The workbook's own font, as in a Chinese Excel: the width of its digits, eight pixels, is the columns' unit."""
_NO_FILLS = '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'


class Styles:
    """Collects the styles of cells; number 0 is the workbook's own, which no cell has."""

    def __init__(self) -> None:
        self._fonts: dict[Font, int] = {_NORMAL: 0}
        self._fills: dict[str, int] = {}
        self._borders: dict[tuple[Border, ...], int] = {(("", ""),) * 4: 0}
        self._formats: dict[str, int] = {}
        self._cells: dict[CellStyle, int] = {}

    def number(self, style: CellStyle) -> int:
        """The number of a style, as a cell's `s` has it."""
        found = self._cells.get(style)
        if found is None:
            found = self._cells[style] = len(self._cells) + 1
            _take(self._fonts, style.font)
            _take(self._borders, style.borders)
            if style.fill:
                _take(self._fills, style.fill)
            if style.number:
                _take(self._formats, style.number)
        return found

    def part(self) -> str:
        """The part `styles.xml`."""
        formats = "".join(map(_format, self._formats.values(), self._formats))
        if formats:
            formats = f'<numFmts count="{len(self._formats)}">{formats}</numFmts>'
        fonts = "".join(map(_font, self._fonts))
        fills = "".join(_fill(color) for color in self._fills)
        borders = "".join(map(_border, self._borders))
        cells = "".join(map(self._cell, self._cells))
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<styleSheet xmlns="{_SPACE}">{formats}<fonts count="{len(self._fonts)}">{fonts}</fonts>'
            f'<fills count="{len(self._fills) + 2}">{_NO_FILLS}{fills}</fills>'
            f'<borders count="{len(self._borders)}">{borders}</borders>'
            '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
            f'<cellXfs count="{len(self._cells) + 1}">'
            f'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>{cells}</cellXfs>'
            '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
        )

    def _cell(self, style: CellStyle) -> str:
        font, border = self._fonts[style.font], self._borders[style.borders]
        fill = self._fills[style.fill] + 2 if style.fill else 0
        form = _FIRST_FORMAT + self._formats[style.number] if style.number else _TEXT
        turned = f' textRotation="{style.rotation}"' if style.rotation else ""
        indent = f' indent="{style.indent}"' if style.indent else ""
        return (
            f'<xf numFmtId="{form}" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0" '
            'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
            f'<alignment horizontal="{style.align}" vertical="{style.vertical}"{turned} wrapText="1"{indent}/></xf>'
        )


def _take(numbers: dict[_One, int], one: _One) -> None:
    numbers.setdefault(one, len(numbers))


def _format(number: int, code: str) -> str:
    return f'<numFmt numFmtId="{_FIRST_FORMAT + number}" formatCode={quoteattr(code)}/>'


def _font(font: Font) -> str:
    marks = "".join(f"<{name}/>" for name, on in (("b", font.bold), ("i", font.italic), ("u", font.underline)) if on)
    color = f'<color rgb="FF{font.color}"/>' if font.color else '<color indexed="64"/>'
    return f'<font>{marks}<sz val="{font.size:g}"/>{color}<name val={quoteattr(font.name)}/></font>'


def _fill(color: str) -> str:
    return (
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF{color}"/><bgColor indexed="64"/></patternFill></fill>'
    )


def _border(four: tuple[Border, ...]) -> str:
    sides = dict(zip(SIDES, four, strict=True))
    return (
        "<border>"
        + "".join(_side(name, *sides[name]) for name in ("left", "right", "top", "bottom"))
        + "<diagonal/></border>"
    )


def _side(name: str, style: str, color: str) -> str:
    if not style:
        return f"<{name}/>"
    return f'<{name} style="{style}"><color ' + (f'rgb="FF{color}"' if color else 'auto="1"') + f"/></{name}>"

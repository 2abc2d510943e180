"""Styles of cells as openpyxl has them, each made once and shared by all cells that look so.

Setting font, border and alignment cell by cell takes three quarters of the time that a workbook needs.
"""

from __future__ import annotations

from typing import Literal

from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Color, PatternFill, Side
from openpyxl.styles import Border as Borders
from openpyxl.styles import Font as CellFont

from perfdoc.rendering.workbook.sheet import SIDES, Border, CellStyle, Font

_TEXT = "@"
"""The number format of text: Excel takes nothing that is typed there for a number or a formula."""


class CellStyles:
    """The styles of one workbook."""

    def __init__(self) -> None:
        self._made: dict[CellStyle, object] = {}

    def apply(self, style: CellStyle, cell: Cell | MergedCell) -> None:
        """Give a cell of the workbook a style."""
        shared = self._made.get(style)
        if shared is None:
            cell.font = font_of(style.font)
            cell.alignment = Alignment(style.align, style.vertical, style.rotation, wrap_text=True, indent=style.indent)
            cell.number_format = style.number or _TEXT
            cell.border = _borders(style.borders)
            if style.fill:
                cell.fill = PatternFill("solid", fgColor=f"FF{style.fill}", bgColor=Color(indexed=64))
            shared = self._made[style] = cell._style  # type: ignore[union-attr]
        # There is no public name for it; openpyxl copies a style in this way itself (worksheet/copier.py).
        cell._style = shared  # type: ignore[union-attr]


def font_of(font: Font) -> CellFont:
    """The font as openpyxl has it."""
    color = f"FF{font.color}" if font.color else None
    underline: Literal["single"] | None = "single" if font.underline else None
    return CellFont(font.name, font.size, b=font.bold, i=font.italic, u=underline, color=color)


def _borders(borders: tuple[Border, ...]) -> Borders:
    made = Borders()
    for name, border in zip(SIDES, borders, strict=True):
        setattr(made, name, _side(*border))
    return made


def _side(style: str, color: str) -> Side:
    if not style:
        return Side()
    return Side(style, f"FF{color}" if color else Color(auto=True))  # type: ignore[arg-type]  # a closed list there

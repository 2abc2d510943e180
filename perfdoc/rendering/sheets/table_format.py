"""The formats of the tables of a Word file: their grid, borders, cells and rows, and the page they stand on."""

from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree

from perfdoc.rendering.sheets.text_format import Styles, W, is_on, number, value
from perfdoc.rendering.workbook.sheet import NO_BORDER, Border, Page

_STYLES = {"double": "double", "dotted": "dotted", "dashed": "dashed", "dotDash": "dashDot", "dotDotDash": "dashDotDot"}
_NONE = ("nil", "none")
_COLUMN = 60
"""Points of a grid column that says no width (17.4.16): Word fits it to its text."""
_VERTICAL = {"tbRl": 255, "tbRlV": 255, "tbLrV": 255, "tbV": 255, "btLr": 90, "lrTbV": 0, "lrTb": 0}
"""Directions of text (17.18.93) as a worksheet turns it: 255 is upright letters, one below the other (18.8.1)."""


class TableFormat(NamedTuple):
    """A table: the edges of its grid in points from the left, and its borders by name (`insideH` among them)."""

    edges: tuple[float, ...]
    borders: Mapping[str, Border]


class RowFormat(NamedTuple):
    """A row: its least height in points (its only one, where `exact`), if it is repeated, columns left out before."""

    height: float = 0
    exact: bool = False
    header: bool = False
    before: int = 0


class CellFormat(NamedTuple):
    """A cell: columns it spans, its part in a vertical merge (`restart`, `continue` or ""), its own borders, …"""

    span: int = 1
    merge: str = ""
    borders: tuple[tuple[str, Border], ...] = ()
    vertical: str = "top"
    rotation: int = 0
    fill: str = ""


def table_format(table: etree._Element, styles: Styles) -> TableFormat:
    """The format of a table by its styles and its own properties."""
    borders: dict[str, Border] = {}
    for properties in styles.table(table.find(f"{W}tblPr")):
        borders.update(_borders(properties.find(f"{W}tblBorders")))
    edges = [0.0]
    for column in table.iterfind(f"{W}tblGrid/{W}gridCol"):
        edges.append(edges[-1] + max(number(column.get(f"{W}w")) or _COLUMN, 1))
    return TableFormat(tuple(edges), borders)


def row_format(row: etree._Element) -> RowFormat:
    """The format of a row by its properties."""
    properties = row.find(f"{W}trPr")
    if properties is None:
        return RowFormat()
    height, header = properties.find(f"{W}trHeight"), properties.find(f"{W}tblHeader")
    before = properties.find(f"{W}gridBefore")
    return RowFormat(
        0 if height is None else number(height.get(f"{W}val")),
        height is not None and height.get(f"{W}hRule") == "exact",
        header is not None and is_on(header.get(f"{W}val"), True),
        0 if before is None else int(number(before.get(f"{W}val"), 1)),
    )


def cell_format(cell: etree._Element) -> CellFormat:
    """The format of a cell by its properties."""
    properties = cell.find(f"{W}tcPr")
    if properties is None:
        return CellFormat()
    merge, vertical = properties.find(f"{W}vMerge"), value(properties, "vAlign")
    shading = properties.find(f"{W}shd")
    fill = "" if shading is None else shading.get(f"{W}fill", "")
    return CellFormat(
        max(1, int(number(value(properties, "gridSpan"), 1))),
        "" if merge is None else merge.get(f"{W}val", "continue"),
        tuple(_borders(properties.find(f"{W}tcBorders")).items()),
        vertical if vertical in ("center", "bottom") else "top",
        _VERTICAL.get(value(properties, "textDirection"), 0),
        fill.upper() if len(fill) == 6 and fill.upper() != "FFFFFF" else "",
    )


def page_of(section: etree._Element | None) -> Page:
    """The page of a section's properties (17.6)."""
    if section is None:
        return Page()
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    usual = Page()
    width, height = usual.width, usual.height
    if size is not None:
        width, height = number(size.get(f"{W}w")) or width, number(size.get(f"{W}h")) or height
    if margins is None:
        return Page(width, height)
    left, right, top, bottom, header, footer = (
        number(margins.get(f"{W}{name}")) for name in ("left", "right", "top", "bottom", "header", "footer")
    )
    return Page(width, height, (left, right, abs(top), abs(bottom), header, footer))


def _borders(group: etree._Element | None) -> dict[str, Border]:
    found: dict[str, Border] = {}
    for one in () if group is None else group.iterchildren(etree.Element):
        name = str(one.tag).removeprefix(W)
        found[{"start": "left", "end": "right"}.get(name, name)] = _border(one)
    return found


def _border(line: etree._Element) -> Border:
    kind, color = line.get(f"{W}val", "none"), line.get(f"{W}color", "auto")
    if kind in _NONE:
        return NO_BORDER
    width = number(line.get(f"{W}sz"), 8)
    solid = "thin" if width <= 1 else "medium" if width <= 2 else "thick"
    return _STYLES.get(kind, solid), color.upper() if len(color) == 6 else ""

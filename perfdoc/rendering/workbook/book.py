"""A workbook written by openpyxl: every text is a text, every style is made once, no clock gets into the file.

Setting font, border and alignment cell by cell takes three quarters of the time that a workbook needs.
"""

import tempfile
import zipfile
from datetime import UTC, datetime
from itertools import pairwise
from typing import Literal

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.rich_text import CellRichText
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Color, PatternFill, Side
from openpyxl.styles import Border as Borders
from openpyxl.styles import Font as CellFont
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from perfdoc.layout import TRACE, Trace
from perfdoc.rendering.archive import archive, packed
from perfdoc.rendering.characters import MOST_TEXT, escaped
from perfdoc.rendering.template_file import APP, CORE, app, undated
from perfdoc.rendering.workbook.sheet import SIDES, Border, CellStyle, Font, Page, Range, Sheet, SheetCell

_PAPERS = {(297, 420): 8, (210, 297): 9, (148, 210): 11, (250, 353): 12, (182, 257): 13, (216, 279): 1, (216, 356): 5}
"""Millimetres of a sheet of paper, upright → its number (18.3.1.63): A3, A4, A5, B4, B5, letter, legal."""
_POINT = 4 / 3
"""Pixels of a point; eight of them, a digit of 宋体 11, are the unit of a column's width (18.3.1.13)."""
_NORMAL = Font("宋体", 11)
"""The workbook's own font, as in a Chinese Excel."""
_TYPES = "[Content_Types].xml"
_MOST_LINKS = 65_530
"""Links that a sheet may have in Excel; cells after that many are plain texts."""


class Book:
    """A workbook that grows by a sheet at a time; `finish` makes its bytes."""

    def __init__(self, title: str, form: str, trace: Trace | None = None) -> None:
        self._form = form
        self._book = Workbook()
        self._book.remove(self._book.worksheets[0])
        self._book.properties.title = title
        if trace is not None:
            said = StringProperty(name=TRACE, value=str(trace))
            self._book.custom_doc_props.append(said)  # type: ignore[attr-defined]  # its stubs are older than it
        self._book._named_styles["Normal"].font = font_of(_NORMAL)  # type: ignore[attr-defined]  # no public name
        self._styles = CellStyles()
        self._links = 0

    def add(self, sheet: Sheet) -> None:
        """Write one more sheet. ContentLostError for a text that is too long for a cell."""
        self._links = 0
        made = self._book.create_sheet(sheet.name)
        made.sheet_view.tabSelected = len(self._book.worksheets) == 1
        for number, row in enumerate(sheet.rows, 1):
            made.row_dimensions[number].height = _rounded(row.height)
            for cell in row.cells:
                self._write(made, number, cell)
        # A list in place of openpyxl's set of ranges, which has no order and takes longer to make than to write.
        made.merged_cells = [_reference(one) for one in sorted(sheet.merges)]
        _set_up(made, sheet)
        for name, at in sheet.marks:
            place = f"{quote_sheetname(made.title)}!$A${at}"
            self._book.defined_names[name] = DefinedName(name, attr_text=place)

    def finish(self, moment: int | None) -> bytes:
        """The file, dated `moment` (seconds since 1970 in UTC) where given; the same bytes for the same sheets."""
        properties = self._book.properties
        properties.creator = None
        if moment is not None:
            properties.created = properties.modified = datetime.fromtimestamp(moment, UTC)
        with tempfile.TemporaryFile() as file:
            ExcelWriter(self._book, zipfile.ZipFile(file, "w")).save()
            with zipfile.ZipFile(file) as written:
                names = sorted(written.namelist(), key=lambda name: name != _TYPES)
                members = [packed(name, (self._part(name, written.read(name), moment),)) for name in names]
        return archive(members, moment)

    def _part(self, name: str, content: bytes, moment: int | None) -> bytes:
        """A part without what openpyxl says of itself and of the time."""
        if name == APP:
            return app(self._form)
        return undated(content) if name == CORE and moment is None else content

    def _write(self, sheet: Worksheet, row: int, cell: SheetCell) -> None:
        for column in range(cell.column, cell.column + cell.span):
            made = sheet.cell(row, column)
            self._styles.apply(cell.style, made)
            if column == cell.column and cell.text and isinstance(made, Cell):
                _fill(made, cell)
                if cell.link and self._links < _MOST_LINKS:
                    self._links += 1
                    made.hyperlink = cell.link
                    self._styles.apply(cell.style, made)  # openpyxl gives the cell its own style of links


def _reference(cells: Range) -> str:
    return f"{get_column_letter(cells.left)}{cells.top}:{get_column_letter(cells.right)}{cells.bottom}"


def _fill(into: Cell, cell: SheetCell) -> None:
    """Write a cell's text, whatever openpyxl would take it for: `=1+1` and `#N/A` are texts.

    Several parts are a run each, an empty one too. Only a rich text may be longer than Excel's limit, as a text is
    whose escapes make it so.
    """
    if cell.style.number:
        into.value, into.data_type = cell.text, "n"
        return
    text = escaped(cell.text)
    parts = tuple(map(escaped, cell.parts)) or ((text,) if len(text) > MOST_TEXT else ())
    into.value, into.data_type = CellRichText(parts) if parts else text, "s"


def _set_up(made: Worksheet, sheet: Sheet) -> None:
    """Widths, what stays in view, and the printed page: fit to one page's width (18.3.1.62, 18.3.1.63)."""
    for column, points in enumerate(sheet.widths, 1):
        made.column_dimensions[get_column_letter(column)].width = _rounded(points * _POINT / 8)
    made.sheet_view.showGridLines = False
    if sheet.frozen:
        made.freeze_panes = f"A{sheet.frozen + 1}"
    whole = f"A1:{get_column_letter(len(sheet.widths))}{max(1, len(sheet.rows))}"
    made.print_area = whole
    if sheet.filtered:
        made.auto_filter.ref = whole
    heads = _first_run([at for at, row in enumerate(sheet.rows, 1) if row.header])
    if heads:
        made.print_title_rows = f"{heads[0]}:{heads[-1]}"
    made.print_options.horizontalCentered = True
    made.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    made.page_setup.fitToHeight = 0
    _page(made, sheet.page)


def _page(made: Worksheet, page: Page) -> None:
    """Paper and margins; openpyxl has these in inches."""
    for name, points in zip(("left", "right", "top", "bottom", "header", "footer"), page.margins, strict=True):
        setattr(made.page_margins, name, _rounded(points / 72))
    short, long = sorted(round(side / 72 * 25.4) for side in (page.width, page.height))
    paper = next((n for (a, b), n in _PAPERS.items() if abs(a - short) < 3 and abs(b - long) < 3), 9)
    made.page_setup.paperSize = paper
    made.page_setup.orientation = "landscape" if page.width > page.height else "portrait"


def _first_run(rows: list[int]) -> list[int]:
    """The first rows that follow one another: a sheet repeats no others."""
    end = next((at for at, (one, other) in enumerate(pairwise(rows), 1) if other != one + 1), len(rows))
    return rows[:end]


def _rounded(number: float) -> float:
    """A length with four digits, as Excel writes them."""
    return float(f"{number:.4g}")


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

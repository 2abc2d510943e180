"""A summary as a workbook (ECMA-376 part 1, 18): a sheet a table, numbers as numbers, the head frozen and repeated.

Texts stand in their cells (`inlineStr`, 18.18.11), so that no text can be taken for a formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from xml.sax.saxutils import escape

from perfdoc.render.package import archive, encoded, moment_of_build, packed
from perfdoc.report import column_letters
from perfdoc.summary.tables import Cell, Table
from perfdoc.visible import width

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TEXT, _NUMBER, _AMOUNT, _TITLE, _SUM_TEXT, _SUM_NUMBER, _SUM_AMOUNT = range(7)
_UNHOLDABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_MOST_TEXT = 32_767  # characters of a cell; more, and Excel repairs the file
_WIDEST = 60
_EXACT = 15  # digits that a cell's number has (IEEE 754); what has more is a text


def workbook(tables: Sequence[Table]) -> bytes:
    """The file; the same bytes for the same tables (`SOURCE_DATE_EPOCH` dates the zip)."""
    sheets = [(f"xl/worksheets/sheet{at}.xml", _sheet(table)) for at, table in enumerate(tables, 1)]
    parts = (
        ("[Content_Types].xml", _types([name for name, _ in sheets])),
        ("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])),
        ("xl/workbook.xml", _workbook(tables)),
        ("xl/_rels/workbook.xml.rels", _relations(
            [*(("worksheet", name.removeprefix("xl/")) for name, _ in sheets), ("styles", "styles.xml")]
        )),
        ("xl/styles.xml", _styles()),
    )  # fmt: skip
    members = [packed(name, [text.encode()]) for name, text in parts]
    return archive([*members, *(packed(name, encoded(pieces)) for name, pieces in sheets)], moment_of_build())


def _sheet(table: Table) -> Iterator[str]:
    yield f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>'
    yield '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    yield "</sheetView></sheetViews><cols>"
    for column, wide in enumerate(_widths(table), 1):
        yield f'<col min="{column}" max="{column}" width="{wide}" customWidth="1"/>'
    yield "</cols><sheetData>" + _row(1, table.heads, _TITLE)
    for number, row in enumerate(table.rows, 2):
        yield _row(number, row, _SUM_TEXT if number - 2 >= len(table.rows) - table.sums else _TEXT)
    yield '</sheetData><pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
    yield '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'


def _row(number: int, row: Sequence[Cell], style: int) -> str:
    cells = (_cell(f"{column_letters(at)}{number}", cell, style) for at, cell in enumerate(row, 1))
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(where: str, cell: Cell, style: int) -> str:
    if isinstance(cell, int | Decimal) and len(Decimal(cell).as_tuple().digits) <= _EXACT:
        style += _NUMBER if isinstance(cell, int) else _AMOUNT
        return (
            f'<c r="{where}" s="{style}"><v>{cell:f}</v></c>'
            if isinstance(cell, Decimal)
            else (f'<c r="{where}" s="{style}"><v>{cell}</v></c>')
        )
    text = _ESCAPE.sub("_x005F_", _UNHOLDABLE.sub("\ufffd", "" if cell is None else str(cell)))[:_MOST_TEXT]
    if not text:
        return f'<c r="{where}" s="{style}"/>'
    return f'<c r="{where}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def _widths(table: Table) -> Iterator[int]:
    for at, head in enumerate(table.heads):
        texts = (head, *("" if row[at] is None else f"{row[at]}" for row in table.rows))
        yield min(_WIDEST, max(map(width, texts)) + 3)


def _workbook(tables: Sequence[Table]) -> str:
    sheets = "".join(
        f'<sheet name="{escape(re.split("[（(]", table.title)[0].strip(), {chr(34): "&quot;"})[:31]}" '
        f'sheetId="{at}" r:id="rId{at}"/>'
        for at, table in enumerate(tables, 1)
    )
    titles = "".join(
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{at}">'
        f"'{escape(re.split('[（(]', table.title)[0].strip())[:31]}'!$1:$1</definedName>"
        for at, table in enumerate(tables)
    )
    return (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets>'
        f"<definedNames>{titles}</definedNames></workbook>"
    )


def _styles() -> str:
    """Text, whole number, amount; then bold with a fill, for heads and totals (18.8)."""
    fonts = '<font><sz val="10"/><name val="宋体"/></font><font><b/><sz val="10"/><name val="宋体"/></font>'
    fills = (
        '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
        '<fill><patternFill patternType="solid"><fgColor rgb="FFEEF0F3"/></patternFill></fill>'
    )
    thin = "".join(f'<{side} style="thin"/>' for side in ("left", "right", "top", "bottom"))
    formats = "".join(
        f'<xf numFmtId="{form}" fontId="{bold}" fillId="{2 * bold}" borderId="1" xfId="0" applyNumberFormat="1" '
        f'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" '
        f'wrapText="{1 if form == 49 else 0}"/></xf>'
        for form, bold in ((49, 0), (3, 0), (164, 0), (49, 1), (49, 1), (3, 1), (164, 1))
    )
    return (
        f'{_HEAD}<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="#,##0.00####"/>'
        f'</numFmts><fonts count="2">{fonts}</fonts><fills count="3">{fills}</fills><borders count="2"><border/>'
        f'<border>{thin}</border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="7">{formats}'
        '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    each = "".join(
        f'<Relationship Id="rId{at}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'


def _types(sheets: Sequence[str]) -> str:
    named = [(f"/{name}", "worksheet") for name in sheets]
    each = "".join(
        f'<Override PartName="{name}" ContentType="{_TYPE}.{kind}+xml"/>'
        for name, kind in (("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles"), *named)
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{each}</Types>'
    )

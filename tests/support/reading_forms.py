"""Forms as bureaus publish them, written as workbooks and as Word files, then read like received ones."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from xml.sax.saxutils import escape

import wordxml
from openpyxl import Workbook

from perfdoc.extraction import extract
from perfdoc.model import Project
from perfdoc.reading import read
from perfdoc.report import Reading, Role

Rows = Sequence[Sequence[str]]


def wide(columns: int, *cells: str) -> list[str]:
    """A row whose last cell spans all columns that are left."""
    return [*cells, *["<"] * (columns - len(cells))]


def workbook(rows: Rows) -> bytes:
    """A sheet of the rows: `<` widens the cell at its left, `^` continues the cell above."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text in ("<", "^"):
                continue
            sheet.cell(r + 1, c + 1).value = text or None
            right, below = c + _span(row, c) - 1, r
            while below + 1 < len(rows) and rows[below + 1][c] == "^":
                below += 1
            if right > c or below > r:
                sheet.merge_cells(start_row=r + 1, end_row=below + 1, start_column=c + 1, end_column=right + 1)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def word(lines: Sequence[str], rows: Rows) -> bytes:
    """A Word file of a few lines above one table of the rows."""
    made = []
    for r, row in enumerate(rows):
        made.append(wordxml.tr(*(_cell(rows, r, c) for c, text in enumerate(row) if text != "<")))
    body = "".join(wordxml.p(escape(line)) for line in lines)
    return wordxml.docx(body + wordxml.tbl(*made, columns=max(map(len, rows))) + wordxml.p())


def _span(row: Sequence[str], column: int) -> int:
    span = 1
    while column + span < len(row) and row[column + span] == "<":
        span += 1
    return span


def _cell(rows: Rows, r: int, c: int) -> str:
    text, marks = rows[r][c], f'<w:gridSpan w:val="{_span(rows[r], c)}"/>'
    if text == "^":
        return wordxml.tc(properties=f"{marks}<w:vMerge/>")
    if r + 1 < len(rows) and rows[r + 1][c] == "^":
        marks += '<w:vMerge w:val="restart"/>'
    return wordxml.tc(*map(escape, text.split("\n")), properties=marks)


def readings(lines: Sequence[str], rows: Rows) -> list[Reading]:
    """The same form read from a workbook and from a Word file."""
    sheet = [wide(max(map(len, rows)), line) for line in lines]
    files = {"form.xlsx": workbook([*sheet, *rows]), "form.docx": word(lines, rows)}
    return [extract(read(content, name), {}) for name, content in files.items()]


def project(lines: Sequence[str], rows: Rows) -> Project:
    """The one project of a form, alike in a workbook and in Word, with nothing doubtful and no text left over."""
    first, second = readings(lines, rows)
    for reading in (first, second):
        assert [str(one) for one in reading.diagnostics] == []
        assert [c.text for c in reading.claims if c.role in (Role.unclaimed, Role.outside)] == []
    assert first.document.projects == second.document.projects
    (one,) = first.document.projects
    return one

"""Workbooks for tests, written part by part, so that nothing but the tests decides what is in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from perfdoc.layout import Grid, Layout, Paragraph
from perfdoc.reading import read

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """The parts as a zip."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def relationships(*related: tuple[str, str, str]) -> str:
    """A relationships part from (id, kind, target)."""
    items = "".join(f'<Relationship Id="{i}" Type="{RELATIONS}/{k}" Target="{t}"/>' for i, k, t in related)
    return f'<Relationships xmlns="{PACKAGE}">{items}</Relationships>'


def parts(
    rows: str,
    *,
    after: str = "",
    before: str = "",
    strings: str = "",
    formats: tuple[str, ...] = (),
    book: str = "",
    namespace: str = MAIN,
) -> dict[str, str]:
    """The parts of a workbook of one sheet `表`: `rows` in its sheetData, style n has `formats[n - 1]`."""
    relations = RELATIONS if namespace == MAIN else "http://purl.oclc.org/ooxml/officeDocument/relationships"
    codes = "".join(f'<numFmt numFmtId="{164 + n}" formatCode="{escaped(code)}"/>' for n, code in enumerate(formats))
    styles = "".join(f'<xf numFmtId="{164 + n}"/>' for n in range(len(formats)))
    sheet = f"{before}<sheetData>{rows}</sheetData>{after}"
    main = f'<sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets>{book}'
    made = {
        "_rels/.rels": relationships(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{namespace}" xmlns:r="{relations}">{main}</workbook>',
        "xl/_rels/workbook.xml.rels": relationships(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "styles", "styles.xml"),
            *([("rId3", "sharedStrings", "sharedStrings.xml")] if strings else []),
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{namespace}">{sheet}</worksheet>',
        "xl/styles.xml": f'<styleSheet xmlns="{namespace}"><numFmts>{codes}</numFmts>'
        f'<cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>',
    }
    if strings:
        made["xl/sharedStrings.xml"] = f'<sst xmlns="{namespace}">{strings}</sst>'
    return made


def escaped(text: str) -> str:
    """Text for an attribute or an element."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def text_cell(place: str, text: str) -> str:
    """A cell with its text in it."""
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escaped(text)}</t></is></c>'


def sheet_of(made: Mapping[str, str | bytes]) -> Layout:
    """The Layout of a workbook given by its parts."""
    return read(packed(made), "t.xlsx")


def grid_of(layout: Layout) -> Grid:
    """The only grid."""
    (grid,) = layout.grids()
    return grid


def texts(layout: Layout) -> list[list[str]]:
    """The texts of the only grid, row by row."""
    return [[cell.text for cell in row.cells] for row in grid_of(layout).rows]


def said(layout: Layout) -> list[tuple[str, str]]:
    """Code and place, without the file, of each diagnostic."""
    return [(d.code, str(d.place).removeprefix(layout.file).removeprefix(":")) for d in layout.diagnostics]


def stories(layout: Layout) -> list[tuple[str, str]]:
    """Story and text of each paragraph."""
    return [(block.story, block.text) for block in layout.blocks if isinstance(block, Paragraph)]

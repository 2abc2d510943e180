"""Word files written by hand for tests of forms: paragraphs, tables on twelve columns, a package around them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WIDTH = 12
MOMENT = (1980, 1, 1, 0, 0, 0)


class Cell(NamedTuple):
    """A cell: its lines, and `restart` or `continue` where it is merged down."""

    lines: tuple[str, ...]
    merge: str = ""


def paragraph(text: str, marks: Sequence[str] = (), split: int = 0, style: str = "") -> str:
    """A paragraph; its text in two runs where `split` says so, stand-in bookmarks around it."""
    starts = "".join(f'<w:bookmarkStart w:id="{n}" w:name="{one}"/>' for n, one in enumerate(marks))
    ends = "".join(f'<w:bookmarkEnd w:id="{n}"/>' for n in range(len(marks)))
    pieces = [text[:split], text[split:]] if split else [text]
    look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    runs = "".join(f'<w:r>{look}<w:t xml:space="preserve">{escape(one)}</w:t></w:r>' for one in pieces if one)
    return f"<w:p>{starts}{runs}{ends}</w:p>"


def table(rows: Sequence[Sequence[Cell]]) -> str:
    """A table on twelve columns; a row's last cell takes those that are left."""
    made = []
    for row in rows:
        cells = []
        side = bool(row[0].merge)  # a label at the side is as wide in each row
        for n, cell in enumerate(row):
            left = len(row) - side
            span = 1 if side and n == 0 else (WIDTH - side) // left
            if n == len(row) - 1:
                span = WIDTH - side - (left - 1) * ((WIDTH - side) // left)
            merge = {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}[cell.merge]
            lines = "".join(map(paragraph, cell.lines)) or "<w:p/>"
            cells.append(f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{merge}</w:tcPr>{lines}</w:tc>')
        made.append(f"<w:tr>{''.join(cells)}</w:tr>")
    grid = "<w:tblGrid>" + '<w:gridCol w:w="720"/>' * WIDTH + "</w:tblGrid>"
    return f'<w:tbl><w:tblPr><w:tblW w:w="8640" w:type="dxa"/></w:tblPr>{grid}{"".join(made)}</w:tbl>'


def package(body: str, *, complete: bool) -> bytes:
    """A Word file of a body; a complete one has properties and styles."""
    kind, main = "application/vnd.openxmlformats-", "officedocument.wordprocessingml.document.main+xml"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}{main}"/>'
        + (
            f'<Override PartName="/docProps/app.xml" ContentType="{kind}officedocument.extended-properties+xml"/>'
            * complete
        )
        + "</Types>",
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="word/document.xml"/>'
        + (f'<Relationship Id="rId2" Type="{office}/extended-properties" Target="docProps/app.xml"/>' * complete)
        + "</Relationships>",
        "word/document.xml": f'<w:document xmlns:w="{SPACE}"><w:body>{body}<w:sectPr/></w:body></w:document>',
    }
    if complete:
        space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
        parts["docProps/app.xml"] = f'<Properties xmlns="{space}"><Application>WPS Office</Application></Properties>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, MOMENT), text)
    return out.getvalue()

"""Word files written as raw XML, part by part, for tests of the reader."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from perfdoc.layout import Grid, Layout, Paragraph
from perfdoc.reading import read

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_NAMESPACES = {
    "r": f"{_OFFICE}/relationships",
    "m": f"{_OFFICE}/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)


def relationships(*targets: tuple[str, str, str]) -> str:
    """A relationships part of (id, kind, target)."""
    inner = "".join(
        f'<Relationship Id="{i}" Type="{_OFFICE}/relationships/{kind}" Target="{target}"/>'
        for i, kind, target in targets
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def part(root: str, content: str, namespace: str = W) -> str:
    """A part `w:root` with the namespaces that Word declares."""
    declared = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} xmlns:w="{namespace}"{declared}>{content}</w:{root}>'


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def docx(body: str, parts: Mapping[str, str] | None = None, namespace: str = W, program: str = "") -> bytes:
    """A Word file with this body, saved by `program`. `parts` are further parts of the folder `word`: name → content.

    A part stands in the relationship of its name (`header1` in `header`), under an id equal to its name.
    """
    kinds = {name: name.rstrip("0123456789") for name in parts or {}}
    roots = {"header": "hdr", "footer": "ftr"}
    targets = [(name, kind, f"{name}.xml") for name, kind in kinds.items()]
    app = f"<Properties><Application>{program}</Application></Properties>"
    return zipped(
        ({"docProps/app.xml": app} if program else {})
        | {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": relationships(("r1", "officeDocument", "word/document.xml")),
            "word/_rels/document.xml.rels": relationships(*targets),
            "word/document.xml": part("document", f"<w:body>{body}</w:body>", namespace),
        }
        | {
            f"word/{name}.xml": part(roots.get(kinds[name], name), content, namespace)
            for name, content in (parts or {}).items()
        }
    )


def layout(body: str, parts: Mapping[str, str] | None = None, track_changes: str = "accept") -> Layout:
    """What is read from a Word file with this body."""
    return read(docx(body, parts), "f.docx", track_changes=track_changes)


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*inner: str, properties: str = "") -> str:
    """A paragraph; what is no element is a run of text."""
    runs = "".join(each if each.startswith("<") else run(each) for each in inner)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def tc(*inner: str, properties: str = "") -> str:
    """A cell; what is no element is a paragraph, and there is always one."""
    content = "".join(each if each.startswith("<") else p(each) if each else p() for each in inner) or p()
    return f'<w:tc><w:tcPr><w:tcW w:w="1000" w:type="dxa"/>{properties}</w:tcPr>{content}</w:tc>'


def tr(*cells: str, properties: str = "") -> str:
    """A row; what is no element is a cell."""
    content = "".join(each if each.startswith("<") else tc(each) for each in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{content}</w:tr>"


def tbl(*rows: str, columns: int = 0) -> str:
    """A table; programs that lay it out want to know its columns."""
    grid = '<w:gridCol w:w="1000"/>' * columns
    width = '<w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
    return f"<w:tbl>{width}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def text_of(body: str, parts: Mapping[str, str] | None = None) -> str:
    """The text of the first paragraph of a body."""
    return paragraphs(layout(body, parts))[0].text


def paragraphs(found: Layout) -> list[Paragraph]:
    """The paragraphs of a layout."""
    return [block for block in found.blocks if isinstance(block, Paragraph)]


def texts(found: Layout) -> list[str]:
    """The texts of its paragraphs."""
    return [paragraph.text for paragraph in paragraphs(found)]


def cells(grid: Grid) -> list[list[tuple[int, str]]]:
    """(column, text) of the cells of a grid, row by row."""
    return [[(cell.column, cell.text) for cell in row.cells] for row in grid.rows]


def codes(found: Layout) -> list[str]:
    """The codes of what was said of a file."""
    return [diagnostic.code for diagnostic in found.diagnostics]


def text_box(content: str) -> str:
    """A run with a text box as Word writes it: a DrawingML shape, and the same in VML for older programs."""
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp>'
        f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline>"
        "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"<w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )

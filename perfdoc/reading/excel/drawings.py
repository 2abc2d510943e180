"""What lies over or beside the cells of a worksheet: comments, text boxes, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from perfdoc.layout import Paragraph
from perfdoc.reading import codes
from perfdoc.reading.excel.diagnostics import Diagnostics, say_comment
from perfdoc.reading.excel.grid import range_of
from perfdoc.reading.excel.strings import plain
from perfdoc.reading.package import Package, Relationship
from perfdoc.report import Severity

MAX_SHAPES = 10_000
_OPEN_BREAK = re.compile(rb"<br\s*>", re.IGNORECASE)
_NOT_READ = {"image": "picture", "chart": "chart", "oleObject": "embedded object", "package": "embedded file"}
_SHAPE_TEXT = ("sp", "cxnSp")


def read_drawings(package: Package, part: str, sheet: str, diagnostics: Diagnostics) -> list[Paragraph]:
    """Text boxes of a worksheet as paragraphs; its comments and what can't be read as diagnostics."""
    related = [one for one in package.relationships(part) if not one.external]
    threaded = [one for one in related if one.kind == "threadedComment"]
    at = {ref for one in threaded for ref in _threaded(package, one, sheet, diagnostics)}
    boxes: list[Paragraph] = []
    for one in related:
        if one.kind in ("comments", "drawing", "vmlDrawing") and one.target not in package:
            message = f"the sheet refers to {one.target}, which the file does not hold"
            diagnostics.add(codes.DAMAGED, Severity.warning, message, diagnostics.at(sheet))
        elif one.kind == "comments":
            _comments(package, one, sheet, diagnostics, at)
        elif one.kind == "drawing":
            boxes.extend(_boxes(package, one.target, sheet, diagnostics))
    known = {box.text for box in boxes}
    for one in related:
        if one.kind == "vmlDrawing" and one.target in package:
            boxes.extend(box for box in _legacy_boxes(package, one.target, sheet, diagnostics) if box.text not in known)
    _say_not_read(related, sheet, diagnostics)
    return boxes


def _say_not_read(related: list[Relationship] | tuple[Relationship, ...], sheet: str, diagnostics: Diagnostics) -> None:
    for kind, name in _NOT_READ.items():
        count = sum(one.kind == kind for one in related)
        if count:
            message = f"{count} {name}{'s' if count > 1 else ''} on this sheet: not read"
            diagnostics.add(codes.PICTURE, Severity.info, message, diagnostics.at(sheet))


def _string(element: etree._Element | None) -> str:
    """The text of a string item (18.4): its runs without the phonetic ones."""
    if element is None:
        return ""
    pieces = element.iterfind("{*}t"), element.iterfind("{*}r/{*}t")
    return plain("".join(t.text or "" for found in pieces for t in found))


def _comments(package: Package, one: Relationship, sheet: str, diagnostics: Diagnostics, skip: set[str]) -> None:
    root = package.tree(one.target)
    authors = [author.text or "" for author in root.iterfind("{*}authors/{*}author")]
    for comment in root.iterfind("{*}commentList/{*}comment"):
        reference = comment.get("ref", "")
        if reference in skip:
            continue  # the old form of a threaded comment, which only says so
        author = comment.get("authorId", "")
        who = authors[int(author)] if author.isdecimal() and int(author) < len(authors) else ""
        _say_comment(sheet, reference, who, _string(comment.find("{*}text")), diagnostics)


def _threaded(package: Package, one: Relationship, sheet: str, diagnostics: Diagnostics) -> Iterator[str]:
    """Comments of Excel 365 ([MS-XLSX] 2.6.205); yields the cells that they hang at."""
    if one.target not in package:
        return
    for comment in package.tree(one.target).iterfind("{*}threadedComment"):
        reference = comment.get("ref", "")
        text = comment.find("{*}text")
        _say_comment(sheet, reference, "", plain(text.text or "") if text is not None else "", diagnostics)
        yield reference


def _say_comment(sheet: str, reference: str, who: str, text: str, diagnostics: Diagnostics) -> None:
    found = range_of(reference)
    place = diagnostics.at(sheet, found.top, found.left) if found else diagnostics.at(sheet)
    say_comment(place, who, text, diagnostics)


def _boxes(package: Package, part: str, sheet: str, diagnostics: Diagnostics) -> Iterator[Paragraph]:
    """The paragraphs of the shapes of a drawing (20.5), each at the cell where its shape begins."""
    root = package.tree(part)
    seen = 0
    for anchor in root:
        row, column = _corner(anchor)
        place = diagnostics.at(sheet, row, column)._replace(part="text box")
        for shape in _shapes(anchor):
            seen += 1
            if seen > MAX_SHAPES:
                raise package.unreadable(f"{part} has more than {MAX_SHAPES} shapes")
            for paragraph in shape.iterfind("{*}txBody/{*}p"):
                text = "".join(_paragraph(paragraph)).strip("\n")
                if text.strip():
                    yield Paragraph(text, place, story="textbox")
    _say_not_read(package.relationships(part), sheet, diagnostics)


def _shapes(element: etree._Element) -> Iterator[etree._Element]:
    """Shapes below an element, groups opened; of alternatives (part 3, 7.5) the first that has any."""
    for child in element:
        if not isinstance(child.tag, str):
            continue
        name = etree.QName(child).localname
        if name in _SHAPE_TEXT:
            yield child
        elif name == "AlternateContent":
            for branch in child:
                found = list(_shapes(branch))
                yield from found
                if found:
                    break
        elif name in ("grpSp", "Choice", "Fallback") or name.endswith("Anchor"):
            yield from _shapes(child)


def _paragraph(paragraph: etree._Element) -> Iterator[str]:
    for child in paragraph:
        if isinstance(child.tag, str):
            name = etree.QName(child).localname
            if name == "br":
                yield "\n"
            elif name in ("r", "fld"):
                yield from (t.text or "" for t in child.iterfind("{*}t"))


def _corner(anchor: etree._Element) -> tuple[int, int]:
    """Row and column of the cell where an anchor begins; (0, 0) for one that is not bound to cells."""
    row, column = anchor.findtext("{*}from/{*}row"), anchor.findtext("{*}from/{*}col")
    if row and column and row.strip().isdecimal() and column.strip().isdecimal():
        return int(row) + 1, int(column) + 1
    return 0, 0


def _legacy_boxes(package: Package, part: str, sheet: str, diagnostics: Diagnostics) -> Iterator[Paragraph]:
    """Texts of old controls and boxes (VML); those of comments stand in the comments' part.

    Excel leaves `<br>` open in it, as in HTML; whatever else is wrong is parsed leniently.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root = etree.fromstring(_OPEN_BREAK.sub(b"<br/>", package.read(part)) or b"<xml/>", parser)
    if root is None:
        return
    for shape in root.iter("{urn:schemas-microsoft-com:vml}shape"):
        client = shape.find("{urn:schemas-microsoft-com:office:excel}ClientData")
        if client is not None and client.get("ObjectType") == "Note":
            continue
        for box in shape.iter("{urn:schemas-microsoft-com:vml}textbox"):
            text = "".join(str(piece) for piece in box.itertext()).strip()
            if text:
                row, column = _legacy_corner(client)
                yield Paragraph(text, diagnostics.at(sheet, row, column)._replace(part="text box"), story="textbox")


def _legacy_corner(client: etree._Element | None) -> tuple[int, int]:
    """The cell of `x:Anchor`: its first and third number are the left column and the top row."""
    anchor = client.findtext("{urn:schemas-microsoft-com:office:excel}Anchor") if client is not None else ""
    numbers = [piece.strip() for piece in (anchor or "").split(",")]
    if len(numbers) >= 3 and numbers[0].isdecimal() and numbers[2].isdecimal():
        return int(numbers[2]) + 1, int(numbers[0]) + 1
    return 0, 0

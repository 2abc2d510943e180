"""What lies over or beside the cells of a worksheet: comments, text boxes, pictures."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from lxml import etree

from perfdoc.layout import Paragraph
from perfdoc.reading import codes
from perfdoc.reading.excel.diagnostics import Diagnostics
from perfdoc.reading.excel.grid import range_of
from perfdoc.reading.excel.strings import plain
from perfdoc.reading.excel.xml_part import is_true
from perfdoc.reading.package import Package, Relationship
from perfdoc.reading.threads import Remark, moment
from perfdoc.report import Place, Reply, Severity
from perfdoc.texts import say

MAX_SHAPES = 10_000
_OPEN_BREAK = re.compile(rb"<br\s*>", re.IGNORECASE)
_NOT_READ = ("image", "chart", "oleObject", "package")
_VML, _EXCEL = "{urn:schemas-microsoft-com:vml}", "{urn:schemas-microsoft-com:office:excel}"


class Drawings:
    """The drawings of one sheet: its comments and what can't be read become diagnostics."""

    def __init__(self, package: Package, sheet: str, diagnostics: Diagnostics) -> None:
        self._package = package
        self._sheet = sheet
        self._diagnostics = diagnostics

    def boxes(self, part: str) -> list[Paragraph]:
        """The text boxes of the worksheet in that part as paragraphs."""
        related = [one for one in self._package.relationships(part) if not one.external]
        threaded = [one.target for one in related if one.kind == "threadedComment" and one.target in self._package]
        at = {ref for target in threaded for ref in self._threaded(target)}
        boxes: list[Paragraph] = []
        for one in related:
            if one.kind in ("comments", "drawing", "vmlDrawing") and one.target not in self._package:
                message = say("excel.refers", part=one.target)
                self._diagnostics.add(codes.DAMAGED, Severity.warning, message, self._diagnostics.at(self._sheet))
            elif one.kind == "comments":
                self._comments(one.target, at)
            elif one.kind == "drawing":
                boxes.extend(self._boxes(one.target))
        known = {box.text for box in boxes}
        for one in related:
            if one.kind == "vmlDrawing" and one.target in self._package:
                boxes.extend(box for box in self._legacy_boxes(one.target) if box.text not in known)
        self._say_not_read(related)
        return boxes

    def _say_not_read(self, related: Iterable[Relationship]) -> None:
        kinds = [one.kind for one in related]
        for kind in _NOT_READ:
            if count := kinds.count(kind):
                message = say(f"excel.not_read.{kind}", n=count)
                self._diagnostics.add(codes.PICTURE, Severity.info, message, self._diagnostics.at(self._sheet))

    def _comments(self, part: str, skip: set[str]) -> None:
        """Comments of a part, without the old forms of threaded ones, which only say that they are."""
        root = self._package.tree(part)
        authors = [author.text or "" for author in root.iterfind("{*}authors/{*}author")]
        for comment in root.iterfind("{*}commentList/{*}comment"):
            if comment.get("ref", "") in skip:
                continue
            author = comment.get("authorId", "")
            who = authors[int(author)] if author.isdecimal() and int(author) < len(authors) else ""
            # a string item (18.4): its runs without the phonetic ones
            pieces = (*comment.iterfind("{*}text/{*}t"), *comment.iterfind("{*}text/{*}r/{*}t"))
            self._say_comment(comment, who, "".join(piece.text or "" for piece in pieces))

    def _threaded(self, part: str) -> Iterator[str]:
        """Comments of Excel 365 ([MS-XLSX] 2.6.205); yields the cells that they hang at."""
        for comment in self._package.tree(part).iterfind("{*}threadedComment"):
            text, get = comment.findtext("{*}text") or "", comment.get
            said = Reply(self._persons.get(get("personId", ""), ""), moment(get("dT", "")), text)
            thread = Remark(said, self._at(comment), get("id", ""), get("parentId", ""), is_true(get("done")))
            self._say_comment(comment, "", text, thread)
            yield comment.get("ref", "")

    @cached_property
    def _persons(self) -> dict[str, str]:
        """Who writes threaded comments, by their ids ([MS-XLSX] 2.6.203)."""
        book = self._package.relationships(self._package.main_part() or "xl/workbook.xml")
        parts = [one.target for one in book if one.kind == "person" and one.target in self._package]
        every = (each for part in parts for each in self._package.tree(part).iterfind("{*}person"))
        return {each.get("id", ""): each.get("displayName", "") for each in every}

    def _at(self, comment: etree._Element) -> Place:
        found = range_of(comment.get("ref", ""))
        row, column = (found.top, found.left) if found else (0, 0)
        return self._diagnostics.at(self._sheet, row, column)

    def _say_comment(self, comment: etree._Element, who: str, text: str, thread: Remark | None = None) -> None:
        self._diagnostics.comment(self._at(comment), who, plain(text), thread)

    def _boxes(self, part: str) -> Iterator[Paragraph]:
        """The paragraphs of the shapes of a drawing (20.5), each at the cell where its shape begins."""
        seen = 0
        for anchor in self._package.tree(part):
            corner = anchor.findtext("{*}from/{*}row"), anchor.findtext("{*}from/{*}col")
            for shape in _shapes(anchor):
                seen += 1
                if seen > MAX_SHAPES:
                    raise self._package.unreadable("excel.many_shapes", part=part, most=MAX_SHAPES)
                for paragraph in shape.iterfind("{*}txBody/{*}p"):
                    text = "".join(_paragraph(paragraph)).strip("\n")
                    if text.strip():
                        yield self._box(text, *corner)
        self._say_not_read(self._package.relationships(part))

    def _box(self, text: str, row: str | None, column: str | None) -> Paragraph:
        """A text box at a row and column, written as they count from 0; at the sheet where it is bound to no cell."""
        row, column = (row or "").strip(), (column or "").strip()
        at = (int(row) + 1, int(column) + 1) if row.isdecimal() and column.isdecimal() else (0, 0)
        return Paragraph(text, self._diagnostics.at(self._sheet, *at)._replace(part="text box"), story="textbox")

    def _legacy_boxes(self, part: str) -> Iterator[Paragraph]:
        """Texts of old controls and boxes (VML); those of comments stand in the comments' part.

        Excel leaves `<br>` open in it, as in HTML; whatever else is wrong is parsed leniently.
        """
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
        root = etree.fromstring(_OPEN_BREAK.sub(b"<br/>", self._package.read(part)) or b"<xml/>", parser)
        for shape in root.iter(f"{_VML}shape") if root is not None else ():
            client = shape.find(f"{_EXCEL}ClientData")
            if client is not None and client.get("ObjectType") == "Note":
                continue
            # its first and third number are the left column and the top row
            anchor = (shape.findtext(f"{_EXCEL}ClientData/{_EXCEL}Anchor") or "").split(",")
            row, column = (anchor[2], anchor[0]) if len(anchor) > 2 else ("", "")
            for box in shape.iter(f"{_VML}textbox"):
                text = "".join(str(piece) for piece in box.itertext()).strip()
                if text:
                    yield self._box(text, row, column)


def _shapes(element: etree._Element) -> Iterator[etree._Element]:
    """Shapes below an element, groups opened; of alternatives (part 3, 7.5) the first that has any."""
    for child in element.iterchildren("{*}*"):
        name = etree.QName(child).localname
        if name in ("sp", "cxnSp"):
            yield child
        elif name == "AlternateContent":
            yield from next(filter(None, ([*_shapes(branch)] for branch in child)), [])
        elif name in ("grpSp", "Choice", "Fallback") or name.endswith("Anchor"):
            yield from _shapes(child)


def _paragraph(paragraph: etree._Element) -> Iterator[str]:
    for child in paragraph.iterchildren("{*}br", "{*}r", "{*}fld"):
        if etree.QName(child).localname == "br":
            yield "\n"
        else:
            yield from (t.text or "" for t in child.iterfind("{*}t"))

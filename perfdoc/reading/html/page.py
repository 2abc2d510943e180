"""A page's tree, walked once: paragraphs and tables in reading order."""

import re

from lxml import etree

from perfdoc.layout import Block, Grid, Paragraph
from perfdoc.reading import codes
from perfdoc.reading.html.elements import control, lays_out, row_groups, span_of, tag_of, text_of
from perfdoc.reading.html.placement import Given, GivenRow, place_cells
from perfdoc.reading.html.whitespace import Words
from perfdoc.reading.superscript import superscript
from perfdoc.report import Diagnostic, Place, Severity
from perfdoc.texts import say

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "ul",
))  # fmt: skip
_UNSEEN = frozenset((
    "head", "script", "style", "title", "meta", "link", "template", "noframes", "object", "applet", "xml",
    "colgroup", "col", "area",
))  # fmt: skip
_NOT_DISPLAYED = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden", re.IGNORECASE)
_STRUCK = re.compile(r"text-decoration[^;:]*:[^;]*line-through|text-line-through\s*:\s*(?!none)", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_OUTLINE = re.compile(r"mso-outline-level\s*:\s*([1-9])", re.IGNORECASE)
_MARGIN = re.compile(r"mso-element\s*:\s*(header|footer)", re.IGNORECASE)


class Page:
    """A page while it is walked; `blocks` and `diagnostics` are what came of it.

    `dropped` are the tags whose text a policy about tracked changes leaves out (`del` or `ins`); `changes`
    are the places where there are any, `struck` those of text that is struck through, which counts as deleted.
    """

    def __init__(self, file: str, dropped: str) -> None:
        self.file = file
        self.blocks: list[Block] = []
        self.diagnostics: list[Diagnostic] = []
        self.changes: list[Place] = []
        self.struck: list[Place] = []
        self._dropped = dropped
        self._raised = False
        self._words = Words()
        self._place = Place(file)
        self._style = ("", 0, "body")
        self._bookmarks: list[str] = []
        self._tables = self._paragraphs = self._cells = 0
        self._nested: list[list[Block]] = []
        self._numbers: list[int] = []
        """The next number of each ordered list that is open."""

    def read(self, root: etree._Element) -> None:
        """Walk the tree and add its blocks."""
        self._inside(root)
        self._flush()

    def _inside(self, element: etree._Element, exactly: bool = False) -> None:
        self._add(element.text or "", exactly)
        for child in element:
            if tag := tag_of(child):
                self._element(child, tag, exactly)
            self._add(child.tail or "", exactly)

    def _add(self, text: str, exactly: bool) -> None:
        self._words.add(superscript(text) if self._raised else text, exactly)

    def _element(self, element: etree._Element, tag: str, exactly: bool) -> None:
        if tag in _UNSEEN:
            return
        if tag == "br":
            self._words.break_line()
        elif tag == "img":
            self._picture(element)
        elif tag in ("input", "select", "textarea"):
            self._words.add(control(element, tag))
        elif tag in ("ins", "del"):
            self.changes.append(self._here())
            if tag != self._dropped:
                self._inside(element, exactly)
        elif _NOT_DISPLAYED.search(element.get("style", "")):
            self._hidden(element)
        elif self._is_left_out(element, tag):
            pass
        elif tag == "table":
            self._table(element)
        elif tag in _BLOCKS:
            self._block(element, tag, exactly)
        else:
            if tag == "a" and element.get("name"):
                self._bookmarks.append(element.get("name", ""))
            before = self._raised
            self._raised = tag != "sub" and (before or tag == "sup" or bool(_RAISED.search(element.get("style", ""))))
            self._inside(element, exactly)
            self._raised = before

    def _is_left_out(self, element: etree._Element, tag: str) -> bool:
        """Say that an element is struck through, if it is; whether it is left out, as a tracked deletion would be."""
        if tag not in ("s", "strike") and not _STRUCK.search(element.get("style", "")):
            return False
        text, kept = text_of(element), self._dropped != "del"
        if text:
            key = "reading.struck.read" if kept else "reading.struck.left_out"
            self.struck.append(self._here())
            self._say(codes.TRACKED, say(key, text=text[:200]), text, Severity.warning)
        return bool(text) and not kept

    def _block(self, element: etree._Element, tag: str, exactly: bool) -> None:
        self._end_block()
        before = self._style
        style = element.get("style", "")
        margin = _MARGIN.search(style)
        level = _OUTLINE.search(style)
        outline = int(level[1]) if level else int(tag[1]) if re.fullmatch("h[1-6]", tag) else before[1]
        self._style = (element.get("class") or before[0], outline, margin[1].lower() if margin else before[2])
        if tag == "ol":
            self._numbers.append(span_of(element, "start", 0))
        elif tag == "li" and self._numbers and tag_of(element.getparent()) == "ol":
            self._words.add(f"{self._numbers[-1]}.")  # directly before the text, as the reader of .docx has it
            self._numbers[-1] += 1
        self._inside(element, exactly or tag == "pre")
        self._end_block()
        if tag == "ol":
            self._numbers.pop()
        self._style = before

    def _end_block(self) -> None:
        if self._nested:
            self._words.end_block()
        else:
            self._flush()

    def _flush(self) -> None:
        """What was gathered outside of tables becomes a paragraph."""
        text = self._words.take()
        if not text:
            return
        self._paragraphs += 1
        style, outline, story = self._style
        place = Place(self.file, paragraph=self._paragraphs)
        contents = style.lower().startswith("msotoc")
        self.blocks.append(Paragraph(text, place, style, outline, tuple(self._bookmarks), contents, story))
        self._bookmarks.clear()

    def _table(self, table: etree._Element) -> None:
        """A table, then those inside of it; the text before and after it are paragraphs of their own."""
        self._end_block()
        if lays_out(table):
            self._unwrapped(table)
            return
        self._tables += 1
        outer = self._words, self._place
        self._place = here = Place(self.file, table=self._tables)
        self._nested.append([])
        rows: list[GivenRow] = []
        for group, part in enumerate(row_groups(table)):
            header = tag_of(part[0].getparent()) == "thead"
            rows += [self._row(row, number, header, group) for number, row in enumerate(part, len(rows) + 1)]
        self._words, self._place = outer
        inner = self._nested.pop()
        placed, columns = place_cells(rows, self._cells, self.file)
        self._cells += sum(len(row.cells) for row in placed)
        for child in table:
            if tag_of(child) == "caption":
                self._element(child, "caption", False)
        into = self._nested[-1] if self._nested else self.blocks
        if placed:
            into.append(Grid(placed, columns, here))
        into.extend(inner)

    def _unwrapped(self, table: etree._Element) -> None:
        """What stands in the cells of a table that only lays the page out, one below the other."""
        for cell in (cell for part in row_groups(table) for row in part for cell in row):
            if tag_of(cell) in ("td", "th") and not self._is_left_out(cell, tag_of(cell)):
                self._inside(cell)
                self._end_block()

    def _row(self, row: etree._Element, number: int, header: bool, group: int) -> GivenRow:
        cells: list[Given] = []
        for cell in row:
            if tag_of(cell) not in ("td", "th"):
                continue
            self._words = Words()
            self._place = self._place._replace(row=number, column=0)
            if not self._is_left_out(cell, tag_of(cell)):
                self._inside(cell)
            cells.append(Given(self._words.take(), span_of(cell, "colspan", 1), span_of(cell, "rowspan", 0)))
        hidden = bool(_NOT_DISPLAYED.search(row.get("style", "")))
        if hidden and any(cell.text for cell in cells):
            self._say(codes.HIDDEN, say("html.hidden_row"))
        return GivenRow(cells, header, hidden, group)

    def _picture(self, element: etree._Element) -> None:
        alternative = " ".join((element.get("alt") or "").split())
        key = "html.picture_named" if alternative else "html.picture"
        self._say(codes.PICTURE, say(key, text=alternative[:100]), alternative)

    def _hidden(self, element: etree._Element) -> None:
        if text := text_of(element):
            self._say(codes.HIDDEN, say("html.hidden_text", text=text[:200]), text)

    def _here(self) -> Place:
        return self._place if self._nested else Place(self.file, paragraph=self._paragraphs + 1)

    def _say(self, code: str, message: str, quote: str = "", severity: Severity = Severity.info) -> None:
        if len(self.diagnostics) < 1000:
            self.diagnostics.append(Diagnostic(code, severity, message, self._here(), quote))
        elif len(self.diagnostics) == 1000:
            self.diagnostics.append(Diagnostic(codes.MORE, Severity.warning, say("html.more"), Place(self.file)))

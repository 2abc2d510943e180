"""`form.docx` as the template of worksheets: its projects' paragraphs and tables, lean, each with its format.

What a format is stands in the Word file once, so it is worked out once and the rendered text carries only its number:
`<w:tbl t="0">`, `<w:tr r="3">`, `<w:tc c="5">`, `<w:p p="2">`. The names of elements stay Word's, since docxtpl
looks for the tags in them. `<project/>` stands where a project begins.
"""

import re
from collections.abc import Hashable, Iterator
from functools import lru_cache
from typing import NamedTuple, TypeVar

from jinja2 import Template
from lxml import etree

from perfdoc.errors import FormError
from perfdoc.form_definition import Form
from perfdoc.rendering.sheets.table_format import (
    CellFormat,
    RowFormat,
    TableFormat,
    cell_format,
    page_of,
    row_format,
    table_format,
)
from perfdoc.rendering.sheets.text_format import ParagraphFormat, Styles, W
from perfdoc.rendering.template_file import drawing, parts_of, root_of
from perfdoc.rendering.word.preparation import loop
from perfdoc.rendering.word.word_template import jinja_of
from perfdoc.rendering.workbook.sheet import Page
from perfdoc.texts import say

_FOR = re.compile(r"\{%-?p\s+for\b")
_PROJECTS = re.compile(r"\{%-?p\s+for\s+\w+\s+in\s+document\.projects\b")
_END = re.compile(r"\{%-?p\s+endfor\b")
_CHOICE = re.compile(r"\{%-?p\s+(if|elif|else|endif)\b")
_ROW_TAG = re.compile(r"\{%-?tr\b")
_PRINTS = re.compile(r"\{\{[^{}]*\bdocument\.")
_AROUND = frozenset(
    f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink")
)
_SHAPES = frozenset(f"{W}{name}" for name in ("drawing", "pict", "object", "del", "moveFrom", "instrText", "rPr"))
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_Format = TypeVar("_Format", bound=Hashable)


class SheetTemplate(NamedTuple):
    """A form's worksheets, ready to be rendered many times; the tuples are the formats by their numbers."""

    template: Template
    tables: tuple[TableFormat, ...]
    rows: tuple[RowFormat, ...]
    cells: tuple[CellFormat, ...]
    lines: tuple[ParagraphFormat, ...]
    page: Page


def sheet_template(form: Form) -> SheetTemplate:
    """The worksheets' template of a form, compiled once for the same Word file. FormError where it is not sound."""
    return _compiled(drawing(form), str(form.document))


@lru_cache(maxsize=16)
def _compiled(content: bytes, file: str) -> SheetTemplate:
    parts = parts_of(content, file)
    where = f"{file}: word/document.xml"
    root = root_of(parts["word/document.xml"], where)
    loop(root)
    body = root.find(f"{W}body")
    if body is None:
        raise FormError(say("rendering.no_body", where=where))
    if any(_ROW_TAG.search(_text(table)) for cell in body.iter(f"{W}tc") for table in cell.iter(f"{W}tbl")):
        raise FormError(say("rendering.nested", where=where))
    empty = etree.Element(f"{W}styles")
    styles = root_of(parts["word/styles.xml"], f"{file}: word/styles.xml") if "word/styles.xml" in parts else empty
    lean = _Lean(Styles(styles))
    document = lean.document(list(_below(body, "p", "tbl")), where)
    template, _ = jinja_of(document, where)
    section = next((one for one in lean.sections), body.find(f"{W}sectPr"))
    return SheetTemplate(
        template, tuple(lean.tables), tuple(lean.rows), tuple(lean.cells), tuple(lean.lines), page_of(section)
    )


def _below(parent: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Paragraphs and tables, the rows of a table, the cells of a row: children of some names, containers opened."""
    for child in parent.iterchildren(etree.Element):
        if str(child.tag).removeprefix(W) in names:
            yield child
        elif child.tag in _AROUND:
            yield from _below(child, *names)


def _text(block: etree._Element) -> str:
    return "".join(one.text or "" for one in block.iter(f"{W}t"))


class _Lean:
    """Makes lean elements of a Word file's; keeps the formats that they point to."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.tables: list[TableFormat] = []
        self.rows: list[RowFormat] = []
        self.cells: list[CellFormat] = []
        self.lines: list[ParagraphFormat] = []
        self.sections: list[etree._Element] = []

    def document(self, blocks: list[etree._Element], where: str) -> etree._Element:
        """The loop over the projects that holds their tables, and what beside it prints a value of the document."""
        start, end = _loop(blocks, where)
        root: etree._Element = etree.Element(f"{W}document", nsmap={"w": W[1:-1]})
        for block in (*_printing(blocks[:start]), blocks[start]):
            root.append(self._paragraph(block))
        etree.SubElement(root, "project")
        for block in blocks[start + 1 : end]:
            self.sections += block.iterfind(f"{W}pPr/{W}sectPr")
            root.append(self._paragraph(block) if block.tag == f"{W}p" else self._table(block))
        for block in (blocks[end], *_printing(blocks[end + 1 :])):
            root.append(self._paragraph(block))
        return root

    def _table(self, table: etree._Element) -> etree._Element:
        lean = etree.Element(f"{W}tbl", t=str(len(self.tables)))
        self.tables.append(table_format(table, self.styles))
        for row in _below(table, "tr"):
            into = etree.SubElement(lean, f"{W}tr", r=_number(self.rows, row_format(row)))
            for cell in _below(row, "tc"):
                within = etree.SubElement(into, f"{W}tc", c=_number(self.cells, cell_format(cell)))
                for block in _below(cell, "p", "tbl"):
                    # A table within a cell has no place on a sheet: its lines are lines of the cell.
                    inner = [block] if block.tag == f"{W}p" else block.iter(f"{W}p")
                    within.extend(self._paragraph(one) for one in inner)
        return lean

    def _paragraph(self, paragraph: etree._Element) -> etree._Element:
        lean = etree.Element(f"{W}p", p=_number(self.lines, self.styles.lines(paragraph)))
        run = etree.SubElement(lean, f"{W}r")
        for piece in _pieces(paragraph):
            if piece.tag == f"{W}t" and _is_styled(piece):
                run = etree.SubElement(lean, f"{W}r", part="1")
            etree.SubElement(run, piece.tag).text = piece.text
            if piece.tag == f"{W}t":
                run[-1].set(_SPACE, "preserve")
        return lean


def _is_styled(text: etree._Element) -> bool:
    """Whether a text prints a value in a run that has a character style: one of several values of its cell."""
    run = text.getparent()
    return run is not None and run.find(f"{W}rPr/{W}rStyle") is not None and "{{" in (text.text or "")


def _pieces(element: etree._Element) -> Iterator[etree._Element]:
    """What a paragraph shows: texts, tabs, breaks of lines (not of pages)."""
    for child in element.iterchildren(etree.Element):
        if child.tag in (f"{W}t", f"{W}tab") or (
            child.tag == f"{W}br" and child.get(f"{W}type") in (None, "textWrapping")
        ):
            yield child
        elif child.tag not in _SHAPES and child.tag != f"{W}pPr":
            yield from _pieces(child)


def _number(formats: list[_Format], format: _Format) -> str:
    if format not in formats:
        formats.append(format)
    return str(formats.index(format))


def _loop(blocks: list[etree._Element], where: str) -> tuple[int, int]:
    """Where the loop over the projects begins and ends that holds a table."""
    at = 0
    while at < len(blocks):
        end = _end_of(blocks, at)
        if end > at:
            within = blocks[at:end]
            if _PROJECTS.search(_text(blocks[at])) and any(one.tag == f"{W}tbl" for one in within):
                return at, end
            at = end
        at += 1
    raise FormError(say("rendering.no_loop", where=where))


def _end_of(blocks: list[etree._Element], start: int) -> int:
    """Where the loop ends that begins at a block; the block's own number where none begins there."""
    depth = 0
    for at in range(start, len(blocks)):
        if blocks[at].tag == f"{W}p":
            text = _text(blocks[at])
            depth += bool(_FOR.search(text)) - bool(_END.search(text))
        if depth <= 0:
            return at
    return start


def _printing(blocks: list[etree._Element]) -> Iterator[etree._Element]:
    """The lines that print a value of the document, and the choices that they stand in; no loops (the contents)."""
    at = 0
    while at < len(blocks):
        end = _end_of(blocks, at)
        text = _text(blocks[at]) if blocks[at].tag == f"{W}p" else ""
        if end == at and (_CHOICE.search(text) or _PRINTS.search(text)):
            yield blocks[at]
        at = end + 1

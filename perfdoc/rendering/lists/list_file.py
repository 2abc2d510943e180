"""A Document under a list's form as the bytes of a workbook."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from xml.sax.saxutils import escape

from lxml import etree

from perfdoc.form_definition import TARGET_PARTS, Form
from perfdoc.model import Document
from perfdoc.rendering.archive import Packed, archive, encoded, packed, stored
from perfdoc.rendering.lists.list_template import ROWS, ListTemplate, M, list_template
from perfdoc.rendering.lists.list_values import Line, rows
from perfdoc.rendering.lists.ranges import moved, stretch
from perfdoc.rendering.properties import Core
from perfdoc.rendering.workbook.cell_text import escaped, lines_of

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTED = frozenset(f"indicator.{one}" for one in TARGET_PARTS)
_LINE, _AROUND, _HIGHEST = 1.35, 4, 409.0


def render_list(document: Document, form: Form, moment: int | None) -> bytes:
    """The .xlsx of a document, a row an indicator. Raises FormError where the form's template is not sound.

    What a workbook can't hold has to be refused before.
    """
    template = list_template(form)
    lines = list(rows(document, form, not template.variables >= _PARTED))
    more = max(len(lines), 1) - 1
    sheet = packed(template.name, encoded(_sheet(template, lines, more)))
    members: list[Packed] = [
        stored(one.name, one.content(document.title or "", moment)) if isinstance(one, Core) else one
        for one in template.members
    ]
    members.insert(1, packed("xl/workbook.xml", [_book(template, more)]))
    return archive([*members, sheet], moment)


def _book(template: ListTemplate, more: int) -> bytes:
    root = copy.deepcopy(template.book)
    for name in root.iterfind(f"{M}definedNames/{M}definedName"):
        name.text = ",".join(moved(one, template.row, more) for one in (name.text or "").split(","))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _sheet(template: ListTemplate, lines: list[Line], more: int) -> Iterator[str]:
    root = copy.deepcopy(template.sheet)
    stretch(root, template.row, more)
    for row in root.iterfind(f"{M}sheetData/{M}row"):
        if int(row.get("r", "0")) > template.row:
            number = int(row.get("r", "0")) + more
            row.set("r", str(number))
            for cell in row.iterfind(f"{M}c"):
                cell.set("r", cell.get("r", "").rstrip("0123456789") + str(number))
    before, _, after = etree.tostring(root, encoding="unicode").partition(ROWS)
    yield _HEAD
    yield before
    for number, line in enumerate(lines, template.row):
        yield _row(template, number, line)
    if not lines:
        yield f'<row r="{template.row}"{template.attributes}/>'
    yield after


def _row(template: ListTemplate, number: int, line: Line) -> str:
    cells: list[str] = []
    height = 0.0
    for column, style, pieces, getters, width, size in template.cells:
        text = pieces[0]
        for get, piece in zip(getters, pieces[1:], strict=True):
            text += get(line) + piece
        if not text:
            cells.append(f'<c r="{column}{number}" s="{style}"/>')
            continue
        shown = f'<is><t xml:space="preserve">{escape(escaped(text))}</t></is>'
        cells.append(f'<c r="{column}{number}" s="{style}" t="inlineStr">{shown}</c>')
        if not template.fixed:
            height = max(height, lines_of(text, width, size) * size * _LINE + _AROUND)
    high = "" if template.fixed else f' ht="{min(height, _HIGHEST):.4g}"'
    return f'<row r="{number}"{template.attributes}{high}>{"".join(cells)}</row>'

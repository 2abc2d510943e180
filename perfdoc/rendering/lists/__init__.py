"""A Document as a list: one row an indicator, in a workbook that a person has drawn (`form.xlsx`).

The workbook has its head, and one row whose cells hold tags, `{{ project.name }}` or `{{ indicator.target.value }}`:
that row is repeated for every indicator, once for a project without any. All else in the file stays as it was drawn:
widths, styles, drop-downs, filters, frozen panes; ranges that reach the row grow with it.
"""

import copy
import re
from collections.abc import Iterator
from xml.sax.saxutils import escape

from lxml import etree

from perfdoc.form_definition import TARGET_PARTS, Form
from perfdoc.layout import Trace
from perfdoc.model import Document
from perfdoc.rendering.archive import Packed, archive, encoded, packed, stored
from perfdoc.rendering.characters import escaped, lines_of
from perfdoc.rendering.custom import Custom
from perfdoc.rendering.lists.list_template import ROWS, ListTemplate, M, list_template
from perfdoc.rendering.lists.list_values import Line, rows
from perfdoc.rendering.template_file import Core, part_of

__all__ = ["list_template", "render_list"]


_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTED = frozenset(f"indicator.{one}" for one in TARGET_PARTS)
_LINE, _AROUND, _HIGHEST = 1.35, 4, 409.0


def render_list(document: Document, form: Form, moment: int | None, trace: Trace | None = None) -> bytes:
    """The .xlsx of a document, which carries the trace, a row an indicator.

    Raises FormError where the form's template is not sound. What a workbook can't hold has to be refused before.
    """
    template = list_template(form, anonymous=trace is None)
    lines = list(rows(document, form, not template.variables >= _PARTED))
    more = max(len(lines), 1) - 1
    sheet = packed(template.name, encoded(_sheet(template, lines, more)))
    members: list[Packed] = []
    for one in template.members:
        if isinstance(one, Core):
            members.append(stored(one.name, one.content(document.title or "", moment)))
        else:
            members.append(stored(one.name, one.content(trace)) if isinstance(one, Custom) else one)
    members.insert(1, packed("xl/workbook.xml", [_book(template, more)]))
    return archive([*members, sheet], moment)


def _book(template: ListTemplate, more: int) -> bytes:
    root = copy.deepcopy(template.book)
    for name in root.iterfind(f"{M}definedNames/{M}definedName"):
        name.text = ",".join(moved(one, template.row, more) for one in (name.text or "").split(","))
    return part_of(root)


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
    for column, style, pieces, names, width, size in template.cells:
        text = pieces[0]
        for name, piece in zip(names, pieces[1:], strict=True):
            text += line.get(name, "") + piece
        if not text:
            cells.append(f'<c r="{column}{number}" s="{style}"/>')
            continue
        shown = f'<is><t xml:space="preserve">{escape(escaped(text))}</t></is>'
        cells.append(f'<c r="{column}{number}" s="{style}" t="inlineStr">{shown}</c>')
        if not template.fixed:
            height = max(height, lines_of(text, width, size) * size * _LINE + _AROUND)
    high = "" if template.fixed else f' ht="{min(height, _HIGHEST):.4g}"'
    return f'<row r="{number}"{template.attributes}{high}>{"".join(cells)}</row>'


_REFERENCE = re.compile(r"(\$?[A-Z]{1,3})?(\$?)(\d{1,7})(?::(\$?[A-Z]{1,3})?(\$?)(\d{1,7}))?(?![\w(])")
_HOLD = {
    "dimension": "ref", "autoFilter": "ref", "mergeCell": "ref", "hyperlink": "ref", "dataValidation": "sqref",
    "conditionalFormatting": "sqref", "ignoredError": "sqref", "protectedRange": "sqref",
}  # fmt: skip
"""Elements of a worksheet that refer to ranges, and the attribute that does."""
_LAST_ROW = 1_048_576


def stretch(sheet: etree._Element, row: int, more: int) -> None:
    """Move what a worksheet's root says of ranges, where `row` has `more` rows behind it."""
    for name, attribute in _HOLD.items():
        for one in sheet.iter(f"{{*}}{name}"):
            one.set(attribute, moved(one.get(attribute, ""), row, more))


def moved(reference: str, row: int, more: int) -> str:
    """One or many ranges (`A1:B2 D2`, `'x'!$A$2`) after the move; the name of a sheet stays."""
    sheet, mark, ranges = reference.rpartition("!")

    def move(found: re.Match[str]) -> str:
        left, fixed, top, right, also_fixed, bottom = found.groups()
        if left is None and bottom is None:
            return found[0]  # a number by itself
        first = int(top) + (more if int(top) > row else 0)
        text = f"{left or ''}{fixed}{min(first, _LAST_ROW)}"
        if bottom is None:
            return text
        last = int(bottom) + (more if int(bottom) >= row else 0)
        return f"{text}:{right or ''}{also_fixed}{min(last, _LAST_ROW)}"

    return sheet + mark + _REFERENCE.sub(move, ranges)

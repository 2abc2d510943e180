"""`form.xlsx` taken apart once: the row with tags, the sheet around it, and the parts that stay as they are."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from posixpath import dirname
from typing import NamedTuple

from lxml import etree

from perfdoc.errors import FormError
from perfdoc.form_definition import Form, dotted
from perfdoc.reading.excel.grid import column_number
from perfdoc.reading.package import rels_of, resolve
from perfdoc.rendering.archive import Packed, packed
from perfdoc.rendering.custom import CUSTOM, Custom, traceable
from perfdoc.rendering.lists.list_values import is_listed
from perfdoc.rendering.template_file import CORE, Core, drawing, part_of, parts_of, root_of, with_app
from perfdoc.texts import listed, say

M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TAG = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")
_BOOK = "xl/workbook.xml"
ROWS = "<?perfdoc rows?>"
"""The processing instruction that stands where the repeated rows go."""


class ListCell(NamedTuple):
    """A cell of the repeated row: its column's letters, its style, its text as fixed pieces and the names between them.

    `width` is that of its column in points, `size` that of its font.
    """

    column: str
    style: str
    pieces: tuple[str, ...]
    names: tuple[str, ...]
    width: float
    size: float


class ListTemplate(NamedTuple):
    """A list ready to be rendered many times.

    `members` are the parts that stay, `book` and `sheet` the roots that ranges are moved in (to be copied first),
    `row` is the number of the row with tags, `attributes` what is written in its element, `fixed` whether its height
    is; `variables` are the names that its tags ask for.
    """

    members: tuple[Packed | Core | Custom, ...]
    book: etree._Element
    sheet: etree._Element
    name: str
    row: int
    attributes: str
    fixed: bool
    cells: tuple[ListCell, ...]
    variables: frozenset[str]


def list_template(form: Form, *, anonymous: bool = False) -> ListTemplate:
    """The list of a form, taken apart once for the same content. FormError where it is not sound."""
    return _compiled(drawing(form), str(form.document), form.name, anonymous)


@lru_cache(maxsize=16)
def _compiled(content: bytes, file: str, form: str, anonymous: bool) -> ListTemplate:
    parts = traceable(with_app(parts_of(content, file, _BOOK), form), file, anonymous=anonymous)
    book = root_of(parts[_BOOK], f"{file}: {_BOOK}")
    related = _related(parts, file)
    strings = next((name for name, kind in related.values() if kind == "sharedStrings"), "")
    texts = root_of(parts.get(strings, b"<sst/>"), f"{file}: {strings}")
    items = list(texts.iterfind(f"{M}si"))
    for element in book.iterfind(f"{M}sheets/{M}sheet"):
        name, kind = related.get(str(element.get(_RELATION)), ("", ""))
        if kind != "worksheet" or name not in parts:
            continue
        sheet = root_of(parts[name], f"{file}: {name}")
        rows = [
            row for row in sheet.iterfind(f"{M}sheetData/{M}row") if any(_TAG.search(_shown(c, items)) for c in row)
        ]
        if rows:
            row = _Row(sheet, rows, items, parts, say("rendering.list.sheet", file=file, name=element.get("name")))
            kept = {key: content for key, content in parts.items() if key not in (_BOOK, name)}
            if items:
                kept[strings] = _without_tags(texts)
            members = tuple(_members(kept, file))
            return ListTemplate(
                members, book, sheet, name, row.number, row.attributes, row.fixed, row.cells, row.variables
            )
    raise FormError(say("rendering.list.no_tag", file=file, tag="{{ indicator.level1 }}"))


class _Row:
    """The row with tags, taken out of its sheet."""

    def __init__(
        self,
        sheet: etree._Element,
        rows: list[etree._Element],
        items: list[etree._Element],
        parts: Mapping[str, bytes],
        where: str,
    ) -> None:
        if len(rows) > 1:
            raise FormError(say("rendering.list.rows", where=where, rows=listed(row.get("r") for row in rows)))
        (row,) = rows
        if any(cell.find(f"{M}f") is not None for cell in sheet.iter(f"{M}c")):
            raise FormError(say("rendering.list.formulas", where=where))
        self.number = int(row.get("r", "0"))
        self.fixed = row.get("customHeight") in ("1", "true")
        kept = {str(key): str(value) for key, value in row.attrib.items() if key != "r" and (self.fixed or key != "ht")}
        self.attributes = "".join(f' {key}="{value}"' for key, value in kept.items() if "{" not in key)
        self.variables = frozenset[str]()
        widths, sizes = _widths(sheet), _sizes(parts)
        cells = []
        for cell in row.iterfind(f"{M}c"):
            letters = str(cell.get("r", "")).rstrip("0123456789")
            texts = _TAG.split(_shown(cell, items))
            names = tuple(map(dotted, texts[1::2]))
            self.variables |= frozenset(names)
            strange = next((name for name in names if not is_listed(name)), None)
            if strange is not None:
                at = say("rendering.list.cell", where=where, cell=cell.get("r"))
                raise FormError(say("rendering.strange", where=at, name=strange))
            style = str(cell.get("s", "0"))
            width, size = widths.get(column_number(letters) if letters else 0, 50), sizes.get(style, 11)
            cells.append(ListCell(letters, style, tuple(texts[::2]), names, width, size))
        self.cells = tuple(cells)
        row.getparent().replace(row, etree.ProcessingInstruction(*ROWS[2:-2].split()))  # type: ignore[union-attr]


def _members(parts: Mapping[str, bytes], file: str) -> Iterator[Packed | Core | Custom]:
    first = "[Content_Types].xml"
    for name in sorted(parts, key=lambda name: (name != first, name)):
        if name == CORE:
            yield Core(CORE, root_of(parts[name], f"{file}: {name}"))
        elif name == CUSTOM:
            yield Custom(CUSTOM, parts[name].decode())
        else:
            yield packed(name, (parts[name],))


def _without_tags(texts: etree._Element) -> bytes:
    """The shared strings without those of the row with tags, which no cell shows any more."""
    for item in texts.iterfind(f"{M}si"):
        if _TAG.search(_text(item)):
            item[:] = [etree.Element(f"{M}t")]
    return part_of(texts)


def _related(parts: Mapping[str, bytes], file: str) -> dict[str, tuple[str, str]]:
    """Id of a relationship of the workbook → the name of its part, and its kind."""
    name, folder = rels_of(_BOOK), dirname(_BOOK)
    every = root_of(parts.get(name, b"<none/>"), f"{file}: {name}")
    return {
        one.get("Id", ""): (resolve(folder, one.get("Target", "")), one.get("Type", "").rpartition("/")[2])
        for one in every
    }


def _shown(cell: etree._Element, items: list[etree._Element]) -> str:
    """The text of a cell that holds one."""
    value = cell.findtext(f"{M}v") or ""
    if cell.get("t") == "s" and value.isdecimal() and int(value) < len(items):
        return _text(items[int(value)])
    return _text(cell.find(f"{M}is")) if cell.get("t") == "inlineStr" else value


def _text(item: etree._Element | None) -> str:
    if item is None:
        return ""
    return "".join(one.text or "" for one in (*item.iterfind(f"{M}t"), *item.iterfind(f"{M}r/{M}t")))


def _widths(sheet: etree._Element) -> dict[int, float]:
    """Number of a column → its width in points, where it has one of its own (a digit is about 5.5 points)."""
    found: dict[int, float] = {}
    for one in sheet.iterfind(f"{M}cols/{M}col"):
        first, last = int(one.get("min", "1")), min(int(one.get("max", "1")), 16_384)
        found.update(dict.fromkeys(range(first, last + 1), float(one.get("width", "9")) * 5.5))
    return found


def _sizes(parts: Mapping[str, bytes]) -> dict[str, float]:
    """Number of a cell's style → the size of its font in points."""
    root = root_of(parts.get("xl/styles.xml", b"<none/>"), "xl/styles.xml")
    sizes = [float(one.get("val", "11")) for one in root.iterfind(f"{M}fonts/{M}font/{M}sz")]
    fonts = [int(one.get("fontId", "0")) for one in root.iterfind(f"{M}cellXfs/{M}xf")]
    return {str(at): sizes[font] for at, font in enumerate(fonts) if font < len(sizes)}

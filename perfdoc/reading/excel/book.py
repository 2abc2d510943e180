"""A workbook's own part: its sheets in order, and what holds for all of them (ECMA-376 part 1, 18.2).

Of the defined names (18.2.5) print titles and print areas are Excel's own. `section.<name>` and `contents.<name>` are
how `perfdoc.render` keeps a project's two bookmarks; no bookmark of Word has a dot, so no other name is taken for one.
"""

import re
from collections import defaultdict
from typing import NamedTuple

from lxml import etree

from perfdoc.reading import codes
from perfdoc.reading.excel.cell_formats import CellFormats
from perfdoc.reading.excel.diagnostics import Diagnostics
from perfdoc.reading.excel.grid import Range, range_of
from perfdoc.reading.excel.strings import shared_strings
from perfdoc.reading.excel.xml_part import is_true
from perfdoc.reading.package import Package
from perfdoc.report import Severity
from perfdoc.texts import say

MAX_SHEETS = 4096
_TITLES = re.compile(r"!\$?(\d+):\$?(\d+)(?:,|$)")
_MAX_TITLE_ROWS = 100
_BOOKMARK = re.compile(r"(section|contents)\.(.+)", re.DOTALL)


class Sheet(NamedTuple):
    """A sheet: its name, its part, `kind` as the relationship says (worksheet, chartsheet, …), and if hidden.

    `titles` are the rows that are printed on each page, `area` is what is printed of it, `bookmarks` are a project's.
    """

    name: str
    part: str
    kind: str
    hidden: bool
    titles: frozenset[int]
    area: Range | None
    bookmarks: tuple[str, ...]


class Book(NamedTuple):
    """A workbook's sheets, cell formats and shared strings."""

    sheets: list[Sheet]
    formats: CellFormats
    strings: list[str]


def read_book(package: Package, diagnostics: Diagnostics, keep_struck: bool) -> Book:
    """Read what all sheets share; `keep_struck` as for `strings.StringReader`.

    Raises UnreadableError where there is no workbook.
    """
    main = package.main_part() or "xl/workbook.xml"
    root = package.tree(main)
    related = package.relationships(main)
    by_id = {one.id: one for one in related if not one.external}
    part_of = {one.kind: one.target for one in related if not one.external and one.target in package}
    names = _Names(root)
    sheets: list[Sheet] = []
    for position, element in enumerate(root.iterfind("{*}sheets/{*}sheet")):
        if position >= MAX_SHEETS:
            raise package.unreadable("excel.many_sheets", most=MAX_SHEETS)
        name = element.get("name") or f"Sheet{position + 1}"
        # `r:id`, whose namespace is another one in strict files
        relation = next((str(v) for k, v in element.attrib.items() if str(k).endswith("relationships}id")), "")
        one = by_id.get(relation)
        if one is None or one.target not in package:
            diagnostics.add(codes.DAMAGED, Severity.warning, say("excel.sheet_missing"), diagnostics.at(name))
            continue
        hidden = element.get("state", "visible") != "visible"
        pair = names.bookmarks.get(element.get("name", ""), {})
        bookmarks = (pair["section"], pair["contents"]) if len(pair) == 2 else ()
        titles, area = names.titles.get(position, frozenset()), names.areas.get(position)
        sheets.append(Sheet(name, one.target, one.kind, hidden, titles, area, bookmarks))
    date1904 = any(is_true(e.get("date1904")) for e in root.iterfind("{*}workbookPr"))
    lost = {one.kind: one.target for one in related if not one.external and one.target not in package}
    destroyed = lost.get("sharedStrings") or (lost.get("worksheet") if not sheets else None)
    if destroyed:
        raise package.unreadable("reading.missing", part=destroyed)
    if "styles" in lost:
        text = say("reading.missing", part=lost["styles"])
        diagnostics.add(codes.DAMAGED, Severity.warning, text, diagnostics.at(sheets[0].name if sheets else ""))
    strings = part_of.get("sharedStrings")
    formats = CellFormats(package, part_of.get("styles", ""), date1904)
    return Book(sheets, formats, shared_strings(package, strings, keep_struck) if strings else [])


class _Names:
    """What a workbook's defined names say: rows and areas by the sheet's position from 0, bookmarks by its name."""

    def __init__(self, workbook: etree._Element) -> None:
        self.titles: dict[int, frozenset[int]] = {}
        self.areas: dict[int, Range | None] = {}
        self.bookmarks: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for one in workbook.iterfind("{*}definedNames/{*}definedName"):
            name, at, text = one.get("name", ""), one.get("localSheetId", ""), one.text or ""
            if name == "_xlnm.Print_Titles" and at.isdecimal():
                rows = _TITLES.search(text)
                if rows and int(rows[2]) - int(rows[1]) < _MAX_TITLE_ROWS:
                    self.titles[int(at)] = frozenset(range(int(rows[1]), int(rows[2]) + 1))
            elif name == "_xlnm.Print_Area" and at.isdecimal():
                self.areas[int(at)] = range_of(text.rpartition("!")[2])
            elif bookmark := _BOOKMARK.fullmatch(name):
                self.bookmarks[_sheet_named(text)].setdefault(bookmark[1], bookmark[2])


def _sheet_named(reference: str) -> str:
    """The sheet of a reference: `'a ''b'''!$A$1` is on `a 'b'`."""
    name = reference.rpartition("!")[0].removeprefix("$")
    return name[1:-1].replace("''", "'") if len(name) > 1 and name[0] == name[-1] == "'" else name

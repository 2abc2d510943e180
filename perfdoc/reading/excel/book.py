"""A workbook's own part: its sheets in order, and what holds for all of them (ECMA-376 part 1, 18.2).

Of the defined names (18.2.5) print titles and print areas are Excel's own. `section.<name>` and `contents.<name>` are
how `perfdoc.render` keeps a project's two bookmarks; no bookmark of Word has a dot, so no other name is taken for one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from perfdoc.reading import codes
from perfdoc.reading.excel.cell_formats import CellFormats, read_cell_formats
from perfdoc.reading.excel.diagnostics import Diagnostics
from perfdoc.reading.excel.grid import Range, range_of
from perfdoc.reading.excel.strings import String, shared_strings
from perfdoc.reading.excel.xml_part import is_true
from perfdoc.reading.package import Package
from perfdoc.report import Severity

MAX_SHEETS = 4096
_TITLES = re.compile(r"!\$?(\d+):\$?(\d+)(?:,|$)")
_MAX_TITLE_ROWS = 100
_BOOKMARK = re.compile(r"(section|contents)\.(.+)", re.DOTALL)


class Names(NamedTuple):
    """Of one sheet: the rows that are printed on each page, the area that is printed, a project's bookmarks."""

    titles: frozenset[int] = frozenset()
    area: Range | None = None
    bookmarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, its part, `kind` as the relationship says (worksheet, chartsheet, …), and if hidden.

    `names` is what the workbook's defined names say of it.
    """

    name: str
    part: str
    kind: str
    hidden: bool
    names: Names


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook's sheets, cell formats and shared strings."""

    package: Package
    sheets: tuple[Sheet, ...]
    formats: CellFormats
    strings: list[String] = field(default_factory=list)


def read_book(package: Package, diagnostics: Diagnostics, keep_struck: bool) -> Book:
    """Read what all sheets share; `keep_struck` as for `strings.StringReader`.

    Raises UnreadableError where there is no workbook.
    """
    main = package.main_part() or "xl/workbook.xml"
    root = package.tree(main)
    related = package.relationships(main)
    by_id = {one.id: one for one in related if not one.external}
    part_of = {one.kind: one.target for one in related if not one.external and one.target in package}
    names = _names_of(root)
    sheets: list[Sheet] = []
    for position, element in enumerate(root.iterfind("{*}sheets/{*}sheet")):
        if position >= MAX_SHEETS:
            raise package.unreadable(f"the workbook has more than {MAX_SHEETS} sheets")
        name = element.get("name") or f"Sheet{position + 1}"
        state = element.get("state", "visible")
        one = by_id.get(_relation(element))
        if one is None or one.target not in package:
            message = "the workbook names this sheet, but the file does not hold it"
            diagnostics.add(codes.DAMAGED, Severity.warning, message, diagnostics.at(name))
            continue
        hidden = state != "visible"
        sheets.append(Sheet(name, one.target, one.kind, hidden, names.get(position, Names())))
    date1904 = any(is_true(e.get("date1904")) for e in root.iterfind("{*}workbookPr"))
    strings = part_of.get("sharedStrings")
    return Book(
        package,
        tuple(sheets),
        read_cell_formats(package, part_of.get("styles", ""), date1904),
        shared_strings(package, strings, keep_struck) if strings else [],
    )


def _relation(element: etree._Element) -> str:
    """The value of `r:id`, whose namespace is another one in strict files."""
    return next((str(v) for k, v in element.attrib.items() if str(k).endswith("relationships}id")), "")


def _names_of(workbook: etree._Element) -> dict[int, Names]:
    """Position of a sheet (from 0) → what the names say of it, by the root of `workbook.xml`."""
    titles: dict[int, frozenset[int]] = {}
    areas: dict[int, Range | None] = {}
    marks: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for one in workbook.iterfind("{*}definedNames/{*}definedName"):
        name, at, text = one.get("name", ""), one.get("localSheetId", ""), one.text or ""
        if name == "_xlnm.Print_Titles" and at.isdecimal():
            rows = _TITLES.search(text)
            if rows and int(rows[2]) - int(rows[1]) < _MAX_TITLE_ROWS:
                titles[int(at)] = frozenset(range(int(rows[1]), int(rows[2]) + 1))
        elif name == "_xlnm.Print_Area" and at.isdecimal():
            areas[int(at)] = range_of(text.rpartition("!")[2])
        elif bookmark := _BOOKMARK.fullmatch(name):
            marks[_sheet_named(text)].setdefault(bookmark[1], bookmark[2])
    found: dict[int, Names] = {}
    for position, sheet in enumerate(workbook.iterfind("{*}sheets/{*}sheet")):
        pair = marks.get(sheet.get("name", ""), {})
        bookmarks = (pair["section"], pair["contents"]) if len(pair) == 2 else ()
        found[position] = Names(titles.get(position, frozenset()), areas.get(position), bookmarks)
    return found


def _sheet_named(reference: str) -> str:
    """The sheet of a reference: `'a ''b'''!$A$1` is on `a 'b'`."""
    name = reference.rpartition("!")[0].removeprefix("$")
    return name[1:-1].replace("''", "'") if len(name) > 1 and name[0] == name[-1] == "'" else name

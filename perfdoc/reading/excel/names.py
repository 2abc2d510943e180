"""What a workbook's defined names say of its sheets (ECMA-376 part 1, 18.2.5).

Print titles and print areas are Excel's own. `section.<name>` and `contents.<name>` are how `perfdoc.render` keeps a
project's two bookmarks; no bookmark of Word has a dot, so no other name is taken for one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from lxml import etree

from perfdoc.reading.excel.grid import Range
from perfdoc.reading.excel.sheet import range_of

_TITLES = re.compile(r"!\$?(\d+):\$?(\d+)(?:,|$)")
_MAX_TITLE_ROWS = 100
_BOOKMARK = re.compile(r"(section|contents)\.(.+)", re.DOTALL)


class Names(NamedTuple):
    """Of one sheet: the rows that are printed on each page, the area that is printed, a project's bookmarks."""

    titles: frozenset[int] = frozenset()
    area: Range | None = None
    bookmarks: tuple[str, ...] = ()


def names_of(workbook: etree._Element) -> dict[int, Names]:
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

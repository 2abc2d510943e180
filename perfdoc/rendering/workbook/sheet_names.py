"""Names of worksheets: from the projects' names, as Excel takes them, each once."""

from __future__ import annotations

import re
from collections.abc import Iterable

from perfdoc.rendering.workbook.cell_text import utf16

_LONGEST = 31
_WIDE = str.maketrans("[]:*?/\\", "［］：＊？／＼")
"""What no name of a sheet may hold, and what stands for it: the same sign in full width."""
_RESERVED = "history"
_GONE = re.compile(r"[\x00-\x1f\x7f-\x9f\s]+")


def sheet_names(names: Iterable[str]) -> list[str]:
    """A name of at most 31 UTF-16 units for each, none twice whatever the case; `2` for a second without a name."""
    taken: dict[str, int] = {_RESERVED: 1}
    found: list[str] = []
    for position, name in enumerate(names, 1):
        plain = _GONE.sub(" ", name.translate(_WIDE)).strip(" '") or str(position)
        stem = _cut(plain, _LONGEST)
        free, count = stem, taken.get(stem.casefold(), 1)
        while free.casefold() in taken:
            count += 1
            mark = f"({count})"
            free = _cut(plain, _LONGEST - len(mark)) + mark
        taken[stem.casefold()] = count
        taken.setdefault(free.casefold(), 1)
        found.append(free)
    return found


def _cut(name: str, most: int) -> str:
    """The beginning of a name, of at most so many UTF-16 units; an apostrophe may not end it."""
    name = name[:most]
    while utf16(name) > most:
        name = name[:-1]
    return name.rstrip(" '") or "_"

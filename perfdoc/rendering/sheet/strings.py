"""Texts as a workbook writes them: escaped for its XML, kept once for all cells (ECMA-376 part 1, 18.4, 22.9.2.19)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape

from perfdoc.errors import ContentLostError
from perfdoc.rendering.sheet.cells import MOST_TEXT, utf16

_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def string(text: str) -> str:
    """The text of a `<t>` element; what would be read as the escape of a character (`_x000D_`) is escaped itself.

    Raises ContentLostError for more than a cell holds: values that together are too long, since `faults` looks at each.
    """
    if len(text) > MOST_TEXT // 2 and utf16(text) > MOST_TEXT:
        raise ContentLostError(
            f"a cell of a worksheet holds {MOST_TEXT:,} characters; “{text[:20]}…” has {utf16(text):,}"
        )
    return escape(_LOOKS_ESCAPED.sub("_x005F_", text) if "_x" in text else text)


class Strings:
    """The shared strings of a workbook, numbered in the order in which they are first asked for."""

    def __init__(self) -> None:
        self._items: list[str] = []
        self._numbers: dict[str | tuple[str, ...], int] = {}
        self.count = 0

    def number(self, text: str, parts: tuple[str, ...] = ()) -> int:
        """The number of a text; one of several parts has a run for each, an empty one too."""
        self.count += 1
        found = self._numbers.get(parts or text)
        if found is None:
            found = self._numbers[parts or text] = len(self._items)
            runs = "".join(f"<r>{_t(part)}</r>" for part in parts)
            whole = _t(text)
            self._items.append(f"<si>{runs or whole}</si>")
        return found

    def part(self) -> Iterator[str]:
        """The part `sharedStrings.xml`, in pieces."""
        space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        yield f'<sst xmlns="{space}" count="{self.count}" uniqueCount="{len(self._items)}">'
        yield from self._items
        yield "</sst>"


def _t(text: str) -> str:
    return f'<t xml:space="preserve">{string(text)}</t>'

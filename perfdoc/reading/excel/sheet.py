"""A worksheet's part: its cells, and what stands around them (ECMA-376 part 1, 18.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import accumulate

from perfdoc.reading.excel.cells import Cells
from perfdoc.reading.excel.events import cell_handlers
from perfdoc.reading.excel.grid import MAX_COLUMN, MAX_ROW, Range
from perfdoc.reading.excel.rows import row_pieces
from perfdoc.reading.excel.strings import plain
from perfdoc.reading.excel.xmlpart import Attributes, Part, is_true, local
from perfdoc.reading.package import Package

MAX_MERGES = 1_000_000
_NAMESPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",  # strict
)
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_MARGINS = {
    "firstHeader": "header",
    "oddHeader": "header",
    "evenHeader": "header",
    "firstFooter": "footer",
    "oddFooter": "footer",
    "evenFooter": "footer",
}
_MARGIN_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d{1,3}|(?P<one>.))', re.DOTALL | re.IGNORECASE)


@dataclass
class Around:
    """What a worksheet's part says besides its cells.

    `margins` are (story, text) of headers and footers, `hidden_columns` numbers in order, `objects` how
    many pictures, charts and controls it holds.
    """

    merges: list[Range] = field(default_factory=list)
    margins: list[tuple[str, str]] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)


class _Columns:
    """Ranges of columns, however many and however long."""

    def __init__(self) -> None:
        self._begins = [0] * (MAX_COLUMN + 2)
        """How many more ranges hold a column than hold the one before."""

    def add(self, first: int, last: int) -> None:
        first, last = max(first, 1), min(last, MAX_COLUMN)
        if first <= last:
            self._begins[first] += 1
            self._begins[last + 1] -= 1

    def numbers(self) -> list[int]:
        return [column for column, many in enumerate(accumulate(self._begins)) if many]


def read_sheet(package: Package, name: str, cells: Cells, by_pattern: bool = True) -> Around:
    """Read a worksheet's part into `cells` and what is returned. Raises UnreadableError.

    `by_pattern` says whether rows of the usual shapes go past the parser; what is read is the same.
    """
    around = Around()
    part = Part(package, name)
    pieces = row_pieces(cells, part.parse)
    hidden = _Columns()
    parser = part.parser
    depth = 0

    inside = False  # of <sheetData>: elsewhere other vocabularies have a <row> too, as drawings in their anchors

    def root(element: str, attributes: Attributes) -> None:
        prefix = _prefix(element, attributes)
        handlers = cell_handlers(cells, prefix, start, end)
        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = handlers

    def start(element: str, attributes: Attributes) -> None:
        nonlocal inside
        element = local(element)
        if element == "extLst":
            skip()
        elif element == "sheetData":
            pieces.opened = inside = True
        elif element == "mergeCell":
            if len(around.merges) < MAX_MERGES and (found := range_of(attributes.get("ref", ""))):
                around.merges.append(found)
        elif element == "col" and is_true(attributes.get("hidden")):
            hidden.add(int(attributes.get("min", "1")), int(attributes.get("max", "1")))
        elif element == "sheetView" and attributes.get("showZeros") in ("0", "false"):
            cells.styles.hide_zeros()
        elif inside and element in ("c", "row", "v"):
            raise ValueError(f"<{element}> stands under two prefixes")

    def end(element: str, text: str) -> None:
        nonlocal inside
        element = local(element)
        if element == "sheetData":
            inside = False
        elif story := _MARGINS.get(element):
            around.margins.extend((story, piece) for piece in margin_texts(plain(text), cells.sheet))

    def skip() -> None:
        """Pass over an element whole: what extensions hold is no content of cells."""
        nonlocal depth
        kept = parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler
        depth = 1

        def deeper(element: str, attributes: Attributes) -> None:
            nonlocal depth
            depth += 1

        def back(element: str) -> None:
            nonlocal depth
            depth -= 1
            if not depth:
                parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = kept

        parser.StartElementHandler, parser.EndElementHandler = deeper, back
        parser.CharacterDataHandler = None

    parser.StartElementHandler = root
    if by_pattern:
        part.run(pieces.feed, pieces.close)
    else:
        part.run()
    around.hidden_columns = hidden.numbers()
    return around


def _prefix(root: str, attributes: Attributes) -> str:
    """The prefix that a sheet's elements have, with its colon. ValueError where the root is none of a sheet.

    A sheet of Excel 4 macros has a root of another namespace ([MS-OFFMACRO2] 2.2.1.4), the rest as a worksheet.
    """
    name = local(root)
    if name == "worksheet":
        return root.removesuffix(name)
    if name != "macrosheet":
        raise ValueError(f"a worksheet was expected, not <{root[:40]}>")
    declared = next((one for one, namespace in attributes.items() if namespace in _NAMESPACES), "xmlns")
    return f"{declared.removeprefix('xmlns:')}:" if declared.startswith("xmlns:") else ""


def range_of(reference: str) -> Range | None:
    """`A1:B2`, `$A$1` or `A1` as a Range, or None for anything else."""
    match = _RANGE.fullmatch(reference.strip())
    if match is None:
        return None
    left, top = _number(match[1]), int(match[2])
    right, bottom = (_number(match[3]), int(match[4])) if match[3] else (left, top)
    left, right = sorted((left, right))
    top, bottom = sorted((top, bottom))
    return Range(top, left, bottom, right) if top > 0 and bottom <= MAX_ROW and right <= MAX_COLUMN else None


def _number(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column


def margin_texts(code: str, sheet: str) -> list[str]:
    """The left, middle and right text of a header or footer (18.3.1.39); page numbers, dates and fonts left out."""
    sections = {"L": "", "C": "", "R": ""}
    side = "C"
    at = 0
    for match in _MARGIN_CODE.finditer(code):
        sections[side] += code[at : match.start()]
        at = match.end()
        one = (match["one"] or "").upper()
        if one in sections and one:
            side = one
        elif one == "&":
            sections[side] += "&"
        elif one == "A":
            sections[side] += sheet
    sections[side] += code[at:]
    return [text.strip() for text in sections.values() if text.strip()]

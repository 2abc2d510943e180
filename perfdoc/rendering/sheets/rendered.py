"""A rendered template as a stream: each project's lines and tables, while the next ones are still being rendered.

Only one project is held at a time. The names of elements and the numbers of formats are those of `sheet_template`.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, cast

from lxml import etree

from perfdoc.rendering.archive import encoded
from perfdoc.rendering.sheets.text_format import W


class Line(NamedTuple):
    """A paragraph: the number of its format, its text, and where values of their own begin within it."""

    format: int
    text: str
    cuts: tuple[int, ...] = ()


class RenderedCell(NamedTuple):
    """A cell: the number of its format, and its paragraphs."""

    format: int
    lines: list[Line]


class RenderedRow(NamedTuple):
    """A row: the number of its format, and its cells."""

    format: int
    cells: list[RenderedCell]


class RenderedTable(NamedTuple):
    """A table: the number of its format, and its rows."""

    format: int
    rows: list[RenderedRow]


Block = Line | RenderedTable


def projects(pieces: Iterable[str]) -> Iterator[list[Block]]:
    """The blocks of one project after another; the first has those in front of it, the last those behind."""
    blocks: list[Block] = []
    begun = 0
    parser = etree.XMLPullParser(("end",), tag=(f"{W}p", f"{W}tbl", "project"), huge_tree=True)
    for piece in encoded(pieces):
        parser.feed(piece)
        for _, found in parser.read_events():
            element = cast(etree._Element, found)
            parent = element.getparent()
            if parent is None or parent.getparent() is not None:
                continue  # a paragraph of a cell
            if element.tag == "project":
                begun += 1
                if begun > 1:
                    yield blocks
                    blocks = []
            else:
                blocks.append(_line(element) if element.tag == f"{W}p" else _table(element))
            element.clear()
            while element.getprevious() is not None:
                del parent[0]
    if begun:
        yield blocks


def _table(table: etree._Element) -> RenderedTable:
    rows = [
        RenderedRow(
            int(row.get("r", "")),
            [RenderedCell(int(cell.get("c", "")), [_line(one) for one in cell.iterchildren(f"{W}p")]) for cell in row],
        )
        for row in table
    ]
    return RenderedTable(int(table.get("t", "")), rows)


def _line(paragraph: etree._Element) -> Line:
    texts: list[str] = []
    cuts: list[int] = []
    for run in paragraph.iterchildren(f"{W}r"):
        if run.get("part"):
            cuts.append(sum(map(len, texts)))
        texts += ["\n" if one.tag == f"{W}br" else "\t" if one.tag == f"{W}tab" else one.text or "" for one in run]
    return Line(int(paragraph.get("p", "")), "".join(texts), tuple(cuts))

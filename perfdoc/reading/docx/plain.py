"""The fast way through rows of plain cells: one pass over the elements that matter, picked out by libxml2.

Most tables hold nothing but text and merges. For them the elements in between (formats, controls that only
surround, proofing marks) need not be looked at one by one, which is most of the time that reading takes. As
soon as an element turns up that asks for more, or a style that does, the pass gives up and `Table` reads
the rows its own way; both give the same cells, and a test holds that.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from lxml import etree

from perfdoc.reading.docx import inline
from perfdoc.reading.docx.changes import TRACKS
from perfdoc.reading.docx.echoes import may_repeat
from perfdoc.reading.docx.names import (
    ALTCHUNK,
    CELLMERGE,
    GRIDAFTER,
    GRIDBEFORE,
    GRIDSPAN,
    HMERGE,
    NUMPR,
    PSTYLE,
    RSTYLE,
    TBL,
    TBLHEADER,
    TC,
    TR,
    TYPE,
    VAL,
    VANISH,
    VMERGE,
    P,
    R,
    T,
    is_on,
    w,
)
from perfdoc.reading.docx.stretches import Stretches
from perfdoc.reading.docx.styles import Styles
from perfdoc.reading.docx.symbols import symbol_font, trimmed

_Element = etree._Element
_new = tuple.__new__
_BREAK, _TAB = w("br"), w("tab")
PLAIN = (TR, TC, P, T, GRIDSPAN, VMERGE, RSTYLE, _BREAK, _TAB, GRIDBEFORE, GRIDAFTER, TBLHEADER)
ASKING = frozenset(
    (
        TBL,
        NUMPR,
        VANISH,
        HMERGE,
        CELLMERGE,
        ALTCHUNK,
        *TRACKS,
        *map(w, ("hidden", "showingPlcHdr", "tcPrChange", "trPrChange")),
        *(
            str(tag)
            for tag, read in (inline.CONTENT | inline.INLINE).items()
            if read not in inline.HARMLESS and tag not in PLAIN
        ),
    )
)
"""Elements that only the full way reads right."""


class PlainCell(NamedTuple):
    """A cell without its place; `vertical` is the value of its w:vMerge, None for no merge."""

    text: str
    span: int
    vertical: str | None
    stretches: Stretches | None


Parts = tuple[str, int, str | None, Stretches | None]
"""A `PlainCell`, or a tuple as one, which takes a third of the time to make."""


class PlainRows(NamedTuple):
    """Rows of cells; what few rows have besides, by row index."""

    rows: list[list[Parts]]
    headers: set[int]
    before: dict[int, int]
    after: dict[int, int]


def plain_rows(table: _Element, stop: _Element | None, styles: Styles, tags: tuple[str, ...]) -> PlainRows | None:
    """The rows of a table up to the row `stop`; None where they are not plain.

    `tags` are those to look at (`tags_to_look_at`).
    """
    if styles.default.hidden or styles.default.number:
        return None
    found = PlainRows([], set(), {}, {})
    rows = found.rows
    cells: list[Parts] = []
    text: str | None = None  # of the cell that is open
    begun, span, merge = False, 1, None
    stretches: Stretches | None = None
    for element in table.iterdescendants(*tags):
        tag = element.tag
        if tag == T:
            more = element.text
            if more:
                if len(more) < 3 or more[0] == " " or more[-1] == " " or not more.isprintable():
                    more = trimmed(more, element)
                    if symbol_font(more, element) is not None:
                        return None
                if text is None or (text and may_repeat(element)):
                    return None
                text += more
                if stretches is not None:
                    stretches.add(more, element)
        elif tag == P:
            if text is None:
                return None
            if begun or text:
                text += "\n"
                if stretches is not None:
                    stretches.add("\n")
            begun = True
        elif tag == TC:
            if text is not None:
                cells.append(_new(PlainCell, (text, span, merge, stretches)))
            elif not rows:
                return None
            text, begun, span, merge, stretches = "", False, 1, None, None
        elif tag == VMERGE:
            merge = element.get(VAL, "continue")
        elif tag == GRIDSPAN:
            span = columns_of(element, 1)
        elif tag == TR:
            if text is not None:
                cells.append(_new(PlainCell, (text, span, merge, stretches)))
            if element is stop:
                return found
            text, cells = None, []
            rows.append(cells)
        elif tag == RSTYLE:
            style = styles.of(element.get(VAL, ""))
            if style.hidden or text is None:
                return None
            if not style.plain:
                stretches = stretches or Stretches(text)
                stretches.begin(_run_of(element), style.name)
        elif (written := _detail(element, tag, found, styles)) is None or (written and text is None):
            return None
        elif written and text is not None:
            text += written
            if stretches is not None:
                stretches.add(written, element)
    if text is not None:
        cells.append(_new(PlainCell, (text, span, merge, stretches)))
    return found


def tags_to_look_at(styles: Styles, seen: Iterable[str]) -> tuple[str, ...]:
    """The tags of a plain row, and those that ask for more, as far as the file was `seen` to have them.

    Paragraph styles are only looked at where one of them numbers or hides. The fewer tags the better: lxml
    prepares each of them for each table.
    """
    numbered = (PSTYLE,) if styles.any_numbered or styles.any_hidden else ()
    return (*PLAIN, *numbered, *seen)


def _run_of(style: _Element) -> _Element | None:
    """The run that names a style; none where it is a paragraph's end that does."""
    properties = style.getparent()
    run = None if properties is None else properties.getparent()
    return run if run is not None and run.tag == R else None


def _detail(element: _Element, tag: object, found: PlainRows, styles: Styles) -> str | None:
    """What a rare element writes into its cell, or `""`; None where it is not plain."""
    at = len(found.rows) - 1
    if tag == PSTYLE:
        style = styles.of(element.get(VAL, ""))
        return None if style.hidden or style.number else ""
    if tag == TBLHEADER:
        if is_on(element.get(VAL)):
            found.headers.add(at)
    elif tag == GRIDBEFORE:
        found.before[at] = columns_of(element, 0)
    elif tag == GRIDAFTER:
        found.after[at] = columns_of(element, 0)
    elif tag == _BREAK:
        return "\n" if element.get(TYPE, "textWrapping") == "textWrapping" else ""
    elif tag == _TAB:
        parent = element.getparent()
        return "\t" if parent is not None and parent.tag == R else ""  # a tab stop in w:pPr has the same name
    else:
        return None
    return ""


def columns_of(element: _Element, usual: int) -> int:
    """A number of columns; what is no number, or passes the limit, is cut to what a grid can have."""
    value = element.get(VAL, "")
    if not value.isascii() or not value.isdigit():
        return usual
    return min(int(value[:9]), MAX_COLUMNS) or usual


MAX_COLUMNS = 1024
"""Columns of a grid; Word itself allows 63. A span that passes them is cut."""

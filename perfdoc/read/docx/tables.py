"""Tables: cells at their grid positions, merges resolved (ECMA-376 part 1, 17.4).

A cell's column is where it begins on the table's grid: `gridBefore` and the spans before it count. A
vertical merge continues the cell above that begins in the same column. The old horizontal merge (`hMerge`)
becomes a span.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from perfdoc.layout import Cell, Grid, Row
from perfdoc.read.codes import HIDDEN, MERGED
from perfdoc.read.docx import inline
from perfdoc.read.docx.alternate import chosen
from perfdoc.read.docx.changes import TRACKS
from perfdoc.read.docx.names import (
    ALTERNATE,
    CELLMERGE,
    CUSTOMXML,
    GRIDAFTER,
    GRIDBEFORE,
    GRIDSPAN,
    HMERGE,
    SDT,
    SDTCONTENT,
    TBLHEADER,
    TC,
    TCPR,
    TR,
    TRPR,
    VAL,
    VMERGE,
    P,
    is_on,
    w,
)
from perfdoc.read.docx.plain import MAX_COLUMNS, columns_of, plain_rows
from perfdoc.read.docx.quote import shorten
from perfdoc.read.docx.words import Words
from perfdoc.report import Place, Severity

if TYPE_CHECKING:
    from perfdoc.read.docx.story import Story

_Element = etree._Element
_new = tuple.__new__  # a third of the time that Cell(...) takes, for a million cells
_AROUND = frozenset((SDTCONTENT, CUSTOMXML))
_HIDDEN = w("hidden")


class Table:
    """A table being read: feed it the children of w:tbl, then call `end`."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self._outer = story.words
        self._top = not story.words.table
        if self._top:
            story.interrupt()
        story.tables += 1
        self.words = story.words = Words(story, table=story.tables)
        self._slot = len(story.after)
        story.after.append(None)
        self._rows: list[tuple[list[Cell], bool, bool]] = []
        self._columns = 0
        self._open: dict[int, tuple[int, int]] = {}
        """The vertical merges that reach down to the row above: column → (row, cell) where each begins."""
        self._spans: dict[tuple[int, int], int] = {}

    def walk(self, elements: Iterable[_Element]) -> None:
        """Read children of the table."""
        for element in elements:
            self.child(element)

    def take(self, table: _Element, count: int | None = None) -> None:
        """Read the first `count` children of a w:tbl, or all of them."""
        stop = None if count is None else table[count]
        plain = None
        if stop is None or stop.tag == TR:
            plain = plain_rows(table, stop, self.story.job.styles)
        if plain is None:
            self.walk(islice(table, count))
            return
        for index, row in enumerate(plain.rows):
            self._plain_row(row, plain.before.get(index, 0), plain.after.get(index, 0), index in plain.headers)

    def _plain_row(self, row: list[tuple[str, int, str | None]], before: int, after: int, header: bool) -> None:
        self.words.row = number = len(self._rows) + 1
        cells: list[Cell] = []
        above, self._open = self._open, {}
        column = 1 + before
        for text, span, vertical in row:
            if vertical is None and column + span <= MAX_COLUMNS:
                cells.append(_new(Cell, (text, number, column, span, 1, False, ())))
                column += span
            else:
                column = self._add(cells, above, column, span, vertical, text, ())
        self._end_row(cells, column, after, header, False)

    def child(self, element: _Element) -> None:
        """A row, or what stands around rows."""
        tag = element.tag
        if tag == TR:
            self._row(element)
        elif tag == SDT:
            self.walk(element)
            inline.look_for_prompt(self.words, element)
        elif tag in _AROUND:
            self.walk(element)
        elif tag == ALTERNATE:
            branch = chosen(element)
            self.walk(() if branch is None else branch)
        elif tag in TRACKS and next(element.iter(TR), None) is not None and inline.is_shown(self.words, element):
            self.walk(element)

    def end(self) -> None:
        """The table is complete: it becomes a block, unless no row is left of it."""
        story = self.story
        story.words = self._outer
        if self._rows:
            story.after[self._slot] = self._grid()
        if self._top:
            story.flush()

    def _grid(self) -> Grid:
        for (row, cell), span in self._spans.items():
            cells = self._rows[row][0]
            cells[cell] = cells[cell]._replace(rowspan=span)
        rows = tuple(Row(tuple(cells), header, hidden) for cells, header, hidden in self._rows)
        place = Place(self.story.job.file, table=self.words.table, part=self.story.part)
        return Grid(rows, self._columns, place)

    def _row(self, element: _Element) -> None:
        words = self.words
        words.row = len(self._rows) + 1
        words.column = 0
        header = hidden = False
        cells: list[Cell] = []
        column, after = 1, 0
        above, self._open = self._open, {}
        for child in element:
            tag = child.tag
            if tag == TC:
                column = self._cell(child, column, cells, above)
            elif tag == TRPR:
                header, hidden, before, after, gone = self._row_properties(child)
                if gone:
                    self._open = above
                    return
                column += before
            else:
                column = self._around_cells(child, column, cells, above)
        self._end_row(cells, column, after, header, hidden)
        if hidden:
            text = " ".join(cell.text for cell in cells)
            words.column = 0
            self.story.say(HIDDEN, Severity.warning, f"a hidden row: {shorten(text)!r}", text)

    def _end_row(self, cells: list[Cell], column: int, after: int, header: bool, hidden: bool) -> None:
        self.story.job.count_cells(len(cells) + 1)
        self._columns = max(self._columns, min(column - 1 + after, MAX_COLUMNS))
        self._rows.append((cells, header, hidden))

    def _row_properties(self, element: _Element) -> tuple[bool, bool, int, int, bool]:
        """(header, hidden, columns left out before, and after, deleted) of w:trPr."""
        header = hidden = gone = False
        before = after = 0
        for each in element:
            tag = each.tag
            if tag == TBLHEADER:
                header = is_on(each.get(VAL))
            elif tag == GRIDBEFORE:
                before = columns_of(each, 0)
            elif tag == GRIDAFTER:
                after = columns_of(each, 0)
            elif tag == _HIDDEN:
                hidden = is_on(each.get(VAL))
            elif tag in TRACKS:
                gone = not inline.is_shown(self.words, each) or gone
        return header, hidden, before, after, gone

    def _around_cells(
        self, element: _Element, column: int, cells: list[Cell], above: dict[int, tuple[int, int]]
    ) -> int:
        """Content controls and the like around cells."""
        tag = element.tag
        if tag == TC:
            return self._cell(element, column, cells, above)
        inner: Iterable[_Element] = ()
        if tag == ALTERNATE:
            branch = chosen(element)
            inner = () if branch is None else branch
        elif (
            tag == SDT
            or tag in _AROUND
            or (tag in TRACKS and next(element.iter(TC), None) is not None and inline.is_shown(self.words, element))
        ):
            inner = element
        for child in inner:
            column = self._around_cells(child, column, cells, above)
        if tag == SDT:
            inline.look_for_prompt(self.words, element)
        return column

    def _cell(self, element: _Element, column: int, cells: list[Cell], above: dict[int, tuple[int, int]]) -> int:
        """Read a cell that begins in a column; the column after it."""
        words = self.words
        words.column = column
        words.begin_cell()
        out = words.out
        careful = self.story.job.paragraphs_matter
        span, vertical, horizontal = 1, None, None
        begun = False
        for child in element:
            tag = child.tag
            if tag == P and not careful:
                if begun:
                    out.append("\n")
                begun = True
                words.start = len(out)
                words.inline(child)
                if words.fields:
                    words.end_paragraph()
            elif tag == TCPR:
                for each in child:
                    tag = each.tag
                    if tag == GRIDSPAN:
                        span = columns_of(each, 1)
                    elif tag == VMERGE:
                        vertical = each.get(VAL, "continue")
                    elif tag == HMERGE:
                        horizontal = each.get(VAL, "continue")
                    elif tag == CELLMERGE:
                        vertical = self._tracked_merge(each, vertical)
                    elif tag in TRACKS and not inline.is_shown(words, each):
                        return column
                words.unseen = vertical is not None and vertical != "restart"
            else:
                words.begun = begun
                self.story.block(child)
                begun = words.begun
        text, runs = words.end_cell()
        if horizontal is not None and horizontal != "restart" and cells:
            self._widen(cells, span, text)
            return column + span
        return self._add(cells, above, column, span, vertical, text, runs)

    def _add(
        self,
        cells: list[Cell],
        above: dict[int, tuple[int, int]],
        column: int,
        span: int,
        vertical: str | None,
        text: str,
        runs: tuple[tuple[str, str], ...],
    ) -> int:
        """Add a cell to the row being read; the column after it."""
        if column + span > MAX_COLUMNS:
            column = min(column, MAX_COLUMNS)
            span = MAX_COLUMNS + 1 - column
        row = self.words.row
        hidden = False
        if vertical is not None:
            anchor: tuple[int, int] | None = (row - 1, len(cells))
            if vertical != "restart":
                hidden = True
                anchor = above.get(column)
                if anchor is not None:
                    self._spans[anchor] = self._spans.get(anchor, 1) + 1
            if anchor is not None:
                self._open[column] = anchor
        cells.append(_new(Cell, (text, row, column, span, 1, hidden, runs)))
        return column + span

    def _widen(self, cells: list[Cell], span: int, text: str) -> None:
        """A cell that the old horizontal merge hides widens the one before it."""
        cells[-1] = cells[-1]._replace(colspan=cells[-1].colspan + span)
        if text.strip():
            message = f"text that a horizontal merge hides is not read: {shorten(text)!r}"
            self.story.say(MERGED, Severity.warning, message, text)

    def _tracked_merge(self, element: _Element, vertical: str | None) -> str | None:
        """w:cellMerge (17.13.5.3): the merge after, or before, a tracked change."""
        name = "vMergeOrig" if self.story.job.changes.policy == "reject" else "vMerge"
        return {"rest": "restart", "cont": "continue"}.get(element.get(w(name), ""), vertical)

"""Tables element by element: rows and cells, what stands around them, what their properties say.

A cell's column is where it begins on the table's grid (`grid.py`): `gridBefore` and the spans before it
count. The old horizontal merge (`hMerge`) becomes a span. Plain tables were read
before parsing (`ahead.py`); plain rows of the others take a faster way (`plain.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from perfdoc.reading.codes import HIDDEN, MERGED, UNCERTAIN
from perfdoc.reading.docx import fields, inline
from perfdoc.reading.docx.alternate import chosen
from perfdoc.reading.docx.changes import GONE_BUT_THERE, TRACKS
from perfdoc.reading.docx.grid import GridRows
from perfdoc.reading.docx.names import (
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
from perfdoc.reading.docx.plain import MAX_COLUMNS, columns_of, plain_rows
from perfdoc.reading.docx.quote import shorten
from perfdoc.reading.docx.words import Words
from perfdoc.report import Place, Severity

if TYPE_CHECKING:
    from perfdoc.reading.docx.story import Story

_Element = etree._Element
_HIDDEN = w("hidden")
_PAST = 8  # cells of a row that may begin past the last column


class _RowProperties(NamedTuple):
    """What w:trPr says; `before` and `after` are columns left out, `gone` a row that is tracked as not there."""

    header: bool = False
    hidden: bool = False
    before: int = 0
    after: int = 0
    gone: bool = False


class _CellProperties(NamedTuple):
    """What w:tcPr says; the merges are values of w:vMerge and w:hMerge, None where there is none."""

    span: int = 1
    vertical: str | None = None
    horizontal: str | None = None
    gone: bool = False


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
        self._rows = GridRows()

    def take(self, table: _Element, count: int | None = None) -> None:
        """Read the first `count` children of a w:tbl, or all of them."""
        stop = None if count is None else table[count]
        plain = self.story.job.ahead.rows(table.get(VAL))
        if plain is None and (stop is None or stop.tag == TR):
            plain = plain_rows(table, stop, self.story.job.styles, self.story.job.plain_tags)
        if plain is None:
            self.walk(islice(table, count))
            return
        for index, row in enumerate(plain.rows):
            self.story.job.count_cells(len(row) + 1)
            self._rows.add_plain_row(row, plain.before.get(index, 0), plain.after.get(index, 0), index in plain.headers)
            self._check_width()

    def walk(self, elements: Iterable[_Element]) -> None:
        """Read children of the table one by one."""
        for element in elements:
            if element.tag == TR:
                self._row(element)
            else:
                self._around(element, TR, self.walk)

    def end(self) -> None:
        """The table is complete: it becomes a block, unless no row is left of it or it only frames lines of a cell."""
        story = self.story
        story.words = self._outer
        place = Place(story.job.file, table=self.words.table, part=story.part)
        grid = self._rows.grid(place)
        if grid is not None and not self._top:
            grid = None if story.words.frames(grid) else replace(grid, within=story.place())
        story.after[self._slot] = grid
        if self._top:
            story.flush()

    def _around(self, element: _Element, wanted: str, walk: Callable[[Iterable[_Element]], None]) -> None:
        """What stands around rows, or around cells, lets them through."""
        tag = element.tag
        if tag == SDT:
            walk(element)
            inline.look_for_prompt(self.words, element)
        elif tag in (SDTCONTENT, CUSTOMXML):
            walk(element)
        elif tag == ALTERNATE:
            branch = chosen(element)
            walk(() if branch is None else branch)
        elif tag in TRACKS and next(element.iter(wanted), None) is not None and inline.is_shown(self.words, element):
            walk(element)

    def _row(self, element: _Element) -> None:
        words = self.words
        rows = self._rows
        found = element.find(TRPR)
        rows.begin_row()
        words.row, words.column = rows.row, 0
        properties = _RowProperties() if found is None else self._row_properties(found)
        if properties.gone and not self.story.job.of_libreoffice:
            return
        rows.column += properties.before
        self._cells(element)
        if properties.gone:
            if not any(cell.text.strip() for cell in rows.cells):
                return
            words.column = 0
            self.story.say(UNCERTAIN, Severity.warning, GONE_BUT_THERE, rows.cells[-1].text)
        self.story.job.count_cells(len(rows.cells) + 1)
        rows.end_row(properties.after, properties.header, properties.hidden)
        self._check_width()
        if properties.hidden:
            text = " ".join(cell.text for cell in rows.cells)
            words.column = 0
            self.story.say(HIDDEN, Severity.warning, f"a hidden row: {shorten(text)!r}", text)

    def _check_width(self) -> None:
        """A few cells past the last column stand in it together; more would make a heap of texts at one place."""
        if self._rows.past > _PAST:
            raise self.story.job.package.unreadable(f"a table in it has more than {MAX_COLUMNS:,} columns")

    def _row_properties(self, element: _Element) -> _RowProperties:
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
        return _RowProperties(header, hidden, before, after, gone)

    def _cells(self, elements: Iterable[_Element]) -> None:
        for element in elements:
            if element.tag == TC:
                self._cell(element)
            elif element.tag != TRPR:
                self._around(element, TC, self._cells)

    def _cell(self, element: _Element) -> None:
        words = self.words
        words.column = self._rows.column
        words.begin_cell()
        found = element.find(TCPR)
        properties = _CellProperties() if found is None else self._cell_properties(found)
        if properties.gone:
            return
        span, vertical, horizontal, _ = properties
        words.unseen = vertical is not None and vertical != "restart"
        self._content(element)
        text, runs = self.story.end_cell()
        if horizontal is None or horizontal == "restart" or not self._rows.cells:
            self._rows.add(span, vertical, text, runs)
            return
        self._rows.widen(span)
        if text.strip() and text != self._rows.cells[-1].text:
            message = f"text that a horizontal merge hides is not read: {shorten(text)!r}"
            self.story.say(MERGED, Severity.warning, message, text)

    def _cell_properties(self, element: _Element) -> _CellProperties:
        span, vertical, horizontal, gone = 1, None, None, False
        for each in element:
            tag = each.tag
            if tag == GRIDSPAN:
                span = columns_of(each, 1)
            elif tag == VMERGE:
                vertical = each.get(VAL, "continue")
            elif tag == HMERGE:
                horizontal = each.get(VAL, "continue")
            elif tag == CELLMERGE:
                vertical = self._tracked_merge(each, vertical)
            elif tag in TRACKS:
                gone = not inline.is_shown(self.words, each) or gone
        return _CellProperties(span, vertical, horizontal, gone)

    def _tracked_merge(self, element: _Element, vertical: str | None) -> str | None:
        """w:cellMerge (17.13.5.3): the merge after, or before, a tracked change."""
        name = "vMergeOrig" if self.story.job.changes.policy == "reject" else "vMerge"
        return {"rest": "restart", "cont": "continue"}.get(element.get(w(name), ""), vertical)

    def _content(self, element: _Element) -> None:
        """The text of a cell, to `words.out`."""
        words = self.words
        out = words.out
        careful = self.story.job.paragraphs_matter or self.story.job.of_libreoffice
        for child in element:
            tag = child.tag
            if tag == P and not careful:
                if words.begun:
                    out.append("\n")
                words.begun = True
                words.start = len(out)
                words.inline(child)
                if words.fields:
                    fields.end_paragraph(words)
            elif tag != TCPR:
                self.story.block(child)

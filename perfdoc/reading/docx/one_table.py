"""One pass over a tidied table: rows and cells, at their places on its grid.

A cell's column is where it begins on the grid (`grid.py`): `gridBefore` and the spans before it count. What is not
known, and what only surrounds rows, cells, or runs, is read through.
"""

from collections.abc import Callable

from lxml import etree

from perfdoc.layout import Grid
from perfdoc.reading.codes import DAMAGED, HIDDEN, MERGED, SYMBOL, UNCERTAIN
from perfdoc.reading.docx.characters import CHARACTERS, UNKNOWN, leaf_of, text, unknown_symbols
from perfdoc.reading.docx.context import Story
from perfdoc.reading.docx.grid import MAX_COLUMNS, PAST, GridRows, More, columns_of, joined
from perfdoc.reading.docx.marks import JOINS, LABEL, MARK, NUMBER, Change, Hidden, Meet, shorten
from perfdoc.reading.docx.namespaces import HMERGE, RSTYLE, TC, TR, VAL, VMERGE, P, R, T, is_on, w
from perfdoc.reading.sources import Piece, Source
from perfdoc.report import Place, Severity
from perfdoc.texts import say

_Element = etree._Element


class Table:
    """A table being read: give it elements that hold its rows, then call `grid`."""

    _begun: bool  # has the cell a paragraph?

    def __init__(self, story: Story, number: int, meet: Meet) -> None:
        self._story = story
        self._number = number
        self._meet = meet
        self._rows = GridRows()
        self._in_row = self._in_cell = self._begun = False
        self._next_cell()

    def read(self, element: _Element) -> None:
        """Read the rows in an element: the table itself, or one of its children. Most cells are one line of text."""
        for each in element.iter(*_TAGS):
            tag = each.tag
            if tag == T and self._more is None:
                shown = text(each)
                if UNKNOWN not in shown:
                    self._text += shown
                    continue
            elif tag == P and not (self._begun or self._text or self._story.tidied):
                self._begun = True
                self._story.paragraphs += 1
                continue
            _READ[tag](self, each)

    def grid(self) -> Grid | None:
        """The whole table; None where no row is left of it."""
        self._end_row()
        return self._rows.grid(Place(self._story.context.file, table=self._number, part=self._story.part))

    def place(self) -> Place:
        """Where reading stands."""
        column = self._rows.column if self._in_cell else 0
        story, row = self._story, self._rows.row
        return Place(story.context.file, table=self._number, row=row, column=column, part=story.part)

    def _say(self, code: str, severity: Severity, message: str, quote: str) -> None:
        self._story.context.say(code, severity, message, self.place(), quote)

    def _row(self, element: _Element) -> None:
        self._end_row()
        self._rows.begin_row()
        self._in_row = True
        self._header, self._hidden_row, self._after = False, False, 0

    def _end_row(self) -> None:
        self._end_cell()
        if not self._in_row:
            return
        self._in_row = False
        rows = self._rows
        self._story.context.count_cells(len(rows.cells) + 1)
        rows.end_row(self._after, self._header, self._hidden_row)
        if rows.past > PAST:
            raise self._story.context.package.unreadable("docx.many_columns", most=MAX_COLUMNS)
        if self._hidden_row:
            text = " ".join(cell.text for cell in rows.cells)
            self._say(HIDDEN, Severity.warning, say("docx.hidden_row", text=shorten(text)), text)

    def _cell(self, element: _Element) -> None:
        self._end_cell()
        self._in_cell = True
        if self._story.tidied:
            self._cell_number = int(element.get(NUMBER, 0))
        else:
            self._story.cells = self._cell_number = self._story.cells + 1

    def _next_cell(self) -> None:
        self._text, self._begun, self._span = "", False, 1
        self._vertical: str | None = None
        self._more: More | None = None if self._story.context.sources is None else More()

    def _has_more(self) -> More:
        if self._more is None:
            self._more = More()
        return self._more

    def _end_cell(self) -> None:
        if not self._in_cell:
            if self._text:
                self._say_stray()
            return
        if self._more is None:
            self._rows.add(self._span, self._vertical, self._text, (), self._cell_number)
        else:
            self._end_odd_cell(self._more)
        self._in_cell = False
        self._next_cell()

    def _end_odd_cell(self, more: More) -> None:
        text, rows = self._text, self._rows
        if more.hidden.strip():
            message = say("docx.hidden", text=shorten(more.hidden))
            self._say(HIDDEN, Severity.warning, message, more.hidden)
        if more.boxed and not text.strip():
            self._say(UNCERTAIN, Severity.warning, say("docx.box_not_read", text=shorten(more.boxed)), more.boxed)
        if more.horizontal in (None, "restart") or not rows.cells:
            if (sources := self._story.context.sources) is not None:
                sources.add(self.place(), Source(self._story.source, True, self._cell_number, tuple(more.pieces)))
            rows.add(self._span, self._vertical, text, joined(more.stretches), self._cell_number)
            return
        if text.strip() and text != rows.cells[-1].text:
            message = say("docx.merged", text=shorten(text))
            self._say(MERGED, Severity.warning, message, text)
        rows.widen(self._span)

    def _say_stray(self) -> None:
        """Text where only rows or cells may stand."""
        text = self._text
        self._next_cell()
        if text.strip():
            message = say("docx.stray", text=shorten(text))
            self._say(DAMAGED, Severity.warning, message, text)

    def _paragraph(self, element: _Element) -> None:
        parent = element.getparent() if self._begun else None
        if parent is not None and parent.tag == TR:
            self._end_cell()
        joins = self._more is not None and self._more.joins
        ended = "\n" if (self._begun or self._text) and not joins else ""
        self._write(ended, paragraph=int(element.get(NUMBER, 0)))
        self._begun = True
        if not self._story.tidied:
            self._story.paragraphs += 1
            return
        if joins or element.get(JOINS) is not None:
            self._has_more().joins = element.get(JOINS) is not None
        self._write(element.get(LABEL, ""))

    def _write(self, shown: str, style: str = "", leaf: int = 0, paragraph: int = 0) -> None:
        self._text += shown
        if (more := self._more) is not None:
            more.pieces.append(Piece(shown, leaf, paragraph))
            if more.run is not None:
                more.stretches.append((style, shown))

    def _characters(self, element: _Element) -> None:
        shown = CHARACTERS[element.tag](element)
        for said, unknown in unknown_symbols(shown, element) if UNKNOWN in shown else ():
            self._say(SYMBOL, Severity.warning, said, unknown)
        more = self._more
        styled = more is not None and element.getparent() is more.run
        self._write(shown, more.style if more is not None and styled else "", leaf_of(element))

    def _run_style(self, element: _Element) -> None:
        style = self._story.context.styles.of(element.get(VAL, ""))
        properties = None if style.plain else element.getparent()
        run = None if properties is None else properties.getparent()
        if run is not None and run.tag == R:
            more = self._has_more()
            if more.run is None:
                more.stretches.append(("", self._text))
            more.run, more.style = run, style.name

    def _mark(self, element: _Element) -> None:
        mark = self._story.marks.of(element)
        if isinstance(mark, Hidden):
            self._has_more().hidden += mark.text
            return
        if isinstance(mark, Change) and mark.ends == "row":
            self._end_row()
            self._rows.begin_row()
        elif isinstance(mark, Change) and mark.ends == "cell":
            self._end_cell()
            self._in_cell = True
            self._story.context.tracked.count(mark, self.place())
            self._in_cell = False
            return
        boxed = self._meet(mark, self.place())
        if boxed and self._in_cell:
            self._has_more().boxed = boxed

    def _columns(self, element: _Element) -> None:
        self._span = columns_of(element, 1)

    def _vertical_merge(self, element: _Element) -> None:
        self._vertical = element.get(VAL, "continue")

    def _horizontal_merge(self, element: _Element) -> None:
        self._has_more().horizontal = element.get(VAL, "continue")

    def _before(self, element: _Element) -> None:
        if not self._rows.cells:
            self._rows.column = 1 + columns_of(element, 0)

    def _left_out(self, element: _Element) -> None:
        self._after = columns_of(element, 0)

    def _repeated(self, element: _Element) -> None:
        self._header = is_on(element.get(VAL))

    def _not_displayed(self, element: _Element) -> None:
        self._hidden_row = is_on(element.get(VAL))


_READ: dict[object, Callable[[Table, _Element], None]] = {
    **dict.fromkeys(CHARACTERS, Table._characters),
    P: Table._paragraph,
    TC: Table._cell,
    TR: Table._row,
    w("gridSpan"): Table._columns,
    VMERGE: Table._vertical_merge,
    HMERGE: Table._horizontal_merge,
    RSTYLE: Table._run_style,
    w("gridBefore"): Table._before,
    w("gridAfter"): Table._left_out,
    w("tblHeader"): Table._repeated,
    w("hidden"): Table._not_displayed,
    MARK: Table._mark,
}
_TAGS = tuple(str(tag) for tag in _READ)

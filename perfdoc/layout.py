"""Layout: what a reader makes of a file, paragraphs and grids of cells in reading order, each with its place.

Readers make Layouts and know no label; the extractor reads Layouts and knows no file format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from perfdoc.report import Diagnostic, Place, Thread, TrackedChange


class Paragraph(NamedTuple):
    """A paragraph outside of any table.

    `text` has `\\n` for a line break and `\\t` for a tab. `style` is its style's name, as people see it (ids are
    made anew by each program that saves the file). `outline` is its outline level, 1 to 9, or 0.
    `bookmarks` are those that start in it, in order. `contents` marks a line of a table of contents.
    `story` says where it runs: body, header, footer, footnote, endnote, comment, textbox.
    `number` counts the `w:p` start tags of its part of a Word file, in the file's order and from 1, whatever they
    stand in; 0 in other files, and of a paragraph that the file has no w:p for. Of lines that a tracked change
    joins it is the last one's.
    """

    text: str
    place: Place
    style: str = ""
    outline: int = 0
    bookmarks: tuple[str, ...] = ()
    contents: bool = False
    story: str = "body"
    number: int = 0


class Cell(NamedTuple):
    """A cell of a grid. `row` and `column` are grid positions from 1.

    `continues` marks a cell that a vertical merge hides: it stands in its row, its text belongs to the
    cell above (its own, hidden text is in `text`). `runs` lists (character style's name, text) for each stretch
    of the text, and is empty where no character style is set; of a worksheet the parts of a text that has no formats.
    `number` counts the `w:tc` start tags of its part of a Word file, in the file's order and from 1: those in nested
    tables, in text boxes, and in rows and versions that are not shown count as well; 0 in other files.
    """

    text: str
    row: int
    column: int
    colspan: int = 1
    rowspan: int = 1
    continues: bool = False
    runs: tuple[tuple[str, str], ...] = ()
    number: int = 0


class Row(NamedTuple):
    """The cells of one row from left to right, hidden ones of vertical merges included.

    `header` marks a row that the file repeats on each page. `hidden` a row that is not displayed.
    """

    cells: tuple[Cell, ...]
    header: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of cells on a grid of `columns`.

    `merges` is False where the format can't tell an empty cell from one that a merge hides (plain text).
    `at` is the (line, column) of the text where each cell begins, row by row, for a grid read from text.
    `within` is the place of the cell that holds a nested table.
    """

    rows: tuple[Row, ...]
    columns: int
    place: Place
    merges: bool = True
    at: tuple[tuple[tuple[int, int], ...], ...] = ()
    within: Place | None = None

    def place_of(self, cell: Cell) -> Place:
        """Where a cell of this grid stands in the file."""
        return self.places_of((cell,))[0]

    def places_of(self, cells: Sequence[Cell]) -> list[Place]:
        """Where cells of this grid stand in the file."""
        if self.at:
            begins = (self.at[cell.row - 1][cell.column - 1] for cell in cells)
            return [self.place._replace(line=line, column=column) for line, column in begins]
        file, line, _, table, _, paragraph, sheet, part = self.place
        new = tuple.__new__  # every cell of a file is asked for: Place(...) takes half as long again
        return [new(Place, (file, line, cell.column, table, cell.row, paragraph, sheet, part)) for cell in cells]

    def placed(self) -> Iterator[tuple[Place, Cell]]:
        """Every cell with its place, row by row."""
        for row in self.rows:
            yield from zip(self.places_of(row.cells), row.cells, strict=True)


Block = Paragraph | Grid
TRACE = "perfdoc"
"""The name of the custom document property whose text is a Trace."""
_VERSION = 1
"""Of that text: another way of writing it, or of making the digest, is another number."""


class Trace(NamedTuple):
    """What a file says of the document that it was rendered from: the form, and the digest of the contents.

    The form is the one that the file has, which the document need not name; the digest is `specs.digest`. As text
    it is the value of the custom document property TRACE.
    """

    form: str
    digest: str

    def __str__(self) -> str:
        return f"{_VERSION} {self.digest} {self.form}"

    @classmethod
    def of(cls, text: str) -> Trace | None:
        """The first trace in the text of properties; None where there is none, or one that a later version writes."""
        found = re.search(rf"\b{_VERSION} ([0-9a-f]{{64}}) ([^\0]*)", text)
        return cls(found[2], found[1]) if found else None


@dataclass(frozen=True, slots=True)
class Layout:
    """A file as blocks in reading order. `file` is the name that places carry; `kind` the format's suffix.

    A nested table stands right after the one that holds it (one of a single column is lines of its cell), a text
    box after its paragraph. `program` and `template` say what last saved the file and after which template
    (`docProps/app.xml`), where it says so; `trace` what it was rendered from; `threads` are its comments, `tracked` its
    tracked changes.
    """

    file: str
    kind: str
    blocks: tuple[Block, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    program: str = ""
    template: str = ""
    trace: Trace | None = None
    threads: tuple[Thread, ...] = ()
    tracked: tuple[TrackedChange, ...] = ()

    def grids(self) -> Iterator[Grid]:
        """The grids in reading order."""
        return (block for block in self.blocks if isinstance(block, Grid))

    def texts(self) -> Iterator[tuple[Place, str]]:
        """The text of each paragraph and cell with its place, in reading order."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block.place, block.text
            else:
                yield from ((place, cell.text) for place, cell in block.placed())

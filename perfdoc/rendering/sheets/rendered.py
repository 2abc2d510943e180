"""A rendered template as a stream: each project's lines and tables, while the next ones are still being rendered.

Only one project is held at a time. The names of elements and the numbers of formats are those of `sheet_template`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from xml.parsers import expat

from perfdoc.rendering.archive import encoded


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
    reader = _Reader()
    for piece in encoded(pieces):
        reader.parser.Parse(piece, False)
        while len(reader.found) > 2:
            yield reader.take()
    reader.parser.Parse(b"", True)
    while len(reader.found) > 1:
        yield reader.take()


class _Reader:
    """Handlers of the parser, and what they have found: the front, then the projects, the last one unfinished."""

    def __init__(self) -> None:
        self.found: list[list[Block]] = [[]]
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self._rows: list[RenderedRow] | None = None
        self._cells: list[RenderedCell] = []
        self._lines: list[Line] = []
        self._text: list[str] = []
        self._cuts: list[int] = []
        self._format = 0

    def take(self) -> list[Block]:
        """The first project, out of what is found; lines in front of it stand before its own."""
        front, first = self.found[0], self.found.pop(1)
        blocks = [*front, *first]
        front.clear()
        return blocks

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "w:t":
            self.parser.CharacterDataHandler = self._text.append
        elif name == "w:p":
            self._format, self._text, self._cuts = int(attributes["p"]), [], []
        elif name == "w:r":
            if "part" in attributes:
                self._cuts.append(sum(map(len, self._text)))
        elif name == "w:br":
            self._text.append("\n")
        elif name == "w:tab":
            self._text.append("\t")
        elif name == "w:tc":
            self._lines = []
            self._cells.append(RenderedCell(int(attributes["c"]), self._lines))
        elif name == "w:tr" and self._rows is not None:
            self._cells = []
            self._rows.append(RenderedRow(int(attributes["r"]), self._cells))
        elif name == "w:tbl":
            self._rows = []
            self.found[-1].append(RenderedTable(int(attributes["t"]), self._rows))
        elif name == "project":
            self.found.append([])

    def _end(self, name: str) -> None:
        if name == "w:t":
            self.parser.CharacterDataHandler = None
        elif name == "w:p":
            line = Line(self._format, "".join(self._text), tuple(self._cuts))
            if self._rows is None:
                self.found[-1].append(line)
            else:
                self._lines.append(line)
        elif name == "w:tbl":
            self._rows = None

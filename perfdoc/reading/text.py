"""Text files → Layout: the rich-text output of Apache Tika, and any other plain text.

Tika prints a paragraph as a line, `[bookmark: NAME]` where a bookmark starts, each cell of a table on a line
of its own after a tab (its further paragraphs on lines without one), an empty line after a row, and one more
after a table. Spans and merges are gone: a merged-away cell looks like an empty one. Two things it prints
the same way are read as the likelier: an empty line inside a cell before the next cell is taken for the end
of the row; an empty line at the end of a row for one inside its last cell.

Other text is a paragraph a line, and a grid where lines in a row are separated by tabs.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from perfdoc.layout import Block, Cell, Grid, Layout, Paragraph, Row
from perfdoc.reading.broken import unreadable
from perfdoc.reading.codes import ENCODING, PICTURE
from perfdoc.reading.options import Options
from perfdoc.report import Diagnostic, Place, Severity
from perfdoc.texts import say

MAX_TEXT = 128 * 2**20
"""Bytes of a text file: some 9,000 projects."""
MAX_BAD = 1000
"""One byte in so many may be no text, and the file is still taken for UTF-8."""
_BOOKMARK = re.compile(r"\[bookmark: ([^\[\]\n]+)\]")
_IMAGE = re.compile(r"\[image: ([^\[\]\n]*)\]")
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def read(data: bytes, file: str, options: Options) -> Layout:
    """Read the bytes of a text file in UTF-8, UTF-16 (with its mark) or GB18030.

    Places are line and column. Raises UnreadableError: not text, too long.
    """
    if len(data) > MAX_TEXT:
        raise unreadable(file, "reading.long_text", most=MAX_TEXT >> 20)
    text, remarks = _decode(data, file)
    # A form feed is where a page ends, and no content.
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "").split("\n")
    if lines[-1] == "":
        lines.pop()
    reader = _Lines(file, lines)
    blocks = tuple(reader.tika() if _is_tika(lines) else reader.plain())
    return Layout(file, "txt", blocks, (*remarks, *reader.remarks))


def _decode(data: bytes, file: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """The text of the bytes, and a remark where its encoding was guessed. Raises UnreadableError."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _replaced(data[len(mark) :], encoding, file)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            return _replaced(data, "utf-8", file)
    remark = Diagnostic(ENCODING, Severity.info, say("reading.gb18030"), Place(file, line=1))
    return text, (remark,)


def _replaced(data: bytes, encoding: str, file: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """Text in which a few bytes may be damaged: each becomes U+FFFD."""
    text = data.decode(encoding, "replace")
    already = data.decode(encoding, "ignore").count("\ufffd")
    bad = text.count("\ufffd") - already
    if not bad:
        return text, ()
    if bad * MAX_BAD > max(len(data), MAX_BAD):
        raise unreadable(file, "reading.not_text")
    line = text.count("\n", 0, text.index("\ufffd")) + 1
    remark = Diagnostic(ENCODING, Severity.warning, say("reading.bad_characters", n=bad), Place(file, line=line))
    return text, (remark,)


def _is_tika(lines: list[str]) -> bool:
    """Marks of bookmarks, or rows of cells that stand each on a line of its own."""
    if any("[bookmark: " in line for line in lines):
        return True
    cells = [line for line in lines if line.startswith("\t")]
    alone = sum("\t" not in line[1:].rstrip("\t") for line in cells)
    if 2 * alone <= len(cells):
        return False
    return any(sum(line.startswith("\t") for line in group) > 1 for filled, group in groupby(lines, bool) if filled)


_TextRow = list[tuple[str, int, int]]
"""The text of each cell of a row, and the line and column where it begins."""


class _Lines:
    """The lines of a file, read from the first to the last."""

    def __init__(self, file: str, lines: list[str]) -> None:
        self.file = file
        self.lines = lines
        self.remarks: list[Diagnostic] = []
        self._next = 0

    def tika(self) -> Iterator[Block]:
        """The blocks of what Tika printed."""
        first = self.lines[0] if self.lines else ""
        if first.lstrip(" ").startswith("[bookmark: "):
            self.lines[0] = first.lstrip(" ")  # the space before the first mark is the dump's, not the document's
        while self._next < len(self.lines):
            if self._is_cell(self._next):
                yield self._table()
            else:
                line = self.lines[self._next]
                self._next += 1
                place = Place(self.file, line=self._next, column=1)
                bookmarks = tuple(name for name in _BOOKMARK.findall(line) if name != "_GoBack")
                yield Paragraph(self._without_marks(line, place), place, bookmarks=bookmarks)

    def plain(self) -> Iterator[Block]:
        """The blocks of any other text."""
        numbered = enumerate(self.lines, 1)
        for separated, group in groupby(numbered, lambda line: "\t" in line[1].strip("\t")):
            lines = list(group)
            if separated and len(lines) > 1:
                yield self._separated_rows(lines)
            else:
                yield from (Paragraph(line, Place(self.file, line=number, column=1)) for number, line in lines)

    def _is_cell(self, at: int) -> bool:
        return at < len(self.lines) and self.lines[at].startswith("\t")

    def _without_marks(self, text: str, place: Place) -> str:
        for image in _IMAGE.findall(text):
            message = say("reading.picture_named" if image else "reading.picture", text=image)
            self.remarks.append(Diagnostic(PICTURE, Severity.info, message, place, image))
        return _IMAGE.sub("", _BOOKMARK.sub("", text))

    def _table(self) -> Grid:
        """A table, from its first cell to the empty line after it."""
        rows: list[_TextRow] = []
        while self._is_cell(self._next):
            row: _TextRow = []
            while self._is_cell(self._next):
                start = self._next
                self._next = self._end_of_cell(start + 1)
                text = "\n".join([self.lines[start][1:], *self.lines[start + 1 : self._next]])
                text = self._without_marks(text, Place(self.file, line=start + 1, column=2))
                row.append((text, start + 1, 2))
            rows.append(row)
            self._next += 1  # the empty line after the row
        self._next += 1  # and the one after the table
        return self._grid(rows)

    def _end_of_cell(self, at: int) -> int:
        """The line after a cell, whose further lines begin at `at`."""
        lines = self.lines
        while at < len(lines) and not self._is_cell(at):
            if not lines[at]:
                after = at
                while after < len(lines) and not lines[after]:
                    after += 1
                empty = after - at
                goes_on = after < len(lines) and not self._is_cell(after)
                if not goes_on and after < len(lines) and empty == 2:  # no two tables touch: one line is the cell's
                    return at + 1
                if not goes_on or empty > 1:
                    return at
                # text can't follow the end of a row: an empty line in the cell
            at += 1
        return at

    def _separated_rows(self, lines: list[tuple[int, str]]) -> Grid:
        """Numbered lines of cells that tabs separate; a tab before all of them is none of a cell."""
        indent = 1 if all(line.startswith("\t") for _, line in lines) else 0
        rows: list[_TextRow] = []
        for number, line in lines:
            row: _TextRow = []
            column = 1 + indent
            for text in line[indent:].split("\t"):
                row.append((text, number, column))
                column += len(text) + 1
            rows.append(row)
        return self._grid(rows)

    def _grid(self, rows: list[_TextRow]) -> Grid:
        return Grid(
            tuple(
                Row(tuple(Cell(text, number, column) for column, (text, _, _) in enumerate(row, 1)))
                for number, row in enumerate(rows, 1)
            ),
            max(map(len, rows)),
            Place(self.file, line=rows[0][0][1]),
            merges=False,
            at=tuple(tuple((line, column) for _, line, column in row) for row in rows),
        )

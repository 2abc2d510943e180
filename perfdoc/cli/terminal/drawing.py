"""A table drawn with characters: merged cells as one box, Chinese characters two columns wide."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from perfdoc.texts import say
from perfdoc.visible import CONTROL
from perfdoc.visible import width as width

MOST_LINES = 12  # of one cell; what is longer is cut and says so
_WIDEST = 26  # screen columns of a grid column
_NARROWEST = 3
# By the arms of a crossing: 1 up, 2 down, 4 left, 8 right.
_CROSSINGS = " ││││┘┐┤│└┌├─┴┬┼"

Line = tuple[str, str]
"""A line of a cell and its style (`32`, SGR), or `""`."""


@dataclass(eq=False, slots=True)
class Box:
    """A cell to draw, at `row` and `column` of the grid (from 1); `lines` are its text before wrapping."""

    row: int
    column: int
    rowspan: int
    colspan: int
    lines: Sequence[Line]
    wrapped: list[Line] = field(default_factory=list)


def wrap(text: str, columns: int) -> list[str]:
    """`text` in lines of at most `columns`, broken anywhere but in a Latin word that fits.

    Tabs and control characters are made visible.
    """
    found: list[str] = []
    for part in text.split("\n"):
        line, used = "", 0
        for char in CONTROL.sub(_visible, part):
            wide = width(char)
            if used + wide > columns and line:
                cut = line.rfind(" ") + 1
                cut = cut if cut and char != " " and (line[cut:] + char).isascii() else len(line)
                found.append(line[:cut])
                line = line[cut:]
                used = width(line)
            line += char
            used += wide
        found.append(line)
    return found


def _visible(found: re.Match[str]) -> str:
    return "⇥" if found[0] == "\t" else found[0].encode("unicode_escape").decode("ascii")


def draw(boxes: Sequence[Box], rows: int, columns: int, paint: Callable[[str, str], str]) -> Iterator[str]:
    """The lines of a grid, the number of each row before its first line. `paint(text, style)` colours a text."""
    owners: list[list[Box | None]] = [[None] * (columns + 2) for _ in range(rows + 2)]
    for box in boxes:
        for row in range(box.row, min(box.row + box.rowspan, rows + 1)):
            for column in range(box.column, min(box.column + box.colspan, columns + 1)):
                if owners[row][column] is None:
                    owners[row][column] = box
    widths = _widths(boxes, columns)
    heights = _heights(boxes, widths, rows)
    margin = len(str(rows)) + 1
    starts = [0, *heights]
    for row in range(1, rows + 1):
        starts[row] = 1 + (starts[row - 1] + heights[row - 1] if row > 1 else 0)
    drawing = _Drawing(owners, widths, starts, columns, paint)
    for row in range(1, rows + 2):
        yield (" " * margin + drawing.border(row)).rstrip()
        if row <= rows:
            for line in range(heights[row]):
                number = str(row) if line == 0 else ""
                yield (f"{number:>{margin}}" + drawing.text(row, starts[row] + line)).rstrip()


@dataclass(slots=True)
class _Drawing:
    owners: list[list[Box | None]]
    widths: list[int]
    starts: list[int]
    columns: int
    paint: Callable[[str, str], str]

    def text(self, row: int, at: int) -> str:
        owners, parts, column = self.owners[row], [], 1
        while column <= self.columns:
            box, end = owners[column], self._end(owners, column)
            parts.append("│" if owners[column - 1] is not box else " ")
            parts.append(self._line(box, at, column, end))
            column = end
        return "".join(parts) + ("│" if owners[self.columns] is not None else "")

    def border(self, row: int) -> str:
        """The line above a row; a box that goes on through it shows its text there."""
        above, below = self.owners[row - 1], self.owners[row]
        parts, column = [], 1
        while column <= self.columns + 1:
            parts.append(self._crossing(above, below, column))
            if column > self.columns:
                break
            box, end = below[column], column + 1
            if above[column] is box:
                end = self._end(below, column)
                at = self.starts[row] - 1 if row < len(self.starts) else 0
                parts.append(self._line(box, at, column, end))
            else:
                parts.append("─" * (self.widths[column] + 2))
            column = end
        return "".join(parts)

    def _crossing(self, above: list[Box | None], below: list[Box | None], column: int) -> str:
        up = above[column - 1] is not above[column]
        down = below[column - 1] is not below[column]
        left = above[column - 1] is not below[column - 1]
        right = above[column] is not below[column]
        return _CROSSINGS[up + 2 * down + 4 * left + 8 * right]

    def _end(self, owners: list[Box | None], column: int) -> int:
        """The column after the run of `column`'s box (of nothing: just the next)."""
        end = column + 1
        while end <= self.columns and owners[end] is owners[column] and owners[column] is not None:
            end += 1
        return end

    def _line(self, box: Box | None, at: int, column: int, end: int) -> str:
        room = sum(self.widths[column:end]) + 3 * (end - column - 1)
        if box is None:
            return " " * (room + 2)
        index = at - self.starts[box.row]
        text, style = box.wrapped[index] if 0 <= index < len(box.wrapped) else ("", "")
        return " " + self.paint(text, style) + " " * (room - width(text) + 1)


def _widths(boxes: Sequence[Box], columns: int) -> list[int]:
    widths = [_NARROWEST] * (columns + 1)
    for box in sorted(boxes, key=lambda one: one.colspan):
        asked = max((width(part) for text, _ in box.lines for part in text.split("\n")), default=0)
        last = min(box.column + box.colspan - 1, columns)
        room = sum(widths[box.column : last + 1]) + 3 * (last - box.column)
        if last >= box.column and asked > room:
            widths[last] += max(min(asked, _WIDEST) - room, 0)
    return widths


def _heights(boxes: Sequence[Box], widths: list[int], rows: int) -> list[int]:
    heights = [0] + [1] * rows
    for box in sorted(boxes, key=lambda one: one.rowspan):
        last_column = min(box.column + box.colspan, len(widths))
        room = max(sum(widths[box.column : last_column]) + 3 * (last_column - box.column - 1), 1)
        box.wrapped = [(part, style) for text, style in box.lines for part in _cut(wrap(text, room))]
        last = min(box.row + box.rowspan - 1, rows)
        have = sum(heights[box.row : last + 1]) + last - box.row
        heights[last] += max(len(box.wrapped) - have, 0)
    return heights


def _cut(lines: list[str]) -> list[str]:
    if len(lines) <= MOST_LINES:
        return lines
    return [*lines[: MOST_LINES - 1], say("cli.more_lines", n=len(lines) - MOST_LINES + 1)]

"""The text that a cell of an indicator's row shall have: its value, the part of it that stands there, or a count."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from perfdoc.filling.lines import Key, Line, Says, Stretch
from perfdoc.filling.wording import Wanted, reworded
from perfdoc.layout import Cell
from perfdoc.rendering.lists.list_values import parted

_Grouped = Callable[[str, str, str], tuple[str, ...]]
_DIVIDED: tuple[_Grouped, ...] = (
    lambda operator, number, unit: (operator, number, unit),
    lambda operator, number, unit: (operator, number + unit),
    lambda operator, number, unit: (operator + number, unit),
    lambda operator, number, unit: (operator + number + unit,),
)
"""How a 指标值 may be divided over cells."""


class OpenError(Exception):
    """A value that can't be written in its row: its `key`, in the row of `line`."""

    def __init__(self, line: Line, key: Key) -> None:
        super().__init__(key)
        self.line, self.key = line, key


@dataclass(frozen=True)
class Row:
    """A row to be: what it shall say, and the line whose row it is, or is copied from.

    `numbers` are its indicators' indices in the document, by their blocks.
    """

    new: Says
    line: Line
    copied: bool = False
    numbers: Mapping[int, int] = field(default_factory=dict)


class CellTexts:
    """The texts of a stretch's cells."""

    def __init__(self, stretch: Stretch) -> None:
        self.stretch = stretch
        self._by_row = {line.row: line for line in (*stretch.blanks, *stretch.lines)}

    def wanted(self, row: Row, at: int, cell: Cell) -> str | None:
        """The text for the row that is number `at` of those to be, from 0; None where the cell has it.

        `cell` may be another row's. Raises OpenError.
        """
        keys = self.stretch.keys_of(cell)
        line = self._by_row.get(cell.row, row.line)
        if keys is None:
            return self._beside(row, at, line, cell)
        found = []
        for key in keys:
            if key in self._divided:
                return self._part(row, line, key, cell.column)
            after = row.new.get(key, "")
            if line.is_blank:
                return None if cell.text.strip() == after.strip() else after
            before = line.says.get(key, "") if cell.text.strip() else ""  # a level that is left blank, or another row's
            if before != after:
                found.append((key, Wanted(line.path(key)[1:], before, after)))
        if not found:
            return None
        text = reworded(cell.text, [one for _, one in found])
        if text is None and len(found) == 1:
            beside = {said for key, said in row.new.items() if key[0] == "extra"}
            text = _divided(cell.text.strip(), found[0][1], beside)
        if text is None:
            raise OpenError(line, found[0][0])
        return text

    def _beside(self, row: Row, at: int, line: Line, cell: Cell) -> str | None:
        """Of a cell without a value: a part of a divided value, a number that counts rows, or what all rows say."""
        for key, columns in self._divided.items():
            if cell.column in columns:
                return self._part(row, line, key, cell.column)
        if cell.column in self._counted and not line.bare:
            number = str(1 + at)
            return None if cell.text.strip() == number else cell.text.replace(cell.text.strip(), number)
        if not row.copied or not cell.text or cell.rowspan > 1:
            return None
        others = (self.stretch.cell(each.row, cell.column) for each in self.stretch.lines)
        return None if all(one is not None and one.text == cell.text for one in others) else ""

    @cached_property
    def _counted(self) -> frozenset[int]:
        """The columns without values that number the rows 1, 2, 3."""
        lines = [line for line in self.stretch.lines if not line.bare]
        first = self.stretch.grid.rows[lines[0].row - 1].cells if lines else ()
        columns = {cell.column for cell in first} - self.stretch.keys.keys()

        def texts(column: int) -> Iterator[str]:
            for line in lines:
                cell = self.stretch.cell(line.row, column)
                yield cell.text.strip() if cell is not None else ""

        return frozenset(c for c in columns if [*texts(c)] == [str(n) for n in range(1, len(lines) + 1)])

    @cached_property
    def _divided(self) -> Mapping[Key, list[int]]:
        """The columns of each value that is divided over several, on whichever row it fills them."""
        keys = {key for line in self.stretch.lines for key in line.parts}
        return {key: sorted({column for line in self.stretch.lines for column in _columns(line, key)}) for key in keys}

    def _part(self, row: Row, line: Line, key: Key, column: int) -> str | None:
        """The part of a divided value that stands in a column: operator, number and unit, or the whole in one."""
        old, new = line.says.get(key, ""), row.new.get(key, "")
        if old == new:
            return None
        for columns in (self._divided[key], _columns(line, key)):
            cells = [self.stretch.cell(line.row, each) for each in columns]
            shown = [one.text.strip() if one is not None else "" for one in cells]
            for grouped in _DIVIDED:
                if [*grouped(*parted(old))] == shown:
                    return grouped(*parted(new))[columns.index(column)] if column in columns else None
        raise OpenError(line, key)


def _columns(line: Line, key: Key) -> list[int]:
    """The columns of a row in which a value stands."""
    return [line.cells[key], *line.parts.get(key, ())] if key in line.cells else []


def _divided(text: str, one: Wanted, beside: Collection[str]) -> str | None:
    """The part of a new value for a cell that holds a part of the old one, where the rest stands in cells `beside`.

    Where nothing of the rest stands there, the cell has the whole value.
    """
    old, new = parted(one.old), parted(one.new)
    for elsewhere in ((0, 2), (0,), (2,)):  # operator and unit, or one of them
        here = [number for number in range(3) if number not in elsewhere]
        if text and text == "".join(old[number] for number in here):
            if all(new[number] in beside for number in elsewhere if new[number]):
                return "".join(new[number] for number in here)
            if len(elsewhere) > 1:
                return None if any(old[number] in beside for number in elsewhere if old[number]) else one.new
    head, part, tail = one.old.partition(text)
    whole = part and one.new.startswith(head) and one.new.endswith(tail) and len(one.new) >= len(head) + len(tail)
    return one.new[len(head) : len(one.new) - len(tail)] if whole else None

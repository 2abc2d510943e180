"""The rows that a project's indicators shall have in one table: which are kept, which copied, what their cells say.

A cell stays as it is where its row is kept behind the row it stood behind. Else it goes on with the cell above where
both say the same, in the way of its column: merged, said again, or left blank.
"""

from collections.abc import Mapping, Sequence
from enum import Enum, auto
from itertools import accumulate

from perfdoc.filling.cell_texts import CellTexts, Row
from perfdoc.filling.lines import LEVELS, Key, Line, Says, Stretch, Way
from perfdoc.layout import Cell
from perfdoc.original.rows import CellWish, Merge, TargetRow

_PARENTS: Mapping[str | int, tuple[Key, ...]] = {"level2": (("level1",),)}


class _State(Enum):
    """What a cell shall be: as it is, with a text of its own, or going on with the cell above."""

    stays = auto()
    own = auto()
    goes_on = auto()


class TargetRows:
    """The rows of a stretch as they shall be; `before` is the row of the project above them, in another table."""

    def __init__(self, stretch: Stretch, rows: Sequence[Row], before: Row | None) -> None:
        self.stretch, self.rows, self.before = stretch, rows, before
        self._order = {line.row: at for at, line in enumerate(stretch.lines)}
        self._numbers = [*accumulate((not row.line.bare for row in rows), initial=0)]
        self._texts = CellTexts(stretch)

    def made(self) -> list[TargetRow]:
        """The rows. Raises OpenError for a value that can't be written."""
        states = [{cell.column: self._state(at, cell) for cell in self._cells(at)} for at in range(len(self.rows))]
        found = []
        for at, row in enumerate(self.rows):
            below = states[at + 1] if at + 1 < len(states) else {}
            wishes = {}
            for cell in self._cells(at):
                after = self._merges_on(at + 1, cell.column, below.get(cell.column))
                wish = self._wish(at, cell, states[at][cell.column], after)
                if wish is not None:
                    wishes[cell.column] = wish
            found.append(TargetRow(row.line.row, row.copied, wishes))
        return found

    def _cells(self, at: int) -> Sequence[Cell]:
        return self.stretch.grid.rows[self.rows[at].line.row - 1].cells

    def _above(self, at: int) -> Row | None:
        return self.rows[at - 1] if at else None

    def _in_place(self, at: int) -> bool:
        """Whether a row is kept right behind the row of an indicator that it stood behind."""
        row, above = self.rows[at], self._above(at)
        if row.copied or row.line.is_blank:
            return False
        order = self._order[row.line.row]
        if above is not None:
            return not above.copied and not above.line.is_blank and self._order[above.line.row] == order - 1
        last = [-1] if self.before is None else [] if self.before.copied else self.before.line.numbers.values()
        first = row.line.numbers.values()
        return order == 0 and bool(last and first) and min(first) == max(last) + 1

    # What a cell shall be

    def _state(self, at: int, cell: Cell) -> _State:
        keys = self.stretch.keys_of(cell)
        if keys is None:
            return self._side_state(at, cell)
        row, above = self.rows[at], self._above(at)
        inherits = self._inherits(row.line, cell)
        if self._in_place(at):
            beside = above or self.before
            alike = beside is not None and self._says_the_same(beside, row, cell, keys)
            joins = alike and not inherits and self._is_said_once(keys, cell) and self._fits_below(above, cell)
            if joins and not self._stood_apart(row, keys, cell):
                return _State.goes_on  # its group now begins above
            return _State.stays if not inherits or alike else _State.own
        if above is None or not self._fits_below(above, cell) or not self._says_the_same(above, row, cell, keys):
            return _State.own
        if keys[0][0] not in LEVELS:
            goes_on = cell.continues and self._is_one(above.line, row.line, cell.column)
            return _State.goes_on if goes_on else _State.own
        return _State.own if self._stood_apart(row, keys, cell) else _State.goes_on

    def _is_said_once(self, keys: Sequence[Key], cell: Cell) -> bool:
        """Whether a cell is in a column of levels that are merged down, or left blank below the first."""
        return self.stretch.ways.get(cell.column, Way.repeated) is not Way.repeated

    def _side_state(self, at: int, cell: Cell) -> _State:
        """Of a cell without a value: a merge beside the indicators goes on over all of its rows."""
        anchor = self.stretch.anchors.get((cell.row, cell.column))
        if anchor is None:
            return _State.stays
        above = self._above(at)
        over = above.line.row if above is not None else (self.stretch.lines or self.stretch.blanks)[0].row - 1
        return _State.goes_on if self.stretch.anchors.get((over, cell.column)) is anchor else _State.own

    def _inherits(self, line: Line, cell: Cell) -> bool:
        """Whether a cell says what the one above says: merged with it, or a level that is left blank."""
        keys = self.stretch.keys_of(cell)
        if cell.continues or keys is None or keys[0][0] not in LEVELS:
            return cell.continues
        return not cell.text.strip() and any(line.says.get(key) for key in keys)

    def _says_the_same(self, above: Row, row: Row, cell: Cell, keys: Sequence[Key]) -> bool:
        """Whether a row says what the one above says, or nothing in a cell that was merged and read as blank."""
        read = keys[0][0] in LEVELS or row.line.is_blank or any(row.line.says.get(key) for key in keys)
        if cell.continues and not read:
            return not any(row.new.get(key) for key in keys)
        return self._alike(above.new, row.new, keys)

    @staticmethod
    def _alike(above: Says, below: Says, keys: Sequence[Key]) -> bool:
        every = [*keys, *(parent for key in keys for parent in _PARENTS.get(key[0], ()))]
        return all(above.get(key, "") == below.get(key, "") for key in every)

    def _fits_below(self, above: Row | None, cell: Cell) -> bool:
        """Whether the row above has a cell as wide in the column."""
        over = self.stretch.cell(above.line.row, cell.column) if above is not None else None
        return over is not None and over.colspan == cell.colspan

    def _is_one(self, above: Line, line: Line, column: int) -> bool:
        anchors = self.stretch.anchors
        one = anchors.get((line.row, column))
        return one is not None and one is anchors.get((above.row, column))

    def _stood_apart(self, row: Row, keys: Sequence[Key], cell: Cell) -> bool:
        """Whether a kept row said its level itself below one that said the same."""
        at = self._order[row.line.row] if not row.copied and not row.line.is_blank else 0
        if not at or self._inherits(row.line, cell):
            return False
        return self._alike(self.stretch.lines[at - 1].says, row.line.says, keys)

    def _merges_on(self, at: int, column: int, state: _State | None) -> bool:
        """Whether the cell of a row is merged with the one above."""
        if state is _State.goes_on:
            return self.stretch.ways.get(column, Way.merged) is Way.merged
        if state is not _State.stays:
            return False
        cell = self.stretch.cell(self.rows[at].line.row, column)
        return cell is not None and cell.continues

    # What has to be done for it

    def _wish(self, at: int, cell: Cell, state: _State, merges_on: bool) -> CellWish | None:
        row, stretch = self.rows[at], self.stretch
        if state is _State.goes_on and self._merges_on(at, cell.column, state):
            if cell.continues:
                return None
            donor = self._donor(cell, continues=True)
            return CellWish("", Merge.goes_on, donor)
        if state is _State.goes_on and stretch.ways.get(cell.column) is Way.blank:
            return CellWish("", None) if cell.text else None
        if state is _State.stays and self._inherits(row.line, cell):
            return None
        source = cell
        blank = stretch.ways.get(cell.column) is Way.blank and not cell.text.strip()
        if cell.continues or (blank and state is _State.own):
            source = stretch.anchors.get((cell.row, cell.column)) or self._donor(cell, continues=False) or cell
        text = self._texts.wanted(row, self._numbers[at], source)
        merge = Merge.begins if merges_on else Merge.apart if source is cell and cell.continues else None
        moved = source if source is not cell else None
        if merge is Merge.begins and moved is None and cell.rowspan > 1:
            merge = None
        return None if text is None and merge is None and moved is None else CellWish(text, merge, moved)

    def _donor(self, cell: Cell, *, continues: bool) -> Cell | None:
        """The nearest cell of the column that is as wide and that a merge hides, or that shows a text."""
        found = (self.stretch.cell(line.row, cell.column) for line in self.stretch.lines)
        fit = [
            one
            for one in found
            if one is not None
            and one.colspan == cell.colspan
            and one.continues is continues
            and (continues or one.text.strip())
        ]
        return min(fit, key=lambda one: abs(one.row - cell.row), default=None)

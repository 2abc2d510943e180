"""The rows of the indicators as a template has them: a loop, and in it a row for each way in which merges go on.

A column that is merged down begins anew with each run of a level, with the first row, or never (it began above); its
rows of the file say which. Each sample row has the look of the file's own first row of the kind.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perfdoc.layout import Cell, Grid, Row
from perfdoc.learning.indicators.lines import LEVELS, Line
from perfdoc.learning.tagged_page import Page, most_common
from perfdoc.original.rows import CellWish, Merge, TargetRow

_FOR, _END = "{%tr for indicator in project.indicators %}", "{%tr endfor %}"
_CONDITIONS = {
    "first": "loop.first",
    "level1": "indicator.starts_level1",
    "level2": "indicator.starts_level2",
}
_RANKS = {"all": 9, "first": 0, "level1": 1, "level2": 2}


class Sample(NamedTuple):
    """A row of an indicator in the file, and of each of its cells the names of what it holds and whether it is blank.

    `starts` says which levels begin with it: `level1` and `level2`, `level2`, or none.
    """

    row: Row
    names: tuple[tuple[str, ...], ...]
    blank: tuple[bool, ...]
    starts: frozenset[str]

    @property
    def continues(self) -> tuple[bool, ...]:
        """Of each cell whether a merge goes on in it."""
        return tuple(cell.continues for cell in self.row.cells)


def tag_over(label: str, names: Sequence[str]) -> str:
    """The tag of a loop over the indicators of blocks, by the label that tells these apart; over all without names."""
    given = ", ".join(f'"{one}"' for one in (label, *names))
    return _FOR.replace(" %}", f"|blocks({given}) %}}") if names else _FOR


class SampleRows:
    """Rows of one shape, the first of which is the first indicator's, as the rows of a loop."""

    def __init__(self, page: Page, grid: Grid, samples: Sequence[Sample]) -> None:
        self.page, self.grid = page, grid
        shapes = [[(cell.column, cell.colspan) for cell in one.row.cells] for one in samples]
        (most, _), *_ = Counter(map(tuple, shapes)).most_common(1)
        self.samples = [one for one, its in zip(samples, shapes, strict=True) if tuple(its) == most]
        self.modes = [self._mode(column) for column in range(len(most))]
        for column, mode in enumerate(self.modes):
            if level := mode.partition(" ")[2]:  # one that is written only once, where it begins
                tag = f"{{{{ indicator.{level} }}}}"
                for one in self.samples:
                    place = grid.place_of(one.row.cells[column])
                    page.retag(place, tag, f"{{% if indicator.starts_{level} %}}{tag}{{% endif %}}")

    def made(self, groups: Sequence[Line], over: str) -> list[TargetRow]:
        """The rows: of the loop, which begins with the tag `over`, and in it of the levels that have their own."""
        kinds = [name for name in _CONDITIONS if name in self.modes]
        records = [self._record(kind) for kind in (*kinds, "")]
        merged = [mode in _RANKS for mode in self.modes]
        above = [mode == "all" for mode in self.modes]

        def tagged(tag: str, goes_on: Sequence[bool]) -> TargetRow:
            return self._tagged(records[-1].source, tag, goes_on)

        rows = [tagged(over, above)]
        for group in groups:
            cells = {cell.column: CellWish(self._text(cell)) for cell in group.row.cells if not cell.continues}
            rows.append(tagged(f"{{%tr if {_CONDITIONS[group.level]} %}}", above))
            rows += [TargetRow(group.number, True, cells), tagged("{%tr endif %}", above)]
        for number, (kind, record) in enumerate(zip((*kinds, ""), records, strict=True)):
            if kind:
                word = "elif" if number else "if"
                rows.append(tagged(f"{{%tr {word} {_CONDITIONS[kind]} %}}", merged if number else above))
            elif kinds:
                rows.append(tagged("{%tr else %}", merged))
            rows.append(record)
        rows += [tagged("{%tr endif %}", merged)] if kinds else []
        return [*rows, tagged(_END, merged)]

    def unlike(self) -> Iterator[Cell]:
        """The first cells of columns whose texts have several looks."""
        for column, cell in enumerate(self.samples[0].row.cells):
            said = [one for one in self.samples if not one.continues[column] and not one.blank[column]]
            if len({self._look(one.row.cells[column]) for one in said}) > 1:
                yield cell

    def unmerged(self) -> Iterator[Cell]:
        """The first cells of columns merged in the file and not in the form: each row has a text of its own there."""
        for column, cell in enumerate(self.samples[0].row.cells):
            own = [one.continues[column] for one in self.samples]
            if any(own) and not all(own) and not self.modes[column]:
                yield cell

    def _mode(self, column: int) -> str:
        """When a column's merge begins anew; `""` for one that has none, `blank` for a level that is written once."""
        samples = self.samples
        own = next((name for one in samples for name in one.names[column] if name in LEVELS), "")
        goes_on = [one.continues[column] for one in samples]
        if all(goes_on):
            return "all"
        if any(goes_on) and not own and any(one.names[column] for one in samples):
            return ""  # a text that is each indicator's own
        if any(goes_on):
            wanted = {level: [level not in one.starts for one in samples] for level in LEVELS}
            wanted["first"] = [number > 0 for number in range(len(samples))]
            preferred = [own] if own else ["level2", "level1", "first"]
            return next((name for name in preferred if wanted[name] == goes_on), own)
        again = [one for one in samples if own and own not in one.starts]
        if again and all(one.blank[column] for one in again):
            return f"blank {own}"
        return "" if again else own

    def _record(self, kind: str) -> TargetRow:
        """The sample row in which the merges of a kind, and those within it, begin; with `""` all go on."""
        alike = [one for one in self.samples if self._kind(one) == kind] or self.samples[:1]
        base = most_common(alike, lambda one: self.page.look_of_row(one.row))
        wishes = {}
        for column, (cell, mode) in enumerate(zip(base.row.cells, self.modes, strict=True)):
            begins = mode not in _RANKS or (mode != "all" and _RANKS[mode] >= _RANKS.get(kind, 3))
            source = self._sampled(alike, column, begins)
            merge = Merge.apart if mode not in _RANKS else Merge.begins if begins else Merge.goes_on
            wishes[cell.column] = CellWish(self._text(source) if begins else "", merge, source)
        return TargetRow(base.row.cells[0].row, True, wishes)

    def _sampled(self, alike: Sequence[Sample], column: int, begins: bool) -> Cell:
        """The cell of a column in a row that begins a merge (with a text, if one has), or goes on with one.

        Of the rows of the kind, or else of all; of several looks the one that most have.
        """
        fitting = [one for one in (*alike, *self.samples) if one.continues[column] is not begins] or [*alike]
        said = [one for one in fitting if not (begins and one.blank[column])] or fitting
        own = [one for one in said if one in alike] or said
        return most_common([one.row.cells[column] for one in own], self._look)

    def _kind(self, sample: Sample) -> str:
        if sample is self.samples[0] and "first" in self.modes:
            return "first"
        return next((level for level in LEVELS if level in self.modes and level in sample.starts), "")

    def _text(self, cell: Cell) -> str:
        """What a cell says."""
        return self.page.text(self.grid.place_of(cell))

    def _look(self, cell: Cell) -> tuple[bytes, ...]:
        return self.page.look_of(self.page.spans.numbered("w:tc", cell.number))

    def _tagged(self, row: int, tag: str, merged: Sequence[bool]) -> TargetRow:
        """A row for a tag alone: the cells of another one, emptied, those that are merged going on."""
        cells = self.grid.rows[row - 1].cells
        free = next((cell for cell, goes_on in zip(cells, merged, strict=True) if not goes_on), None)
        return TargetRow(
            row,
            True,
            {
                cell.column: CellWish(tag if cell is free else "", Merge.goes_on if goes_on else Merge.apart)
                for cell, goes_on in zip(cells, merged, strict=True)
            },
        )

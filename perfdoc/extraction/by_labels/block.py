"""One block of an indicator table: what a row holds of it, and what the rows above say for the row."""

from collections.abc import Mapping
from typing import NamedTuple

from perfdoc.extraction.by_labels.heads.columns import BESIDE, LEVELS, OVER, Head, HeadCell
from perfdoc.extraction.vocabulary.target_parts import from_cells
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Cell, Row
from perfdoc.report import Place

_MODEL = frozenset((*LEVELS, "description", "target", *BESIDE))


class Found(NamedTuple):
    """What one row holds of one block: texts of the model's columns and their cells, further cells of the 指标值,
    other columns as (role, label, cell, text), and levels that are merged with nothing above.
    """

    texts: dict[str, str]
    stand: dict[str, Cell]
    parts: list[Cell]
    extra: list[tuple[str, str, Cell, str]]
    in_air: list[Cell]


class Block:
    """The columns of one block, the texts of its last row, and where levels stand that have rows of their own.

    `period` is what tells it from the blocks beside it, None where there is one block or its name is that of levels
    (成本指标 | 产出指标): they are then the `levels` of all of its indicators. `place` is where the head begins.
    """

    def __init__(self, head: Head, number: int, words: Vocabulary, place: Place) -> None:
        self.words = words
        name = head.blocks[number] if head.blocks else None
        steps = name.split(OVER) if name is not None else []
        named = bool(steps) and all(words.meaning(one).is_level for one in steps)
        names = LEVELS if named and words.meaning(steps[0]).is_first_level else LEVELS[1:]
        self.levels = dict(zip(names, steps, strict=False)) if named else {}
        self.period = name if not named else None
        cells = [h for h in head.cells if h.block == number and not h.field and h.role not in ("group", "index")]
        shared: list[HeadCell] = []
        if number:
            roles = {h.role for h in cells}
            shared = [h for h in head.cells if h.block == 0 and h.role in LEVELS[:2] and h.role not in roles]
        self.columns = (*shared, *cells)
        self.shared = frozenset(h.first for h in shared)
        self.place = place._replace(column=cells[0].first if cells else place.column)
        self.above: dict[str, str] = {}
        self.lone: dict[str, Place] = {}
        self.renew()

    def renew(self) -> None:
        """Another project begins: nothing above holds for it."""
        self.above, self.lone = {}, {}
        for name, text in self.levels.items():
            self.set_level(name, text, self.place)

    def set_level(self, name: str, text: str, place: Place) -> None:
        """Let a level of a row of its own hold for the rows below it, in place of the lower one above."""
        if name == LEVELS[0]:
            self.above.pop(LEVELS[1], None)
            self.lone.pop(LEVELS[1], None)
        self.above[name], self.lone[name] = text, place

    def look(self, row: Row, cells: Mapping[int, Cell], shared_texts: Mapping[str, str]) -> Found:
        """The texts of the block in a row; a merged or blank level speaks for the row above.

        `cells` has the cell over each grid column; `shared_texts` are those of the first block,
        whose levels another may share.
        """
        found = Found({}, {}, [], [], [])
        above = self.above
        renewed = False  # a level of its own: what is below it is not that of the row above
        for column in self.columns:
            name, cell = column.role if column.role in _MODEL else "", cells.get(column.first)
            if name in BESIDE and cell is not None and cell.column < column.first:
                cell = None  # a text that reaches over from another column
            text = "" if cell is None or cell.continues else cell.text
            inner: list[Cell] = []
            if column.last > column.first and cell is not None and column.last >= cell.column + cell.colspan:
                # The cells of the row under a head that spans several, but for the first.
                inner = [c for c in row.cells if column.first < c.column <= column.last and not c.continues]
            if name == "target" and inner:
                text, rest = from_cells([text, *(c.text for c in inner)], self.words)
                found.parts.extend(inner[: len(inner) - rest])
                inner = inner[len(inner) - rest :]
            if column.first in self.shared:
                text = shared_texts.get(name, "")
            elif cell is not None and cell.continues and name in LEVELS:
                text = above.get(name, "")
                if name not in above:
                    found.in_air.append(cell)
            elif name in LEVELS[:2] and (not text.strip() or self._is_lower(name, column, cell)) and not renewed:
                text = above.get(name, "")
            elif name in LEVELS[:2] and text.strip() and text != above.get(name):
                renewed = True
            if name:
                if name in self.lone and text != above.get(name):
                    del self.lone[name]  # the column has a level of its own again
                found.texts[name] = text
                if cell is not None:
                    found.stand[name] = cell
            elif cell is not None and text.strip() and not self._is_elsewhere(column, cell):
                found.extra.append((column.role, column.label, cell, text))
            found.extra.extend(("", column.label, c, c.text) for c in inner if c.text.strip())
        self._adjust(found)
        if self.lone:
            found.texts.update({name: above[name] for name in self.lone if name not in found.texts})
        above.update(found.texts)
        return found

    def _adjust(self, found: Found) -> None:
        """Take the 指标值 that a row has only where it was changed in the course of the year: 调整指标值."""
        if found.texts.get("target", "").strip():
            return
        for n, (role, label, cell, text) in enumerate(found.extra):
            said = self.words.meaning(label)
            if not role and said.is_adjusted and said.column == "target":
                found.texts["target"], found.stand["target"] = text, cell
                del found.extra[n]
                return

    def _is_lower(self, name: str, column: HeadCell, cell: Cell | None) -> bool:
        """Whether a cell under level1 is the level2 below a level1 that stands on a row of its own: it spans both."""
        lone = name == LEVELS[0] and name in self.lone
        return lone and cell is not None and cell.column + cell.colspan - 1 > column.last

    def _is_elsewhere(self, column: HeadCell, cell: Cell) -> bool:
        """Whether a cell over a column without a field of its own is another column's: it reaches over from there,
        or from here over the 指标值.
        """
        last = cell.column + cell.colspan - 1
        if cell.column < column.first:
            return any(c.first <= cell.column <= c.last for c in self.columns)
        over = last > column.last
        return over and any(c.role == "target" and column.last < c.first <= last for c in self.columns)

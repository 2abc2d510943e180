"""What the rows under an indicator table's head are: an indicator's, a level's, numbers of columns, or none of it."""

from collections.abc import Sequence
from enum import Enum, auto

from perfdoc.extraction.by_labels.heads.columns import LEVELS, OWNERS, Head, HeadCell, by_column
from perfdoc.extraction.vocabulary.keys import named
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Cell, Grid, Row


class RowKind(Enum):
    """What a row below the head of an indicator table is."""

    blank = auto()
    numbers = auto()  # of the columns
    total = auto()  # a sum of what stands above
    level = auto()  # the name of a level, above the rows that it holds for
    record = auto()  # an indicator, or levels without one
    group = auto()  # a unit in a list, above its projects, or a row of a list that names nothing
    interruption = auto()  # a text between two rows of indicators
    other = auto()  # another part of the form


class RowKinds:
    """Tells the rows of one table apart. `own` are the cells of a row that have a text and that no merge hides."""

    def __init__(self, grid: Grid, head: Head, words: Vocabulary) -> None:
        self.grid, self.head, self.words = grid, head, words
        nowhere = HeadCell("", "", "", grid.columns + 1, grid.columns + 1)
        self.columns_of = {
            name: next((h for h in head.cells if h.role == name), nowhere) for name in ("level2", "level3", "target")
        }
        self.index = {c for h in head.cells if h.role == "index" for c in range(h.first, h.last + 1)}
        self.fields = {c for h in head.cells if h.field for c in range(h.first, h.last + 1)}
        owned = [h for owner in OWNERS for h in head.cells if h.field == owner]
        self.name = owned[0] if owned else None
        """The column that has the projects' names, in a list."""
        self.names_units = (
            self.name is not None
            and self.name.field == "name"
            and words.meaning(self.name.label).is_like("names_of_units")
        )
        self.values = min((h.first for h in head.cells if h.role in ("target", "operator")), default=grid.columns + 1)

    def kind(self, row: Row) -> RowKind:
        """What a row is."""
        own = own_cells(row)
        if not own:
            return RowKind.blank
        if self.numbers_columns(own):
            return RowKind.numbers
        if self.is_total(row):
            return RowKind.total
        if self.lone_level(row) is not None:
            return RowKind.level
        if not self.ends(own):
            return RowKind.group if self.names_group(row) else RowKind.record
        return RowKind.interruption if self.interrupts(own) else RowKind.other

    def is_total(self, row: Row) -> bool:
        """Whether a row sums up what stands above it: 总分, 合计, in a list by its first text or its name."""
        own = own_cells(row)
        if not own or self.is_filled(own):
            return False
        if self.name is not None:
            named = next((c for c in row.cells if c.column == self.name.first and not c.continues), None)
            if named is not None and self.words.meaning(named.text).is_total:
                return True
        if not self.words.meaning(own[0].text).is_total or own[0].column >= self.values:
            return False
        return self.head.flat or len(own) > 1 or self.score_cell(row) is not None

    def score_cell(self, row: Row) -> Cell | None:
        """The cell of a row under the head of the scores, where the row's first text sums them up."""
        first = next((cell for cell in row.cells if cell.text.strip() and not cell.continues), None)
        if first is None or not self.words.meaning(first.text).sums_up:
            return None
        scores = [head for head in self.head.cells if head.role == "score"]
        under = (
            cell
            for cell in row.cells
            if any(head.first < cell.column + cell.colspan and cell.column <= head.last for head in scores)
        )
        return next((cell for cell in under if cell is not first), None)

    def names_group(self, row: Row) -> bool:
        """Whether a row of a list names a unit (and its sum), or nothing, above the rows of its projects."""
        if self.name is None or all(h.field for h in self.head.cells):
            return False  # a form, or a list of projects without indicators: each row is one
        inner = {h.first for h in self.head.cells if not h.field and h.role not in ("group", "index")}
        texts = own_cells(row)
        if any(c.column in inner for c in texts):
            return False
        cells = by_column(row.cells)
        name = cells.get(self.name.first)
        if name is None or not name.text.strip():
            return True
        goals = next((cells.get(h.first) for h in self.head.cells if h.field == "goals"), None)
        alone = self.names_units or len(texts) == 1
        return alone and name.rowspan == 1 and (goals is None or not goals.text.strip())

    def numbers_columns(self, own: list[Cell]) -> bool:
        """Whether a row right below the head numbers its columns."""
        if own[0].row != self.head.row + self.head.depth + 1 or len(own) < 3:
            return False
        texts = [cell.text.strip() for cell in own]
        return texts[-1].isdecimal() and texts == _counted(texts, self.words)

    def ends(self, own: list[Cell]) -> bool:
        """Whether a row is another part of the form."""
        first = own[0]
        if self.words.meaning(first.text).is_footer and first.column <= self.head.start and not self.is_filled(own):
            return True
        if self.head.flat:
            return len(own) == 1 and first.colspan > 2
        last = first.column + first.colspan - 1
        if first.column < self.head.start:
            return not self.is_side(first, own)
        if len(own) == 2 and self._spans_all(own[1]):
            return True
        if first.column == self.head.start and not self.is_filled(own):
            entry = self.words.meaning(first.text).label
            if (entry is not None and not entry.group and len(own) <= 4) or self.words.meaning(first.text).is_title:
                return True
            if self.words.meaning(first.text).inline is not None:
                return True
        return last >= self.values and first.column < self.values and not self.words.meaning(first.text).is_placeholder

    def _spans_all(self, cell: Cell) -> bool:
        """Whether a cell behind a label stands over all columns from level3 or before it to the 指标值."""
        return cell.column <= self.columns_of["level3"].first < self.values < cell.column + cell.colspan

    def interrupts(self, own: list[Cell]) -> bool:
        """Whether a row only says something between two rows of indicators."""
        first = own[0]
        if self.head.flat or len(own) > 1 or first.column < self.head.start or first.row >= len(self.grid.rows):
            return False
        said = self.words.meaning(first.text)
        if said.is_named or said.is_head or said.is_footer or said.is_title:
            return False
        below = own_cells(self.grid.rows[first.row])
        return len(below) > 1 and below[0].column >= self.head.start and self.is_filled(below)

    def is_filled(self, own: Sequence[Cell]) -> bool:
        """Whether a row is one of an indicator by its cells, whatever its first one says: level3 or what comes next
        stands in its own column.
        """
        texts = {}
        for cell in own[1:]:
            for name, at in self.columns_of.items():
                if cell.column == at.first and cell.column + cell.colspan - 1 <= at.last:
                    texts[name] = cell.text
        if own[0].column < self.columns_of["level3"].first:
            return "level3" in texts and len(texts) > 1
        return "target" in texts and self.words.meaning(texts["target"]).inline is None

    def says_indicator(self, row: Row) -> bool:
        """Whether a row has a text under the head of a column of the indicators."""
        columns = {h.first for h in self.head.cells if h.role not in ("", "group", "index")}
        return any(cell.column in columns for cell in own_cells(row))

    def is_side(self, cell: Cell, own: Sequence[Cell] = ()) -> bool:
        """Whether a cell is the merged label at the table's side (绩效指标), or a number there.

        One of a value (绩效目标) is so beside the cells of an indicator, its row's `own`.
        """
        if cell.column >= self.head.start:
            return False
        entry = self.words.meaning(cell.text).label
        again = named(cell.text) == named(self.head.side)
        beside = bool(own) and cell.rowspan > 1 and self.is_filled(own)
        return again or (entry is not None and (entry.group or beside)) or cell.text.strip().isdecimal()

    def lone_level(self, row: Row) -> Cell | None:
        """The name of a level that is alone in its row, above the rows that it holds for; else None.

        It spans the columns, or stands in that of level3 where levels have no column of their own.
        """
        levels = any(h.role in LEVELS[:2] for h in self.head.cells)
        if levels and all(cell.colspan == 1 for cell in row.cells):
            return None
        apart = self.fields | self.index
        own = [cell for cell in own_cells(row) if cell.column not in apart and not self.is_side(cell)]
        if len(own) != 1 or not self.words.meaning(own[0].text).is_level:
            return None
        first, last = own[0].column, own[0].column + own[0].colspan - 1
        lowest = self.columns_of["level3"].first
        spans = first <= lowest < self.values <= last
        return own[0] if spans or (first == lowest and not levels) else None


def own_cells(row: Row) -> list[Cell]:
    """The cells of a row that have a text and that no merge hides."""
    return [cell for cell in row.cells if not cell.continues and cell.text.strip()]


def _counted(texts: list[str], words: Vocabulary) -> list[str]:
    first = texts[0]
    if not first.isdecimal():
        return [first, *map(str, range(1, len(texts)))] if words.meaning(first).counts_columns else []
    return [str(n) for n in range(int(first), int(first) + len(texts))]


def farther_by_levels(grid: Grid, head: Head, words: Vocabulary) -> int | None:
    """How many columns farther right than under its head a table goes on, by its first 二级指标; None if it does not.

    LibreOffice makes cells of the columns that a row leaves out, so that a table cut by a page may be wider.
    """
    columns = {cell.role: cell.first for cell in head.cells}
    rows = [own_cells(row) for row in grid.rows]
    level = next(
        (c for row in rows for c in row if words.meaning(c.text).is_level and not words.meaning(c.text).is_first_level),
        None,
    )
    if level is None or "level2" not in columns:
        return None
    farther = level.column - columns["level2"]
    used = [cell.column for row in rows for cell in row]
    fits = min(used) >= head.start + farther and max(used) == head.cells[-1].first + farther
    return farther if fits else None

"""The rows under an indicator table's head: one record a row, or one a block where blocks stand side by side."""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol

from perfdoc.extract.account import Account
from perfdoc.extract.columns import BESIDE, LEVELS, Head, HeadCell, by_column
from perfdoc.extract.draft import Draft, numbered
from perfdoc.extract.over import named
from perfdoc.extract.target_parts import from_cells, joined
from perfdoc.extract.vocabulary import Vocabulary
from perfdoc.layout import Cell, Grid, Row
from perfdoc.report import Place, Role, Severity

_MODEL = frozenset((*LEVELS, "description", "target", *BESIDE))
_PARTS = ("operator", "unit")
_LOOK_BACK = 100  # indicators that are looked through for the last one of a block


class Projects(Protocol):
    """Who begins projects: the walk through the layout."""

    def begin(self) -> Draft:
        """Begin a new project and give its draft."""

    @property
    def draft(self) -> Draft | None:
        """The project being read."""


class _Columns(NamedTuple):
    """The columns of one block: those of the model, those beside it, and whether its levels are the first block's."""

    columns: tuple[HeadCell, ...]
    shared: frozenset[int]


class _Found(NamedTuple):
    """What one row holds of one block: texts of the model's columns and their cells, further cells of the 指标值,
    other columns as (role, label, cell, text), and levels that are merged with nothing above.
    """

    texts: dict[str, str]
    stand: dict[str, Cell]
    parts: list[Cell]
    extra: list[tuple[str, str, Cell, str]]
    in_air: list[Cell]


class IndicatorRows:
    """Reads rows under one head into the project being read."""

    def __init__(self, grid: Grid, head: Head, words: Vocabulary, account: Account, projects: Projects) -> None:
        self.grid, self.head, self.words, self.account, self.projects = grid, head, words, account, projects
        self.above: list[dict[str, str]] = [{} for _ in range(max(1, len(head.blocks)))]
        self.lone: list[dict[str, Place]] = [{} for _ in self.above]  # where levels of their own rows stand
        self.columns = [self._columns(block) for block in range(len(self.above))]
        nowhere = HeadCell("", "", "", grid.columns + 1, grid.columns + 1)
        self.columns_of = {
            name: next((h for h in head.cells if h.role == name), nowhere) for name in ("level2", "level3", "target")
        }
        self.index = {c for h in head.cells if h.role == "index" for c in range(h.first, h.last + 1)}
        self.values = min((h.first for h in head.cells if h.role in ("target", "operator")), default=grid.columns + 1)
        if projects.draft is not None and not head.flat:
            self._go_on(projects.draft)

    def _go_on(self, draft: Draft) -> None:
        """The levels of the last indicators hold for rows whose merges began in another table."""
        for n, above in enumerate(self.above):
            period = self.head.blocks[n] if self.head.blocks else None
            for last in reversed(draft.indicators[-_LOOK_BACK:]):
                if period is None or last["extra"].get(self.words.period) == period:
                    above.update({name: last[name] for name in LEVELS if isinstance(last.get(name), str)})
                    break

    def _columns(self, block: int) -> _Columns:
        cells = [h for h in self.head.cells if h.block == block and not h.field and h.role not in ("group", "index")]
        shared: list[HeadCell] = []
        if block:
            roles = {h.role for h in cells}
            shared = [h for h in self.head.cells if h.block == 0 and h.role in LEVELS[:2] and h.role not in roles]
        return _Columns((*shared, *cells), frozenset(h.first for h in shared))

    def row(self, row: Row) -> bool:
        """Claim one row. False where it is no row of this table (a label, another part of the form)."""
        own = [cell for cell in row.cells if not cell.continues and cell.text.strip()]
        if own and (self.head.is_repeated_by(row) or self._numbers_columns(row, own)):
            for cell in own:
                self.account.cell(Role.label, self.grid, cell)
        elif own and not self.total(row):
            level = self._lone_level(row)
            if level is None and self._ends(own):
                if not self._interrupts(own):
                    return False
                self.account.unclaimed(self.grid, own[0], "a row of its own between indicators")
                return True
            cells = row.cells if level is None else tuple(cell for cell in row.cells if cell is not level)
            self._record(row, by_column(cells), set(), level)
        return True

    def _record(self, row: Row, cells: dict[int, Cell], claimed: set[int], level: Cell | None) -> None:
        """Claim the records of one row, and every other cell of it.

        `cells` has the cell over each grid column, but for the `level` that stands on a row of its own.
        """
        if level is not None:
            self._set_level(level)
            claimed.add(level.column)
        found: list[_Found] = []
        for block in range(len(self.above)):
            found.append(self._look(block, row, cells, found[0].texts if found else {}))
        keep = [self._is_record(one) for one in found]
        for block, one in enumerate(found):
            if keep[block]:
                self._keep(block, one, claimed)
            elif not any(keep):
                self._unfilled(one, claimed)
        for cell in row.cells:
            if cell.column in claimed or cell.continues or not cell.text.strip():
                continue
            if self._is_side(cell) or (any(keep) and self.words.is_level(cell.text)):
                self.account.cell(Role.label, self.grid, cell)
            elif cell.column in self.index:
                self.account.cell(Role.boilerplate, self.grid, cell)
            else:
                self.account.unclaimed(self.grid, cell, "a cell under no column of the table")

    # A level on a row of its own

    def _lone_level(self, row: Row) -> Cell | None:
        """The name of a level that spans the columns of its row, above the rows that it holds for; else None."""
        fields = {c for h in self.head.cells if h.field for c in range(h.first, h.last + 1)}
        own = [
            cell
            for cell in row.cells
            if not cell.continues
            and cell.text.strip()
            and cell.column not in fields
            and cell.column not in self.index
            and not self._is_side(cell)
        ]
        if len(own) != 1 or not self.words.is_level(own[0].text):
            return None
        last = own[0].column + own[0].colspan - 1
        return own[0] if own[0].column <= self.columns_of["level3"].first < self.values <= last else None

    def _set_level(self, cell: Cell) -> None:
        """Let a level of its own row hold for the rows below it, in place of the lower ones above."""
        first = self.words.is_first_level(cell.text) or "level1" not in self.above[0]
        draft = self.projects.draft or self.projects.begin()
        name = LEVELS[0] if first else LEVELS[1]
        place = self.grid.place_of(cell)
        for above, lone in zip(self.above, self.lone, strict=True):
            above[name] = cell.text
            lone[name] = place
            if first:
                above.pop(LEVELS[1], None)
                lone.pop(LEVELS[1], None)
        self.account.cell(Role.value, self.grid, cell, draft.path("indicators", len(draft.indicators), name))

    # What a row is

    def _numbers_columns(self, row: Row, own: list[Cell]) -> bool:
        """Whether a row right below the head numbers its columns."""
        texts = [cell.text.strip() for cell in own]
        below = own[0].row == self.head.row + self.head.depth + 1
        return below and len(own) > 2 and texts[-1].isdecimal() and texts == _counted(texts, self.words)

    def total(self, row: Row) -> bool:
        """Claim the last row of a table, 总分 or 合计: each number under its head. False where it is another row.

        A flat list's belongs to no project.
        """
        own = [cell for cell in row.cells if not cell.continues and cell.text.strip()]
        draft = self.projects.draft
        if not own or not self.words.is_total(own[0].text) or own[0].column >= self.values or self._is_filled(own):
            return False
        if self.head.flat or draft is None:
            for cell in own:
                self.account.cell(Role.outside, self.grid, cell)
            return True
        if len(own) == 1:
            return False
        label = named(own[0].text)
        self.account.cell(Role.label, self.grid, own[0])
        for cell in own[1:]:
            over = next((h for h in self.head.cells if h.first <= cell.column <= h.last), None)
            lone = len(own) == 2 and cell.colspan > 1
            name = label if over is None or lone else f"{label}·{over.label}"
            under = {h.role for h in self.head.cells if h.first < cell.column + cell.colspan and cell.column <= h.last}
            scored = self.words.sums_up(own[0].text) and "score" in under
            path = draft.put("score" if scored else "", name, cell.text, self.grid.place_of(cell), self.words)
            self.account.cell(Role.extra if "extra" in path else Role.value, self.grid, cell, path)
        return True

    def _ends(self, own: list[Cell]) -> bool:
        """Whether a row is another part of the form."""
        first = own[0]
        if self.words.is_footer(first.text) and first.column <= self.head.start and not self._is_filled(own):
            return True
        if self.head.flat:
            return len(own) == 1 and first.colspan > 2
        last = first.column + first.colspan - 1
        if first.column < self.head.start:
            return not self._is_side(first)
        if len(own) == 2 and self._spans_all(own[1]):
            return True
        if first.column == self.head.start and not self._is_filled(own):
            entry = self.words.label(first.text)
            if (entry is not None and not entry.group and len(own) <= 4) or self.words.is_title(first.text):
                return True
            if self.words.inline(first.text) is not None:
                return True
        return last >= self.values and first.column < self.values and not self.words.is_placeholder(first.text)

    def _spans_all(self, cell: Cell) -> bool:
        """Whether a cell behind a label stands over all columns from level3 or before it to the 指标值."""
        return cell.column <= self.columns_of["level3"].first < self.values < cell.column + cell.colspan

    def _interrupts(self, own: list[Cell]) -> bool:
        """Whether a row only says something between two rows of indicators."""
        first = own[0]
        if self.head.flat or len(own) > 1 or first.column < self.head.start or first.row >= len(self.grid.rows):
            return False
        known = self.words.label(first.text) is not None or self.words.inline(first.text) is not None
        if known or self.words.heads(first.text) or self.words.is_footer(first.text) or self.words.is_title(first.text):
            return False
        below = [cell for cell in self.grid.rows[first.row].cells if not cell.continues and cell.text.strip()]
        return len(below) > 1 and below[0].column >= self.head.start and self._is_filled(below)

    def _is_filled(self, own: list[Cell]) -> bool:
        """Whether a row is one of an indicator by its cells, whatever its first one says: level3 or what comes next
        stands in its own column.
        """
        texts = {
            name: cell.text
            for name, at in self.columns_of.items()
            for cell in own[1:]
            if cell.column == at.first and cell.column + cell.colspan - 1 <= at.last
        }
        if own[0].column < self.columns_of["level3"].first:
            return "level3" in texts and len(texts) > 1
        return "target" in texts and self.words.inline(texts["target"]) is None

    def _is_side(self, cell: Cell) -> bool:
        """Whether a cell is the merged label at the table's side (绩效指标), or a number there."""
        if cell.column >= self.head.start:
            return False
        entry = self.words.label(cell.text)
        again = named(cell.text) == named(self.head.side)
        return again or (entry is not None and entry.group) or cell.text.strip().isdecimal()

    # One record

    def _look(self, block: int, row: Row, cells: dict[int, Cell], shared_texts: dict[str, str]) -> _Found:
        """The texts of one block of a row; a merged or blank level speaks for the row above.

        `shared_texts` are those of the first block, whose levels another may share.
        """
        found = _Found({}, {}, [], [], [])
        above, (columns, shared) = self.above[block], self.columns[block]
        renewed = False  # a level of its own: what is below it is not that of the row above
        for column in columns:
            cell = cells.get(column.first)
            name = column.role if column.role in _MODEL else ""
            text = "" if cell is None or cell.continues else cell.text
            inner = self._inner(column, row) if cell is not None and column.last >= cell.column + cell.colspan else []
            if name == "target" and inner:
                text, rest = from_cells([text, *(c.text for c in inner)], self.words)
                found.parts.extend(inner[: len(inner) - rest])
                inner = inner[len(inner) - rest :]
            if column.first in shared:
                text = shared_texts.get(name, "")
            elif cell is not None and cell.continues and name in LEVELS:
                text = above.get(name, "")
                if name not in above:
                    found.in_air.append(cell)
            elif name in LEVELS[:2] and (not text.strip() or self._is_lower(name, block, column, cell)) and not renewed:
                text = above.get(name, "")
            elif name in LEVELS[:2] and text.strip() and text != above.get(name):
                renewed = True
            if name:
                if name in self.lone[block] and text != above.get(name):
                    del self.lone[block][name]  # the column has a level of its own again
                found.texts[name] = text
                if cell is not None:
                    found.stand[name] = cell
            elif cell is not None and text.strip():
                found.extra.append((column.role, column.label, cell, text))
            found.extra.extend(("", column.label, c, c.text) for c in inner if c.text.strip())
        found.texts.update({name: above[name] for name in self.lone[block] if name not in found.texts})
        above.update({name: found.texts[name] for name in _MODEL & found.texts.keys()})
        return found

    def _is_lower(self, name: str, block: int, column: HeadCell, cell: Cell | None) -> bool:
        """Whether a cell under level1 is the level2 below a level1 that stands on a row of its own: it spans both."""
        lone = name == LEVELS[0] and name in self.lone[block]
        return lone and cell is not None and cell.column + cell.colspan - 1 > column.last

    def _inner(self, column: HeadCell, row: Row) -> list[Cell]:
        """The cells of a row under a head that spans several, but for the first."""
        return [c for c in row.cells if column.first < c.column <= column.last and not c.continues]

    def _is_record(self, found: _Found) -> bool:
        """Whether a row says an indicator: its name or its value. Levels alone, or a form's blank row, do not."""
        level3, target = found.texts.get("level3", ""), found.texts.get("target", "")
        own = [found.stand[n] for n in ("level3", "target", "description") if n in found.stand]
        if not any(not cell.continues and cell.text.strip() for cell in own):
            has = "level3" in found.stand or "target" in found.stand
            return not has and any(not cell.continues for cell in found.stand.values())
        beside = found.extra or any(found.texts.get(name, "").strip() for name in BESIDE)
        blank = (not target.strip() or self.words.is_placeholder(target)) and not beside
        return not (blank and (not level3.strip() or self.words.is_placeholder(level3)))

    def _unfilled(self, found: _Found, claimed: set[int]) -> None:
        """A row without an indicator: its levels hold for the rows below, the rest is what the form came with."""
        for name, cell in found.stand.items():
            if cell.column in claimed or cell.continues or not cell.text.strip():
                continue
            claimed.add(cell.column)
            level = name in LEVELS[:2] or self.words.is_level(cell.text)
            if level or self.words.is_placeholder(cell.text):
                self.account.cell(Role.label if level else Role.boilerplate, self.grid, cell)
            else:
                self.account.unclaimed(self.grid, cell, "no indicator stands in this row")

    def _keep(self, block: int, found: _Found, claimed: set[int]) -> None:
        draft = self.projects.draft or self.projects.begin()
        base = draft.path("indicators", len(draft.indicators))
        record: dict[str, Any] = dict(found.texts)
        record["extra"] = more = {}
        if self.head.blocks:
            more[self.words.period] = self.head.blocks[block]
        numbers: dict[str, int] = {}
        for _, label, cell, text in found.extra:
            name = numbered(label or "?", more, numbers)
            more[name] = text
            draft.places[(*base, "extra", name)] = self.grid.place_of(cell)
            if not cell.continues and cell.column not in claimed:
                self.account.cell(Role.extra, self.grid, cell, (*base, "extra", name))
            claimed.add(cell.column)
        if record.get("target", "").strip():
            parts = {role: text for role, _, _, text in reversed(found.extra) if role in _PARTS}
            record["target"] = joined(parts.get("operator", ""), record["target"], parts.get("unit", ""), self.words)
        draft.places.update({(*base, name): place for name, place in self.lone[block].items()})
        for name, cell in found.stand.items():
            self._claim(draft, (*base, name), cell, claimed)
        for cell in found.parts:
            self._claim(draft, (*base, "target"), cell, claimed)
        for cell in found.in_air:
            place = self.grid.place_of(cell)
            self.account.doubt("PD043", Severity.warning, "a merged cell goes on with nothing above it", place)
        draft.indicators.append(record)

    def _claim(self, draft: Draft, path: tuple[str | int, ...], cell: Cell, claimed: set[int]) -> None:
        draft.places.setdefault(path, self.grid.place_of(cell))
        if cell.column not in claimed:
            claimed.add(cell.column)
            if not cell.continues:
                self.account.cell(Role.value, self.grid, cell, path)


def _counted(texts: list[str], words: Vocabulary) -> list[str]:
    first = texts[0]
    if not first.isdecimal():
        return [first, *map(str, range(1, len(texts)))] if first in words.column_counters else []
    return [str(n) for n in range(int(first), int(first) + len(texts))]

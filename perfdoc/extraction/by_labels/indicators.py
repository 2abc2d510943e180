"""The rows under an indicator table's head: one record a row, or one a block where blocks stand side by side."""

from __future__ import annotations

from itertools import chain
from typing import Any, Protocol

from perfdoc.extraction.by_labels.block import Block, Found
from perfdoc.extraction.by_labels.heads.columns import BESIDE, LEVELS, Head, by_column
from perfdoc.extraction.by_labels.row_heads import named
from perfdoc.extraction.by_labels.row_kinds import RowKinds, own_cells
from perfdoc.extraction.result.claims import Account
from perfdoc.extraction.result.project import Draft, numbered
from perfdoc.extraction.vocabulary.target_parts import in_words, joined
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Cell, Grid, Row
from perfdoc.report import Path, Role, Severity

_PARTS = ("operator", "unit")
_OWN = ("level3", "target", "description")  # what is an indicator's own, not a group's
_LOOK_BACK = 100  # indicators that are looked through for the last one of a block


class Projects(Protocol):
    """Who begins projects: the walk through the layout."""

    def begin(self) -> Draft:
        """Begin a new project and give its draft."""

    @property
    def draft(self) -> Draft | None:
        """The project being read."""


class IndicatorRows:
    """Reads rows under one head into the project being read."""

    def __init__(self, grid: Grid, head: Head, words: Vocabulary, account: Account, projects: Projects) -> None:
        self.grid, self.head, self.words, self.account, self.projects = grid, head, words, account, projects
        self.kinds = RowKinds(grid, head, words)
        place = grid.place._replace(row=max(head.row, 0) + 1)
        self.blocks = [Block(head, number, words, place) for number in range(max(1, len(head.blocks)))]
        if projects.draft is not None and not head.flat:
            self._go_on(projects.draft)

    def _go_on(self, draft: Draft) -> None:
        """The levels of the last indicators hold for rows whose merges began in another table."""
        for block in self.blocks:
            for last in reversed(draft.indicators[-_LOOK_BACK:]):
                if block.levels:
                    break
                if block.period is None or last["extra"].get(self.words.period) == block.period:
                    block.above.update({name: last[name] for name in LEVELS if isinstance(last.get(name), str)})
                    break

    def row(self, row: Row) -> bool:
        """Claim one row. False where it is no row of this table (a label, another part of the form)."""
        own = own_cells(row)
        if own and self.kinds.is_usual(row, own):
            self._record(row, {cell.column: cell for cell in row.cells}, set(), None)
        elif own and self.kinds.numbers_columns(own):
            for cell in own:
                self.account.cell(Role.label, self.grid, cell)
        elif own and not self.total(row):
            level = self.kinds.lone_level(row)
            if level is None and self.kinds.ends(own):
                if not self.kinds.interrupts(own):
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
        found: list[Found] = []
        for block in self.blocks:
            found.append(block.look(row, cells, found[0].texts if found else {}))
        keep = [self._is_record(one) for one in found]
        kept = any(keep)
        for block, one, is_record in zip(self.blocks, found, keep, strict=True):
            if is_record:
                self._keep(block, one, claimed)
            elif not kept:
                self._unfilled(one, claimed)
        for cell in row.cells:
            if cell.column in claimed or cell.continues or not cell.text.strip():
                continue
            if self.kinds.is_side(cell) or (kept and self.words.is_level(cell.text)):
                self.account.cell(Role.label, self.grid, cell)
            elif cell.column in self.kinds.index:
                self.account.cell(Role.boilerplate, self.grid, cell)
            else:
                self.account.unclaimed(self.grid, cell, "a cell under no column of the table")

    def _set_level(self, cell: Cell) -> None:
        """Let a level of its own row hold for the rows below it, in place of the lower ones above."""
        first = self.words.is_first_level(cell.text) or LEVELS[0] not in self.blocks[0].above
        draft = self.projects.draft or self.projects.begin()
        name = LEVELS[0] if first else LEVELS[1]
        for block in self.blocks:
            block.set_level(name, cell.text, self.grid.place_of(cell))
        self.account.cell(Role.value, self.grid, cell, draft.path("indicators", len(draft.indicators), name))

    def total(self, row: Row) -> bool:
        """Claim the last row of a table, 总分 or 合计: each number under its head. False where it is another row.

        A flat list's belongs to no project.
        """
        own = own_cells(row)
        draft = self.projects.draft
        if not own or not self.words.is_total(own[0].text):
            return False
        if own[0].column >= self.kinds.values or self.kinds.is_filled(own):
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

    def _is_record(self, found: Found) -> bool:
        """Whether a row says an indicator: its name or its value. Levels alone, or a form's blank row, do not."""
        level3, target = found.texts.get("level3", ""), found.texts.get("target", "")
        for name in _OWN:
            cell = found.stand.get(name)
            if cell is not None and not cell.continues and cell.text.strip():
                break
        else:
            has = "level3" in found.stand or "target" in found.stand
            return not has and any(not cell.continues for cell in found.stand.values())
        beside = found.extra or any(found.texts.get(name, "").strip() for name in BESIDE)
        blank = (not target.strip() or self.words.is_placeholder(target)) and not beside
        return not (blank and (not level3.strip() or self.words.is_placeholder(level3)))

    def _unfilled(self, found: Found, claimed: set[int]) -> None:
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

    def _keep(self, block: Block, found: Found, claimed: set[int]) -> None:
        draft = self.projects.draft or self.projects.begin()
        base = draft.path("indicators", len(draft.indicators))
        record: dict[str, Any] = dict(found.texts)
        record["extra"] = more = {}
        if block.period is not None:
            more[self.words.period] = block.period
        numbers: dict[str, int] = {}
        for _, label, cell, text in found.extra:
            name = numbered(label or "?", more, numbers)
            more[name] = text
            draft.places[(*base, "extra", name)] = self.grid.place_of(cell)
            if not cell.continues and cell.column not in claimed:
                self.account.cell(Role.extra, self.grid, cell, (*base, "extra", name))
            claimed.add(cell.column)
        parts = {role: text for role, _, _, text in reversed(found.extra) if role in _PARTS} if found.extra else {}
        operator, unit = parts.get("operator", ""), parts.get("unit", "")
        if parts and record.get("target", "").strip():
            record["target"] = joined(operator, record["target"], unit, self.words)
        elif parts and "target" in record:
            record["target"] = in_words(operator, unit, self.words)
        if block.lone:
            draft.places.update({(*base, name): place for name, place in block.lone.items()})
        for name, cell in chain(found.stand.items(), [("target", cell) for cell in found.parts]):
            path, place, text = (*base, name), self.grid.place_of(cell), cell.text
            draft.places.setdefault(path, place)
            if cell.column not in claimed:
                claimed.add(cell.column)
                if text and not cell.continues and not text.isspace():
                    self.account.claim(Role.value, place, text, path)
        for cell in found.in_air:
            place = self.grid.place_of(cell)
            self.account.doubt("PD043", Severity.warning, "a merged cell goes on with nothing above it", place)
        self._say_blank(found, base)
        draft.indicators.append(record)

    def _say_blank(self, found: Found, base: Path) -> None:
        """Say of a blank cell under the head of a level that no level above it holds there."""
        for name in LEVELS[:2]:
            cell = found.stand.get(name)
            if cell is not None and not cell.continues and not found.texts[name].strip():
                message = "a level is blank here, and what stands above it belongs to another one"
                self.account.doubt("PD044", Severity.info, message, self.grid.place_of(cell), path=(*base, name))

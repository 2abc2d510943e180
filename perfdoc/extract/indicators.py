"""The rows under an indicator table's head: one record a row, or one a block where blocks stand side by side."""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol

from perfdoc.extract.draft import Account, Draft
from perfdoc.extract.head import Head, HeadCell, by_column
from perfdoc.extract.vocabulary import Vocabulary, key
from perfdoc.layout import Cell, Grid, Row
from perfdoc.report import Place, Role, Severity

_LEVELS = ("level1", "level2", "level3")
_MODEL = frozenset((*_LEVELS, "description", "target"))


class Projects(Protocol):
    """Who begins projects: the walk through the layout."""

    def begin(self) -> Draft:
        """Begin a new project and give its draft."""

    @property
    def draft(self) -> Draft | None:
        """The project being read."""


class Caption(NamedTuple):
    """A value above a flat list that every project of it has."""

    field: str
    label: str
    text: str
    place: Place


class IndicatorRows:
    """Reads rows under one head into the project being read (or, in a flat list, into one project after another)."""

    def __init__(
        self,
        grid: Grid,
        head: Head,
        words: Vocabulary,
        account: Account,
        projects: Projects,
        captions: tuple[Caption, ...] = (),
    ) -> None:
        self.grid, self.head, self.words, self.account, self.projects = grid, head, words, account, projects
        self.above: list[dict[str, str]] = [{} for _ in range(max(1, len(head.blocks)))]
        self.flat = _Flat(self, captions) if head.flat else None
        draft = projects.draft
        if draft is not None and draft.indicators and not head.flat:
            last = draft.indicators[-1]
            self.above[0] = {name: last[name] for name in _LEVELS if isinstance(last.get(name), str)}

    def row(self, row: Row) -> bool:
        """Claim one row. False where it is no row of this table (a total, a label, another part of the form)."""
        own = [cell for cell in row.cells if not cell.continues and cell.text.strip()]
        if not own:
            pass
        elif self.head.is_repeated_by(row):
            for cell in own:
                self.account.cell(Role.label, self.grid, cell)
        elif key(own[0].text) in self.words.footers and len(own) > 1 and own[0].column < self._first_value():
            self._total(own)
        elif self._ends(own):
            return False
        else:
            self._records(row)
        for cell in row.cells:
            if cell.continues and cell.text.strip():
                self.account.unclaimed(self.grid, cell, "text hidden by a merged cell")
        return True

    def _records(self, row: Row) -> None:
        """A row of indicators: every cell of it that shows a text is claimed."""
        cells = by_column(row.cells)
        claimed: set[int] = set()
        if self.flat is not None:
            self.flat.project(cells, claimed)
        for block in range(len(self.above)):
            self._record(block, cells, claimed)
        for cell in row.cells:
            if cell.column not in claimed and not cell.continues and cell.text.strip():
                if (group := self._group(cell)) is not None:
                    self.account.cell(Role.label if group else Role.boilerplate, self.grid, cell)
                else:
                    self.account.unclaimed(self.grid, cell, "a cell under no column of the table")

    def _first_value(self) -> int:
        """The grid column where what is measured begins: right of the levels."""
        return next((h.first for h in self.head.cells if h.role in ("target", "operator")), self.grid.columns)

    def _total(self, own: list[Cell]) -> None:
        """The last row of a table, 总分 or 合计: each number under its head. A flat list's belongs to no project."""
        draft, label = self.projects.draft, "".join(own[0].text.split()).rstrip("：:")
        if self.head.flat or draft is None:
            for cell in own:
                self.account.cell(Role.outside, self.grid, cell)
            return
        self.account.cell(Role.label, self.grid, own[0])
        for cell in own[1:]:
            over = next((h for h in self.head.cells if h.first <= cell.column <= h.last), None)
            name = label if over is None or (len(own) == 2 and cell.colspan > 1) else f"{label}·{over.label}"
            path = draft.set_extra(name, cell.text, self.grid.place_of(cell))
            self.account.cell(Role.extra, self.grid, cell, path)

    def _ends(self, own: list[Cell]) -> bool:
        first = own[0]
        plain = key(first.text)
        if plain in self.words.footers:
            return True
        if self.head.flat:
            return len(own) == 1 and first.colspan > 2
        entry = self.words.label(first.text)
        if entry is not None and entry.path and len(own) <= 4:
            return True
        if self.words.inline(first.text) is not None and first.colspan > 1:
            return True
        return len(own) == 1 and first.colspan >= max(3, len(self.head.cells) - 1)

    def _group(self, cell: Cell) -> bool | None:
        """True for a merged side label (绩效指标), False for a running number, None for anything else."""
        entry = self.words.label(cell.text)
        if entry is not None and entry.group:
            return True
        over = next((h for h in self.head.cells if h.first <= cell.column <= h.last), None)
        return False if over is not None and over.role == "index" else None

    def _record(self, block: int, cells: dict[int, Cell], claimed: set[int]) -> None:
        columns = [h for h in self.head.cells if h.block == block and not h.field and h.role not in ("group", "index")]
        if block:
            shared = [h for h in self.head.cells if h.block == 0 and h.role in ("level1", "level2")]
            own = {h.role for h in columns}
            columns = [h for h in shared if h.role not in own] + columns
        above = self.above[block]
        texts: dict[str, str] = {}
        stand: dict[str, Cell] = {}
        extra: list[tuple[HeadCell, Cell, str]] = []
        own_text = False
        for column in columns:
            cell = cells.get(column.first)
            name = column.role if column.role in _MODEL else column.label
            text = "" if cell is None or cell.continues else cell.text
            covered = cell is not None and cell.continues and name in above
            if covered or (column.role in ("level1", "level2") and not text.strip() and above.get(name)):
                text = above[name]
            elif text.strip() and not (block and column.block == 0):
                own_text = True
            if cell is not None:
                stand[name] = cell
            if column.role in _MODEL:
                texts[name] = text
            elif cell is not None and text.strip():
                extra.append((column, cell, text))
            above[name] = text
        if own_text and (texts.get("level3", "").strip() or texts.get("target", "").strip() or self._levels_own(stand)):
            self._keep(block, texts, stand, extra, claimed)

    def _levels_own(self, stand: dict[str, Cell]) -> bool:
        return any((cell := stand.get(n)) is not None and not cell.continues and cell.text.strip() for n in _LEVELS)

    def _keep(
        self,
        block: int,
        texts: dict[str, str],
        stand: dict[str, Cell],
        extra: list[tuple[HeadCell, Cell, str]],
        claimed: set[int],
    ) -> None:
        draft = self.projects.draft or self.projects.begin()
        base = draft.path("indicators", len(draft.indicators))
        record: dict[str, Any] = dict(texts)
        record["extra"] = more = {}
        if self.head.blocks:
            more[self.words.period] = self.head.blocks[block]
        for column, cell, text in extra:
            name, n = column.label or "?", 1
            while name in more:
                n += 1
                name = f"{column.label} ({n})"
            more[name] = text
            draft.places[(*base, "extra", name)] = self.grid.place_of(cell)
            if not cell.continues and cell.column not in claimed:
                self.account.cell(Role.extra, self.grid, cell, (*base, "extra", name))
            claimed.add(cell.column)
        self._rejoin(record, extra)
        for name, cell in stand.items():
            if name not in texts:
                continue
            draft.places[(*base, name)] = self.grid.place_of(cell)
            if cell.column not in claimed and not cell.continues:
                claimed.add(cell.column)
                self.account.cell(Role.value, self.grid, cell, (*base, name))
        draft.indicators.append(record)

    def _rejoin(self, record: dict[str, Any], extra: list[tuple[HeadCell, Cell, str]]) -> None:
        """One 指标值 from its operator, number and unit columns; the columns themselves stay in `extra`."""
        target = record.get("target")
        if not target:
            return
        for column, _, text in extra:
            part = text.strip()
            if column.role == "operator":
                sign = self.words.operators.get(key(part))
                if sign and self.words.operators.get(key(target[:1])) is None:
                    target = sign + target
            elif column.role == "unit" and part not in ("/", "无", "—", "-") and not target.endswith(part):
                target += part
        record["target"] = target


class _Flat:
    """The project's columns of a flat list: merged over its rows, repeated on each, or given once."""

    def __init__(self, rows: IndicatorRows, captions: tuple[Caption, ...]) -> None:
        self.rows = rows
        self.captions = captions
        self.columns = [h for h in rows.head.cells if h.field]
        self.last: tuple[str, ...] = ()
        self.once = False

    def project(self, cells: dict[int, Cell], claimed: set[int]) -> None:
        """Begin a project where this row names another one; claim the cells that name it."""
        here = [cells.get(column.first) for column in self.columns]
        texts = tuple("" if c is None or c.continues else c.text for c in here)
        name = next(t for t, column in zip(texts, self.columns, strict=True) if column.field == "name")
        filled = any(t.strip() for t in texts)
        draft = self.rows.projects.draft
        if not filled or (not name.strip() and draft is not None):
            self.once = True
        named = bool(name.strip()) and (self.once or texts != self.last)
        new = named or draft is None or not self.last
        if new:
            draft = self.rows.projects.begin()
            self.rows.above = [{} for _ in self.rows.above]
            self.last, self.once = texts, False
            for caption in self.captions:
                if not any(column.field == caption.field for column in self.columns):
                    draft.put(*caption, self.rows.words)
        assert draft is not None
        for column, cell, text in zip(self.columns, here, texts, strict=True):
            if cell is None:
                if new:
                    draft.put(column.field, column.label, "", self.rows.grid.place, self.rows.words)
                continue
            if new:
                place = self.rows.grid.place_of(cell)
                path = draft.put(column.field, column.label, text, place, self.rows.words)
            if cell.continues or cell.column in claimed:
                continue  # it goes on from above, or a column at its left has it
            claimed.add(cell.column)
            if new:
                self.rows.account.cell(Role.extra if "extra" in path else Role.value, self.rows.grid, cell, path)
            elif text.strip():
                self._again(draft, column, cell, text)

    def _again(self, draft: Draft, column: HeadCell, cell: Cell, text: str) -> None:
        """A project's text on a later row: the same again says nothing new, another text is a doubt."""
        grid, account = self.rows.grid, self.rows.account
        index = self.columns.index(column)
        if text == self.last[index]:
            account.cell(Role.value, grid, cell, draft.path(*column.field.split(".")))
        else:
            account.cell(Role.unclaimed, grid, cell)
            account.doubt(
                "PD042",
                Severity.warning,
                f"the project's {column.label} differs from its first row",
                grid.place_of(cell),
                text,
            )

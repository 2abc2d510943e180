"""Rows of labels and values: a label's value stands beside it, or below it where a row only heads columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from perfdoc.extract.account import Account
from perfdoc.extract.indicators import Projects
from perfdoc.extract.over import Over, Under, are_heads, heads_of, looks_like_label, named, refined, under
from perfdoc.extract.vocabulary import Entry, Vocabulary
from perfdoc.layout import Cell, Grid
from perfdoc.report import Path, Role, Severity

_SENTENCE = re.compile(r"[。；！？]")
_OWN_LABEL = re.compile(r"((?:其中[：:])?[^：:。；！？，,]{2,20})[：:](.*)", re.DOTALL)
_TEXTS = ("goals", "purpose")


class _Side(NamedTuple):
    """A label at the side of a block of rows: what is unnamed in the block belongs to the field `of`."""

    last: int
    of: str
    text: str


class LabelScan:
    """Reads rows of labels and values. A label takes the next cell as its value, whatever that cell says."""

    def __init__(self, grid: Grid, words: Vocabulary, account: Account, projects: Projects) -> None:
        self.grid, self.words, self.account, self.projects = grid, words, account, projects
        self.sides: list[_Side] = []  # the labels at the side of the open block, from the outermost
        self.beside: dict[int, str] = {}  # the labels of the open block's first row, by column
        self.over: tuple[Over, ...] = ()
        self.over_row = -1
        self.budget = 0  # of the heads over money, the column that tells the budget

    def row(self, index: int) -> None:
        """Claim every cell of the row at `index`."""
        cells = _from_text(self._cells(index))
        for side in self.sides:
            if cells and side.text == cells[0].text and cells[0].column <= side.last:
                self.account.cell(Role.label, self.grid, cells[0])  # typed again on each row, in place of a merge
                cells = _from_text(cells[1:])
        if not cells:
            return
        if not self.sides or cells[0].column <= self.sides[-1].last:
            self.sides, self.beside = [side for side in self.sides if side.last < cells[0].column], {}
            if self.over and self.over_row < index - 1 and not self._goes_on(cells):
                self.over = ()
        if self._under(cells, index):
            return
        cells = self._opened(cells, index)
        if are_heads(cells, self._below(cells, index), self.words):
            self._head(cells, index)
        elif cells:
            self._along(cells)

    def _cells(self, index: int) -> list[Cell]:
        rows = self.grid.rows
        return [cell for cell in rows[index].cells if not cell.continues] if index < len(rows) else []

    def _below(self, cells: Sequence[Cell], index: int) -> list[Cell]:
        """The cells of the next row that stand below these."""
        first = cells[0].column if cells else 1
        return [cell for cell in self._cells(index + 1) if cell.column >= first]

    def _goes_on(self, cells: Sequence[Cell]) -> bool:
        """Whether a row without a block still stands under heads: it begins with the label of an amount."""
        entry = self.words.label(cells[0].text)
        return entry is not None and entry.path.startswith("budget.")

    # Labels that open a block of rows

    def _opened(self, cells: list[Cell], index: int) -> list[Cell]:
        """The row without the labels that only open a block; the block is open from here on."""
        while cells and (entry := self._opens(cells, index)) is not None:
            self.account.cell(Role.label, self.grid, cells[0])
            self.sides.append(_Side(cells[0].column + cells[0].colspan - 1, entry.of, cells[0].text))
            self.beside, self.over = {}, ()
            rest = cells[1:]
            heads = _from_text(rest)
            cells = heads if are_heads(heads, self._below(heads, index), self.words) else rest
            if cells and not cells[0].text.strip():
                break
        return cells

    def _opens(self, cells: Sequence[Cell], index: int) -> Entry | None:
        """The entry of a row's first label where it only opens a block, else None.

        It is a group, or a label with a label beside it: one merged down over rows that have labels of their
        own, or one before a whole number of pairs.
        """
        first, rest = cells[0], cells[1:]
        entry = self.words.label(first.text)
        own = [cell for cell in rest if cell.text.strip()]
        if entry is not None and entry.group and not entry.path:
            lone = len(own) == 1 and not self._spans(first, index) and not self._is_named(own[0])
            return None if lone and not entry.of else entry
        if not own or (entry is None and not looks_like_label(first.text)):
            return None
        pairs = len(rest) > 1 and len(rest) % 2 == 0
        if self._spans(first, index) and own[0].rowspan < max(2, first.rowspan):
            heads = _from_text(rest)
            opens = are_heads(heads, self._below(heads, index), self.words) or (
                self._is_named(rest[0]) and (len(rest) > 1 or self.words.inline(rest[0].text) is not None)
            )
            if not opens and (entry is None or not entry.path):
                opens = pairs and looks_like_label(rest[0].text)
            return entry or Entry(group=True) if opens else None
        following = self.words.label(rest[0].text)
        opens = entry is not None and bool(entry.path) and pairs and following is not None and bool(following.path)
        return entry if opens else None

    def _spans(self, cell: Cell, index: int) -> bool:
        """Whether a label stands beside several rows: merged over them, or with blank cells below it."""
        if cell.rowspan > 1:
            return True
        if self.words.label(cell.text) is None and self.words.heads(cell.text):
            return False  # a head with a blank value below it
        below = next((c for c in self._cells(index + 1) if c.column == cell.column), None)
        if below is None or not _from_text(self._cells(index + 1)):
            return False
        return not below.text.strip() or below.text == cell.text

    def _is_named(self, cell: Cell) -> bool:
        return self.words.label(cell.text) is not None or self.words.inline(cell.text) is not None

    # Heads inside a form

    def _head(self, cells: Sequence[Cell], index: int) -> None:
        heads = heads_of(cells, self.words)
        self.over = refined(self.over, heads) if self.over and self.over_row == index - 1 else heads
        self.over_row = index
        self.budget = 0
        for cell in cells:
            self.account.cell(Role.label, self.grid, cell)

    def _under(self, cells: Sequence[Cell], index: int) -> bool:
        """Claim a row of values under heads. False where it is another kind of row."""
        if not self.over or are_heads(cells, self._below(cells, index), self.words):
            return False
        found = under(cells, self.over, self.words)
        if found is None:
            return False
        first = found.values[0][0]
        labelled = self.words.label(first.text) is not None or self.words.is_total(first.text)
        if not found.labels and len(found.values) > 2 and labelled:
            found = Under([first], found.values[1:])  # the first head is that of the labels
        entry = self.words.label(found.labels[-1].text) if found.labels else None
        if found.labels:
            if entry is not None and entry.path and not entry.path.startswith("budget."):
                return False
            self._money(found, entry)
        elif self.over_row != index - 1 and self._is_named(first):
            return False
        else:
            self._texts(found)
        return True

    def _money(self, found: Under, entry: Entry | None) -> None:
        """A labelled row: its budget column is the field's, the others stand under both labels in `extra`."""
        label = "·".join(named(cell.text) for cell in found.labels)
        for cell in found.labels:
            self.account.cell(Role.label, self.grid, cell)
        total = self.words.is_total(found.labels[-1].text)
        divided = any(o.entry is not None and o.entry.path.startswith("budget.") for _, o in found.values)
        if total and not divided:
            entry = Entry("budget.total")
        if not self.budget:
            budget = [(c, o) for c, o in found.values if self.words.is_budget_head(o.label)] or found.values[:1]
            chosen = next(((c, o) for c, o in budget if c.text.strip()), budget[0])
            self.budget = chosen[1].first
            if chosen[1] is not budget[0][1] and entry is not None and entry.path:
                message = f"{budget[0][1].label} is blank, the budget is read from {chosen[1].label}"
                place = self.grid.place_of(chosen[0])
                self.account.doubt("PD047", Severity.warning, message, place, chosen[0].text)
        for cell, over in found.values:
            path = entry.path if entry is not None and over.first == self.budget else ""
            if total and divided:
                path = over.entry.path if over.entry is not None else ""
            if path or cell.text.strip():
                self._put(f"{label}·{over.label}", Entry(path), cell)

    def _texts(self, found: Under) -> None:
        """An unlabelled row under heads; a second one goes on with the text of the first."""
        fields = all(over.entry is not None and over.entry.path for _, over in found.values)
        for cell, over in found.values:
            entry = over.entry if over.entry is not None else Entry()
            if entry.path.startswith("budget.") and not fields:
                entry = Entry()
            if entry.path in _TEXTS and self._continued(entry.path, cell):
                continue
            if entry.path or cell.text.strip():
                self._put(over.label, entry, cell)

    def _continued(self, field: str, cell: Cell) -> bool:
        """Add a cell's text to the goals or the purpose that the rows above it began."""
        draft = self.projects.draft
        above = draft.places.get(draft.path(field)) if draft is not None else None
        if draft is None or above is None or not (draft.values.get(field) or "").strip():
            return False
        if (above.table, above.sheet, above.column) != (self.grid.place.table, self.grid.place.sheet, cell.column):
            return False
        if cell.text.strip():
            draft.values[field] = f"{draft.values[field]}\n{cell.text}"
            self.account.cell(Role.value, self.grid, cell, draft.path(field))
        return True

    # Labels and the values beside them

    def _along(self, cells: Sequence[Cell]) -> None:
        twice = self._named_twice(cells)
        n = 0
        while n < len(cells):
            cell = cells[n]
            entry = self.words.label(cell.text) if cell.text.strip() else None
            if not cell.text.strip() or (entry is None and self._inlines(cell)):
                n += 1
            elif entry is not None and self._is_bare(cells, n, entry):
                self._put_text(cell.text, entry, "", cell, Role.label)  # `其中：财政拨款：` with nothing behind it
                n += 1
            elif entry is not None and (entry.path or not entry.group or len(cells) == 2) and n + 1 < len(cells):
                value = self._value_of(cells, n)
                self.account.cell(Role.label, self.grid, cell)
                self.beside.setdefault(cell.column, named(cell.text))
                if cell.column in twice:
                    self._put(f"{self.beside[cell.column]}·{named(cell.text)}", Entry(), cells[value])
                else:
                    self._put(cell.text, self._total(cell, entry), cells[value])
                if (cell.rowspan > 1 or entry.path in _TEXTS) and n == 0 and not _has_text(cells, value + 1):
                    self.sides.append(_Side(cell.column + cell.colspan - 1, entry.path, cell.text))
                n = value + 1
            elif entry is not None or (self.words.heads(cell.text) and not _has_text(cells, n + 1)):
                self.account.cell(Role.label, self.grid, cell)
                n += 1
            else:
                n += self._unnamed(cells, n)

    def _is_bare(self, cells: Sequence[Cell], n: int, entry: Entry) -> bool:
        """Whether a label of money has no value: what follows it is a label with its own value in one cell."""
        inline = self.words.inline(cells[n + 1].text) if n + 1 < len(cells) else None
        return inline is not None and (entry.path.startswith("budget.") or inline.entry.path == entry.path != "goals")

    def _total(self, cell: Cell, entry: Entry) -> Entry:
        """In a block of money 合计 names the budget."""
        inside = bool(self.sides) and not entry.path and self.words.is_total(cell.text)
        return Entry("budget.total") if inside else entry

    def _value_of(self, cells: Sequence[Cell], n: int) -> int:
        """Where the value of the label at `n` stands: next to it, or after blank cells where nothing else names it."""
        if cells[n + 1].text.strip():
            return n + 1
        own = [m for m in range(n + 1, len(cells)) if cells[m].text.strip()]
        if not own or self._is_named(cells[own[0]]) or self.words.heads(cells[own[0]].text):
            return n + 1
        alone = len(own) == 1 or self._is_named(cells[own[1]]) or self.words.heads(cells[own[1]].text)
        return own[0] if alone else n + 1

    def _named_twice(self, cells: Sequence[Cell]) -> set[int]:
        """Columns of labels whose field another label of the row names better: the one under the year's total."""
        paths: dict[str, list[int]] = {}
        for cell in cells:
            entry = self.words.label(cell.text)
            if entry is not None and entry.path.startswith("budget."):
                paths.setdefault(entry.path, []).append(cell.column)
        totals = [c for c, text in self.beside.items() if (e := self.words.label(text)) and e.path == "budget.total"]
        total = next((c for c in totals if self.words.is_annual(self.beside[c])), totals[0] if totals else None)
        twice = {c for columns in paths.values() if len(columns) > 1 and total in columns for c in columns}
        return twice - {total} if total is not None else set()

    def _inlines(self, cell: Cell) -> bool:
        """Claim a cell that holds labels and values in one text. False where it holds none, or more than that."""
        whole = self.words.inline(cell.text)
        pieces = self.words.inlines(cell.text) if whole is not None else []
        if whole is None:
            return False
        if whole.entry.path in _TEXTS or any(inline is None for _, inline in pieces):
            pieces = [(cell.text, whole)]
        for piece, inline in pieces:
            if inline is not None:
                path = self._path(inline.label, inline.entry, inline.value.strip(), cell)
                role = Role.extra if "extra" in path else Role.value
                self.account.claim(role, self.grid.place_of(cell), piece, path)
        return True

    def _unnamed(self, cells: Sequence[Cell], n: int) -> int:
        """A cell that is no label: the open block's, the agency's caption, a title, or a label of its own."""
        cell, following = cells[n], cells[n + 1] if n + 1 < len(cells) else None
        draft = self.projects.draft
        alone = not _has_text(cells, n + 1) and not _has_text(cells[:n], 0)
        of = self.sides[-1].of if self.sides else ""
        if alone and of and draft is not None:
            if not (draft.values.get(of) or "").strip():
                self._put(cell.text, Entry(of), cell)
                return len(cells)
            if of in _TEXTS and self._continued(of, cell):
                return len(cells)
        if self.words.is_title(cell.text):
            self.account.cell(Role.boilerplate, self.grid, cell)
            return 1
        captions = [c for c in cells[n + 1 :] if self.words.inline(c.text) is not None]
        bare = draft is None or not draft.values.get("agency.name")
        if captions and bare and not _SENTENCE.search(cell.text) and len(captions) == _texts(cells) - 1:
            self._put("", Entry("agency"), cell)
            return 1
        found = _OWN_LABEL.match(cell.text)
        if found is not None and (alone or all(_OWN_LABEL.match(c.text) for c in cells if c.text.strip())):
            path = self._path(found[1], Entry(), found[2].strip(), cell)
            self.account.cell(Role.extra, self.grid, cell, path)
            return 1
        if following is not None and looks_like_label(cell.text) and self.words.label(following.text) is None:
            value = self._value_of(cells, n)
            self.account.cell(Role.label, self.grid, cell)
            self.beside.setdefault(cell.column, named(cell.text))
            self._put(cell.text, Entry(), cells[value])
            return value + 1 - n
        self.account.unclaimed(self.grid, cell, "no label names this cell")
        return 1

    def _put(self, label: str, entry: Entry, cell: Cell) -> None:
        self._put_text(label, entry, cell.text, cell)

    def _put_text(self, label: str, entry: Entry, text: str, cell: Cell, role: Role | None = None) -> None:
        path = self._path(label, entry, text, cell)
        self.account.cell(role or (Role.extra if "extra" in path else Role.value), self.grid, cell, path)

    def _path(self, label: str, entry: Entry, text: str, cell: Cell) -> Path:
        draft = self.projects.draft or self.projects.begin()
        return draft.put(entry.path, named(label), text, self.grid.place_of(cell), self.words)


def _from_text(cells: Sequence[Cell]) -> list[Cell]:
    """The cells from the first one with text to the last one, and one that is blank behind a label's place."""
    own = [n for n, cell in enumerate(cells) if cell.text.strip()]
    return list(cells[own[0] : own[-1] + 1 + (looks_like_label(cells[own[-1]].text))]) if own else []


def _has_text(cells: Sequence[Cell], start: int) -> bool:
    return any(cell.text.strip() for cell in cells[start:])


def _texts(cells: Sequence[Cell]) -> int:
    return sum(bool(cell.text.strip()) for cell in cells)

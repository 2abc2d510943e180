"""Rows of labels and values: a label's value stands beside it, or below it where a row only heads columns."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from perfdoc.extract.draft import Account
from perfdoc.extract.indicators import Projects
from perfdoc.extract.vocabulary import Entry, Vocabulary
from perfdoc.layout import Cell, Grid
from perfdoc.report import Role

_SENTENCE = re.compile(r"[。；！？]")
_NUMBER = re.compile(r"[\d,.\s%％—-]+")
_OWN_LABEL = re.compile(r"([^：:]{2,20})[：:](.*)", re.DOTALL)


class _Over(NamedTuple):
    """A head inside a form: what stands in its columns below belongs to it."""

    first: int
    last: int
    label: str
    entry: Entry | None


class LabelScan:
    """Reads rows of labels and values. A label takes the next cell as its value, whatever that cell says."""

    def __init__(self, grid: Grid, words: Vocabulary, account: Account, projects: Projects) -> None:
        self.grid, self.words, self.account, self.projects = grid, words, account, projects
        self.block = ""  # the field that an unnamed cell of the open block belongs to
        self.block_rows = range(0)
        self.block_labels: dict[int, str] = {}  # the labels of the block's first row, by column
        self.over: tuple[_Over, ...] = ()
        self.over_rows = range(0)

    def row(self, index: int) -> None:
        """Claim every cell of the row at `index`."""
        row = self.grid.rows[index]
        for cell in row.cells:
            if cell.continues and cell.text.strip():
                self.account.unclaimed(self.grid, cell, "text hidden by a merged cell")
        cells = [cell for cell in row.cells if not cell.continues]
        while cells and not cells[0].text.strip():
            cells = cells[1:]
        if index in self.over_rows and self._under(cells):
            return
        cells = self._opened(cells, index)
        if self._are_heads(cells):
            self._head(cells, index)
        else:
            self._along(cells, index)

    def _opened(self, cells: list[Cell], index: int) -> list[Cell]:
        """The row without the labels that only open a block; the block is open from here on."""
        while cells and (entry := self.words.label(cells[0].text)) and self._opens(entry, cells):
            self.account.cell(Role.label, self.grid, cells[0])
            self.block = entry.of
            self.block_rows = range(index, index + cells[0].rowspan)
            self.block_labels = {}
            cells = cells[1:]
            while cells and not cells[0].text.strip() and len(cells) > 2 and self._are_heads(cells[1:]):
                cells = cells[1:]
        return cells

    def _opens(self, entry: Entry, cells: list[Cell]) -> bool:
        """Whether the first label of a row only opens a block: a group, or a label before a label and its value."""
        if entry.group and not entry.path:
            return True
        rest = cells[1:]
        if not rest or (cells[0].rowspan < 2 and len(rest) < 2):
            return False
        following = self.words.label(rest[0].text)
        named = (following is not None and bool(following.path)) or self.words.heads(rest[0].text)
        return named and len(rest) % 2 == 0

    # Heads inside a form

    def _are_heads(self, cells: list[Cell]) -> bool:
        """Whether a row only heads columns: labels side by side with no value between them."""
        if len(cells) < 2 or not all(_looks_like_label(cell.text) for cell in cells):
            return False
        heads = [self.words.heads(cell.text) for cell in cells]
        if len(cells) == 2:
            return all(heads)
        return sum(heads) >= 2 and any(a and b for a, b in pairwise(heads))

    def _head(self, cells: list[Cell], index: int) -> None:
        self.over = tuple(
            _Over(c.column, c.column + c.colspan - 1, _name(c.text), self.words.label(c.text)) for c in cells
        )
        within = index in self.block_rows and self.block_rows.stop > index + 1
        self.over_rows = range(index + 1, self.block_rows.stop if within else index + 2)
        for cell in cells:
            self.account.cell(Role.label, self.grid, cell)

    def _under(self, cells: list[Cell]) -> bool:
        """Claim a row of values under heads. False where nothing stands under them."""
        under = {cell.column: over for cell in cells for over in self.over if over.first <= cell.column <= over.last}
        if not under:
            return False
        label, of = "", ""
        first = min(under)
        for cell in cells:
            over = under.get(cell.column)
            if over is None and cell.text.strip():
                self.account.cell(Role.label, self.grid, cell)
                entry = self.words.label(cell.text)
                label, of = _name(cell.text), entry.path if entry else ""
            elif over is not None and label:
                # The first column of a row of money is the budget; the others have no field of their own.
                self._put(f"{label}·{over.label}", Entry(of) if of and cell.column == first else None, cell)
            elif over is not None:
                self._put(over.label, over.entry if len(self.over_rows) == 1 else None, cell)
        return True

    # Labels and the values beside them

    def _along(self, cells: list[Cell], index: int) -> None:
        twice = self._named_twice(cells)
        n = 0
        while n < len(cells):
            cell = cells[n]
            following = cells[n + 1] if n + 1 < len(cells) else None
            entry = self.words.label(cell.text) if cell.text.strip() else None
            if not cell.text.strip():
                n += 1
            elif entry is None and (inline := self.words.inline(cell.text)) is not None:
                self._put_text(cell.text.partition("：")[0].partition(":")[0], inline[0], inline[1], cell)
                n += 1
            elif entry is not None and entry.path and following is not None:
                self.account.cell(Role.label, self.grid, cell)
                self.block_labels.setdefault(cell.column, _name(cell.text))
                beside = cell.column in twice
                above = self.block_labels[cell.column]
                self._put(f"{above}·{_name(cell.text)}" if beside else cell.text, None if beside else entry, following)
                n += 2
            elif entry is not None or self.words.heads(cell.text):
                self.account.cell(Role.label, self.grid, cell)
                n += 1
            else:
                n += self._unnamed(cell, following, index, alone=len(cells) == 1)

    def _named_twice(self, cells: list[Cell]) -> set[int]:
        """Columns of labels whose field another label of the row names better: the one under the year's total."""
        paths: dict[str, list[int]] = {}
        for cell in cells:
            entry = self.words.label(cell.text)
            if entry is not None and entry.path.startswith("budget."):
                paths.setdefault(entry.path, []).append(cell.column)
        total = next((c for c, text in self.block_labels.items() if self._is_total(text)), None)
        return {
            column
            for columns in paths.values()
            if len(columns) > 1 and total in columns
            for column in columns
            if column != total
        }

    def _is_total(self, label: str) -> bool:
        entry = self.words.label(label)
        return entry is not None and entry.path == "budget.total"

    def _unnamed(self, cell: Cell, following: Cell | None, index: int, *, alone: bool) -> int:
        """A cell that is no label: the open block's, the agency's caption, a title, or a label of its own."""
        draft = self.projects.draft
        if self.block and index in self.block_rows and draft is not None and self.block not in draft.values:
            self._put_text(cell.text, Entry(self.block), cell.text, cell)
            return 1
        if self.words.is_title(cell.text):
            self.account.cell(Role.boilerplate, self.grid, cell)
            return 1
        captioned = following is not None and self.words.inline(following.text) is not None
        if captioned and draft is not None and "agency.name" not in draft.values and not _SENTENCE.search(cell.text):
            self._put_text("", Entry("agency"), cell.text, cell)
            return 1
        if following is not None and _looks_like_label(cell.text) and self.words.label(following.text) is None:
            self.account.cell(Role.label, self.grid, cell)
            self.block_labels.setdefault(cell.column, _name(cell.text))
            self._put(cell.text, None, following)
            return 2
        if alone and (found := _OWN_LABEL.match(cell.text)) is not None:
            self._put_text(found[1], None, found[2], cell)
            return 1
        self.account.unclaimed(self.grid, cell, "no label names this cell")
        return 1

    def _put(self, label: str, entry: Entry | None, cell: Cell) -> None:
        self._put_text(label, entry, cell.text, cell)

    def _put_text(self, label: str, entry: Entry | None, text: str, cell: Cell) -> None:
        draft = self.projects.draft or self.projects.begin()
        place = self.grid.place_of(cell)
        path = draft.put(entry.path if entry is not None else "", _name(label), text, place, self.words)
        self.account.cell(Role.extra if "extra" in path else Role.value, self.grid, cell, path)


def _name(label: str) -> str:
    return "".join(label.split()).rstrip("：:")


def _looks_like_label(text: str) -> bool:
    plain = "".join(text.split())
    return 1 < len(plain) <= 24 and not _SENTENCE.search(plain) and not _NUMBER.fullmatch(plain)

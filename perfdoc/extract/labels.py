"""A form that no template describes: labels and the values beside or below them, row by row."""

from __future__ import annotations

import re

from perfdoc.extract.draft import Account, Draft
from perfdoc.extract.head import Head, head_at
from perfdoc.extract.indicators import Caption, IndicatorRows, Projects
from perfdoc.extract.vocabulary import Entry, Vocabulary
from perfdoc.layout import Cell, Grid, Row
from perfdoc.report import Role

_SENTENCE = re.compile(r"[。；！？]")
_NUMBER = re.compile(r"[\d,.\s%％]+")


class LabelledGrid:
    """A grid read by its labels. `is_form` decides whether it is one, `claim` reads it."""

    def __init__(self, grid: Grid, words: Vocabulary, account: Account) -> None:
        self.grid, self.words, self.account = grid, words, account
        self.heads = self._heads()
        self.labels = self._labels()

    def _heads(self) -> dict[int, Head]:
        heads: dict[int, Head] = {}
        last: Head | None = None
        for index, row in enumerate(self.grid.rows):
            if last is not None and (index < last.row + last.depth or last.is_repeated_by(row)):
                continue
            head = head_at(self.grid, index, self.words)
            if head is not None:
                heads[index] = last = head
        return heads

    def _labels(self) -> dict[str, int]:
        """The fields that labels outside of indicator tables name, with the first row of each."""
        found: dict[str, int] = {}
        flat = any(head.flat for head in self.heads.values())
        for index, row in enumerate(self.grid.rows):
            if flat and self.heads and index >= min(self.heads):
                break
            for cell in row.cells:
                entry = self.words.label(cell.text)
                if entry is None and (inline := self.words.inline(cell.text)):
                    entry = inline[0]
                if entry is not None and entry.path:
                    found.setdefault(entry.path, index)
        return found

    def is_form(self, following: Grid | None, within: bool) -> bool:
        """Whether this grid is (a part of) a form: it has an indicator table, or names goals of something."""
        if self.heads:
            return True
        if "goals" in self.labels and (within or len(self.labels) > 1):
            return True
        if "name" in self.labels and len(self.labels) > 2 and following is not None:
            after = LabelledGrid(following, self.words, Account())
            return bool(after.heads) and "name" not in after.labels
        return False

    def claim(self, projects: Projects) -> None:
        """Claim every cell of the grid."""
        first = min(self.heads, default=0)
        captions = self._captions(first) if self.heads and self.heads[first].flat else ()
        starts = self._starts()
        if not starts and self._begins(projects.draft):
            starts = {0}
        scan = LabelScan(self.grid, self.words, self.account, projects)
        table: IndicatorRows | None = None
        index = first if self.heads and self.heads[first].flat else 0
        while index < len(self.grid.rows):
            if index in starts:
                projects.begin()
                scan, table = LabelScan(self.grid, self.words, self.account, projects), None
            if (head := self.heads.get(index)) is not None:
                table = self._open(head, projects, captions)
                index += head.depth
                continue
            row = self.grid.rows[index]
            if table is None or not table.row(row):
                if table is not None and not table.head.flat:
                    table = None
                index += scan.row(index)
            else:
                index += 1

    def _begins(self, draft: Draft | None) -> bool:
        if any(head.flat for head in self.heads.values()):
            return False
        return draft is None or (bool(draft.indicators) and "goals" in self.labels)

    def _captions(self, head: int) -> tuple[Caption, ...]:
        """What stands above a flat list's head and holds for all of its projects: `单位：万元`."""
        found: list[Caption] = []
        for cell in (cell for row in self.grid.rows[:head] for cell in row.cells):
            inline = self.words.inline(cell.text)
            if inline is not None:
                self.account.cell(Role.label, self.grid, cell)
                label = cell.text.partition("：")[0].partition(":")[0]
                found.append(Caption(inline[0].path, label, inline[1].strip(), self.grid.place_of(cell)))
            else:
                role = Role.boilerplate if self.words.is_title(cell.text) else Role.outside
                self.account.cell(role, self.grid, cell)
        return tuple(found)

    def _open(self, head: Head, projects: Projects, captions: tuple[Caption, ...]) -> IndicatorRows:
        for row in self.grid.rows[head.row : head.row + head.depth]:
            for cell in row.cells:
                self.account.cell(Role.label, self.grid, cell)
        if projects.draft is None and not head.flat:
            projects.begin()
        return IndicatorRows(self.grid, head, self.words, self.account, projects, captions)

    def _starts(self) -> set[int]:
        """The rows where projects begin: at each 项目名称, or at the title and captions right above it."""
        starts: set[int] = set()
        for index, row in enumerate(self.grid.rows):
            if index in self.heads or not self._names(row):
                continue
            start = index
            while start > 0 and index - start < 5 and self._leads(start - 1):
                start -= 1
            starts.add(start)
        return starts

    def _names(self, row: Row) -> bool:
        first = next((cell for cell in row.cells if not cell.continues and cell.text.strip()), None)
        if first is None:
            return False
        entry = self.words.label(first.text)
        inline = self.words.inline(first.text) if entry is None else None
        return (entry is not None and entry.path == "name") or (inline is not None and inline[0].path == "name")

    def _leads(self, index: int) -> bool:
        own = [cell for cell in self.grid.rows[index].cells if not cell.continues and cell.text.strip()]
        if index in self.heads or len(own) > 3:
            return False
        return all(
            self.words.is_title(cell.text)
            or self.words.inline(cell.text) is not None
            or (self.words.label(cell.text) is None and len(cell.text) < 40 and index < 4)
            for cell in own
        )


class LabelScan:
    """Reads rows of labels and values. A label takes the next cell as its value, whatever that cell says."""

    def __init__(self, grid: Grid, words: Vocabulary, account: Account, projects: Projects) -> None:
        self.grid, self.words, self.account, self.projects = grid, words, account, projects
        self.block = ""  # the field that an unnamed cell of the open block belongs to
        self.block_rows = range(0)

    def row(self, index: int) -> int:
        """Claim the row at `index`, with the row below it where that holds its values. Returns rows claimed."""
        row = self.grid.rows[index]
        cells = [cell for cell in row.cells if not cell.continues]
        for cell in row.cells:
            if cell.continues and cell.text.strip():
                self.account.unclaimed(self.grid, cell, "text hidden by a merged cell")
        while cells and not cells[0].text.strip():
            cells = cells[1:]
        while cells and (entry := self.words.label(cells[0].text)) and self._opens(entry, cells):
            self.account.cell(Role.label, self.grid, cells[0])
            self.block = entry.of or self.block if entry.of else ""
            self.block_rows = range(index, index + cells[0].rowspan)
            cells = cells[1:]
        below = self._row_below(index)
        if below and self._all_labels(cells):
            self._downwards(cells, below)
            return 2
        self._along(cells, index)
        return 1

    def _opens(self, entry: Entry, cells: list[Cell]) -> bool:
        """Whether the first label of a row only opens a block: a group, or a label before a label and its value."""
        if entry.group and not entry.path:
            return True
        rest = cells[1:]
        if cells[0].rowspan < 2 and len(rest) < 2:
            return False
        following = self.words.label(rest[0].text) if rest else None
        return following is not None and bool(following.path) and len(rest) % 2 == 0

    def _row_below(self, index: int) -> list[Cell]:
        if index + 1 >= len(self.grid.rows):
            return []
        return [cell for cell in self.grid.rows[index + 1].cells if not cell.continues]

    def _all_labels(self, cells: list[Cell]) -> bool:
        """Whether the row only names what stands below it: labels side by side, no value between them."""
        if len(cells) < 2 or not all(_looks_like_label(cell.text) for cell in cells):
            return False
        known = [self.words.label(cell.text) is not None for cell in cells]
        return known[0] and any(known[1::2])

    def _downwards(self, heads: list[Cell], below: list[Cell]) -> None:
        taken: set[int] = set()
        for head in heads:
            self.account.cell(Role.label, self.grid, head)
            columns = range(head.column, head.column + head.colspan)
            cell = next((c for c in below if c.column in columns and c.column not in taken), None)
            if cell is not None:
                taken.add(cell.column)
                self._put(head.text, self.words.label(head.text), cell)
        for cell in below:
            if cell.column in taken or not cell.text.strip():
                continue
            if self.words.label(cell.text) is not None:
                self.account.cell(Role.label, self.grid, cell)
            else:
                self.account.unclaimed(self.grid, cell, "no label names this cell")

    def _along(self, cells: list[Cell], index: int) -> None:
        n = 0
        while n < len(cells):
            cell = cells[n]
            if not cell.text.strip():
                n += 1
                continue
            following = cells[n + 1] if n + 1 < len(cells) else None
            entry = self.words.label(cell.text)
            if entry is None and (inline := self.words.inline(cell.text)) is not None:
                self._put_text(cell.text, inline[0], inline[1], cell)
                n += 1
            elif entry is not None and entry.path and following is not None:
                self.account.cell(Role.label, self.grid, cell)
                self._put(cell.text, entry, following)
                n += 2
            elif entry is not None:
                self.account.cell(Role.label, self.grid, cell)
                n += 1
            else:
                n += self._unnamed(cell, following, index, alone=len(cells) == 1)

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
            self._put(cell.text, None, following)
            return 2
        if alone and ((found := re.match(r"([^：:]{2,20})[：:](.*)", cell.text, re.DOTALL)) is not None):
            self._put_text(found[1], None, found[2], cell)
            return 1
        self.account.unclaimed(self.grid, cell, "no label names this cell")
        return 1

    def _put(self, label: str, entry: Entry | None, cell: Cell) -> None:
        self._put_text(label, entry, cell.text, cell)

    def _put_text(self, label: str, entry: Entry | None, text: str, cell: Cell) -> None:
        draft = self.projects.draft or self.projects.begin()
        place = self.grid.place_of(cell)
        name = "".join(label.split()).rstrip("：:")
        path = draft.put(entry.path if entry is not None else "", name, text, place, self.words)
        self.account.cell(Role.extra if "extra" in path else Role.value, self.grid, cell, path)


def _looks_like_label(text: str) -> bool:
    plain = "".join(text.split())
    return 1 < len(plain) <= 24 and not _SENTENCE.search(plain) and not _NUMBER.fullmatch(plain)

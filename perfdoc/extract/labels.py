"""A form that no template describes: labels and the values beside or below them, row by row."""

from __future__ import annotations

from perfdoc.extract.draft import Account, Draft
from perfdoc.extract.head import Head, head_at
from perfdoc.extract.indicators import Caption, IndicatorRows, Projects
from perfdoc.extract.scan import LabelScan
from perfdoc.extract.vocabulary import Vocabulary
from perfdoc.layout import Grid, Row
from perfdoc.report import Role


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
            if last is not None and self._names(row):
                last = None  # another form begins: the same head is its own, not this one's typed again
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

    def goes_on(self, before: Grid) -> Head | None:
        """The head of the table `before` that this grid, cut off by a page, goes on without; None if it does not."""
        if self.heads or self.labels or not self.grid.rows or self.grid.columns != before.columns:
            return None
        heads = LabelledGrid(before, self.words, Account()).heads
        head = heads[max(heads)] if heads else None
        if head is None or head.flat:
            return None
        return head if any(self.words.is_level(cell.text) for row in self.grid.rows for cell in row.cells) else None

    def claim_on(self, head: Head, projects: Projects) -> None:
        """Claim a grid that goes on under the head of the one before it."""
        table = IndicatorRows(self.grid, head, self.words, self.account, projects)
        scan = LabelScan(self.grid, self.words, self.account, projects)
        for index, row in enumerate(self.grid.rows):
            if not table.row(row):
                scan.row(index)

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
                scan.row(index)
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

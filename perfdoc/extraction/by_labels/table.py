"""A form that no template describes: where its parts begin, and what reads each of its rows."""

from __future__ import annotations

from perfdoc.extraction.by_labels.flat_list import Caption, FlatRows
from perfdoc.extraction.by_labels.heads.columns import Head, extent
from perfdoc.extraction.by_labels.heads.head import head_at
from perfdoc.extraction.by_labels.indicators import IndicatorRows, Projects
from perfdoc.extraction.by_labels.label_rows import LabelScan
from perfdoc.extraction.by_labels.project_starts import TOP, Starts
from perfdoc.extraction.by_labels.row_heads import looks_like_label
from perfdoc.extraction.by_labels.row_kinds import farther_by_levels, own_cells
from perfdoc.extraction.result.claims import Account, quoted
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Cell, Grid
from perfdoc.report import Role, Severity


class LabelledGrid:
    """A grid read by its labels. `is_form` decides whether it is one, `claim` reads it."""

    def __init__(self, grid: Grid, words: Vocabulary, account: Account) -> None:
        self.grid, self.words, self.account = grid, words, account
        self.starts = Starts(grid, words)
        self.heads = self._heads()
        self.labels = self._labels()

    @property
    def flat(self) -> bool:
        """Whether it is a list, one line an indicator, of many projects."""
        return any(head.flat for head in self.heads.values())

    def _heads(self) -> dict[int, Head]:
        """The heads of indicator tables by the index of their first row, those typed again among them."""
        heads: dict[int, Head] = {}
        end = 0
        for index in range(len(self.grid.rows)):
            head = head_at(self.grid, index, self.words) if index >= end else None
            if head is not None:
                heads[head.row] = head
                end = head.row + head.depth
        return heads

    def _labels(self) -> dict[str, int]:
        """The fields that labels outside of indicator tables name, with the first row of each."""
        found: dict[str, int] = {}
        end = min(self.heads) if self.flat else len(self.grid.rows)
        for index, row in enumerate(self.grid.rows[:end]):
            for cell in row.cells:
                entry = self.words.label(cell.text)
                if entry is None and (inline := self.words.inline(cell.text)):
                    entry = inline.entry
                if entry is not None and entry.path:
                    found.setdefault(entry.path, index)
        return found

    def is_form(self, following: Grid | None, within: bool) -> bool:
        """Whether this grid is (a part of) a form: it has an indicator table, or names goals of something.

        `following` is the next table, `within` whether a form has been read before.
        """
        if self.heads:
            return True
        if (listed := self._listed_goals()) is not None:
            message = f"a list of goals without names of projects is left outside: {quoted(listed.text)}"
            self.account.doubt("PD050", Severity.warning, message, self.grid.place_of(listed), listed.text)
            return False
        if "goals" in self.labels and (within or len(self.labels) > 1):
            return True
        if following is not None and "name" in self.labels and any(map(self.starts.names, self.grid.rows)):
            after = LabelledGrid(following, self.words, Account())
            same = following.columns == self.grid.columns and len(self.grid.rows) < 4
            return bool(after.heads) and "name" not in after.labels and (len(self.labels) > 2 or same)
        return False

    def _listed_goals(self) -> Cell | None:
        """The goals' head where all labels of the grid head columns of a list, and no column has names; else None."""
        index = self.labels.get("goals")
        if index is None or index + 1 >= len(self.grid.rows):
            return None
        if any(other != index and not (other < index and self._is_caption(other)) for other in self.labels.values()):
            return None
        own = own_cells(self.grid.rows[index])
        after = index + max((cell.rowspan for cell in own), default=1)
        below = own_cells(self.grid.rows[after]) if after < len(self.grid.rows) else []
        labels = sum(self.words.label(cell.text) is not None for cell in own)
        lists = len(own) > 2 or (len(own) == 2 == labels)
        if not lists or not all(looks_like_label(cell.text) for cell in own) or len(below) < 2:
            return None
        columns = {column for cell in own for column in range(cell.column, cell.column + cell.colspan)}
        if any(cell.column not in columns or self.words.label(cell.text) is not None for cell in below):
            return None
        return next(cell for cell in own if (e := self.words.label(cell.text)) is not None and e.path == "goals")

    def _is_caption(self, index: int) -> bool:
        """Whether no cell of a row is a label that names another cell: 单位：万元."""
        return all(self.words.label(cell.text) is None for cell in own_cells(self.grid.rows[index]))

    def goes_on(self, before: Grid) -> Head | None:
        """The head of the table `before` that this grid, cut off by a page, goes on under; None if it does not.

        It is as wide, wherever its rows start (`w:gridBefore`), or has its levels and texts below the head's columns.
        It begins with that head typed again, or with rows of indicators: a merge that goes on in mid-air, a level,
        or blank ones before level3.
        """
        if not self.grid.rows or 0 in self.labels.values():
            return None
        heads = LabelledGrid(before, self.words, Account()).heads
        head = heads[max(heads)] if heads else None
        if head is None or head.flat:
            return None
        (first, width), (first_before, width_before) = extent(self.grid), extent(before)
        farther = first - first_before if width == width_before else farther_by_levels(self.grid, head, self.words)
        if farther is None:
            return None
        head = head.moved(farther)
        again = self.heads.get(0)
        if again is not None and again.keys == head.keys:
            return again  # typed again it may stand in other columns: what is below it does too
        rows = self.grid.rows[: min(self.heads, default=len(self.grid.rows))]
        last = head.cells[-1].first
        level = any(self.words.is_level(cell.text) for row in rows for cell in row.cells if cell.column < last)
        below = own_cells(self.grid.rows[0])
        level3 = next((cell.first for cell in head.cells if cell.role == "level3"), 0)
        blank = len(below) > 1 and below[0].column == level3 > head.start
        return head if level or blank or any(cell.continues for cell in self.grid.rows[0].cells) else None

    def claim(
        self,
        projects: Projects,
        captions: tuple[Caption, ...] = (),
        *,
        renewed: bool = False,
        cut: bool = False,
        on: Head | None = None,
    ) -> None:
        """Claim every cell of the grid.

        `captions` are what stands above it and holds for all projects of a list; `renewed` says that a title
        stands between it and the form before it, `cut` that it may be the other half of that form's table, and
        `on` is the head of that one where it goes on with its rows.
        """
        before = len(self.account.claims)
        if self.flat:
            self._claim_list(projects, captions)
        else:
            self._claim_forms(projects, renewed, cut, on)
        self.account.rest(self.grid, before)

    def _claim_forms(self, projects: Projects, renewed: bool, cut: bool, on: Head | None) -> None:
        starts = self.starts.rows(self.heads)
        outside = 0 if cut or not starts or min(self.heads, default=0) < min(starts) else min(starts)
        for row in self.grid.rows[:outside]:
            for cell in row.cells:
                self.account.cell(Role.outside, self.grid, cell)
        if on is None and not any(index <= min(self.heads, default=len(self.grid.rows)) for index in starts):
            starts |= {0} if self._begins(projects, renewed) else set()
        scan = LabelScan(self.grid, self.words, self.account, projects, self.heads)
        table: IndicatorRows | None = None
        if on is not None:  # its head stands in another grid: no row of this one is the first below it
            table = IndicatorRows(self.grid, on._replace(row=-on.depth), self.words, self.account, projects)
        reading, index, end = on is not None, outside, len(self.grid.rows)
        while index < end:
            if index in starts:
                projects.begin()
                scan, table, reading = LabelScan(self.grid, self.words, self.account, projects, self.heads), None, False
            head = self.heads.get(index)
            if head is not None:
                if table is None or not reading or not table.head.is_typed_again(head):
                    table = self._open(head, projects)
                self._label(head)
                reading = True
                index += head.depth
                continue
            if reading and table is not None and not table.row(self.grid.rows[index]):
                scan, reading = LabelScan(self.grid, self.words, self.account, projects, self.heads), False
            if not reading and (table is None or not table.total(self.grid.rows[index])):
                scan.row(index)
            index += 1

    def _begins(self, projects: Projects, renewed: bool) -> bool:
        draft = projects.draft
        if draft is None:
            return True
        return bool(draft.indicators) and (renewed or "goals" in self.labels or not TOP.isdisjoint(self.labels))

    def _open(self, head: Head, projects: Projects) -> IndicatorRows:
        if projects.draft is None:
            projects.begin()
        return IndicatorRows(self.grid, head, self.words, self.account, projects)

    def _label(self, head: Head) -> None:
        for row in self.grid.rows[head.row : head.row + head.depth]:
            for cell in row.cells:
                self.account.cell(Role.label, self.grid, cell)

    # Lists

    def _claim_list(self, projects: Projects, captions: tuple[Caption, ...]) -> None:
        first = min(self.heads)
        captions += self._captions(first)
        table: IndicatorRows | None = None
        scan = LabelScan(self.grid, self.words, self.account, projects, self.heads)
        index = first
        while index < len(self.grid.rows):
            head = self.heads.get(index)
            if head is not None:
                self._label(head)
                given = (self.grid, head, self.words, self.account, projects)
                if isinstance(table, FlatRows) and table.head.is_typed_again(head):
                    table.head_again()
                else:
                    table = FlatRows(*given, captions) if head.flat else IndicatorRows(*given)
                index += head.depth
                continue
            if table is None or not table.row(self.grid.rows[index]):
                scan.row(index)
            index += 1

    def _captions(self, head: int) -> tuple[Caption, ...]:
        """What stands above a flat list's head and holds for all of its projects: `单位：万元`."""
        found: list[Caption] = []
        for cell in (cell for row in self.grid.rows[:head] for cell in row.cells if cell.text.strip()):
            place = self.grid.place_of(cell)
            for piece, inline in self.words.inlines(cell.text):
                if inline is not None:
                    self.account.claim(Role.label, place, piece)
                    found.append(Caption(inline.entry.path, inline.label.strip(), inline.value.strip(), place))
                else:
                    title = self.words.is_title(piece)
                    self.account.claim(Role.boilerplate if title else Role.outside, place, piece)
                    if title and (year := self.words.year(piece)):
                        found.append(Caption("year", "", year, place))
        return tuple(found)

"""Flat lists: one line an indicator, many projects; their columns merged over rows, repeated, or given once."""

from __future__ import annotations

from typing import NamedTuple

from perfdoc.extraction.by_labels.heads.columns import EXTRA, OWNERS, Head, HeadCell, by_column
from perfdoc.extraction.by_labels.indicators import IndicatorRows, Projects
from perfdoc.extraction.by_labels.row_kinds import own_cells
from perfdoc.extraction.result.claims import Account, quoted
from perfdoc.extraction.result.project import Draft
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Cell, Grid, Row
from perfdoc.report import Place, Role, Severity

_AGENCY = ("agency.code", "agency.name", "department")
_TELLING = (*_AGENCY, "goals", "purpose")
"""Fields that two rows of one project do not say differently; an amount may be a slip of the pen."""


class Caption(NamedTuple):
    """A value above a flat list that every project of it has."""

    field: str
    label: str
    text: str
    place: Place


class FlatRows(IndicatorRows):
    """Reads the rows of a flat list into one project after another."""

    def __init__(
        self,
        grid: Grid,
        head: Head,
        words: Vocabulary,
        account: Account,
        projects: Projects,
        captions: tuple[Caption, ...] = (),
    ) -> None:
        super().__init__(grid, head, words, account, projects)
        self.captions = captions
        self.fields = [h for h in head.cells if h.field]
        self.unit = next((h for h in self.fields if words.money_unit(h.label)), None)
        self.name = next(h for owner in OWNERS for h in self.fields if h.field == owner)
        self.own: dict[str, str] = {}  # what the project's first row says
        self.seen: dict[str, str] = {}  # what stands in each column, or is merged into it from above
        self.bare = False  # a row without a name has come since the project's first one
        # A unit named on a row of its own above its projects: its code, its name, where.
        self.group: tuple[str, str, Place] | None = None

    def head_again(self) -> None:
        """The head is typed again. A page may cut a project: its name and what else is its own are so too."""
        self.bare = False

    def _record(self, row: Row, cells: dict[int, Cell], claimed: set[int], level: Cell | None) -> None:
        if level is None and self._names_group(row, cells):
            return
        self._project(cells, claimed)
        super()._record(row, cells, claimed, level)

    def total(self, row: Row) -> bool:
        """Claim a row that sums up others, by its first text or by its name (教育局 | 小计): it is no project's.

        What is merged from it into the rows below is theirs too.
        """
        named = next((c for c in row.cells if c.column == self.name.first and not c.continues), None)
        if named is None or not self.words.is_total(named.text) or self.kinds.is_filled(own_cells(row)):
            return super().total(row)
        for cell in own_cells(row):
            self.account.cell(Role.outside if cell.rowspan == 1 else Role.label, self.grid, cell)
        cells = by_column(row.cells)
        for column in self.fields:
            over = cells.get(column.first)
            if over is not None and over.rowspan > 1 and not over.continues:
                self.seen[column.field] = over.text
        return True

    def _names_group(self, row: Row, cells: dict[int, Cell]) -> bool:
        """Claim a row that names a unit (and its sum) and no project, above the rows of its projects."""
        if len(self.fields) == len(self.head.cells):
            return False  # a list of projects without indicators: each row is one
        inner = {h.first for h in self.head.cells if not h.field and h.role not in ("group", "index")}
        texts = [c for c in row.cells if not c.continues and c.text.strip()]
        if any(c.column in inner for c in texts):
            return False
        here = {h.field: cells.get(h.first) for h in self.fields}
        name = here[self.name.field]
        goals = here.get("goals")
        if name is not None and name.text.strip():
            unit = self.words.unit_or_agency in self.name.label and self.name.field == "name"
            if name.rowspan > 1 or (goals is not None and goals.text.strip()) or not (unit or len(texts) == 1):
                return False
            if unit:
                code = self._code_of_unit(cells)
                self.group = (code.text if code is not None else "", name.text, self.grid.place_of(name))
                for cell in texts:
                    self.account.cell(Role.label if cell in (name, code) else Role.outside, self.grid, cell)
                return True
        for cell in texts:
            self.account.cell(Role.outside, self.grid, cell)
        said = quoted("，".join(cell.text for cell in texts))
        message = f"a row of the list that names no project and no indicator: {said}"
        self.account.doubt("PD045", Severity.warning, message, self.grid.place_of(texts[0]), texts[0].text)
        return True

    def _code_of_unit(self, cells: dict[int, Cell]) -> Cell | None:
        """The cell with a unit's code: of a column of its own, or of one that has the projects' codes too."""
        named = [(h, self.words.bare_label(h.label)) for h in self.fields]
        column = next((h for h in self.fields if h.field == "agency.code"), None)
        column = column or next((h for h, entry in named if entry is not None and entry.path == "agency.code"), None)
        return cells.get(column.first) if column is not None else None

    def _project(self, cells: dict[int, Cell], claimed: set[int]) -> None:
        """Begin a project where this row names another one; claim the cells that name it."""
        here = {h.field: cells.get(h.first) for h in self.fields}
        texts = {field: "" if c is None or c.continues else c.text for field, c in here.items()}
        draft = self.projects.draft if self.own else None
        if draft is None or self._is_another(texts):
            draft = self._begin(here, texts)
        elif not texts[self.name.field].strip():
            self.bare = True
        for column in self.fields:
            cell, text = here[column.field], texts[column.field]
            if cell is None or cell.column in claimed:
                continue
            claimed.add(cell.column)
            if text.strip() and not cell.continues:
                self._again(draft, column, cell, text)

    def _is_another(self, texts: dict[str, str]) -> bool:
        """Whether a row's texts name another project than the one being read."""
        name = texts[self.name.field]
        if not name.strip():
            return False
        if self.bare or name != self.own[self.name.field]:
            return True
        differ = [f for f, text in texts.items() if text.strip() and text != self.own[f]]
        telling = any(f in _TELLING or (f.startswith(EXTRA) and self.words.is_identity(f)) for f in differ)
        return telling or len(differ) > 1

    def _begin(self, here: dict[str, Cell | None], texts: dict[str, str]) -> Draft:
        """A new project with all that its first row says, and what is merged into that row from above."""
        draft = self.projects.begin()
        for block in self.blocks:
            block.renew()
        self.bare = False
        bare_agency = not any(texts[f].strip() for f in _AGENCY if f in texts)
        for column in self.fields:
            cell = here[column.field]
            merged = cell is not None and cell.continues
            as_above = merged or (bare_agency and column.field in _AGENCY)
            text = self.seen.get(column.field, "") if as_above else texts[column.field]
            place = self.grid.place_of(cell) if cell is not None else self.grid.place
            field = "" if column.field.startswith(EXTRA) else column.field
            path = draft.put(field, column.label, text, place, self.words) if field or text.strip() else ()
            if as_above and not merged and text.strip():
                message = f"a blank {column.label} is read as the one above it, {quoted(text)}"
                self.account.doubt("PD044", Severity.info, message, place, text, path)
            texts[column.field] = self.seen[column.field] = text
        self.own = dict(texts)
        held = {column.field for column in self.fields}
        for caption in self.captions:
            if caption.field not in held:
                draft.put(*caption, self.words)
        if self.unit is not None and not (draft.values.get("money_unit") or "").strip():
            at = self.grid.place._replace(row=self.head.row + 1, column=self.unit.first)
            draft.set("money_unit", self.words.money_unit(self.unit.label), at)
        if self.group is not None and not held & {"agency.name", "department"}:
            code, name, place = self.group
            draft.put("agency.name", self.words.unit_or_agency, name, place, self.words)
            if code and "agency.code" not in held:
                draft.put("agency.code", "", code, place, self.words)
        return draft

    def _again(self, draft: Draft, column: HeadCell, cell: Cell, text: str) -> None:
        """A project's text: the same again says nothing new, another text than its first row's is a doubt."""
        if text == self.own[column.field]:
            path = draft.path(*column.path)
            self.account.cell(Role.value, self.grid, cell, path if path in draft.places else ())
            return
        message = f"the project's {column.label} differs from its first row"
        self.account.cell(Role.unclaimed, self.grid, cell)
        self.account.doubt("PD042", Severity.warning, message, self.grid.place_of(cell), text)

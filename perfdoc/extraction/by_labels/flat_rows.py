"""The rows of a flat list, an indicator each: what is the project's is merged over them, repeated, or given once."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from perfdoc.extraction.by_labels.captions import Caption
from perfdoc.extraction.by_labels.heads.columns import EXTRA, Head, HeadCell, by_column
from perfdoc.extraction.by_labels.indicators import IndicatorRows
from perfdoc.extraction.by_labels.row_kinds import RowKind, own_cells
from perfdoc.extraction.result.claims import Findings, quoted
from perfdoc.extraction.result.project import Project
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Cell, Grid, Row
from perfdoc.report import Diagnostic, Place, Role, Severity
from perfdoc.texts import say

_AGENCY = ("agency.code", "agency.name", "department")
_TELLING = (*_AGENCY, "goals", "purpose")
"""Fields that two rows of one project do not say differently; an amount may be a slip of the pen."""


class Unit(NamedTuple):
    """A unit named on a row of its own above its projects."""

    code: str
    name: str
    place: Place


class FlatRows(IndicatorRows):
    """Claims the rows of a flat list for one project after another."""

    def __init__(
        self,
        grid: Grid,
        head: Head,
        words: Vocabulary,
        findings: Findings,
        begin: Callable[[], Project],
        captions: Sequence[Caption] = (),
    ) -> None:
        super().__init__(grid, head, words, findings, None)
        assert self.kinds.name is not None
        self.begin, self.captions, self.name = begin, captions, self.kinds.name
        self.fields = [h for h in head.cells if h.field]
        self.unit = next((h for h in self.fields if self._money_unit(h)), None)
        self.own: dict[str, str] = {}  # what the project's first row says
        self.numbers: dict[str, int] = {}  # the numbers of the values that it names
        self.seen: dict[str, str] = {}  # what stands in each column, or is merged into it from above
        self.bare = False  # a row without a name has come since the project's first one
        self.group: Unit | None = None

    def _money_unit(self, column: HeadCell) -> str:
        """The unit of money that a column's head has in its brackets, if any."""
        return self.words.meaning(column.label).money_unit(known=column.field == "budget.total")

    def head_again(self) -> None:
        """The head is typed again. A page may cut a project: its name and what else is its own are so too."""
        self.bare = False

    def claim(self, row: Row, kind: RowKind) -> None:
        """Claim every cell of a row of this kind."""
        if kind is RowKind.group:
            self._claim_group(row)
        elif kind is RowKind.total:
            self._claim_total(row)
        else:
            super().claim(row, kind)

    def _record(self, row: Row, cells: dict[int, Cell], claimed: set[int], level: Cell | None) -> None:
        self._project(cells, claimed)
        super()._record(row, cells, claimed, level)

    def _claim_total(self, row: Row) -> None:
        """Claim a row that sums up others: it is no project's. What is merged from it into the rows below is theirs."""
        by_name = any(c.column == self.name.first and self.words.meaning(c.text).is_total for c in own_cells(row))
        for cell in own_cells(row):
            self.findings.cell(Role.label if by_name and cell.rowspan > 1 else Role.outside, self.grid, cell)
        cells = by_column(row.cells)
        for column in self.fields if by_name else ():
            over = cells.get(column.first)
            if over is not None and over.rowspan > 1 and not over.continues:
                self.seen[column.field] = over.text

    def _claim_group(self, row: Row) -> None:
        """Claim a row that names a unit (and its sum) and no project, above the rows of its projects."""
        cells, texts = by_column(row.cells), own_cells(row)
        name = cells.get(self.name.first)
        if name is not None and name.text.strip() and self.kinds.names_units:
            code = self._code_of_unit(cells)
            self.group = Unit(code.text if code is not None else "", name.text, self.grid.place_of(name))
            for cell in texts:
                self.findings.cell(Role.label if cell in (name, code) else Role.outside, self.grid, cell)
            return
        self.findings.cells(Role.outside, self.grid, texts)
        message = say("extraction.list_row", text=quoted("，".join(cell.text for cell in texts)))
        self.findings.doubt("PD045", Severity.warning, message, self.grid.place_of(texts[0]), texts[0].text)

    def _code_of_unit(self, cells: Mapping[int, Cell]) -> Cell | None:
        """The cell with a unit's code: of a column of its own, or of one that has the projects' codes too."""
        named = [(h, self.words.meaning(h.label).bare_label) for h in self.fields]
        column = next((h for h in self.fields if h.field == "agency.code"), None)
        column = column or next((h for h, entry in named if entry is not None and entry.path == "agency.code"), None)
        return cells.get(column.first) if column is not None else None

    def _project(self, cells: dict[int, Cell], claimed: set[int]) -> None:
        """Begin a project where this row names another one; claim the cells that name it."""
        here = {h.field: cells.get(h.first) for h in self.fields}
        texts = {field: "" if c is None or c.continues else c.text for field, c in here.items()}
        begins = self.project is None or self._is_another(texts)
        if begins:
            self._begin(here, texts, claimed)
            return
        if not texts[self.name.field].strip():
            self.bare = True
        for column in self.fields:
            cell, text = here[column.field], texts[column.field]
            if cell is None or cell.column in claimed:
                continue
            claimed.add(cell.column)
            if text.strip() and not cell.continues:
                self._again(column, cell, text)

    def _is_another(self, texts: dict[str, str]) -> bool:
        """Whether a row's texts name another project than the one being read."""
        name = texts[self.name.field]
        if not name.strip():
            return False
        if self.bare or name != self.own[self.name.field]:
            return True
        differ = [f for f, text in texts.items() if text.strip() and text != self.own[f]]
        telling = any(f in _TELLING or (f.startswith(EXTRA) and self.words.meaning(f).is_identity) for f in differ)
        return telling or len(differ) > 1

    def _begin(self, here: dict[str, Cell | None], texts: dict[str, str], claimed: set[int]) -> None:
        """A new project with all that its first row says, and what is merged into that row from above."""
        self.project = self.begin()
        for block in self.blocks:
            block.renew()
        self.bare, self.numbers = False, {}
        bare_agency = not any(texts[f].strip() for f in _AGENCY if f in texts)
        for column in self.fields:
            cell = here[column.field]
            merged = cell is not None and cell.continues
            as_above = merged or (bare_agency and column.field in _AGENCY)
            text = self.seen.get(column.field, "") if as_above else texts[column.field]
            own = "" if as_above or cell is None or cell.column in claimed else text
            self._name(self.project, column, cell, text, own, guessed=as_above and not merged)
            if cell is not None:
                claimed.add(cell.column)
            texts[column.field] = self.seen[column.field] = text
        self.own = dict(texts)
        self._name_shared(self.project)

    def _name(
        self, project: Project, column: HeadCell, cell: Cell | None, text: str, own: str, *, guessed: bool
    ) -> None:
        """Name a project's value; `own` is what its cell shows of it. A `guessed` one is the row's above."""
        place = self.grid.place_of(cell) if cell is not None else self.grid.place
        field = "" if column.field.startswith(EXTRA) else column.field
        if not field and not text.strip():
            return
        doubt = None
        if guessed and text.strip():
            message = say("extraction.as_above", label=column.label, text=quoted(text))
            doubt = Diagnostic("PD044", Severity.info, message, place, text)
        number = project.name(field, column.label, text, place, text=own, role=Role.value, doubt=doubt)
        self.numbers[column.field] = number

    def _name_shared(self, project: Project) -> None:
        """Name what a list says once for many projects: its captions, the unit of money, the unit above them."""
        held = {column.field for column in self.fields}
        for caption in self.captions:
            if caption.field not in held:
                project.name(*caption)
        if self.unit is not None and project.is_empty("money_unit"):
            at = self.grid.place._replace(row=self.head.row + 1, column=self.unit.first)
            project.name("money_unit", "", self._money_unit(self.unit), at)
        if self.group is not None and not held & {"agency.name", "department"}:
            code, name, place = self.group
            project.name("agency.name", self.words.tables.unit_or_agency, name, place)
            if code and "agency.code" not in held:
                project.name("agency.code", "", code, place)

    def _again(self, column: HeadCell, cell: Cell, text: str) -> None:
        """A project's text: the same again says nothing new, another text than its first row's is a doubt."""
        assert self.project is not None
        place = self.grid.place_of(cell)
        if text == self.own[column.field]:
            self.project.repeat(self.numbers[column.field], cell, place)
            return
        self.findings.cell(Role.unclaimed, self.grid, cell)
        self.findings.doubt_cell("PD042", "extraction.differs.column", self.grid, cell, label=column.label)

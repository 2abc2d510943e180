"""The rows under an indicator table's head: one record a row, or one a block where blocks stand side by side."""

from itertools import chain

from perfdoc.extraction.by_labels.block import Block, Found
from perfdoc.extraction.by_labels.heads.columns import BESIDE, LEVELS, Head, by_column
from perfdoc.extraction.by_labels.heads.side_blocks import of_year
from perfdoc.extraction.by_labels.row_kinds import RowKind, RowKinds, own_cells
from perfdoc.extraction.result.claims import Findings
from perfdoc.extraction.result.project import LAST, Project
from perfdoc.extraction.result.settled import numbered
from perfdoc.extraction.vocabulary.keys import named
from perfdoc.extraction.vocabulary.target_parts import whole
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.layout import Cell, Grid, Row
from perfdoc.report import Path, Place, Role, Severity
from perfdoc.texts import say
from perfdoc.years import years

_PARTS = ("operator", "unit")
_OWN = ("level3", "target", "description")  # what is an indicator's own, not a group's


class IndicatorRows:
    """Claims rows under one head for a project."""

    def __init__(self, grid: Grid, head: Head, words: Vocabulary, findings: Findings, project: Project | None) -> None:
        known = years(project.values.get("year") or "", name=True) if project is not None and not head.blocks else ()
        head = head._replace(cells=of_year(head.cells, known[0].number, words)) if known else head
        self.grid, self.head, self.words, self.findings, self.project = grid, head, words, findings, project
        self.kinds = RowKinds(grid, head, words)
        place = grid.place._replace(row=max(head.row, 0) + 1)
        self.blocks = [Block(head, number, words, place) for number in range(max(1, len(head.blocks)))]
        self.period: tuple[str, Place] | None = None
        """The period of the rows that come next, and where it is named, where blocks stand below each other."""
        if project is not None and not head.flat:
            self._go_on(project)

    def set_period(self, period: str, place: Place) -> None:
        """Let the rows that come next be of a period; no level of another one holds for them."""
        if self.period is None or self.period[0] != period:
            self.period = period, place
            for block in self.blocks:
                block.renew()

    def _go_on(self, project: Project) -> None:
        """The levels of the last indicators hold for rows whose merges began in another table."""
        for block in self.blocks:
            last = project.above.get(LAST if block.period is None else block.period)
            if last is not None and not block.levels:
                block.above.update({name: text for name in LEVELS if (text := last.get(name)) is not None})

    def claim(self, row: Row, kind: RowKind) -> None:
        """Claim every cell of a row of this kind."""
        own = own_cells(row)
        if kind is RowKind.numbers:
            for cell in own:
                self.findings.cell(Role.label, self.grid, cell)
        elif kind is RowKind.total:
            self._total(row, own)
        elif kind is RowKind.interruption:
            self.findings.unclaimed(self.grid, own[0], "extraction.unclaimed.between")
        elif kind is RowKind.level:
            level = self.kinds.lone_level(row)
            self._record(row, by_column(tuple(cell for cell in row.cells if cell is not level)), set(), level)
        elif kind is RowKind.record:
            self._record(row, by_column(row.cells), set(), None)

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
        keep = [self.project is not None and self._is_record(one) for one in found]
        kept = any(keep)
        for block, one, is_record in zip(self.blocks, found, keep, strict=True):
            if is_record:
                self._keep(block, row, one, claimed)
            elif not kept:
                self._unfilled(one, claimed)
        for cell in row.cells:
            if cell.column in claimed or cell.continues or not cell.text.strip():
                continue
            if self.kinds.is_side(cell, own_cells(row)) or (kept and self.words.meaning(cell.text).is_level):
                self.findings.cell(Role.label, self.grid, cell)
            elif cell.column in self.kinds.index:
                self.findings.cell(Role.boilerplate, self.grid, cell)
            else:
                self.findings.unclaimed(self.grid, cell, "extraction.unclaimed.no_column")

    def _set_level(self, cell: Cell) -> None:
        """Let a level of its own row hold for the rows below it, in place of the lower ones above."""
        name, place = LEVELS[0] if self._is_first(cell) else LEVELS[1], self.grid.place_of(cell)
        for block in self.blocks:
            block.set_level(name, cell.text, place)
        path = self.project.path("indicators", self.project.indicators, name) if self.project is not None else ()
        self.findings.claim(Role.value, place, cell.text, path)

    def _is_first(self, cell: Cell) -> bool:
        """Whether a level of its own row is a level1. One that may be either is below another where rows of indicators
        follow and that one has levels below it.
        """
        above, said = self.blocks[0].above, self.words.meaning(cell.text)
        if LEVELS[0] not in above or not said.is_either_level:
            return said.is_first_level or LEVELS[0] not in above
        rows = self.grid.rows
        before, after = (self.kinds.lone_level(row) for row in (rows[cell.row - 2], rows[min(cell.row, len(rows) - 1)]))
        return after is not None or (before is None and LEVELS[1] not in above)

    def _total(self, row: Row, own: list[Cell]) -> None:
        """Claim the last row of a table, 总分 or 合计: each number under its head, and the place of the score."""
        project = self.project
        if project is None:
            self.findings.cells(Role.outside, self.grid, own)
            return
        label = named(own[0].text)
        self.findings.cell(Role.label, self.grid, own[0])
        score = self.kinds.score_cell(row)
        for cell in row.cells:
            if cell is own[0] or (cell not in own and cell is not score):
                continue
            over = next((h for h in self.head.cells if h.first <= cell.column <= h.last), None)
            lone = len(own) == 2 and cell.colspan > 1
            name = label if over is None or lone else f"{label}·{over.label}"
            project.name("score" if cell is score else "", name, cell.text, self.grid.place_of(cell), text=cell.text)

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
        blank = (not target.strip() or self.words.meaning(target).is_placeholder) and not beside
        return not (blank and (not level3.strip() or self.words.meaning(level3).is_placeholder))

    def _unfilled(self, found: Found, claimed: set[int]) -> None:
        """A row without an indicator: its levels hold for the rows below, the rest is what the form came with."""
        for name, cell in found.stand.items():
            if cell.column in claimed or cell.continues or not cell.text.strip():
                continue
            claimed.add(cell.column)
            level = name in LEVELS[:2] or self.words.meaning(cell.text).is_level
            if level or self.words.meaning(cell.text).is_placeholder:
                self.findings.cell(Role.label if level else Role.boilerplate, self.grid, cell)
            else:
                self.findings.unclaimed(self.grid, cell, "extraction.unclaimed.no_indicator")

    def _keep(self, block: Block, row: Row, found: Found, claimed: set[int]) -> None:
        """Claim an indicator."""
        project = self.project
        assert project is not None
        base = project.path("indicators", project.indicators)
        self._keep_extra(block, found, base, claimed)
        texts = self._with_parts(found)
        stand: dict[str, Cell] = found.stand
        for name in texts:
            cell = stand.get(name)
            place = block.lone.get(name) or self._place(row, block, name, cell)
            shown = cell is not None and cell.column not in claimed and not cell.continues and name not in block.lone
            if cell is not None and shown:
                claimed.add(cell.column)
            own = cell.text if cell is not None and shown else ""
            self.findings.claim(Role.value, place, own, (*base, name), own)
        for name, cell in chain(stand.items(), [("target", cell) for cell in found.parts]):
            if cell.column not in claimed:
                claimed.add(cell.column)
                if not cell.continues:
                    self.findings.claim(Role.value, self.grid.place_of(cell), cell.text, (*base, name))
        for cell in found.in_air:
            self.findings.in_air(self.grid.place_of(cell))
        self._say_blank(found, base)
        project.add_indicator(texts, LAST if block.period is None else block.period)

    def _keep_extra(self, block: Block, found: Found, base: Path, claimed: set[int]) -> None:
        """Claim the columns that the model has no field for, and say in which block it stands."""
        taken: set[str] = set()
        numbers: dict[str, int] = {}
        period = (block.period, block.place) if block.period is not None else self.period
        if period is not None:
            taken.add(self.words.tables.period)
            path = (*base, "extra", self.words.tables.period)
            self.findings.claim(Role.extra, period[1], "", path, period[0])
        for _, label, cell, text in found.extra:
            name = numbered(label or "?", taken, numbers)
            taken.add(name)
            own = "" if cell.continues or cell.column in claimed else cell.text
            claimed.add(cell.column)
            self.findings.claim(Role.extra, self.grid.place_of(cell), own, (*base, "extra", name), text)

    def _with_parts(self, found: Found) -> dict[str, str]:
        """The texts of a record, with the 指标值 made whole of its parts."""
        texts = dict(found.texts)
        parts = [(role, text) for role, _, _, text in found.extra if role in _PARTS]
        if not parts or "target" not in texts:
            return texts
        texts["target"] = whole(texts["target"], parts, self.words)
        return texts

    def _place(self, row: Row, block: Block, name: str, cell: Cell | None) -> Place:
        """Where a value stands; one that the row has no cell for stands where its cell would be."""
        if cell is not None:
            return self.grid.place_of(cell)
        column = next((h.first for h in block.columns if h.role == name), 0)
        return (
            self.grid.place_of(row.cells[-1])
            if self.grid.at
            else self.grid.place._replace(row=row.cells[0].row, column=column)
        )

    def _say_blank(self, found: Found, base: Path) -> None:
        """Say of a blank cell under the head of a level that no level above it holds there."""
        for name in LEVELS[:2]:
            cell = found.stand.get(name)
            if cell is not None and not cell.continues and not found.texts[name].strip():
                place = self.grid.place_of(cell)
                self.findings.doubt("PD044", Severity.info, say("extraction.level.blank"), place, path=(*base, name))

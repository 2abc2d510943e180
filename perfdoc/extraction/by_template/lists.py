"""Lists that a form's own `form.xlsx` has made: each column by what stands in its row of tags.

A list fits where its head says what the template's says, cell by cell. From there on a cell is known by its column, so
that a value that equals a label shifts nothing; the numbers of projects and indicators tell equal rows apart.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from perfdoc.extraction.result.claims import Findings
from perfdoc.extraction.result.project import Project
from perfdoc.extraction.vocabulary.keys import key
from perfdoc.extraction.vocabulary.target_parts import joined
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.form_definition import EXTRA, TARGET_PARTS, Form, dotted
from perfdoc.layout import Cell, Grid, Row
from perfdoc.reading import read
from perfdoc.report import Role, Severity
from perfdoc.texts import say

_TAG = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")
_PROJECT, _INDICATOR = "project.", "indicator."
_NUMBER, _NAME, _ROW = "project.number", "project.name", "indicator.number"


class ListPattern(NamedTuple):
    """A list: the texts of its head by row and column, the name that each column stands for, the texts below it."""

    form: Form
    head: tuple[dict[int, str], ...]
    columns: dict[int, str]
    tail: tuple[dict[int, str], ...]

    def fits(self, grid: Grid) -> bool:
        """Whether a table has the list's head (and foot)."""
        rows = grid.rows
        if len(rows) < len(self.head) + len(self.tail):
            return False
        below = rows[len(rows) - len(self.tail) :]
        pairs = [*zip(self.head, rows, strict=False), *zip(self.tail, below, strict=True)]
        return all(want == _labels(row) for want, row in pairs)


def list_pattern(form: Form) -> ListPattern | None:
    """The pattern of a list's form, from its `form.xlsx`; None where no row of it holds a tag."""
    for grid in read(form.document.read_bytes(), str(form.document)).grids():
        for at, row in enumerate(grid.rows):
            names = {cell.column: dotted(tag[1]) for cell in row.cells if (tag := _TAG.fullmatch(cell.text.strip()))}
            if names:
                head, tail = grid.rows[:at], [one for one in grid.rows[at + 1 :] if _labels(one)]
                return ListPattern(form, tuple(map(_labels, head)), names, tuple(map(_labels, tail)))
    return None


def _labels(row: Row) -> dict[int, str]:
    return {cell.column: key(cell.text) for cell in row.cells if cell.text.strip()}


def claim_list(grid: Grid, pattern: ListPattern, begin: Callable[[], Project], findings: Findings) -> None:
    """Claim a whole list; `begin` begins one more project."""
    rows, foot, before = grid.rows, len(grid.rows) - len(pattern.tail), len(findings.found)
    for row in (*rows[: len(pattern.head)], *rows[foot:]):
        findings.cells(Role.label, grid, row.cells)
    lines = _Lines(grid, pattern, begin, findings)
    for row in rows[len(pattern.head) : foot]:
        lines.row(row)
    findings.rest(grid, before)


class _Lines:
    """The lines of a list, as they go to one project after another."""

    def __init__(self, grid: Grid, pattern: ListPattern, begin: Callable[[], Project], findings: Findings) -> None:
        self.grid, self.findings, self.begin = grid, findings, begin
        self.columns = pattern.columns
        self.project: Project | None = None
        self.own: dict[str, str] = {}  # what the project's first line says
        self.above: dict[int, str] = {}  # what stands in each column, or is merged into it

    def row(self, row: Row) -> None:
        """Claim one line; a blank one says nothing."""
        cells = {cell.column: cell for cell in row.cells if cell.column in self.columns}
        if not any(cell.text.strip() or cell.continues for cell in cells.values()):
            return
        texts = {at: self._text(at, cells.get(at)) for at in self.columns}
        self.above = texts
        said = {self.columns[at]: text for at, text in texts.items()}
        project = self.project
        begins = project is None or self._another(said)
        if project is None or begins:
            project = self.project = self.begin()
            self.own = said
        for at, name in self.columns.items():
            if name.startswith(_PROJECT):
                self._of_project(project, name, texts[at], cells.get(at), begins)
        if any(text.strip() for name, text in said.items() if name.startswith(_INDICATOR)):
            self._indicator(project, said, {self.columns[at]: cell for at, cell in cells.items()})

    def _text(self, at: int, cell: Cell | None) -> str:
        if cell is not None and cell.continues:
            return self.above.get(at, "")
        return cell.text if cell is not None else ""

    def _another(self, said: dict[str, str]) -> bool:
        """Whether a line is of another project than the one before: another number, or another name."""
        number, name = said.get(_NUMBER, "").strip(), said.get(_NAME, "")
        if number:
            return number != self.own.get(_NUMBER, "").strip() or name not in ("", self.own.get(_NAME, ""))
        return bool(name.strip()) and name != self.own.get(_NAME)

    def _of_project(self, project: Project, name: str, text: str, cell: Cell | None, begins: bool) -> None:
        if name == _NUMBER:
            self._count(cell)
            return
        path = project.path(*_steps(name.removeprefix(_PROJECT)))
        place = self.grid.place_of(cell) if cell is not None else self.grid.place
        shown = cell.text if cell is not None and not cell.continues else ""
        if begins or not shown.strip() or text == self.own[name]:
            self.findings.claim(Role.value, place, shown, path, text if begins else None)
            return
        self.findings.claim(Role.unclaimed, place, shown)
        self.findings.doubt("PD042", Severity.warning, say("extraction.differs.line"), place, text)

    def _count(self, cell: Cell | None) -> None:
        """A number of projects or indicators, which rendering counts by itself."""
        if cell is not None:
            self.findings.cell(Role.boilerplate, self.grid, cell)

    def _indicator(self, project: Project, said: dict[str, str], cells: dict[str, Cell]) -> None:
        base = project.path("indicators", project.indicators)
        parts = [said.get(_INDICATOR + part) for part in TARGET_PARTS]
        target = None if parts[1] is None else _whole(parts[0] or "", parts[1], parts[2] or "", project.words)
        texts: dict[str, str | None] = {"target": target}
        of_target = [name for name in said if name.removeprefix(_INDICATOR) in TARGET_PARTS]
        filled = [name for name in of_target if _text(cells.get(name)).strip()]
        whole = [*filled, *of_target, ""][0]
        for name, text in said.items():
            path = name.removeprefix(_INDICATOR)
            if not name.startswith(_INDICATOR):
                continue
            cell = cells.get(name)
            if name == _ROW:
                self._count(cell)
                continue
            part = path in TARGET_PARTS
            steps = ("target",) if part else _steps(path)
            if not part and len(steps) == 1:
                texts[path] = text
            value = text if not part else target if name == whole else None
            place = self.grid.place_of(cell) if cell is not None else self.grid.place
            self.findings.claim(Role.value, place, _text(cell), (*base, *steps), value)
        project.add_indicator(texts)


def _whole(operator: str, value: str, unit: str, words: Vocabulary) -> str:
    """The 指标值 of three columns: as rendering has parted it, else as people part it."""
    from perfdoc.target import parse, split  # a grammar that takes long to compile, for lists only

    text = operator + value + unit
    return text if tuple(split(parse(text))) == (operator, value, unit) else joined(operator, value, unit, words)


def _text(cell: Cell | None) -> str:
    """What is claimed of a cell: nothing where a merge hides it."""
    return cell.text if cell is not None and not cell.continues else ""


def _steps(path: str) -> Sequence[str]:
    head, _, label = path.partition(".")
    return (head, label) if head == EXTRA else path.split(".")

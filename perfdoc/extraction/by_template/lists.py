"""Lists that a form's own `form.xlsx` has made: each column by what stands in its row of tags.

A list fits where its head says what the template's says, cell by cell. From there on a cell is known by its column, so
that a value that equals a label shifts nothing; the numbers of projects and indicators tell equal rows apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from perfdoc.extraction.result.claims import Account
from perfdoc.extraction.result.project import Draft
from perfdoc.extraction.vocabulary.keys import key
from perfdoc.extraction.vocabulary.target_parts import joined
from perfdoc.extraction.vocabulary.words import Vocabulary
from perfdoc.form_definition import EXTRA, TARGET_PARTS, Form, dotted
from perfdoc.layout import Cell, Grid, Row
from perfdoc.reading import read
from perfdoc.report import Path, Role, Severity

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


def claim_list(
    grid: Grid, pattern: ListPattern, begin: Callable[[], Draft], account: Account, words: Vocabulary
) -> None:
    """Claim a whole list; `begin` begins one more project."""
    rows, foot, before = grid.rows, len(grid.rows) - len(pattern.tail), len(account.claims)
    for row in (*rows[: len(pattern.head)], *rows[foot:]):
        for cell in row.cells:
            account.cell(Role.label, grid, cell)
    lines = _Lines(grid, pattern, begin, account, words)
    for row in rows[len(pattern.head) : foot]:
        lines.row(row)
    account.rest(grid, before)


class _Lines:
    """The lines of a list, as they go to one project after another."""

    def __init__(
        self, grid: Grid, pattern: ListPattern, begin: Callable[[], Draft], account: Account, words: Vocabulary
    ) -> None:
        self.grid, self.account, self.words, self.begin = grid, account, words, begin
        self.columns = pattern.columns
        self.draft: Draft | None = None
        self.own: dict[str, str] = {}  # what the project's first line says
        self.above: dict[int, str] = {}  # what stands in each column, or is merged into it
        self.told: set[Path] = set()  # values of the line that a cell with a text has been claimed for

    def row(self, row: Row) -> None:
        """Claim one line; a blank one says nothing."""
        cells = {cell.column: cell for cell in row.cells if cell.column in self.columns}
        if not any(cell.text.strip() or cell.continues for cell in cells.values()):
            return
        texts = {at: self._text(at, cells.get(at)) for at in self.columns}
        self.above = texts
        said = {self.columns[at]: text for at, text in texts.items()}
        draft = self.draft
        begins = draft is None or self._another(said)
        if draft is None or begins:
            draft = self.draft = self.begin()
            self.own = said
        for at, name in self.columns.items():
            if name.startswith(_PROJECT):
                self._of_project(draft, name, texts[at], cells.get(at), begins)
        if any(text.strip() for name, text in said.items() if name.startswith(_INDICATOR)):
            self._indicator(draft, said, {self.columns[at]: cell for at, cell in cells.items()})

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

    def _of_project(self, draft: Draft, name: str, text: str, cell: Cell | None, begins: bool) -> None:
        dotted_path = name.removeprefix(_PROJECT)
        path = draft.path(*_steps(dotted_path))
        place = self.grid.place_of(cell) if cell is not None else self.grid.place
        if name == _NUMBER:
            if cell is not None:
                self.account.cell(Role.boilerplate, self.grid, cell)
            return
        if begins and dotted_path.startswith(f"{EXTRA}."):
            draft.extra[dotted_path.removeprefix(f"{EXTRA}.")] = text
            draft.places[path] = place
        elif begins:
            draft.set(dotted_path, text, place)
        elif cell is not None and not cell.continues and text.strip() and text != self.own[name]:
            self.account.cell(Role.unclaimed, self.grid, cell)
            message = "a line says of its project what its first line does not"
            self.account.doubt("PD042", Severity.warning, message, place, text)
            return
        if cell is not None and not cell.continues:
            self.account.cell(Role.value, self.grid, cell, path)

    def _indicator(self, draft: Draft, said: dict[str, str], cells: dict[str, Cell]) -> None:
        base = draft.path("indicators", len(draft.indicators))
        record: dict[str, Any] = {}
        self.told.clear()
        for name, text in said.items():
            path = name.removeprefix(_INDICATOR)
            if not name.startswith(_INDICATOR):
                continue
            cell = cells.get(name)
            if name == _ROW:
                if cell is not None:
                    self.account.cell(Role.boilerplate, self.grid, cell)
                continue
            whole = (*base, "target") if path in TARGET_PARTS else (*base, *_steps(path))
            self._claim(draft, whole, cell)
            if path.startswith(f"{EXTRA}."):
                record.setdefault(EXTRA, {})[path.removeprefix(f"{EXTRA}.")] = text
            elif path not in TARGET_PARTS:
                record[path] = text
        parts = [said.get(_INDICATOR + part) for part in TARGET_PARTS]
        if parts[1] is not None:
            record["target"] = self._whole(parts[0] or "", parts[1], parts[2] or "")
        draft.indicators.append(record)

    def _claim(self, draft: Draft, path: Path, cell: Cell | None) -> None:
        """Claim a cell for a value; of several cells of one value the first with a text is its place."""
        if cell is None or cell.continues:
            return
        self.account.cell(Role.value, self.grid, cell, path)
        if path not in draft.places or (cell.text.strip() and path not in self.told):
            draft.places[path] = self.grid.place_of(cell)
        if cell.text.strip():
            self.told.add(path)

    def _whole(self, operator: str, value: str, unit: str) -> str:
        """The 指标值 of three columns: as rendering has parted it, else as people part it."""
        from perfdoc.target import parse, split  # a grammar that takes long to compile, for lists only

        text = operator + value + unit
        return (
            text if tuple(split(parse(text))) == (operator, value, unit) else joined(operator, value, unit, self.words)
        )


def _steps(path: str) -> Sequence[str]:
    head, _, label = path.partition(".")
    return (head, label) if head == EXTRA else path.split(".")

"""Putting what a label names into the project being read, with its place and its claim."""

from __future__ import annotations

from perfdoc.extraction.by_labels.indicators import Projects
from perfdoc.extraction.by_labels.row_heads import named
from perfdoc.extraction.result.claims import Account, quoted
from perfdoc.extraction.vocabulary.words import Entry, Vocabulary
from perfdoc.layout import Cell, Grid
from perfdoc.report import Path, Role, Severity

TEXTS = ("goals", "results", "purpose")
"""Fields of several lines: a row without a label may go on with one."""


class Values:
    """The cells of one grid on their way into the project being read."""

    def __init__(self, grid: Grid, words: Vocabulary, account: Account, projects: Projects) -> None:
        self.grid, self.words, self.account, self.projects = grid, words, account, projects

    def put(self, label: str, entry: Entry, cell: Cell) -> None:
        """Put a cell's whole text where its label says."""
        self.put_text(label, entry, cell.text, cell)

    def put_text(self, label: str, entry: Entry, text: str, cell: Cell, role: Role | None = None) -> None:
        """Put a text where its label says; it stands in the cell, which is claimed whole (as `role`, if given)."""
        path = self.path(label, entry, text, cell)
        self.account.cell(role or (Role.extra if "extra" in path else Role.value), self.grid, cell, path)

    def path(self, label: str, entry: Entry, text: str, cell: Cell) -> Path:
        """Put a text where its label says, and give the path; the cell is not claimed."""
        draft = self.projects.draft or self.projects.begin()
        return draft.put(entry.path, named(label), text, self.grid.place_of(cell), self.words)

    def label(self, cell: Cell, *, money: bool = False) -> None:
        """Claim a label; one over money may say its unit in brackets, 项目资金（万元）.

        `money` says that what stands under it is money, whether the label is known or not.
        """
        self.account.cell(Role.label, self.grid, cell)
        unit = self.words.money_unit(cell.text, known=money)
        if unit and self.is_empty("money_unit"):
            draft = self.projects.draft or self.projects.begin()
            draft.set("money_unit", unit, self.grid.place_of(cell))

    def is_empty(self, field: str) -> bool:
        """Whether the project has nothing in a field yet."""
        draft = self.projects.draft
        return draft is None or not (draft.values.get(field) or "").strip()

    def continued(self, field: str, cell: Cell) -> bool:
        """Add a cell's text to a field of several lines that the rows above it began. False where they did not."""
        draft = self.projects.draft
        above = draft.places.get(draft.path(field)) if draft is not None else None
        if draft is None or above is None or self.is_empty(field):
            return False
        if (above.table, above.sheet, above.column) != (self.grid.place.table, self.grid.place.sheet, cell.column):
            return False
        if cell.text.strip():
            draft.values[field] = f"{draft.values[field]}\n{cell.text}"
            self.account.cell(Role.value, self.grid, cell, draft.path(field))
        return True

    def put_agency(self, cell: Cell) -> None:
        """Take a cell without a label above a form for its agency, and say so where no code stands before it."""
        if self.words.split_agency(cell.text)[0] is None:
            message = f"no label names what stands above the form; it is read as the agency: {quoted(cell.text)}"
            self.account.doubt("PD048", Severity.warning, message, self.grid.place_of(cell), cell.text)
        self.put("", Entry("agency"), cell)

    def doubt_lost(self, cell: Cell) -> None:
        """Say of a label that no value stands with it."""
        message = f"a label without a value, or a value that says what labels say: {quoted(cell.text)}"
        self.account.doubt("PD048", Severity.warning, message, self.grid.place_of(cell), cell.text)

    def doubt_label(self, label: str, cell: Cell) -> None:
        """Say of a value that it says what a label says."""
        message = f"the value of {named(label)} is itself a label of a form: {quoted(cell.text)}"
        self.account.doubt("PD048", Severity.warning, message, self.grid.place_of(cell), cell.text)

"""Putting what a label names into the project being read, with its place and its claim."""

from perfdoc.extraction.by_labels.label_rows.stacked_lines import money_lines
from perfdoc.extraction.result.project import Project
from perfdoc.extraction.vocabulary.keys import is_number, named
from perfdoc.extraction.vocabulary.tables import Entry
from perfdoc.layout import Cell, Grid
from perfdoc.report import Role


class NamedValues:
    """The cells of one grid on their way into the project being read."""

    def __init__(self, grid: Grid, project: Project) -> None:
        self.grid, self.project = grid, project
        self.words, self.findings = project.words, project.findings

    def put(self, label: str, entry: Entry, cell: Cell) -> None:
        """Name a cell's whole text as its label says."""
        self.put_text(label, entry, cell.text, cell)

    def put_text(self, label: str, entry: Entry, text: str, cell: Cell, role: Role | None = None) -> None:
        """Name a text as its label says; it stands in the cell, which is claimed whole (as `role`, if given)."""
        self.project.name(entry.path, named(label), text, self.grid.place_of(cell), text=cell.text, role=role)

    def put_money_lines(self, cell: Cell, first: Entry | None = None, label: str = "") -> bool:
        """Name the amounts of a cell that holds several, each with its label. False where it does not.

        `first` is what the label beside it names, a field of money or a group: its amount may be the first line.
        """
        if first is not None and not (first.path.startswith("budget.") or (first.group and not first.path)):
            return False
        lines = money_lines(cell.text, self.words, first)
        for one in lines:
            self.project.name(
                one.entry.path, named(one.label) or label, one.value, self.grid.place_of(cell), text=one.text
            )
        inline = self.words.meaning(cell.text).inline if first is None else None
        amount = inline.entry if inline is not None else first
        several = "\n" in cell.text.strip() and not is_number(cell.text)
        if not lines and several and amount is not None and amount.path.startswith("budget."):
            self.doubt_several(cell)
        return bool(lines)

    def label(self, cell: Cell, *, money: bool = False) -> None:
        """Claim a label; one over money may say its unit in brackets, 项目资金（万元）.

        `money` says that what stands under it is money, whether the label is known or not.
        """
        self.findings.cell(Role.label, self.grid, cell)
        self.unit_of(cell, money=money)

    def unit_of(self, cell: Cell, *, money: bool = False) -> None:
        """Take the unit of money that a label has in its brackets."""
        said = self.words.meaning(cell.text)
        unit, known = said.money_unit(known=money), said.label is not None or said.money_column is not None
        if unit and (self.project.is_empty("money_unit") or (known and self.project.is_implied("money_unit"))):
            self.project.name("money_unit", "", unit, self.grid.place_of(cell), weak=not known)

    def put_agency(self, cell: Cell) -> None:
        """Take a cell without a label above a form for its agency, and say so where no code stands before it."""
        if self.words.split_agency(cell.text)[0] is None:
            self.findings.doubt_cell("PD048", "extraction.as_agency", self.grid, cell)
        self.put("", Entry("agency"), cell)

    def doubt_lost(self, cell: Cell) -> None:
        """Say of a label that no value stands with it."""
        self.findings.doubt_cell("PD048", "extraction.no_value", self.grid, cell)

    def doubt_several(self, cell: Cell) -> None:
        """Say of an amount that it has more lines than one, which can't be told apart."""
        self.findings.doubt_cell("PD048", "extraction.several_lines", self.grid, cell)

    def doubt_label(self, label: str, cell: Cell) -> None:
        """Say of a value that it says what a label says."""
        self.findings.doubt_cell("PD048", "extraction.is_label", self.grid, cell, label=named(label))

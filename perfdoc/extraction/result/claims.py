"""What is found in a file, in its order: texts with the role they have, and what has to be said of them."""

from collections.abc import Iterable
from typing import NamedTuple

from perfdoc.layout import Cell, Grid
from perfdoc.report import Claim, Diagnostic, Path, Place, Role, Severity
from perfdoc.texts import say


class Said(NamedTuple):
    """A claim that gives the Document another text at its path than its own, or None where it gives none.

    A `Claim` by itself gives its own text, if it has a path. One without a text is not part of the account: a blank
    cell that stands for an empty value, or the row of an indicator under a merged level. `goes_on` marks the next line
    of the text that the path has already. A field of an indicator has its text from `Project.add_indicator`, whatever
    the claim says: the claim gives its place.
    """

    claim: Claim
    value: str | None
    goes_on: bool = False


Settled = tuple[Claim, str | None, bool]
"""What a `Said` says, of a `Claim` by itself too."""


class Named(NamedTuple):
    """A value that a label names. Which label of a project has a field is settled when all of them are known.

    `text` is what is claimed (blank where it is claimed by itself), `value` what the label names, `field` a dotted
    path of the project, empty for what goes to `extra`. `role` is the claim's, where it is not the usual one.
    `weak` marks a line above a table, which gives way to the table's own labels. `follows` is the number of the
    value whose next line this one is. `doubt` is a diagnostic about it, which gets its path. `coded` says that its
    label speaks of an agency's code, which it may begin with.
    """

    project: int
    number: int
    place: Place
    text: str
    value: str | None
    field: str
    label: str
    role: Role | None = None
    weak: bool = False
    follows: int | None = None
    doubt: Diagnostic | None = None
    coded: bool = False


class Repeated(NamedTuple):
    """A text of a list that says again what a project's first row says: the value `of` that number."""

    project: int
    of: int
    place: Place
    text: str


Found = Claim | Said | Named | Repeated


class Findings:
    """What has been found so far. It only grows: nothing in it is changed or taken back."""

    def __init__(self) -> None:
        self.found: list[Found] = []
        self.diagnostics: list[Diagnostic] = []
        self.titled = False

    def title(self, text: str) -> str | None:
        """The document's title, where it has none so far: the first one stands."""
        first, self.titled = not self.titled, True
        return text if first else None

    def claim(
        self, role: Role, place: Place, text: str, path: Path = (), value: str | None = None, *, goes_on: bool = False
    ) -> None:
        """Give a piece of text its role, and the Document its value."""
        claim = Claim(role, place, text, path)
        alone = not path or (value == text and not goes_on)
        self.found.append(claim if alone else Said(claim, value, goes_on))

    def cell(self, role: Role, grid: Grid, cell: Cell) -> None:
        """Give a cell its role; a blank cell needs none."""
        if cell.text and not cell.text.isspace():
            self.found.append(Claim(role, grid.place_of(cell), cell.text))

    def cells(self, role: Role, grid: Grid, cells: Iterable[Cell]) -> None:
        """Give several cells one role."""
        for cell in cells:
            self.cell(role, grid, cell)

    def doubt(
        self, code: str, severity: Severity, message: str, place: Place, quote: str = "", path: Path = ()
    ) -> None:
        """Say something about the content."""
        self.diagnostics.append(Diagnostic(code, severity, message, place, quote, path))

    def doubt_cell(self, code: str, key: str, grid: Grid, cell: Cell, **values: object) -> None:
        """Warn of a cell's text, which the text of this key quotes."""
        message = say(key, text=quoted(cell.text), **values)
        self.doubt(code, Severity.warning, message, grid.place_of(cell), cell.text)

    def in_air(self, place: Place) -> None:
        """Warn of a merged cell that begins nowhere."""
        self.doubt("PD043", Severity.warning, say("extraction.level.in_air"), place)

    def unclaimed(self, grid: Grid, cell: Cell, key: str) -> None:
        """A cell that nothing was made of: kept in the account, quoted in a diagnostic."""
        self.cell(Role.unclaimed, grid, cell)
        self.doubt_cell("PD040", key, grid, cell)

    def rest(self, grid: Grid, before: int) -> None:
        """Say of every text of a grid that nothing has been made of since there were `before` findings.

        A text that a merge hides, and that its cell shows, is that text again.
        """
        done = {
            claim.place for one in self.found[before:] if (claim := one.claim if isinstance(one, Said) else one).text
        }
        shown: dict[int, str] = {}
        for place, cell in grid.placed():
            if not cell.continues:
                shown[cell.column] = cell.text
            if not cell.text or place in done or cell.text.isspace():
                continue
            if cell.continues and cell.text == shown.get(cell.column):
                self.cell(Role.boilerplate, grid, cell)
            else:
                key = "extraction.unclaimed.hidden" if cell.continues else "extraction.unclaimed.nothing"
                self.unclaimed(grid, cell, key)

    def outside(self, grids: Iterable[Grid]) -> None:
        """Tables that are no forms: counted and listed, not lost."""
        for grid in grids:
            for row in grid.rows:
                self.cells(Role.outside, grid, row.cells)


def quoted(text: str, length: int = 40) -> str:
    """A text in one line for a message, cut where it is long."""
    line = text.replace("\n", "⏎").replace("\t", "⇥")
    return f"“{line}”" if len(line) <= length else f"“{line[:length]}…”"

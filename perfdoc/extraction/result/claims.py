"""What every piece of text of a file was taken for, and what is to be said of it, while it is being claimed."""

from __future__ import annotations

from collections.abc import Iterable

from perfdoc.extraction.result.project import Moved
from perfdoc.layout import Cell, Grid
from perfdoc.report import Claim, Diagnostic, Path, Place, Role, Severity

_new = tuple.__new__  # a third of the time that Claim(...) takes, for every cell


class Account:
    """Every piece of text of the file with the one role it has, and the diagnostics that came up."""

    def __init__(self) -> None:
        self.claims: list[Claim] = []
        self.diagnostics: list[Diagnostic] = []

    def claim(self, role: Role, place: Place, text: str, path: Path = ()) -> None:
        """Give a piece of text its role."""
        self.claims.append(_new(Claim, (role, place, text, path)))

    def cell(self, role: Role, grid: Grid, cell: Cell, path: Path = ()) -> None:
        """Give a cell its role; a blank cell needs none."""
        if cell.text and not cell.text.isspace():
            self.claims.append(_new(Claim, (role, grid.place_of(cell), cell.text, path)))

    def doubt(
        self, code: str, severity: Severity, message: str, place: Place, quote: str = "", path: Path = ()
    ) -> None:
        """Say something about the content."""
        self.diagnostics.append(Diagnostic(code, severity, message, place, quote, path))

    def unclaimed(self, grid: Grid, cell: Cell, why: str) -> None:
        """A cell that nothing was made of: kept in the account, quoted in a diagnostic."""
        self.cell(Role.unclaimed, grid, cell)
        place = grid.place_of(cell)
        self.doubt("PD040", Severity.warning, f"{why}: {quoted(cell.text)}", place, cell.text)

    def rest(self, grid: Grid, before: int) -> None:
        """Say of every text of a grid that nothing has been made of since there were `before` claims.

        A text that a merge hides, and that its cell shows, is that text again.
        """
        done = {claim.place for claim in self.claims[before:]}
        shown: dict[int, str] = {}
        for row in grid.rows:
            for cell, place in zip(row.cells, grid.places_of(row.cells), strict=True):
                if not cell.continues:
                    shown[cell.column] = cell.text
                if not cell.text or place in done or cell.text.isspace():
                    continue
                if cell.continues and cell.text == shown.get(cell.column):
                    self.cell(Role.boilerplate, grid, cell)
                else:
                    why = "text hidden by a merged cell" if cell.continues else "nothing was made of this cell"
                    self.unclaimed(grid, cell, why)

    def outside(self, grids: Iterable[Grid]) -> None:
        """Tables that are no forms: counted and listed, not lost."""
        for grid in grids:
            for row in grid.rows:
                for cell in row.cells:
                    self.cell(Role.outside, grid, cell)

    def move(self, moved: Iterable[Moved]) -> None:
        """Give claims their new paths."""
        now = {(one.path, one.place): one for one in moved}
        if now:
            self.claims = [
                claim._replace(role=one.role, path=one.now) if (one := now.get((claim.path, claim.place))) else claim
                for claim in self.claims
            ]


def quoted(text: str, length: int = 40) -> str:
    """A text in one line for a message, cut where it is long."""
    line = text.replace("\n", "⏎").replace("\t", "⇥")
    return f"“{line}”" if len(line) <= length else f"“{line[:length]}…”"

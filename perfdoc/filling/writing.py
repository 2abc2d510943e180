"""The bytes of a received file with other texts and rows: one way for Word files, one for workbooks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Protocol

from perfdoc.errors import RefusedError
from perfdoc.filling.plan import TableRows
from perfdoc.filling.projects import with_projects
from perfdoc.filling.values import Texts
from perfdoc.layout import Cell, Layout
from perfdoc.original import Edit, Original
from perfdoc.original.copying.copies import Copies
from perfdoc.original.rows import row_edits
from perfdoc.report import Diagnostic, Place


class Writing(Protocol):
    """A file that is open to be written into."""

    layout: Layout

    def written(self, texts: Mapping[Place, str], tables: Iterable[TableRows]) -> bytes:
        """The file with other texts and rows. Raises RefusedError."""

    def with_projects(self, known: Texts, more: int, gone: Sequence[int]) -> bytes:
        """The file with `more` copies of its last project, and without those with the numbers `gone`."""


def opened(data: bytes, file: str) -> Writing:
    """A file to be written into. Raises RefusedError for one of another kind than .docx and .xlsx."""
    return _Word(data, file)


class _Word:
    def __init__(self, data: bytes, file: str) -> None:
        self.original = Original(data, file)
        self.layout = self.original.layout

    def written(self, texts: Mapping[Place, str], tables: Iterable[TableRows]) -> bytes:
        """The file with other texts and rows."""
        original = self.original
        refusals: list[Diagnostic] = []
        for place, text in texts.items():
            try:
                original.change(original.source(place).part, original.text_edits(place, text))
            except RefusedError as error:
                refusals += error.diagnostics
        for table in tables:
            try:
                self._rows(table)
            except RefusedError as error:
                refusals += error.diagnostics
        if refusals:
            raise RefusedError(diagnostics=refusals, reason="text")
        return original.data()

    def with_projects(self, known: Texts, more: int, gone: Sequence[int]) -> bytes:
        """The file with more projects, or fewer."""
        with_projects(self.original, known, self._copies, more, gone)
        return self.original.data()

    def _rows(self, table: TableRows) -> None:
        original, grid = self.original, table.grid

        def write(cell: Cell, text: str) -> list[Edit]:
            return original.text_edits(grid.place_of(cell), text)

        cells = (cell for row in grid.rows for cell in row.cells)
        part = original.source(grid.place_of(next(cells))).part
        spans = original.part(part)
        edits = row_edits(spans, grid, table.replaced, table.rows, write, self._copies)
        original.change(part, edits)

    @cached_property
    def _copies(self) -> Copies:
        package = self.original.package
        return Copies(package.read(name) for name in package.names() if name.endswith(".xml"))

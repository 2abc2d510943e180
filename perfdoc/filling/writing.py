"""The bytes of a received file with other texts and rows: one way for Word files, one for workbooks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from perfdoc.errors import RefusedError
from perfdoc.filling.plan import TableRows
from perfdoc.filling.projects import with_projects
from perfdoc.filling.values import Texts
from perfdoc.layout import Cell, Trace
from perfdoc.original import REFUSED, Edit, Original, refused
from perfdoc.original.copying.copies import Copies
from perfdoc.original.package import with_parts
from perfdoc.original.rows import row_edits
from perfdoc.original.sheets import Workbook
from perfdoc.original.spans import MAX_BYTES
from perfdoc.reading import kind_of, read
from perfdoc.reading.package import Package
from perfdoc.rendering.custom import CUSTOM, traced
from perfdoc.rendering.word.seals import seals
from perfdoc.report import Diagnostic, Place, Severity, TrackedChange
from perfdoc.texts import say

_TRACED = ("[Content_Types].xml", "_rels/.rels", CUSTOM)
"""The parts that a trace changes."""


def opened(data: bytes, file: str) -> Writing:
    """A file to be written into. Raises RefusedError for one of another kind than .docx and .xlsx."""
    kind = kind_of(data)
    if kind == "xlsx":
        return WorkbookFile(data, file)
    if kind not in ("docx", ""):
        message = say("filling.why.kind", kind=kind)
        raise RefusedError(diagnostics=[Diagnostic(REFUSED, Severity.error, message, Place(file))], reason="kind")
    return WordFile(data, file)


class WordFile:
    """A Word file that is open to be written into; its methods raise RefusedError."""

    def __init__(self, data: bytes, file: str) -> None:
        self.original = Original(data, file)
        self.layout = self.original.layout

    def written(self, texts: Mapping[Place, str], tables: Iterable[TableRows]) -> bytes:
        """The file with other texts and rows."""
        original = self.original
        refusals: list[Diagnostic] = []
        for place, text in texts.items():
            try:
                original.write(place, text)
            except RefusedError as error:
                refusals += error.diagnostics
        for table in tables:
            try:
                self._rows(table)
            except RefusedError as error:
                refusals += error.diagnostics
        if refusals:
            raise RefusedError(diagnostics=dict.fromkeys(refusals), reason="text")
        try:
            return original.data()
        except ValueError:
            raise refused("contradicting", Place(original.file)) from None

    def with_projects(self, known: Texts, more: int, gone: Sequence[int]) -> bytes:
        """The file with more projects, or fewer."""
        with_projects(self.original, known, self._copies, more, gone)
        return self.original.data()

    def seals(self) -> list[str]:
        """What is written where pictures of seals or signatures stand."""
        main = self.original.package.main_part()
        return seals(self.original.part(main).data, self.original.file, main)

    def settled(self) -> Iterable[TrackedChange]:
        """The tracked changes in texts that were changed."""
        return [one for found in self.original.settled.values() for one in found]

    def _rows(self, table: TableRows) -> None:
        original, grid = self.original, table.grid

        def write(cell: Cell, text: str) -> list[Edit]:
            return original.text_edits(grid.place_of(cell), text)

        cells = (grid.place_of(cell) for row in grid.rows for cell in row.cells)
        part = next(source.part for place in cells for source in original.sources.of(place))
        spans = original.part(part)
        original.change(part, row_edits(spans, grid, table.replaced, table.rows, write, self._copies))

    @cached_property
    def _copies(self) -> Copies:
        package = self.original.package
        return Copies(package.read(name, MAX_BYTES) for name in package.names() if name.endswith(".xml"))


class WorkbookFile:
    """A workbook that is open to be written into; its methods raise RefusedError."""

    def __init__(self, data: bytes, file: str) -> None:
        self.data, self.file = data, file
        self.layout = read(data, file)

    def written(self, texts: Mapping[Place, str], tables: Iterable[TableRows]) -> bytes:
        """The file with other texts and rows; numbers stay numbers where each shows what it is to show."""
        rows = [*tables]
        new = self._written(texts, rows, numbers=True)
        now = dict(read(new, self.file).texts())
        wanted = dict(read(self._written(texts, rows, numbers=False), self.file).texts())
        return new if now == wanted else self._written(texts, rows, numbers=False)

    def _written(self, texts: Mapping[Place, str], tables: Iterable[TableRows], *, numbers: bool) -> bytes:
        book, old = Workbook(self.data, self.file), dict(self.layout.texts())
        for place, text in texts.items():
            if text != old.get(place):
                sheet = book.sheet(place.sheet)
                was = old.get(place, "")
                sheet.edits.append(sheet.text_edit(place.row, place.column, text, was, numbers=numbers))
        for table in tables:
            book.sheet(table.grid.place.sheet).put_rows(table.grid, table.replaced, table.rows, numbers=numbers)
        return book.changed()

    def with_projects(self, known: Texts, more: int, gone: Sequence[int]) -> bytes:
        """Projects of a workbook are sheets, or rows of a list: none comes or goes. Raises RefusedError."""
        raise refused("sheets", Place(self.file))

    def seals(self) -> list[str]:
        """Pictures of a workbook are not looked at."""
        return []

    def settled(self) -> Iterable[TrackedChange]:
        """A worksheet has none."""
        return []


Writing = WordFile | WorkbookFile
"""A file that is open to be written into."""


def with_trace(data: bytes, file: str, trace: Trace) -> bytes:
    """The file with the trace as a custom property; its other properties and all other parts stay as they are.

    Raises UnreadableError for no sound package, FormError where its properties are not sound XML, RefusedError for a
    zip that can't be changed.
    """
    package = Package(data, file)
    parts = {name: package.read(name) for name in _TRACED if name in package}
    made = traced(parts, trace, file)
    return with_parts(data, file, {name: new for name, new in made.items() if parts.get(name) != new})

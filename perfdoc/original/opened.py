"""A received Word file that is opened to be written into."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from perfdoc.layout import Cell, Grid, Paragraph
from perfdoc.office import Converter
from perfdoc.original.package import with_parts
from perfdoc.original.refusals import refuse_file, refused
from perfdoc.original.runs import properties
from perfdoc.original.spans import MAX_BYTES, Edit, Spans, spliced
from perfdoc.original.writer import Writer
from perfdoc.reading import kind_of, read_by
from perfdoc.reading.package import Package, part_name
from perfdoc.reading.sources import Source, Sources
from perfdoc.report import Place
from perfdoc.unholdable import UNHOLDABLE, names_of


class Original:
    """The bytes of a .docx, what they read as, and the edits gathered so far.

    Raises RefusedError for a file of another kind, or one that may not be changed; what the reader raises besides.
    """

    def __init__(self, data: bytes, file: str) -> None:
        self.file = file
        self._data = data
        self.sources = Sources()
        if (kind := kind_of(data)) not in ("docx", ""):
            raise refused("kind", Place(file), kind=kind)
        self.layout = read_by(data, file, "accept", Converter(0), self.sources)
        self.package = Package(data, file)
        self._parts: dict[str, Spans] = {}
        self._edits: dict[str, list[Edit]] = {}
        self._put: dict[str, bytes] = {}

    def part(self, name: str) -> Spans:
        """The elements of a part and their bytes. Raises RefusedError, UnreadableError."""
        key = part_name(name)
        if key not in self._parts:
            self._parts[key] = Spans(self.package.read(name, MAX_BYTES), self.file, name)
        return self._parts[key]

    def source(self, place: Place) -> Source:
        """What wrote the text of a cell or paragraph. Raises RefusedError where nothing, or more than one, stands."""
        found = self.sources.of(place)
        if len(found) != 1 or not found[0].number:
            raise refused("nowhere", place)
        if found[0].text != self._texts.get(place):
            raise refused("bytes", place)
        return found[0]

    def text_edits(self, place: Place, text: str) -> list[Edit]:
        """The edits of its part by which a cell or paragraph of the layout says `text`; none where it does already.

        A `\\n` is a line's end as the place, or else the file, writes them; a tab a w:tab. Raises RefusedError.
        """
        source = self.source(place)
        if text == source.text:
            return []
        if UNHOLDABLE.search(text):
            raise refused("character", place, names=names_of(text))
        spans = self.part(source.part)
        return Writer(spans, source, place, look=self._look(place), breaks=self._breaks).edits(text)

    def change(self, part: str, edits: Iterable[Edit]) -> None:
        """Gather edits of a part."""
        self._edits.setdefault(part, []).extend(edits)

    def put(self, part: str, data: bytes) -> None:
        """Have a part, new or not, say something else as a whole."""
        self._put[part] = data

    def data(self) -> bytes:
        """The file with all that was gathered; the very bytes that were given where that is nothing.

        Raises RefusedError where the file as a whole may not be changed.
        """
        contents = {part: spliced(self.part(part).data, edits) for part, edits in self._edits.items() if edits}
        contents |= self._put
        if contents:
            refuse_file(self.package, self.file)
        return with_parts(self._data, self.file, contents)

    @cached_property
    def _texts(self) -> dict[Place, str]:
        return texts_of(self.layout.blocks)

    @cached_property
    def _breaks(self) -> bool:
        """Do most cells of several lines write them with w:br?"""
        return self.sources.breaks()

    @cached_property
    def _columns(self) -> dict[tuple[Place, int, int], list[Cell]]:
        """The cells with a text, by table, column and width; not those of the first row, or of rows that repeat."""
        found: dict[tuple[Place, int, int], list[Cell]] = {}
        for grid in self.layout.grids():
            for row in grid.rows[1:]:
                for cell in () if row.header else row.cells:
                    if cell.text.strip() and not cell.continues:
                        found.setdefault((grid.place, cell.column, cell.colspan), []).append(cell)
        return found

    def _look(self, place: Place) -> bytes:
        """The w:rPr of the nearest text in the column of a cell; nothing for a paragraph."""
        if not place.row or self._texts.get(place, "").strip():
            return b""
        grid = next((each for each in self.layout.grids() if each.place == place._replace(row=0, column=0)), None)
        cells = () if grid is None else grid.rows[place.row - 1].cells
        own = next((cell for cell in cells if cell.column == place.column), None)
        if grid is None or own is None:
            return b""
        for cell in sorted(
            self._columns.get((grid.place, own.column, own.colspan), ()), key=lambda each: abs(each.row - own.row)
        ):
            source = self.source(grid.place_of(cell))
            leaf = next((piece.leaf for piece in source.pieces if piece.leaf and piece.text.strip()), 0)
            if leaf:
                spans = self.part(source.part)
                return properties(spans, spans.child(spans.parents[spans.leaf(leaf)], "w:rPr"))
        return b""


def texts_of(blocks: Iterable[Paragraph | Grid]) -> dict[Place, str]:
    """The text of each cell and paragraph, by its place."""
    texts: dict[Place, str] = {}
    for block in blocks:
        if isinstance(block, Grid):
            for row in block.rows:
                texts.update(zip(block.places_of(row.cells), (cell.text for cell in row.cells), strict=True))
        else:
            texts[block.place] = block.text
    return texts

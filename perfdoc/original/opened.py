"""A received Word file that is opened to be written into."""

from collections.abc import Sequence
from functools import cached_property

from perfdoc.layout import Cell
from perfdoc.office import Converter
from perfdoc.original.bound import bound_edits
from perfdoc.original.edits import Edit
from perfdoc.original.parts import Parts
from perfdoc.original.protection import refuse_protected
from perfdoc.original.refusals import refused
from perfdoc.original.text.alternates import other_versions
from perfdoc.original.text.differing import Stretch
from perfdoc.original.text.runs import properties
from perfdoc.original.text.writer import Writer
from perfdoc.reading import kind_of, read_by
from perfdoc.reading.package import part_name
from perfdoc.reading.sources import Source, Sources
from perfdoc.report import Place, TrackedChange
from perfdoc.unholdable import UNHOLDABLE, names_of


class Original(Parts):
    """The parts of a .docx, what they read as, and the edits gathered so far.

    Raises RefusedError for a file of another kind, or one that may not be changed; what the reader raises besides.
    """

    def __init__(self, data: bytes, file: str) -> None:
        if (kind := kind_of(data)) not in ("docx", ""):
            raise refused("kind", Place(file), kind=kind)
        self.sources = Sources()
        self.layout = read_by(data, file, "accept", Converter(0), self.sources)
        super().__init__(data, file)
        main = self.package.main_part()
        self.main = main if main in self.package else "word/document.xml"
        """The name of the main part."""
        self.settled: dict[Place, tuple[TrackedChange, ...]] = {}
        """The tracked changes that are settled in each text that changes, as if they were accepted."""
        self.mixed: set[Place] = set()

    def source(self, place: Place) -> Source:
        """What wrote the text of a cell or paragraph. Raises RefusedError where nothing, or more than one, stands."""
        found = self.sources.of(place)
        if len(found) != 1 or not found[0].number:
            raise refused("nowhere", place)
        return found[0]

    def text_edits(self, place: Place, text: str, known: Sequence[Stretch] | None = None) -> list[Edit]:
        """The edits of its part by which a cell or paragraph of the layout says `text`; none where it does already.

        A `\\n` is a line's end as the place, or else the file, writes them; a tab a w:tab. Each of the
        stretches `known` to change is written in one run; `mixed` has the place if one has several looks. Raises
        RefusedError.
        """
        source = self.source(place)
        if text == source.text:
            return []
        if UNHOLDABLE.search(text):
            raise refused("character", place, names=names_of(text))
        spans, look, breaks = self.part(source.part), self._look(place), self._breaks
        repeated = self.sources.repeated.get(source.part, ())
        writer = Writer(spans, source, place, look=look, breaks=breaks, repeated=repeated, known=known)
        edits = writer.edits(text)
        self.settled[place] = writer.settled
        self.mixed |= {place} if writer.mixed else set()
        return [*edits, *other_versions(spans, writer.containers, edits, place)]

    def write(self, place: Place, text: str, known: Sequence[Stretch] | None = None) -> None:
        """Gather all edits by which a cell or paragraph of the layout says `text`, in headers that say the same too."""
        for each in (place, *self._twins(place)):
            self.change(self.source(each).part, self.text_edits(each, text, known))

    def _twins(self, place: Place) -> list[Place]:
        """The same place in headers and footers that say the same as its own: they are read once."""
        name = place.part.partition(" ")[0]
        texts = self._margins.get(name, {})
        twins = []
        for other, said in self._margins.items() if place in texts else ():
            if other not in self._read and list(said.values()) == list(texts.values()):
                twins.append(list(said)[list(texts).index(place)])
        return twins

    @cached_property
    def _read(self) -> set[str]:
        """The names of the parts that the layout has."""
        return {place.part.partition(" ")[0] for place in self._texts}

    @cached_property
    def _margins(self) -> dict[str, dict[Place, str]]:
        """The texts of each header and footer, those that are not in the layout among them."""
        found: dict[str, dict[Place, str]] = {}
        for place, source in self.sources:
            if source.part != self.main and place.part:
                found.setdefault(place.part.partition(" ")[0], {})[place] = source.text
        return found

    def data(self, *, remarks_only: bool = False) -> bytes:
        """The file with all that was gathered; the very bytes that were given where that is nothing.

        Raises RefusedError where the file as a whole may not be changed, or have comments with `remarks_only`.
        """
        for part, edits in [*self._edits.items()]:
            for other, edit in bound_edits(self, self.main, self.part(part), edits):
                if edit not in self._edits.get(part_name(other), ()):
                    self.change(other, [edit])
        if self.is_changed() and not remarks_only:
            refuse_protected(self, self.main)
        return super().data()

    @cached_property
    def _texts(self) -> dict[Place, str]:
        return dict(self.layout.texts())

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
        column = self._columns.get((grid.place, own.column, own.colspan), ())
        for cell in sorted(column, key=lambda each: abs(each.row - place.row)):
            for source in self.sources.of(grid.place_of(cell)):
                leaf = next((piece.leaf for piece in source.pieces if piece.leaf and piece.text.strip()), 0)
                if leaf:
                    spans = self.part(source.part)
                    return properties(spans, spans.child(spans.parents[spans.leaf(leaf)], "w:rPr"))
        return b""

"""A cleaned file on its way to a template: what stands where, what each text shall be, and the edits gathered."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, partial
from typing import TypeVar

from perfdoc.extraction.vocabulary.words import vocabulary
from perfdoc.layout import Cell, Grid, Row
from perfdoc.learning.stands import headed, stands
from perfdoc.original import Edit, Original, refused
from perfdoc.original.copying.body import Body
from perfdoc.original.copying.copies import Copies
from perfdoc.original.rows import TargetRow, row_edits
from perfdoc.original.text.differing import Stretch, replaced
from perfdoc.original.text.runs import element, paragraph_properties, properties, texts
from perfdoc.report import Place, Reading

_PROPERTIES = ("w:trPr", "w:tcPr", "w:pPr", "w:rPr")
_NO_LOOK = ("w:tcW", "w:gridSpan", "w:vMerge", "w:rPr", "w:lang")
_Of = TypeVar("_Of")


class Page:
    """What stands in a file, by its place: `found`, and the `tags` in the place of stretches of its text.

    `gone` are places that the template has not. Elements are those of `spans`, the main part's. `reading` is what the
    file said before it was cleaned: its bookmarks tell headings.
    """

    def __init__(self, data: bytes, file: str, reading: Reading) -> None:
        self.original = Original(data, file)
        self.layout = self.original.layout
        self.words = vocabulary(())
        self.document = reading.document
        self.found = headed(stands(self.layout, reading, self.words.tables.period), self.document.projects)
        self.tags: dict[Place, list[Stretch]] = {}
        self.gone: set[Place] = set()
        self.body = Body(self.original, self.original.main)
        self.spans = self.body.spans
        self._copies = Copies()

    def is_here(self, place: Place) -> bool:
        """Whether the template has the place, and elements of the file say what stands there."""
        sources = self.original.sources.of(place)
        return place not in self.gone and len(sources) == 1 and bool(sources[0].number)

    def text(self, place: Place) -> str:
        """What a cell or paragraph shall say."""
        return replaced(self.found[place].text, self.tags.get(place, ()))

    def tag(self, place: Place, tag: str) -> None:
        """A tag in the place of all that is said somewhere, but for blank ends."""
        text = self.found[place].text
        begin = len(text) - len(text.lstrip())
        self.tags[place] = [Stretch(begin, max(begin, len(text.rstrip())), tag)]

    def retag(self, place: Place, old: str, new: str) -> None:
        """The tags of a place with another text in them."""
        self.tags[place] = [one._replace(new=one.new.replace(old, new)) for one in self.tags.get(place, ())]

    @cached_property
    def blocks(self) -> dict[Place, int]:
        """The child of the body, from 0, in which each place is that stands in the body."""
        at = {place: self.body.child(place) for place in self.found if self.is_here(place)}
        return {place: child for place, child in at.items() if child is not None}

    def element(self, place: Place) -> int:
        """The w:tc or w:p of a place in the body. Raises RefusedError for a place of another part."""
        found = self.body.element(place)
        if found is None:
            raise refused("nowhere", place)
        return found

    def paragraph(self, text: str) -> bytes:
        """A paragraph with a tag alone."""
        p, r, t = (self.spans.tag(self.body.children[0], name) for name in "prt")
        return element(p, element(r, texts(text, t)))

    def change(self, *edits: Edit) -> None:
        """Gather edits of the main part."""
        self.original.change(self.original.main, edits)

    def insert(self, at: int, *made: str | bytes) -> None:
        """Paragraphs, each with a tag alone, or others as they are, to stand before a byte."""
        pieces = [self.paragraph(one) if isinstance(one, str) else one for one in made]
        self.change(Edit(at, at, b"".join(pieces)))

    def cut(self, index: int, places: Iterable[Place] = ()) -> None:
        """Take an element out, and places with it."""
        self.change(self.spans.instead(index))
        self.gone.update(places)

    def text_edits(self, place: Place) -> list[Edit]:
        """The edits by which a place says what it shall; of each tag in one run, in the look that most had."""
        return self.original.text_edits(place, self.text(place), self.tags.get(place, ()))

    def put_rows(self, grid: Grid, replaced: Sequence[int], rows: Sequence[TargetRow]) -> None:
        """Rows in the place of those of a grid with these numbers."""
        self.change(*row_edits(self.spans, grid, replaced, rows, partial(self._cell_edits, grid), self._copies))
        self.gone.update(grid.place_of(cell) for number in replaced for cell in grid.rows[number - 1].cells)

    def _cell_edits(self, grid: Grid, cell: Cell, text: str) -> list[Edit]:
        """The edits by which a cell in a copy of its row says a text, or is blank, or has the tag of a row alone."""
        if text and not text.startswith("{%tr "):
            return self.text_edits(grid.place_of(cell))
        spans, index = self.spans, self.spans.numbered("w:tc", cell.number)
        content = [each for each in spans.children(index) if spans.names[each] != "w:tcPr"]
        first = next(spans.inside(index, "w:p"))
        run = element(spans.tag(index, "r"), self.look_beside(cell) + texts(text, spans.tag(index, "t")))
        data = element(spans.tag(index, "p"), paragraph_properties(spans, first) + (run if text else b""))
        return [spans.instead(content[0], data, content[-1])]

    def look_of_row(self, row: Row) -> tuple[bytes, ...]:
        """How a row looks, apart from its cells."""
        tc = self.spans.numbered("w:tc", row.cells[0].number)
        own = self.spans.child(self.spans.parents[tc], "w:trPr")
        return () if own is None else self.look_of(own)

    def look_of(self, index: int) -> tuple[bytes, ...]:
        """The properties of an element and of what is in it, but for widths and merges."""
        spans = self.spans
        parts = (
            spans.bytes_of(child)
            for each in (index, *spans.inside(index))
            if spans.names[each] in _PROPERTIES
            for child in spans.children(each)
            if spans.names[child] not in _NO_LOOK
        )
        return tuple(dict.fromkeys(parts))

    def look_beside(self, cell: Cell) -> bytes:
        """The w:rPr of the first text in the row of a cell."""
        spans = self.spans
        tc = spans.numbered("w:tc", cell.number)
        row = next(each for each in spans.around(tc) if spans.names[each] == "w:tr")
        runs = (spans.child(run, "w:rPr") for run in spans.inside(row, "w:r"))
        return properties(spans, next((look for look in runs if look is not None), None))

    def written(self) -> bytes:
        """The file with all that was gathered, and all texts."""
        for place, tags in self.tags.items():
            if place not in self.gone:
                self.original.write(place, self.text(place), tags)
        return self.original.data()


def most_common(found: Sequence[_Of], by: Callable[[_Of], object]) -> _Of:
    """The first of those with the look that most have."""
    looks = [by(one) for one in found]
    (most, _), *_ = Counter(looks).most_common(1)
    return found[looks.index(most)]

"""Where the text of each cell and paragraph comes from: the elements of which part wrote it, piece by piece.

Taken down while a file is read, for whoever will write into its bytes. `Options.sources` asks for it.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from perfdoc.report import Place


class Piece(NamedTuple):
    """A piece of a text. `leaf` is the number of the element that wrote it, 0 where none did: the end of a line
    between paragraphs, a list's number, a formula, a page number. `paragraph` is the number of the w:p that begins
    here, else 0.
    """

    text: str
    leaf: int = 0
    paragraph: int = 0


class Source(NamedTuple):
    """What wrote a cell (`number` counts w:tc) or a paragraph (w:p) of a `part` of the package."""

    part: str
    is_cell: bool
    number: int
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """What the pieces say together."""
        return "".join(piece.text for piece in self.pieces)


class Sources:
    """The sources of a file's cells and paragraphs, by their places."""

    def __init__(self) -> None:
        self._found: dict[Place, list[Source]] = {}
        self.repeated: dict[str, set[int]] = {}
        """The elements of each part, by number, that only repeat a text, as a program has written it by mistake."""

    def add(self, place: Place, source: Source) -> None:
        """Take down what wrote the text at a place."""
        self._found.setdefault(place, []).append(source)

    def repeat(self, part: str, leaves: Iterable[int]) -> None:
        """Elements of a part repeat what others say, and are not read."""
        self.repeated.setdefault(part, set()).update(leaves)

    def of(self, place: Place) -> Sequence[Source]:
        """What wrote the text at a place: several where the file has more than one such place."""
        return self._found.get(place, ())

    def __iter__(self) -> Iterator[tuple[Place, Source]]:
        return ((place, source) for place, found in self._found.items() for source in found)

    def breaks(self) -> bool:
        """Do more cells of several lines begin them by an element (w:br) than by a paragraph?"""
        cells = (source for found in self._found.values() for source in found if source.is_cell)
        more = 0
        for source in cells:
            ends = [piece.leaf > 0 for piece in source.pieces if piece.text == "\n"]
            more += (1 if any(ends) else -1) if ends else 0
        return more > 0

"""Stretches of a Word file's body: which child of w:body a text stands in, and children copied or cut by bytes."""

from bisect import bisect_right

from perfdoc.original.copying.copies import Copies
from perfdoc.original.copying.marks import unpaired
from perfdoc.original.edits import Edit
from perfdoc.original.opened import Original
from perfdoc.original.refusals import refused
from perfdoc.original.spans import Spans
from perfdoc.report import Place


class Body:
    """The children of the body, by their positions from 0; the last section's w:sectPr is none of them."""

    def __init__(self, original: Original, main: str) -> None:
        self.part = main
        self.spans: Spans = original.part(main)
        self._original = original
        body = next(index for index, name in enumerate(self.spans.names) if name == "w:body")
        self.children = [each for each in self.spans.children(body) if self.spans.names[each] != "w:sectPr"]

    def element(self, place: Place) -> int | None:
        """The cell or paragraph at a place; None for one of another part."""
        source = self._original.source(place)
        if source.part != self.part:
            return None
        return self.spans.numbered("w:tc" if source.is_cell else "w:p", source.number)

    def child(self, place: Place) -> int | None:
        """The position of the child that holds the text at a place; None for one of another part."""
        index = self.element(place)
        at = bisect_right(self.children, index) - 1 if index is not None else -1
        return at if index is not None and at >= 0 and self.spans.holds(self.children[at], index) else None

    def is_table(self, at: int) -> bool:
        """Does a child hold a table?"""
        return self.spans.names[self.children[at]] == "w:tbl" or self._has(at, "w:tbl")

    def begins_page(self, at: int) -> bool:
        """Does a child begin a page by itself?"""
        return self._has(at, "w:pageBreakBefore", "w:sectPr")

    def copied(self, first: int, last: int, copies: Copies, *, apart: bool) -> tuple[Edit, dict[bytes, bytes]]:
        """The edit that puts a copy of children behind the last of them, and the new names of its bookmarks.

        `apart` puts a page break before it.
        """
        one, other = self.children[first], self.children[last]
        data, prefix = self.spans.bytes_of(one, other), self.spans.tag(one, "")
        names = copies.named(data)
        w = prefix.decode()
        turned = f'<{w}p><{w}r><{w}br {w}type="page"/></{w}r></{w}p>'.encode() if apart else b""
        end = self.spans.at(other).end
        return Edit(end, end, turned + copies.of(data, prefix, names)), names

    def cut(self, first: int, last: int, place: Place) -> Edit:
        """The edit that cuts children out. What marks begin or end in them and not both stays, without a length.

        Raises RefusedError where a section's headers would go with them.
        """
        spans, cut = self.spans, self.children[first : last + 1]
        if any(next(spans.inside(each, "w:headerReference", "w:footerReference"), None) for each in cut):
            raise refused("section", place)
        return spans.instead(cut[0], unpaired(spans, cut), cut[-1])

    def _has(self, at: int, *names: str) -> bool:
        return next(iter(self.spans.inside(self.children[at], *names)), None) is not None

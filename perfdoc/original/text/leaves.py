"""Changes of characters, gathered by the element that holds them and made edits of bytes together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from perfdoc.original.spans import Edit, Span, Spans
from perfdoc.original.text.alternates import mirrors
from perfdoc.original.text.glyphs import TEXTS, Glyph, shown_units, units_of
from perfdoc.original.text.runs import ENDS, element_of, escaped, needs_preserve, opened, texts

_SPACE = re.compile(rb"\s[\w.-]+:space\s*=\s*(\"[^\"]*\"|'[^']*')")


class Leaves:
    """What is to become of the elements of a part that stand for characters."""

    def __init__(self, spans: Spans, container: int) -> None:
        self._spans = spans
        self._container = container
        self._gone: dict[int, set[int]] = {}
        """The bytes at which characters begin that go, by element."""
        self._new: dict[int, list[tuple[int, str]]] = {}
        """Texts to be written into a w:t, each with the byte before which it is to stand."""

    def drop(self, glyphs: Iterable[Glyph]) -> None:
        """Characters go."""
        for glyph in glyphs:
            self._gone.setdefault(glyph.leaf, set()).add(glyph.start)

    def clear(self, leaf: int) -> None:
        """All that an element says goes."""
        index = self._spans.leaf(leaf)
        if self._spans.names[index] in TEXTS:
            self._gone[leaf] = {unit.start for unit in units_of(self._spans, leaf)}
        else:
            self._gone[leaf] = {self._spans.at(index).begin}

    def put(self, leaf: int, at: int, text: str) -> None:
        """A text comes into a w:t, before the byte `at`; into an empty one at any."""
        self._new.setdefault(leaf, []).append((at, text))

    def touched(self) -> list[int]:
        """The elements that change, by their numbers."""
        return sorted({*self._gone, *self._new})

    def edits(self) -> Iterator[Edit]:
        """The edits that make all changes, in the other versions of an `mc:AlternateContent` too."""
        for leaf in self.touched():
            for other in mirrors(self._spans, leaf, self._container):
                self._mirror(leaf, other)
        for leaf in self.touched():
            yield from self._edits(leaf)

    def _mirror(self, leaf: int, other: int) -> None:
        """Have an element of another version, which says the same, change as one does."""
        moved = self._spans.at(self._spans.leaf(other)).inner - self._spans.at(self._spans.leaf(leaf)).inner
        self._gone[other] = {start + moved for start in self._gone.get(leaf, ())}
        self._new[other] = [(at + moved, text) for at, text in self._new.get(leaf, ())]

    def _edits(self, leaf: int) -> Iterator[Edit]:
        index = self._spans.leaf(leaf)
        span = self._spans.at(index)
        if self._spans.names[index] not in TEXTS:
            yield Edit(span.begin, span.end, b"")
        elif span.is_empty:
            text = "".join(text for _, text in self._new.get(leaf, ()))
            yield Edit(span.begin, span.end, texts(text, self._spans.tag(index, "t")))
        else:
            yield from self._text(leaf, index, span)

    def _text(self, leaf: int, index: int, span: Span) -> Iterator[Edit]:
        spans, name = self._spans, self._spans.tag(index, "t")
        new = sorted(self._new.get(leaf, ()), key=lambda each: each[0])
        gone = set(self._gone.get(leaf, ()))
        every, shown = units_of(spans, leaf), shown_units(spans, leaf)
        kept = [(unit.start * 2 + 1, [unit.raw]) for unit in shown if unit.start not in gone]
        written = [(at * 2, ENDS.split(text)) for at, text in new]
        segments = _segments(sorted([*kept, *written], key=lambda each: each[0]))
        preserved = spans.value(index, "space") == "preserve"
        needed = [needs_preserve(segment) for segment in segments]
        if any(needed) or len(segments) > 1:
            gone |= {unit.start for unit in every} - {unit.start for unit in shown}
        if needed[0] and not preserved:
            yield self._preserved(span)
        yield from _dropped(unit for unit in every if unit.start in gone)
        following = iter(needed[1:])
        for at, text in new:
            first, *rest = ENDS.split(text)
            data = escaped(first)
            for end, segment in zip(rest[::2], rest[1::2], strict=True):
                data += b"</" + name + b">" + element_of(end, name) + opened(name, next(following)) + escaped(segment)
            yield Edit(min(max(at, span.inner), span.close), min(max(at, span.inner), span.close), data)

    def _preserved(self, span: Span) -> Edit:
        """The start tag says `xml:space="preserve"`."""
        if found := _SPACE.search(self._spans.data, span.begin, span.inner):
            return Edit(*found.span(1), b'"preserve"')
        return Edit(span.inner - 1, span.inner - 1, b' xml:space="preserve"')


def _segments(pieces: Iterable[tuple[int, list[str]]]) -> list[str]:
    """The texts of a w:t between the line ends and tabs that new texts bring."""
    segments = [""]
    for _, (first, *rest) in pieces:
        segments[-1] += first
        segments += rest[1::2]
    return segments


def _dropped(units: Iterable[Glyph]) -> Iterator[Edit]:
    """Neighbours go in one edit."""
    begin = end = -1
    for unit in units:
        if unit.start != end:
            if end > begin:
                yield Edit(begin, end, b"")
            begin = unit.start
        end = unit.end
    if end > begin:
        yield Edit(begin, end, b"")

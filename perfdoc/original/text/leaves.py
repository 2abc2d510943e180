"""Changes of characters, gathered by the element that holds them and made edits of bytes together."""

import re
from collections.abc import Iterable, Iterator

from perfdoc.original.edits import Edit
from perfdoc.original.spans import Spans
from perfdoc.original.text.glyphs import TEXTS, Glyph, shown_units, units_of
from perfdoc.original.text.runs import element_of, escaped, needs_preserve, opened, texts

_SPACE = re.compile(rb"\s[\w.-]+:space\s*=\s*(\"[^\"]*\"|'[^']*')")


class Leaves:
    """What is to become of the elements of a part that stand for characters."""

    def __init__(self, spans: Spans) -> None:
        self._spans = spans
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

    def edits(self) -> Iterator[Edit]:
        """The edits that make all changes."""
        for leaf in sorted({*self._gone, *self._new}):
            yield self._edit(leaf)

    def _edit(self, leaf: int) -> Edit:
        index = self._spans.leaf(leaf)
        if self._spans.names[index] not in TEXTS:
            return self._spans.instead(index)
        if self._spans.at(index).is_empty:
            text = "".join(text for _, text in self._new.get(leaf, ()))
            return self._spans.instead(index, texts(text, self._spans.tag(index, "t")))
        return self._text(leaf, index)

    def _text(self, leaf: int, index: int) -> Edit:
        """What becomes of a w:t: it and, where new texts have line ends or tabs, more of them."""
        spans, name = self._spans, self._spans.tag(index, "t")
        gone, units = self._gone.get(leaf, set()), units_of(spans, leaf)
        shown = {unit.start for unit in shown_units(spans, leaf)}
        kept = [(unit.start, True, unit) for unit in units if unit.start not in gone]
        new = [(at, False, Glyph(one, leaf)) for at, text in self._new.get(leaf, ()) for one in text]
        segments: list[list[Glyph]] = [[]]
        ends: list[str] = []
        for _, is_kept, glyph in sorted((*kept, *new), key=lambda each: each[:2]):
            if is_kept or glyph.shown not in "\n\t":
                segments[-1].append(glyph)
            else:
                ends.append(glyph.shown)
                segments.append([])
        visible = [[one for one in each if not one.end or one.start in shown] for each in segments]
        needed = [needs_preserve("".join(one.shown for one in each)) for each in visible]
        said = [b"".join(map(self._bytes, each)) for each in (visible if ends or any(needed) else segments)]
        head = spans.head(index)
        if needed[0] and spans.value(index, "space") != "preserve":
            head = _SPACE.sub(b"", head)[:-1] + b' xml:space="preserve">'
        close = b"</" + name + b">"
        data = head + said[0] + close
        for end, need, more in zip(ends, needed[1:], said[1:], strict=True):
            data += element_of(end, name) + (opened(name, need) + more + close if more else b"")
        return spans.instead(index, data)

    def _bytes(self, glyph: Glyph) -> bytes:
        """A character as it is written, or is to be."""
        return self._spans.data[glyph.start : glyph.end] if glyph.end else escaped(glyph.shown)

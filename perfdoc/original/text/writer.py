"""A new text for one cell or paragraph, as edits of the bytes that say the old one."""

from __future__ import annotations

from perfdoc.original.refusals import refused
from perfdoc.original.spans import Edit, Spans
from perfdoc.original.text.blanks import filled, removed
from perfdoc.original.text.differing import pairs, stretches
from perfdoc.original.text.filled_controls import changed_controls, settled_controls
from perfdoc.original.text.glyphs import TEXTS, Glyph, Line, lines_of
from perfdoc.original.text.leaves import Leaves
from perfdoc.original.text.runs import paragraph_properties, properties, texts
from perfdoc.original.text.settled import settled
from perfdoc.reading.sources import Source
from perfdoc.reading.superscript import plain, superscript
from perfdoc.report import Place


class Writer:
    """What writes a text where `source` says that one stands. `look` is the w:rPr of a text in a blank cell.

    `breaks` says whether a new line is a w:br where the text has no line yet that would tell.
    """

    def __init__(self, spans: Spans, source: Source, place: Place, *, look: bytes = b"", breaks: bool = False) -> None:
        self._spans = spans
        self._source = source
        self._place = place
        self._look = look
        numbers = [piece.paragraph for piece in source.pieces if piece.paragraph] or [source.number]
        self._containers = (
            [spans.numbered("w:tc", source.number)]
            if source.is_cell
            else [spans.numbered("w:p", number) for number in numbers]
        )
        self._leaves = Leaves(spans, self._containers[0])
        self._edits: list[Edit] = []
        self._ends: set[int] = set()
        """The w:br of lines that went."""
        self._lines = lines_of(spans, source.pieces)
        ends = self._lines[1:]
        self._breaks = not source.is_cell or (any(line.begun for line in ends) if ends else breaks)

    def edits(self, text: str) -> list[Edit]:
        """The edits after which the text stands there. Raises RefusedError."""
        for old, new, after in pairs([line.text for line in self._lines], text.split("\n")):
            if old is None:
                self._insert(after, new or "")
            elif new is None:
                self._delete(old)
            else:
                self._change(self._lines[old], new)
        edits = [*self._edits, *self._leaves.edits()]
        self._look_at_versions(edits)
        controls = changed_controls(self._spans, self._containers, edits)
        return [*edits, *settled_controls(self._spans, controls, self._place), *settled(self._spans, self._containers)]

    def _look_at_versions(self, edits: list[Edit]) -> None:
        """What stands in one version of several, and is more than characters, can't be written so that all agree."""
        leaves = [self._spans.at(self._spans.leaf(leaf)) for leaf in self._leaves.touched()]
        for container in self._containers:
            for each in self._spans.inside(container, "AlternateContent"):
                span = self._spans.at(each)
                for edit in edits:
                    if span.begin < edit.start < span.end and not any(a.begin <= edit.start <= a.end for a in leaves):
                        raise refused("versions", self._place)

    def _change(self, line: Line, new: str) -> None:
        """A line says something else."""
        if not any(glyph.leaf for glyph in line.glyphs):
            prefix = line.text
            if not new.startswith(prefix):
                raise refused("computed", self._place, text=prefix)
            if new != prefix:
                self._fill(line, new[len(prefix) :])
            return
        glyphs = line.glyphs
        found = list(stretches(line.text, new))
        if len({glyph.leaf for stretch in found for glyph in glyphs[stretch.begin : stretch.end]}) <= 1:
            found = list(stretches(line.text, new, whole=True))
        for begin, end, text in found:
            gone = glyphs[begin:end]
            if any(not glyph.leaf for glyph in gone):
                raise refused("computed", self._place, text=line.text)
            self._leaves.drop(gone)
            if text:
                self._put(line, begin, end, text)

    def _put(self, line: Line, begin: int, end: int, text: str) -> None:
        """A text comes into a line, in the place of some of its characters."""
        glyphs = line.glyphs
        near = [(glyph, glyph.start) for glyph in glyphs[begin:end]]
        near += [(glyph, glyph.end) for glyph in glyphs[max(begin - 1, 0) : begin]]
        near += [(glyph, glyph.start) for glyph in glyphs[end : end + 1]]
        for glyph, at in near:
            if self._takes(glyph):
                self._leaves.put(glyph.leaf, at, text)
                return
        for glyph, at in near:
            if (raised := self._raised(glyph, text, line)) is not None:
                self._leaves.put(glyph.leaf, at, raised)
                return
        beside = next(((glyph, at) for glyph, at in near if glyph.leaf), None)
        if beside is None:
            raise refused("computed", self._place, text=line.text)
        self._beside(*beside, text)

    def _takes(self, glyph: Glyph) -> bool:
        """Can a text be written into the element of a character, so that it shows as it is?"""
        if not glyph.leaf or self._spans.names[self._spans.leaf(glyph.leaf)] not in TEXTS:
            return False
        return glyph.shown == (" " if glyph.raw == "\n" else glyph.raw) and self._alignment(glyph.leaf) in (
            None,
            "baseline",
        )

    def _alignment(self, leaf: int) -> str | None:
        spans = self._spans
        run = spans.parents[spans.leaf(leaf)]
        found = spans.child(run, "w:rPr", "w:vertAlign")
        return spans.value(found)

    def _raised(self, glyph: Glyph, text: str, line: Line) -> str | None:
        """What is to be written into a raised text so that it says `text`; None where that can't be."""
        if not glyph.leaf or self._spans.names[self._spans.leaf(glyph.leaf)] not in TEXTS:
            return None
        if self._alignment(glyph.leaf) is None:
            return None
        if glyph.shown != glyph.raw:
            return plain(text) if superscript(plain(text)) == text else None
        return text if all(self._alignment(each.leaf) for each in line.glyphs if each.leaf) else None

    def _beside(self, glyph: Glyph, at: int, text: str) -> None:
        """A text in a run of its own, or beside the elements of a run that hold none."""
        spans = self._spans
        index = spans.leaf(glyph.leaf)
        run = spans.parents[index]
        if spans.names[run] != "w:r":
            raise refused("bytes", self._place)
        written = texts(text, spans.tag(index, "t"))
        if spans.names[index] not in TEXTS:
            at = spans.at(index).begin if at == glyph.start else spans.at(index).end
            self._edits.append(Edit(at, at, written))
            return
        span = spans.at(run)
        at = span.begin if at == glyph.start else span.end
        name = spans.tag(run, "r")
        look = properties(spans, spans.child(run, "w:rPr"))
        self._edits.append(Edit(at, at, b"<" + name + b">" + look + written + b"</" + name + b">"))

    def _fill(self, line: Line, text: str) -> None:
        """A blank line gets a text."""
        spans = self._spans
        at = self._lines.index(line)
        following = self._lines[at + 1].begun if at + 1 < len(self._lines) else 0
        takes = [leaf for leaf in line.blanks if self._alignment(leaf) in (None, "baseline")]
        if takes:
            self._leaves.put(takes[0], spans.at(spans.leaf(takes[0])).inner, text)
        elif line.begun or following:
            index = spans.leaf(line.begun or following)
            where = spans.at(index).end if line.begun else spans.at(index).begin
            self._edits.append(Edit(where, where, texts(text, spans.tag(index, "t"))))
        elif line.paragraph:
            self._edits += filled(
                spans, spans.numbered("w:p", line.paragraph), text, self._look, self._leaves, self._place
            )
        else:
            raise refused("nowhere", self._place)

    def _insert(self, after: int, text: str) -> None:
        """A line comes after another, or before the first."""
        line = self._lines[max(after, 0)]
        numbered = any(not glyph.leaf for glyph in line.glyphs)
        if self._breaks or numbered or not line.paragraph:
            given = f"\n{text}" if after >= 0 else f"{text}\n"
            at = len(line.glyphs) if after >= 0 else 0
            if any(glyph.leaf for glyph in line.glyphs):
                self._put(line, at, at, given)
            else:
                self._fill(line, given)
            return
        spans = self._spans
        paragraph = spans.numbered("w:p", line.paragraph)
        span = spans.at(paragraph)
        leaf = next((glyph.leaf for glyph in reversed(line.glyphs)), 0)
        run = (
            spans.child(spans.parents[spans.leaf(leaf)], "w:rPr") if leaf else spans.child(paragraph, "w:pPr", "w:rPr")
        )
        name, r = spans.tag(paragraph, "p"), spans.tag(paragraph, "r")
        written = texts(text, spans.tag(paragraph, "t"))
        made = b"<" + r + b">" + properties(spans, run) + written + b"</" + r + b">" if text else b""
        made = b"<" + name + b">" + paragraph_properties(spans, paragraph) + made + b"</" + name + b">"
        at = span.end if after >= 0 else span.begin
        self._edits.append(Edit(at, at, made))

    def _delete(self, at: int) -> None:
        """A line goes."""
        line = self._lines[at]
        following = self._lines[at + 1].begun if at + 1 < len(self._lines) else 0
        begun = next((each for each in (line.begun, following) if each and each not in self._ends), 0)
        if any(not glyph.leaf for glyph in line.glyphs):
            raise refused("computed", self._place, text=line.text)
        if begun:
            self._leaves.drop(line.glyphs)
            self._leaves.clear(begun)
            self._ends.add(begun)
            return
        self._edits += removed(self._spans, self._spans.numbered("w:p", line.paragraph), self._place)

"""A new text for one cell or paragraph, as edits of the bytes that say the old one."""

from __future__ import annotations

from collections.abc import Collection

from perfdoc.errors import RefusedError
from perfdoc.original.refusals import refused
from perfdoc.original.spans import Edit, Spans
from perfdoc.original.text.blanks import filled, removed
from perfdoc.original.text.differing import pairs, stretches
from perfdoc.original.text.filled_controls import changed_controls, settled_controls
from perfdoc.original.text.glyphs import TEXTS, Glyph, Line, lines_of
from perfdoc.original.text.leaves import Leaves
from perfdoc.original.text.live_fields import LiveFields
from perfdoc.original.text.numbers import following, unnumbered
from perfdoc.original.text.runs import element, paragraph_properties, properties, texts
from perfdoc.original.text.settled import settled, told
from perfdoc.reading.sources import Source
from perfdoc.reading.superscript import plain, superscript
from perfdoc.report import Place


class Writer:
    """What writes a text where `source` says that one stands. `look` is the w:rPr of a text in a blank cell.

    `breaks` says whether a new line is a w:br where the text has no line yet that would tell. `repeated` are elements,
    by number, that only repeat the text: they say nothing when it changes.
    """

    def __init__(
        self,
        spans: Spans,
        source: Source,
        place: Place,
        *,
        look: bytes = b"",
        breaks: bool = False,
        repeated: Collection[int] = (),
    ) -> None:
        self._spans = spans
        self._source = source
        self._place = place
        self._look = look
        numbers = [piece.paragraph for piece in source.pieces if piece.paragraph] or [source.number]
        self.containers = (
            [spans.numbered("w:tc", source.number)]
            if source.is_cell
            else [spans.numbered("w:p", number) for number in numbers]
        )
        """The elements of the cell or paragraph."""
        self.settled = tuple(told(spans, self.containers, place))
        """The tracked changes that are settled with a text that changes."""
        self._leaves = Leaves(spans)
        self._fields = LiveFields(spans, self.containers)
        self._edits: list[Edit] = []
        self._repeated = repeated
        self._fills: dict[Line, str] = {}
        """What blank lines get."""
        self._ends: set[int] = set()
        """The w:br of lines that went."""
        self._gone: list[tuple[int, int]] = []
        """The first and the last paragraph of each other line that goes."""
        try:
            self._lines = lines_of(spans, source.pieces)
        except RefusedError as error:
            raise refused(error.reason, place) from error
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
        for line, content in self._fills.items():
            self._fill(line, content)
        own = (leaf for each in self.containers for leaf in self._spans.leaf_numbers(each))
        for leaf in own if self._repeated else ():
            if leaf in self._repeated:
                self._leaves.clear(leaf)
        edits = [*self._edits, *self._leaves.edits(), *removed(self._spans, self._gone, self._place)]
        controls = changed_controls(self._spans, self.containers, edits)
        return [
            *edits,
            *settled_controls(self._spans, controls, edits, self._place),
            *settled(self._spans, self.containers),
        ]

    def _change(self, line: Line, new: str) -> None:
        """A line says something else."""
        if not new.startswith(line.label):
            self._unlist(line)
        if not any(glyph.leaf for glyph in line.glyphs):
            prefix = line.text
            if not new.startswith(prefix):
                raise refused("computed", self._place, text=prefix)
            if new != prefix:
                self._fills[line] = new[len(prefix) :]
            return
        for begin, end, text in stretches(line.text, new):
            gone = line.glyphs[begin:end]
            if any(not glyph.leaf or self._fields.of(glyph) for glyph in gone):
                raise refused("computed", self._place, text=line.text)
            self._leaves.drop(gone)
            if text:
                self._put(line, begin, end, text)

    def _unlist(self, line: Line) -> None:
        """A line has no number of a list any more."""
        edit = None if line.begun else unnumbered(self._spans, self._spans.numbered("w:p", line.paragraph))
        if edit is None:
            raise refused("computed", self._place, text=line.text)
        self._edits.append(edit)
        del line.glyphs[: len(line.label)]

    def _put(self, line: Line, begin: int, end: int, text: str) -> None:
        """A text comes into a line, in the place of some of its characters."""
        glyphs = line.glyphs
        near = [(glyph, glyph.start) for glyph in glyphs[begin:end]]
        near += [(glyph, glyph.end) for glyph in glyphs[max(begin - 1, 0) : begin]]
        near += [(glyph, glyph.start) for glyph in glyphs[end : end + 1]]
        all_raised = all(self._alignment(each.leaf) for each in glyphs if each.leaf)
        fields = [field for each, _ in near if (field := self._fields.of(each)) is not None]
        if fields[1:] and fields[0] == fields[1]:
            raise refused("computed", self._place, text=line.text)
        near = [each for each in near if not self._fields.of(each[0])]
        for glyph, at in near:
            if (given := self._written(glyph, text, all_raised)) is not None:
                self._leaves.put(glyph.leaf, at, given)
                return
        beside = next(((glyph, at) for glyph, at in near if glyph.leaf), None)
        if beside is not None:
            self._beside(*beside, text)
        elif fields:
            at = fields[0].behind if begin and self._fields.of(glyphs[begin - 1]) else fields[0].before
            self._run(at, glyphs[max(begin - 1, 0)].leaf, text)
        else:
            raise refused("computed", self._place, text=line.text)

    def _written(self, glyph: Glyph, text: str, all_raised: bool) -> str | None:
        """What is to be written into the element of a character so that it says `text`; None where that can't be.

        A new text is raised only in the place of one, as digits and signs are, or where the whole line is.
        """
        if not glyph.leaf or self._spans.names[self._spans.leaf(glyph.leaf)] not in TEXTS:
            return None
        as_it_is = glyph.shown == (" " if glyph.raw == "\n" else glyph.raw)
        if not self._alignment(glyph.leaf) or (all_raised and as_it_is):
            return text if as_it_is else None
        return plain(text) if not as_it_is and superscript(plain(text)) == text != plain(text) else None

    def _alignment(self, leaf: int) -> str:
        """Whether the text of an element is raised or lowered: `superscript`, `subscript`, or `""`."""
        run = self._spans.parents[self._spans.leaf(leaf)]
        value = self._spans.value(self._spans.child(run, "w:rPr", "w:vertAlign"))
        return "" if value in (None, "baseline") else str(value)

    def _beside(self, glyph: Glyph, at: int, text: str) -> None:
        """A text in a run of its own, or beside the elements of a run that hold none."""
        spans = self._spans
        index = spans.leaf(glyph.leaf)
        run = spans.parents[index]
        if spans.names[run] != "w:r":
            raise refused("bytes", self._place)
        if spans.names[index] not in TEXTS:
            at = spans.at(index).begin if at == glyph.start else spans.at(index).end
            self._edits.append(Edit(at, at, texts(text, spans.tag(index, "t"))))
            return
        span = spans.at(run)
        self._run(span.begin if at == glyph.start else span.end, glyph.leaf, text)

    def _run(self, at: int, leaf: int, text: str) -> None:
        """A text in a run of its own, which looks like that of an element."""
        spans = self._spans
        run = spans.parents[spans.leaf(leaf)]
        look = properties(spans, spans.child(run, "w:rPr"))
        self._edits.append(Edit(at, at, element(spans.tag(run, "r"), look + texts(text, spans.tag(run, "t")))))

    def _fill(self, line: Line, text: str) -> None:
        """A blank line gets a text."""
        spans = self._spans
        at = self._lines.index(line)
        following = self._lines[at + 1].begun if at + 1 < len(self._lines) else 0
        takes = [leaf for leaf in line.blanks if not self._alignment(leaf)]
        if takes:
            self._leaves.put(takes[0], spans.at(spans.leaf(takes[0])).inner, text)
        elif line.begun or following:
            index = spans.leaf(line.begun or following)
            where = spans.at(index).end if line.begun else spans.at(index).begin
            self._edits.append(Edit(where, where, texts(text, spans.tag(index, "t"))))
        elif line.paragraph:
            first, paragraph = (spans.numbered("w:p", number) for number in (line.first, line.paragraph))
            paragraph = first if spans.at(paragraph).is_empty else paragraph  # an empty one is joined to the first
            self._edits += filled(spans, paragraph, text, self._look, self._leaves)
        else:
            raise refused("nowhere", self._place)

    def _insert(self, after: int, text: str) -> None:
        """A line comes after another, or before the first."""
        line = self._lines[max(after, 0)]
        if not self._breaks and line.paragraph:
            self._edits.append(self._paragraph(line, text, before=after < 0))
            return
        label = "" if after >= 0 else line.label
        if label:
            self._unlist(line)
        given = f"\n{text}" if after >= 0 else f"{text}\n{label}"
        at = len(line.glyphs) if after >= 0 else 0
        if any(glyph.leaf for glyph in line.glyphs):
            self._put(line, at, at, given)
        else:
            said = self._fills.get(line, "")
            self._fills[line] = said + given if after >= 0 else given + said

    def _paragraph(self, line: Line, text: str, *, before: bool) -> Edit:
        """A paragraph beside that of a line, which looks like it; in its list where the text has the next number."""
        spans = self._spans
        paragraph = spans.numbered("w:p", line.paragraph)
        label = line.label if before else following(line.label)
        apart = None if text.startswith(label) else unnumbered(spans, paragraph)
        text = text if apart else text.removeprefix(label)
        leaf = line.glyphs[-1].leaf if line.glyphs else 0
        look = (spans.parents[spans.leaf(leaf)], "w:rPr") if leaf else (paragraph, "w:pPr", "w:rPr")
        run = properties(spans, spans.child(*look)) + texts(text, spans.tag(paragraph, "t"))
        inner = paragraph_properties(spans, paragraph, [apart] if apart else [])
        inner += element(spans.tag(paragraph, "r"), run) if text else b""
        span = spans.at(paragraph)
        at = span.begin if before else span.end
        return Edit(at, at, element(spans.tag(paragraph, "p"), inner))

    def _delete(self, at: int) -> None:
        """A line goes."""
        line = self._lines[at]
        following = self._lines[at + 1].begun if at + 1 < len(self._lines) else 0
        begun = next((each for each in (line.begun, following) if each and each not in self._ends), 0)
        if begun and any(not glyph.leaf for glyph in line.glyphs):
            raise refused("computed", self._place, text=line.text)
        if begun:
            self._leaves.drop(line.glyphs)
            self._leaves.clear(begun)
            self._ends.add(begun)
            return
        self._gone.append((self._spans.numbered("w:p", line.first), self._spans.numbered("w:p", line.paragraph)))

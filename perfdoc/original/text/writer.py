"""A new text for one cell or paragraph, as edits of the bytes that say the old one."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from perfdoc.errors import RefusedError
from perfdoc.original.edits import Edit
from perfdoc.original.refusals import refused
from perfdoc.original.spans import Spans
from perfdoc.original.text.blanks import filled, removed
from perfdoc.original.text.differing import Stretch, pairs, replaced, stretches
from perfdoc.original.text.filled_controls import changed_controls, settled_controls
from perfdoc.original.text.glyphs import TEXTS, Glyph, Line, lines_of
from perfdoc.original.text.leaves import Leaves
from perfdoc.original.text.numbers import following, unnumbered
from perfdoc.original.text.runs import begin_of, element, paragraph_properties, properties, texts
from perfdoc.original.text.settled import settled, told
from perfdoc.reading.sources import Source
from perfdoc.reading.superscript import plain, superscript
from perfdoc.report import Place


class Writer:
    """What writes a text where `source` says that one stands. `look` is the w:rPr of a text in a blank cell.

    `breaks` says whether a new line is a w:br where the text has no line yet that would tell. `repeated` are elements,
    by number, that only repeat the text: they say nothing when it changes. `known` are the
    stretches that change where they are known, each of which is written in the look that most of it has; `mixed` says
    then whether one has several.
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
        known: Sequence[Stretch] | None = None,
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
        self._edits: list[Edit] = []
        self._repeated = repeated
        self._known = known
        self.mixed = False
        try:
            self._lines = lines_of(spans, source.pieces)
        except RefusedError as error:
            raise refused(error.reason, place) from error
        broken = any("\n" in line.text for line in self._lines)
        self._breaks = not source.is_cell or broken or (breaks and not self._lines[1:])

    def edits(self, text: str) -> list[Edit]:
        """The edits after which the text stands there. Raises RefusedError."""
        said: dict[Line, list[str]] = {line: [] for line in self._lines}
        owners, old_lines = zip(*((line, one) for line in said for one in line.text.split("\n")), strict=True)
        for old, new, after in pairs(old_lines, text.split("\n")):
            line = owners[max(after, 0)]
            if old is None and not self._breaks and line.paragraph:
                self._edits.append(self._paragraph(line, new or "", before=after < 0))
            elif new is not None:
                said[line].append(new)
        gone = [line for line, those in said.items() if not those]
        start = 0
        for line, those in said.items():
            length = len(line.text) + 1
            if those and "\n".join(those) != line.text:
                self._change(line, "\n".join(those), start)
            start += length
        own = (leaf for each in self.containers for leaf in self._spans.leaf_numbers(each))
        for leaf in own if self._repeated else ():
            if leaf in self._repeated:
                self._leaves.clear(leaf)
        edits = [*self._edits, *self._leaves.edits(), *removed(self._spans, map(self._ends, gone), self._place)]
        controls = changed_controls(self._spans, self.containers, edits)
        return [
            *edits,
            *settled_controls(self._spans, controls, edits, self._place),
            *settled(self._spans, self.containers),
        ]

    def _change(self, line: Line, new: str, start: int) -> None:
        """A paragraph that begins at a character of the text says something else."""
        length = len(line.text)
        if not new.startswith(line.label):
            self._unlist(line)
        for begin, end, text in self._stretches(line, new, start + length - len(line.text)):
            gone = line.glyphs[begin:end]
            if any(not glyph.leaf for glyph in gone):
                raise refused("computed", self._place, text=line.text)
            self._leaves.drop(gone)
            if text:
                self._put(line, begin, end, text)

    def _stretches(self, line: Line, new: str, start: int) -> Iterator[Stretch]:
        """What changes in a paragraph that begins at a character of the text: what is known to, or what differs."""
        found = (Stretch(each.begin - start, each.end - start, each.new) for each in sorted(self._known or ()))
        own = [each for each in found if each.begin >= 0 and each.end <= len(line.glyphs)]
        if own and replaced(line.text, own) == new:
            return iter(own)
        return stretches(line.text, new, whole=self._known is not None)

    def _unlist(self, line: Line) -> None:
        """A paragraph has no number of a list any more, if it is that what it begins with."""
        edit = unnumbered(self._spans, self._spans.numbered("w:p", line.paragraph)) if line.paragraph else None
        if edit is not None:
            self._edits.append(edit)
            del line.glyphs[: len(line.label)]

    def _put(self, line: Line, begin: int, end: int, text: str) -> None:
        """A text comes into a paragraph, in the place of some of its characters."""
        glyphs = line.glyphs
        near = [(glyph, glyph.start) for glyph in self._likest(glyphs[begin:end])]
        near += [(glyph, glyph.end) for glyph in glyphs[max(begin - 1, 0) : begin]]
        near += [(glyph, glyph.start) for glyph in glyphs[end : end + 1]]
        all_raised = all(self._alignment(each.leaf) for each in glyphs if each.leaf)
        for glyph, at in near:
            if (given := self._written(glyph, text, all_raised)) is not None:
                self._leaves.put(glyph.leaf, at, given)
                return
        beside = next(((glyph, at) for glyph, at in near if glyph.leaf), None)
        if beside is not None:
            self._beside(*beside, text)
        elif end == len(glyphs):
            self._fill(line, text)
        elif not begin and line.paragraph:
            paragraph = self._ends(line)[0]
            look = self._spans.child(paragraph, "w:pPr", "w:rPr")
            self._run(begin_of(self._spans, paragraph), paragraph, look, text)
        else:
            raise refused("computed", self._place, text=line.text)

    def _likest(self, glyphs: Sequence[Glyph]) -> Sequence[Glyph]:
        """Characters that a text replaces, the look that most of them have first where it is written as a whole."""
        if self._known is None:
            return glyphs
        looks = Counter(self._look_of(each.leaf) for each in glyphs if each.leaf)
        self.mixed = self.mixed or len(looks) > 1
        return sorted(glyphs, key=lambda each: -looks[self._look_of(each.leaf)] if each.leaf else 0)

    def _look_of(self, leaf: int) -> bytes:
        return properties(self._spans, self._spans.child(self._spans.parents[self._spans.leaf(leaf)], "w:rPr"))

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
        self._run(span.begin if at == glyph.start else span.end, run, spans.child(run, "w:rPr"), text)

    def _run(self, at: int, beside: int, look: int | None, text: str) -> None:
        """A text in a run of its own, with a look; its names are written as that of an element beside it."""
        spans, name = self._spans, self._spans.tag(beside, "r")
        data = element(name, properties(spans, look) + texts(text, spans.tag(beside, "t")))
        self._edits.append(Edit(at, at, data))

    def _fill(self, line: Line, text: str) -> None:
        """A text comes behind all that a paragraph shows, if anything."""
        takes = [leaf for leaf in line.blanks if not self._alignment(leaf)]
        if takes:
            self._leaves.put(takes[0], self._spans.at(self._spans.leaf(takes[0])).inner, text)
        elif line.paragraph:
            first, last = self._ends(line)
            paragraph = first if self._spans.at(last).is_empty else last  # an empty one is joined to the first
            self._edits += filled(self._spans, paragraph, text, self._look, self._leaves)
        else:
            raise refused("nowhere", self._place)

    def _paragraph(self, line: Line, text: str, *, before: bool) -> Edit:
        """A paragraph beside another, which looks like it; in its list where the text has the next number."""
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

    def _ends(self, line: Line) -> tuple[int, int]:
        """The w:p in which a paragraph begins and ends."""
        return self._spans.numbered("w:p", line.first), self._spans.numbered("w:p", line.paragraph)

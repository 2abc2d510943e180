"""Tags written into paragraphs: each takes the place, and the look, of the text that a value had."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree

from perfdoc.learning.simplified import look_of, most_common, remove, unlisted, without_fields
from perfdoc.reading.docx.namespaces import (
    DSTRIKE,
    PPR,
    RPR,
    STRIKE,
    TC,
    TYPE,
    VAL,
    P,
    R,
    T,
    is_on,
    w,
)

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SHOWN = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-", w("softHyphen"): "\u00ad"}
_TEXT_BOX = w("txbxContent")


class Span(NamedTuple):
    """From where to where in a text (characters from 0, the end left out) a tag goes."""

    start: int
    end: int
    tag: str


class Writing:
    """The text of some paragraphs, the elements that show it, and what is to be put into it.

    `text` has a line break between paragraphs and for each break within one, as a Layout has. `mixed` says, when tags
    have been put, that one stands for a text of several looks; it has the look of most of it.
    """

    def __init__(self, paragraphs: Sequence[etree._Element]) -> None:
        self.paragraphs = list(paragraphs)
        self.mixed = False
        self._shown: list[etree._Element | None] = []
        pieces: list[str] = []
        self._ends: list[int] = []
        for number, paragraph in enumerate(self.paragraphs):
            if number:
                pieces.append("\n")
                self._shown.append(None)
            for element in paragraph.iter(T, *_SHOWN):
                if element.tag != T and (element.get(TYPE) == "page" or not _in_run(element)):
                    continue
                if next(element.iterancestors(_TEXT_BOX, P)) is not paragraph:
                    continue
                piece = element.text or "" if element.tag == T else _SHOWN[element.tag]
                pieces.append(piece)
                self._shown += [element] * len(piece)
            self._ends.append(len(self._shown))
        self.text = "".join(pieces)

    def lines(self) -> list[str]:
        """The text of each paragraph."""
        starts = [0, *(end + 1 for end in self._ends[:-1])]
        return [self.text[start:end] for start, end in zip(starts, self._ends, strict=True)]

    def is_lines_of(self, value: str) -> bool:
        """Whether each line of a value is a paragraph (Word may number it), and there is nothing else."""
        ours, theirs = value.split("\n"), self.lines()
        return len(ours) == len(theirs) and all(a.endswith(b.strip()) for a, b in zip(ours, theirs, strict=True))

    def unlist(self) -> None:
        """Take the paragraphs out of their lists."""
        for paragraph in self.paragraphs:
            unlisted(paragraph)

    def put(self, spans: Sequence[Span], look: etree._Element | None = None, *, fields: bool = False) -> None:
        """Put tags in place of spans that do not overlap; a field around one goes, unless `fields` shall stay.

        `look` is the w:rPr of a tag that nothing has stood for.
        """
        around = {one for span in spans for one in (*self._shown[span.start : span.end], self._beside(span.start)[0])}
        for paragraph in self.paragraphs if not fields else ():
            without_fields(paragraph, around)
        for span in sorted(spans, reverse=True):
            self._put(span, look)

    def by_lines(self, name: str) -> None:
        """A paragraph for each line, in the look that most have, between the tags of a loop."""
        first = most_common(self.paragraphs, look_of)
        self.mixed = len(set(map(look_of, self.paragraphs))) > 1
        alone = Writing([first])
        alone.put([Span(0, len(alone.text), "{{ line }}")])
        unlisted(first)
        for other in self.paragraphs:
            if other is not first:
                remove(other)
        first.addprevious(paragraph_of(_EACH.format(name)))
        first.addnext(paragraph_of("{%p endfor %}"))

    def _put(self, span: Span, look: etree._Element | None) -> None:
        start, end, tag = span
        held = self._shown[start:end]
        texts = [one for one in held if one is not None and one.tag == T]
        first = self._ends[next(n for n, last in enumerate(self._ends) if start <= last)]
        own = [one for one in self._shown[start : min(end, first)] if one is not None and one.tag == T]
        shown = [one for one in own if not _is_struck(one)] or own
        looks = {one: look_of(one.getparent()) for one in dict.fromkeys(shown)}
        target = most_common(shown, looks.__getitem__) if shown else None
        self.mixed = self.mixed or len(set(looks.values())) > 1
        at = next((n for n in range(start, end) if self._shown[n] is target), start) if target is not None else start
        if target is None:
            target, at = self._beside(start)
        offset = self._offset(target, at) if target is not None else 0
        if target is None:
            target = self._new(start, look)
        for element in dict.fromkeys(one for one in held if one is not None):
            positions = [n for n in range(start, end) if self._shown[n] is element]
            if element.tag == T:
                begin = self._offset(element, positions[0])
                text = element.text or ""
                element.text = text[:begin] + text[begin + len(positions) :]
            else:
                remove(element)
        text = target.text or ""
        target.text = text[:offset] + tag + text[offset:]
        for element in {target, *texts}:
            element.set(_SPACE, "preserve")
            if not element.text and element is not target:
                remove(element)
        self._drop_lines(start, end)

    def _offset(self, element: etree._Element, at: int) -> int:
        """The place of a character within the element that shows it."""
        first = next(n for n, one in enumerate(self._shown) if one is element)
        return at - first

    def _beside(self, start: int) -> tuple[etree._Element | None, int]:
        """The text that ends, or begins, where a tag goes that nothing has stood for."""
        if start and (before := self._shown[start - 1]) is not None and before.tag == T:
            return before, start
        if start < len(self._shown) and (after := self._shown[start]) is not None and after.tag == T:
            return after, start
        return None, 0

    def _new(self, start: int, look: etree._Element | None) -> etree._Element:
        """A run for a tag in a paragraph that shows nothing there."""
        number = next(n for n, end in enumerate(self._ends) if start <= end)
        paragraph = self.paragraphs[number]
        empty = next((run for run in paragraph.iter(R) if len(run) == (run.find(RPR) is not None)), None)
        if empty is not None:
            return etree.SubElement(empty, T)
        run = etree.Element(R)
        mark = paragraph.find(f"{PPR}/{RPR}") if look is None else look
        if mark is not None:
            run.append(copy.deepcopy(mark))
        after = self._shown[start] if start < len(self._shown) else None
        if after is not None and after.getparent() is not None:
            after.getparent().addprevious(run)  # type: ignore[union-attr]
        else:
            paragraph.append(run)
        return etree.SubElement(run, T)

    def _drop_lines(self, start: int, end: int) -> None:
        """Remove the paragraphs whose text went into a tag in one before them."""
        first = 0
        for number, last in enumerate(self._ends):
            if number and start < first and last <= end and self.paragraphs[number].getparent() is not None:
                remove(self.paragraphs[number])
            first = last + 1


def _is_struck(text: etree._Element) -> bool:
    """Whether a text is crossed out: what it shows counts as deleted."""
    run = text.getparent()
    marks = () if run is None else (run.find(f"{RPR}/{STRIKE}"), run.find(f"{RPR}/{DSTRIKE}"))
    return any(mark is not None and is_on(mark.get(VAL)) for mark in marks)


def _in_run(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == R


def said_once(element: etree._Element, text: str) -> None:
    """Have a printed text that a program wrote several times, one behind the other, stand there once."""
    writing = Writing(paragraphs_of(element) if element.tag == TC else [element])
    raw, shown = "".join(writing.text.split()), "".join(text.split())
    if shown and "\n" not in text and len(raw) > len(shown) and raw == shown * (len(raw) // len(shown)):
        writing.put([Span(0, len(writing.text), text)])


def paragraph_of(text: str) -> etree._Element:
    """A paragraph with a tag alone."""
    made = etree.Element(P)
    etree.SubElement(etree.SubElement(made, R), T).text = text
    return made


def paragraphs_of(cell: etree._Element) -> list[etree._Element]:
    """The paragraphs of a cell, those of tables within it too; not those of text boxes."""
    return [one for one in cell.iter(P) if not _boxed(one, cell)]


def _boxed(paragraph: etree._Element, cell: etree._Element) -> bool:
    box = next(paragraph.iterancestors(_TEXT_BOX, cell.tag), None)
    return box is not None and box.tag == _TEXT_BOX


_EACH = "{{%p for line in {0}|lines %}}"
_NAME = re.compile(r"[^\W\d_]\w*")


def tag_of(path: Sequence[str | int]) -> str:
    """The name that a tag asks for a value by its path in a Document; `""` where no tag can (quotes of both kinds)."""
    steps = list(path)
    if steps[:1] == ["projects"]:
        record = "indicator" if steps[2:3] == ["indicators"] else "project"
        steps = [record, *steps[4 if record == "indicator" else 2 :]]
    elif steps == ["title"]:
        steps = ["document", "title"]
    name = ".".join(map(str, steps[:2])) if steps[1:2] != ["extra"] else f"{steps[0]}.extra"
    for step in map(str, steps[2:]):
        if _NAME.fullmatch(step) and not hasattr(dict, step):
            name += f".{step}"
        elif '"' not in step or "'" not in step:
            name += f'["{step}"]' if '"' not in step else f"['{step}']"
        else:
            return ""
    return name


def look_beside(element: etree._Element) -> etree._Element | None:
    """The look (w:rPr) of the first text in the row of a cell, for one in which nothing stands."""
    row = next(element.iterancestors(w("tr")), None)
    found = (run.find(RPR) for run in (row.iter(R) if row is not None else ()))
    return next((look for look in found if look is not None), None)

"""Tracked changes (ECMA-376 part 1, 17.13.5) in a cell or paragraph that changes: settled as if they were accepted."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from perfdoc.original.edits import Edit
from perfdoc.original.spans import Spans
from perfdoc.original.text.glyphs import TEXTS
from perfdoc.original.text.runs import MARKS, begin_of, without
from perfdoc.report import Place, TrackedChange

_SHOWN = ("w:ins", "w:moveTo")
_GONE = ("w:del", "w:moveFrom")
_TRACKED = (*MARKS, "w:tcPrChange", "w:sectPrChange", "w:cellIns")


def settled(spans: Spans, containers: Sequence[int]) -> list[Edit]:
    """The edits by which containers have no tracked changes any more, and show what they show; none for no change."""
    found = (spans.numbered("w:p", number) for each in containers for number in spans.numbers("w:p", each))
    joins = list(_joins(spans, list(dict.fromkeys(found))))
    edits = list(joins)
    for container in containers:
        for index in spans.inside(container, *_TRACKED):
            span = spans.at(index)
            if not _is_own(spans, container, index) or any(edit.start <= span.begin < edit.end for edit in joins):
                continue
            if spans.names[index] in _SHOWN and not span.is_empty:
                edits += (Edit(span.begin, span.inner, b""), Edit(span.close, span.end, b""))
            else:
                edits.append(spans.instead(index))
    return edits


def told(spans: Spans, containers: Sequence[int], place: Place) -> Iterator[TrackedChange]:
    """The tracked changes in containers: who has put text in, taken it out or changed its look there, and when."""
    for container in containers:
        for index in spans.inside(container, *_TRACKED):
            if _is_own(spans, container, index):
                gone = spans.inside(index, *TEXTS) if spans.names[index] in _GONE else ()
                text = "".join(map(spans.text, gone))
                yield TrackedChange(place, spans.value(index, "author") or "", spans.value(index, "date") or "", text)


def _joins(spans: Spans, paragraphs: Sequence[int]) -> Iterator[Edit]:
    """A paragraph whose end is deleted goes on in the next, and has the properties of that (17.13.5.15)."""
    joined: list[int] = []
    for paragraph, following in zip(paragraphs, (*paragraphs[1:], -1), strict=True):
        joined.append(paragraph)
        beside = following >= 0 and spans.parents[following] == spans.parents[paragraph]
        if beside and _end_goes(spans, paragraph):
            continue
        if len(joined) > 1:
            yield from _one(spans, joined)
        joined = []


def _end_goes(spans: Spans, paragraph: int) -> bool:
    return any(spans.child(paragraph, "w:pPr", "w:rPr", name) is not None for name in _GONE)


def _one(spans: Spans, paragraphs: Sequence[int]) -> Iterator[Edit]:
    """Several paragraphs become one."""
    first, last = spans.at(paragraphs[0]), spans.at(paragraphs[-1])
    properties = spans.child(paragraphs[-1], "w:pPr")
    head = spans.data[last.begin : last.inner]
    head = head[:-2] + b">" if last.is_empty else head
    head += b"" if properties is None else without(spans, properties, *MARKS)
    yield Edit(first.begin, begin_of(spans, paragraphs[0]), head)
    for paragraph, following in pairwise(paragraphs):
        one, other = spans.at(paragraph), spans.at(following)
        if other.is_empty:
            yield spans.instead(following)
        else:
            yield Edit(one.close, begin_of(spans, following), spans.data[one.end : other.begin])


def _is_own(spans: Spans, container: int, index: int) -> bool:
    """Does an element stand in a container itself, not in a table or a text box in it?"""
    for each in spans.around(index):
        if each <= container:
            return True
        if spans.names[each].removeprefix("w:") in ("tc", "txbxContent"):
            return False
    return True

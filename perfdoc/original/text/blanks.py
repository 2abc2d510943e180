"""A paragraph without a text that gets one, and one that goes."""

from __future__ import annotations

from perfdoc.original.refusals import refused
from perfdoc.original.spans import Edit, Spans
from perfdoc.original.text.glyphs import TEXTS
from perfdoc.original.text.leaves import Leaves
from perfdoc.original.text.runs import HIDES, element, properties, texts
from perfdoc.report import Place

_EMPTY = frozenset(("w:rPr", "w:lastRenderedPageBreak"))
_NOT_SHOWN = frozenset(("w:del", "w:moveFrom", "w:rt", "Choice", "Fallback", "w:txbxContent", "w:fldSimple"))
_RANGES = ("w:bookmarkStart", "w:bookmarkEnd", "w:commentRangeStart", "w:commentRangeEnd", "w:permStart", "w:permEnd")
"""What may stand between paragraphs as well as in them."""
_HELD = (
    "w:drawing",
    "w:pict",
    "w:object",
    "w:fldChar",
    "w:footnoteReference",
    "w:endnoteReference",
    "w:sectPr",
    "oMath",
)
"""What would be lost with a paragraph."""


def filled(spans: Spans, paragraph: int, text: str, look: bytes, leaves: Leaves) -> list[Edit]:
    """The edits by which a blank paragraph says a text: in a control's prompt, an empty run, or a run of its own."""
    for control in _controls(spans, paragraph):
        if spans.child(control, "w:sdtPr", "w:showingPlcHdr") is not None:
            numbers = spans.leaf_numbers(spans.child(control, "w:sdtContent") or control)
            for number in numbers:
                leaves.clear(number)
            own = spans.leaf_numbers(paragraph)
            first = next((n for n in numbers if n in own and spans.names[spans.leaf(n)] in TEXTS), 0)
            if first:
                return _prompted(spans, first, text, leaves)
    look = look or properties(spans, spans.child(paragraph, "w:pPr", "w:rPr"))
    name, written = spans.tag(paragraph, "r"), texts(text, spans.tag(paragraph, "t"))
    fields = 0
    for run in spans.inside(paragraph, "w:r", "w:fldChar"):
        if spans.names[run] == "w:fldChar":
            fields += {"begin": 1, "end": -1}.get(spans.value(run, "fldCharType") or "", 0)
        elif fields <= 0 and _is_free(spans, run, paragraph):
            span = spans.at(run)
            if span.is_empty:
                return [Edit(span.begin, span.end, element(name, look + written))]
            styled = spans.child(run, "w:rPr") is not None
            return [Edit(span.close, span.close, written if styled else look + written)]
    blank = (each for each in spans.inside(paragraph, "w:sdtContent") if next(spans.children(each), None) is None)
    return [_inside(spans, next(blank, paragraph), element(name, look + written))]


def _inside(spans: Spans, index: int, data: bytes) -> Edit:
    """Bytes at the end of an element's content; an empty one is opened."""
    span = spans.at(index)
    if not span.is_empty:
        return Edit(span.close, span.close, data)
    tag = spans.data[span.begin : span.end]
    name = tag[1:].split(None, 1)[0].rstrip(b"/>")
    return Edit(span.end - 2, span.end, b">" + data + b"</" + name + b">")


def _controls(spans: Spans, paragraph: int) -> list[int]:
    """The content controls in a paragraph, then those around it inside of its cell, or of the part."""
    around = []
    for each in spans.around(paragraph):
        if spans.names[each] == "w:sdt":
            around.append(each)
        elif spans.names[each] == "w:tr":
            break
    return [*spans.inside(paragraph, "w:sdt"), *around]


def _prompted(spans: Spans, leaf: int, text: str, leaves: Leaves) -> list[Edit]:
    """A text in the place of a control's prompt, without the prompt's style."""
    first = spans.leaf(leaf)
    leaves.put(leaf, spans.at(first).inner, text)
    style = spans.child(spans.parents[first], "w:rPr", "w:rStyle")
    return [] if style is None else [Edit(spans.at(style).begin, spans.at(style).end, b"")]


def _is_free(spans: Spans, run: int, paragraph: int) -> bool:
    """Is a run empty and shown?"""
    if any(spans.names[each] not in _EMPTY for each in spans.children(run)):
        return False
    look = spans.child(run, "w:rPr")
    if look is not None and any(spans.names[each] in HIDES for each in spans.children(look)):
        return False
    around = [spans.names[each] for each in spans.around(run) if each > paragraph]
    return _NOT_SHOWN.isdisjoint(around)


def removed(spans: Spans, first: int, last: int, place: Place) -> list[Edit]:
    """The edits by which a paragraph goes, or those that a deleted end joins; what may stand between others stays."""
    around = spans.parents[last]
    beside = list(spans.children(around))
    gone = [each for each in beside if first <= each <= last]
    left = [each for each in beside if each not in gone]
    ranges = [spans.at(each) for paragraph in gone for each in spans.inside(paragraph, *_RANGES)]
    ends = spans.names[left[-1]] == "w:p" if left else False
    held = any(next(spans.inside(each, *_HELD), None) is not None for each in gone)
    if held or not ends or first not in gone or (ranges and (len(gone) > 1 or beside[-1] == last)):
        raise refused("held", place)
    begins = [spans.at(first).begin, *(each.end for each in ranges)]
    return [
        Edit(*each, b"") for each in zip(begins, [*(each.begin for each in ranges), spans.at(last).end], strict=True)
    ]

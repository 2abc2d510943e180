"""A paragraph without a text that gets one, and one that goes."""

from collections.abc import Iterable, Iterator

from perfdoc.original.edits import Edit
from perfdoc.original.refusals import refused
from perfdoc.original.spans import Spans
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
                return [spans.instead(run, element(name, look + written))]
            styled = spans.child(run, "w:rPr") is not None
            return [Edit(span.close, span.close, written if styled else look + written)]
    blank = (each for each in spans.inside(paragraph, "w:sdtContent") if next(spans.children(each), None) is None)
    return [spans.appended(next(blank, paragraph), element(name, look + written))]


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
    return [] if style is None else [spans.instead(style)]


def _is_free(spans: Spans, run: int, paragraph: int) -> bool:
    """Is a run empty and shown?"""
    if any(spans.names[each] not in _EMPTY for each in spans.children(run)):
        return False
    look = spans.child(run, "w:rPr")
    if look is not None and any(spans.names[each] in HIDES for each in spans.children(look)):
        return False
    around = [spans.names[each] for each in spans.around(run) if each > paragraph]
    return _NOT_SHOWN.isdisjoint(around)


def removed(spans: Spans, ends: Iterable[tuple[int, int]], place: Place) -> Iterator[Edit]:
    """The edits by which paragraphs go, each with those that a deleted end joins to it: from a first to a last one.

    What may stand between paragraphs stays where they stood, or before the last one that stays: a cell ends with it.
    """
    lines = [*ends]
    gone = [each for first, last in lines for each in spans.children(spans.parents[last]) if first <= each <= last]
    for first, last in lines:
        beside = [*spans.children(spans.parents[last])]
        left = [each for each in beside if each not in gone]
        held = next((True for each in beside if first <= each <= last for _ in spans.inside(each, *_HELD)), False)
        if held or first not in gone or not left or spans.names[left[-1]] != "w:p":
            raise refused("held", place)
        whole = spans.instead(first, last=last)
        ranges = [spans.at(each) for each in spans.inside(spans.parents[last], *_RANGES) if first < each]
        inside = [each for each in ranges if each.begin < whole.end]
        if left[-1] < first and inside:
            yield whole
            at = spans.at(left[-1]).begin
            yield Edit(at, at, b"".join(map(spans.slice, inside)))
            continue
        begins = [whole.start, *(each.end for each in inside)]
        yield from (
            Edit(*each, b"") for each in zip(begins, [*(each.begin for each in inside), whole.end], strict=True)
        )

"""Content controls (ECMA-376 part 1, 17.5.2) whose text changes: what they say about it must go on being true."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from html import unescape

from perfdoc.original.edits import Edit
from perfdoc.original.refusals import refused
from perfdoc.original.spans import Spans
from perfdoc.reading.docx.characters import character
from perfdoc.report import Place

_WRITTEN = re.compile(rb"<(?:[\w.-]+:)?t(?:\s[^<>]*)?>([^<]*)<|<(?:[\w.-]+:)?(br|cr|tab)\s*/>")
_CODE = re.compile("[0-9A-Fa-f]{1,6}")
_STATES = {"checkedState": b"1", "uncheckedState": b"0"}
_LOCKED = ("contentLocked", "sdtContentLocked")


def changed_controls(spans: Spans, containers: Iterable[int], edits: Iterable[Edit]) -> list[int]:
    """The controls in containers, and around them, in whose content something changes."""
    places = sorted({edit.start for edit in edits})
    near = [each for one in containers for each in (*spans.around(one), *spans.inside(one, "w:sdt"))]
    found = []
    for control in dict.fromkeys(each for each in near if spans.names[each] == "w:sdt"):
        content = spans.child(control, "w:sdtContent")
        if content is not None:
            span = spans.at(content)
            if bisect_left(places, span.begin) < bisect_right(places, span.close):
                found.append(control)
    return found


def text_after(spans: Spans, control: int, edits: Sequence[Edit]) -> str:
    """What a control says after edits."""
    span = spans.at(spans.child(control, "w:sdtContent") or control)
    inside = (edit for edit in edits if span.begin <= edit.start and edit.end <= span.end)
    said = b""
    for text, end in _WRITTEN.findall(spans.slice(span, inside)):
        said += {b"": text, b"tab": b"\t"}.get(end, b"\n")
    return unescape(said.decode())


def settled_controls(spans: Spans, controls: Iterable[int], edits: Sequence[Edit], place: Place) -> Iterator[Edit]:
    """The edits by which controls no longer show a prompt, name a date that they don't show, or are ticked otherwise.

    Raises RefusedError for one whose content is locked.
    """
    for control in controls:
        properties = spans.child(control, "w:sdtPr")
        if properties is None:
            continue
        if spans.value(spans.child(properties, "w:lock")) in _LOCKED:
            raise refused("locked", place)
        for each in spans.children(properties):
            if spans.names[each] == "w:showingPlcHdr":
                yield spans.instead(each)
            elif spans.names[each] == "w:date" and (found := spans.attribute(each, "fullDate")):
                yield Edit(*found, b"")
            elif spans.names[each] == "checkbox":
                yield from _ticked(spans, each, text_after(spans, control, edits).strip())


def _ticked(spans: Spans, box: int, text: str) -> Iterator[Edit]:
    """The state of a w14:checkbox ([MS-DOCX] 2.6.1.4) that shows a text; one that is neither of its signs says none."""
    checked = spans.child(box, "checked")
    for each in spans.children(box) if checked is not None else ():
        state = _STATES.get(spans.names[each])
        code = _CODE.fullmatch(spans.value(each) or "")
        if state and code and text == character(spans.value(each, "font") or "", int(code[0], 16)):
            edit = spans.valued(checked or 0, "val", state)
            yield from [edit] if edit else []

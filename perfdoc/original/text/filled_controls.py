"""Content controls (ECMA-376 part 1, 17.5.2) whose text changes: what they say about it must go on being true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perfdoc.original.refusals import refused
from perfdoc.original.spans import Edit, Spans
from perfdoc.report import Place

_LOCKED = ("contentLocked", "sdtContentLocked")


def changed_controls(spans: Spans, containers: Iterable[int], edits: Iterable[Edit]) -> list[int]:
    """The controls in containers, and around them, in whose content something changes."""
    places = {edit.start for edit in edits}
    near = [each for one in containers for each in (*spans.around(one), *spans.inside(one, "w:sdt"))]
    found = []
    for control in dict.fromkeys(each for each in near if spans.names[each] == "w:sdt"):
        content = spans.child(control, "w:sdtContent")
        if content is not None:
            span = spans.at(content)
            if any(span.begin <= place <= span.close for place in places):
                found.append(control)
    return found


def settled_controls(spans: Spans, controls: Iterable[int], place: Place) -> Iterator[Edit]:
    """The edits by which controls no longer show a prompt, or name a date that they don't show.

    Raises RefusedError for one whose content is locked.
    """
    for control in controls:
        properties = spans.child(control, "w:sdtPr")
        if properties is None:
            continue
        if spans.value(spans.child(properties, "w:lock")) in _LOCKED:
            raise refused("locked", place)
        for each in spans.children(properties):
            span = spans.at(each)
            if spans.names[each] == "w:showingPlcHdr":
                yield Edit(span.begin, span.end, b"")
            elif spans.names[each] == "w:date" and (found := spans.attribute(each, "fullDate")):
                yield Edit(*found, b"")

"""Numbers of lists, which Word works out (ECMA-376 part 1, 17.9): the next one, and a paragraph without one."""

import re

from perfdoc.original.edits import Edit
from perfdoc.original.spans import Spans

_BEFORE = ("w:pStyle", "w:keepNext", "w:keepLines", "w:pageBreakBefore", "w:framePr", "w:widowControl")
"""What stands before w:numPr in w:pPr (CT_PPrBase)."""


def following(label: str) -> str:
    """The number of a list that comes after another; of bullets, the same."""
    return re.sub(r"\d+(?!.*\d)", lambda found: str(int(found[0]) + 1), label)


def unnumbered(spans: Spans, paragraph: int) -> Edit | None:
    """The edit by which a paragraph is in no list (a w:numId of 0, 17.9.18), as itself or by its style.

    None where there is no list and no style, or a formula or a field, which may be what the paragraph begins with.
    """
    properties = spans.child(paragraph, "w:pPr")
    if properties is None or any(spans.inside(paragraph, "oMath", "w:fldChar", "w:fldSimple")):
        return None
    if spans.child(properties, "w:numPr") is not None:
        number = spans.child(properties, "w:numPr", "w:numId")
        return None if number is None else spans.valued(number, "val", b"0")
    style = spans.child(properties, "w:pStyle")
    value, attribute = (spans.valued(style, "val", b"0"), spans.attribute(style, "val")) if style else (None, None)
    if style is None or value is None or attribute is None:
        return None
    zero = spans.data[attribute[0] : value.start] + b"0" + spans.data[value.end : attribute[1]]
    group, number_id = spans.tag(style, "numPr"), spans.tag(style, "numId")
    at = max(spans.at(each).end for each in spans.children(properties) if spans.names[each] in _BEFORE)
    return Edit(at, at, b"<" + group + b"><" + number_id + zero + b"/></" + group + b">")

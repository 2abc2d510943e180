"""Content controls that are bound to a text in another part (w:dataBinding, ECMA-376 part 1, 17.5.2.6).

Word shows what stands there, so a text that changes in the control changes there too.
"""

import re
from collections.abc import Iterator, Sequence

from perfdoc.original.edits import Edit
from perfdoc.original.parts import Parts
from perfdoc.original.refusals import refused
from perfdoc.original.spans import Spans
from perfdoc.original.text.filled_controls import changed_controls, text_after
from perfdoc.original.text.runs import escaped
from perfdoc.report import Place

_STEPS = re.compile(r"(?:/(?:[\w.-]+:)?[\w.-]+(?:\[\d+\])?)+(?:/@(?:[\w.-]+:)?[\w.-]+|/text\(\))?")
_STEP = re.compile(r"/(@?)(?:[\w.-]+:)?([\w.-]+)(?:\[(\d+)\])?")
_PROPERTIES = {
    "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}": "core-properties",
    "{6668398D-A668-4E3E-A5EB-62B293D839F1}": "extended-properties",
}
"""The ids by which the properties of the file are bound, and how the package refers to them."""
_DATE = re.compile(r"\D*(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D*")
_LISTS = ("w:dropDownList", "w:comboBox")


def bound_edits(parts: Parts, main: str, spans: Spans, edits: Sequence[Edit]) -> Iterator[tuple[str, Edit]]:
    """The edits of other parts that edits of a part ask for, each with its part's name. Raises RefusedError."""
    if "w:dataBinding" not in spans.names:
        return
    for control in changed_controls(spans, [0], edits):
        binding = spans.child(control, "w:sdtPr", "w:dataBinding")
        store = _store(spans.value(binding, "storeItemID") or "", parts, main)
        if binding is None or not store:
            continue
        bound = parts.part(store)
        value = _value(spans, control, text_after(spans, control, edits))
        data = b"" if value is None else escaped(value).replace(b'"', b"&quot;")
        found = _bytes_of(bound, spans.value(binding, "xpath") or "", data)
        if found is None or value is None:
            raise refused("bound", Place(parts.file, part=spans.part), part=store)
        yield store, found


def _store(item: str, parts: Parts, main: str) -> str:
    """The part that a store's id names, or `""`: Word then shows what stands in the control."""
    if kind := _PROPERTIES.get(item.upper()):
        return parts.related("", kind)
    for one in parts.package.relationships(main) if item else ():
        props = parts.related(one.target, "customXmlProps") if one.kind == "customXml" and not one.external else ""
        if props and (parts.part(props).value(0, "itemID") or "").upper() == item.upper():
            return one.target
    return ""


def _bytes_of(spans: Spans, path: str, data: bytes) -> Edit | None:
    """The edit of what a path leads to; None where it leads nowhere, or is no plain path."""
    if not _STEPS.fullmatch(path):
        return None
    steps = _STEP.findall(path.removesuffix("/text()"))
    if spans.names[0].removeprefix("w:") != steps[0][1]:
        return None
    at = 0
    for is_attribute, name, number in steps[1:]:
        if is_attribute:
            return spans.valued(at, name, data)
        named = [each for each in spans.children(at) if spans.names[each].removeprefix("w:") == name]
        if len(named) < int(number or 1):
            return None
        at = named[int(number or 1) - 1]
    span = spans.at(at)
    if next(spans.children(at), None) is not None:
        return None
    return spans.appended(at, data) if span.is_empty else Edit(span.inner, span.close, data)


def _value(spans: Spans, control: int, text: str) -> str | None:
    """What the other part says where a control shows a text; None where that is not known."""
    properties = spans.child(control, "w:sdtPr")
    for each in spans.children(properties) if properties is not None and text.strip() else ():
        name = spans.names[each]
        if name == "w:date":
            found = _DATE.fullmatch(text)
            return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}T00:00:00" if found else None
        if name in _LISTS:
            items = {spans.value(item, "displayText"): spans.value(item, "value") for item in spans.children(each)}
            return items.get(text, text if name == "w:comboBox" else None)
        if name == "checkbox":
            return None
    return text

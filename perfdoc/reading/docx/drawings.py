"""Drawings, pictures, text boxes, formulas, embedded documents: text where they have it, a remark where not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree

from perfdoc.reading.codes import FORMULA, PICTURE
from perfdoc.reading.docx.alternate import chosen
from perfdoc.reading.docx.changes import TRACKS
from perfdoc.reading.docx.names import ALTERNATE, M_NS, TXBXCONTENT, T, m
from perfdoc.reading.docx.quote import shorten
from perfdoc.report import Severity

if TYPE_CHECKING:
    from perfdoc.reading.docx.words import Words

_Element = etree._Element
_VML = "urn:schemas-microsoft-com:vml"
_WORDART = f"{{{_VML}}}textpath"
_KINDS = {
    "blip": "a picture",
    "imagedata": "a picture",
    "chart": "a chart",
    "relIds": "a diagram",
    "OLEObject": "an embedded object",
}
_NAMED = tuple(f"{{*}}{name}" for name in _KINDS)
FORMULAS = (m("oMath"), m("oMathPara"))


def drawing(words: Words, element: _Element) -> None:
    """`w:drawing`, `w:pict`, `w:object`: its text boxes are stories of their own, the rest is named."""
    for box in _boxes(element):
        words.story.text_box(box)
    for art in element.iter(_WORDART):
        if art.get("string", "").strip():
            words.story.box_line(art.get("string", ""))
    picture = next(element.iter(*_NAMED), None)
    if picture is not None:
        kind = _KINDS[etree.QName(picture).localname]
        if kind == "an embedded object":
            kind += f" ({picture.get('ProgID', 'of unknown kind')})"
        title = _title(element)
        message = f"{kind} is not read" + (f": {shorten(title)}" if title else "")
        words.story.say(PICTURE, Severity.info, message, title)


def _boxes(element: _Element) -> Iterator[_Element]:
    """The outermost text boxes; one that stands in two versions once."""
    if next(element.iter(TXBXCONTENT), None) is None:
        return
    for child in element:
        if child.tag == TXBXCONTENT:
            yield child
        elif child.tag == ALTERNATE:
            branch = chosen(child)
            if branch is not None:
                yield from _boxes(branch)
        else:
            yield from _boxes(child)


def _title(element: _Element) -> str:
    """The alternative text, or the name, that the picture's author gave it."""
    for each in element.iter("{*}docPr", f"{{{_VML}}}shape"):
        text = each.get("descr") or each.get("title") or each.get("alt") or each.get("name") or ""
        if text:
            return text
    return ""


def formula(words: Words, element: _Element) -> None:
    """A formula in one line: `a/b`, `x^2`; a remark where it had more than one."""
    start = len(words.out)
    flat = _formula(words, element)
    text = "".join(words.out[start:])
    if text and not flat:
        words.story.say(FORMULA, Severity.info, f"a formula was written in one line: {shorten(text)}", text)


_BETWEEN = {m("f"): ("/",), m("sSup"): ("^",), m("sSub"): ("_",), m("sSubSup"): ("_", "^"), m("rad"): ("√",)}
"""What is written between the parts of a structure (ECMA-376 part 1, 22.1.2)."""


def _formula(words: Words, element: _Element) -> bool:
    """Write a formula's text; was it one line already?"""
    tag = str(element.tag)
    before, between, after = _marks(element, tag)
    flat = tag not in _BETWEEN
    words.out.append(before)
    parts = 0
    for child in element:
        name = str(child.tag)
        if name in (m("t"), T):
            words.out.append(child.text or "")
        elif name in TRACKS and not words.story.job.changes.shows(child, words.story.place()):
            continue
        elif not name.endswith("Pr"):  # as the names of all property elements do
            if parts and name.startswith(f"{{{M_NS}}}"):
                words.out.append(between[min(parts, len(between)) - 1] if between else "")
            parts += 1
            flat = _formula(words, child) and flat
    words.out.append(after)
    return flat


def _marks(element: _Element, tag: str) -> tuple[str, tuple[str, ...], str]:
    """The characters before, between and after the parts of a structure, which its properties may name."""
    if tag == m("d"):
        begin, between, end = (_mark(element, name, usual) for name, usual in _FENCES)
        return begin, (between,), end
    if tag == m("nary"):
        return _mark(element, "chr", "∫"), (), ""
    return "", _BETWEEN.get(tag, ()), ""


_FENCES = (("begChr", "("), ("sepChr", "|"), ("endChr", ")"))


def _mark(element: _Element, name: str, usual: str) -> str:
    mark = element.find(f"{element.tag}Pr/{m(name)}")
    return usual if mark is None else mark.get(m("val"), "")

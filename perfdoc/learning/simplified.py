"""A part's tree as a template can hold it: one version of everything, and nothing that is hidden in it.

Tracked changes are accepted, controls opened, other versions of a drawing dropped with their texts; what a save, a
reader or a reviewer leaves behind goes. Paragraphs and cells stay the same elements, so what was found by number
before is found after.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterator, Sequence
from typing import TypeVar

from lxml import etree

from perfdoc.reading.docx.namespaces import (
    BOOKMARKSTART,
    DEL,
    FLDCHAR,
    INSTRTEXT,
    MOVEFROM,
    NUMID,
    NUMPR,
    PPR,
    PSTYLE,
    RPR,
    SDT,
    SDTCONTENT,
    SDTPR,
    TRPR,
    VAL,
    VANISH,
    P,
    R,
    T,
    is_on,
    w,
)

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_GONE = tuple(
    map(
        w,
        (
            *("proofErr", "permStart", "permEnd", "lastRenderedPageBreak", "moveFromRangeStart", "moveFromRangeEnd"),
            *("moveToRangeStart", "moveToRangeEnd", "commentRangeStart", "commentRangeEnd", "commentReference"),
            *("annotationRef", "customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart"),
            *("customXmlDelRangeEnd", "pPrChange", "rPrChange", "tcPrChange", "trPrChange", "sectPrChange"),
            *("tblPrChange", "tblPrExChange", "tblGridChange", "numberingChange", "smartTagPr", "customXmlPr"),
        ),
    )
)
_NO_LOOK = tuple(map(w, ("tcW", "gridSpan", "vMerge", "rPr", "lang")))
_BEFORE_LIST = tuple(map(w, ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")))
_OPENED = tuple(map(w, ("ins", "moveTo", "smartTag", "customXml")))
REVIEWED = {"changes": (w("ins"), DEL, MOVEFROM), "comments": (w("commentReference"),)}
"""What a reviewer left in a file, by what is said of it: changes are accepted, comments left out."""
BOOKMARKS = (BOOKMARKSTART, w("bookmarkEnd"))


def plain(root: etree._Element, shown: Callable[[str], bool]) -> None:
    """Bring a part to this shape. `shown` says whether a text is one that the file shows, or only a prompt."""
    for version in list(root.iter(f"{_MC}Fallback")):
        if any(text.text for text in version.iter(T)):
            remove(version)
    _tracked(root)
    for element in list(root.iter(*_GONE)):
        remove(element)
    for control in list(root.iter(SDT)):
        _control(control, shown)
    for element in list(root.iter(*_OPENED)):
        _open(element)
    for run in list(root.iter(R)):
        hidden = run.find(f"{RPR}/{VANISH}")
        if hidden is not None and is_on(hidden.get(VAL)):
            remove(run)
    for drawn in root.iter(_DRAWN):
        for name in ("descr", "title"):
            drawn.attrib.pop(name, "")
        drawn.set("name", f"picture {drawn.get('id', '')}".strip())
    for element in root.iter(etree.Element):
        if isinstance(element.tag, str) and element.tag.startswith("{urn:schemas-microsoft-com:"):
            for name in ("alt", "title", "{urn:schemas-microsoft-com:office:office}title"):
                element.attrib.pop(name, "")


def remove(element: etree._Element) -> None:
    """Take an element out of its tree, what follows it left in place."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def without_picture(picture: etree._Element) -> None:
    """Remove a picture, with the run that holds nothing else."""
    run = next(picture.iterancestors(R), None)
    outer = picture
    parent = outer.getparent()
    while parent is not None and parent.tag != R and len(parent) == 1:
        outer, parent = parent, parent.getparent()
    remove(outer)
    if run is not None and not any(child.tag != RPR for child in run):
        remove(run)


def without_fields(paragraph: etree._Element, texts: Container[etree._Element | None]) -> None:
    """Leave of the fields in a paragraph that show some of its texts what they show.

    A value written there would be lost when they are updated; a page number stays.
    """
    opened: list[list[etree._Element]] = []
    meant: list[bool] = []
    for element in list(paragraph.iter(FLDCHAR, INSTRTEXT, T)):
        kind = element.get(w("fldCharType"))
        if element.tag == T:
            meant = [one or element in texts for one in meant]
        elif kind == "begin":
            opened.append([element])
            meant.append(False)
        elif opened:
            opened[-1].append(element)
        if kind == "end" and opened:
            marks = opened.pop()
            for one in marks if meant.pop() else ():
                remove(one)
    for element in list(paragraph.iter(w("fldSimple"), w("hyperlink"))):
        if any(text in texts for text in element.iter(T)):
            _open(element)


def unmarked(element: etree._Element) -> None:
    """Without bookmarks."""
    for mark in list(element.iter(*BOOKMARKS)):
        remove(mark)


def _tracked(root: etree._Element) -> None:
    for change in list(root.iter(DEL, MOVEFROM, w("ins"), w("cellDel"), w("cellIns"))):
        parent = change.getparent()
        if parent is None:
            continue
        owner = parent.getparent()
        goes = change.tag in (DEL, MOVEFROM, w("cellDel"))
        if parent.tag in (TRPR, w("tcPr")) and owner is not None:
            remove(owner if goes else change)
        elif parent.tag == RPR and owner is not None and owner.tag == PPR:
            remove(change)
            paragraph = owner.getparent()
            if goes and paragraph is not None:
                _join(paragraph)
        elif goes:
            remove(change)


def _join(paragraph: etree._Element) -> None:
    """A paragraph whose end is deleted goes on in the next one, which keeps its own look."""
    following = paragraph.getnext()
    if following is None or following.tag != P or paragraph.tag != P:
        return
    at = 1 if following.find(PPR) is not None else 0
    for child in [each for each in paragraph if each.tag != PPR]:
        following.insert(at, child)
        at += 1
    remove(paragraph)


def _control(control: etree._Element, shown: Callable[[str], bool]) -> None:
    """Open a content control; a prompt that nobody has overwritten goes."""
    prompts = control.find(f"{SDTPR}/{w('showingPlcHdr')}")
    content = control.find(SDTCONTENT)
    if prompts is not None and is_on(prompts.get(VAL)) and content is not None:
        texts = list(content.iter(T))
        if not shown("".join(text.text or "" for text in texts)):
            for text in texts:
                text.text = ""
    for style in [] if content is None else list(content.iter(w("rStyle"))):
        if style.get(VAL, "").lower().startswith("placeholder"):
            remove(style)
    if content is None:
        remove(control)
    else:
        _open(content)
        _open(control, keep=lambda child: child.tag not in (SDTPR, w("sdtEndPr")))


def _open(element: etree._Element, keep: Callable[[etree._Element], bool] = lambda child: True) -> None:
    """Put what an element holds in its place."""
    for child in list(element):
        if keep(child):
            element.addprevious(child)
    remove(element)


def unlisted(paragraph: etree._Element) -> None:
    """Take a paragraph out of its list (17.9.18): the number that Word puts there is a part of the value."""
    properties = paragraph.find(PPR)
    if properties is None or (properties.find(NUMPR) is None and properties.find(PSTYLE) is None):
        return
    for old in properties.findall(NUMPR):
        properties.remove(old)
    none = etree.Element(NUMPR)
    etree.SubElement(none, NUMID).set(VAL, "0")
    properties.insert(sum(one.tag in _BEFORE_LIST for one in properties), none)


def and_above(element: etree._Element) -> Iterator[etree._Element]:
    """An element, and those around it from the inside."""
    yield element
    yield from element.iterancestors()


def is_in_tree(element: etree._Element) -> bool:
    """Whether an element has not been taken out of its part."""
    *_, top = and_above(element)
    return str(top.tag).endswith(("}document", "}hdr", "}ftr", "}footnotes", "}endnotes"))


_Of = TypeVar("_Of")


def most_common(found: Sequence[_Of], by: Callable[[_Of], bytes]) -> _Of:
    """The first of those with the look that most have."""
    looks = [by(one) for one in found]
    (most, _), *_ = Counter(looks).most_common(1)
    return found[looks.index(most)]


def look_of(element: etree._Element | None) -> bytes:
    """How an element looks, whatever it says: its properties and those of what is in it, but for widths and merges."""
    if element is None:
        return b""
    parts = (
        etree.tostring(child, with_tail=False)
        for properties in element.iter(TRPR, w("tcPr"), PPR, RPR)
        for child in properties
        if child.tag not in _NO_LOOK
    )
    return b"".join(dict.fromkeys(parts))

"""A part's tree as a template can hold it: one version of everything, and nothing that is hidden in it.

Tracked changes are accepted, controls opened, other versions of a drawing dropped with their texts; what a save, a
reader or a reviewer leaves behind goes.
"""

import re
from collections.abc import Callable

from lxml import etree

from perfdoc.original.copying.copies import GONE, UNWRAPPED
from perfdoc.reading.docx.namespaces import (
    DEL,
    DSTRIKE,
    FLDCHAR,
    INSTRTEXT,
    MOVEFROM,
    PPR,
    RPR,
    SDT,
    SDTCONTENT,
    SDTPR,
    STRIKE,
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
_GONE = (
    *(w(name.decode()) for name in GONE if not name.endswith(b"noteReference")),
    *map(w, ("proofErr", "smartTagPr", "customXmlPr", "bookmarkStart", "bookmarkEnd")),
)
_KEPT_FIELD = re.compile(r"\s*(PAGE|NUMPAGES|SECTIONPAGES|SECTION|TOC|PAGEREF|HYPERLINK\s+\\l)\b", re.IGNORECASE)
"""Fields that count pages or list headings; a value in the result of another one would be lost with its next update."""
_OPENED = (*(w(name.decode()) for name in UNWRAPPED), w("smartTag"), w("customXml"))
REVIEWED = {"changes": (w("ins"), DEL, MOVEFROM), "comments": (w("commentReference"),)}
"""What a reviewer left in a file, by what is said of it: changes are accepted, comments left out."""


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
        marks = (run.find(f"{RPR}/{mark}") for mark in (VANISH, STRIKE, DSTRIKE))
        if any(mark is not None and is_on(mark.get(VAL)) for mark in marks):
            remove(run)
    _fields(root)
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


def _fields(root: etree._Element) -> None:
    """Leave of fields what they show, but for pages and contents."""
    opened: list[list[etree._Element]] = []
    for element in list(root.iter(FLDCHAR, INSTRTEXT)):
        kind = element.get(w("fldCharType"))
        if kind == "begin":
            opened.append([element])
        elif opened:
            opened[-1].append(element)
        if kind == "end" and opened:
            marks = opened.pop()
            code = "".join(one.text or "" for one in marks)
            shows = any(one.get(w("fldCharType")) == "separate" for one in marks)
            for one in marks if shows and not _KEPT_FIELD.match(code) else ():
                remove(one)
    for element in list(root.iter(w("fldSimple"), w("hyperlink"))):
        if not _KEPT_FIELD.match(element.get(w("instr"), "")) and element.get(w("anchor")) is None:
            _open(element)


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

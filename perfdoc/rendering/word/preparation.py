"""A template's parts before they are compiled: made lean, stand-ins exchanged, one project repeated for each.

A template opens in Word as it is, so it can't hold Jinja where Word wants a number or a name. There it has
stand-ins: the bookmarks `project_section` and `project_anchor`, and fields that are locked against updates.
A bureau draws one form; a template with a loop over `document.projects` is left as it is, one without is all one
project.
"""

import re

from lxml import etree

from perfdoc.errors import FormError
from perfdoc.texts import say

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"

STAND_INS = {
    "project_section": ("{{ project.section }}", "{{ project.section_id }}"),
    "project_anchor": ("{{ project.anchor }}", "{{ project.anchor_id }}"),
}
"""Bookmarks of a template: their names there, and the name and id that they have in the rendered document."""

_STAND_IN = re.compile(rf"\b({'|'.join(STAND_INS)})\b")
_NOISE = frozenset(f"{_W}{name}" for name in ("proofErr", "lastRenderedPageBreak", "noProof"))
_SAVES = frozenset(f"{_W}{name}" for name in ("rsidR", "rsidRDefault", "rsidP", "rsidRPr", "rsidTr", "rsidSect"))
_IDS = frozenset((f"{_W14}paraId", f"{_W14}textId"))


def prepare(root: etree._Element, where: str) -> int:
    """Make a part ready for docxtpl; the first bookmark id that it leaves free. FormError where it can't be."""
    _thin(root)
    _part_tags(root)
    free = _number_bookmarks(root, where)
    for element in root.iter(f"{_W}hyperlink", f"{_W}fldSimple", f"{_W}instrText"):
        for name in (f"{_W}anchor", f"{_W}instr"):
            given = element.get(name)
            if given is not None:
                element.set(name, _STAND_IN.sub(_meaning, given))
        if element.text:
            element.text = _STAND_IN.sub(_meaning, element.text)
    _unlock(root)
    return free


def _meaning(found: re.Match[str]) -> str:
    return STAND_INS[found[1]][0]


def _thin(root: etree._Element) -> None:
    """Without what Word and WPS leave behind at each save; it would be repeated for every row."""
    for element in list(root.iter(etree.Element)):
        if element.tag in _NOISE:
            _remove(element)
            continue
        for name in (_SAVES | _IDS).intersection(element.attrib):
            del element.attrib[name]


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _part_tags(root: etree._Element) -> None:
    """A tag's paragraph goes with all that stands in it, so the marks of a field get a paragraph of their own.

    LibreOffice, when it saves a template, ends the table of contents in the paragraph of the next tag.
    """
    for paragraph in list(root.iter(f"{_W}p")):
        marks = [run for run in paragraph.findall(f"{_W}r") if run.find(f"{_W}fldChar") is not None]
        if marks and "".join(text.text or "" for text in paragraph.iter(f"{_W}t")).startswith("{%p "):
            beside = etree.Element(f"{_W}p")
            beside.extend(marks)
            paragraph.addnext(beside)


def _number_bookmarks(root: etree._Element, where: str) -> int:
    ends = {end.get(f"{_W}id"): end for end in root.iter(f"{_W}bookmarkEnd")}
    number = 0
    for start in list(root.iter(f"{_W}bookmarkStart")):
        name, end = start.get(f"{_W}name", ""), ends.get(start.get(f"{_W}id"))
        if end is None:
            raise FormError(say("rendering.bookmark.open", where=where, name=repr(name)))
        if name == "_GoBack":  # where the cursor stood when Word saved
            _remove(start)
            _remove(end)
            continue
        if name in STAND_INS:
            name, mark = STAND_INS[name]
        else:
            mark, number = str(number), number + 1
        start.set(f"{_W}name", name)
        start.set(f"{_W}id", mark)
        end.set(f"{_W}id", mark)
    return number


def _unlock(root: etree._Element) -> None:
    """Fields are locked in a template, lest F9 wipe out its tags; in the document they are free.

    The table of contents is marked as out of date where its page numbers are not known (17.16.18, `dirty`).
    """
    opened: etree._Element | None = None
    for element in root.iter(f"{_W}fldChar", f"{_W}instrText", f"{_W}fldSimple"):
        if element.tag == f"{_W}instrText":
            if opened is not None and (element.text or "").split()[:1] == ["TOC"]:
                opened.set(f"{_W}dirty", "{{ document.stale }}")
            opened = None
            continue
        element.attrib.pop(f"{_W}fldLock", "")
        if element.get(f"{_W}fldCharType") == "begin":
            opened = element


_PROJECTS = re.compile(r"\{%[-+]?\s*(?:p|tr|tc|r)?\s*for\s+\w+\s+in\s+document\.projects\b")
_BEGIN = ("{%p for project in document.projects %}", "{%p if not loop.first %}", "", "{%p endif %}")
_END = "{%p endfor %}"


def loop(root: etree._Element) -> None:
    """Repeat the body of a document for each project, on a page of its own, where no loop over them stands in it."""
    body = root.find(f"{_W}body")
    if body is None or any(_PROJECTS.search(_text(one)) for one in body.iter(f"{_W}p")):
        return
    for name in ("bookmarkStart", "bookmarkEnd"):
        for mark in list(body.iter(f"{_W}{name}")):
            if _stray(mark, body) and (parent := mark.getparent()) is not None:
                parent.remove(mark)
    end = len(body) - (len(body) > 0 and body[-1].tag == f"{_W}sectPr")
    body.insert(end, _paragraph(_END))
    for number, text in enumerate(_BEGIN):
        body.insert(number, _paragraph(text))


def _stray(mark: etree._Element, body: etree._Element) -> bool:
    """Whether a bookmark is one that Word or a reader set for themselves: it can't stand in a document many times."""
    starts = (mark,) if mark.tag == f"{_W}bookmarkStart" else body.iter(f"{_W}bookmarkStart")
    return not any(one.get(f"{_W}id") == mark.get(f"{_W}id") and one.get(f"{_W}name") in STAND_INS for one in starts)


def _text(paragraph: etree._Element) -> str:
    return "".join(one.text or "" for one in paragraph.iter(f"{_W}t"))


def _paragraph(text: str) -> etree._Element:
    """A paragraph with a tag, or the lowest one that there is, at the top of a page."""
    made = etree.Element(f"{_W}p")
    if text:
        etree.SubElement(etree.SubElement(made, f"{_W}r"), f"{_W}t").text = text
        return made
    look = etree.SubElement(made, f"{_W}pPr")
    etree.SubElement(look, f"{_W}pageBreakBefore")
    spacing = {"before": "0", "after": "0", "line": "20", "lineRule": "exact"}
    etree.SubElement(look, f"{_W}spacing", {f"{_W}{name}": value for name, value in spacing.items()})
    return made

"""A template before it is compiled: one that shows a single project is repeated for each.

A bureau draws one form; that a document may hold many is perfdoc's affair. A template with a loop over
`document.projects` is left as it is, one without is all one project.
"""

from __future__ import annotations

import re

from lxml import etree

from perfdoc.rendering.word.stand_ins import STAND_INS

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
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

"""Content controls (ECMA-376 part 1, 17.5.2): read through; two of their properties matter."""

from __future__ import annotations

from lxml import etree

from perfdoc.reading.codes import PROMPT
from perfdoc.reading.docx.context import Story
from perfdoc.reading.docx.marks import CONTENTS, Remark, shorten
from perfdoc.reading.docx.namespaces import SDT, VAL, P, T, is_on, w
from perfdoc.report import Severity

_SHOWS_PROMPT, _GALLERY = w("showingPlcHdr"), w("docPartGallery")
TAGS = (_SHOWS_PROMPT, _GALLERY)


def controls(block: etree._Element, story: Story) -> None:
    """Say which control may show its prompt; mark the lines of a table of contents."""
    for each in list(block.iter(*TAGS)):
        control = next(each.iterancestors(SDT), None)
        if control is None:
            continue
        if each.tag == _GALLERY:
            if each.get(VAL) == "Table of Contents":
                for paragraph in control.iter(P):
                    paragraph.set(CONTENTS, "")
        elif is_on(each.get(VAL)):
            _say_prompt(control, story)


def _say_prompt(control: etree._Element, story: Story) -> None:
    """Programs that fill a control often leave the mark of its prompt in place: its text is kept, and said."""
    text = "".join(each.text or "" for each in control.iter(T))
    if text.strip():
        message = f"{shorten(text)!r} stands in a content control that is marked as not filled in"
        control.append(story.marks.element(Remark(PROMPT, Severity.info, message, text)))

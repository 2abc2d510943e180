"""What each element between paragraphs becomes: `BLOCKS`. What it does not name, and holds text, is read through."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from lxml import etree

from perfdoc.reading.docx import inline
from perfdoc.reading.docx.alternate import chosen
from perfdoc.reading.docx.changes import TRACKS
from perfdoc.reading.docx.names import (
    ALTCHUNK,
    ALTERNATE,
    BOOKMARKSTART,
    CUSTOMXML,
    DELTEXT,
    SDT,
    SDTCONTENT,
    SDTPR,
    SECTPR,
    TBL,
    VAL,
    P,
    T,
    w,
)

if TYPE_CHECKING:
    from perfdoc.reading.docx.story import Story

_Element = etree._Element


def other(story: Story, element: _Element) -> None:
    """What is not known among blocks: read through where it holds paragraphs, or a paragraph where text."""
    if next(element.iter(P, TBL), None) is not None:
        story.walk(element)
    elif next(element.iter(T, DELTEXT), None) is not None:
        story.loose(element)


def _tracked(story: Story, element: _Element) -> None:
    if next(element.iter(P, TBL), None) is None:
        other(story, element)  # the tracked runs count as such when they are read
    elif story.job.changes.shows(element, story.place()):
        story.walk(element)


def _control(story: Story, element: _Element) -> None:
    story.controls.append(False)
    story.walk(element)
    story.controls.pop()
    inline.look_for_prompt(story.words, element)


def _control_properties(story: Story, element: _Element) -> None:
    """w:sdtPr of a control among blocks: is it a table of contents?"""
    gallery = next(element.iter(w("docPartGallery")), None)
    if gallery is not None and story.controls and gallery.get(VAL) == "Table of Contents":
        story.controls[-1] = True


def _alternate(story: Story, element: _Element) -> None:
    branch = chosen(element)
    if branch is not None:
        story.walk(branch)


def _walk(story: Story, element: _Element) -> None:
    story.walk(element)


def _embedded(story: Story, element: _Element) -> None:
    story.embedded(element)


def _bookmark(story: Story, element: _Element) -> None:
    story.bookmark(element)


def _section(story: Story, element: _Element) -> None:
    story.section(element)


BLOCKS: dict[object, Callable[[Story, _Element], None]] = {
    SDT: _control,
    SDTPR: _control_properties,
    SDTCONTENT: _walk,
    CUSTOMXML: _walk,
    ALTERNATE: _alternate,
    BOOKMARKSTART: _bookmark,
    SECTPR: _section,
    ALTCHUNK: _embedded,
    w("subDoc"): _embedded,
    **dict.fromkeys(TRACKS, _tracked),
}

"""What w:pPr says of a paragraph, with what its style adds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from perfdoc.reading.docx.changes import TRACKS
from perfdoc.reading.docx.names import (
    ILVL,
    NUMID,
    NUMPR,
    OUTLINELVL,
    PSTYLE,
    RPR,
    SECTPR,
    VAL,
    VANISH,
    is_on,
)
from perfdoc.reading.docx.styles import integer_of, outline_of, value_of

if TYPE_CHECKING:
    from perfdoc.reading.docx.story import Story


class Properties(NamedTuple):
    """`joins`: the paragraph's end is deleted or hidden, so that the next one goes on in it.

    `outline` is 0 for body text, `number` (list, level) or None; `hidden` its text's default.
    """

    style: str = ""
    outline: int = 0
    number: tuple[str, int | None] | None = None
    joins: bool = False
    contents: bool = False
    hidden: bool = False


def of_style(story: Story, style_id: str) -> Properties:
    """A paragraph that has nothing but its style, or nothing at all; made once for each style."""
    known = story.job.plain_properties
    found = known.get(style_id)
    if found is None:
        style = story.job.styles.of(style_id)
        found = Properties(style_id, style.outline, style.number, False, style.contents, style.hidden)
        known[style_id] = found
    return found


def properties(story: Story, element: etree._Element) -> Properties:
    """Read a w:pPr; sections that end here are told to the story, tracked marks counted."""
    style_id, outline, joins = "", None, False
    number_id: str | None = None
    level: int | None = None
    for each in element:
        tag = each.tag
        if tag == PSTYLE:
            style_id = each.get(VAL, "")
        elif tag == OUTLINELVL:
            outline = integer_of(each)
        elif tag == NUMPR:
            number_id, level = value_of(each.find(NUMID)), integer_of(each.find(ILVL))
        elif tag == RPR:
            joins = _mark_is_gone(story, each)
        elif tag == SECTPR:
            story.section(each)
    plain = of_style(story, style_id)
    if outline is None and number_id is None and level is None and not joins:
        return plain
    number = plain.number
    if number_id is not None:
        number = (number_id, level) if number_id != "0" else None  # 0 takes the style's list away, 17.9.18
    elif number is not None and level is not None:
        number = (number[0], level)
    outline = plain.outline if outline is None else outline_of(outline)
    return plain._replace(outline=outline, number=number, joins=joins)


def _mark_is_gone(story: Story, mark: etree._Element) -> bool:
    """The paragraph's end is itself deleted, under the policy, or hidden (ECMA-376 part 1, 17.13.5.15)."""
    gone = False
    for each in mark:
        if each.tag == VANISH:
            gone = gone or is_on(each.get(VAL))
        elif each.tag in TRACKS:
            gone = not story.job.changes.shows(each, story.place()) or gone
    return gone

"""Hidden text (w:vanish, ECMA-376 part 1, 17.3.2.41): not displayed, and not read."""

from __future__ import annotations

from lxml import etree

from perfdoc.reading.docx.characters import WRITTEN, text_of
from perfdoc.reading.docx.context import Story
from perfdoc.reading.docx.marks import JOINS, Hidden, replace
from perfdoc.reading.docx.namespaces import PPR, PSTYLE, RPR, RSTYLE, VAL, VANISH, P, R, is_on
from perfdoc.reading.docx.styles import Styles, value_of

TAGS = (VANISH, PSTYLE, RSTYLE, P)


def hidden(block: etree._Element, story: Story) -> None:
    """Take hidden runs out, and let the next paragraph go on where a paragraph's end is hidden."""
    styles = story.context.styles
    if next(block.iter(VANISH), None) is None and not styles.any_hidden:
        return
    for properties in block.iter(PPR):
        end, paragraph = properties.find(f"{RPR}/{VANISH}"), properties.getparent()
        if end is not None and is_on(end.get(VAL)) and paragraph is not None:
            paragraph.set(JOINS, "")
    for run in list(block.iter(R)):
        _run(run, _by_paragraph(run, styles), story)


def _by_paragraph(run: etree._Element, styles: Styles) -> bool:
    """Does the style of its paragraph hide a run?"""
    paragraph = next(run.iterancestors(P), None) if styles.any_hidden else None
    style = None if paragraph is None else value_of(paragraph.find(f"{PPR}/{PSTYLE}"))
    return styles.of(style or "").hidden


def _run(run: etree._Element, by_style: bool, story: Story) -> None:
    if not _is_hidden(run, by_style, story.context.styles):
        return
    found = [each for child in run if child.tag != RPR for each in child.iter(*WRITTEN)]
    text = text_of(*found)
    for each in found:
        replace(each)
    if text:
        run.append(story.marks.element(Hidden(text)))


def _is_hidden(run: etree._Element, by_style: bool, styles: Styles) -> bool:
    properties = run[0] if len(run) and run[0].tag == RPR else None
    if properties is None:
        return by_style
    direct = properties.find(VANISH)
    if direct is not None:
        return is_on(direct.get(VAL))
    style = value_of(properties.find(RSTYLE))
    # A toggle property: set by both styles, they cancel out (ECMA-376 part 1, 17.7.3).
    return by_style != (bool(style) and styles.of(style or "").hidden)

"""Struck-through text (w:strike, w:dstrike; ECMA-376 part 1, 17.3.2.37, 17.3.2.9): deleted by hand, to be seen."""

from itertools import groupby

from lxml import etree

from perfdoc.reading.docx.characters import WRITTEN, text_of
from perfdoc.reading.docx.context import Story
from perfdoc.reading.docx.marks import JOINS, LABEL, Struck, replace
from perfdoc.reading.docx.namespaces import DSTRIKE, PSTYLE, RPR, RSTYLE, STRIKE, TC, P, R
from perfdoc.reading.docx.styles import STRUCK

TAGS = (STRIKE, DSTRIKE, PSTYLE, RSTYLE, P)


def struck(block: etree._Element, story: Story) -> None:
    """Take it out as what was deleted, unless changes are rejected; leave a mark for each stretch."""
    styles = story.context.styles
    if next(block.iter(STRIKE, DSTRIKE), None) is None and not styles.any_toggles:
        return
    kept = story.context.tracked.policy == "reject"
    for paragraph in list(block.iter(P)):
        runs = [run for run in paragraph.iter(R) if next(run.iterancestors(P), None) is paragraph]
        emptied = False
        for is_struck, found in groupby(runs, lambda run: STRUCK.is_on(run, styles)):
            if is_struck:
                emptied = _stretch(list(found), kept, story) or emptied
        if emptied and not text_of(paragraph).strip():
            _take_line(paragraph)


def _stretch(runs: list[etree._Element], kept: bool, story: Story) -> bool:
    """Mark a stretch of runs; was a text taken out?"""
    found = [each for run in runs for child in run if child.tag != RPR for each in child.iter(*WRITTEN)]
    text = text_of(*found)
    if not text.strip():
        return False
    runs[-1].append(story.marks.element(Struck(text)))
    if kept:
        return False
    for each in found:
        replace(each)
    return True


def _take_line(paragraph: etree._Element) -> None:
    """A line of a cell of which nothing is left goes; the line before or after it joins it."""
    parent = paragraph.getparent()
    if parent is None or parent.tag != TC or paragraph.get(LABEL):
        return
    before, after = next(paragraph.itersiblings(P, preceding=True), None), next(paragraph.itersiblings(P), None)
    if after is not None:
        paragraph.set(JOINS, "")
    elif before is not None:
        before.set(JOINS, "")

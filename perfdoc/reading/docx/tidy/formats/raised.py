"""Raised text (w:vertAlign, ECMA-376 part 1, 17.3.2.42): digits and signs become Unicode's superscripts."""

from itertools import groupby

from lxml import etree

from perfdoc.reading.docx.characters import text
from perfdoc.reading.docx.context import Story
from perfdoc.reading.docx.marks import TEXT
from perfdoc.reading.docx.namespaces import PSTYLE, RPR, RSTYLE, VERTALIGN, P, R, T
from perfdoc.reading.docx.styles import Styles, value_of
from perfdoc.reading.superscript import superscript

TAGS = (VERTALIGN, PSTYLE, RSTYLE, P)


def raised(block: etree._Element, story: Story) -> None:
    """Write what stands raised; runs beside each other are one text, which is digits and signs alone or stays."""
    styles = story.context.styles
    if next(block.iter(VERTALIGN), None) is None and not styles.any_toggles:
        return
    for paragraph in [block, *block.iterdescendants(P)]:
        for is_up, runs in groupby(paragraph.iterchildren(R), lambda run: _is_raised(run, styles)):
            if is_up:
                _write([each for run in runs for each in run.iterchildren(T, TEXT)])


def _write(texts: list[etree._Element]) -> None:
    shown = [text(each) if each.tag == T else each.text or "" for each in texts]
    whole = "".join(shown)
    if superscript(whole) != whole:
        for element, one in zip(texts, shown, strict=True):
            element.tag, element.text = TEXT, superscript(one)


def _is_raised(run: etree._Element, styles: Styles) -> bool:
    properties = run[0] if len(run) and run[0].tag == RPR else None
    direct = None if properties is None else value_of(properties.find(VERTALIGN))
    if direct is not None:
        return direct == "superscript"
    style = None if properties is None else value_of(properties.find(RSTYLE))
    return bool(style) and styles.of(style or "").raised

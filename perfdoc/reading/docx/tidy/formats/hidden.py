"""Hidden text (w:vanish, ECMA-376 part 1, 17.3.2.41): not displayed, and not read."""

from lxml import etree

from perfdoc.reading.docx.characters import WRITTEN, text_of
from perfdoc.reading.docx.context import Story
from perfdoc.reading.docx.marks import JOINS, Hidden, replace
from perfdoc.reading.docx.namespaces import PPR, PSTYLE, RPR, RSTYLE, VANISH, P, R
from perfdoc.reading.docx.styles import HIDDEN, is_set

TAGS = (VANISH, PSTYLE, RSTYLE, P)


def hidden(block: etree._Element, story: Story) -> None:
    """Take hidden runs out, and let the next paragraph go on where a paragraph's end is hidden."""
    if next(block.iter(VANISH), None) is None and not story.context.styles.any_toggles:
        return
    for properties in block.iter(PPR):
        paragraph = properties.getparent()
        if paragraph is not None and is_set(properties.find(f"{RPR}/{VANISH}")):
            paragraph.set(JOINS, "")
    for run in list(block.iter(R)):
        _run(run, story)


def _run(run: etree._Element, story: Story) -> None:
    if not HIDDEN.is_on(run, story.context.styles):
        return
    found = [each for child in run if child.tag != RPR for each in child.iter(*WRITTEN)]
    text = text_of(*found)
    for each in found:
        replace(each)
    if text:
        run.append(story.marks.element(Hidden(text)))

"""Content controls that repeat the text of the one before: saved as .docx, a text is a row of them."""

from lxml import etree

from perfdoc.reading.docx.characters import WRITTEN, leaf_of, text_of
from perfdoc.reading.docx.context import Story
from perfdoc.reading.docx.marks import Doubtful, replace
from perfdoc.reading.docx.namespaces import SDT, SDTCONTENT, R


def repeated_controls(block: etree._Element, story: Story) -> None:
    """Take repetitions out. A control around a single run, as each is, may hold deleted text also where it has none."""
    read: dict[etree._Element, tuple[str, bool]] = {}
    """The text of each control, or what it repeats, and whether it repeats."""
    for control, previous in [(each, each.getprevious()) for each in block.iter(SDT)]:
        content = control.find(SDTCONTENT)
        if content is None or next(content.iter(SDT), None) is not None:
            continue
        before, repeated = ("", False) if previous is None else read.get(previous, ("", False))
        is_one_run = len(content) == 1 and content[0].tag == R
        pieces = [text_of(each) for each in content.iter(*WRITTEN)]
        text = "".join(pieces)
        if is_one_run and (repeats(pieces, before) or (repeated and text == before)):
            if story.context.sources is not None:
                story.context.sources.repeat(story.source, map(leaf_of, content.iter(*WRITTEN)))
            replace(control, *([] if repeated else [story.marks.element(Doubtful(before, several=True))]))
            read[control] = before, True
        else:
            read[control] = text, False
            if is_one_run and text:
                content.append(story.marks.element(Doubtful(text, several=False)))


def repeats(pieces: list[str], before: str) -> bool:
    """Do the pieces of a text say a stretch of the text before it, and then all of it again?"""
    text = "".join(pieces)
    stretch = text.removesuffix(before)
    if not before or stretch == text or not stretch or stretch not in before:
        return False
    said = ""
    for piece in pieces:
        said += piece
        if said == stretch:
            return True
    return False

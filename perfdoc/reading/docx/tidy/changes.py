"""Tracked changes (ECMA-376 part 1, 17.13.5): what the policy does not show goes; each is counted at its place."""

from lxml import etree

from perfdoc.reading.docx.context import Story
from perfdoc.reading.docx.marks import GONE, JOINS, Change, replace
from perfdoc.reading.docx.namespaces import AUTHOR, DATE, DELTEXT, PPR, RPR, TC, TCPR, TR, TRPR, VAL, VMERGE, P, T, w
from perfdoc.reading.docx.tracked import TRACKS

_MERGE = w("cellMerge")
TAGS = (*TRACKS, _MERGE, DELTEXT)
FORMATS = tuple(map(w, ("pPrChange", "rPrChange", "tcPrChange", "trPrChange", "sectPrChange", "numberingChange")))
"""What properties were before a tracked change of format."""


def formats(block: etree._Element, story: Story) -> None:
    """Take out what properties were: nothing of it counts."""
    for element in list(block.iter(*FORMATS)):
        replace(element)


def changes(block: etree._Element, story: Story) -> None:
    """Take out what is not shown; leave a mark for each change."""
    for change in list(block.iter(*TRACKS)):
        parent = change.getparent()
        if change.tag not in TRACKS or parent is None:
            continue  # it stands in what was taken out
        owner = parent.getparent()
        if parent.tag == TRPR and owner is not None and owner.tag == TR:
            _whole(parent, owner, "row", story)
        elif parent.tag == TCPR and owner is not None and owner.tag == TC:
            _whole(parent, owner, "cell", story)
        elif parent.tag == RPR and owner is not None and owner.tag == PPR:
            _paragraph_end(change, owner, story)
        elif not str(parent.tag).endswith("Pr"):
            _content(change, story)
    for merge in list(block.iter(_MERGE)):
        _merge(merge, story)
    for text in block.iter(DELTEXT):
        text.tag = T


def _mark(change: etree._Element, story: Story, gone: etree._Element | None = None, ends: str = "") -> etree._Element:
    """The mark of a change, with the text of the element that goes with it."""
    text = "" if gone is None else "".join(each.text or "" for each in gone.iter(T, DELTEXT))
    return story.marks.element(Change(str(change.tag), change.get(AUTHOR, ""), change.get(DATE, ""), text, ends))


def _content(change: etree._Element, story: Story) -> None:
    """A change around runs, paragraphs or rows."""
    if change.tag in story.context.tracked.hidden:
        mark = _mark(change, story, change)
        _drop(change)
        replace(change, mark)
    else:
        change.addprevious(_mark(change, story))


def _whole(properties: etree._Element, owner: etree._Element, what: str, story: Story) -> None:
    """A row or a cell that is tracked as inserted or deleted."""
    found = list(properties.iterchildren(*TRACKS))
    if any(each.tag in story.context.tracked.hidden for each in found):
        marks = [_mark(each, story, owner, what) for each in found]
        _drop(owner)
        replace(owner, *marks)
    else:
        for each in found:
            replace(each, _mark(each, story))


def _paragraph_end(change: etree._Element, properties: etree._Element, story: Story) -> None:
    """The end of a paragraph is inserted or deleted (17.13.5.15): the next one goes on in it, or not."""
    paragraph = properties.getparent()
    if paragraph is not None and paragraph.tag == P and change.tag in story.context.tracked.hidden:
        paragraph.set(JOINS, "")
    replace(change, _mark(change, story))


def _drop(element: etree._Element) -> None:
    """Changes inside what goes are none any more."""
    for inner in element.iter(*TRACKS):
        inner.tag = GONE


def _merge(merge: etree._Element, story: Story) -> None:
    """w:cellMerge (17.13.5.3): the merge after, or before, a tracked change."""
    name = "vMergeOrig" if story.context.tracked.policy == "reject" else "vMerge"
    value = {"rest": "restart", "cont": "continue"}.get(merge.get(w(name), ""))
    if value is not None:
        merge.tag = VMERGE
        merge.set(VAL, value)

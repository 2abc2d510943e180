"""Tables inside cells (ECMA-376 part 1, 17.4.37): read after the outer one, or taken for lines of the cell."""

from lxml import etree

from perfdoc.reading.docx.characters import WRITTEN, text_of
from perfdoc.reading.docx.context import Story
from perfdoc.reading.docx.grid import continues
from perfdoc.reading.docx.marks import GONE, LABEL, MARK, Change, Nested, replace
from perfdoc.reading.docx.namespaces import HMERGE, TBL, TC, TCPR, TR, VAL, P

TAGS = (TBL,)
_Frames = dict[etree._Element, tuple[etree._Element, etree._Element]]
"""Where the frames of a cell begin and end."""


def nested(block: etree._Element, story: Story) -> None:
    """Put a mark in the place of each. The inner ones come first."""
    frames: _Frames = {}
    for table in reversed(list(block.iter(TBL))):
        around = next(table.iterancestors(TC, P), None)
        if table is block or around is None:
            continue
        rows = list(table.iter(TR))
        is_frame = bool(rows) and all(len(_cells(row)) <= 1 for row in rows)
        mark = story.marks.element(Nested(None if is_frame or not rows else table))
        table.addprevious(mark)
        if is_frame:
            end = etree.Element(GONE)
            table.addnext(end)
            frames[around] = (mark, frames[around][1] if around in frames else end)
            _unframe(table, frames, story)
        else:
            replace(table)
    for around in frames:
        _take_blank_lines(around, *frames[around])


def _cells(row: etree._Element) -> list[etree._Element]:
    """The cells of a row without those that the old horizontal merge hides."""
    cells = list(row.iter(TC))
    merges = [cell.find(f"{TCPR}/{HMERGE}") for cell in cells]
    return [
        cell
        for at, (cell, merge) in enumerate(zip(cells, merges, strict=True))
        if not at or merge is None or merge.get(VAL) == "restart"
    ]


def _unframe(table: etree._Element, frames: _Frames, story: Story) -> None:
    """A nested table of a single column is to the eye a frame around lines of the cell."""
    for each in list(table.iter(TC, MARK)):
        if each.tag == TC:
            if each in frames:
                _take_blank_lines(each, *frames.pop(each))
            if not continues(each) or text_of(each):
                for child in list(each):
                    if child.tag != TCPR:
                        table.addprevious(child)
        elif each.getparent() is not None and next(each.iterancestors(TC, TBL), None) is table:
            mark = story.marks.of(each)
            if isinstance(mark, Change):
                story.marks.change(each, mark._replace(ends=""))
            table.addprevious(each)
    replace(table)


def _take_blank_lines(around: etree._Element, begin: etree._Element, end: etree._Element) -> None:
    """Blank paragraphs around the frames of a cell, of which it must end with one, are no lines."""
    sides: tuple[list[etree._Element], list[etree._Element]] = ([], [])
    side: list[etree._Element] | None = sides[0]
    for each in around.iter(P, MARK, GONE):
        if each is begin:
            side = None
        elif each is end:
            side = sides[1]
        elif side is not None and each.tag == P:
            side.append(each)
    for lines in sides:
        if not any(line.get(LABEL) or text_of(line).strip("\n") for line in lines):
            for line in lines:
                line.tag = GONE
                for each in list(line.iter(*WRITTEN)):
                    replace(each)

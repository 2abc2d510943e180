"""Lines of a cell that are all deleted or hidden: in a .doc and an .rtf LibreOffice forgets that their ends are too."""

from lxml import etree

from perfdoc.reading.codes import UNCERTAIN
from perfdoc.reading.docx.characters import text_of
from perfdoc.reading.docx.context import Story
from perfdoc.reading.docx.marks import GONE, Remark
from perfdoc.reading.docx.namespaces import PPR, RPR, TC, VANISH, P, R
from perfdoc.reading.docx.styles import is_set
from perfdoc.report import Severity
from perfdoc.texts import say


def lines_that_are_gone(block: etree._Element, story: Story) -> None:
    """Make such a paragraph none; what is in it is tidied like any other text."""
    gone = [each for each in block.iter(P) if _is_gone(each, story.context.tracked.hidden)]
    cells = {each: next(each.iterancestors(TC), None) for each in gone}
    for paragraph, cell in cells.items():
        if cell is not None:
            paragraph.tag = GONE
    for cell in dict.fromkeys(cells.values()):
        text = "" if cell is None else "\n".join(text_of(each) for each in cell.iter(P))
        if cell is not None and text:
            cell.append(story.marks.element(Remark(UNCERTAIN, Severity.warning, say("docx.line_gone"), text)))


def _is_gone(paragraph: etree._Element, hidden: frozenset[str]) -> bool:
    held = [each for each in paragraph if each.tag != PPR]
    return bool(held) and all(
        each.tag in hidden or (each.tag == R and is_set(each.find(f"{RPR}/{VANISH}"))) for each in held
    )

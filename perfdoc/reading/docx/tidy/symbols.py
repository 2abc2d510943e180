"""w:sym: a character by its code in a font (ECMA-376 part 1, 17.3.3.30)."""

from lxml import etree

from perfdoc.reading.codes import SYMBOL
from perfdoc.reading.docx.characters import UNKNOWN, character, unknown_symbol
from perfdoc.reading.docx.context import Story
from perfdoc.reading.docx.marks import LEAF, Remark, replace, written
from perfdoc.reading.docx.namespaces import w
from perfdoc.report import Severity

TAGS = (w("sym"),)


def symbols(block: etree._Element, story: Story) -> None:
    """Write what each looks like."""
    for element in list(block.iter(*TAGS)):
        try:
            code = max(int(element.get(w("char"), ""), 16), -1)
        except ValueError:
            code = 0
        font = element.get(w("font"), "")
        shown = character(font, code) if code >= 0 else UNKNOWN
        marks = []
        if shown == UNKNOWN:
            said = Remark(SYMBOL, Severity.warning, unknown_symbol(font, max(code, 0)), UNKNOWN)
            marks.append(story.marks.element(said))
        made = written(shown)
        if leaf := element.get(LEAF):
            made.set(LEAF, leaf)
        replace(element, *marks, made)

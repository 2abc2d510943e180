"""Fields: their result is text, their code is not (ECMA-376 part 1, 17.16).

A complex field runs over runs and paragraphs: begin, code, separate, result, end, and others nested in either
half. Text in the code half goes when the field proves to be one, so that a field that never ends loses no text.
"""

import re
from collections.abc import Iterable

from lxml import etree

from perfdoc.reading.codes import DAMAGED, ERROR_VALUE, FIELD
from perfdoc.reading.docx.characters import CHARACTERS, WRITTEN, text_of
from perfdoc.reading.docx.context import Field, Story
from perfdoc.reading.docx.marks import CONTENTS, LEAF, Remark, replace, shorten, written
from perfdoc.reading.docx.namespaces import FLDCHAR, INSTRTEXT, TBL, TC, P, w
from perfdoc.reading.docx.styles import integer_of, is_set, value_of
from perfdoc.report import Severity
from perfdoc.texts import say

_SIMPLE = w("fldSimple")
TAGS = (FLDCHAR, _SIMPLE)
_CONTENTS = re.compile(r"\s*TOC\b", re.IGNORECASE)
_SHOWS_DATA = re.compile(
    r"\s*(=|(AUTHOR|COMMENTS|DOCPROPERTY|DOCVARIABLE|INFO|KEYWORDS|MERGEFIELD|QUOTE|REF|STYLEREF|SUBJECT|TITLE)\b)",
    re.IGNORECASE,
)
_LIVE = re.compile(r"\s*(PAGE|NUMPAGES|SECTIONPAGES|SECTION|DATE|TIME)\b", re.IGNORECASE)
"""Fields that are worked out whenever they are shown: no element says what stands there (17.16.5)."""
_ERROR = re.compile(r"(Error|错误|錯誤)\s*[!！:：]")
_CHECKED, _UNCHECKED = "☒", "☐"  # Word draws a form's checked box with a cross
MAX_CODE = 1000
"""Pieces of a field's code that are kept."""


def fields(block: etree._Element, story: Story) -> None:
    """Take codes out; say of a field in a cell that it shows an error, or nothing where it is to show something."""
    in_cells: dict[etree._Element, list[Field]] = {}
    if block.tag == TBL:
        story.fields = []
    for paragraph in block.iter(P):
        around = next(paragraph.iterancestors(TC, P), None)
        if around is None:
            _Paragraph(paragraph, story.fields, False, story).tidy()
        elif around.tag == TC:
            _Paragraph(paragraph, in_cells.setdefault(around, []), True, story).tidy()


class _Paragraph:
    """A paragraph; `opened` are the fields that are open, the innermost last."""

    def __init__(self, element: etree._Element, opened: list[Field], in_cell: bool, story: Story) -> None:
        self._element = element
        self._opened = opened
        self._in_cell = in_cell
        self._story = story
        self._written: list[etree._Element] = []
        self._texts: list[str] = []
        """What writes text, up to here, and what it writes."""
        self._contents = False

    def tidy(self) -> None:
        """Read its marks of fields from the first to the last."""
        for element in list(self._element.iter(FLDCHAR, _SIMPLE, INSTRTEXT, *WRITTEN)):
            tag = element.tag
            if tag == FLDCHAR:
                self._mark(element)
            elif tag == _SIMPLE:
                self._simple(element)
            elif tag == INSTRTEXT:
                if self._opened and element.text and len(self._opened[-1].code) < MAX_CODE:
                    self._opened[-1].code.append(element.text)
            else:
                self._written.append(element)
                self._texts.append(CHARACTERS[tag](element))
        self._end()
        if self._contents:
            self._element.set(CONTENTS, "")

    def _mark(self, element: etree._Element) -> None:
        kind = element.get(w("fldCharType"))
        if kind == "begin":
            self._opened.append(Field(len(self._written), _form_text(element)))
        elif self._opened and kind == "separate":
            self._cut_code(self._opened[-1])
            self._opened[-1].in_result = True
        elif self._opened and kind == "end":
            self._end_field(element, self._opened.pop())

    def _cut_code(self, begun: Field) -> None:
        for element in self._written[begun.mark :]:
            replace(element)
        del self._written[begun.mark :], self._texts[begun.mark :]

    def _end_field(self, element: etree._Element, ended: Field) -> None:
        code = "".join(ended.code)
        if not ended.in_result:
            self._cut_code(ended)
        elif _CONTENTS.match(code):
            self._contents = self._contents or any(text.strip() for text in self._texts)
        if ended.in_result and not ended.goes_on and _LIVE.match(code):
            _work_out(self._written[ended.mark :])
        shown = "".join(self._texts[ended.mark :])
        if ended.form and not shown:
            shown = ended.form
            self._written.append(written(shown))
            self._texts.append(shown)
            element.addnext(self._written[-1])
        if ended.in_result and not ended.goes_on:
            self._look_at_result(element, code, shown)

    def _simple(self, element: etree._Element) -> None:
        """w:fldSimple: the code is an attribute, the content is the result."""
        code = element.get(w("instr"), "")
        self._contents = self._contents or _CONTENTS.match(code) is not None
        if _LIVE.match(code):
            _work_out(element.iter(*WRITTEN))
        self._look_at_result(element, code, text_of(element))

    def _look_at_result(self, element: etree._Element, code: str, shown: str) -> None:
        if not self._in_cell:
            return
        if not shown and _SHOWS_DATA.match(code):
            message = say("docx.field_empty", code=shorten(code.strip()))
            self._say(element, Remark(DAMAGED, Severity.warning, message, code))
        elif _ERROR.match(shown):
            message = say("docx.field_error", text=shown)
            self._say(element, Remark(ERROR_VALUE, Severity.warning, message, shown))

    def _say(self, element: etree._Element, remark: Remark) -> None:
        element.addnext(self._story.marks.element(remark))

    def _end(self) -> None:
        """Settle what the paragraph leaves open.

        A code does not go on in the next paragraph: it is taken for text, so that nothing is swallowed.
        """
        for each in self._opened:
            self._contents = self._contents or _CONTENTS.match("".join(each.code)) is not None
            if not each.in_result:
                text = shorten("".join(each.code))
                remark = Remark(FIELD, Severity.warning, say("docx.field_open", code=text), text)
                self._element.append(self._story.marks.element(remark))
            each.goes_on = True
            each.mark = 0
        self._opened[:] = [each for each in self._opened if each.in_result]


def _work_out(results: Iterable[etree._Element]) -> None:
    """Elements of a result say nothing themselves."""
    for element in results:
        element.attrib.pop(LEAF, "")


def _form_text(begin: etree._Element) -> str:
    """What a legacy form field shows that has no result: a check box, the chosen entry of a list."""
    form = begin.find(w("ffData"))
    if form is None:
        return ""
    box = form.find(w("checkBox"))
    if box is not None:
        state = box.find(w("checked"))
        state = box.find(w("default")) if state is None else state
        return _CHECKED if is_set(state) else _UNCHECKED
    choices = form.find(w("ddList"))
    if choices is None:
        return ""
    entries = [value_of(entry) or "" for entry in choices.iterchildren(w("listEntry"))]
    chosen = integer_of(choices.find(w("result")))
    chosen = integer_of(choices.find(w("default"))) if chosen is None else chosen
    return entries[chosen or 0] if (chosen or 0) < len(entries) else ""

"""Fields: their result is text, their code is not (ECMA-376 part 1, 17.16).

A complex field runs over runs and paragraphs: begin, code, separate, result, end, and others nested in
either half. Text in the code half is taken into the paragraph at first and cut out when the field proves
to be one, so that a field that never ends loses no text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from perfdoc.reading.codes import DAMAGED, ERROR_VALUE, FIELD, UNCERTAIN
from perfdoc.reading.docx.names import FFDATA, INSTR, VAL, is_on, w
from perfdoc.reading.docx.quote import shorten
from perfdoc.reading.docx.styles import integer_of, value_of
from perfdoc.report import Severity

if TYPE_CHECKING:
    from perfdoc.reading.docx.words import Words

_CONTENTS = re.compile(r"\s*TOC\b", re.IGNORECASE)
_INPUT = re.compile(r'\s*(FORMTEXT|FILLIN\s*"")')
_SHOWS_DATA = re.compile(
    r"\s*(=|(AUTHOR|COMMENTS|DOCPROPERTY|DOCVARIABLE|INFO|KEYWORDS|MERGEFIELD|QUOTE|REF|STYLEREF|SUBJECT|TITLE)\b)",
    re.IGNORECASE,
)
_ERROR = re.compile(r"(Error|错误|錯誤)\s*[!！:：]")
_CHECKED, _UNCHECKED = "☒", "☐"  # Word draws a form's checked box with a cross


MAX_FORMS = 200
"""Form fields of one cell whose ends are looked at."""
MAX_CODE = 1000
"""Pieces of a field's code that are kept."""


@dataclass(slots=True)
class Field:
    """A complex field that has begun. `mark` is where the paragraph's text stood then."""

    mark: int
    form: str = ""
    code: list[str] = field(default_factory=list)
    in_result: bool = False
    goes_on: bool = False
    """It began in an earlier paragraph."""

    @property
    def is_form(self) -> bool:
        """A text form field."""
        return "FORMTEXT" in "".join(self.code)

    @property
    def is_input(self) -> bool:
        """A field for text: a form's, or one that asks with an empty question, as LibreOffice writes them."""
        return _INPUT.match("".join(self.code)) is not None

    @property
    def is_contents(self) -> bool:
        """A table of contents."""
        return is_contents("".join(self.code))


def is_contents(code: str) -> bool:
    """The code of a table of contents."""
    return _CONTENTS.match(code) is not None


def form_text(begin: etree._Element) -> str:
    """What a legacy form field shows that has no result: a check box, the chosen entry of a list."""
    form = begin.find(FFDATA)
    if form is None:
        return ""
    box = form.find(w("checkBox"))
    if box is not None:
        state = box.find(w("checked"))
        state = box.find(w("default")) if state is None else state
        return _CHECKED if state is not None and is_on(state.get(VAL)) else _UNCHECKED
    choices = form.find(w("ddList"))
    if choices is None:
        return ""
    entries = [value_of(entry) or "" for entry in choices.iterchildren(w("listEntry"))]
    chosen = integer_of(choices.find(w("result")))
    chosen = integer_of(choices.find(w("default"))) if chosen is None else chosen
    return entries[chosen or 0] if (chosen or 0) < len(entries) else ""


def mark(words: Words, element: etree._Element) -> None:
    """`w:fldChar`: begin, separate, end."""
    kind = element.get(w("fldCharType"))
    if kind == "begin":
        words.fields.append(Field(len(words.out), form_text(element)))
    elif words.fields and kind == "separate":
        _cut_code(words, words.fields[-1])
    elif words.fields and kind == "end":
        _end(words, words.fields.pop())


def _end(words: Words, ended: Field) -> None:
    if not ended.in_result:
        _cut_code(words, ended)
    elif ended.is_contents:
        words.in_contents = words.in_contents or any(not piece.isspace() for piece in words.out[words.start :] if piece)
    elif ended.is_input and not ended.goes_on:
        words.echoes.input(words, ended.mark)
    elif ended.is_form and len(words.echoes.form_ends) < MAX_FORMS and not "".join(words.out[words.start :]):
        words.echoes.form_ends.add("".join(words.out).count("\n"))
    if ended.form and "".join(words.out[ended.mark :]) == "":
        words.out.append(ended.form)
    if ended.in_result and not ended.goes_on:
        _look_at_result(words, "".join(ended.code), "".join(words.out[ended.mark :]))


def _look_at_result(words: Words, code: str, shown: str) -> None:
    """Say of a field in a cell that it shows an error, or nothing where it is to show something.

    LibreOffice works fields out again when it saves a file: a title that is nowhere set is lost then, and of a
    formula (=SUM(ABOVE)) that it does not understand it shows 0.
    """
    if not words.table:
        return
    if not shown and _SHOWS_DATA.match(code):
        words.story.say(DAMAGED, Severity.warning, f"a field shows nothing here: {shorten(code.strip())!r}", code)
    elif words.story.job.of_libreoffice and code.lstrip().startswith("="):
        message = f"LibreOffice worked this formula out again, {shorten(code.strip())!r}: compare what it shows"
        words.story.say(UNCERTAIN, Severity.warning, message, shown)
    elif _ERROR.match(shown):
        words.story.say(ERROR_VALUE, Severity.warning, f"a field shows an error, read as its text: {shown!r}", shown)


def _cut_code(words: Words, begun: Field) -> None:
    begun.in_result = True
    start = min(begun.mark, len(words.out))
    del words.out[start:]
    words.styled = [stretch for stretch in words.styled if stretch[1] <= start]


def code(words: Words, element: etree._Element) -> None:
    """`w:instrText`: code of the innermost field."""
    if words.fields and element.text and len(words.fields[-1].code) < MAX_CODE:
        words.fields[-1].code.append(element.text)


def simple(words: Words, element: etree._Element) -> None:
    """`w:fldSimple`: the code is an attribute, the content is the result."""
    code, start = element.get(INSTR, ""), len(words.out)
    words.in_contents = words.in_contents or is_contents(code)
    words.inline(element)
    _look_at_result(words, code, "".join(words.out[start:]))


def end_paragraph(words: Words) -> bool:
    """Settle what a paragraph leaves open; is it a line of a table of contents?"""
    contents = words.in_contents or any(each.is_contents for each in words.fields)
    # A code does not go on in the next paragraph: taken for text, so that nothing is swallowed.
    endless = [each for each in words.fields if not each.in_result]
    words.fields[:] = [each for each in words.fields if each.in_result]
    for begun in endless:
        text = shorten("".join(begun.code))
        words.story.say(FIELD, Severity.warning, f"a field begins and never ends: {text!r}", text)
    for begun in words.fields:
        begun.mark = 0
        begun.goes_on = True
    words.in_contents = False
    return contents

"""Fields: their result is text, their code is not (ECMA-376 part 1, 17.16).

A complex field runs over runs and paragraphs: begin, code, separate, result, end, and others nested in
either half. Text in the code half is taken into the paragraph at first and cut out when the field proves
to be one, so that a field that never ends loses no text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from perfdoc.read.docx.names import FFDATA, VAL, is_on, w
from perfdoc.read.docx.styles import integer_of, value_of

_CONTENTS = re.compile(r"\s*TOC\b", re.IGNORECASE)
_INPUT = re.compile(r'\s*(FORMTEXT|FILLIN\s*"")')
_CHECKED, _UNCHECKED = "☒", "☐"  # Word draws a form's checked box with a cross


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

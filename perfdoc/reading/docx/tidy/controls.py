"""Content controls (ECMA-376 part 1, 17.5.2): read through; two of their properties matter."""

import re

from lxml import etree

from perfdoc.reading.codes import PROMPT
from perfdoc.reading.docx.characters import WRITTEN, text_of
from perfdoc.reading.docx.context import Story
from perfdoc.reading.docx.marks import CONTENTS, Remark, replace, shorten
from perfdoc.reading.docx.namespaces import RSTYLE, SDT, SDTPR, VAL, P, is_on, w
from perfdoc.reading.docx.styles import value_of
from perfdoc.report import Severity
from perfdoc.texts import say

_SHOWS_PROMPT, _GALLERY = w("showingPlcHdr"), w("docPartGallery")
_PROMPT_STYLE = re.compile("placeholder ?text$|占位符文本$", re.IGNORECASE)
_PROMPT = re.compile(
    r"(单击|点击|点按|轻触|請?按一下|请)\S{0,6}(输入|填写|填入|选择|鍵入|輸入)|^选择(一项|日期)|^输入(文字|文本|内容|日期)"
    r"|\b(click|tap)\b.*\b(enter|choose|type|text)\b|^(enter|choose|type) (text|an? |your )",
    re.IGNORECASE,
)
TAGS = (_SHOWS_PROMPT, _GALLERY)


def controls(block: etree._Element, story: Story) -> None:
    """Leave out the prompt of a control that is not filled in; mark the lines of a table of contents."""
    for each in list(block.iter(*TAGS)):
        control = next(each.iterancestors(SDT), None)
        if control is None:
            continue
        if each.tag == _GALLERY:
            if each.get(VAL) == "Table of Contents":
                for paragraph in control.iter(P):
                    paragraph.set(CONTENTS, "")
        elif is_on(each.get(VAL)):
            _prompt(control, story)


def _prompt(control: etree._Element, story: Story) -> None:
    """Take a prompt out, and say it. A program that filled a control may have left its mark in place."""
    found = list(control.iter(*WRITTEN))
    text = text_of(control)
    if not text.strip():
        return
    if _is_prompt(control, text, story):
        message = say("docx.prompt", text=shorten(text))
        for each in found:
            replace(each)
    else:
        message = say("docx.marked_as_prompt", text=shorten(text))
    control.append(story.marks.element(Remark(PROMPT, Severity.warning, message, text)))


def _is_prompt(control: etree._Element, text: str, story: Story) -> bool:
    """Is it what the file's glossary has for the control, or, if it has nothing, does it look or read like a prompt?"""
    name = value_of(control.find(f"{SDTPR}/{w('placeholder')}/{w('docPart')}"))
    prompt = story.context.prompts.get(name or "")
    if prompt is not None:
        return "".join(prompt.split()) == "".join(text.split())
    styles = (story.context.styles.of(each.get(VAL, "")).name for each in control.iter(RSTYLE))
    return any(_PROMPT_STYLE.match(style) for style in styles) or _PROMPT.search(text) is not None

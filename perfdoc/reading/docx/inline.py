"""What each element inside a paragraph becomes: `CONTENT` for those inside a run, `INLINE` for those around runs.

What neither names, and what holds text, is read through.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from lxml import etree

from perfdoc.reading.codes import PROMPT
from perfdoc.reading.docx import drawings, fields
from perfdoc.reading.docx.alternate import chosen
from perfdoc.reading.docx.changes import TRACKS
from perfdoc.reading.docx.names import (
    ALTERNATE,
    BOOKMARKSTART,
    CUSTOMXML,
    DELINSTRTEXT,
    DELTEXT,
    FLDCHAR,
    FLDSIMPLE,
    INSTRTEXT,
    NAME,
    SDT,
    SDTCONTENT,
    SDTPR,
    SMARTTAG,
    TBL,
    TYPE,
    VAL,
    P,
    T,
    is_on,
    w,
)
from perfdoc.reading.docx.quote import shorten
from perfdoc.report import Severity

if TYPE_CHECKING:
    from perfdoc.reading.docx.words import Words

_Element = etree._Element


def is_shown(words: Words, change: _Element) -> bool:
    """Count a tracked change and tell whether what it holds is text under the policy."""
    return words.story.job.changes.shows(change, words.story.place())


def _nothing(words: Words, element: _Element) -> None:
    pass


def _inside(words: Words, element: _Element) -> None:
    words.inline(element)


def unknown(words: Words, element: _Element) -> None:
    """An element that is not known, or not known here: what text there is in it counts."""
    read = CONTENT.get(element.tag) or INLINE.get(element.tag)
    if read is not None:
        read(words, element)
    elif next(element.iter(T, DELTEXT), None) is not None:
        words.inline(element)


def _alternate(words: Words, element: _Element) -> None:
    branch = chosen(element)
    if branch is not None:
        words.inline(branch)


def _tracked(words: Words, element: _Element) -> None:
    if is_shown(words, element):
        words.inline(element)


def _bookmark(words: Words, element: _Element) -> None:
    name = element.get(NAME)
    if name and name != "_GoBack":  # Word's own mark of where one left off
        words.bookmarks.append(name)


def _control(words: Words, element: _Element) -> None:
    """A content control inside a paragraph."""
    content = element.find(SDTCONTENT)
    if content is not None:
        words.echoes.control(words, element, content)
    look_for_prompt(words, element)


_PROMPT = f"{SDTPR}/{w('showingPlcHdr')}"


def look_for_prompt(words: Words, control: _Element) -> None:
    """Programs that fill a control often leave the mark of its prompt in place: its text is kept, and said."""
    prompt = control.find(_PROMPT)
    if prompt is not None and is_on(prompt.get(VAL)):
        text = "".join(each.text or "" for each in control.iter(T))
        if text.strip():
            message = f"{shorten(text)!r} stands in a content control that is marked as not filled in"
            words.story.say(PROMPT, Severity.info, message, text)


def _paragraph_inside(words: Words, element: _Element) -> None:
    """A paragraph inside a paragraph, where none may stand: it begins a line."""
    words.out.append("\n")
    words.inline(element)


def _ruby(words: Words, element: _Element) -> None:
    """The base text; what stands above it is how it is spoken."""
    for base in element.iterchildren(w("rubyBase")):
        words.inline(base)


def _text(words: Words, element: _Element) -> None:
    text = element.text
    if text:
        words.out.append(words.careful(text, element))


def _write(text: str) -> Callable[[Words, _Element], None]:
    return lambda words, element: words.out.append(text)


def _break(words: Words, element: _Element) -> None:
    if element.get(TYPE, "textWrapping") == "textWrapping":  # not one of a page or a column
        words.out.append("\n")


def _note(words: Words, element: _Element) -> None:
    words.story.note(element)


def _table(words: Words, element: _Element) -> None:
    words.story.table(element)


def _symbol(words: Words, element: _Element) -> None:
    words.symbol(element)


def _embedded(words: Words, element: _Element) -> None:
    words.story.embedded(element)


Read = Callable[["Words", _Element], None]
CONTENT: dict[object, Read] = {
    T: _text,
    DELTEXT: _text,  # only ever met inside a deletion that is shown
    w("br"): _break,
    w("cr"): _write("\n"),
    w("tab"): _write("\t"),
    w("ptab"): _write("\t"),
    # U+2011, as pandoc and mammoth have it: a plain hyphen would lose that it binds, and could not be told
    # from a minus when it is written back.
    w("noBreakHyphen"): _write("\u2011"),
    w("softHyphen"): _nothing,  # shows only where a line happens to break
    w("sym"): _symbol,
    FLDCHAR: fields.mark,
    INSTRTEXT: fields.code,
    DELINSTRTEXT: _nothing,
    w("ruby"): _ruby,
    w("footnoteReference"): _note,
    w("endnoteReference"): _note,
    w("commentReference"): _note,
    w("drawing"): drawings.drawing,
    w("pict"): drawings.drawing,
    w("object"): drawings.drawing,
    ALTERNATE: _alternate,
    **dict.fromkeys(map(w, ("lastRenderedPageBreak", "annotationRef", "footnoteRef", "endnoteRef")), _nothing),
}
INLINE: dict[object, Read] = {
    **dict.fromkeys(TRACKS, _tracked),
    **dict.fromkeys((w("hyperlink"), SMARTTAG, CUSTOMXML, SDTCONTENT, w("dir"), w("bdo")), _inside),
    **dict.fromkeys(map(w, ("bookmarkEnd", "proofErr", "sdtPr", "commentRangeStart", "commentRangeEnd")), _nothing),
    SDT: _control,
    FLDSIMPLE: fields.simple,
    BOOKMARKSTART: _bookmark,
    ALTERNATE: _alternate,
    P: _paragraph_inside,
    TBL: _table,
    w("subDoc"): _embedded,
    **dict.fromkeys(drawings.FORMULAS, drawings.formula),
}
HARMLESS = frozenset((_nothing, _inside, _bookmark, fields.code))
"""What leaves the text of a cell as it is, so that one can look at what is inside without it."""

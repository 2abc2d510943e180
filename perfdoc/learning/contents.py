"""The table of contents, and the bookmarks that stand for a project's."""

import re
from collections.abc import Sequence

from perfdoc.learning.tagged_page import Page
from perfdoc.original import Edit
from perfdoc.original.text.differing import Stretch
from perfdoc.original.text.runs import begin_of
from perfdoc.rendering.word.preparation import STAND_INS
from perfdoc.report import Place

_ANCHOR = list(STAND_INS)[1].encode()
_REFERRED = re.compile(rb"(PAGEREF\s+)\S+")


def mark(page: Page, place: Place) -> None:
    """Put the two bookmarks that stand for a project's around the text of a paragraph."""
    spans, paragraph = page.spans, page.element(place)
    w = spans.tag(paragraph, "").decode()
    starts = "".join(f'<{w}bookmarkStart {w}id="{n}" {w}name="{name}"/>' for n, name in enumerate(STAND_INS))
    ends = "".join(f'<{w}bookmarkEnd {w}id="{n}"/>' for n in reversed(range(len(STAND_INS))))
    at = begin_of(spans, paragraph)
    page.change(Edit(at, at, starts.encode()), spans.appended(paragraph, ends.encode()))


def contents(page: Page, lines: Sequence[Place], headings: Sequence[str], tag: str) -> bool:
    """Have a loop over the projects for the lines of a table of contents; False, and nothing done, where none can be.

    The first line begins its field (17.16.5.68) and the one below the last ends it: between them stand the projects'.
    """
    entries = [n for n, one in enumerate(lines) if any(heading and heading in page.text(one) for heading in headings)]
    alike = len(entries) == len(headings) > 1 and entries == list(range(entries[0], entries[0] + len(entries)))
    if not alike or any(_opened(page, page.element(lines[n])) for n in entries[1:]):
        return False
    for n, heading in zip(entries[:2], headings[:2], strict=True):
        text = page.found[lines[n]].text
        start, number = text.find(heading), re.search(r"\d+\s*$", text)
        page.tags[lines[n]] = [Stretch(start, start + len(heading), tag)]
        if number is not None and number.start() >= start + len(heading):
            page.tags[lines[n]].append(Stretch(number.start(), number.end(), "{{ project.page }}"))
        _refer(page, page.element(lines[n]))
    for n in entries[2:]:
        page.cut(page.element(lines[n]), [lines[n]])
    first, second = (page.spans.at(page.element(lines[n])) for n in entries[:2])
    page.insert(first.begin, "{%p for project in document.projects %}", "{%p if loop.first %}")
    page.insert(first.end, "{%p else %}")
    page.insert(second.end, "{%p endif %}", "{%p endfor %}")
    return True


def _refer(page: Page, line: int) -> None:
    """Have a line refer to the project's bookmark."""
    spans = page.spans
    page.change(*filter(None, (spans.valued(each, "anchor", _ANCHOR) for each in spans.inside(line, "w:hyperlink"))))
    for each in spans.inside(line, "w:instrText"):
        span = spans.at(each)
        code = _REFERRED.sub(rb"\g<1>" + _ANCHOR, spans.data[span.inner : span.close])
        page.change(Edit(span.inner, span.close, code))


def _opened(page: Page, paragraph: int) -> int:
    """How many fields begin in a paragraph and do not end in it; below 0 where others end."""
    spans = page.spans
    kinds = [spans.value(each, "fldCharType") for each in spans.inside(paragraph, "w:fldChar")]
    return kinds.count("begin") - kinds.count("end")

"""The pages of a file as they look: LibreOffice lays it out, PDFium draws the pages and says where each text stands."""

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from perfdoc.office import convert
from perfdoc.pairing import out_of_order
from perfdoc.report import Claim
from perfdoc.web.work.results import Box, Painted, Sheet

_SCALE = 1.6  # dots a point: 115 an inch, some 950 dots across a page
_MOST_PAGES = 60
_NEAR = 60  # characters among which a text is looked for behind the one before it: the head of a table on a new page
_SURE = 4  # characters from which on a text that the pages have once is the one that is meant

_LEADERS = re.compile("[.…·]{4,}")  # what a table of contents leads the eye by; the file has a tab there


def painted(data: bytes, suffix: str, claims: Sequence[Claim]) -> Painted:
    """The pages of a file, at most 60, with the places of the texts. ToolError where LibreOffice makes none."""
    import pypdfium2  # a library in C: loaded where it is needed, in a process that may crash

    pdf = pypdfium2.PdfDocument(data if suffix == "pdf" else convert([data], "pdf", suffix=suffix)[0])
    pages = [pdf[number] for number in range(min(len(pdf), _MOST_PAGES))]
    boxes = _placed(claims, pages)
    return tuple(_sheet(page, boxes[number]) for number, page in enumerate(pages))


def _sheet(page: Any, boxes: list[Box]) -> Sheet:
    width, height = page.get_size()
    stream = io.BytesIO()
    page.render(scale=_SCALE).to_pil().save(stream, "png")
    return Sheet(stream.getvalue(), width, height, tuple(boxes))


def _placed(claims: Sequence[Claim], pages: Sequence[Any]) -> list[list[Box]]:
    """For each page the boxes of the texts that were found for sure.

    PDFium gives texts in the order in which they are drawn, which is that of the document. A text that stands there
    once is found wherever it is; any other one near to the one before it, and before the next of the former.
    """
    signs: list[tuple[int, int]] = []  # page and number on it of each character that is no white space
    whole: list[str] = []
    texts = [page.get_textpage() for page in pages]
    for number, text in enumerate(texts):
        for at, char in enumerate(_LEADERS.sub(lambda dots: " " * len(dots[0]), text.get_text_range())):
            if not char.isspace():
                whole.append(char)
                signs.append((number, at))
    wanted = ["" if one.place.part else "".join(one.text.split()) for one in claims]
    found: list[list[Box]] = [[] for _ in pages]
    for number, at in _found("".join(whole), wanted):
        for page, box in _lines(number, signs[at : at + len(wanted[number])], texts, pages):
            found[page].append(box)
    return found


def _found(whole: str, wanted: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The number of each text that is found, and where it begins."""
    often = Counter(wanted)
    once = [(n, whole.find(text)) for n, text in enumerate(wanted) if len(text) >= _SURE and often[text] == 1]
    single = [(n, at) for n, at in once if at >= 0 and whole.find(wanted[n], at + 1) < 0]
    moved = out_of_order(single)  # they stand where the document's order does not have them
    fixed = {n: at for n, at in single if n not in moved}
    ends = iter([*fixed.values(), len(whole)])
    cursor, end = 0, next(ends)
    for number, text in enumerate(wanted):
        if number in fixed:
            at, end = fixed[number], next(ends)
        else:
            at = whole.find(text, cursor, min(end, cursor + _NEAR + len(text))) if text else -1
        if at >= 0:
            yield number, at
            cursor = at + len(text)


def _lines(
    claim: int, signs: Sequence[tuple[int, int]], texts: Sequence[Any], pages: Sequence[Any]
) -> Iterator[tuple[int, Box]]:
    """The characters' boxes put together line by line."""
    line: tuple[int, float, float, float, float] | None = None
    for page, at in signs:
        left, bottom, right, top = texts[page].get_charbox(at)
        if line is not None and line[0] == page and min(top, line[4]) - max(bottom, line[2]) > 0 and left >= line[1]:
            line = (page, line[1], min(bottom, line[2]), max(right, line[3]), max(top, line[4]))
            continue
        if line is not None:
            yield page if line[0] == page else line[0], _box(claim, line, pages)
        line = (page, left, bottom, right, top)
    if line is not None:
        yield line[0], _box(claim, line, pages)


def _box(claim: int, line: tuple[int, float, float, float, float], pages: Sequence[Any]) -> Box:
    page, left, bottom, right, top = line
    height = pages[page].get_size()[1]
    return Box(claim, round(left, 1), round(height - top, 1), round(right - left, 1), round(top - bottom, 1))

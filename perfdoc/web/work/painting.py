"""The pages of a file as they look: LibreOffice lays it out, PDFium draws the pages and says where each text stands."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

from perfdoc.office import convert
from perfdoc.report import Claim
from perfdoc.web.work.wanted import Box, Painted, Sheet

_SCALE = 1.6  # dots a point: 115 an inch, some 950 dots across a page
_MOST_PAGES = 60
_NEAR = 600  # characters among which a text is looked for behind the one before it
_SURE = 4  # characters from which on a text that the pages have once is the one that is meant


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

    A text is looked for a little behind the one before it, since PDFium gives texts in the order in which they are
    drawn, which is that of the document; elsewhere it must be long enough, and stand on the pages once.
    """
    signs: list[tuple[int, int]] = []  # page and number on it of each character that is no white space
    whole = ""
    texts = [page.get_textpage() for page in pages]
    for number, text in enumerate(texts):
        for at, char in enumerate(text.get_text_range()):
            if not char.isspace():
                whole += char
                signs.append((number, at))
    found: list[list[Box]] = [[] for _ in pages]
    cursor = 0
    for number, claim in enumerate(claims):
        wanted = "".join(claim.text.split())
        if not wanted or claim.place.part:
            continue
        at = whole.find(wanted, cursor, cursor + (_NEAR if len(wanted) >= _SURE else 2 * len(wanted) + 8) + len(wanted))
        if at >= 0:
            cursor = at + len(wanted)
        elif len(wanted) >= _SURE and whole.count(wanted) == 1:
            at = whole.find(wanted)
        if at >= 0:
            for page, box in _lines(number, signs[at : at + len(wanted)], texts, pages):
                found[page].append(box)
    return found


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

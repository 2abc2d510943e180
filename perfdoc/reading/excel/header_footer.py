"""Headers and footers of a worksheet (ECMA-376 part 1, 18.3.1.46)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from perfdoc.layout import Paragraph
from perfdoc.report import Place

_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d{1,3}|(?P<one>.))', re.DOTALL | re.IGNORECASE)


def margin_texts(code: str, sheet: str) -> list[str]:
    """The left, middle and right text of a header or footer (18.3.1.39); page numbers, dates and fonts left out."""
    sections = {"L": "", "C": "", "R": ""}
    side = "C"
    at = 0
    for match in _CODE.finditer(code):
        sections[side] += code[at : match.start()]
        at = match.end()
        one = (match["one"] or "").upper()
        if one in sections and one:
            side = one
        elif one == "&":
            sections[side] += "&"
        elif one == "A":
            sections[side] += sheet
    sections[side] += code[at:]
    return [text.strip() for text in sections.values() if text.strip()]


def margin_paragraphs(texts: Iterable[tuple[str, str]], story: str, sheet: Place) -> Iterator[Paragraph]:
    """The texts of (story, text) that run in one story, each once, as paragraphs of the sheet at that place."""
    place = sheet._replace(part=story)
    return (Paragraph(text, place, story=story) for text in dict.fromkeys(t for s, t in texts if s == story))

"""Years in a text: found, moved on, left out. What makes last year's goals and this year's the same goals.

A year is four digits from 1900 to 2199, or Chinese numerals before 年 (二〇二三年). In a running text the digits
must be written as a year (`2023年`, `2023.12`, `2023-2025`); in a name any four such digits are one (`救助-2023中央`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

_DIGITS = "0123456789"
_NUMERALS = "〇一二三四五六七八九"
_WIDE = "０１２３４５６７８９"
_PLAIN = str.maketrans(_WIDE + _NUMERALS + "○零", _DIGITS + _DIGITS + "00")
_FOUND = re.compile(
    r"(?<![0-9０-９.．,])(?:19|20|21|１９|２０|２１)[0-9０-９]{2}(?![0-9０-９])|[一二][〇○零一二三四五六七八九]{3}(?=年)"
)
_NUMBERED = re.compile(r"[〔\[［(（【]$")  # 财预〔2023〕88号: the number of a paper, no year of this form
_PAPER = re.compile(r"^[〕\]］)）】]\s*第?[0-9０-９]*\s*号")
_AS_YEAR = re.compile(r"^\s*年|^[./-](?:0?[1-9]|1[0-2])(?![0-9])|^\s*(?:[-—~～至到]{1,2})\s*(?:19|20|21)[0-9]{2}")
_TO = re.compile(r"(?:19|20|21)[0-9]{2}\s*年?度?\s*[-—~～至到]{1,2}\s*$")


class Year(NamedTuple):
    """A year in a text: its number, and where it stands."""

    number: int
    start: int
    end: int


def years(text: str, *, name: bool = False) -> tuple[Year, ...]:
    """The years of a text, in order; `name` says that the text is a name."""
    if not text:
        return ()
    found = []
    for match in _FOUND.finditer(text):
        start, end = match.span()
        before, after = text[max(0, start - 16) : start], text[end : end + 16]
        if _NUMBERED.search(before) and _PAPER.match(after):
            continue
        if name or _AS_YEAR.match(after) or _TO.search(before):
            found.append(Year(int(match[0].translate(_PLAIN)), start, end))
    return tuple(found)


def moved(text: str, to: Callable[[int], int], *, name: bool = False) -> str:
    """The text with each year replaced by what `to` makes of it, in the digits that it is written in."""
    out: list[str] = []
    at = 0
    for number, start, end in years(text, name=name):
        out += (text[at:start], _written(to(number), text[start:end]))
        at = end
    return "".join(out) + text[at:] if out else text


def without(text: str, *, name: bool = False) -> str:
    """The text with a sign in the place of each year: equal for two texts that differ by their years only."""
    return moved(text, lambda _: 0, name=name)


def only_years(old: str, new: str, *, name: bool = False) -> tuple[int, int] | None:
    """The first year of both where the texts differ by years alone, all by as many; else None."""
    if old == new:
        return None
    ours, theirs = years(old, name=name), years(new, name=name)
    if not ours or len(ours) != len(theirs) or without(old, name=name) != without(new, name=name):
        return None
    shifts = {there.number - here.number for here, there in zip(ours, theirs, strict=True)}
    return (ours[0].number, theirs[0].number) if len(shifts) == 1 else None


def _written(number: int, like: str) -> str:
    digits = f"{number:04}"
    if like[0] in _WIDE:
        return digits.translate(str.maketrans(_DIGITS, _WIDE))
    if like[0] in _NUMERALS:
        zero = next((char for char in like if char in "〇○零"), "〇")
        return digits.translate(str.maketrans(_DIGITS, zero + _NUMERALS[1:]))
    return digits

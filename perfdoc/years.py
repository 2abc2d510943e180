"""Years in a text: found, moved on, left out. What makes last year's goals and this year's the same goals.

A year is four digits from 1900 to 2199, Chinese numerals before 年 (二〇二三年), or two digits where they can't be a
length of time (23年底, 23年度). In a running text the digits must be written as a year (`2023年`, `2023.12`,
`2023-2025`, `20231231`); in a name any four such digits are one (`救助-2023中央`) unless they count something
(`2000亩农田`). The number of a paper (财预〔2023〕88号) or of a standard (GB/T 2023-2019) is none.
"""

import re
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from perfdoc.model import Document

_DIGITS = "0123456789"
_NUMERALS = "〇一二三四五六七八九"
_WIDE = "０１２３４５６７８９"
_PLAIN = str.maketrans(_WIDE + _NUMERALS + "○零", _DIGITS + _DIGITS + "00")
_FOUND = re.compile(
    r"(?<![0-9０-９,])(?:19|20|21|１９|２０|２１)[0-9０-９]{2}(?![0-9０-９])|[一二][〇○零一二三四五六七八九]{3}(?=年)"
    r"|(?<![0-9,])20[0-9]{2}(?=(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9]))"
    r"|(?<![0-9０-９,年-])[0-9]{2}(?=年(?:度|[底末初]|[01]?[0-9]月|[上下]半年))"
)
_AFTER_POINT = re.compile(r"[.．]$")
_LIST_NUMBER = re.compile(r"(?:^|[\n;；。])\s*[0-9０-９]{1,2}[.．]$")  # 1.2023年底前完成
_STANDARD = re.compile(r"[A-Z]{2,}(?:/[A-Z]{1,3})?\s*(?P<year>[0-9.]+\s*[-—]\s*)?$")  # GB/T 2023-2019
_ITS_YEAR = re.compile(r"\s*[-—]\s*(?:19|20)[0-9]{2}(?!\s*年)")
_NUMBERED = re.compile(r"[〔\[［(（【]$")  # 财预〔2023〕88号: the number of a paper, no year of this form
_PAPER = re.compile(r"^[〕\]］)）】]\s*第?[0-9０-９]*\s*号")
_AS_YEAR = re.compile(
    r"^\s*学?年|^[01][0-9][0-3][0-9](?![0-9])|^[./-](?:0?[1-9]|1[0-2])(?![0-9])|^\s*(?:[-—~～至到]{1,2})\s*(?:19|20|21)[0-9]{2}"
)
_COUNTED = re.compile(r"\s*[余多]?(?:[人件页元万个次台套户亩米平吨株头只家处所]|公里|%)")  # 2000亩高标准农田
_BETWEEN = re.compile(r"\s*年?度?\s*[-—~～至到]{1,2}\s*")
_TO = re.compile(r"(?:19|20|21)[0-9]{2}\s*年?度?\s*[-—~～至到]{1,2}\s*$")


class Year(NamedTuple):
    """A year in a text: its number, where it stands, and of a range (2023-2025年) the number of its other end."""

    number: int
    start: int
    end: int
    other: int | None = None


def years(text: str, *, name: bool = False) -> tuple[Year, ...]:
    """The years of a text, in order; `name` says that the text is a name."""
    if not text:
        return ()
    found = []
    for match in _FOUND.finditer(text):
        start, end = match.span()
        before, after = text[max(0, start - 16) : start], text[end : end + 16]
        if (_NUMBERED.search(before) and _PAPER.match(after)) or _is_of_a_standard(before, after):
            continue
        if _AFTER_POINT.search(before) and not (_LIST_NUMBER.search(before) and after.startswith("年")):
            continue
        number = int(match[0].translate(_PLAIN))
        if end - start == 2:
            found.append(Year(2000 + number, start, end))
        elif (name and not _COUNTED.match(after)) or _AS_YEAR.match(after) or _TO.search(before):
            first = found[-1] if found and _BETWEEN.fullmatch(text, found[-1].end, start) else None
            if first is not None:
                found[-1] = first._replace(other=number)
            found.append(Year(number, start, end, first and first.number))
    return tuple(found)


def _is_of_a_standard(before: str, after: str) -> bool:
    found = _STANDARD.search(before)
    return found is not None and bool(not after.startswith("年") if found["year"] else _ITS_YEAR.match(after))


def own_year(document: Document) -> int | None:
    """The year that the projects' field 年度 names, or most of them; None where none does."""
    written = (years(project.year or "", name=True) for project in document.projects)
    named = Counter(found[0].number for found in written if found)
    return max(named, key=lambda year: (named[year], year)) if named else None


def moved(text: str, to: Callable[[Year], int], *, name: bool = False) -> str:
    """The text with each year replaced by what `to` makes of it, in the digits that it is written in."""
    out: list[str] = []
    at = 0
    for year in years(text, name=name):
        out += (text[at : year.start], _written(to(year), text[year.start : year.end]))
        at = year.end
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
    digits = f"{number:04}"[-len(like) :]
    if like[0] in _WIDE:
        return digits.translate(str.maketrans(_DIGITS, _WIDE))
    if like[0] in _NUMERALS:
        zero = next((char for char in like if char in "〇○零"), "〇")
        return digits.translate(str.maketrans(_DIGITS, zero + _NUMERALS[1:]))
    return digits

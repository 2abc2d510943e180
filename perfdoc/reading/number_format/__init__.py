"""What a cell shows: a number or text under a number format (ECMA-376 part 1, 18.8.30 and 18.8.31).

Where the standard is silent the rule is Excel's, in its Chinese edition; where a column's width would
decide (`####`, the length of General) the column is taken to be wide enough. Blanks that only line
numbers up in a column (`_x`, `*x`, `?` at either end) are not part of the text.
"""

import operator
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from perfdoc.reading.number_format.builtin import BUILTIN
from perfdoc.reading.number_format.chinese import digit_by_digit, spelled
from perfdoc.reading.number_format.dates import date_section
from perfdoc.reading.number_format.digits import number_section
from perfdoc.reading.number_format.general import general
from perfdoc.reading.number_format.parse import Section, Token, sections

__all__ = ["BUILTIN", "NumberFormat", "general", "number_format"]

_TESTS = {"<": operator.lt, "<=": operator.le, "=": operator.eq, "<>": operator.ne, ">": operator.gt, ">=": operator.ge}
_REMEMBERED = 4096
"""Numbers of one format whose text is remembered: dates and percentages of a column repeat."""
_GENERAL = ("general", "g/通用格式", "通用格式", "")


class NumberFormat(NamedTuple):
    """A compiled format: `number` shows a number; `text` shows a text, None where it stays as it is."""

    code: str
    number: Callable[[float], str]
    text: Callable[[str], str] | None = None
    is_date: bool = False


@lru_cache(maxsize=1024)
def number_format(code: str, date1904: bool = False) -> NumberFormat:
    """The compiled format of a code; `date1904` as the workbook says. No code is an error."""
    if code.strip().casefold() in _GENERAL:
        return NumberFormat(code, general)
    parts = sections(code)
    for_text = next((s for s in parts[3:4] or parts[-1:] if s.kind == "text"), None)
    numbers = [s for s in parts[:3] if s is not for_text]
    show_text = None if for_text is None or for_text.tokens == (Token("text", "@"),) else _text_section(for_text)
    if len(parts) > 3 and for_text is None:
        show_text = _text_section(parts[3])
    if not numbers:
        return NumberFormat(code, general, show_text)
    shows = [_section(s, date1904, len(numbers)) for s in numbers]
    is_date = any(s.kind == "date" for s in numbers)
    if len(numbers) > 1 or numbers[0].condition is not None:
        show = _chosen(numbers, shows)
    else:
        show = shows[0] if is_date else _signed(shows[0])
    return NumberFormat(code, lru_cache(maxsize=_REMEMBERED)(show), show_text, is_date)


def _signed(show: Callable[[float], str]) -> Callable[[float], str]:
    return lambda value: ("-" if value < 0 else "") + show(abs(value)).strip(" ")


def _chosen(parts: list[Section], shows: list[Callable[[float], str]]) -> Callable[[float], str]:
    """The section that takes the value shows it; one that takes only negatives does so without a minus."""
    defaults = [(">", 0.0), ("<", 0.0)] if len(parts) > 2 else [(">=", 0.0)]
    if len(parts) > 1 and parts[0].condition is not None and parts[1].condition is None:
        defaults = [("", 0.0), ("<", 0.0)] if len(parts) > 2 else [("", 0.0)]
    tests = [s.condition or (defaults[i] if i < len(defaults) else None) for i, s in enumerate(parts)]
    if len(parts) > 1 and tests[-1] is not None and parts[-1].condition is None:
        tests[-1] = None
    owns = [_owns_negatives(tests[: i + 1]) for i in range(len(tests))]
    dates = [s.kind == "date" for s in parts]

    def shown(value: float) -> str:
        for test, show, own, dated in zip(tests, shows, owns, dates, strict=True):
            if test is None or _TESTS[test[0]](value, test[1]):
                text = show(value if dated else abs(value)).strip(" ")
                return text if value >= 0 or own or dated else "-" + text
        return "#" * 8  # what Excel shows for a value that no condition takes

    return shown


def _owns_negatives(tests: list[tuple[str, float] | None]) -> bool:
    """Whether the last of these tests takes negative numbers and no others."""
    *others, own = tests
    if own is not None:
        return own[0] in ("<", "<=") and own[1] <= 0
    first = others[0] if others else None
    return len(others) == 1 and first is not None and first[0] in (">", ">=") and first[1] == 0


def _section(section: Section, date1904: bool, count: int) -> Callable[[float], str]:
    if section.system:
        code = 'yyyy"年"m"月"d"日"' if section.system == "date" else "h:mm:ss"
        section = sections(code)[0]
    if section.kind == "date":
        return date_section(section, date1904)
    if section.kind == "general" or (not section.tokens and (section.numerals or count == 1)):
        return _general_section(section)
    return number_section(section)


def _general_section(section: Section) -> Callable[[float], str]:
    at = next((i for i, t in enumerate(section.tokens) if t.kind == "general"), 0)
    head = "".join(t.text for t in section.tokens[:at] if t.kind == "literal")
    tail = "".join(t.text for t in section.tokens[at + 1 :] if t.kind == "literal")

    def show(value: float) -> str:
        text = general(value)
        if section.numerals and "E" not in text:
            whole, point, part = text.partition(".")
            text = spelled(int(whole), section.numerals) + point + digit_by_digit(part, section.numerals)
        return f"{head}{text}{tail}"

    return show


def _text_section(section: Section) -> Callable[[str], str]:
    """Text under the section for text; padding is left out, so all white space is the user's own."""
    shown = ("text", "general") if section.kind in ("text", "general") else ("text",)
    pieces = [None if t.kind in shown else t.text for t in section.tokens if t.kind in (*shown, "literal")]

    return lambda text: "".join(text if piece is None else piece for piece in pieces)

"""Sections of date and time codes."""

import math
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from perfdoc.reading.number_format.chinese import digit_by_digit, in_date
from perfdoc.reading.number_format.general import general
from perfdoc.reading.number_format.parse import Section, Token

_LAST_DAY = 2958465
"""31 December 9999, the last day that Excel knows, in days of the 1900 system."""

_FROM_1904 = 1462
"""Days between the two systems: day 0 of 1904 is 1 January 1904 (ECMA-376 part 1, 18.17.4.1)."""

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_ZH_MONTHS = tuple(f"{number}月" for number in (*"一二三四五六七八九十", "十一", "十二"))
_ZH_DAYS = "日一二三四五六"


class Moment(NamedTuple):
    """A serial number taken apart; `units` counts the smallest shown parts of a second over all days."""

    year: int
    month: int
    day: int
    weekday: int
    hour: int
    minute: int
    second: int
    fraction: int
    elapsed: int


def date_section(section: Section, date1904: bool) -> Callable[[float], str]:
    """How a date section shows a serial number; in General one that is no date (Excel shows `####`)."""
    tokens = _resolved(section.tokens)
    places = min(max((len(t.text) for t in tokens if t.kind == "fraction"), default=0), 9)
    timed = any(t.kind in ("elapsed", "half", "fraction") or t.text[0] in "hsn" for t in tokens if t.kind != "literal")
    clock12 = any(t.kind == "half" for t in tokens)

    def show(value: float) -> str:
        moment = _moment(value, date1904, places if timed else -1)
        if moment is None:
            return general(value)
        return "".join(_show(token, moment, section, clock12, places) for token in tokens).strip(" ")

    return show


def _resolved(tokens: tuple[Token, ...]) -> list[Token]:
    """The tokens with minutes as `n`, parts of a second as `fraction`, and all the rest literal."""
    resolved: list[Token] = []
    parts = [t for t in tokens if t.kind in ("date", "elapsed")]
    before = ""
    i = 0
    while i < len(tokens):
        token = tokens[i]
        i += 1
        if token.kind in ("date", "elapsed"):
            parts = parts[1:]
            letters = token.text.lower()
            after = parts[0].text[:1].lower() if parts else ""
            if token.kind == "date" and letters in ("m", "mm") and (before == "h" or after == "s"):
                letters = "n" * len(letters)
            before = letters[0]
            resolved.append(Token(token.kind, letters))
        elif token.kind == "half":
            resolved.append(token)
        elif token.kind == "point" and before == "s" and i < len(tokens) and tokens[i].text == "0":
            start = i
            while i < len(tokens) and tokens[i].text == "0":
                i += 1
            resolved.append(Token("fraction", "0" * (i - start)))
        elif token.kind == "pad":
            resolved.append(Token("literal", " "))
        elif token.kind not in ("fill", "general", "text"):
            resolved.append(Token("literal", token.text))
    return resolved


def _moment(value: float, date1904: bool, places: int) -> Moment | None:
    """A serial number as a date and a time of day.

    The time is rounded to its last shown part of a second, which may carry into the next day; with no time
    shown (`places` -1) it is cut off. Day 60 of the 1900 system is 29 February 1900, which never was.
    """
    if not 0 <= value <= _LAST_DAY + 1:
        return None
    per_second = 10 ** max(places, 0)
    units = math.floor(value * 86400 * per_second + (0.5 if places >= 0 else 1e-6))
    days, rest = divmod(units, 86400 * per_second)
    if date1904:
        days += _FROM_1904
    if days > _LAST_DAY:
        return None
    seconds, fraction = divmod(rest, per_second)
    if days in (0, 60):
        day = (1900, 1, 0) if days == 0 else (1900, 2, 29)
    else:
        real = date(1899, 12, 31 if days < 60 else 30) + timedelta(days)
        day = (real.year, real.month, real.day)
    clock = seconds // 3600, seconds // 60 % 60, seconds % 60
    return Moment(*day, (days + 6) % 7, *clock, fraction, units // per_second)


def _show(token: Token, moment: Moment, section: Section, clock12: bool, places: int) -> str:
    kind, text = token
    if kind == "literal":
        return text
    if kind == "fraction":
        return f".{moment.fraction:0{places}d}"
    if kind == "half":
        return _half(text, moment.hour, section.language)
    if kind == "elapsed":
        return f"{moment.elapsed // {'h': 3600, 'm': 60, 's': 1}[text[0]]:0{len(text)}d}"
    chinese = section.language == "zh"
    letter, width = text[0], len(text)
    if letter in "yeb":
        year = moment.year + (543 if letter == "b" else 0)
        shown = f"{year % 100:02d}" if letter != "e" and width < 3 else f"{year:04d}"
        return digit_by_digit(shown, section.numerals)
    if letter == "g":
        return "公元" if chinese and width > 1 else ""
    if letter == "a" or (letter == "d" and width > 2):
        return _weekday(letter, width, moment.weekday, chinese)
    if letter == "m" and width > 2:
        return _month_name(width, moment.month, chinese)
    number = {
        "m": moment.month,
        "d": moment.day,
        "h": (moment.hour + 11) % 12 + 1 if clock12 else moment.hour,
        "n": moment.minute,
        "s": moment.second,
    }[letter]
    return in_date(number, section.numerals) if section.numerals else f"{number:0{min(width, 2)}d}"


def _half(text: str, hour: int, language: str) -> str:
    """The half of the day: in the code's own words, or in Chinese where the section is."""
    if language == "zh" and text.upper() == "AM/PM":
        text = "上午/下午"
    morning, _, evening = text.partition("/")
    return evening if hour >= 12 else morning


def _weekday(letter: str, width: int, weekday: int, chinese: bool) -> str:
    if letter == "a":
        return ("星期" if width > 3 else "") + _ZH_DAYS[weekday]
    if chinese:
        return ("星期" if width > 3 else "周") + _ZH_DAYS[weekday]
    return _DAYS[weekday] if width > 3 else _DAYS[weekday][:3]


def _month_name(width: int, month: int, chinese: bool) -> str:
    if width == 5:
        return _ZH_MONTHS[month - 1][0] if chinese else _MONTHS[month - 1][0]
    if chinese:
        return _ZH_MONTHS[month - 1] if width > 3 else f"{month}月"
    return _MONTHS[month - 1] if width > 3 else _MONTHS[month - 1][:3]

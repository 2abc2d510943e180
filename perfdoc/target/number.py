"""Numbers in Arabic digits and, where they plainly count, in Chinese numerals."""

import re
from decimal import Decimal
from typing import NamedTuple

# twenty digits are more than any budget has; what is longer is not a number but something typed in error
_ARABIC = re.compile(
    r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3}){1,6}(?![0-9])|[0-9]{1,20}(?![0-9]))(?:\.[0-9]{1,12}(?![0-9]))?"
    r"|[+-]?\.[0-9]{1,12}(?![0-9])"
)
_CHINESE = re.compile("[零〇一二两三四五六七八九十][零〇一二两三四五六七八九十百千万亿]{0,15}|半")
_MINUS = re.compile("负|零下")
_POWER = re.compile("[×x*]10(?:\\^([0-9]{1,2})|([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MIXED = re.compile("([百千万亿])(?=[0-9])")
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_SIZES = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_ALL_SIZES = _SIZES | _MYRIADS


class Number(NamedTuple):
    """A number read, and where it ends. `chinese` marks a Chinese numeral."""

    value: Decimal
    end: int
    chinese: bool = False


def read_number(text: str, at: int) -> Number | None:
    """The number that begins at `at`, or None. 万 and 亿 at a numeral's end are left to its unit (五十|万元).

    负5 and 零下5 are negative; 3.5×10⁴ is a number; of 12万8千元 it is 128, whose unit is 千元.
    """
    minus = _MINUS.match(text, at)
    if minus:
        number = read_number(text, minus.end())
        return number and number._replace(value=-number.value) if number and number.value > 0 else None
    found = _ARABIC.match(text, at)
    if found:
        plain, end = Decimal(found.group().replace(",", "")), found.end()
        power = _POWER.match(text, end)
        if power:
            return Number(plain.scaleb(int(power[1] or power[2].translate(_RAISED))), power.end())
        return _with_smaller(text, Number(plain, end))
    found = _CHINESE.match(text, at)
    if not found:
        return None
    numeral = found.group().rstrip("万亿")
    value = chinese_number(numeral)
    if value is None and numeral.endswith("千"):  # 一百千克
        numeral = numeral[:-1]
        value = chinese_number(numeral)
    return None if value is None else Number(value, at + len(numeral), chinese=True)


def _with_smaller(text: str, number: Number) -> Number:
    """1亿2000万 in the smaller magnitude: 12000, which 万 follows. 12万8 and 5万3 stay as they are."""
    above = _MIXED.match(text, number.end)
    smaller = _ARABIC.match(text, above.end()) if above else None
    if above is None or smaller is None:
        return number
    size = _ALL_SIZES.get(text[smaller.end() : smaller.end() + 1], 1)
    big, more = _ALL_SIZES[above[1]], Decimal(smaller.group().replace(",", ""))
    if size >= big or (size == 1 and text[smaller.end() : smaller.end() + 1] == "") or more * size >= big:
        return number
    return Number(number.value * (big // size) + more, smaller.end())


def chinese_number(numeral: str) -> Decimal | None:
    """The value of a Chinese numeral (十二, 三百零五, 三万五千, 半), or None where it is not a plain one.

    Rows of digits (三五, 一九) and clipped forms (三百五) mean several things and are not read.
    """
    if numeral == "半":
        return Decimal("0.5")
    whole = section = 0
    digit: int | None = None
    smallest, zero = 10**5, False
    for char in numeral:
        if char in _DIGITS:
            if digit:
                return None
            zero = zero or char in "零〇○"
            digit = _DIGITS[char]
            continue
        size = _SIZES.get(char)
        if size:
            if size >= smallest or digit == 0 or (digit is None and (size != 10 or section)):
                return None
            section += (digit or 1) * size
            smallest = size
        else:
            section += digit or 0
            if not section:
                return None
            myriad = _MYRIADS[char]
            whole = (whole + section) * myriad if myriad > 10**4 else whole + section * myriad
            section, smallest = 0, 10**5
        digit, zero = None, False
    if digit and not zero and (smallest in (100, 1000) or (whole and not section)):
        return None
    return Decimal(whole + section + (digit or 0))


def small_number(numeral: str) -> int | None:
    """A day or month: one or two Arabic digits or a Chinese numeral (十二, 三十一)."""
    if numeral.isascii():
        return int(numeral)
    value = chinese_number(numeral)
    return None if value is None else int(value)

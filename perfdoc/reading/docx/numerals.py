"""Numbers as Word writes them in lists: the formats of ECMA-376 part 1, 17.18.59 (ST_NumberFormat)."""

from collections.abc import Callable

_ROMAN = {"m": 1000, "cm": 900, "d": 500, "cd": 400, "c": 100, "xc": 90, "l": 50, "xl": 40}
_ROMAN |= {"x": 10, "ix": 9, "v": 5, "iv": 4, "i": 1}
_SIMPLE = "〇一二三四五六七八九"
_ZERO_CIRCLE = "○一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"


def _roman(n: int) -> str:
    letters = ""
    for letter, value in _ROMAN.items():
        count, n = divmod(n, value)
        letters += letter * count
    return letters


def _letter(n: int) -> str:
    """a to z, then aa to zz, then aaa: Word doubles the letter."""
    times, letter = divmod(n - 1, 26)
    return chr(ord("a") + letter) * (times + 1)


def _digits(digits: str) -> Callable[[int], str]:
    return lambda n: "".join(digits[int(d)] for d in str(n))


def _counting(digits: str, units: str, *, short_ten: bool, thousands: str = "万") -> Callable[[int], str]:
    """Chinese counting below a hundred million: 一百二十三; `short_ten` writes 十一 rather than 一十一."""

    def below_ten_thousand(n: int) -> str:
        text, gap = "", False
        for unit in range(3, -1, -1):
            digit = n // 10**unit % 10
            if not digit:
                gap = gap or bool(text)
                continue
            text += (digits[0] if gap else "") + digits[digit] + units[unit].strip()
            gap = False
        return text

    def write(n: int) -> str:
        if n == 0:
            return digits[0]
        high, low = divmod(n, 10_000)
        text = below_ten_thousand(high) + thousands if high else ""
        if low:
            text += (digits[0] if high and low < 1000 else "") + below_ten_thousand(low)
        return text[1:] if short_ten and text.startswith(digits[1] + units[1]) else text

    return write


def _counting_to_hundred(zero: str) -> Callable[[int], str]:
    """十一, 九十九, and from a hundred on digit by digit: 一○○ (chineseCounting, taiwaneseCounting)."""
    counting = _counting(_SIMPLE, " 十百千", short_ten=True)
    digits = _digits(zero + _SIMPLE[1:])
    return lambda n: counting(n) if n < 100 else digits(n)


def _japanese(n: int) -> str:
    """百二十三: no 一 before a unit below 万, nothing for a zero between."""
    high, low = divmod(n, 10_000)
    text = _japanese(high) + "万" if high else ""
    for unit in range(3, -1, -1):
        digit = low // 10**unit % 10
        if digit:
            text += ("" if digit == 1 and unit else _SIMPLE[digit]) + " 十百千"[unit].strip()
    return text or _SIMPLE[0]


def _from(first: str, last: int) -> Callable[[int], str]:
    """Characters that stand in Unicode in a row: ① to ⑳, plain digits after them."""
    return lambda n: chr(ord(first) + n - 1) if 1 <= n <= last else str(n)


def _cycle(characters: str) -> Callable[[int], str]:
    return lambda n: characters[(n - 1) % len(characters)]


def _ordinal(n: int) -> str:
    if n % 100 in (11, 12, 13):
        return f"{n}th"
    return f"{n}{('th', 'st', 'nd', 'rd')[n % 10] if n % 10 < 4 else 'th'}"


FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02d}",
    "decimalHalfWidth": str,
    "decimalFullWidth": lambda n: "".join(chr(ord(d) + 0xFEE0) for d in str(n)),
    "decimalFullWidth2": lambda n: "".join(chr(ord(d) + 0xFEE0) for d in str(n)),
    "numberInDash": lambda n: f"- {n} -",
    "ordinal": _ordinal,
    "upperRoman": lambda n: _roman(n).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda n: _letter(n).upper(),
    "lowerLetter": _letter,
    "chineseCounting": _counting_to_hundred("○"),
    "taiwaneseCounting": _counting_to_hundred("○"),
    "chineseCountingThousand": _counting(_SIMPLE.replace("〇", "零"), " 十百千", short_ten=True),
    "taiwaneseCountingThousand": _counting(_SIMPLE.replace("〇", "零"), " 十百千", short_ten=True),
    "japaneseCounting": _japanese,
    "chineseLegalSimplified": _counting(_LEGAL, " 拾佰仟", short_ten=False),
    "ideographLegalTraditional": _counting(_LEGAL_TRADITIONAL, " 拾佰仟", short_ten=False, thousands="萬"),
    "ideographDigital": _digits(_SIMPLE),
    "japaneseDigitalTenThousand": _digits(_SIMPLE),
    "taiwaneseDigital": _digits(_ZERO_CIRCLE),
    "ideographTraditional": _cycle("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _cycle("子丑寅卯辰巳午未申酉戌亥"),
    "decimalEnclosedCircle": _from("①", 20),
    "decimalEnclosedCircleChinese": _from("①", 20),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "ideographEnclosedCircle": _from("㊀", 10),
    "none": lambda n: "",
}
"""How each format writes a number from 0 up."""

LARGEST = 99_999_999
"""Numbers above it, which no list reaches, are written in digits."""


def write(n: int, number_format: str) -> str | None:
    """A number in a format; None where the format is not known."""
    writer = FORMATS.get(number_format)
    if writer is None:
        return None
    # A thousand romans or letters would grow with the number: the text of a list number stays short.
    largest = 780 if number_format.endswith("Letter") else 9999 if "Roman" in number_format else LARGEST
    if not 0 <= n <= largest:
        return str(n)
    if n == 0 and number_format.endswith(("Roman", "Letter", "Zodiac", "Traditional")):
        return "0"
    return writer(n)

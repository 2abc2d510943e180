"""Numbers in Chinese: what `[DBNum1]`, `[DBNum2]` and `[DBNum3]` make of digits."""

_DIGITS = {1: "〇一二三四五六七八九", 2: "零壹贰叁肆伍陆柒捌玖", 3: "０１２３４５６７８９"}
_UNITS = {1: ("", "十", "百", "千"), 2: ("", "拾", "佰", "仟"), 3: ("", "十", "百", "千")}
_GROUPS = ("", "万", "亿", "万亿", "亿亿")


def digit_by_digit(text: str, numerals: int) -> str:
    """Each digit of the text by its own numeral: 2023 as 二〇二三."""
    signs = _DIGITS.get(numerals)
    return text if signs is None else text.translate({48 + i: signs[i] for i in range(10)})


def spelled(number: int, numerals: int) -> str:
    """A number from 0 on as it is read: 123 as 一百二十三. Past the units that have names: digit by digit."""
    signs = _DIGITS.get(numerals)
    if signs is None or number >= 10 ** (4 * len(_GROUPS)):
        return digit_by_digit(str(number), numerals)
    if number == 0:
        return signs[0]
    text = ""
    gap = False
    digits = str(number)
    for position, digit in enumerate(digits):
        group, unit = divmod(len(digits) - 1 - position, 4)
        if digit == "0":
            gap = True
        else:
            if gap and text:
                text += signs[0]
            gap = False
            text += signs[int(digit)] + _UNITS[numerals][unit]
        if unit == 0 and any(d != "0" for d in digits[max(position - 3, 0) : position + 1]):
            text += _GROUPS[group]
    return text


def in_date(number: int, numerals: int) -> str:
    """A month, day, hour or minute as it is said: 12 as 十二, not 一十二."""
    text = spelled(number, numerals)
    return text[1:] if 10 <= number < 20 and numerals == 1 else text

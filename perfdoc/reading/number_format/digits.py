"""Sections of digit placeholders: `#,##0.00`, percent, scaling, exponents and fractions."""

from collections.abc import Callable
from fractions import Fraction

from perfdoc.reading.number_format.chinese import digit_by_digit
from perfdoc.reading.number_format.general import exact, rounded, scaled
from perfdoc.reading.number_format.parse import Section, Token

Show = Callable[[float], str]
"""A number from 0 on → its text, without a sign."""

_PLAIN = {"pad": " ", "fill": "", "percent": "%", "slash": "/", "comma": ",", "text": ""}


def number_section(section: Section) -> Show:
    """How a section of digit placeholders shows a number from 0 on."""
    tokens = _marked(section.tokens)
    kinds = [token.kind for token in tokens]
    if "exponent" in kinds and "digit" in kinds[: kinds.index("exponent")]:
        return _scientific(tokens, kinds.index("exponent"))
    slash = next((i for i in range(1, len(kinds)) if kinds[i] == "slash" and kinds[i - 1] == "digit"), 0)
    if slash and slash + 1 < len(tokens) and _is_denominator(tokens[slash + 1]):
        return _fraction(tokens, slash)
    return _decimal(tokens, section.numerals)


def _marked(tokens: tuple[Token, ...]) -> list[Token]:
    """The tokens with each comma told apart: `group` between digits, `scale` after the last, or a literal."""
    point = next((i for i, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    whole = [i for i, token in enumerate(tokens[:point]) if token.kind == "digit"]
    marked: list[Token] = []
    for i, token in enumerate(tokens):
        if token.kind == "comma":
            if whole and whole[0] < i < whole[-1]:
                token = Token("group", ",")
            elif marked and marked[-1].kind in ("digit", "scale", "point"):
                token = Token("scale", ",")
        marked.append(token)
    return marked


def _is_denominator(token: Token) -> bool:
    return token.kind == "digit" or token.text.isdecimal()


def _literal(token: Token) -> str:
    return token.text if token.kind == "literal" else _PLAIN.get(token.kind, "")


def _decimal(tokens: list[Token], numerals: int) -> Show:
    kinds = [token.kind for token in tokens]
    power = 2 * kinds.count("percent") - 3 * kinds.count("scale")
    point = kinds.index("point") if "point" in kinds else len(tokens)
    whole = "".join(t.text for t in tokens[:point] if t.kind == "digit")
    part = "".join(t.text for t in tokens[point:] if t.kind == "digit")
    if not whole and not part:
        fixed = "".join(_literal(token) for token in tokens)
        return lambda value: fixed
    grouped = "group" in kinds

    def show(value: float) -> str:
        number = rounded(scaled(exact(value), power), len(part))
        left, _, right = f"{number:f}".partition(".")
        left = "" if left == "0" else left
        wholes = iter(_whole_digits(left, whole, grouped))
        parts = iter(_part_digits(right, part))
        text: list[str] = []
        for i, token in enumerate(tokens):
            if token.kind == "digit":
                shown = next(wholes) if i < point else next(parts)
                text.append(digit_by_digit(shown, numerals))
            elif token.kind == "point":
                text.append(f"{digit_by_digit(left, numerals)}." if not whole and i == point else ".")
            else:
                text.append(_literal(token))
        return "".join(text)

    return show


def _whole_digits(digits: str, holders: str, grouped: bool) -> list[str]:
    """What each placeholder before the decimal point shows; the first takes all digits that are left."""
    shown: list[str] = []
    for i, holder in enumerate(holders):
        place = len(holders) - 1 - i
        high = max(len(digits), place + 1) if i == 0 else place + 1
        text = ""
        for at in range(high - 1, place - 1, -1):
            comma = "," if grouped and at and at % 3 == 0 else ""
            if at < len(digits):
                text += digits[len(digits) - 1 - at] + comma
            elif holder == "0":
                text += "0" + comma
            elif holder == "?":
                text += " " * (1 + len(comma))
        shown.append(text)
    return shown


def _part_digits(digits: str, holders: str) -> list[str]:
    """What each placeholder after the decimal point shows; zeros at the end only where one asks for them."""
    said = len(digits.rstrip("0"))
    blank = {"0": "0", "?": " ", "#": ""}
    return [digits[i] if i < said else blank[holder] for i, holder in enumerate(holders)]


def _scientific(tokens: list[Token], at: int) -> Show:
    mantissa, tail = tokens[:at], tokens[at + 1 :]
    point = next((i for i, t in enumerate(mantissa) if t.kind == "point"), len(mantissa))
    period = max(sum(t.kind == "digit" for t in mantissa[:point]), 1)
    places = sum(t.kind == "digit" for t in mantissa[point:])
    show_mantissa = _decimal(mantissa, 0)
    plus = "+" if tokens[at].text.endswith("+") else ""
    holders = "".join(t.text for t in tail if t.kind == "digit")
    after = "".join(_literal(t) for t in tail if t.kind != "digit")

    def show(value: float) -> str:
        number = exact(value)
        power = number.adjusted() // period * period if number else 0
        if rounded(scaled(number, -power), places) >= 10**period:
            power += period
        exponent = "".join(_whole_digits(str(abs(power)).lstrip("0"), holders, False))
        sign = "-" if power < 0 else plus
        return f"{show_mantissa(float(scaled(number, -power)))}E{sign}{exponent}{after}"

    return show


def _fraction(tokens: list[Token], slash: int) -> Show:
    """`# ?/?` and its kin. The blanks that line the bars up in a column are left out of the text."""
    top = slash
    while top and tokens[top - 1].kind == "digit":
        top -= 1
    end = slash + 1
    while end < len(tokens) and _is_denominator(tokens[end]):
        end += 1
    bottom = "".join(t.text for t in tokens[slash + 1 : end])
    given = int(bottom) if bottom.isdecimal() and bottom.strip("0") else 0
    most = 10 ** min(len(bottom), 9) - 1
    mixed = any(t.kind == "digit" for t in tokens[:top])
    head = "".join(_literal(t) for t in tokens[:top] if t.kind != "digit").strip(" ")
    tail = "".join(_literal(t) for t in tokens[end:])

    def show(value: float) -> str:
        number = Fraction(exact(value))
        whole = int(number) if mixed else 0
        rest = number - whole
        if given:
            over, under = int(rest * given + Fraction(1, 2)), given
        else:
            over, under = rest.limit_denominator(most).as_integer_ratio()
        if mixed and over >= under:
            whole, over = whole + 1, 0
        if mixed and not over:
            return f"{head}{whole}{tail}"
        return f"{head}{f'{whole} ' if whole else ''}{over}/{under}{tail}"

    return show

"""The General format, and decimal rounding as Excel does it."""

from decimal import ROUND_HALF_UP, Context, Decimal

_EXCEL = Context(prec=400, rounding=ROUND_HALF_UP, Emin=-9999, Emax=9999)
"""Wide enough for every double with hundreds of decimals, and for a code of `%` alone; half goes away from zero."""

_WIDTH = 11
"""Characters that General gives a number, its sign not counted."""


def exact(value: float) -> Decimal:
    """The number as Excel takes it for display: the 15 significant digits that it keeps of a double.

    So 0.1 + 0.2 is 0.3, and 1.005 rounds up to 1.01 although the double lies below it.
    """
    return Decimal(f"{value:.15g}")


def rounded(number: Decimal, decimals: int) -> Decimal:
    """The number with that many decimals, or as many as its 400 digits allow, half rounded away from zero."""
    room = _EXCEL.prec - max(number.adjusted() + 2, 1)  # one more for a carry
    return number.quantize(Decimal((0, (1,), -min(decimals, room))), context=_EXCEL)


def scaled(number: Decimal, power: int) -> Decimal:
    """The number times ten to that power."""
    return number.scaleb(power, context=_EXCEL)


def general(value: float) -> str:
    """A number in the General format, in a column that is wide enough.

    Eleven characters, the decimal point counted and the sign not; past that, or below 0.0001 where the
    digits do not fit, six significant digits and an exponent (what Excel shows; no standard says it).
    """
    text = f"{value:.15g}"
    if len(text) <= _WIDTH and "e" not in text:
        return "0" if text == "-0" else text
    number = Decimal(text)
    size = abs(number)
    if Decimal("0.0001") <= size < Decimal(10) ** _WIDTH:
        whole = max(number.adjusted(), 0) + 1
        short = _bare(f"{rounded(number, max(_WIDTH - 1 - whole, 0)):f}")
    else:
        short = _bare(f"{number:f}")
    return short if len(short.lstrip("-")) <= _WIDTH else _exponential(number)


def _exponential(number: Decimal) -> str:
    mantissa = rounded(scaled(number, -number.adjusted()), 5)
    power = number.adjusted()
    if abs(mantissa) >= 10:
        mantissa, power = scaled(mantissa, -1), power + 1
    return f"{_bare(f'{mantissa:f}')}E{'-' if power < 0 else '+'}{abs(power):02d}"


def _bare(text: str) -> str:
    """Without zeros after the decimal point that say nothing."""
    return text.rstrip("0").rstrip(".") if "." in text else text

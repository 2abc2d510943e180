"""Parts of a whole and ratios: 三分之二以上, ≥1/3, 1:1.5, 1比2."""

import re
from decimal import Decimal

from perfdoc.target.number import read_number, small_number
from perfdoc.target.operators import SIGNS, prefix_at, suffix_at
from perfdoc.target.quantity import Quantity, plain
from perfdoc.target.units import RATIO
from perfdoc.target.value import Kind, Spans, Target

_FRACTION = re.compile(
    "(?P<of>[二三四五六七八九十]{1,3})分之(?P<part>[一二两三四五六七八九十]{1,3})|(?P<n>[1-9][0-9]?)/(?P<d>[2-9]|10{1,3})(?![0-9])"
)
_RATIO = re.compile("(?P<one>[0-9]{1,6}(?:[.][0-9]{1,4})?)(?::|比)(?P<other>[0-9]{1,6}(?:[.][0-9]{1,4})?)")
_CLOCK = re.compile("(?:[01]?[0-9]|2[0-4]):(?:00|[0-5][05])")
_PLACES = Decimal("0.000001")


def read_proportion(text: str) -> Target | None:
    """A part of a whole as a percentage, a ratio as a number whose unit is `:1`; None for what is neither.

    Thirds and the like are rounded to six places. 24/7 is no part of a whole; 8:30 is a time, ≥8:30 is none.
    """
    bound = prefix_at(text, 0)
    start = bound.end if bound else 0
    found = _FRACTION.match(text, start) or _RATIO.match(text, start)
    if found is None:
        return None
    behind = suffix_at(text, found.end())
    quantity = _part(found) if found.re is _FRACTION else _ratio(found, bool(bound) and text[0] in SIGNS)
    if quantity is None or (behind.end if behind else found.end()) != len(text):
        return None
    operator = bound.operator if bound else behind.operator if behind else None
    before = (bound.start, bound.end) if bound else None
    spans = Spans(before, found.span(), None, None, (behind.start, behind.end) if behind else None)
    return Target(text, Kind.quantity, operator, quantity, spans=spans)


def _part(found: re.Match[str]) -> Quantity | None:
    part, whole = (small_number(found[name]) or 0 for name in (("part", "of") if found["of"] else ("n", "d")))
    return Quantity(_rounded(Decimal(part * 100) / whole), "%") if 0 < part < whole else None


def _ratio(found: re.Match[str], signed: bool) -> Quantity | None:
    one, other = (read_number(found[name], 0) for name in ("one", "other"))
    if (_CLOCK.fullmatch(found[0]) and not signed) or one is None or other is None or not other.value:
        return None
    return Quantity(_rounded(one.value / other.value), RATIO)


def _rounded(number: Decimal) -> Decimal:
    return Decimal(plain(number.quantize(_PLACES)))

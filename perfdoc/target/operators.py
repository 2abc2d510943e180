"""The signs and words that bound a value, before it (≥, 不低于) and after it (以上, 左右)."""

import re
from typing import NamedTuple

from perfdoc.target.fold import squeeze
from perfdoc.target.value import Operator

_NOT = "不(?:得|能|应|应当|宜|可|会)?"
# The first that matches is taken, so the longer and the negated stand first. 以上 以下 以内 include the
# number, 超过 不满 以外 don't (民法典 article 1259).
_PREFIXES = (
    (
        Operator.at_least,
        r">=|=>|≥=?|大于(?:或|或者|并)?等于|[高多优]于(?:或|或者)?等于|(?:达到|等于)或者?(?:超过|大于|高于)",
    ),
    (Operator.at_most, r"<=|=<|≤=?|小于(?:或|或者)?等于|[低少]于(?:或|或者)?等于"),
    (Operator.unequal, r"≠|不等于"),
    (Operator.at_least, rf"{_NOT}(?:低于|少于|小于|短于|早于|差于)|至少|最少|最低|下限为?"),
    (Operator.at_most, rf"{_NOT}(?:超过|超出|超|高于|大于|多于|突破|长于|晚于|迟于)|至多|最多|最高|最迟|最晚|上限为?"),
    (Operator.more, r">|大于|超过|超出|高于|多于|优于|晚于|超(?!额)|突破|逾"),
    (Operator.less, r"<|小于|低于|少于|早于|不满|未满|不足|不到|未超过"),
    (Operator.equal, r"==?|等于"),
    (Operator.about, r"≈|(?<![节预合契签制集条履])大?约为?|接近|将近|近(?=[0-9])"),
)
_CEILING = r"(?:\(含[^()]{0,8}\))?[及或含]?"
_SUFFIXES = (
    (Operator.at_least, rf"{_CEILING}以上(?:\(含[^()]{{0,8}}\))?"),
    (
        Operator.at_most,
        rf"{_CEILING}以下(?:\(含[^()]{{0,8}}\))?|(?:\(含[^()]{{0,8}}\))?[以之]内(?:\(含[^()]{{0,8}}\))?|内(?![容部外涵控科设])",
    ),
    (Operator.more, r"[以之]外"),
    (Operator.about, r"左右|上下"),
)


def _compiled(table: tuple[tuple[Operator, str], ...]) -> tuple[re.Pattern[str], tuple[Operator, ...]]:
    return re.compile("|".join(f"({pattern})" for _, pattern in table)), tuple(op for op, _ in table)


_PREFIX, _PREFIX_OPERATORS = _compiled(_PREFIXES)
_SUFFIX, _SUFFIX_OPERATORS = _compiled(_SUFFIXES)
SUFFIX_PATTERN = "|".join(pattern for _, pattern in _SUFFIXES)
SIGNS = "<>=≥≤≈≠"


class Bound(NamedTuple):
    """An operator read, and where it stands in the clause."""

    operator: Operator
    start: int
    end: int


def prefix_at(text: str, at: int) -> Bound | None:
    """The operator in front of a value that begins at `at`."""
    found = _PREFIX.match(text, at)
    return Bound(_PREFIX_OPERATORS[(found.lastindex or 1) - 1], at, found.end()) if found else None


def beginnings(text: str, number: re.Pattern[str], most: int) -> list[int]:
    """Where a value may begin, its operator included: at the start, at an operator, at the first `number`.

    At most `most` places after the start.
    """
    starts = {found.start() for found in (*_PREFIX.finditer(text), number.search(text, 1)) if found}
    return [0, *sorted(starts - {0})[:most]]


def suffix_at(text: str, at: int) -> Bound | None:
    """The operator behind a value that begins at `at`."""
    found = _SUFFIX.match(text, at)
    return Bound(_SUFFIX_OPERATORS[(found.lastindex or 1) - 1], at, found.end()) if found else None


def canonical_operator(text: str) -> Operator | None:
    """The operator that a text stands for which holds nothing else (`>=`, `大于等于`, `以上`), or None.

    For forms that give the operator in a column of its own (计算符号, 指标方向).
    """
    clause = squeeze(text).text
    for bound in (prefix_at(clause, 0), suffix_at(clause, 0)):
        if bound and bound.end == len(clause):
            return bound.operator
    return None

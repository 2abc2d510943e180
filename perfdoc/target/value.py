"""What a 指标值 means: Target and what it is made of. Frozen values; no reading happens here."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from perfdoc.target.quantity import Quantity


class Kind(StrEnum):
    """The shape of a 指标值. Every text has exactly one."""

    quantity = "quantity"  # ≥83万页
    range = "range"  # 80-90%
    period = "period"  # 2023年1-12月
    deadline = "deadline"  # 2023年底前
    change = "change"  # 提升5%以上
    grade = "grade"  # 优
    compound = "compound"  # ≥95%，且无投诉
    qualitative = "qualitative"  # 显著提升
    placeholder = "placeholder"  # /
    empty = "empty"


class Operator(StrEnum):
    """How the value bounds what is achieved, in its one canonical spelling.

    以上 以下 以内 include the number; 不满 超过 以外 don't (民法典 article 1259).
    """

    at_least = "≥"
    at_most = "≤"
    more = ">"
    less = "<"
    equal = "="
    about = "≈"
    unequal = "≠"


AT_MOST = frozenset((Operator.at_most, Operator.less))
AT_LEAST = frozenset((Operator.at_least, Operator.more))


class Direction(StrEnum):
    """Which way a change goes."""

    up = "up"
    down = "down"


class Date(NamedTuple):
    """A date as far as it is given: a part that the text leaves out is None.

    `later` is how many years after the form's own year a date lies whose year is not given: 1 in 次年3月底前.

    Parts are as written, also where no calendar has them (13月): see `exists`.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    later: int = 0

    def within(self, year: int | None) -> Date:
        """The date with the year that it leaves out, where `year` is the form's own."""
        return self if self.year is not None or year is None else self._replace(year=year + self.later, later=0)

    @property
    def exists(self) -> bool:
        """Whether the parts that are given can be a date of some year."""
        if self.month is not None and not 1 <= self.month <= 12:
            return False
        if self.day is None:
            return True
        last = 31 if self.month is None else calendar.monthrange(self.year or 2000, self.month)[1]
        return 1 <= self.day <= last

    @property
    def first_day(self) -> datetime.date | None:
        """The first day that the date covers; None without a year or for a date that does not exist."""
        if self.year is None or not self.exists:
            return None
        return datetime.date(self.year, self.month or 1, (self.day or 1) if self.month else 1)

    @property
    def last_day(self) -> datetime.date | None:
        """The last day that the date covers; None without a year or for a date that does not exist."""
        if self.year is None or not self.exists:
            return None
        month = self.month or 12
        day = self.day if self.month and self.day else calendar.monthrange(self.year, month)[1]
        return datetime.date(self.year, month, day)


Span = tuple[int, int]
"""Start and end offset in `Target.text`, as a slice takes them."""


class Spans(NamedTuple):
    """Where the pieces stand in `Target.text`. None where there is no such piece, or more than one.

    `operator` is the sign or word before the number, `suffix` the one after it (以上, 前). `number` is the
    digits alone, `unit` the unit with its magnitude and the per-unit that follows it (万元/人); `per` the
    per-unit alone (人, or 每页 where it stands in front). For a range `number` covers both numbers.
    For a period or deadline `number` covers the dates. `parts` are the parts of a compound.
    """

    operator: Span | None = None
    number: Span | None = None
    unit: Span | None = None
    per: Span | None = None
    suffix: Span | None = None
    parts: tuple[Span, ...] = ()


NO_SPANS = Spans()


class Split(NamedTuple):
    """A value in three columns, as flat lists and budget systems hold it: 计算符号, 指标值, 计量单位."""

    operator: str
    value: str
    unit: str


@dataclass(frozen=True, slots=True)
class Target:
    """A 指标值: its text exactly as written, and what it means.

    kind        which of the other fields are set
    operator    from a sign or word before the number (≥, >=, 不低于, 约) or after it (以上, 左右, 前)
    quantity    the number of a quantity, the amount of a change
    low, high   first and second number of a range, as written (the first may be the greater one);
                with kind change, the amounts between which it lies
    start, end  the dates of a period (both the same for a single one); for a deadline `end` is the date
    every       what a period or deadline recurs by: 月 in 每月10日前
    direction   of a change
    grade       the grade named: 良好 in 良好及以上
    before      words in front that are not read further: 满意度 in 满意度≥90%
    after       words behind: 志愿者 in ≥20名志愿者
    parts       of a compound, each a Target over its own stretch of the text
    spans       where the pieces stand in `text`
    """

    text: str
    kind: Kind
    operator: Operator | None = None
    quantity: Quantity | None = None
    low: Quantity | None = None
    high: Quantity | None = None
    start: Date | None = None
    end: Date | None = None
    every: str = ""
    direction: Direction | None = None
    grade: str = ""
    before: str = ""
    after: str = ""
    parts: tuple[Target, ...] = ()
    spans: Spans = NO_SPANS

    @property
    def unit(self) -> str | None:
        """The unit as written, magnitude included: 万页. Of a range, the second number's."""
        quantity = self.quantity or self.high
        return quantity.unit if quantity else None

    @property
    def base(self) -> Quantity | None:
        """The quantity in base units: 830000 页."""
        return self.quantity.base if self.quantity else None

    def written(self, span: Span | None) -> str:
        """The text at a span, nothing for None."""
        return self.text[span[0] : span[1]] if span else ""

    def meaning(self) -> Target:
        """This target without its text and spans: equal for two spellings of one meaning."""
        return replace(self, text="", spans=NO_SPANS, parts=tuple(part.meaning() for part in self.parts))


def same_meaning(one: Target, other: Target) -> bool:
    """Whether two targets say the same, however they are spelled (2023年1-12月, 2023年1月-2023年12月)."""
    return one.meaning() == other.meaning()

"""Periods and deadlines: 2023年1-12月, 2023年1月-2023年12月, 全年, 每月10日前, ≤2023年12月."""

import re
from typing import NamedTuple

from perfdoc.target.fold import spelled
from perfdoc.target.number import small_number
from perfdoc.target.operators import Bound, beginnings, prefix_at
from perfdoc.target.value import AT_MOST, Date, Kind, Operator, Spans, Target

_YEAR = "(?:19|20|21)[0-9]{2}|[一二][〇○零一二三四五六七八九]{3}"
_N = "[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
_TO = "(?:[-—]{1,2}|~|至|到)"
_MARK = "年?[底末初]|年中(?![旬期])|[上中下]旬|月[底末初]"
_POINT = re.compile(
    rf"(?:(?P<y>{_YEAR})(?:学?年度?|(?=全年|[上下]半年|第))|(?P<this>当年度?|本年度?|年度?(?=内)|年(?=[底末初中]))|(?P<next>[次明翌]年度?|下一?年度?))?"
    rf"(?:(?P<half>[上下])半年|(?:[Qq](?=[1-4])|第?(?=[1-4一二三四]季))(?P<q>[1-4一二三四])(?:季度?)?|(?P<whole>全年度?)"
    rf"|(?:(?P<m>{_N})月份?)?(?:(?P<d>{_N})[日号])?)(?P<mark>{_MARK})?"
)
_NUMERIC = re.compile(
    r"(?P<y>(?:19|20)[0-9]{2})(?P<s>[./-])(?P<m>0?[1-9]|1[0-2])"
    r"(?:(?P=s)(?P<d>0?[1-9]|[12][0-9]|3[01]))?(?![0-9./%])"
)
# what two dates share is written once: 1-12月, 1月5-10日, 1-4季度, 2023-2025年, 2023.1-12
_SHORT = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:(?P<y>{_YEAR})年度?)?(?P<m1>{_N}){_TO}(?P<m2>{_N})月份?(?![0-9])",
        rf"(?:(?P<y>{_YEAR})年度?)?(?P<m>{_N})月(?P<d1>{_N}){_TO}(?P<d2>{_N})[日号]",
        rf"(?:(?P<y>{_YEAR})年度?)?第?(?P<q1>[1-4一二三四])(?:季度?)?{_TO}第?(?P<q2>[1-4一二三四])季度",
        rf"(?P<y1>{_YEAR})(?:年度?)?{_TO}(?P<y2>{_YEAR})(?:学?年度?|$)(?![0-9])",
        rf"(?P<y>(?:19|20)[0-9]{{2}})\.(?P<m1>0?[1-9]|1[0-2]){_TO}(?P<m2>0?[1-9]|1[0-2])月?(?![0-9.])",
    )
)
_COMPACT = re.compile(r"(?P<y>20[0-9]{2})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12][0-9]|3[01])?(?=$|[以之]?前|[-—~至])")
_MONTH_DAY = re.compile(r"(?P<y>)(?P<m>0?[1-9]|1[0-2])[./](?P<d>0?[1-9]|[12][0-9]|3[01])(?=[以之]?前)")
_JOINT = re.compile(f"起?{_TO}")
_BARE_MARK = re.compile("[底末初]|[上中下]旬")
_DAYS = re.compile(rf"(?P<d1>{_N}){_TO}(?P<d2>{_N})[日号]")
_EVERY = re.compile("每(年度?|半年|季度?|月|周|日|天|学期|学年)")
_TAIL = re.compile("(?P<by>[以之]?前|为止)|(?P<stop>止)|(?P<within>以?内|期间|之间)|(?P<on>起|开始|至今|以来)")
_STARTS = re.compile(
    f"[0-9每]|{_YEAR}|[上下]半年|年度?(?=[底末内])|全年|[当本]年|第?[一二三四]季度|[一二三四五六七八九十]{{1,3}}月"
)
_LEAD = re.compile(
    "(?:自|从|于|在|力争|争取|确保|预计|计划|拟|截至|截止|到|至|服务|合同|建设|实施|完成|项目|时间|期限|周期|工期|日期)*:?"
)
_OTHER_MONTH = re.compile("[次下当本该首末]个?[月季]度?$")
"""A date of a month that is not known: 次月10日前, 每季度首月5日前."""
_UNTIL = re.compile("截至|截止|[到至]$")
_DONE = re.compile(
    "(?:[按如全][时期部面])?(?:完成|完工|竣工|实施|执行|支付|发放|开展|进行|交付|验收|结束|到位|使用|投用|启动|办结|拨付){0,3}(?:完毕)?"
    r"(?:\([^()]{0,40}\))?"
)
_ANY_WORDS = re.compile(r"(?![且并或及和])[㐀-鿿A-Za-z]{0,12}(?:\([^()]{0,40}\))?")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_NO_WORDS = re.compile("[0-9,;。()<>=≥≤≈≠]")


class Dates(NamedTuple):
    """Dates read: both ends, whether they are one, whether that names a day or the end of something."""

    start: Date
    end: Date
    single: bool
    exact: bool
    stop: int


def read_when(text: str) -> Target | None:
    """The period or deadline that a clause is, or None. `text` and spans of the result are the clause's."""
    for at in beginnings(text, _STARTS, 4):
        before = text[:at]
        if at and (at > 12 or _NO_WORDS.search(before)):
            return None
        target = _read_from(text, at, before)
        if target:
            return target
    return None


def _read_from(text: str, at: int, before: str) -> Target | None:
    bound, every, start = _opening(text, at)
    dates = _dates(text, start, bool(every))
    if dates is None:
        return None
    tail = _TAIL.match(text, dates.stop)
    stop = tail.end() if tail else dates.stop
    by = bool(tail and (tail["by"] or (tail["stop"] and dates.single)))
    on = bool(tail and tail["on"])
    known_lead = bool(_LEAD.fullmatch(before)) or before.endswith(":")
    late = by or bool(_UNTIL.search(before))
    operator = bound.operator if bound else None
    if (
        _OTHER_MONTH.search(before)
        or not _sound(dates, operator, every, by)
        or not (known_lead or (by and len(before) <= 8))
    ):
        return None
    after = (_ANY_WORDS if by else _DONE).match(text, stop)
    if after is None or after.end() != len(text):
        return None
    at_most = operator in AT_MOST
    deadline = late or (dates.single and not on and (dates.exact or at_most))
    return Target(
        text,
        Kind.deadline if deadline else Kind.period,
        operator=operator or (Operator.at_most if late else None),
        start=None if deadline or dates.start == Date() else dates.start,
        end=None if on or (dates.end == Date() and not deadline) else dates.end,
        every=every,
        before=spelled(before.rstrip(":")),
        after=spelled(after.group()),
        spans=Spans(
            operator=(bound.start, bound.end) if bound else None,
            number=(start, dates.stop) if dates.stop > start else None,
            suffix=(tail.start(), stop) if tail else None,
        ),
    )


def _opening(text: str, at: int) -> tuple[Bound | None, str, int]:
    """What stands in front of the dates: operator, recurrence, and where the dates begin."""
    bound = prefix_at(text, at)
    every = _EVERY.match(text, bound.end if bound else at)
    if every and not bound:
        bound = prefix_at(text, every.end())
    return bound, every[1] if every else "", max(at, bound.end if bound else 0, every.end() if every else 0)


def _sound(dates: Dates, operator: Operator | None, every: str, by: bool) -> bool:
    """Whether the dates can stand as they are: 30日, 24月, ≥6月, ≥1季度 are durations unless something says date."""
    end = dates.end
    if end.year is None and (end.month or 0) > 12:
        return False
    if dates.single and end.year is None and not every:
        if end.day is not None and end.month is None and not by:
            return False
        of_month = end.month is not None and end.day is None and not dates.exact
        if of_month and operator in (Operator.at_least, Operator.more, Operator.about):
            return False
    return dates.single or not by


def _dates(text: str, at: int, recurring: bool) -> Dates | None:
    for pattern in (*_SHORT, _DAYS) if recurring else _SHORT:
        found = pattern.match(text, at)
        if found:
            return _short(found)
    first = _point(text, at)
    if first is None:
        if not recurring:
            return None
        mark = _BARE_MARK.match(text, at)
        return Dates(Date(), Date(), True, bool(mark), mark.end() if mark else at)
    joint = _JOINT.match(text, first.stop)
    second = _point(text, joint.end()) if joint else None
    if second is None:
        return first
    end = second.end
    if end.year is None:  # 2023年1月1日-5日: what the second date leaves out is as in the first
        month = first.start.month if end.month is None else end.month
        end = Date(None, month, end.day, end.later).within(first.start.year)
    return Dates(first.start, end, False, True, second.stop)


def _short(found: re.Match[str]) -> Dates | None:
    parts = found.groupdict()

    def number(name: str) -> int | None:
        return small_number(parts[name]) if parts.get(name) else None

    year = _year(parts.get("y"))
    if parts.get("y1"):
        first, last = Date(_year(parts["y1"])), Date(_year(parts["y2"]))
    elif parts.get("q1"):
        first, last = Date(year, (number("q1") or 0) * 3 - 2), Date(year, (number("q2") or 0) * 3)
    elif parts.get("m1"):
        first, last = Date(year, number("m1")), Date(year, number("m2"))
    else:
        first, last = Date(year, number("m"), number("d1")), Date(year, number("m"), number("d2"))
    if None in (first.month, last.month) and parts.get("m1"):
        return None
    return Dates(first, last, False, True, found.end())


def _point(text: str, at: int) -> Dates | None:
    """One date, quarter, half-year or year that begins at `at`."""
    found = _NUMERIC.match(text, at) or _COMPACT.match(text, at) or _MONTH_DAY.match(text, at)
    if found:
        day = int(found["d"]) if found["d"] else None
        date = Date(_year(found["y"]), int(found["m"]), day)
        return Dates(date, date, True, day is not None, found.end())
    found = _POINT.match(text, at)
    if not found or not any(found[name] for name in ("y", "this", "next", "half", "q", "whole", "m", "d")):
        return None
    year = _year(found["y"])
    mark = found["mark"] or ""
    start, end = _months(found)
    day = small_number(found["d"]) if found["d"] else None
    if day is None and mark.endswith("旬"):
        day = {"上": 10, "中": 20}.get(mark[0])
    if (found["m"] and start is None) or (found["d"] and day is None):
        return None
    exact = day is not None or mark.endswith(("底", "末", "旬"))
    if start is None and mark and not day:
        start = end = {"初": 1, "中": 6}.get(mark[-1], 12)
    later = 1 if found["next"] else 0
    return Dates(Date(year, start, day, later), Date(year, end, day, later), True, exact, found.end())


def _months(found: re.Match[str]) -> tuple[int | None, int | None]:
    """First and last month of what a point names."""
    if found["half"]:
        return (1, 6) if found["half"] == "上" else (7, 12)
    if found["q"]:
        last = (small_number(found["q"]) or 0) * 3
        return last - 2, last
    if found["m"]:
        month = small_number(found["m"])
        return month, month
    if found["whole"] or ((found["this"] or found["next"]) and not found["mark"]):
        return 1, 12
    return None, None


def _year(numeral: str | None) -> int | None:
    return int(numeral.translate(_DIGITS)) if numeral else None

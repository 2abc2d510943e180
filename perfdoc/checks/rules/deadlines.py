"""PD308–PD310: periods and deadlines of a 指标值 against the budget year and against one another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from perfdoc.checks.finding import Edit, Hit, Rule
from perfdoc.checks.row import Row
from perfdoc.checks.subject import Subject
from perfdoc.checks.word_lists import any_of
from perfdoc.target import Date, Kind, Target

_WHEN = frozenset((Kind.period, Kind.deadline))


def _dated(subject: Subject) -> Iterator[tuple[Row, Target, int]]:
    """Rows whose value, or a part of it, is a period or deadline; the part's offset in the value."""
    for case in subject.cases:
        for row in case.rows:
            target = row.target
            if target.kind in _WHEN:
                yield row, target, 0
            elif target.kind is Kind.compound:
                for part, span in zip(target.parts, target.spans.parts, strict=True):
                    if part.kind in _WHEN:
                        yield row, part, span[0]


def _dates(target: Target) -> list[Date]:
    return [date for date in (target.start, target.end) if date is not None]


def outside_year(subject: Subject) -> Iterator[Hit]:
    """PD308: a date outside of the budget year."""
    year = subject.year
    dated = [(row, target, offset) for row, target, offset in _dated(subject)]
    many = year is None and len({d.year for _, t, _ in dated for d in _dates(t) if d.year}) > 1
    lasting = any_of("more_is_better")
    for row, target, offset in dated:
        years = {date.year for date in _dates(target) if date.year}
        if not years or (year is None and not many):
            continue
        span = target.spans.number
        span = (offset + span[0], offset + span[1]) if span else None
        value = row.text.strip()
        if many:
            named = "、".join(str(each) for each in sorted(subject.year_votes))
            yield Hit(row.at("target"), span, {"value": value, "years": named}, variant="many")
        elif year not in years and not (min(years) < (year or 0) < max(years)):
            if row.group == "benefit" and min(years) > (year or 0) and lasting.search(row.name):
                continue
            yield Hit(row.at("target"), span, {"value": value, "year": str(year)})
        elif len(years) > 1 and row.group == "output":
            yield Hit(row.at("target"), span, {"value": value, "year": str(year)}, variant="beyond")


def impossible_date(subject: Subject) -> Iterator[Hit]:
    """PD309: an impossible date, or a period that runs backwards."""
    for row, target, offset in _dated(subject):
        span = target.spans.number
        span = (offset + span[0], offset + span[1]) if span else None
        value = row.text.strip()
        dates = _dates(target)
        if any(not date.exists for date in dates):
            yield Hit(row.at("target"), span, {"value": value})
        elif len(dates) == 2 and _after(dates[0], dates[1]):
            yield Hit(row.at("target"), span, {"value": value}, variant="backwards")


def _after(start: Date, end: Date) -> bool:
    if start.year is None or end.year is None:
        one, other = (start.month or 0, start.day or 0), (end.month or 0, end.day or 99)
        return start.year is None and end.year is None and None not in (start.month, end.month) and one > other
    first, last = start.first_day, end.last_day
    return first is not None and last is not None and first > last


def period_spelled(subject: Subject) -> Iterator[Hit]:
    """PD310: one period spelled in several ways."""
    spellings: defaultdict[Target, Counter[str]] = defaultdict(Counter)
    rows: list[tuple[Row, Target]] = []
    first: dict[tuple[Target, str], Row] = {}  # the first row of each spelling
    for case in subject.cases:
        for row in case.rows:
            if row.target.kind in _WHEN:
                meaning = row.target.meaning()
                spellings[meaning][row.text] += 1
                rows.append((row, meaning))
                first.setdefault((meaning, row.text), row)
    for row, meaning in rows:
        counts = spellings[meaning]
        if len(counts) < 2:
            continue
        usual = min(counts, key=lambda text: (-counts[text], len(text), text))
        if row.text != usual:
            path = row.at("target")
            ways = "、".join(f"“{text}”" for text in counts)
            values = {"value": row.text, "usual": usual, "ways": ways}
            yield Hit(path, None, values, (Edit(path, 0, len(row.text), usual),), (first[meaning, usual].at("target"),))


RULES = (
    Rule("PD308", outside_year),
    Rule("PD309", impossible_date),
    Rule("PD310", period_spelled),
)

"""PD308–PD310: periods and deadlines of a 指标值 against the budget year and against one another."""

from collections import defaultdict
from collections.abc import Iterator

from perfdoc.checks.finding import Edit, Hit, Span
from perfdoc.checks.row import Row, span_of
from perfdoc.checks.subject import Subject
from perfdoc.checks.word_lists import any_of
from perfdoc.target import Date, Kind, Target

_WHEN = frozenset((Kind.period, Kind.deadline))


def _dated(subject: Subject) -> Iterator[tuple[Row, Span | None, list[Date]]]:
    """Rows whose value, or a part of it, is a period or deadline; where that stands in the value, and its dates."""
    for row, target, offset in subject.parts:
        if target.kind in _WHEN:
            dates = [date for date in (target.start, target.end) if date is not None]
            yield row, span_of(target, offset, "number"), dates


def outside_year(subject: Subject) -> Iterator[Hit]:
    """PD308: a date outside of the budget year."""
    year = subject.year
    goals = {case.at("goals")[:2]: case.project.goals or "" for case in subject.cases}
    dated = [
        (row, span, {date.year for date in dates if date.year})
        for row, span, dates in _dated(subject)
        if not row.over_years
    ]
    many = year is None and len(set().union(*(years for _, _, years in dated))) > 1
    for row, span, years in dated:
        values = {"value": row.value, "year": str(year)}
        if many and years:
            named = "、".join(str(each) for each in sorted(subject.year_votes))
            yield Hit(row.at("target"), span, {"value": row.value, "years": named}, variant="many")
        elif year is None or not years:
            continue
        elif year not in years and not (min(years) < year < max(years)):
            lasting = row.group == "benefit" and any_of("more_is_better").search(row.name)
            if not (lasting and min(years) > year):
                yield Hit(row.at("target"), span, values)
        elif row.text in goals[row.path[:2]]:
            continue  # the period of the project, as its goals say
        elif len(years) > 1 and row.group == "output" and not any_of("spans_years").search(row.name + row.text):
            yield Hit(row.at("target"), span, values, variant="beyond")


def impossible_date(subject: Subject) -> Iterator[Hit]:
    """PD309: an impossible date, or a period that runs backwards."""
    for row, span, dates in _dated(subject):
        if any(not date.exists for date in dates):
            yield Hit(row.at("target"), span, {"value": row.value})
        elif len(dates) == 2 and _after(*dates):
            yield Hit(row.at("target"), span, {"value": row.value}, variant="backwards")


def _after(start: Date, end: Date) -> bool:
    year = 2000 if start.year is None and end.year is None else None  # any leap year
    first, last = start.within(year).first_day, end.within(year).last_day
    return first is not None and last is not None and first > last


def period_spelled(subject: Subject) -> Iterator[Hit]:
    """PD310: one period spelled in several ways."""
    rows: defaultdict[Target, dict[str, list[Row]]] = defaultdict(dict)
    for row in subject.rows:
        if row.target.kind in _WHEN:
            rows[row.target.meaning()].setdefault(row.text, []).append(row)
    for spellings in rows.values():
        usual = min(spellings, key=lambda text: (-len(spellings[text]), len(text), text))
        ways = "、".join(f"“{text}”" for text in spellings)
        for text, those in spellings.items():
            for row in those if text != usual else ():
                path = row.at("target")
                values = {"value": text, "usual": usual, "ways": ways}
                yield Hit(path, None, values, (Edit(path, 0, len(text), usual),), (spellings[usual][0].at("target"),))

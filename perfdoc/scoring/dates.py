"""Deadlines and periods: kept or not. A date has no proportion, so what is late is left to a person."""

from dataclasses import replace

from perfdoc.scoring.sheet import Verdict, full, refused
from perfdoc.scoring.word_lists import bands, words
from perfdoc.target import Date, Kind, Target, same_meaning

TIMES = (Kind.deadline, Kind.period)


def judged(target: Target, actual: Target, year: int | None) -> Verdict:
    """The verdict on a deadline or a period; `year` is the project's, for dates that name none."""
    said = {"target": target.text.strip(), "actual": actual.text.strip()}
    kept = same_meaning(replace(target, operator=None), replace(actual, operator=None))
    if kept or "".join(actual.text.split()).startswith(words("in_time")):
        return full(said)
    if target.kind is Kind.deadline and not target.every and actual.kind in TIMES and not actual.every:
        found = _compared(target.end, actual.end, year)
        if found is True:
            return full(said)
        if found is False:
            return Verdict("late", None, high=bands()[-1].low, below=True, values=said)
    if target.kind is Kind.period and _happened_within(target, actual, year):
        return full(said)
    return refused("when", said)


def _happened_within(target: Target, actual: Target, year: int | None) -> bool:
    """Whether the actual value is a single date or month, and lies in the period: what was to happen then did.

    A period of its own that is shorter does not say so: a service may have ended early.
    """
    done = actual.end
    if actual.kind not in TIMES or actual.every or target.every or done is None or actual.start not in (None, done):
        return False
    begin, end, when = (one and one.within(year) for one in (target.start, target.end, done))
    first, last = begin and begin.first_day, end and end.last_day
    earliest, latest = when and when.first_day, when and when.last_day
    return bool(first and last and earliest and latest and first <= earliest and latest <= last)


def _compared(limit: Date | None, done: Date | None, year: int | None) -> bool | None:
    """Whether a thing done then was done by the limit; None where the dates don't tell."""
    if limit is None or done is None:
        return None
    if limit.year is None or done.year is None:
        if year is None and limit.year != done.year:
            return None  # one names a year, the other does not
        assumed = year or 2000
        limit, done = limit.within(assumed), done.within(assumed)
    last, first, end = limit.last_day, done.first_day, done.last_day
    if last is None or first is None or end is None:
        return None
    return True if end <= last else False if first > last else None

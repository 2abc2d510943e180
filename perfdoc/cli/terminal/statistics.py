"""How many findings there are: a line for each rule, and one for the run."""

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from perfdoc.checks.catalogue import catalogue
from perfdoc.cli.terminal.printing import COLOURS, json_text, paint
from perfdoc.meanings import meanings
from perfdoc.report import Severity
from perfdoc.texts import in_language, say

Counts = Mapping[tuple[Severity, str], int]


class Row(NamedTuple):
    """A rule, and how many of its findings have this severity: a repository may give it another one."""

    code: str
    severity: Severity
    findings: int
    title: str


def statistics_of(counts: Counts, least: Severity) -> list[Row]:
    """The rules that have findings: the heaviest first, then those with the most."""
    shown = Severity.down_to(least)
    rows = [Row(code, level, n, _title(code)) for (level, code), n in counts.items() if level in shown]
    return sorted(rows, key=lambda row: (shown.index(row.severity), -row.findings, row.code))


def _title(code: str) -> str:
    return in_language(catalogue()[code].title if code in catalogue() else meanings()[code].means)


def statistics_as_text(rows: Sequence[Row]) -> str:
    """A line for each rule: how many, severity, code, what it finds."""
    wide = max((len(str(row.findings)) for row in rows), default=0)
    levels = [paint(f"{row.severity:<7}", COLOURS[row.severity], sys.stdout) for row in rows]
    return "".join(
        f"{row.findings:>{wide}}  {level}  {row.code}  {row.title}\n" for row, level in zip(rows, levels, strict=True)
    )


def statistics_as_json(rows: Sequence[Row]) -> str:
    """An array with an object for each rule: `code`, `severity`, `count`, `title`."""
    objects = [{"code": r.code, "severity": r.severity, "count": r.findings, "title": r.title} for r in rows]
    return json_text(objects)


def by_severity(counts: Counts) -> Counter[str]:
    found: Counter[str] = Counter()
    for (level, _), number in counts.items():
        found[level] += number
    return found


def not_shown(counts: Counts, least: Severity) -> str:
    """What the summary says of the findings that weigh less than those that are shown, if there are any."""
    hidden = sum(number for (level, _), number in counts.items() if level not in Severity.down_to(least))
    return say("statistics.not_shown", n=hidden, least=least) if hidden else ""

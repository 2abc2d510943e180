"""How many findings there are: a line for each rule, and one for the run."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from perfdoc.checks.catalogue import catalogue
from perfdoc.checks.finding import LANGUAGES
from perfdoc.cli.terminal.printing import COLOURS, paint
from perfdoc.meanings import meanings
from perfdoc.report import Severity

Counts = Mapping[tuple[Severity, str], int]


class Row(NamedTuple):
    """A rule, and how many of its findings have this severity: a repository may give it another one."""

    code: str
    severity: Severity
    findings: int
    title: str


def statistics_of(counts: Counts, least: Severity, lang: str) -> list[Row]:
    """The rules that have findings: the heaviest first, then those with the most."""
    shown = Severity.down_to(least)
    rows = [Row(code, level, n, _title(code, lang)) for (level, code), n in counts.items() if level in shown]
    return sorted(rows, key=lambda row: (shown.index(row.severity), -row.findings, row.code))


def _title(code: str, lang: str) -> str:
    at = LANGUAGES.index(lang)
    return catalogue()[code].title[at] if code in catalogue() else meanings()[code].means[at]


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
    return json.dumps(objects, ensure_ascii=False, indent=2) + "\n"


def summary(counts: Counts, safe: int, least: Severity, lang: str) -> str:
    """`11 findings: 1 error, 8 warnings, 2 infos`, of all findings; `safe` of them --fix can mend.

    Those below `least` are counted, and it is said that they are not shown.
    """
    by_level: Counter[str] = Counter()
    for (level, _), number in counts.items():
        by_level[level] += number
    total, hidden = by_level.total(), by_level.total() - sum(by_level[one] for one in Severity.down_to(least))
    if lang == "zh":
        names = {"error": "错误", "warning": "警告", "info": "提示"}
        parts = "，".join(f"{names[name]}{by_level[name]}" for name in names if by_level[name])
        mend, left = f"；其中{safe}个可由 --fix 改正", f"；{hidden}个未显示（--show {least}）"
        return f"共{total}个问题：{parts}" + (mend if safe else "") + (left if hidden else "")
    parts = ", ".join(f"{n} {name}{'s' if n > 1 else ''}" for name in Severity if (n := by_level[name]))
    mend, left = f"; --fix can mend {safe}", f"; {hidden} not shown (--show {least})"
    whole = f"{total} finding{'s' if total > 1 else ''}: {parts}"
    return whole + (mend if safe else "") + (left if hidden else "")

"""How findings are printed: text with the line and a caret, JSON, GitHub's annotations, and how many there are."""

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from perfdoc.checks.catalogue import catalogue
from perfdoc.checks.report import Shown, fixed_value
from perfdoc.cli.terminal.printing import COLOURS, json_text, paint
from perfdoc.meanings import meanings
from perfdoc.report import Severity
from perfdoc.texts import in_language, listed, say
from perfdoc.visible import shown as visible
from perfdoc.visible import width

_WIDEST = 100  # screen columns of a line that is shown
_MOST_RELATED = 4


def as_text(each: Shown) -> str:
    """`file:line:column: severity code: message`; below it the line with a caret, places to compare, the fix."""
    one = each.finding
    severity = paint(str(one.severity), COLOURS[one.severity], sys.stdout)
    out = [f"{visible(str(one.place))}: {severity} {one.code}: {visible(one.message)}"]
    number = str(one.place.line) if one.place.line else ""
    gutter = " " * (len(number) + 3)
    if each.line.strip():
        line, start, end = _window(each.line, *each.mark)
        out.append(f"  {number} | {visible(line)}")
        before, marked = width(visible(line[:start])), max(width(visible(line[start:end])), 1)
        out.append(f"{gutter}| {' ' * before}{paint('^' * marked, COLOURS[one.severity], sys.stdout)}")
    for _, place, text in one.related[:_MOST_RELATED]:
        out.append(f"{gutter}= {say('cli.finding.see', place=visible(str(place)), text=visible(_short(text)))}")
    if len(one.related) > _MOST_RELATED:
        out.append(f"{gutter}= {say('cli.finding.more', n=len(one.related) - _MOST_RELATED)}")
    new = fixed_value(one)
    if new is not None:
        how = "fix_hand" if each.by_hand else "fix_safe" if one.safe and each.at else "fix"
        text = visible(_short(_changed_line(one.value, new)))
        out.append(f"{gutter}= {say(f'cli.finding.{how}', text=text)}")
    return "\n".join(out) + "\n"


def _window(line: str, start: int, end: int) -> tuple[str, int, int]:
    """The part of a long line around the stretch, and where the stretch stands in it.

    Of a line of any length only what may be shown is looked at.
    """
    end = max(end, start)
    if len(line) <= 2 * _WIDEST and width(line) <= _WIDEST:
        return line, start, end
    from_, to = max(0, start - _WIDEST), start + 2 * _WIDEST
    near, start, end = line[from_:to], start - from_, min(end, to) - from_
    first = start
    while first > 0 and width(near[first - 1 : end]) < _WIDEST // 2:
        first -= 1
    last = max(end, start + 1)
    while last < len(near) and width(near[first : last + 1]) < _WIDEST:
        last += 1
    while last > start + 1 and width(near[first:last]) > _WIDEST:
        last -= 1
    head, tail = ("…" if from_ + first else ""), ("…" if from_ + last < len(line) else "")
    shift = len(head) - first
    return head + near[first:last] + tail, start + shift, min(end, last) + shift


def _short(text: str) -> str:
    line = " ".join(text.split("\n"))
    return line if len(line) <= 60 else line[:59] + "…"


def _changed_line(old: str, new: str) -> str:
    """Of a value of several lines the first that changes."""
    before = old.split("\n")
    after = new.split("\n")
    if len(before) == len(after) > 1:
        return next((line for line, was in zip(after, before, strict=True) if line != was), new)
    return new


def as_change(each: Shown, would: bool) -> str:
    """What a fix changed: `file:line:column: fixed PD602: old → new`."""
    one = each.finding
    new = fixed_value(one) or ""
    was, now = _changed_line(new, one.value), _changed_line(one.value, new)
    said = {
        "place": visible(str(one.place)),
        "code": one.code,
        "old": visible(_short(was)),
        "new": visible(_short(now)),
    }
    return say("cli.finding.would_fix" if would else "cli.finding.fixed", **said) + "\n"


def summary(counts: Mapping[str, int], safe: int) -> str:
    """`11 findings: 1 error, 8 warnings, 2 infos`, of the findings by severity; `safe` of them --fix can mend."""
    parts = listed(say(f"cli.finding.{one}", n=counts[one]) for one in ("error", "warning", "info") if counts.get(one))
    whole = say("cli.finding.total", n=sum(counts.values()), counts=parts)
    return whole + (say("cli.finding.mendable", n=safe) if safe else "")


def as_object(each: Shown, fixed: bool = False) -> dict[str, Any]:
    one = each.finding
    return {
        **one.diagnostic().as_object(),
        "end_line": each.at.end_line if each.at else None,
        "end_column": each.at.end_column if each.at else None,
        "value": one.value,
        "fix": fixed_value(one),
        "safe": one.safe and bool(one.edits) and not each.by_hand,
        "fixed": fixed,
        "related": [
            {"place": str(place), "file": place.file, "line": place.line or None, "text": text}
            for _, place, text in one.related
        ],
    }


def as_json_text(found: Iterable[Shown], fixed: Iterable[Shown]) -> str:
    objects = [as_object(each) for each in found] + [as_object(each, True) for each in fixed]
    return json_text(objects)


def as_github(each: Shown) -> str:
    """A workflow command of GitHub Actions: an annotation at the line of the pull request."""
    one = each.finding
    place = one.place
    kind = {"error": "error", "warning": "warning", "info": "notice"}[one.severity]
    fields = {"file": place.file, "title": one.code}
    message = one.message
    if place.line:
        fields |= {"line": str(place.line), "col": str(place.column)}
        if each.at:
            fields |= {"endLine": str(each.at.end_line), "endColumn": str(each.at.end_column)}
    else:
        message = f"{place}: {message}"
    given = ",".join(f"{name}={_escaped(value, True)}" for name, value in fields.items())
    return f"::{kind} {given}::{_escaped(message, False)}\n"


def _escaped(text: str, is_property: bool) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if is_property else text


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

"""PD2xx: indicators under the wrong level, and schemes mixed."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterator

from perfdoc.checks.finding import Edit, Hit, Rule
from perfdoc.checks.row import COSTS, Row
from perfdoc.checks.schemes import level_key, scheme_mark, schemes
from perfdoc.checks.subject import Case, Subject
from perfdoc.checks.word_lists import any_of, words
from perfdoc.target import Kind, Operator, dimension

_OUTPUTS = frozenset(("quantity", "quality", "timeliness", "cost"))
_LEVELS = ("level1", "level2")
_PERIOD = "时期"
"""The key of an indicator's `extra` that says of which block it is, where a form has several."""


def _fits(row: Row) -> bool:
    return any(row.kind in scheme.kinds_of.get(row.group, ()) for scheme in schemes().values())


def wrong_group(subject: Subject) -> Iterator[Hit]:
    """PD201: level 2 under the wrong level 1."""
    for case in subject.cases:
        for row in case.rows:
            if not (row.group and row.kind) or _fits(row):
                continue
            one, two = row.indicator.level1 or "", row.indicator.level2 or ""
            known = subject.scheme.kinds_of
            if not any(row.kind in kinds for kinds in known.values()):
                known = next(s.kinds_of for s in schemes().values() if any(row.kind in k for k in s.kinds_of.values()))
            right = next(group for group, kinds in known.items() if row.kind in kinds)
            title = subject.scheme.titles.get(right, one)
            level, other = ("level1", "level2") if _odd_group(case, row) else ("level2", "level1")
            yield Hit(row.at(level), None, {"group": one, "kind": two, "right": title}, related=(row.at(other),))


def _odd_group(case: Case, row: Row) -> bool:
    """Whether it is level 1 that does not fit in, as the rows before and after and the indicator's name show."""
    if row.hint:
        return row.hint == ("cost" if row.kind in COSTS else row.kind)
    beside = [case.rows[at].group for at in (row.number - 2, row.number) if 0 <= at < len(case.rows)]
    return row.group not in beside


def mixed_schemes(subject: Subject) -> Iterator[Hit]:
    """PD202: two schemes mixed."""
    wanted = subject.scheme
    for case in subject.cases:
        marks = [(row, scheme_mark(row.indicator.level1 or "", row.indicator.level2 or "")) for row in case.rows]
        odd = [row for row, mark in marks if mark and mark != wanted.name]
        whole = all(mark != wanted.name for _, mark in marks)
        for row in odd[:1] if whole else odd:
            other = schemes()[scheme_mark(row.indicator.level1 or "", row.indicator.level2 or "")]
            values = {
                "levels": f"{row.indicator.level1}/{row.indicator.level2}",
                "basis": wanted.basis,
                "other": other.basis,
            }
            level = "level1" if level_key(row.indicator.level1 or "") not in wanted.groups else "level2"
            yield Hit(row.at(level), values=values, related=tuple(each.at("level1") for each in odd if each is not row))


def unknown_group(subject: Subject) -> Iterator[Hit]:
    """PD203: level 1 is not of the scheme."""
    titles = [subject.scheme.titles[group] for group in subject.scheme.kinds_of]
    for row in subject.rows:
        given = (row.indicator.level1 or "").strip()
        if given and not row.group:
            yield _unknown(row, "level1", given, titles)


def unknown_kind(subject: Subject) -> Iterator[Hit]:
    """PD204: level 2 is probably misspelled."""
    for row in subject.rows:
        given = (row.indicator.level2 or "").strip()
        if given and not row.kind:
            titles = _kind_titles(subject, row)
            if difflib.get_close_matches(given, titles, 1, 0.7):
                yield _unknown(row, "level2", given, titles)


def other_kind(subject: Subject) -> Iterator[Hit]:
    """PD205: level 2 is not of the scheme."""
    for row in subject.rows:
        given = (row.indicator.level2 or "").strip()
        if given and not row.kind and not difflib.get_close_matches(given, _kind_titles(subject, row), 1, 0.7):
            yield _unknown(row, "level2", given, _kind_titles(subject, row))


def _kind_titles(subject: Subject, row: Row) -> list[str]:
    scheme = subject.scheme
    of_group = scheme.kinds_of.get(row.group)
    kinds = of_group or [kind for group in scheme.kinds_of.values() for kind in group]
    return [scheme.titles[kind] for kind in kinds]


def _unknown(row: Row, level: str, given: str, titles: list[str]) -> Hit:
    near = difflib.get_close_matches(given, titles, 1, 0.6)
    values = {"given": given, "known": "、".join(titles)}
    path = row.at(level)
    text = getattr(row.indicator, level)
    return Hit(path, values=values, edits=(Edit(path, 0, len(text), near[0]),) if near else ())


def name_says_other(subject: Subject) -> Iterator[Hit]:
    """PD206: the name says another kind of indicator."""
    for row in subject.rows:
        hint = row.hint or _hint_of_value(row)
        if hint and row.kind and _fits(row) and _disagrees(row, hint):
            scheme = subject.scheme
            kind = hint
            if kind not in scheme.titles:
                kind = "economic_cost" if kind == "cost" else kind
            right = scheme.titles.get(kind, "")
            level = "level2"
            path = row.at(level)
            values = {"name": row.name, "kind": row.indicator.level2 or "", "right": right}
            same_group = kind in scheme.kinds_of.get(row.group, ())
            edits = (Edit(path, 0, len(row.indicator.level2 or ""), right),) if same_group else ()
            yield Hit(path, None, values, edits, related=(row.at("level3"),))


def _hint_of_value(row: Row) -> str:
    """What the value of an output says where its name says nothing: a date is of time, a unit price or a limit on
    money of cost."""
    target = row.target
    if row.kind not in _OUTPUTS:
        return ""
    if target.kind in (Kind.period, Kind.deadline) and not target.every:
        return "timeliness"
    quantity = target.quantity
    if quantity is None or target.kind is not Kind.quantity:
        return ""
    limit = target.operator in (Operator.at_most, Operator.less)
    unit = dimension(quantity)[0]
    if unit == "元":
        return "cost" if quantity.per or limit else ""
    if unit == "%" and row.kind == "timeliness":
        return "" if any_of("of_time").search(row.name) else "quality"
    counted = unit in words("whole_units") or unit in words("measured_units")
    if counted and not limit and row.kind in ("quality", "timeliness"):
        return "" if any_of("less_is_better").search(row.name) else "quantity"
    return ""


def _disagrees(row: Row, hint: str) -> bool:
    kind = "cost" if row.kind in COSTS else row.kind
    if kind == hint:
        return False
    if hint == "quantity" and kind == "quality" and any_of("less_is_better").search(row.name):
        return False  # how often something went wrong is how well it went
    if hint == "satisfaction" or kind == "satisfaction":
        return True
    if kind in _OUTPUTS:
        lasting = row.target.kind is Kind.quantity and any_of("more_is_better").search(row.name)
        return not (hint in ("timeliness", "cost") and lasting)
    if hint == "quantity":
        either = any_of("benefit_counts").search(row.name) or any_of("less_is_better").search(row.name)
        return not either and row.target.quantity is not None
    if hint == "quality":
        return bool(any_of("always_quality").search(row.name)) and row.target.unit == "%"
    return hint == "cost" and row.money is not None and not any_of("more_is_better").search(row.name)


def interrupted_group(subject: Subject) -> Iterator[Hit]:
    """PD207: a level 1 is interrupted."""
    for case in subject.cases:
        seen: dict[str, int] = {}
        before, period = "", ""
        for row in case.rows:
            if (now := row.indicator.extra.get(_PERIOD, "")) != period:
                seen, before, period = {}, "", now  # another block: its groups stand there anew
            group = row.group if _fits(row) else before
            if group and group != before and group in seen:
                title = row.indicator.level1 or ""
                yield Hit(row.at("level1"), values={"group": title, "line": str(seen[group])})
            if group:
                seen[group] = row.number
            before = group


def levels_spelled(subject: Subject) -> Iterator[Hit]:
    """PD208: one level spelled in several ways."""
    for level in _LEVELS:
        spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for row in subject.rows:
            text = getattr(row.indicator, level) or ""
            if text.strip():
                spellings[level_key(text)][_bare(text)] += 1
        usual = {key: counts.most_common(1)[0][0] for key, counts in spellings.items() if len(counts) > 1}
        for row in subject.rows if usual else ():
            text = getattr(row.indicator, level) or ""
            right = usual.get(level_key(text))
            if right and _bare(text) != right:
                path = row.at(level)
                whole = (Edit(path, 0, len(text), right),) if _bare(text) == text else ()
                yield Hit(path, values={"given": text, "right": right}, edits=whole)


def _bare(text: str) -> str:
    """A level's name without its share in brackets."""
    return text.partition("（")[0].partition("(")[0].strip()


RULES = (
    Rule("PD201", wrong_group),
    Rule("PD202", mixed_schemes),
    Rule("PD203", unknown_group),
    Rule("PD204", unknown_kind),
    Rule("PD205", other_kind),
    Rule("PD206", name_says_other),
    Rule("PD207", interrupted_group),
    Rule("PD208", levels_spelled),
)

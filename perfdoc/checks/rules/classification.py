"""PD2xx: indicators under the wrong level, and schemes mixed."""

import difflib
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator

from perfdoc.checks.finding import Edit, Hit
from perfdoc.checks.row import COSTS, Row
from perfdoc.checks.schemes import level_key, level_name, scheme_mark, schemes
from perfdoc.checks.subject import Case, Look, Subject
from perfdoc.checks.word_lists import any_of, words
from perfdoc.target import AT_LEAST, AT_MOST, Kind, dimension

_OUTPUTS = frozenset(("quantity", "quality", "timeliness", "cost"))
_SLIPS = 2  # a row in a wrong place makes two stretches of two groups more
_MISSPELLED = 0.7
"""Names of levels that are at least this much alike are one name, misspelled."""


def _fits(row: Row) -> bool:
    return any(row.kind in scheme.kinds_of.get(row.group, ()) for scheme in schemes().values())


def wrong_group(subject: Subject) -> Iterator[Hit]:
    """PD201: level 2 under the wrong level 1."""
    grouped = any(row.group == "satisfaction" for row in subject.rows)
    for case in subject.cases:
        for row in case.rows:
            if not (row.group and row.kind) or _fits(row):
                continue
            if (row.group, row.kind, grouped) == ("benefit", "satisfaction", False):
                continue  # some forms are printed so
            known = (subject.scheme, *schemes().values())
            right = next(group for each in known for group, kinds in each.kinds_of.items() if row.kind in kinds)
            one, two = row.indicator.level1 or "", row.indicator.level2 or ""
            values = {"group": one, "kind": two, "right": subject.scheme.titles.get(right, one)}
            level, other = ("level1", "level2") if _odd_group(case, row) else ("level2", "level1")
            yield Hit(row.at(level), None, values, related=(row.at(other),))


def _odd_group(case: Case, row: Row) -> bool:
    """Whether it is level 1 that does not fit in, as the rows before and after and the indicator's name show."""
    if row.hint:
        return row.hint == _plain_kind(row)
    beside = [case.rows[at].group for at in (row.number - 2, row.number) if 0 <= at < len(case.rows)]
    return row.group not in beside


def _plain_kind(row: Row) -> str:
    return "cost" if row.kind in COSTS else row.kind


def mixed_schemes(subject: Subject) -> Iterator[Hit]:
    """PD202: two schemes mixed."""
    wanted = subject.scheme
    for case in subject.cases:
        marks = [(row, scheme_mark(row.indicator.level1 or "", row.indicator.level2 or "")) for row in case.rows]
        odd = [(row, mark) for row, mark in marks if mark and mark != wanted.name]
        whole = all(mark != wanted.name for _, mark in marks)
        for row, mark in odd[:1] if whole else odd:
            levels = f"{row.indicator.level1}/{row.indicator.level2}"
            values = {"levels": levels, "basis": wanted.basis, "other": schemes()[mark].basis}
            level = "level1" if level_key(row.indicator.level1 or "") not in wanted.groups else "level2"
            related = tuple(each.at("level1") for each, _ in odd if each is not row)
            yield Hit(row.at(level), values=values, related=related)


def unknown_group(subject: Subject) -> Iterator[Hit]:
    """PD203: level 1 is not of the scheme."""
    titles = [subject.scheme.titles[group] for group in subject.scheme.kinds_of]
    for case in subject.cases if not subject.has_own_levels else ():
        before = ""
        for row in case.rows:
            given = (row.indicator.level1 or "").strip()
            if given and not row.group and not _is_stage(row) and given != before:  # a merged cell says it once
                yield _unknown(row, "level1", given, titles)
            before = given


def _is_stage(row: Row) -> bool:
    """Whether a row evaluates what comes before the outputs: 决策, 过程."""
    return not row.kind and level_key(row.indicator.level1 or "") in words("stages")


def unknown_kind(misspelled: bool) -> Look:
    """PD204, PD205: the rule that level 2 is of the scheme: what is probably misspelled, or all else."""

    def look(subject: Subject) -> Iterator[Hit]:
        scheme = subject.scheme
        for row in subject.rows if misspelled or not subject.has_own_levels else ():
            given = (row.indicator.level2 or "").strip()
            if given and not row.kind and not _is_stage(row):
                kinds = scheme.kinds_of.get(row.group) or [kind for kinds in scheme.kinds_of.values() for kind in kinds]
                titles = [scheme.titles[kind] for kind in kinds]
                if bool(difflib.get_close_matches(given, titles, 1, _MISSPELLED)) is misspelled:
                    yield _unknown(row, "level2", given, titles)

    return look


def _unknown(row: Row, level: str, given: str, titles: list[str]) -> Hit:
    near = difflib.get_close_matches(given, titles, 1, 0.6)
    path, whole = row.at(level), len(getattr(row.indicator, level))
    values = {"given": given, "known": "、".join(titles)}
    return Hit(path, values=values, edits=(Edit(path, 0, whole, near[0]),) if near else ())


def name_says_other(subject: Subject) -> Iterator[Hit]:
    """PD206: the name says another kind of indicator."""
    scheme = subject.scheme
    for row in subject.rows:
        kind = row.hint or _hint_of_value(row)
        if kind and row.kind and _fits(row) and _disagrees(row, kind):
            if kind not in scheme.titles:
                kind = "economic_cost" if kind == "cost" else kind
            right, given, path = scheme.titles.get(kind, ""), row.indicator.level2 or "", row.at("level2")
            same_group = kind in scheme.kinds_of.get(row.group, ())
            edits = (Edit(path, 0, len(given), right),) if same_group else ()
            yield Hit(path, None, {"name": row.name, "kind": given, "right": right}, edits, (row.at("level3"),))


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
    limit = target.operator in AT_MOST
    unit = dimension(quantity)[0]
    if unit == "元":
        return "cost" if limit or (quantity.per and target.operator not in AT_LEAST) else ""
    if unit == "%" and row.kind == "timeliness":
        return "" if any_of("of_timeliness").search(row.name) else "quality"
    counted = (unit in words("whole_units") or unit in words("measured_units")) and not quantity.per
    if counted and not limit and quantity.number and row.kind in ("quality", "timeliness"):
        return "" if row.is_bad else "quantity"
    return ""


def _disagrees(row: Row, hint: str) -> bool:
    kind = _plain_kind(row)
    if kind == hint or (kind in ("quality", "timeliness", "cost") and any_of(f"of_{kind}").search(row.name)):
        return False  # 补助标准达标率 is of cost, 审限内结案率 of time: the name has a word of its own kind, too
    if hint == "quantity" and kind == "quality" and row.is_bad:
        return False  # how often something went wrong is how well it went
    if hint == "quantity" and row.kind in ("social_cost", "ecological_cost"):
        return False  # what it costs others may be counted: 扰民投诉次数
    if hint == "satisfaction" or kind == "satisfaction":
        return True
    if kind in _OUTPUTS:
        lasting = row.target.kind is Kind.quantity and any_of("more_is_better").search(row.name)
        return not (hint in ("timeliness", "cost") and lasting)
    if hint == "quantity":
        work = any_of("promises").search(row.name) and not any_of("benefit_counts").search(row.name)
        fewer = row.target.operator in AT_MOST or row.is_bad
        return bool(work) and not fewer and row.target.quantity is not None
    if hint == "quality":
        return bool(any_of("always_quality").search(row.name)) and row.target.unit == "%"
    return hint == "cost" and row.money is not None and not any_of("more_is_better").search(row.name)


def interrupted_group(subject: Subject) -> Iterator[Hit]:
    """PD207: a level 1 is interrupted. A list whose groups stand in no order at all is an export's, and no slip."""
    for case in subject.cases if all(map(_is_sorted, subject.cases)) else ():
        seen: dict[str, int] = {}
        before, period = "", ""
        for row in case.rows:
            extra = row.indicator.extra
            now = next((extra[key] for key in words("periods") if key in extra), "")
            if now != period:
                seen, before, period = {}, "", now  # another block: its groups stand there anew
            group = row.group if _fits(row) else before
            if group and group != before and group in seen:
                title = row.indicator.level1 or ""
                yield Hit(row.at("level1"), values={"group": title, "line": str(seen[group])})
            if group:
                seen[group] = row.number
            before = group


def _is_sorted(case: Case) -> bool:
    """Whether the groups follow each other as those of a scheme do, but for a slip or two."""
    groups = [group for group, _ in itertools.groupby(row.group for row in case.rows if row.group and _fits(row))]
    first = list(dict.fromkeys(groups))
    orders = (tuple(scheme.kinds_of) for scheme in schemes().values())
    in_order = any(first == [group for group in order if group in first] for order in orders)
    return len(groups) == len(first) or (in_order and len(groups) - len(first) <= _SLIPS)


def levels_spelled(subject: Subject) -> Iterator[Hit]:
    """PD208: one level spelled in several ways. The regulations' own name is right, else the usual one."""
    official = {title for scheme in schemes().values() for title in scheme.titles.values()}
    for level in ("level1", "level2"):
        spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
        texts = [(row, getattr(row.indicator, level) or "") for row in subject.rows]
        for _, text in texts:
            if text.strip():
                spellings[level_key(text)][level_name(text)] += 1
        for row, text in texts:
            counts = spellings[level_key(text)]
            right = max(counts, key=lambda each: (each in official, counts[each]), default="")
            if right and level_name(text) != right:
                path = row.at(level)
                whole = (Edit(path, 0, len(text), right),) if level_name(text) == text else ()
                yield Hit(path, values={"given": text, "right": right}, edits=whole)

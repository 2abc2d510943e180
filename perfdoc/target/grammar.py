"""`parse` turns any 指标值 into a Target. It never fails, it classifies."""

import re
from dataclasses import replace
from functools import lru_cache

from perfdoc.target.fold import Clause, fold, spelled, squeeze
from perfdoc.target.measured import read_measured
from perfdoc.target.operators import prefix_at, suffix_at
from perfdoc.target.units import known_unit, magnitude
from perfdoc.target.value import Date, Kind, Operator, Span, Spans, Split, Target, same_meaning
from perfdoc.target.when import read_when

LONGEST_CLAUSE = 80
"""A clause of more characters is words: keeps the work of every production small and bounded."""
LONGEST_TEXT = 2000
"""A text of more characters is words as a whole; no single value takes that much."""

_NUMBER_NEAR = re.compile("[0-9零〇一二两三四五六七八九十半百年每月季当±翻]")
_GRADES = (
    "优秀|优良|优|良好|良|中等|中|差|较差|一般|较好|很好|好|不合格|基本合格|合格|已达成|全部达成|基本达成|部分达成|未达成|达成"
    "|不达标|基本达标|达标|已完成|全部完成|基本完成|部分完成|未完成|完成|通过|不满意|基本满意|比较满意|非常满意|很满意|满意|是|否|高|低"
)
_ONE_TO_TEN = "[一二三四五六七八九十]"
_RANKS = f"(?:[0-9]{{1,2}}|{_ONE_TO_TEN}{{1,2}}|[1-5]?A{{1,5}}|[甲乙丙丁])级|[1-5一二三四五]星级?|{_ONE_TO_TEN}[类等]"
_GRADE = re.compile(
    f"(?P<before>达到|评为|评定为|为|[^0-9,;。]{{0,8}}:)?(?P<grade>(?:{_RANKS}|{_GRADES})(?:[/、或和](?:{_RANKS}|{_GRADES}))*)"
    r"(?P<after>等级|档|级|等次)?"
)
_BLANK = re.compile(
    r"[/\\—*_.…·?xX×○□#~-]+|[nN]/?[aA]|待[定填]|待补充|待确定|待测算|待明确|待完善|暂无|暂缺|略|\(略\)|不适用|无需填写|未填|%|‰|万?元"
)
_LEFT_OPEN = re.compile(r"(?<![A-Za-z])(?:[xX×]{2,}|\*{2,}|_{2,}|[○□]{2,})(?![A-Za-z])")
_SINGLE_OPEN = re.compile("[xX×*_]")
# 前 ends a date, and what is due may follow; a comma that groups thousands is no separator; brackets
# are passed over whole
_SEPARATOR = re.compile(
    r"\([^()]*\)|\[[^\[\]]*[\])]|(?P<sep>(?:(?<![0-9]),|,(?![0-9]{3}(?![0-9]))|[;。\n、])+(?:并且|而且|同时|且|并)?|并且|而且|同时|且"
    r"|(?<=[年月日号底末]前)|\s+(?=\([0-9]{1,2}\)|[0-9]{1,2}[.、)](?![0-9])))"
)
_MONTH = re.compile("([0-9]{1,2})月份?")
_POWER = "电"
_SMALL = re.compile("[0-9]{1,2}")
_LIST_NUMBER = re.compile(r"\s*(?:\(?[0-9]{1,2}\)|[0-9]{1,2}[.、](?![0-9]))")
_ENDING = ",;。、"


def parse(text: str, about: str = "") -> Target:
    """What a 指标值 means. Takes any text whatever, raises nothing, and keeps the text as it is.

    `about` is the name of what is measured: of electricity, 度 are 千瓦时.

    The work grows with the text's length at most linearly: texts over `LONGEST_TEXT` characters and
    clauses over `LONGEST_CLAUSE` are qualitative unread.
    """
    if len(text) > LONGEST_TEXT:
        return Target(text, Kind.qualitative if text.strip() else Kind.empty)
    target = _parse(text)
    return _electric(target) if _POWER in about or _POWER in target.before else target


def _electric(target: Target) -> Target:
    """The value with 度 taken for 千瓦时."""
    amounts = {name: getattr(target, name) for name in ("quantity", "low", "high")}
    degrees = {name: one for name, one in amounts.items() if one and one.unit.endswith("度") and one.unit != "年度"}
    return replace(target, **{name: one._replace(unit=f"{one.unit}电") for name, one in degrees.items()})


@lru_cache(maxsize=4096)
def _parse(text: str) -> Target:
    target = _read_clause(text)
    if target.kind is Kind.qualitative:
        return _read_compound(text) or target
    return target


def split(target: Target) -> Split:
    """A value in three columns: operator (canonical), number and whole unit as they are written.

    Only a quantity or range without further words is taken apart, and only where the three joined again
    say the same; anything else goes into the middle as it stands.
    """
    whole = Split("", target.text, "")
    number, quantity = target.written(target.spans.number), target.quantity or target.high
    if not number or not quantity or target.kind is Kind.change or target.before or target.after:
        return whole
    columns = Split(target.operator or "", number, quantity.whole_unit)
    return columns if same_meaning(parse("".join(columns)), target) else whole


def _read_clause(text: str) -> Target:
    """A text read as one value, without taking it apart."""
    clause = squeeze(text)
    plain = clause.text.rstrip(_ENDING) or clause.text
    if not plain:
        return Target(text, Kind.empty)
    if len(plain) > LONGEST_CLAUSE:
        return Target(text, Kind.qualitative)
    found = _read_blank(plain) or _read_grade(plain)
    if found is None and _NUMBER_NEAR.search(plain):
        found = read_when(plain) or read_measured(plain)
    return _placed(found, text, clause) if found else Target(text, Kind.qualitative)


def _placed(target: Target, text: str, clause: Clause) -> Target:
    """A target read from a clause, with its spans moved to the text as written."""
    operator, number, unit, per, suffix, _ = target.spans

    def at(span: Span | None) -> Span | None:
        return clause.span(*span) if span else None

    return replace(target, text=text, spans=Spans(at(operator), at(number), at(unit), at(per), at(suffix)))


def _read_blank(plain: str) -> Target | None:
    """`/`, `—`, `XX`, `≥XX万元`, `≥`: a place left for a value."""
    if _BLANK.fullmatch(plain):
        return Target(plain, Kind.placeholder)
    bound = prefix_at(plain, 0)
    start = bound.end if bound else 0
    operator = bound.operator if bound else None
    span = (0, start) if bound else None
    if _LEFT_OPEN.search(plain):
        return Target(plain, Kind.placeholder, operator=operator, spans=Spans(operator=span))
    single = _SINGLE_OPEN.match(plain, start)
    if bound or single:
        at = single.end() if single else start
        unit = known_unit(plain, magnitude(plain, at)) if magnitude(plain, at) > at else known_unit(plain, at)
        suffix = suffix_at(plain, unit)
        if (suffix.end if suffix else unit) == len(plain):
            return Target(plain, Kind.placeholder, operator=operator, spans=Spans(operator=span))
    return None


def _read_grade(plain: str) -> Target | None:
    """优, 达成, 良好及以上, ≥合格."""
    bound = prefix_at(plain, 0)
    start = bound.end if bound else 0
    found = _GRADE.match(plain, start)
    if not found:
        return None
    suffix = suffix_at(plain, found.end())
    if (suffix.end if suffix else found.end()) != len(plain):
        return None
    operator: Operator | None = bound.operator if bound else suffix.operator if suffix else None
    return Target(
        plain,
        Kind.grade,
        operator=operator,
        before=spelled((found["before"] or "").rstrip(":")),
        grade=found["grade"],
        after=found["after"] or "",
        spans=Spans(
            operator=(0, start) if bound else None,
            suffix=(suffix.start, suffix.end) if suffix else None,
        ),
    )


def _read_compound(text: str) -> Target | None:
    """Several values in one text (≥95%，且无投诉), or None where no part of it can be measured."""
    spans = _stretches(text)
    if len(spans) < 2:
        return None
    pieces = [text[start:end] for start, end in spans]
    parts = _listed_months(pieces) or tuple(map(_read_clause, pieces))
    if all(part.kind in (Kind.qualitative, Kind.placeholder) for part in parts):
        return None
    return Target(text, Kind.compound, parts=parts, spans=Spans(parts=spans))


def _listed_months(pieces: list[str]) -> tuple[Target, ...] | None:
    """3、6、9、12月: months of which the last alone has its unit."""
    last = _MONTH.fullmatch(fold(pieces[-1]))
    numbers = [fold(piece) for piece in pieces[:-1]] + ([last[1]] if last else [])
    if last is None or not all(_SMALL.fullmatch(number) for number in numbers):
        return None
    dates = [Date(None, int(number)) for number in numbers]
    if not all(date.exists for date in dates):
        return None
    return tuple(
        Target(piece, Kind.period, start=date, end=date, spans=Spans(number=(0, len(piece))))
        for piece, date in zip(pieces, dates, strict=True)
    )


def _stretches(text: str) -> tuple[Span, ...]:
    """The stretches of a text between its separators, without white space around them, list numbers left out."""
    plain = fold(text)
    spans: list[Span] = []
    start = 0
    ends = [(found.start("sep"), found.end("sep")) for found in _SEPARATOR.finditer(plain) if found.start("sep") >= 0]
    for end, following in [*ends, (len(plain), len(plain))]:
        number = _LIST_NUMBER.match(plain, start)
        first = min(number.end(), end) if number else start
        piece = plain[first:end]
        if piece.strip():
            spans.append((first + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())))
        start = following
    return tuple(spans)

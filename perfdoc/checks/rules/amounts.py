"""PD301–PD307, PD315–PD317, PD322: operator, unit and size of a 指标值, and bounds that point the wrong way."""

from collections.abc import Iterator

from perfdoc.checks.finding import Edit, Hit
from perfdoc.checks.row import Row, percent, span_of
from perfdoc.checks.subject import Subject
from perfdoc.checks.word_lists import any_of, last_word, regex, table, units_of_names, words
from perfdoc.target import AT_LEAST, AT_MOST, Kind, Operator, dimension, plain
from perfdoc.target.units import MAGNITUDES, RATIO

_HALF = 50
_TIMES = frozenset(("秒", "个月", "工作日"))
_SPANS = _TIMES | {"学期"}  # a term is a span of time that is no amount of it


def no_operator(subject: Subject) -> Iterator[Hit]:
    """PD301: a number without an operator."""
    for row, quantity in subject.quantities:
        if row.target.operator or row.target.before or quantity.unit == RATIO:
            continue
        if quantity.number == 0 or (quantity.number == 100 and quantity.unit == "%"):
            continue  # 100% is the most there can be and 0 the least: nothing is left open
        if quantity.per and set(dimension(quantity)[1]) <= _SPANS and dimension(quantity)[0] == "次":
            continue  # 每季度1次 is how often
        sign = "≤" if row.is_bounded_above else "≥"
        path = row.at("target")
        start = len(row.text) - len(row.text.lstrip())
        span = (start, len(row.text.rstrip()))
        yield Hit(path, span, {**row.said, "sign": sign}, (Edit(path, start, start, sign),))


def no_unit(subject: Subject) -> Iterator[Hit]:
    """PD302: a number without a unit."""
    for row, target, offset in subject.parts:
        number = target.quantity or target.high
        if number is None or (number.per and not row.is_cost) or target.kind not in (Kind.quantity, Kind.range):
            continue
        if number.unit and (number.per or number.unit not in MAGNITUDES):
            continue  # ≤620万/月 is money, whatever is left out
        if target.after or number.number == 0 or (row.is_share and abs(number.number) <= 1):
            continue
        if regex("bare_numbers").search(row.name) and not row.is_share:
            continue
        span = span_of(target, offset, "number")
        percent_fits = row.is_share and not number.unit
        edits = (Edit(row.at("target"), span[1], span[1], "%"),) if span and percent_fits else ()
        yield Hit(row.at("target"), span, row.said, edits)


def unit_contradicts(subject: Subject) -> Iterator[Hit]:
    """PD303: the unit contradicts the name."""
    known = units_of_names()
    for row, quantity in subject.quantities:
        if quantity.unit in ("", RATIO, *MAGNITUDES) or row.target.after or (row.is_share and quantity.per):
            continue
        word = last_word(row.bare_name, known)
        fitting = known.get(word) if row.bare_name.endswith(word) else None
        if not fitting:
            counted = row.kind in ("social_cost", "ecological_cost") or row.is_bad  # 投诉≤3件 among satisfaction
            level = "" if counted else "cost" if row.is_cost else row.group
            fitting = known.get(table("units_of_levels").get(level, ""))
            word = row.indicator.level2 or ""
        base = dimension(quantity)[0]
        if row.is_cost and base == "元":
            continue
        countable = base not in ("%", "‰", "元", "百分点")
        if fitting and not ({base, quantity.unit} & fitting or (countable and "count" in fitting)):
            values = {**row.said, "unit": quantity.whole_unit, "word": word}
            yield Hit(row.at("target"), row.target.spans.unit, values, related=(row.at("level3"),))


def output_at_most(subject: Subject) -> Iterator[Hit]:
    """PD304: an output with ≤."""
    for row, quantity in subject.quantities:
        if row.target.operator not in AT_MOST or row.is_cost or quantity.unit == RATIO:
            continue
        unit = dimension(quantity)[0]
        if row.group == "benefit" and any_of("gains").search(row.name) and not any_of("limits").search(row.name):
            yield _turned(row, "≥")
        elif row.is_bad or any_of("limits").search(row.name):
            continue
        elif row.kind == "quantity":
            if unit not in _TIMES:
                yield _turned(row, "≥")
        elif row.kind in ("quality", "satisfaction", "timeliness") or row.group in ("satisfaction", "benefit"):
            lifetime = unit in _TIMES and row.name.endswith(words("lifetimes"))
            share = percent(quantity) if row.is_share else None
            scored = row.kind == "satisfaction" and unit == "分"
            likely = share is not None and share >= _HALF  # ≤1% is of something bad, whatever it is called
            if lifetime or scored or likely:
                yield _turned(row, "≥")


def _turned(row: Row, sign: str, variant: str = "") -> Hit:
    """A hit at a value's operator, with the operator that is probably meant."""
    spans, path = row.target.spans, row.at("target")
    edits = (Edit(path, *spans.operator, sign),) if spans.operator else ()
    return Hit(path, spans.operator or spans.suffix, {**row.said, "sign": sign}, edits, variant=variant)


def cost_at_least(subject: Subject) -> Iterator[Hit]:
    """PD305: a cost with ≥."""
    for row, quantity in subject.quantities:
        wrong = row.target.operator in AT_LEAST and row.is_cost and dimension(quantity)[0] in ("元", "%")
        each = quantity.per or regex("unit_costs").search(row.name)
        standard = each and row.bare_name.endswith(words("standards"))  # what people are to get at least
        if wrong and not standard and not any_of("more_is_better").search(row.name):
            yield _turned(row, "≤")


def worse_at_least(subject: Subject) -> Iterator[Hit]:
    """PD306: a lower bound where less is better."""
    for row, quantity in subject.quantities:
        if row.target.operator not in AT_LEAST or row.is_cost or any_of("more_is_better").search(row.name):
            continue
        worse = list(any_of("less_is_better").finditer(row.name))
        if dimension(quantity)[0] in _TIMES and any_of("time_is_short").search(row.name):
            yield _turned(row, "≤", "time")
        elif worse and row.ends_bad(worse[-1].end()):
            yield _turned(row, "≤")


def over_hundred(subject: Subject) -> Iterator[Hit]:
    """PD307: a rate over 100 %."""
    for row, target, offset in subject.parts:
        share = percent(target.quantity or target.high) if target.kind in (Kind.quantity, Kind.range) else None
        of_whole = row.is_share or row.kind in ("satisfaction", "quality")
        if share is None or not of_whole or any_of("above_hundred").search(row.name):
            continue
        if any_of("may_exceed").search(row.name) and share <= 120:
            continue  # a task may be more than fulfilled
        if share > 100 or (share == 100 and target.operator is Operator.more):
            yield Hit(row.at("target"), span_of(target, offset, "number", "unit"), row.said)


def fraction(subject: Subject) -> Iterator[Hit]:
    """PD315: a rate written as a fraction."""
    for row, target, offset in subject.parts:
        number = target.quantity
        if number is None or number.unit or not row.is_share or target.kind is not Kind.quantity:
            continue
        if 0 < number.number <= 1:
            path, span = row.at("target"), span_of(target, offset, "number")
            in_percent = f"{plain(number.number * 100)}%"
            edits = (Edit(path, *span, in_percent),) if span else ()
            yield Hit(path, span, {**row.said, "percent": in_percent}, edits)


def quantity_in_words(subject: Subject) -> Iterator[Hit]:
    """PD316: a quantity without a number."""
    for row in subject.rows:
        in_words = row.kind == "quantity" and row.target.kind in (Kind.qualitative, Kind.grade)
        if in_words and not regex("no_number_needed").search(row.text) and not any(map(str.isdigit, row.text)):
            yield Hit(row.at("target"), values=row.said)


def low_share(subject: Subject) -> Iterator[Hit]:
    """PD317: a rate that is implausibly low."""
    for row, quantity in subject.quantities:
        share, span = percent(quantity), row.target.spans.number
        if share is None or share >= 60 or row.target.operator in AT_MOST or not span:
            continue
        high = row.name.endswith(words("high_rates")) or row.kind == "satisfaction"
        if high and not row.is_bad:
            yield Hit(row.at("target"), span, row.said)


def value_is_name(subject: Subject) -> Iterator[Hit]:
    """PD322: a value that only repeats the name."""
    for row in subject.rows:
        if row.name and "".join(row.text.split()).strip("。") == "".join(row.name.split()):
            yield Hit(row.at("target"), None, row.said, related=(row.at("level3"),))

"""What is to be said of a scored project: PD701–PD709, whose words are in `perfdoc/checks/rules/scores.yaml`."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import chain

from perfdoc.checks.catalogue import catalogue
from perfdoc.checks.finding import Finding
from perfdoc.checks.located import Located
from perfdoc.model import Project
from perfdoc.report import Path, Severity
from perfdoc.scoring.indicator import allowed, points_of
from perfdoc.scoring.sheet import Line, Sheet, score_of
from perfdoc.scoring.word_lists import words
from perfdoc.target import Kind, parse, plain

_SUMS = (Decimal(90), Decimal(100))


def none(path: Path, located: Located) -> tuple[Finding, ...]:
    """PD709: a project that has nothing to score."""
    return (_finding("PD709", path, {}, located),)


def of(sheet: Sheet, project: Project, located: Located) -> tuple[Finding, ...]:
    """Everything that is to be said of a sheet, in the order of its lines."""
    silent = _alike(sheet)
    lines = [
        (*_of_line(one, score_of(project, one), located), *_reasons(one, project, located))
        for one in sheet.lines
        if one not in silent
    ]
    if silent:
        values = {"count": f"{len(silent)}", "reason": silent[0].reason}
        lines.append((_finding("PD704", _blamed(silent[0]), values, located, "all"),))
    whole = (_rate(sheet, project, located), _weights(sheet, located), _total(sheet, project, located))
    return tuple(chain(*lines, *whole))


def _alike(sheet: Sheet) -> tuple[Line, ...]:
    """The indicators of a form that all lack the same, points or targets: it is said once."""
    same = {one.rule for one in sheet.indicators} in ({"no_weight"}, {"no_target"})
    return sheet.indicators if same and len(sheet.indicators) > 1 else ()


def _of_line(one: Line, score: str, located: Located) -> Iterator[Finding]:
    """PD704 refused, PD705 for a person, PD701 a given score that can't be."""
    numbers = {"weight": one.weight, "low": one.low, "high": one.high, "points": one.points}
    said = {name: "" if number is None else f"{number}" for name, number in numbers.items()}
    values: dict[str, str] = {**said, "name": one.name, "reason": one.reason, "score": score}
    if one.refused:
        found = _finding("PD704", _blamed(one), values, located)
        yield replace(found, severity=Severity.warning) if one.counted is not None else found
    at = (*one.path, "score", "total") if one.path[-1] == "execution" else (*one.path, "score")
    if not score:
        if one.points is None and not one.refused:
            yield _finding("PD705", at, values, located)
    elif one.given is None:
        yield _finding("PD701", at, values, located, "unreadable")
    elif one.low is not None and not allowed(one):
        variant = "band" if one.points is None or one.low != one.high else ""
        yield _finding("PD701", at, values, located, variant)


def _blamed(one: Line) -> Path:
    if one.path[-1] == "execution":
        return (*one.path, "executed", "total") if one.rule == "no_executed" else (*one.path[:-1], "budget", "total")
    of_target = {"no_target", "compound", "about", "unequal", "cost"}
    of_weight = {"no_weight", "bad_weight"}
    return (*one.path, "target" if one.rule in of_target else "weight" if one.rule in of_weight else "actual")


def _reasons(one: Line, project: Project, located: Located) -> Iterator[Finding]:
    """PD706 a deviation without a reason, PD707 far over the target."""
    if one.path[-1] == "execution":
        return
    indicator = project.indicators[int(one.path[-1])]
    given = parse(indicator.reason or "")
    silent = given.kind in (Kind.empty, Kind.placeholder) or "".join(given.text.split()) in words("no_reason")
    values: dict[str, str] = {"name": one.name, "actual": one.actual, "target": one.target}
    if one.rule == "over":
        yield _finding("PD707", (*one.path, "actual"), values, located)
    full = one.counted is not None and one.counted == one.weight
    if silent and not one.refused and (one.rule in ("over", "late") or (one.counted is not None and not full)):
        yield _finding("PD706", (*one.path, "reason"), values, located, "over" if one.rule == "over" else "")


def _rate(sheet: Sheet, project: Project, located: Located) -> Iterator[Finding]:
    """PD708"""
    text, computed = (project.execution.rate.total or "").strip(), sheet.rate
    if not text or computed is None or sheet.execution is None:
        return
    shown = parse(text).quantity
    number = shown.number if shown is not None and shown.whole_unit in ("%", "") else None
    if _says(number, Decimal(computed.rstrip("%"))):
        return
    values = {"text": text, "rate": computed}
    yield _finding("PD708", (*sheet.path, "execution", "rate", "total"), values, located)


def _weights(sheet: Sheet, located: Located) -> Iterator[Finding]:
    """PD703"""
    own = sum((one.weight or Decimal(0) for one in sheet.indicators), Decimal(0))
    if any(one.weight is None for one in sheet.indicators) or sheet.weights == _SUMS[1]:
        return
    paid = sheet.execution.weight if sheet.execution and sheet.execution.weight is not None else Decimal(0)
    values = {"indicators": plain(own), "execution": plain(paid), "sum": plain(sheet.weights)}
    first = next((one.path for one in sheet.indicators), sheet.path)
    yield _finding("PD703", (*first, "weight"), values, located)


def _total(sheet: Sheet, project: Project, located: Located) -> Iterator[Finding]:
    """PD702"""
    text = (project.score or "").strip()
    given = points_of(text)
    if not text or sheet.total is None or given == sheet.total or _says(given, sheet.total):
        return
    yield _finding("PD702", (*sheet.path, "score"), {"text": text, "total": f"{sheet.total}"}, located)


def _says(given: Decimal | None, exact: Decimal) -> bool:
    """Whether a number that is given is the exact one, rounded to its decimals."""
    return given is not None and given == exact.quantize(Decimal(1).scaleb(int(given.as_tuple().exponent)))


def _finding(code: str, path: Path, values: Mapping[str, str], located: Located, variant: str = "") -> Finding:
    entry = catalogue()[code]
    place, text = located.place(path), located.text(path)
    return Finding(code, entry.severity, path, place, text, None, entry.say(values, variant))

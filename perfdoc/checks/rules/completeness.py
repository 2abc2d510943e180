"""PD1xx, 完整性: what a form must say, and places left for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfdoc.checks.finding import Hit, Rule
from perfdoc.checks.subject import Case, Subject
from perfdoc.checks.word_lists import any_of, regex, words
from perfdoc.model import Indicator, Project
from perfdoc.report import Path
from perfdoc.target import Kind, parse

_CODE = re.compile(r"[0-9]{3,}(?:[-.][0-9]+)*")
_ONLY_SIGNS = re.compile(r"[\s/\\—–_.…·*?？×○□#~-]+|[nN]/?[aA]")


def _value(project: Project, name: str) -> str | None:
    outer, _, inner = name.partition(".")
    found = getattr(project, outer)
    value = getattr(found, inner) if inner else found
    return value if value is None else str(value)


def _missing(subject: Subject, *names: str) -> Iterator[tuple[Case, Path, bool]]:
    """Projects that lack a value: the place of it, and whether a cell stands there that is empty.

    A received file whose projects all lack the field is of a form that does not have it.
    """
    for name in names:
        if subject.lenient and all(_value(case.project, name) is None for case in subject.cases):
            continue
        for case in subject.cases:
            value = _value(case.project, name)
            if not (value or "").strip():
                yield case, case.at(*name.split(".")), value is not None


def no_name(subject: Subject) -> Iterator[Hit]:
    """PD101: no project name."""
    return (Hit(path) for _, path, _ in _missing(subject, "name"))


def no_agency(subject: Subject) -> Iterator[Hit]:
    """PD102: no budget unit."""
    return (Hit(path) for _, path, _ in _missing(subject, "agency.name"))


def no_budget(subject: Subject) -> Iterator[Hit]:
    """PD103: no budget amount."""
    return (Hit(path) for _, path, _ in _missing(subject, "budget.total"))


def no_goals(subject: Subject) -> Iterator[Hit]:
    """PD104: no goals."""
    return (Hit(path) for _, path, _ in _missing(subject, "goals"))


def no_indicators(subject: Subject) -> Iterator[Hit]:
    """PD105: no indicators."""
    return (Hit(case.at("indicators")) for case in subject.cases if not case.rows)


def _without(subject: Subject, group: str) -> Iterator[Hit]:
    for case in subject.cases:
        leveled = [row for row in case.rows if row.indicator.level1]
        if leveled and not any(row.group == group for row in leveled):
            yield Hit(case.at("indicators"))


def no_output(subject: Subject) -> Iterator[Hit]:
    """PD106: no output indicators."""
    return _without(subject, "output")


def no_benefit(subject: Subject) -> Iterator[Hit]:
    """PD107: no benefit indicators."""
    return _without(subject, "benefit")


def no_satisfaction(subject: Subject) -> Iterator[Hit]:
    """PD108: no satisfaction indicator."""
    for hit in _without(subject, "satisfaction"):
        case = subject.cases[int(hit.path[1])]
        if not any(row.kind == "satisfaction" or row.hint == "satisfaction" for row in case.rows):
            yield hit


def no_value(subject: Subject) -> Iterator[Hit]:
    """PD109: an indicator without a value."""
    for case in subject.cases:
        valued = any(row.text.strip() for row in case.rows)
        for row in case.rows:
            elsewhere = not valued and sum(bool(text.strip()) for text in row.indicator.extra.values()) > 1
            if not row.text.strip() and not elsewhere:  # a column of values for each town is no missing value
                yield Hit(row.at("target"), values={"name": row.name or f"{row.number}"})


def placeholder(subject: Subject) -> Iterator[Hit]:
    """PD110: a placeholder left in."""
    inside = regex("placeholders")
    blank = frozenset(words("blank_words"))
    for case in subject.cases:
        targets = {row.at("target"): row for row in case.rows}
        for path, text in case.texts:
            row = targets.get(path)
            found = inside.search(text)
            if found:
                yield Hit(path, found.span(), {"text": found[0]})
            elif (
                (row and row.target.kind is Kind.placeholder)
                or _ONLY_SIGNS.fullmatch(text)
                or (path[-1] in ("goals", "purpose", "name") and text.strip("。. ") in blank)
            ):
                yield Hit(path, values={"text": text.strip()})
        for name in ("total", "fiscal"):
            amount = getattr(case.project.budget, name) or ""
            if amount.strip() and parse(amount).kind is Kind.placeholder:
                yield Hit(case.at("budget", name), values={"text": amount.strip()})
        for name in ("code", "name"):
            text = getattr(case.project.agency, name) or ""
            found = inside.search(text) or (_ONLY_SIGNS.fullmatch(text) if text else None)
            if found:
                yield Hit(case.at("agency", name), found.span(), {"text": found[0].strip()})


def prompt_text(subject: Subject) -> Iterator[Hit]:
    """PD111: a helper text of the form left in."""
    pattern = regex("prompts")
    for case in subject.cases:
        for path, text in case.texts:
            found = pattern.search(text)
            if found:
                yield Hit(path, found.span(), {"text": found[0].strip()})


def no_level(subject: Subject) -> Iterator[Hit]:
    """PD112: an indicator without one of its levels."""
    titles = {name: Indicator.model_fields[name].title or name for name in ("level1", "level2", "level3")}
    for case in subject.cases:
        for name, title in titles.items():
            if any(getattr(row.indicator, name) for row in case.rows):
                for row in case.rows:
                    if not (getattr(row.indicator, name) or "").strip():
                        yield Hit(row.at(name), values={"level": title, "number": str(row.number)})


def no_purpose(subject: Subject) -> Iterator[Hit]:
    """PD113: no purpose."""
    for case in subject.cases:
        purpose = case.project.purpose
        if purpose is not None and not purpose.strip():
            yield Hit(case.at("purpose"))


def no_money_unit(subject: Subject) -> Iterator[Hit]:
    """PD114: money unit missing or unknown."""
    for _, path, there in _missing(subject, "money_unit"):
        if there or not subject.lenient:
            yield Hit(path)
    for case in subject.cases:
        unit = (case.project.money_unit or "").strip()
        if unit and case.money_factor is None:
            yield Hit(case.at("money_unit"), values={"unit": unit}, variant="unknown")


def agency_code(subject: Subject) -> Iterator[Hit]:
    """PD115: agency code missing or malformed."""
    codes = [(case.project.agency.code or "").strip() for case in subject.cases]
    for case in subject.cases:
        code = case.project.agency.code
        if not codes[case.index] and (any(codes) or (code is not None and not subject.lenient)):
            yield Hit(case.at("agency", "code"), variant="missing")
        if code and code.strip() and not _CODE.fullmatch(code.strip()) and not _ONLY_SIGNS.fullmatch(code):
            yield Hit(case.at("agency", "code"), values={"code": code})


def no_quantity(subject: Subject) -> Iterator[Hit]:
    """PD116: outputs without a quantity."""
    for case in subject.cases:
        outputs = [row for row in case.rows if row.group == "output"]
        known = [row for row in outputs if row.kind]
        if known and not any(row.kind == "quantity" for row in outputs):
            yield Hit(outputs[0].at("level2"))


def short_goals(subject: Subject) -> Iterator[Hit]:
    """PD117: goals say next to nothing."""
    ended = any_of("blank_words")
    for case in subject.cases:
        goals = "".join((case.project.goals or "").split())
        plain = goals.strip("。.；;")
        if not plain or ended.fullmatch(plain) or _ONLY_SIGNS.fullmatch(plain):
            continue
        if len(plain) < 8 or plain == (case.project.name or "").strip():
            yield Hit(case.at("goals"))


RULES = (
    Rule("PD101", no_name),
    Rule("PD102", no_agency),
    Rule("PD103", no_budget),
    Rule("PD104", no_goals),
    Rule("PD105", no_indicators),
    Rule("PD106", no_output),
    Rule("PD107", no_benefit),
    Rule("PD108", no_satisfaction),
    Rule("PD109", no_value),
    Rule("PD110", placeholder),
    Rule("PD111", prompt_text),
    Rule("PD112", no_level),
    Rule("PD113", no_purpose),
    Rule("PD114", no_money_unit),
    Rule("PD115", agency_code),
    Rule("PD116", no_quantity),
    Rule("PD117", short_goals),
)

"""PD1xx, 完整性: what a form must say, and places left for it."""

import re
from collections.abc import Iterator

from perfdoc.checks.finding import Hit
from perfdoc.checks.schemes import group_of
from perfdoc.checks.subject import Case, Look, Subject
from perfdoc.checks.word_lists import any_of, regex, words
from perfdoc.model import Indicator, Project, title
from perfdoc.report import Path
from perfdoc.target import Kind, parse

_AGENCY = "agency.name"
_CODE = re.compile(r"[0-9]{3,}(?:[-.][0-9]+)*")
_MEASURED = frozenset((Kind.quantity, Kind.range, Kind.change, Kind.period, Kind.deadline, Kind.compound))
_ONLY_SIGNS = re.compile(r"[\s/\\—–_.…·*?？×○□#~-]+|[nN]/?[aA]")


def _value(project: Project, name: str) -> str | None:
    outer, _, inner = name.partition(".")
    found = getattr(project, outer)
    value = getattr(found, inner) if inner else found
    return value if value is None else str(value)


def _missing(subject: Subject, name: str) -> Iterator[tuple[Case, Path, bool]]:
    """Projects that lack a value: the place of it, and whether a cell stands there that is empty.

    A received file whose projects all lack the field is of a form that does not have it.
    """
    if not subject.lenient or any(_value(case.project, name) is not None for case in subject.cases):
        for case in subject.cases:
            value = _value(case.project, name)
            extra = case.project.extra.items() if name == "goals" else ()
            elsewhere = any(_is_said(text) and any_of("first_goals").search(label) for label, text in extra)
            if elsewhere or (name == _AGENCY and case.project.department and _has_no_agency(subject)):
                continue
            if name == _AGENCY and value is None and subject.lenient and case.index:
                continue  # one above several projects is printed once
            if not (value or "").strip():
                yield case, case.at(*name.split(".")), value is not None


def _has_no_agency(subject: Subject) -> bool:
    """Whether a learnt form prints no unit but the department, which stands for it then."""
    form = subject.form
    return form is not None and bool(form.layouts) and all(one.path.split(".")[0] != "agency" for one in form.fields)


def missing(name: str) -> Look:
    """PD101–PD104: the rule that a value must not be missing; `name` is the way to it, `budget.total`."""
    return lambda subject: (Hit(path) for _, path, _ in _missing(subject, name))


def no_indicators(subject: Subject) -> Iterator[Hit]:
    """PD105: no indicators. A received list of several projects that have none is of a form without indicators."""
    without = [case for case in subject.cases if not case.rows]
    listed = subject.lenient and 1 < len(without) == len(subject.cases)
    return (Hit(case.at("indicators")) for case in without if not listed)


def without(group: str) -> Look:
    """PD106–PD108: the rule that a group of indicators must not be missing."""

    def look(subject: Subject) -> Iterator[Hit]:
        for case in subject.cases:
            leveled = any(row.indicator.level1 for row in case.rows) and not subject.has_own_levels
            if leveled and not any(group in (row.group, group_of(row.kind), row.hint) for row in case.rows):
                yield Hit(case.at("indicators"))

    return look


def no_value(subject: Subject) -> Iterator[Hit]:
    """PD109: an indicator without a value."""
    for case in subject.cases:
        valued = any(row.value for row in case.rows)
        if not valued and _has_no_values(case):
            continue
        for row in case.rows:
            elsewhere = not valued and any(_is_value(*each) for each in row.indicator.extra.items())
            # values in columns of other names, one for each town, are not missing, nor is that of a head of parts
            if not row.value and not elsewhere and row.number not in case.heads:
                starred = row.name.startswith(
                    words("stars")
                )  # as printed, and often the head of what was written below it
                values = {"name": row.name, "number": f"{row.number}"}
                variant = "" if row.name else "nameless"
                yield Hit(row.at("target"), values=values, variant=variant, certain=not starred)


def _has_no_values(case: Case) -> bool:
    """Whether a form has no 指标值: its indicators' names say them (援助妇女≥100人), or it is a table of scores."""
    without = all(row.indicator.target is None for row in case.rows)
    named = any(regex("value_in_name").search(row.name) for row in case.rows)
    return named or (without and any((row.indicator.score or "").strip() for row in case.rows))


def _is_said(text: str | None) -> bool:
    plain = "".join((text or "").split())
    return bool(plain) and not any_of("blank_words").fullmatch(plain) and not _ONLY_SIGNS.fullmatch(plain)


def _is_value(label: str, text: str) -> bool:
    return label not in words("weight_labels") and parse(text).kind in _MEASURED


def placeholder(subject: Subject) -> Iterator[Hit]:
    """PD110: a placeholder left in."""
    inside = regex("placeholders")
    for case in subject.cases:
        targets = {row.at("target"): row for row in case.rows}
        for path, text in case.texts:
            row = targets.get(path)
            found = inside.search(text)
            blank = path[-1] in ("goals", "purpose", "name") and text.strip("。. ") in words("blank_words")
            if found:
                yield Hit(path, found.span(), {"text": found[0]})
            elif row and any(
                any_of("long_periods").search(one) and _is_said(row.indicator.extra[one]) for one in row.indicator.extra
            ):
                pass  # its value is for the whole term, and none for this year
            elif blank or (row and row.target.kind is Kind.placeholder) or _ONLY_SIGNS.fullmatch(text):
                yield Hit(path, values={"text": text.strip()})
        for name in ("total", "fiscal"):
            amount = (getattr(case.project.budget, name) or "").strip()
            if parse(amount).kind is Kind.placeholder:
                yield Hit(case.at("budget", name), values={"text": amount})
        for name in ("code", "name"):
            text = getattr(case.project.agency, name) or ""
            found = inside.search(text) or _ONLY_SIGNS.fullmatch(text)
            if found:
                yield Hit(case.at("agency", name), found.span(), {"text": found[0].strip()})


def prompt_text(subject: Subject) -> Iterator[Hit]:
    """PD111: a helper text of the form left in."""
    for case in subject.cases:
        for path, text in case.texts:
            found = regex("prompts").search(text)
            if found:
                yield Hit(path, found.span(), {"text": found[0].strip()})


def no_level(subject: Subject) -> Iterator[Hit]:
    """PD112: an indicator without one of its levels."""
    for case in subject.cases:
        for name in ("level1", "level2", "level3"):
            given = any(getattr(row.indicator, name) for row in case.rows)
            for row in case.rows if given else ():
                alone = name == "level2" and len(subject.scheme.kinds_of.get(row.group, ())) == 1
                if not alone and not (getattr(row.indicator, name) or "").strip():
                    yield Hit(row.at(name), values={"level": title((name,), Indicator), "number": str(row.number)})


def no_purpose(subject: Subject) -> Iterator[Hit]:
    """PD113: no purpose."""
    for case in subject.cases:
        if case.project.purpose is not None and not case.project.purpose.strip():
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
    for case, plain in zip(subject.cases, codes, strict=True):
        code = case.project.agency.code
        if not plain and (any(codes) or (code is not None and not subject.lenient)):
            yield Hit(case.at("agency", "code"), variant="missing")
        elif plain and not _CODE.fullmatch(plain) and not _ONLY_SIGNS.fullmatch(plain):
            yield Hit(case.at("agency", "code"), values={"code": code or ""})


def no_quantity(subject: Subject) -> Iterator[Hit]:
    """PD116: outputs without a quantity."""
    for case in subject.cases:
        outputs = [row for row in case.rows if row.group == "output"]
        if any(row.kind for row in outputs) and not any(row.kind == "quantity" for row in outputs):
            yield Hit(outputs[0].at("level2"))


def short_goals(subject: Subject) -> Iterator[Hit]:
    """PD117: goals say next to nothing."""
    for case in subject.cases:
        plain = "".join((case.project.goals or "").split()).strip("。.；;")
        short = len(plain) < 8 and not any(map(str.isdigit, plain))
        if _is_said(plain) and (short or plain in (case.project.name or "")):
            yield Hit(case.at("goals"))

"""One fault put into a good project: it is found, at the value, and by the rule that says it.

`check_faults.tsv` has the faults (which document, a name, the rule, where it is found, what is changed),
`check_near.tsv` what comes near to a fault and is none.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from good_specs import NEW, OLD

from perfdoc.checks import RULES, Finding, catalogue, findings
from perfdoc.form_definition import form
from perfdoc.model import Document, Indicator, Project

At = tuple[str | int, ...]
DOCUMENTS = {"2015": OLD, "2021": NEW}
HERE = Path(__file__).parent


def rows(name: str) -> list[list[str]]:
    """The rows of a table, comments left out."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def path_of(text: str) -> At:
    return tuple(int(part) if part.isdigit() else part for part in text.split("."))


def changes_of(texts: Sequence[str]) -> dict[At, Any]:
    pairs = (text.partition("=") for text in texts)
    return {path_of(path): ... if value == "..." else json.loads(value) for path, _, value in pairs}


def put(document: Document, changes: dict[At, Any]) -> Document:
    """The document with values changed; `...` takes an indicator out."""
    data = document.model_dump()
    data["projects"] = list(data["projects"])
    for path, value in changes.items():
        _set(data["projects"], path, value)
    return Document.model_validate(_tuples(data))


def _set(at: Any, keys: At, value: Any) -> None:
    key, *rest = keys
    if not rest:
        at[key] = value
        return
    if isinstance(at[key], tuple):
        at[key] = list(at[key])
    _set(at[key], tuple(rest), value)


def _tuples(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _tuples(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return tuple(_tuples(each) for each in value if each is not ...)
    return value


def found(document: Document) -> Sequence[Finding]:
    return findings(document, form(document.form))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_nothing_is_found_in_good_projects(name: str) -> None:
    document = DOCUMENTS[name]
    assert [str(one.diagnostic()) for one in found(document)] == []
    for project in document.projects:
        alone = Document(form=document.form, projects=(project,))
        assert [str(one.diagnostic()) for one in found(alone)] == []


@pytest.mark.parametrize("row", rows("check_faults.tsv"), ids=lambda row: row[1])
def test_a_fault_is_found_at_its_value(row: list[str]) -> None:
    name, _, code, at, *texts = row
    changes = changes_of(texts)
    what = found(put(DOCUMENTS[name], changes))
    hits = [one for one in what if one.code == code]
    assert hits, [str(one.diagnostic()) for one in what]
    wanted = [("projects", *path) for path in ([path_of(at)] if at != "-" else changes)]
    places = {place for one in hits for place in (one.path, *(related for related, _, _ in one.related))}
    assert places & set(wanted), places
    assert len(what) <= 5, [str(one.diagnostic()) for one in what]


@pytest.mark.parametrize(
    ("level2", "wrong", "right"),
    [(("时效指标", "时效"), "时效", "时效指标"), (("时效", "时效", "时效指标"), "时效", "时效指标")],
)
def test_the_regulations_name_of_a_level_is_the_right_one(level2: tuple[str, ...], wrong: str, right: str) -> None:
    rows = tuple(Indicator(level1="产出指标", level2=name, level3=f"第{at}项") for at, name in enumerate(level2))
    hits = [one for one in found(Document(projects=(Project(indicators=rows),))) if one.code == "PD208"]
    assert [(one.value, one.edits[0].text) for one in hits] == [(wrong, right)] * level2.count(wrong)


def test_every_rule_has_a_fault_here() -> None:
    codes = list(RULES)
    assert set(codes) == {row[2] for row in rows("check_faults.tsv")}
    assert codes == sorted(set(codes))
    assert set(codes) == {code for code in catalogue() if not code.startswith(("PD7", "PD9"))}
    assert len(codes) >= 35


@pytest.mark.parametrize("row", rows("check_near.tsv"), ids=lambda row: row[0])
def test_what_comes_near_is_no_fault(row: list[str]) -> None:
    code, *texts = row
    what = found(put(OLD, changes_of(texts)))
    assert [str(one.diagnostic()) for one in what if one.code == code] == []


@pytest.mark.parametrize(("price", "severity"), [("≤1410元/人", "warning"), ("≤15000元/人", "error")])
def test_a_product_within_a_hundredth_of_the_cost_is_no_error(price: str, severity: str) -> None:
    total = str(1400 * 300 // 10000)
    changes = {path_of("4.indicators.5.target"): price, path_of("4.indicators.0.level3"): "培训人数"}
    changes[path_of("4.budget.total")] = changes[path_of("4.budget.fiscal")] = total
    assert {str(one.severity) for one in found(put(OLD, changes)) if one.code == "PD406"} == {severity}

"""The fingerprint of a layout: one for all files of a bureau, another for another label or column."""

from __future__ import annotations

from pathlib import Path

import pytest
from bureaus import UNKNOWN, Bureau, bureau, filled

from perfdoc.extraction import extract
from perfdoc.form_definition import Form, FormField
from perfdoc.layout import Layout
from perfdoc.reading import read
from perfdoc.report import Reading

BUREAUS = [bureau(number, unknown=number % 3 == 0) for number in range(5)]


def layout(one: Bureau, seed: int = 0) -> Layout:
    return read(filled(one, seed), "received.docx")


def fingerprint(one: Bureau, seed: int = 0) -> str:
    return extract(layout(one, seed), {}).layout


@pytest.fixture(scope="module")
def known() -> list[str]:
    return [fingerprint(one) for one in BUREAUS]


@pytest.mark.parametrize("number", range(len(BUREAUS)))
def test_files_of_one_bureau_have_one(number: int, known: list[str]) -> None:
    """Values, blanks, year, unit, groups, indicators and the spaces in labels differ."""
    assert {fingerprint(BUREAUS[number], seed) for seed in range(1, 5)} == {known[number]}


def test_other_layouts_have_others(known: list[str]) -> None:
    assert len({*known}) == len(BUREAUS)
    one = BUREAUS[1]
    others = [
        one._replace(rows=(*one.rows, ("项目期限",))),
        one._replace(columns=(*one.columns, "权重")),
        one._replace(rows=one.rows[::-1]),
        one._replace(money=(tuple(label for row in one.money for label in row),)),
        one._replace(goals="项目总目标"),
        one._replace(signed=("审核人",)),
    ]
    found = [fingerprint(other) for other in others]
    assert len({*found, known[1]}) == len(others) + 1


def test_a_title_or_a_level_more_makes_no_other(known: list[str]) -> None:
    assert fingerprint(BUREAUS[1]._replace(title="2026年江北区项目支出绩效目标表", merged=True)) == known[1]


def learnt(layouts: tuple[str, ...]) -> dict[str, Form]:
    """A form that knows a label; its template is one that no file here was drawn by."""
    folder = Path(__file__).resolve().parents[2] / "templates" / "central"
    field = FormField(path="goals", labels=(UNKNOWN,))
    return {"ours": Form(name="ours", folder=folder, title="ours", layouts=layouts, fields=(field,))}


def said(reading: Reading) -> tuple[str | None, bool]:
    project = reading.document.projects[0]
    return reading.document.form, project.goals is not None and UNKNOWN not in project.extra


def test_what_a_learnt_form_says_of_its_labels_holds_in_files_of_its_layout_alone(known: list[str]) -> None:
    forms = learnt((known[0],))
    assert said(extract(layout(BUREAUS[0], 3), forms)) == ("ours", True)
    assert said(extract(layout(BUREAUS[3], 3), forms)) == (None, False)
    assert said(extract(layout(BUREAUS[3], 3), learnt(()))) == (None, True), "one written by hand holds everywhere"
    assert extract(layout(BUREAUS[0], 3), forms).layout == known[0], "what is learnt doesn't change it"

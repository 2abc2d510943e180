"""Law 1 as a property: every text of a file has exactly one role, whatever the file, and the account shows it."""

from __future__ import annotations

import pytest
from documents import documents
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from layout_strategies import layouts

from perfdoc.account import Account, account
from perfdoc.account.difference import held
from perfdoc.account.tally import characters
from perfdoc.errors import NotRecognisedError
from perfdoc.extract import extract
from perfdoc.form import Form, forms
from perfdoc.layout import Layout
from perfdoc.read import read
from perfdoc.render import render
from perfdoc.report import Reading, Role

FORMS = [form for form in forms().values() if form.document.exists()]


def reading_of(layout: Layout) -> Reading | None:
    try:
        return extract(layout)
    except NotRecognisedError:
        return None


def assert_adds_up(found: Account, layout: Layout) -> None:
    assert found.differences == ()
    assert not [one for one in found.diagnostics if one.code == "PD049"]
    assert sum(count.characters for count in found.counts.values()) == found.held.characters
    assert found.held.characters == sum(characters(text) for _, text in held(layout))
    said = {(one.place, one.quote) for one in found.diagnostics}
    assert {(claim.place, claim.text) for claim in found.quoted(Role.unclaimed)} <= said


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
@given(data=st.data())
@settings(max_examples=60)
def test_rendered_documents(form: Form, data: st.DataObject) -> None:
    layout = read(render(data.draw(documents(form)), form), "x.docx")
    found = account(layout, extract(layout))
    assert_adds_up(found, layout)
    assert found.counts[Role.unclaimed] == found.counts[Role.outside] == (0, 0)
    assert found.held.pieces == sum(count.pieces for count in found.counts.values())


@given(layouts())
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
def test_any_layout_with_a_form_in_it(layout: Layout) -> None:
    reading = reading_of(layout)
    assume(reading is not None)
    assert_adds_up(account(layout, reading), layout)


@given(layouts())
@settings(max_examples=30)
def test_any_layout_without_one_is_outside(layout: Layout) -> None:
    found = account(layout)
    assert_adds_up(found, layout)
    assert found.counts[Role.outside] == found.held
    assert not found.recognised

"""The laws of the round trip, for every form, on documents made to break them."""

from __future__ import annotations

import pytest
from documents import documents
from hypothesis import given, settings
from hypothesis import strategies as st
from tika import tika_text

from perfdoc.extract import extract
from perfdoc.form import Form, forms
from perfdoc.layout import Grid, Layout
from perfdoc.model import Document
from perfdoc.read import read
from perfdoc.render import render
from perfdoc.report import Reading, Role
from perfdoc.spec import files

FORMS = list(forms().values())
every_form = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)


def seen(text: str) -> str:
    """The text without white space; Tika prints controls beyond ASCII's as U+FFFD."""
    kept = (c for c in text if c == "\x85" or not c.isspace())
    return "".join("\ufffd" if 0x7F <= ord(c) < 0xA0 else c for c in kept)


def read_back(document: Document, form: Form) -> tuple[Layout, Reading]:
    layout = read(render(document, form), "x.docx")
    return layout, extract(layout)


@every_form
@given(data=st.data())
@settings(max_examples=150)
def test_specs_round_trip(form: Form, data: st.DataObject) -> None:
    """Law 2: what is rendered reads back as the same Document."""
    document = data.draw(documents(form))
    _, reading = read_back(document, form)
    assert reading.document == document
    assert files(reading.document) == files(document)


@every_form
@given(data=st.data())
@settings(max_examples=60)
def test_every_text_of_a_file_has_one_role(form: Form, data: st.DataObject) -> None:
    """Law 1, and law 5: each non-empty cell and paragraph is claimed once; of our own files nothing is in doubt."""
    document = data.draw(documents(form))
    layout, reading = read_back(document, form)
    there = []
    for block in layout.blocks:
        if isinstance(block, Grid):
            there += [c.text for r in block.rows for c in r.cells if c.text.strip()]
        elif block.text.strip():
            there.append(block.text)
    assert sorted(claim.text for claim in reading.claims if claim.text.strip()) == sorted(there)
    assert not [claim for claim in reading.claims if claim.role in (Role.unclaimed, Role.outside)]
    assert not reading.diagnostics


@every_form
@given(data=st.data())
@settings(max_examples=60)
def test_every_value_has_its_place(form: Form, data: st.DataObject) -> None:
    """The place of each value is the cell that shows it."""
    document = data.draw(documents(form))
    layout, reading = read_back(document, form)
    grids = {grid.place.table: grid for grid in layout.grids()}
    for claim in reading.claims:
        if claim.role is Role.value and claim.place.row:
            row = grids[claim.place.table].rows[claim.place.row - 1]
            (cell,) = [c for c in row.cells if c.column == claim.place.column]
            assert cell.text == claim.text
            assert reading.places[claim.path] == claim.place


@every_form
@given(data=st.data())
@settings(max_examples=40)
def test_files_are_reproducible(form: Form, data: st.DataObject) -> None:
    """Law 4: the same Document gives the same bytes."""
    document = data.draw(documents(form))
    assert render(document, form) == render(Document.model_validate(document.model_dump()), form)


@every_form
@given(data=st.data())
@settings(max_examples=15)
def test_another_reader_reads_the_same_texts(form: Form, data: st.DataObject) -> None:
    """Law 6: Apache Tika finds every value that we wrote."""
    document = data.draw(documents(form))
    squeezed = seen(tika_text(render(document, form)))
    for project in document.projects:
        values = [project.name, project.goals, project.purpose, *(i.target for i in project.indicators)]
        for value in values:
            assert seen(value or "") in squeezed


@every_form
@given(data=st.data())
@settings(max_examples=60)
def test_normal_is_stable(form: Form, data: st.DataObject) -> None:
    """A document in its form's normal shape has no other."""
    document = data.draw(documents(form))
    assert form.normal(document) == document

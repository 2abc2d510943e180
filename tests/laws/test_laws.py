"""The laws of the round trip, for every form, on documents made to break them."""

from __future__ import annotations

import pytest
from documents import documents
from hypothesis import given
from hypothesis import strategies as st
from laws import accounted, read_back
from tika import tika_text

from perfdoc.form_definition import Form, forms
from perfdoc.model import Document
from perfdoc.rendering import Kind, kinds, render
from perfdoc.report import Path, Role
from perfdoc.specs import files

FORMS = list(forms().values())
WAYS = [(form, to) for form in FORMS for to in kinds(form)]
every_form = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
every_way = pytest.mark.parametrize(("form", "to"), WAYS, ids=[f"{form.name}-{to}" for form, to in WAYS])
"""Every form as every kind of file that it is rendered to."""


def seen(text: str) -> str:
    """The text without white space; Tika prints controls beyond ASCII's as U+FFFD."""
    kept = (c for c in text if c == "\x85" or not c.isspace())
    return "".join("\ufffd" if 0x7F <= ord(c) < 0xA0 else c for c in kept)


@every_way
@given(data=st.data())
def test_specs_round_trip(form: Form, to: Kind, data: st.DataObject) -> None:
    """Law 2: what is rendered reads back as the same Document."""
    document = data.draw(documents(form))
    _, reading = read_back(document, form, to)
    assert reading.document == document
    assert files(reading.document) == files(document)


@every_way
@given(data=st.data())
def test_every_text_of_a_file_has_one_role(form: Form, to: Kind, data: st.DataObject) -> None:
    """Law 1, and law 5: each non-empty cell and paragraph is claimed once; of our own files nothing is in doubt."""
    document = data.draw(documents(form))
    layout, reading = read_back(document, form, to)
    accounted(layout, reading)


@every_way
@given(data=st.data())
def test_every_value_has_its_place(form: Form, to: Kind, data: st.DataObject) -> None:
    """The place of each value is the first cell that shows it, or a part of it."""
    document = data.draw(documents(form))
    layout, reading = read_back(document, form, to)
    grids = {grid.place._replace(file=""): grid for grid in layout.grids()}
    told: set[Path] = set()
    for claim in reading.claims:
        if claim.role is Role.value and claim.place.row:
            row = grids[claim.place._replace(file="", row=0, column=0)].rows[claim.place.row - 1]
            (cell,) = [c for c in row.cells if c.column == claim.place.column]
            assert cell.text == claim.text
            assert claim.path in told or reading.places[claim.path] == claim.place
            told.add(claim.path)


@every_way
@given(data=st.data())
def test_files_are_reproducible(form: Form, to: Kind, data: st.DataObject) -> None:
    """Law 4: the same Document gives the same bytes."""
    document = data.draw(documents(form))
    assert render(document, form, to=to) == render(Document.model_validate(document.model_dump()), form, to=to)


@every_way
@given(data=st.data())
def test_another_reader_reads_the_same_texts(form: Form, to: Kind, data: st.DataObject) -> None:
    """Law 6: Apache Tika finds every value that we wrote."""
    document = data.draw(documents(form))
    squeezed = seen(tika_text(render(document, form, to=to)))
    for project in document.projects:
        values = [project.name, project.goals, project.purpose, *(i.target for i in project.indicators)]
        for value in values:
            assert seen(value or "") in squeezed


@every_form
@given(data=st.data())
def test_normal_is_stable(form: Form, data: st.DataObject) -> None:
    """A document in its form's normal shape has no other."""
    document = data.draw(documents(form))
    assert form.normal(document) == document

"""The laws of the round trip, for every form, on documents made to break them."""

from __future__ import annotations

import pytest
from documents import documents
from hypothesis import given
from hypothesis import strategies as st
from laws import accounted, read_again
from tika import tika_text

from perfdoc.form_definition import Form, forms
from perfdoc.layout import Layout
from perfdoc.model import Document
from perfdoc.rendering import Kind, kinds, render
from perfdoc.report import Path, Reading, Role
from perfdoc.specs import files

FORMS = list(forms().values())
WAYS = [(form, to) for form in FORMS for to in kinds(form)]
every_way = pytest.mark.parametrize(("form", "to"), WAYS, ids=[f"{form.name}-{to}" for form, to in WAYS])
"""Every form as every kind of file that it is rendered to."""


def seen(text: str) -> str:
    """The text without white space; Tika prints controls beyond ASCII's as U+FFFD."""
    kept = (c for c in text if c == "\x85" or not c.isspace())
    return "".join("\ufffd" if 0x7F <= ord(c) < 0xA0 else c for c in kept)


@every_way
@given(data=st.data())
def test_a_document_holds_every_law(form: Form, to: Kind, data: st.DataObject) -> None:
    """Each made-up document is rendered and read once, which takes longest, and then held against the laws."""
    document = data.draw(documents(form))
    assert form.normal(document) == document, "a document in its form's normal shape has no other"
    made = render(document, form, to=to)
    layout, reading = read_again(made, form, to)
    assert reading.document == document, "law 2: what is rendered reads back as the same Document"
    assert files(reading.document) == files(document)
    accounted(layout, reading)
    placed(layout, reading)
    again = render(Document.model_validate(document.model_dump()), form, to=to)
    assert made == again, "law 4: the same Document gives the same bytes"
    read_by_others(made, document)


def placed(layout: Layout, reading: Reading) -> None:
    """The place of each value is the first cell that shows it, or a part of it."""
    grids = {grid.place._replace(file=""): grid for grid in layout.grids()}
    told: set[Path] = set()
    for claim in reading.claims:
        if claim.role is Role.value and claim.place.row:
            row = grids[claim.place._replace(file="", row=0, column=0)].rows[claim.place.row - 1]
            (cell,) = [c for c in row.cells if c.column == claim.place.column]
            assert cell.text == claim.text
            assert claim.path in told or reading.places[claim.path] == claim.place
            told.add(claim.path)


def read_by_others(made: bytes, document: Document) -> None:
    """Law 6: Apache Tika finds every value that we wrote."""
    squeezed = seen(tika_text(made))
    for project in document.projects:
        values = [project.name, project.goals, project.purpose, *(i.target for i in project.indicators)]
        for value in values:
            assert seen(value or "") in squeezed

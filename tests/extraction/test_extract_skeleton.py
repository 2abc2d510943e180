"""A form that a stranger draws works both ways, with no Python for it: the laws, on forms made at random."""

from __future__ import annotations

import tempfile
from pathlib import Path

from documents import documents
from drawn_forms import DrawnForm, drawn_forms
from hypothesis import given
from hypothesis import strategies as st
from laws import accounted, read_back

from perfdoc.form_definition import load_form
from perfdoc.rendering import kinds


@given(data=st.data(), drawn=drawn_forms())
def test_a_strangers_form_reads_back(data: st.DataObject, drawn: DrawnForm) -> None:
    """Laws 1 and 2 for a form that nobody has seen before, as a Word file and as a workbook."""
    with tempfile.TemporaryDirectory() as folder:
        form = load_form(drawn.save(Path(folder) / "局"))
        document = data.draw(documents(form))
        for kind in kinds(form):
            layout, reading = read_back(document, form, kind)
            assert reading.document == document
            accounted(layout, reading)

"""Layout → Reading: what each table and paragraph is, then its claims, then the Document that these give.

A table that is a form's own is known by position (`by_template`), any other by its labels (`by_labels`). Both find
what a text says (`result/claims.py`); which label has a field is settled when all are known (`result/settled.py`), and
the Document and its places are built from the claims (`result/build.py`). The form of the document is the one whose
tables were found, or none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from perfdoc.errors import NotRecognisedError
from perfdoc.extraction.document import Reader
from perfdoc.form_definition import Form
from perfdoc.form_definition import forms as known_forms
from perfdoc.layout import Layout
from perfdoc.report import Reading
from perfdoc.texts import say

__all__ = ["extract"]


def extract(layout: Layout, forms: Mapping[str, Form] | None = None, boilerplate: Sequence[str] = ()) -> Reading:
    """Everything that a Layout says as a Document, with a place for every value and an account of every cell.

    `forms` are the forms to know (default: those that come with perfdoc). `boilerplate` are texts around forms that
    are known and not told as left outside (white space makes no difference, `*` stands for any text). Raises
    NotRecognisedError where no performance-goal form is found; its diagnostics are those of reading.
    """
    reading = Reader(layout, known_forms() if forms is None else forms, boilerplate).reading()
    if not reading.document.projects:
        raise NotRecognisedError(say("extraction.no_form", file=layout.file), reading.diagnostics)
    return replace(reading, tracked=layout.tracked) if layout.tracked else reading
